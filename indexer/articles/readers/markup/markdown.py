"""Markdown, with front matter or without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.fields import with_fields
from indexer.articles.readers.markup.front_matter import split_front_matter
from indexer.articles.readers.markup.markdown_blocks import read_blocks, spell_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found


def read_markdown(data: bytes, name: str) -> Iterator[Found]:
    """CommonMark with tables, footnotes, definitions and callouts, and with front matter or without."""
    decoded = decode(data, name=name)
    fields, body = split_front_matter(decoded.text)
    blocks = read_blocks(spell_out(body))
    page = Page("\n".join(blocks.lines), layout=Layout.ARTICLE, warnings=decoded.warnings)
    page = with_fields(page, fields)
    yield None, page if page.title else replace(page, title=blocks.title)
