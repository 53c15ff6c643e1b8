"""The nearest rows of one matrix for each row of another, and the reverse, from one pass over both. Pure NumPy.

A join of k nearest neighbours (Böhm and Krebs, "The k-nearest neighbour join", 2004) asks as many questions as there
are rows, so that they can be asked together. Few rows are all compared. Many are put into lists by their nearest
centroids, as in an inverted file (Jégou, Douze and Schmid, 2011), and a row is compared with those of the likely
lists; all that look into a list are multiplied with it at once. The size of a list doesn't depend on how many there
are, and the likely lists are found by a join with the centroids: time grows with n log n. What was measured, against
FAISS too: docs/decisions/0008-near-duplicates-and-counterparts.md.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.spaces.kmeans import centroids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Rows = NDArray[np.int64]

_FEW = 8192
"""Where one side has no more rows than this, all are compared."""
_PER_LIST, _FULLEST = 128, 256
"""Rows of a list, usually and at most."""
_LIKELY = 32
"""Into how many lists a row looks."""
_SAMPLE, _SAMPLED = 1 << 16, 4
"""Centroids are made of so many rows at most, one in so many at least."""
_BLOCK = 1 << 22
"""How many products are in memory at a time."""
_NONE = -1
_SEED = 17


class Nearest(NamedTuple):
    """The places of the nearest columns of each row, best first, and their inner products, both `(n, k)`."""

    places: Rows
    products: Matrix


def nearest(rows: Matrix, columns: Matrix, k: int) -> Nearest:
    """The k columns of `(m, d)` with the largest inner products with each of the rows `(n, d)`.

    All are unit. Of more than a few thousand on both sides, nearly all of the nearest are found. The same matrices give
    the same answer. They may be mapped from disk.
    """
    best = _Best(len(rows), min(k, len(columns)))
    for row_block, column_block in _meetings(rows, columns):
        best.add(row_block, column_block, rows[row_block] @ columns[column_block].T)
    return best.sorted()


def nearest_both_ways(rows: Matrix, columns: Matrix, k: int) -> tuple[Nearest, Nearest]:
    """The nearest columns of each row, and the nearest rows of each column, as `nearest` has them."""
    best, reverse = _Best(len(rows), min(k, len(columns))), _Best(len(columns), min(k, len(rows)))
    for row_block, column_block in _meetings(rows, columns):
        products = rows[row_block] @ columns[column_block].T
        best.add(row_block, column_block, products)
        reverse.add(column_block, row_block, products.T)
    lacking = reverse.lacking()  # too few rows looked into the lists of these
    if len(lacking):
        reverse.put(lacking, nearest(columns[lacking], rows, k))
    return best.sorted(), reverse.sorted()


class _Best:
    """The nearest so far of each of n rows."""

    def __init__(self, count: int, k: int) -> None:
        self._places = np.full((count, k), _NONE, np.int64)
        self._products = np.full((count, k), -np.inf, np.float32)

    def add(self, rows: Rows, columns: Rows, products: Matrix) -> None:
        """Let some rows meet columns that they haven't met, by their products."""
        k = self._places.shape[1]
        top = np.argpartition(products, -k, axis=1)[:, -k:] if len(columns) > k else np.arange(len(columns))[None]
        values = np.concatenate([self._products[rows], np.take_along_axis(products, top, axis=1)], axis=1)
        met = np.broadcast_to(columns[top], (len(rows), top.shape[1]))
        places = np.concatenate([self._places[rows], met], axis=1)
        nearest = np.argpartition(values, -k, axis=1)[:, -k:] if k else np.empty((len(rows), 0), np.int64)
        self._products[rows] = np.take_along_axis(values, nearest, axis=1)
        self._places[rows] = np.take_along_axis(places, nearest, axis=1)

    def lacking(self) -> Rows:
        """The rows that have met fewer than k."""
        return np.flatnonzero((self._places == _NONE).any(axis=1))

    def put(self, rows: Rows, found: Nearest) -> None:
        """The nearest of some rows, in place of what they met."""
        self._places[rows], self._products[rows] = found

    def sorted(self) -> Nearest:
        """The nearest of all."""
        order = np.lexsort((self._places, -self._products), axis=1)
        return Nearest(
            np.take_along_axis(self._places, order, axis=1), np.take_along_axis(self._products, order, axis=1)
        )


def _meetings(rows: Matrix, columns: Matrix) -> Iterator[tuple[Rows, Rows]]:
    """The rows and columns that are compared, a bounded number at a time; no row meets a column twice."""
    if min(len(rows), len(columns)) > _FEW:
        yield from _likely_meetings(rows, columns)
    elif len(rows) >= len(columns):
        every = np.arange(len(columns))
        yield from ((block, every) for block in _blocks(len(rows), len(columns)))
    else:
        every = np.arange(len(rows))
        yield from ((every, block) for block in _blocks(len(columns), len(rows)))


def _likely_meetings(rows: Matrix, columns: Matrix) -> Iterator[tuple[Rows, Rows]]:
    """Rows, and the columns of a list that they look into."""
    lists = _lists_of(columns)
    centroids = np.array([_centre(columns[members]) for members in lists])
    for block in _blocks(len(rows), _FULLEST):
        likely = nearest(rows[block], centroids, _LIKELY).places
        visits = _grouped(likely.ravel())
        for places in visits:
            yield block[places // likely.shape[1]], lists[likely.flat[places[0]]]


def _lists_of(columns: Matrix) -> list[Rows]:
    """All columns, in lists of those that are near each other; none is empty, none larger than `_FULLEST`."""
    sample = columns[:: max(_SAMPLED, ceil(len(columns) / _SAMPLE))]
    count = min(len(columns) // _PER_LIST, len(sample) // 2)
    homes = nearest(columns, centroids_of(sample, count, seed=_SEED), 1).places[:, 0]
    return [
        members[start : start + _FULLEST] for members in _grouped(homes) for start in range(0, len(members), _FULLEST)
    ]


def _centre(members: Matrix) -> Matrix:
    """The unit mean of some rows."""
    mean: Matrix = members.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), float(np.finfo(np.float32).tiny))


def _grouped(keys: Rows) -> list[Rows]:
    """The places of equal keys together."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def _blocks(count: int, width: int) -> Iterator[Rows]:
    """Consecutive numbers below `count`, so many at a time that a block of this width is bounded."""
    size = max(_BLOCK // max(width, 1), 1)
    for start in range(0, count, size):
        yield np.arange(start, min(start + size, count))
