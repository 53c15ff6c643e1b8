"""From what a reader found in a file to a cleaned document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from indexer.articles.characters import one_line, visible, without_surrogates
from indexer.articles.saved_pages.doubts import doubts
from indexer.articles.saved_pages.furniture import find_article, whole_text
from indexer.articles.saved_pages.lines import purpose_of
from indexer.articles.saved_pages.metadata import read_author, read_date, read_source
from indexer.articles.wrapping import join_wrapped
from indexer.errors import ArticleError
from indexer.records import Document, Language
from indexer.text.language_identification import identify

if TYPE_CHECKING:
    import datetime as dt


class Layout(Enum):
    """The layout of a page's text, and so what may stand around the article in it."""

    TEXT = "text"
    """Plain text, perhaps wrapped to a width; it may be a web page that was saved as text."""
    ARTICLE = "article"
    """The article alone, a paragraph a line: nothing is taken away."""
    STATED = "stated"
    """The same; source, author and date have been looked for in the whole page, and none is looked for in its text."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that stands in the file and isn't indexed.

    Attributes:
        reason: why it isn't, in a few words.
        before: how many lines of the document's text stand before it; None where that isn't known.
    """

    text: str
    reason: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The findings of a reader: a text with whatever is around it, and what the file states about it.

    Attributes:
        left_out: what the reader itself has left out, such as the running heads of a PDF file.
        warnings: sentences for the operator about what may be wrong with the text; none ends the reading.
    """

    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None
    language: str | None = None
    layout: Layout = Layout.TEXT
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


Found = tuple[str | None, Page | ArticleError]
"""An article's own id where the file gives one, and the page or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read from its file, with what was left out and what should be looked at."""

    document: Document
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


def to_reading(page: Page, document_id: str) -> Reading:
    """Clean a page: drop its furniture, read what it states, keep what the file states already.

    Raises:
        ArticleError: no text is left.
    """
    document_id = without_surrogates(document_id)
    lines = _lines(page)
    stated_title = one_line(visible(page.title or ""))
    article = (find_article if page.layout is Layout.TEXT else whole_text)(lines, stated_title=stated_title)
    title = stated_title or one_line(article.title or "")
    body = article.body[1:] if article.body[:1] == (title,) else article.body
    text = "\n".join(body)
    if not text.strip():
        text = title
    if not text.strip():
        raise ArticleError(f"{document_id}: holds no text.")
    language = _language_of(page.language, text)
    by_line = replace(article, head=(), body=(), tail=()) if page.layout is Layout.STATED else article
    document = Document(
        id=document_id,
        title=title or one_line(text[:80]),
        text=text,
        language=language,
        source=_stated(page.source) or read_source(by_line),
        url=_stated(page.url),
        author=_stated(page.author) or read_author(by_line),
        published=page.published or read_date(by_line, locale=page.language or language),
    )
    left_out = tuple(LeftOut(line.text, purpose_of(line), before) for before, line in article.left_out)
    warnings = [f"{document_id}: {doubt}" for doubt in doubts(article, document)]
    return Reading(document, (*page.left_out, *left_out), (*page.warnings, *warnings))


def _lines(page: Page) -> list[str]:
    """The lines of a page, stripped, without blank ones."""
    text = join_wrapped(page.text) if page.layout is Layout.TEXT else page.text
    return [line for line in map(one_line, visible(text).split("\n")) if line]


def _stated(field: str | None) -> str | None:
    return one_line(visible(field)) or None if field else None


def _language_of(stated: str | None, text: str) -> Language | None:
    """The language of the body; a stated one decides only where the text is too short to tell."""
    code = identify(text) or (stated or "").lower().replace("_", "-").split("-")[0]
    return Language(code) if code in tuple(Language) else None
