"""JSON Lines, one article a line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.fields import with_fields
from indexer.articles.readers.markup.embedded_html import closed_tags, is_markup, plain_markup
from indexer.articles.wrapping import join_soft_breaks, join_wrapped
from indexer.errors import ArticleError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_TEXTS = ("text", "content", "body", "articleBody")
"""The field of the contract, and what others call it."""


def read_jsonl(data: bytes, name: str) -> Iterator[Found]:
    """JSON Lines, one article a line; a bad line is reported by its number, the rest is read."""
    decoded = decode(data, name=name)
    warnings = decoded.warnings
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if line.strip():
            own_id, page = _json_article(line, f"{name}:{number}")
            yield own_id, replace(page, warnings=warnings) if isinstance(page, Page) else page
            warnings = ()  # of the file: once is enough


def _json_article(line: str, place: str) -> Found:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, ArticleError(f"{place}: no valid JSON ({reason_of(error)}). One article a line is expected.")
    text = _text(fields) if isinstance(fields, dict) else None
    if text is None:
        return None, ArticleError(f"{place}: needs an object with a `text`. One article a line is expected.")
    identifier = fields.get("id")
    page = Page(_plain(text), layout=Layout.ARTICLE)
    return (str(identifier) if identifier not in (None, "") else None), with_fields(page, fields)


def _text(fields: dict[str, Any]) -> str | None:
    texts = (fields.get(name) for name in _TEXTS)
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)


def _plain(text: str) -> str:
    """A text without the tags of the page that it was taken from, or with its wrapped lines joined."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_markup(text):
        return "\n".join(join_soft_breaks(plain_markup(text, closed=closed_tags(text))))
    return join_wrapped(text)
