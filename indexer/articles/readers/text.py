"""Plain text, which may be a saved page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.decoding import decode
from indexer.articles.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found


def read_text(data: bytes, name: str) -> Iterator[Found]:
    """Plain text."""
    decoded = decode(data, name=name)
    yield None, Page(decoded.text, warnings=decoded.warnings)
