"""Cells of several lines: a file draws a cell's lines one after the other, and something else stands beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from indexer.articles.readers.pdf.hyphens import join_hyphenated
from indexer.articles.readers.pdf.segments import Row, glue, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.articles.readers.pdf.segments import Segment

_MOST_LINES = 12
"""Of a cell; what is longer is a column."""
_CLOSEST, _FARTHEST = 0.4, 1.7
"""Of the type's size: how far a cell's lines are from each other."""
_ASIDE = 0.5
_TOLERANCE = 2.0


def rows_of_cells(segments: Sequence[Segment]) -> list[Row]:
    """The rows of a block from top to bottom, a cell of several lines as one."""
    places = sorted(segments, key=lambda segment: segment.y)
    heights = [segment.y for segment in places]
    singles: list[Segment] = []
    cells: list[tuple[float, float, Segment]] = []
    for stack in _stacks(sorted(segments, key=lambda segment: segment.order)):
        top, bottom = stack[0].y, stack[-1].y
        around = places[bisect_left(heights, top - _TOLERANCE) : bisect_right(heights, bottom + _TOLERANCE)]
        if len(stack) > 1 and _has_neighbour(stack, around):
            cells.append((top, bottom, _cell(stack)))
        else:
            singles += stack
    if not cells:
        return rows(segments)
    return _rows(cells + [(segment.y, segment.y, segment) for segment in singles])


def _stacks(drawn: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that are drawn one after the other, each below the one before it."""
    stacks: list[list[Segment]] = []
    for segment in drawn:
        if stacks and len(stacks[-1]) < _MOST_LINES and _is_below(stacks[-1][-1], segment):
            stacks[-1].append(segment)
        else:
            stacks.append([segment])
    return stacks


def _is_below(segment: Segment, after: Segment) -> bool:
    distance = (after.y - segment.y) / segment.size
    return _CLOSEST < distance < _FARTHEST and abs(after.left - segment.left) < _TOLERANCE


def _has_neighbour(stack: Sequence[Segment], around: Sequence[Segment]) -> bool:
    left, right = min(segment.left for segment in stack), max(segment.right for segment in stack)
    gap = _ASIDE * stack[0].size
    return any(segment.left > right + gap or segment.right < left - gap for segment in around)


def _cell(stack: Sequence[Segment]) -> Segment:
    text = reduce(_join, (segment.text for segment in stack))
    left, right = min(segment.left for segment in stack), max(segment.right for segment in stack)
    return replace(stack[-1], text=text, left=left, right=right)


def _join(before: str, after: str) -> str:
    return join_hyphenated(before, after, frozenset()) or before + glue(before, after) + after


def _rows(cells: Sequence[tuple[float, float, Segment]]) -> list[Row]:
    """Cells as rows: those whose heights overlap stand beside each other."""
    grouped: list[list[Segment]] = []
    end = float("-inf")
    for top, bottom, segment in sorted(cells, key=lambda cell: (cell[0], cell[2].left)):
        if grouped and top <= end + _TOLERANCE:
            grouped[-1].append(segment)
            end = max(end, bottom)
        else:
            grouped.append([segment])
            end = bottom
    return [Row(tuple(sorted(row, key=lambda segment: segment.left))) for row in grouped]
