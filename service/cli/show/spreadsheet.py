"""Answers as CSV, which no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.http.schemas import HitOut, SearchResponse

_COLUMNS = (
    "rank", "score", "language", "text", "best_sentence", "passage_id", "start", "end",
    "document_id", "title", "source", "url", "published",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula; the wide ones where its language is an Asian one."""

_OBEYED = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\r\n"
}
"""What a terminal may obey, where the file is printed in one."""


def write_csv(responses: Iterable[SearchResponse], out: TextIO, *, with_query: bool = False) -> None:
    """A header, and a row a hit.

    Args:
        responses: answers.
        out: where they are written.
        with_query: a first column says what was asked.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*(["query"] if with_query else []), *_COLUMNS))
    for response in responses:
        asked = [response.query.text] if with_query else []
        for hit in response.hits:
            writer.writerow(harmless(value) for value in (*asked, *_cells(hit)))


def harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; no terminal obeys it, either."""
    if not isinstance(value, str):
        return value
    return (f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value).translate(_OBEYED)


def best_sentence(hit: HitOut) -> str:
    """The sentence of a passage that answers best, or nothing."""
    best = next(iter(hit.passage.highlights), None)
    return hit.passage.text[best.start - hit.passage.start : best.end - hit.passage.start] if best else ""


def _cells(hit: HitOut) -> tuple[object, ...]:
    passage, document = hit.passage, hit.document
    return (
        hit.rank, hit.score, passage.language, passage.text, best_sentence(hit), passage.id, passage.start, passage.end,
        document.id, document.title, document.source, document.url, document.published,
    )  # fmt: skip
