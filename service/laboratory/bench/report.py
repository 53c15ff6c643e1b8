"""Figures for people, for the documentation, and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import StringIO
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from service.laboratory.bench.plot import draw, number
from service.laboratory.bench.records import HAIHE, PEER, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from service.laboratory.bench.profiling import ProfiledFunction
    from service.laboratory.bench.records import Measurement, Report

_TITLES = {
    Stage.LIMIT: "What the machine can do",
    Stage.INDEXING: "Indexing",
    Stage.UPDATE: "Update",
    Stage.STARTUP: "Start-up",
    Stage.HTTP: "Search over HTTP",
    Stage.ANN: "The index of vectors",
}
_WIDTH = 110
_HEADINGS = ("", HAIHE, PEER, "unit", "times better", "from–to")


def tables(report: Report) -> Iterator[Table]:
    """A table for each part: medians, the factor between them, and its spread over the turns."""
    for title, part in _parts(report):
        table = Table(*(Column(name, justify="right" if name else "left") for name in _HEADINGS), box=SIMPLE_HEAD)
        table.title, table.title_justify = title, "left"
        for measurement in part:
            table.add_row(*_cells(measurement))
        yield table


def as_markdown(report: Report) -> str:
    """The same for `docs/performance.md`, with the notes."""
    lines = [f"{', '.join(f'{name} {value}' for name, value in report.machine.items())}.", ""]
    for title, part in _parts(report):
        lines += [f"### {title}", "", f"| {' | '.join(_HEADINGS)} |", "|---|--:|--:|---|--:|--:|"]
        lines += [f"| {' | '.join(_cells(measurement))} |" for measurement in part]
        lines += ["", *(f"- {measurement.name}: {measurement.note}." for measurement in part if measurement.note), ""]
    return "\n".join([*lines, *(f"- {note}" for note in report.notes)]).rstrip() + "\n"


def as_json(report: Report) -> dict[str, Any]:
    """Everything, with every sample."""
    return {
        "machine": report.machine,
        "notes": list(report.notes),
        "measurements": [
            {
                "stage": measurement.stage,
                "passages": measurement.passages,
                "name": measurement.name,
                "unit": measurement.unit,
                "better": measurement.better,
                HAIHE: _record(measurement.haihe),
                PEER: _record(measurement.peer),
                "factor": measurement.factor,
                "factors": measurement.factors,
                "note": measurement.note,
            }
            for measurement in report.measurements
        ],
    }


def profile_table(functions: Sequence[ProfiledFunction]) -> Table:
    """The table of where one query's milliseconds go."""
    right = {"justify": "right"}
    table = Table("", Column("ms a query", **right), Column("share", **right), box=SIMPLE_HEAD)  # type: ignore[arg-type]
    for function in functions:
        table.add_row(function.name, f"{function.milliseconds:.3f}", f"{function.share:.1%}")
    return table


def show(report: Report, kind: str) -> str:
    """A report as `table`, `markdown` or `json`."""
    if kind == "json":
        return json.dumps(as_json(report), indent=2, ensure_ascii=False)
    if kind == "markdown":
        return as_markdown(report)
    about = "; ".join(f"{name} {value}" for name, value in report.machine.items())
    return "\n".join([about, *map(_printed, tables(report)), *(f"Note: {note}" for note in report.notes)])


def show_profile(functions: Sequence[ProfiledFunction], kind: str) -> str:
    """The profile of where a query's time goes, as `table`, `markdown` or `json`."""
    if kind == "json":
        return json.dumps([asdict(function) for function in functions], indent=2)
    if kind == "table":
        return _printed(profile_table(functions))
    rows = (f"| `{function.name}` | {function.milliseconds:.3f} | {function.share:.1%} |" for function in functions)
    return "\n".join(["| | ms a query | share |", "|---|--:|--:|", *rows])


def pictures(report: Report) -> dict[str, str]:
    """SVG files by name: a picture for each part that has been compared."""
    return {
        f"speed-{stage}.svg": draw(title, compared)
        for stage, title in _TITLES.items()
        if (compared := [one for one in report.measurements if one.stage is stage and one.peer])
    }


def _printed(table: Table) -> str:
    console = Console(width=_WIDTH, file=StringIO(), highlight=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get().rstrip()


def _parts(report: Report) -> Iterable[tuple[str, list[Measurement]]]:
    """Measurements under their title, by stage and size."""
    for (stage, passages), group in groupby(report.measurements, key=lambda one: (one.stage, one.passages)):
        yield _TITLES[stage] + (f", {passages:,} passages" if passages else ""), list(group)


def _cells(measurement: Measurement) -> tuple[str, ...]:
    factor, factors = measurement.factor, measurement.factors
    return (
        measurement.name,
        _middle(measurement.haihe),
        _middle(measurement.peer),
        measurement.unit,
        number(factor) if factor is not None else "",
        f"{number(min(factors))}–{number(max(factors))}" if len(factors) > 1 else "",
    )


def _middle(samples: Sequence[float]) -> str:
    return number(median(samples)) if samples else "–"


def _record(samples: Sequence[float]) -> dict[str, Any] | None:
    if not samples:
        return None
    return {"median": median(samples), "least": min(samples), "most": max(samples), "samples": samples}
