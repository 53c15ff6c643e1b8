"""From what a reader found in a file to a cleaned document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.furniture import find_article
from indexer.articles.metadata import read_author, read_date, read_source
from indexer.errors import ArticleError
from indexer.language import identify
from indexer.records import Document, Language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_ENDS = re.compile(r"[。！？!?.…：:；;][\"'”’」』）)\]】]*$")
_LATIN_END = re.compile(r"[A-Za-z0-9,;:'’\"”)-]$")
_WRAP_LEAST, _WRAP_MOST = 18, 110
_WRAP_SHARE = 0.35
_FEWEST_WRAPPED = 4
_FULL, _SURELY_FULL = 0.7, 0.9
"""Of the width: a line that long may have been broken there; one that long was, even at the end of a sentence."""
_ITEM = re.compile(r"^(?:[*•·-]\s|\d{1,2}[.)、]\s?|[（(]\S{1,3}[）)])")


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader found: a text with whatever is around it, and what the file states about it."""

    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None
    language: str | None = None


def to_document(page: Page, document_id: str) -> Document:
    """Clean a page: drop its furniture, read what it states, keep what the file states already.

    Raises:
        ArticleError: no text is left.
    """
    document_id = _SURROGATE.sub("\ufffd", document_id)
    lines = to_lines(page.text)
    article = find_article(lines, stated_title=_one_line(_visible(page.title or "")))
    title = _one_line(_visible(page.title or article.title or ""))
    body = article.body[1:] if article.body[:1] == (title,) else article.body
    text = "\n".join(_one_line(line) for line in body)
    if not text.strip():
        text = title
    if not text.strip():
        raise ArticleError(f"{document_id}: holds no text.")
    return Document(
        id=document_id,
        title=title or _one_line(text[:80]),
        text=text,
        language=_language_of(page.language, text),
        source=_stated(page.source) or read_source(article),
        url=_stated(page.url),
        author=_stated(page.author) or read_author(article),
        published=page.published or read_date(article),
    )


def to_lines(text: str) -> list[str]:
    """A text's lines, stripped, without blank ones; lines that were wrapped to a width are joined again."""
    paragraphs = [
        [_one_line(line) for line in block.split("\n")] for block in re.split(r"\n[^\S\n]*\n", _visible(text))
    ]
    blocks = [[line for line in paragraph if line] for paragraph in paragraphs]
    width = _wrap_width([line for block in blocks for line in block])
    if width is None:
        return [line for block in blocks for line in block]
    return [line for block in blocks for line in _unwrap(block, width)]


def _visible(text: str) -> str:
    """Without characters that no reader sees; half a surrogate pair, which JSON allows, is no text."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip() if "\u3000" not in text.strip() else _keep_wide(text)


def _stated(field: str | None) -> str | None:
    return _one_line(_visible(field)) or None if field else None


def _keep_wide(text: str) -> str:
    """Ideographic blanks inside a line separate its parts, as in headlines; only those around it go."""
    return re.sub(r"[^\S\n\u3000]+", " ", text.replace("\n", " ")).strip()


def _wrap_width(lines: Sequence[str]) -> float | None:
    """The column at which a text was wrapped, or None where each paragraph is a line."""
    long = [line for line in lines if len(line) >= _WRAP_LEAST]
    if len(long) < _FEWEST_WRAPPED or max(map(len, long)) > _WRAP_MOST:
        return None
    width = sorted(map(len, long))[int(0.9 * len(long))]
    full = [line for line in long if len(line) >= _FULL * width]
    after_break = [after for line, after in pairwise(lines) if len(line) >= _FULL * width and not _ENDS.search(line)]
    going_on = [line for line in after_break if line[0].islower() or not line[0].isascii()]
    is_wrapped = len(full) >= len(long) / 2 and len(going_on) > _WRAP_SHARE * len(long)
    return width if is_wrapped else None


def _unwrap(block: Sequence[str], width: float) -> list[str]:
    """Join each line to the one before it, as long as that one is full and doesn't end a sentence early."""
    joined: list[str] = []
    goes_on = False
    for line in block:
        if joined and goes_on and not _ITEM.match(line):
            glue = " " if _LATIN_END.search(joined[-1][-1:]) or line[:1].isascii() else ""
            joined[-1] += glue + line
        else:
            joined.append(line)
        ends_early = _ENDS.search(line) and len(line) < _SURELY_FULL * width
        goes_on = len(line) >= _FULL * width and not ends_early
    return joined


def _language_of(stated: str | None, text: str) -> Language | None:
    """The language of the body; a stated one decides only where the text is too short to tell."""
    code = identify(text) or (stated or "").lower().replace("_", "-").split("-")[0]
    return Language(code) if code in tuple(Language) else None
