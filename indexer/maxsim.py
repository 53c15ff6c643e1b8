"""The best matches of a query's tokens in passages whose tokens are product-quantised.

Tokens aren't decoded: a query's products with all centroids are a small table, and its product with a token is the sum
of one entry a part (asymmetric distance computation: Jégou, Douze and Schmid, "Product quantization for nearest
neighbor search", 2011). NumPy has no fast sum of that kind, so it is in C, `maxsim.c`. Where that couldn't be compiled
when haihe was installed, tokens are decoded after all: the same scores, several times slower.
"""

from __future__ import annotations

import ctypes
from functools import cache, cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from indexer.quantizer import Codes, ProductQuantizer

    Matrix = NDArray[np.float32]
    Places = NDArray[np.int64]

LANES = 16
"""Query tokens that the compiled code matches at a time."""


class QueryTokens:
    """A query's tokens, ready to be matched with those of passages.

    Attributes:
        vectors: `(m, d)`, centred and unit.
        quantizer: of the passages' tokens.
    """

    def __init__(self, vectors: Matrix, quantizer: ProductQuantizer) -> None:
        self.vectors = vectors
        self.quantizer = quantizer

    def scores(self, codes: Codes, starts: Places, ends: Places) -> NDArray[np.float32]:
        """MaxSim `(n,)`: the mean over the query's tokens of the best match in each of n spans; 0 in an empty one.

        Args:
            codes: of tokens `(t, parts)`, mapped from disk or in memory.
            starts: `(n,)`, the first token of each span.
            ends: `(n,)`, the one after its last.

        Raises:
            ValueError: another quantizer made the codes.
        """
        if not len(self.vectors) or not len(starts):
            return np.zeros(len(starts), np.float32)
        parts = len(self.quantizer.centroids)
        if codes.dtype != np.uint8 or codes.shape[1:] != (parts,) or not codes.flags.c_contiguous:
            raise ValueError(f"codes of {parts} bytes a token are wanted, not {codes.dtype} of {codes.shape}")
        best = _compiled()
        matches = self._matches(best, codes, starts, ends) if best else self._decoded_matches(codes, starts, ends)
        scores: NDArray[np.float32] = matches.mean(axis=1)
        return scores

    def _matches(self, best: Callable[..., None], codes: Codes, starts: Places, ends: Places) -> Matrix:
        """The best match `(n, m)` of each token of the query in each span."""
        parts, count = self._tables.shape[1], len(starts)
        starts, ends = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
        blocks = np.empty((len(self._tables), count, LANES), np.float32)
        spans = codes.ctypes.data, starts.ctypes.data, ends.ctypes.data, count
        for table, block in zip(self._tables, blocks, strict=True):
            best(table.ctypes.data, parts, *spans, block.ctypes.data)
        return np.concatenate(list(blocks), axis=1)[:, : len(self.vectors)]

    def _decoded_matches(self, codes: Codes, starts: Places, ends: Places) -> Matrix:
        """The same by NumPy."""
        counts = ends - starts
        matches = np.zeros((len(starts), len(self.vectors)), np.float32)
        present = counts > 0
        if present.any():
            firsts = np.cumsum(counts) - counts
            tokens = np.arange(counts.sum()) + np.repeat(starts - firsts, counts)
            products = self.quantizer.decode(codes[tokens]) @ self.vectors.T
            matches[present] = np.maximum.reduceat(products, firsts[present], axis=0)
        return matches

    @cached_property
    def _tables(self) -> Matrix:
        """The products `(⌈m/16⌉, parts, 256, 16)` of the query's tokens with all centroids, 0 beyond the last token."""
        centroids = self.quantizer.centroids
        parts, _, size = centroids.shape
        count, dimension = self.vectors.shape
        padded = np.pad(self.vectors, ((0, -count % LANES), (0, parts * size - dimension)))
        products: Matrix = centroids @ padded.reshape(-1, LANES, parts, size).transpose(0, 2, 3, 1)
        return products


@cache
def _compiled() -> Callable[..., None] | None:
    """`best_matches` of maxsim.c; None where it couldn't be compiled."""
    found = find_spec("indexer._maxsim")
    if found is None or found.origin is None:
        return None
    function = ctypes.CDLL(found.origin).best_matches
    array, count = ctypes.c_void_p, ctypes.c_int64
    function.argtypes = [array, count, array, array, array, count, array]
    function.restype = None
    return function
