"""Web pages: the article by the vote of several extractors over the page's lines, and what the page states of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found


def read_html(data: bytes, name: str) -> Iterator[Found]:
    """A web page's article, by its structure.

    Raises:
        ArticleError: the page holds no text.
    """
    # parsers and extractors take a second to load, and who only searches needs none of them
    from indexer.articles.readers.html.reading import read_page

    yield None, read_page(data, name)
