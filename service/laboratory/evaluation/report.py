"""Rows for programs and for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from service.laboratory.evaluation.records import Figures, Row

_SMALLEST_P = 0.001


def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One record a row, for JSON: task, ranking, questions, the measures by name, and what else is known."""
    return [
        {
            "task": row.task,
            "ranking": row.ranking,
            "questions": row.language,
            **row.measures,
            "count": row.questions,
            f"p of {row.figure}": row.p,
            "kinds": {kind: _record(figures, row.figure) for kind, figures in row.kinds.items()},
            "directions": {direction: _record(figures, row.figure) for direction, figures in row.directions.items()},
            "top_scores": row.top_scores
            and {
                "answered": row.top_scores.answered,
                "unanswered": row.top_scores.unanswered,
                "AUC": row.top_scores.auc,
            },
        }
        for row in rows
    ]


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """All measures; then, where a dataset has kinds of questions, by kind, by direction, and how first hits score."""
    yield _table_of_measures(rows)
    for task, found in groupby((row for row in rows if row.kinds), key=lambda row: row.task):
        whole = _last_of_rankings(list(found))
        yield _table_of_parts(f"{task}, by what is asked for", whole, lambda row: row.kinds)
        yield _table_of_parts(f"{task}, by direction (question→answer)", whole, lambda row: row.directions)
        if any(row.top_scores for row in whole):
            yield _table_of_top_scores(task, whole)


def _record(figures: Figures, figure: str) -> dict[str, Any]:
    return {**figures.measures, "count": figures.questions, f"p of {figure}": figures.p}


def _last_of_rankings(rows: Sequence[Row]) -> list[Row]:
    """The mean of each ranking, or its only row."""
    return list({row.ranking: row for row in rows}.values())


def _table_of_measures(rows: Sequence[Row]) -> Table:
    names = (*rows[0].measures, "p")
    table = _table("", ("task", "ranking", "questions"), names)
    for _, found in groupby(rows, key=lambda row: (row.task, row.ranking)):
        for row in found:
            cells = map(_number, row.measures.values())
            table.add_row(row.task, row.ranking, row.language, *cells, _p(row.p))
        table.add_section()
    table.caption = f"p: randomisation test of {rows[0].figure} against the ranking that has none, two-sided"
    return table


def _table_of_parts(title: str, rows: Sequence[Row], parts_of: Callable[[Row], Mapping[str, Figures]]) -> Table:
    """A line a ranking, and for each part of the questions its measures and p."""
    parts = parts_of(rows[0])
    headers = (header for name in parts for header in (f"{name}\nRR", "\nR@10", "\np"))
    table = _table(title, ("\nranking",), headers)
    for row in rows:
        cells = [
            cell
            for figures in parts_of(row).values()
            for cell in (_number(figures.measures["RR"]), _number(figures.measures["R@10"]), _p(figures.p))
        ]
        table.add_row(row.ranking, *cells)
    counts = (cell for figures in parts.values() for cell in (str(figures.questions), "", ""))
    table.add_section()
    table.add_row("questions", *counts)
    return table


def _table_of_top_scores(task: str, rows: Sequence[Row]) -> Table:
    quarters = ("¼", "½", "¾")
    headers = (f"{kind}\n{quarter}" for kind in ("answered", "unanswered") for quarter in quarters)
    table = _table(f"{task}, score of the first hit", ("\nranking",), (*headers, "\nAUC"))
    for row in rows:
        if row.top_scores:
            scores = (*row.top_scores.answered, *row.top_scores.unanswered, row.top_scores.auc)
            table.add_row(row.ranking, *map(_number, scores))
    return table


def _table(title: str, names: Sequence[str], numbers: Iterator[str] | Sequence[str]) -> Table:
    columns = [Column(name) for name in names]
    columns += [Column(name, justify="right", no_wrap=True) for name in numbers]
    return Table(
        *columns,
        title=title or None,
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def _p(value: float | None) -> str:
    if value is None:
        return ""
    return f"<{_number(_SMALLEST_P)}" if value < _SMALLEST_P else _number(value)
