"""Centroids of unit vectors: spherical k-means. Pure NumPy.

Dhillon and Modha, "Concept decompositions for large sparse text data using clustering" (2001). FAISS has the same, with
an OpenBLAS of its own that knows no recent processor: there NumPy's is five times as fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_STEPS = 8
"""More change the recall of an index by less than what another seed does."""
_BLOCK = 1 << 13


def centroids_of(rows: Matrix, count: int, *, seed: int) -> Matrix:
    """So many unit centroids `(count, d)` of rows `(n, d)`, n at least `count`; the same for the same rows."""
    centroids = rows[np.random.default_rng(seed).choice(len(rows), count, replace=False)]
    for _ in range(_STEPS):
        centroids = _moved(rows, centroids)
    return centroids


def nearest_centroids(rows: Matrix, centroids: Matrix) -> NDArray[np.int64]:
    """The centroid `(n,)` with the largest inner product with each of the rows `(n, d)`."""
    nearest = np.empty(len(rows), np.int64)
    for start in range(0, len(rows), _BLOCK):
        nearest[start : start + _BLOCK] = np.argmax(rows[start : start + _BLOCK] @ centroids.T, axis=1)
    return nearest


def _moved(rows: Matrix, centroids: Matrix) -> Matrix:
    """Each centroid at the unit mean of the rows that are nearest to it; one that has none stays."""
    nearest = nearest_centroids(rows, centroids)
    order = np.argsort(nearest, kind="stable")
    used, first = np.unique(nearest[order], return_index=True)
    sums = np.add.reduceat(rows[order], first, axis=0)
    moved = centroids.copy()
    moved[used] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return moved
