"""Hits on standard output: for people, for programs, for spreadsheets."""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from service.schemas import ExplanationOut, HitOut, SearchResponse


class Format(StrEnum):
    """How hits are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def print_hits(response: SearchResponse, format: Format) -> None:  # noqa: A002 - the option's name
    """Print an answer."""
    if format is Format.JSON:
        print(response.model_dump_json(indent=2))
    elif format is Format.JSONL:
        for hit in response.hits:
            print(hit.model_dump_json())
    elif format is Format.CSV:
        _print_csv(response)
    else:
        _print_table(response)


_COLUMNS = (
    "rank", "score", "language", "text", "best_sentence", "passage_id", "start", "end",
    "document_id", "title", "source", "url", "published",
)  # fmt: skip


def _print_csv(response: SearchResponse) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in response.hits:
        passage, document = hit.passage, hit.document
        writer.writerow(
            _harmless(value)
            for value in (
                hit.rank, hit.score, passage.language, passage.text, _best_sentence(hit), passage.id, passage.start,
                passage.end, document.id, document.title, document.source, document.url, document.published,
            )
        )  # fmt: skip


def _harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _print_table(response: SearchResponse) -> None:
    out = Console(highlight=False)
    if not response.hits:
        out.print("No passage passes these filters." if response.index.passages else "The index is empty.")
        return
    for hit in response.hits:
        document = hit.document
        about = " · ".join(str(part) for part in (document.source, document.published, document.id) if part)
        place = (f"{hit.rank:>2}  ", "bold"), (f"{hit.score:.2f}  ", "cyan"), (f"{hit.passage.language}  ", "magenta")
        out.print(Text.assemble(*place, (document.title, "bold")))
        out.print(Text(f"    {about}", "dim"))
        out.print(Padding(_marked(hit), (0, 0, 0, 4)))
        for counterpart in document.counterparts:
            out.print(Text(f"    {counterpart.language}: {counterpart.title} · {counterpart.id}", "dim"))
        if hit.also_in:
            out.print(Text(f"    also in: {', '.join(other.source or other.id for other in hit.also_in)}", "dim"))
        if hit.explanation:
            out.print(Text(f"    {_explained(hit.explanation)}", "dim"))
        out.print()


def _marked(hit: HitOut) -> Text:
    """The passage, with its best sentence in bold."""
    text = Text(hit.passage.text, overflow="fold")
    for found in hit.passage.highlights:
        text.stylize("bold", found.start - hit.passage.start, found.end - hit.passage.start)
    return text


def _best_sentence(hit: HitOut) -> str:
    best = next(iter(hit.passage.highlights), None)
    return hit.passage.text[best.start - hit.passage.start : best.end - hit.passage.start] if best else ""


def _explained(explanation: ExplanationOut) -> str:
    signals = ", ".join(f"{name} {value:+.2f}" for name, value in explanation.signals.items() if value)
    terms = ", ".join(f"{term.text} {term.weight:.1f}" for term in explanation.matched if term.weight)
    return f"{explanation.deviations:+.2f} from {signals}" + (f"; matched {terms}" if terms else "")
