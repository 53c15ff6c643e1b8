"""Groups of near-duplicates: an array `(n,)` has the lowest row of its group for each row.

A text counts once, however often it was printed: one row stands for its group wherever passages are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]


def representatives(twins: Rows) -> Rows:
    """The rows that stand for their groups, ascending."""
    rows: Rows = np.flatnonzero(twins == np.arange(len(twins)))
    return rows


def one_of_each(twins: Rows, rows: Rows) -> Rows:
    """The lowest of the rows of each group, in the order of some distinct rows."""
    lowest = np.full(len(twins), len(twins))
    np.minimum.at(lowest, twins[rows], rows)
    chosen: Rows = rows[lowest[twins[rows]] == rows]
    return chosen


def first_of_each(twins: Rows, rows: Rows) -> Rows:
    """The places among a few rows at which each group comes first, ascending."""
    return np.sort(np.unique(twins[rows], return_index=True)[1])
