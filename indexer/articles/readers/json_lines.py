"""JSON Lines, one article a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.fields import with_fields
from indexer.articles.wrapping import join_wrapped
from indexer.errors import ArticleError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found


def read_jsonl(data: bytes, name: str) -> Iterator[Found]:
    """JSON Lines, one article a line; a bad line is reported by its number, the rest is read."""
    for number, line in enumerate(decode(data, name=name).split("\n"), start=1):
        if line.strip():
            yield _json_article(line, f"{name}:{number}")


def _json_article(line: str, place: str) -> Found:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, ArticleError(f"{place}: no valid JSON ({reason_of(error)}). One article a line is expected.")
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or not fields["text"].strip():
        return None, ArticleError(f"{place}: needs an object with a `text`. One article a line is expected.")
    identifier = fields.get("id")
    page = Page(join_wrapped(fields["text"]), layout=Layout.ARTICLE)
    return (str(identifier) if identifier not in (None, "") else None), with_fields(page, fields)
