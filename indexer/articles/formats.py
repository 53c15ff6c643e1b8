"""One reader a format: bytes of a file to the pages in it.

A reader raises `ArticleError` where it knows what is wrong; what a parser raises on a broken file, its caller reports.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from indexer.articles.dates import parse_date
from indexer.articles.decoding import decode
from indexer.articles.page import Page
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(?P<fields>.*?)^(?:---|\.\.\.)[^\S\n]*\n?", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|^\s{0,3}(?:```[^\n]*|~~~[^\n]*|[-*_]{3,}\s*)$|<!--.*?-->", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|`([^`\n]+)`")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
_QUOTE = re.compile(r"^\s{0,3}>\s?", re.MULTILINE)
_EXTRACTION: dict[str, Any] = {
    "include_comments": False,
    "include_tables": True,
    "favor_recall": True,
    "with_metadata": True,
    "date_extraction_params": {"original_date": True, "extensive_search": False},
}
_EDGE_LINES = 2
_TABLE_RULE = re.compile(r"^\s{0,3}\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\s{0,3}\|(.*)\|[^\S\n]*$", re.MULTILINE)
_LARGEST_PART = 256 * 2**20
_MOST_PAGES = 2000

Found = tuple[str | None, Page | ArticleError]
"""An article's own id where the file gives one, and the page or what is wrong with it."""


def read_text(data: bytes, name: str) -> Iterator[Found]:
    """Plain text."""
    yield None, Page(decode(data, name=name))


def read_markdown(data: bytes, name: str) -> Iterator[Found]:
    """Markdown, with YAML front matter or without."""
    text = decode(data, name=name)
    front = _FRONT_MATTER.match(text)
    fields = _front_matter(front["fields"], name) if front else {}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    page = _stated(Page(_plain_markdown(body)), fields)
    if page.title is None and heading is not None:
        page = replace(page, title=heading[1])
    yield None, page


def read_html(data: bytes, name: str) -> Iterator[Found]:
    """A web page, through trafilatura."""
    import trafilatura

    tree = trafilatura.load_html(data if _declares_charset(data) else decode(data, name=name))
    extracted = None if tree is None else trafilatura.bare_extraction(tree, **_EXTRACTION)
    if extracted is None or not (extracted.text or "").strip():
        raise ArticleError(f"{name}: no article was found in this page. Save the page's article as text instead.")
    yield (
        None,
        Page(
            text=_plain_tables(extracted.text),
            title=extracted.title,
            source=extracted.sitename or extracted.hostname,
            url=extracted.url,
            author=extracted.author,
            published=parse_date(extracted.date or ""),
        ),
    )


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
    yield None, Page(text, title=_worthy_title(title, text))


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
    yield None, Page(text, title=title, author=None if author == "python-docx" else author)


def read_jsonl(data: bytes, name: str) -> Iterator[Found]:
    """JSON Lines, one article a line; a bad line is reported by its number, the rest is read."""
    for number, line in enumerate(decode(data, name=name).split("\n"), start=1):
        if line.strip():
            yield _json_article(line, f"{name}:{number}")


READERS: dict[str, Callable[[bytes, str], Iterator[Found]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""The reader of each file-name ending."""


def _front_matter(text: str, name: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ArticleError(
            f"{name}: its front matter is no valid YAML ({_reason(error)}). Mend it or remove it."
        ) from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ArticleError(f"{name}: its front matter is no list of fields. Write `title: …`, `source: …`, one a line.")
    return fields


def _stated(page: Page, fields: dict[str, Any]) -> Page:
    """A page with the fields that its file states."""
    published = fields.get("published")
    if isinstance(published, dt.datetime):
        published = published.date()
    elif not isinstance(published, dt.date):
        published = parse_date(str(published)) if published else None
    texts = {name: _field_text(fields.get(name)) for name in ("title", "source", "url", "author", "language")}
    stated = {name: value for name, value in texts.items() if value}
    return replace(page, published=published, **stated)


def _field_text(value: object) -> str | None:
    """A field's text; a list is written with commas, and what is no text, number or list of them is no field."""
    if isinstance(value, list):
        # one level only: aliases of YAML can nest lists into what no memory holds
        return ", ".join(filter(None, (_field_text(item) for item in value if not isinstance(item, list)))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        return None
    return str(value).strip() or None


def _plain_tables(text: str) -> str:
    """Rows of pipes as lines of cells."""
    text = _TABLE_RULE.sub("", text)
    return _TABLE_ROW.sub(lambda row: " ".join(filter(None, (cell.strip() for cell in row[1].split("|")))), text)


def _plain_markdown(text: str) -> str:
    text = _plain_tables(text)
    text = _MARKUP.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _HEADING.sub(r"\n\1\n", text)
    text = _EMPHASIS.sub(lambda match: match[2] or match[3], text)
    return _QUOTE.sub("", text)


def _declares_charset(data: bytes) -> bool:
    return bool(re.search(rb"charset\s*=", data[:4096], re.IGNORECASE))


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


def _check_archive(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST_PART:
            raise ArticleError(f"{name}: unpacks to more than 256 MB. Split it, or remove its pictures.")


def _table_text(table: Any) -> str:  # noqa: ANN401 - untyped library
    rows = [" ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())) for row in table.rows]
    return "\n".join(row for row in rows if row)


def _json_article(line: str, place: str) -> Found:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, ArticleError(f"{place}: no valid JSON ({_reason(error)}). One article a line is expected.")
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str) or not fields["text"].strip():
        return None, ArticleError(f"{place}: needs an object with a `text`. One article a line is expected.")
    identifier = fields.get("id")
    return (str(identifier) if identifier not in (None, "") else None), _stated(Page(fields["text"]), fields)


def _reason(error: Exception) -> str:
    return (str(error).split("\n")[0] or type(error).__name__)[:120]
