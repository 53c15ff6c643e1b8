"""A file's reading: what was taken, and beside it what was left out and why."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from service.cli.show.console import measure
from service.cli.show.text import lines, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from indexer import Document, LeftOut, Reading

_FIELDS = ("title", "source", "author", "published", "language", "url")
_ADDED = "- "


def show_reading(reading: Reading, console: Console) -> None:
    """Print a reading: two columns side by side in a terminal, a line each where a program reads it."""
    document = reading.document
    console.print(Text(one_line(document.id), "heading"), soft_wrap=True)
    for name in _FIELDS:
        console.print(Text(f"{name}: {one_line(str(getattr(document, name) or '-'))}", "about"), soft_wrap=True)
    for warning in reading.warnings:
        console.print(Text(f"Look at {visible(warning)}", "against"), soft_wrap=True)
    console.print()
    width = measure(console)
    if width is None:
        for taken, left in _rows(reading):
            console.print(
                visible(taken) if taken else "\n".join(f"{_ADDED}{_said(passage)}" for passage in left), soft_wrap=True
            )
    else:
        console.print(_side_by_side(reading, width))
    console.print()
    console.print(Text(_counted(reading), "about"), soft_wrap=True)


def reading_fields(reading: Reading) -> dict[str, Any]:
    """A reading for programs: the document's fields, its text, and the lines that were left out."""
    document = reading.document
    return {
        "id": document.id,
        **{name: str(value) if (value := getattr(document, name)) else None for name in _FIELDS},
        "text": document.text,
        "left_out": [
            {"text": entry.text, "reason": entry.reason, "before": entry.before} for entry in reading.left_out
        ],
        "warnings": list(reading.warnings),
    }


def _side_by_side(reading: Reading, width: int) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), width=width, show_header=True, header_style="heading")
    half = (width - 3) // 2
    table.add_column("Taken", width=half)
    table.add_column("Left out, and why" if reading.left_out else "Nothing left out", width=half)
    for taken, left in _rows(reading):
        said = Text("\n").join([_folded(Text(_said(entry), "unlikely"), half) for entry in left])
        table.add_row(_folded(Text(visible(taken)), half), said)
    return table


def _folded(text: Text, width: int) -> Text:
    return Text("\n").join(lines(text, width))


def _rows(reading: Reading) -> Iterator[tuple[str, list[LeftOut]]]:
    """The document's lines in order, and between them what was left out there; what has no place comes first."""
    left = {at: list(group) for at, group in groupby(_placed(reading.left_out), key=lambda one: one.before or 0)}
    paragraphs = reading.document.text.split("\n")
    for at, paragraph in enumerate(paragraphs):
        if at in left:
            yield "", left[at]
        yield paragraph, []
    rest = [entry for at, group in left.items() if at >= len(paragraphs) for entry in group]
    if rest:
        yield "", rest


def _placed(left_out: tuple[LeftOut, ...]) -> list[LeftOut]:
    return sorted(left_out, key=lambda one: one.before or 0)


def _said(one: LeftOut) -> str:
    return f"{one.reason}: {one_line(one.text)}"


def _counted(reading: Reading) -> str:
    document: Document = reading.document
    return f"{len(document.text.split(chr(10)))} lines taken, {len(reading.left_out)} left out"
