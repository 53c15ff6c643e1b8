"""The text layer of PDF files, through pypdf."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from indexer.articles.page import Layout, Page
from indexer.articles.wrapping import join_wrapped
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_EDGE_LINES = 2
_MOST_PAGES = 2000


def read_pdf(data: bytes, name: str) -> Iterator[Found]:
    """The text layer of a PDF, through pypdf, without the lines that its pages repeat."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{name}: is locked by a password. Save a copy without one.")
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except DependencyError as error:
        raise ArticleError(f"{name}: is locked in a way that isn't read. Save a copy without a password.") from error
    title = reader.metadata.title if reader.metadata else None
    text = "\n\n".join(_without_running_lines(pages))
    if not text.strip():
        raise ArticleError(f"{name}: has no text layer; it may be a scan. Run it through text recognition first.")
    yield None, Page(join_wrapped(text), layout=Layout.ARTICLE, title=_worthy_title(title, text))


def _without_running_lines(pages: list[str]) -> list[str]:
    """Pages without heads and feet: first and last lines that come again on other pages, numbers aside."""

    def key(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip())

    edges: dict[str, int] = {}
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    for lines in split:
        for line in {key(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}:
            edges[line] = edges.get(line, 0) + 1
    running = {line for line, count in edges.items() if count > max(2, len(pages) / 2)}
    kept = [
        [
            line
            for number, line in enumerate(lines)
            if not (key(line) in running and (number < _EDGE_LINES or number >= len(lines) - _EDGE_LINES))
        ]
        for lines in split
    ]
    return [
        "\n".join(line for line in lines if not re.fullmatch(r"\W*\d{1,4}\W*(?:/\s*\d{1,4})?", line)) for lines in kept
    ]


def _worthy_title(title: str | None, text: str) -> str | None:
    """A PDF's title field often holds a file name: take it only where the text says it too."""
    return title if title and "".join(title.split())[:20] in "".join(text.split()) else None
