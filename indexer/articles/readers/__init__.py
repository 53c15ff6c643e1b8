"""One reader a format: the bytes of a file to the pages in it.

A reader raises `ArticleError` where it knows what is wrong; what a parser raises on a broken file, its caller reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.readers.epub import read_epub
from indexer.articles.readers.html import read_html
from indexer.articles.readers.json_lines import read_jsonl
from indexer.articles.readers.mail import read_eml, read_mhtml
from indexer.articles.readers.markup.markdown import read_markdown
from indexer.articles.readers.office.doc import read_doc
from indexer.articles.readers.office.docx import read_docx
from indexer.articles.readers.office.odt import read_odt
from indexer.articles.readers.office.rtf import read_rtf
from indexer.articles.readers.pdf import read_pdf
from indexer.articles.readers.pdf.recognition import Recognizer, load_recognizer
from indexer.articles.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.articles.page import Found

    Reader = Callable[[bytes, str], Iterator[Found]]
    """The file's bytes, and its name for messages."""

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".dotx": read_docx,
    ".doc": read_doc,
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".epub": read_epub,
    ".eml": read_eml,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""The reader of each file-name ending."""

RECOGNIZING = {".pdf": read_pdf}
"""The readers that take a recognizer, too, for what is only a picture."""

__all__ = ["READERS", "RECOGNIZING", "Recognizer", "load_recognizer"]
