"""Vectors in a few bytes: product quantisation. With `vector_index` the only module that knows FAISS.

Each vector is cut into parts of eight components, and each part is replaced by the nearest of 256 centroids (Jégou,
Douze and Schmid, "Product quantization for nearest neighbor search", 2011): 48 bytes for 384 components.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Codes = NDArray[np.uint8]

_PART = 8
_CENTROIDS = 256


class ProductQuantizer:
    """Vectors `(n, d)` to codes `(n, ⌈d/8⌉)` of one byte a part, and back.

    Attributes:
        centroids: `(parts, 256, 8)`, float32.
    """

    def __init__(self, centroids: Matrix, dimension: int) -> None:
        self.centroids = centroids
        self.dimension = dimension

    @classmethod
    def train(cls, vectors: Matrix) -> Self:
        """The quantizer whose centroids are k-means of vectors `(n, d)`, n at least 1; the same for the same ones."""
        import faiss

        dimension = vectors.shape[1]
        padded = _padded(vectors)
        few = np.resize(padded, (max(len(padded), _CENTROIDS), padded.shape[1]))
        quantizer = faiss.ProductQuantizer(few.shape[1], few.shape[1] // _PART, 8)
        quantizer.cp.min_points_per_centroid = 1
        quantizer.train(few)
        centroids = faiss.vector_to_array(quantizer.centroids).reshape(-1, _CENTROIDS, _PART)
        return cls(centroids, dimension)

    def encode(self, vectors: Matrix) -> Codes:
        """The codes of vectors."""
        if not len(vectors):
            return np.empty((0, len(self.centroids)), np.uint8)
        codes: Codes = self._faiss.compute_codes(_padded(vectors))
        return codes

    def decode(self, codes: Codes) -> Matrix:
        """The vectors that codes stand for."""
        if not len(codes):
            return np.empty((0, self.dimension), np.float32)
        vectors: Matrix = self._faiss.decode(np.ascontiguousarray(codes))
        return vectors[:, : self.dimension]

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """The length of the longest centroid of each part `(parts,)`."""
        longest: NDArray[np.float32] = np.linalg.norm(self.centroids, axis=2).max(axis=1)
        return longest

    @cached_property
    def _faiss(self) -> Any:  # noqa: ANN401 - faiss has no types
        import faiss

        parts = len(self.centroids)
        quantizer = faiss.ProductQuantizer(parts * _PART, parts, 8)
        faiss.copy_array_to_vector(np.ascontiguousarray(self.centroids, np.float32).ravel(), quantizer.centroids)
        return quantizer


def _padded(vectors: Matrix) -> Matrix:
    """With zeros up to a whole number of parts."""
    return np.ascontiguousarray(np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % _PART))), np.float32)
