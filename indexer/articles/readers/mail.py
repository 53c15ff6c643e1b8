"""Mails (EML) and web pages that browsers save as mails are written (MHTML)."""

from __future__ import annotations

import email
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.html import read_html
from indexer.articles.readers.markup.html_text import html_lines
from indexer.articles.wrapping import join_wrapped
from indexer.errors import ArticleError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from email.message import Message

    from indexer.articles.page import Found

_LONGEST_HEADER = 2000
_FULLER = 2
"""How many times longer than the page of a mail its plain text must be to be taken instead."""


def read_eml(data: bytes, name: str) -> Iterator[Found]:
    """A mail: its subject, sender and day, and all its text, with what it quotes; attachments are named, not read."""
    mail = email.message_from_bytes(data)
    if not mail.keys():
        raise ArticleError(f"{name}: is no mail: it has no headers. Save it again as .eml.")
    left_out: list[LeftOut] = []
    lines = _lines(mail, name, left_out)
    sender, address = parseaddr(_header(mail, "From", data))
    yield (
        None,
        Page(
            "\n".join(lines),
            title=_header(mail, "Subject", data) or None,
            author=sender or address or None,
            published=_day(_header(mail, "Date")),
            layout=Layout.ARTICLE,
            left_out=tuple(left_out),
        ),
    )


def read_mhtml(data: bytes, name: str) -> Iterator[Found]:
    """The page of a saved web page, as the reader of pages takes it, with the address that it was saved from."""
    mail = email.message_from_bytes(data)
    pages = [part for part in mail.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not pages:
        raise ArticleError(f"{name}: holds no web page. Save it again from the browser.")
    start = mail.get_param("start")
    main = next((page for page in pages if start and page.get("Content-ID") == start), pages[0])
    url = _header(mail, "Snapshot-Content-Location") or _header(main, "Content-Location")
    for own_id, page in read_html(_page_bytes(main, name), name):
        if isinstance(page, ArticleError) or page.url or not url.startswith("http"):
            yield own_id, page
        else:
            yield own_id, replace(page, url=url)


def _lines(part: Message, name: str, left_out: list[LeftOut]) -> list[str]:
    """The lines of a part of a mail and of all parts inside it."""
    kind = part.get_content_type()
    if part.is_multipart() and kind != "message/rfc822":
        texts = [_lines(inner, name, left_out) for inner in _parts(part)]
        return _fullest(texts) if kind == "multipart/alternative" else [line for text in texts for line in text]
    if part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
        left_out.append(LeftOut(_name_of(part) or kind, "attachment"))
        return []
    text = _text(part, name)
    return html_lines(text, name) if kind == "text/html" else join_wrapped(text).split("\n")


def _parts(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [message for message in inner if not isinstance(message, str)] if isinstance(inner, list) else []


def _fullest(texts: list[list[str]]) -> list[str]:
    """The last of a text's forms, since mails have the best there, but not a stub of the others."""
    sizes = [sum(map(len, text)) for text in texts]
    last = texts[-1] if texts else []
    longest = max(sizes, default=0)
    return last if not texts or _FULLER * sizes[-1] >= longest else texts[sizes.index(longest)]


def _text(part: Message, name: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data, name=name).text


def _page_bytes(part: Message, name: str) -> bytes:
    """A page as a browser would have loaded it: in the encoding that it states, or else in UTF-8."""
    data = part.get_payload(decode=True)
    if isinstance(data, bytes) and b"charset" not in data[:4096].lower():
        data = _text(part, name).encode()
    return data if isinstance(data, bytes) else b""


def _header(mail: Message, field: str, data: bytes = b"") -> str:
    """A header as it is shown; empty where it is missing.

    Args:
        mail: where it stands.
        field: its name.
        data: the whole mail, whose bytes tell in which encoding a header is that doesn't say it.
    """
    raw = next((value for name, value in mail.raw_items() if name.lower() == field.lower()), "")[:_LONGEST_HEADER]
    if not raw.isascii():
        written = raw.replace("\n", " ").encode("utf-8", "surrogateescape")
        raw = decode(written + b"\n" + data, name=field).text.split("\n", 1)[0]
    try:
        shown = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        shown = raw
    return " ".join(shown.split())


def _name_of(part: Message) -> str:
    """An attachment's file name."""
    try:
        return str(make_header(decode_header(part.get_filename() or "")))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return ""


def _day(date: str) -> dt.date | None:
    """The day that a mail's date prints, wherever it was sent."""
    try:
        return parsedate_to_datetime(date).date()
    except (ValueError, IndexError, TypeError):
        return None
