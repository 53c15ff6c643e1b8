"""Word documents, through python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from indexer.articles.page import Layout, Page
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_LARGEST_PART = 256 * 2**20


def read_docx(data: bytes, name: str) -> Iterator[Found]:
    """Paragraphs and tables of a Word document, through python-docx, in their order."""
    import docx
    from docx.table import Table

    _check_archive(data, name)
    document = docx.Document(io.BytesIO(data))
    blocks = [_table_text(block) if isinstance(block, Table) else block.text for block in document.iter_inner_content()]
    titles = [p.text for p in document.paragraphs[:5] if p.style is not None and p.style.name == "Title" and p.text]
    title = (titles[0] if titles else document.core_properties.title) or None
    author = document.core_properties.author or None
    text = "\n\n".join(block for block in blocks if block.strip())
    yield None, Page(text, layout=Layout.ARTICLE, title=title, author=None if author == "python-docx" else author)


def _check_archive(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_PART:
            raise ArticleError(f"{name}: unpacks to more than 256 MB. Split it, or remove its pictures.")


def _table_text(table: Any) -> str:  # noqa: ANN401 - untyped library
    rows = [" ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())) for row in table.rows]
    return "\n".join(row for row in rows if row)
