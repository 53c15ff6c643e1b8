"""Each format that answers are printed in."""

from __future__ import annotations

import datetime as dt
import io
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from service.citations import CitationStyle
from service.cli.show.console import console_of
from service.cli.show.markdown import Report, article_text
from service.cli.show.messages import say
from service.cli.show.spreadsheet import write_csv
from service.cli.words import words
from service.http.schemas import BatchResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from service.cli.show.console import Color
    from service.cli.show.table import HitTable
    from service.cli.words import Words
    from service.http.schemas import ArticleOut, HitOut, SearchResponse


_CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""Characters that a terminal obeys and JSON allows as they are."""


class Format(StrEnum):
    """A format that hits are printed in."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


@dataclass(frozen=True, slots=True)
class Style:
    """A style of printing what is found.

    Attributes:
        format: for people, programs, spreadsheets or a report.
        console: standard output.
        words: what is said around it.
        citation: how a report refers to articles.
        author_of: the author of an article by its id, where that can be known.
    """

    format: Format
    console: Console
    words: Words
    citation: CitationStyle
    author_of: Callable[[str], str | None]


def style_of(
    format: Format,  # noqa: A002 - the option's name
    color: Color,
    citation: CitationStyle | None,
    author_of: Callable[[str], str | None],
) -> Style:
    """The style that the options and the locale ask for."""
    said = words()
    return Style(format, console_of(color), said, citation or CitationStyle(said.citation), author_of)


def print_answer(response: SearchResponse, style: Style) -> None:
    """Print the answer to one query."""
    if style.format is Format.TABLE:
        _table(style).answer(response)
        return
    if style.format in {Format.JSONL, Format.CSV}:
        (response,) = _noting([response], style)
    sys.stdout.write(text_of(response, style))


def print_answers(responses: Iterable[SearchResponse], style: Style) -> None:
    """Print the answers to many queries, as they come where the format allows it."""
    if style.format is Format.TABLE:
        for response in responses:
            _table(style).heading(response.query.text)
            _table(style).answer(response)
            style.console.print()
    elif style.format is Format.JSONL:
        for response in responses:
            print(_escaped(response.model_dump_json()), flush=True)
    elif style.format is Format.CSV:
        write_csv(_noting(responses, style), sys.stdout, with_query=True)
    elif style.format is Format.MD:
        sys.stdout.write(_report(style).text(responses))
    else:
        print(_escaped(BatchResponse(answers=list(responses)).model_dump_json(indent=2)))


def print_article(article: ArticleOut, hit: HitOut, style: Style) -> None:
    """Print a whole article in which something was found."""
    from service.cli.show.article import show_article

    if style.format is Format.TABLE:
        show_article(article, hit, style.console)
    elif style.format is Format.MD:
        sys.stdout.write(article_text(article, style.words, style.citation, _today()))
    else:
        print(_escaped(article.model_dump_json(indent=2 if style.format is Format.JSON else None)))


def text_of(response: SearchResponse, style: Style) -> str:
    """An answer in a format for files."""
    if style.format is Format.JSON:
        return _escaped(response.model_dump_json(indent=2)) + "\n"
    if style.format is Format.JSONL:
        return "".join(f"{_escaped(hit.model_dump_json())}\n" for hit in response.hits)
    if style.format is Format.MD:
        return _report(style).text([response])
    cells = io.StringIO()
    write_csv([response], cells)
    return cells.getvalue()


def _noting(responses: Iterable[SearchResponse], style: Style) -> Iterator[SearchResponse]:
    """The same answers; what is to be said of their questions, which the format has no place for, is said aside."""
    for response in responses:
        if note := response.query.note_in(style.words.language):
            say(f"{response.query.text}: {note}")
        yield response


def _table(style: Style) -> HitTable:
    from service.cli.show.table import HitTable

    return HitTable(style.console, style.words)


def _report(style: Style) -> Report:
    return Report(style.words, style.citation, _today(), style.author_of)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).astimezone().date()


def _escaped(text: str) -> str:
    """The same JSON, without anything that a terminal would obey."""
    return text.translate(_CONTROLS)
