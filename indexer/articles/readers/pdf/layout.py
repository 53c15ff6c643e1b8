"""The order in which a page is read: column after column, and rows of tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.articles.readers.pdf.cells import rows_of_cells
from indexer.articles.readers.pdf.segments import rows
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.articles.readers.pdf.segments import Row, Segment

_DEEPEST = 5
"""Columns within columns."""
_MOST_EDGES = 12
"""Left edges that are tried as those of a column, the commonest first."""
_FEWEST_ROWS = 3
_NARROWEST = 6
"""Of the type's size: a narrower column is one of labels, numbers or bullets."""
_FULL = 0.75
"""Of a column's width: a row of a wrapped text is as long, but for a paragraph's last."""
_CLOSE = 2.2
"""Of the type's size: lines of a text are no further from each other."""
_SHARE_FULL, _SHARE_CLOSE, _SHARE_GOING_ON = 0.5, 0.6, 0.3
_MOST_DIGITS = 0.4
_TOLERANCE = 2.0
_HAN_OR_SMALL = re.compile(f"[{HAN}a-z]")
_ENDS_SENTENCE = re.compile(r"[。！？!?.：:；;]$")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are read from top to bottom, and the edges of the column that they stand in."""

    rows: tuple[Row, ...]
    left: float
    right: float


def reading_order(segments: Sequence[Segment], depth: int = 0) -> list[Block]:
    """The blocks of a page in the order in which they are read."""
    best: list[_Band] = []
    if depth < _DEEPEST and len(segments) >= 2 * _FEWEST_ROWS:
        best = max((_bands(segments, edge) for edge in _left_edges(segments)), key=_gain, default=[])
    if not _gain(best):
        return [_block(segments)] if segments else []
    blocks: list[Block] = []
    for columns, group in groupby(best, key=lambda band: band.is_columns):
        for band in group if columns else [_merged(list(group))]:
            parts = (band.left, band.right) if columns else (band.crossing,)
            blocks += [block for part in parts for block in reading_order(part, depth + 1)]
    return blocks


@dataclass(frozen=True, slots=True)
class _Band:
    """A part of a page from edge to edge: the segments to the left of a gutter, to its right, and across it."""

    left: tuple[Segment, ...] = ()
    right: tuple[Segment, ...] = ()
    crossing: tuple[Segment, ...] = ()
    is_columns: bool = False


def _gain(bands: Sequence[_Band]) -> float:
    return sum(len(segment.text) for band in bands if band.is_columns for segment in (*band.left, *band.right))


def _merged(bands: Sequence[_Band]) -> _Band:
    return _Band(crossing=tuple(segment for band in bands for segment in (*band.left, *band.right, *band.crossing)))


def _block(segments: Sequence[Segment]) -> Block:
    return Block(
        tuple(rows_of_cells(segments)),
        min(segment.left for segment in segments),
        max(segment.right for segment in segments),
    )


def _left_edges(segments: Sequence[Segment]) -> list[float]:
    """The places where rows begin that have something to the left of them, the commonest first."""
    leftmost = min(segment.left for segment in segments)
    size = median(segment.size for segment in segments)
    counts = Counter(round(segment.left / _TOLERANCE) for segment in segments)
    together = {edge: counts[edge - 1] + count + counts[edge + 1] for edge, count in counts.items()}
    usual = sorted(together, key=lambda edge: (-together[edge], edge))
    edges = [(edge - 1) * _TOLERANCE for edge in usual if edge * _TOLERANCE > leftmost + _NARROWEST * size]
    return edges[:_MOST_EDGES]


def _bands(segments: Sequence[Segment], edge: float) -> list[_Band]:
    """A page cut where something crosses a gutter that ends at an edge."""

    def side(segment: Segment) -> str:
        if segment.left >= edge - _TOLERANCE:
            return "right"
        return "left" if segment.right <= edge else "crossing"

    downwards = sorted(segments, key=lambda segment: segment.y)
    bands = []
    for crosses, group in groupby(downwards, key=lambda segment: side(segment) == "crossing"):
        band = tuple(group)
        if crosses:
            bands.append(_Band(crossing=band))
        else:
            left, right = (tuple(segment for segment in band if side(segment) == name) for name in ("left", "right"))
            bands.append(_Band(left, right))
    sure = [_with_columns(band) for band in bands]
    if not _gain(sure):
        return sure
    return [band if band.is_columns else _with_columns(band, fewest=1) for band in sure]


def _with_columns(band: _Band, fewest: int = _FEWEST_ROWS) -> _Band:
    if not band.left or not band.right:
        return band
    left, right = rows(band.left), rows(band.right)
    are_columns = (
        min(len(left), len(right)) >= fewest
        and not _is_tabular(left, right)
        and all(_is_column(side) for side in (left, right))
        and (_in_turn(band) or fewest < _FEWEST_ROWS or all(_is_wrapped(side) for side in (left, right)))
    )
    return _Band(band.left, band.right, is_columns=are_columns)


def _in_turn(band: _Band) -> bool:
    """The file draws one side, then the other, as no table is drawn."""
    left, right = ([segment.order for segment in side] for side in (band.left, band.right))
    return max(left) < min(right) or max(right) < min(left)


def _is_tabular(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Numbers on either side."""
    return any(
        sum(character.isdigit() for row in side for character in row.text)
        > _MOST_DIGITS * sum(not character.isspace() for row in side for character in row.text)
        for side in (left, right)
    )


def _is_column(side: Sequence[Row]) -> bool:
    width = max(row.right for row in side) - min(row.left for row in side)
    return width >= _NARROWEST * median(row.size for row in side)


def _is_wrapped(side: Sequence[Row]) -> bool:
    """Rows go on where a line ends: most are close and as wide as the column, and many begin inside a sentence."""
    close = [after.y - row.y <= _CLOSE * after.size for row, after in pairwise(side)]
    left, right = min(row.left for row in side), max(row.right for row in side)
    full = [row.right - left >= _FULL * (right - left) for row in side]
    going_on = [
        is_full and bool(_HAN_OR_SMALL.match(after.text)) and not _ENDS_SENTENCE.search(row.text)
        for (row, after), is_full in zip(pairwise(side), full, strict=False)
    ]
    shares = ((full, _SHARE_FULL), (close, _SHARE_CLOSE), (going_on, _SHARE_GOING_ON))
    return all(sum(signs) >= share * len(signs) for signs, share in shares)
