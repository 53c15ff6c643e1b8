"""The best matches of a query's tokens in passages whose tokens are product-quantised.

Tokens aren't decoded: a query's products with all centroids are a small table, and its product with a token is the sum
of one entry a part (asymmetric distance computation: Jégou, Douze and Schmid, "Product quantization for nearest
neighbor search", 2011). NumPy has no fast sum of that kind, so it is in C, `maxsim.c`, with entries of 16 bits: a score
is off by some ten-thousandths at most. Where that couldn't be compiled when haihe was installed, tokens are decoded
after all: the same scores, several times slower.
"""

from __future__ import annotations

import ctypes
import math
from functools import cache, cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.spaces.product_quantizer import Codes, ProductQuantizer

    Matrix = NDArray[np.float32]
    Places = NDArray[np.int64]

LANES = 16
"""Query tokens that the compiled code matches at a time."""
_LARGEST = 32_000
"""What a sum of entries stays below: of 16 bits, some are left for what rounding adds."""
_LINE = 64
"""Bytes of a line of the processor's cache."""


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
        count, parts = len(self.vectors), len(self.quantizer.centroids)
        if not count or not len(starts):
            return np.zeros(len(starts), np.float32)
        if codes.dtype != np.uint8 or codes.shape[1:] != (parts,) or not codes.flags.c_contiguous:
            raise ValueError(f"codes of {parts} bytes a token are wanted, not {codes.dtype} of {codes.shape}")
        compiled = _compiled()
        sums = self._sums(compiled, codes, starts, ends) if compiled else self._decoded_sums(codes, starts, ends)
        return (sums / count).astype(np.float32)

    def _sums(self, compiled: ctypes.CDLL, codes: Codes, starts: Places, ends: Places) -> NDArray[np.float64]:
        """The best matches of the query's tokens in each span, added up: `(n,)`."""
        starts, ends = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
        sums = np.zeros(len(starts), np.int64)
        spans = codes.ctypes.data, starts.ctypes.data, ends.ctypes.data, len(starts)
        for table in self._tables:
            compiled.add_best_matches(table.ctypes.data, codes.shape[1], *spans, sums.ctypes.data)
        return sums / self._scale

    def _decoded_sums(self, codes: Codes, starts: Places, ends: Places) -> NDArray[np.float64]:
        """The same by NumPy."""
        counts = ends - starts
        sums, present = np.zeros(len(starts)), counts > 0
        if present.any():
            firsts = np.cumsum(counts) - counts
            tokens = np.arange(counts.sum()) + np.repeat(starts - firsts, counts)
            products = self.quantizer.decode(codes[tokens]) @ self.vectors.T
            sums[present] = np.maximum.reduceat(products, firsts[present], axis=0).sum(axis=1)
        return sums

    @cached_property
    def _tables(self) -> list[NDArray[np.int16]]:
        """The products `(parts, 256, 16)` of each sixteen tokens with all centroids; 0 beyond the last token."""
        compiled, centroids = _compiled(), self.quantizer.centroids
        assert compiled is not None  # noqa: S101 - without it, tokens are decoded
        parts, count, size = centroids.shape
        tables = [_aligned((parts, count, LANES)) for _ in self._blocks]
        for block, table in zip(self._blocks, tables, strict=True):
            addresses = centroids.ctypes.data, block.ctypes.data
            compiled.fill_table(*addresses, parts, size, self._scale, table.ctypes.data)
        return tables

    @cached_property
    def _blocks(self) -> Matrix:
        """The query's tokens, sixteen at a time, by their parts: `(blocks, parts, size, 16)`."""
        parts, _, size = self.quantizer.centroids.shape
        count, dimension = self.vectors.shape
        padded = np.pad(self.vectors, ((0, -count % LANES), (0, parts * size - dimension)))
        return np.ascontiguousarray(padded.reshape(-1, LANES, parts, size).transpose(0, 2, 3, 1), np.float32)

    @cached_property
    def _scale(self) -> float:
        """The factor for products, chosen so that no token's can be too large for an integer (Cauchy and Schwarz)."""
        lengths = np.linalg.norm(self._blocks, axis=2)  # (blocks, parts, 16)
        most = (lengths * self.quantizer.lengths[:, None]).sum(axis=1).max()
        return float(_LARGEST / most) if most else 1.0


def _aligned(shape: tuple[int, ...]) -> NDArray[np.int16]:
    """An array that begins where a line of the processor's cache does, so that no row of it lies in two."""
    count = math.prod(shape)
    buffer = np.empty(count + _LINE // 2, np.int16)
    start = -buffer.ctypes.data % _LINE // 2
    return buffer[start : start + count].reshape(shape)


@cache
def _compiled() -> ctypes.CDLL | None:
    """The functions of maxsim.c; None where it couldn't be compiled."""
    spec = find_spec("indexer.indexes._maxsim")
    if spec is None or spec.origin is None:
        return None
    library = ctypes.CDLL(spec.origin)
    array, count = ctypes.c_void_p, ctypes.c_int64
    library.fill_table.argtypes = [array, array, count, count, ctypes.c_float, array]
    library.add_best_matches.argtypes = [array, count, array, array, array, count, array]
    library.fill_table.restype = library.add_best_matches.restype = None
    return library
