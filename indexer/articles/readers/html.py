"""Web pages, through trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from indexer.articles.dates import parse_date
from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.tables import plain_tables
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_EXTRACTION: dict[str, Any] = {
    "include_comments": False,
    "include_tables": True,
    "favor_recall": True,
    "with_metadata": True,
    "date_extraction_params": {"original_date": True, "extensive_search": False},
}


def read_html(data: bytes, name: str) -> Iterator[Found]:
    """A web page, through trafilatura."""
    import trafilatura

    decoded = None if _declares_charset(data) else decode(data, name=name)
    tree = trafilatura.load_html(decoded.text if decoded else data)
    extracted = None if tree is None else trafilatura.bare_extraction(tree, **_EXTRACTION)
    if extracted is None or not (extracted.text or "").strip():
        raise ArticleError(f"{name}: no article was found in this page. Save the page's article as text instead.")
    yield (
        None,
        Page(
            layout=Layout.PAGE,
            warnings=decoded.warnings if decoded else (),
            text=plain_tables(extracted.text),
            title=extracted.title,
            source=extracted.sitename or extracted.hostname,
            url=extracted.url,
            author=extracted.author,
            published=parse_date(extracted.date or ""),
        ),
    )


def _declares_charset(data: bytes) -> bool:
    return bool(re.search(rb"charset\s*=", data[:4096], re.IGNORECASE))
