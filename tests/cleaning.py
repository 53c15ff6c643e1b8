"""A page, cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.page import to_reading

if TYPE_CHECKING:
    from indexer import Document
    from indexer.articles.page import Page


def to_document(page: Page, document_id: str) -> Document:
    """The document of a page, without what was left out."""
    return to_reading(page, document_id).document
