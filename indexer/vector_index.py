"""Nearest neighbours of one language's passages. With `quantizer` the only module that knows FAISS."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.errors import SnapshotDamaged

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray


class Neighbours(NamedTuple):
    """Rows and their inner products with the query, best first; equal ones by row."""

    rows: NDArray[np.int64]
    products: NDArray[np.float32]


class Sample(NamedTuple):
    """Rows that stand for all, and how large a share each stands for; the sum of `weights` is 1."""

    rows: NDArray[np.int64]
    weights: NDArray[np.float32]


def representatives(embeddings: NDArray[np.float32], most: int) -> Sample:
    """At most so many rows of `(n, d)`: of each cluster (k-means) the row nearest to its centre."""
    count = len(embeddings)
    if count <= most:
        return Sample(np.arange(count), np.full(count, 1 / max(count, 1), np.float32))
    import faiss

    clusters = faiss.Kmeans(
        embeddings.shape[1], most, niter=10, seed=17, min_points_per_centroid=1, max_points_per_centroid=256
    )
    clusters.train(np.ascontiguousarray(embeddings, np.float32))
    distances, nearest = clusters.index.search(np.ascontiguousarray(embeddings, np.float32), 1)
    order = np.lexsort((np.arange(count), distances[:, 0], nearest[:, 0]))
    found, first, sizes = np.unique(nearest[order, 0], return_index=True, return_counts=True)
    del found
    return Sample(order[first], (sizes / count).astype(np.float32))


class VectorIndex:
    """An exact inner-product index (FAISS `IndexFlatIP`) over the rows of a matrix."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index

    @classmethod
    def of(cls, embeddings: NDArray[np.float32]) -> VectorIndex:
        """An index over the rows of `(n, d)`."""
        import faiss

        index = faiss.IndexFlatIP(embeddings.shape[1])
        index.add(np.ascontiguousarray(embeddings, np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Read an index that `save` wrote. Its checksum has to be verified first: FAISS trusts the bytes it reads.

        Raises:
            SnapshotDamaged: the file isn't an exact inner-product index.
        """
        import faiss

        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise SnapshotDamaged(f"{path}: not a FAISS index. Rebuild it with: haihe index …") from error
        if not isinstance(index, faiss.IndexFlat) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise SnapshotDamaged(f"{path}: not an exact inner-product index. Rebuild it with: haihe index …")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The number of components of a row."""
        return int(self._index.d)

    def products(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner products `(n,)` of a query `(d,)` with n rows."""
        if not len(rows):
            return np.empty(0, np.float32)
        products: NDArray[np.float32] = self._index.reconstruct_batch(rows) @ query
        return products

    def search(self, query: NDArray[np.float32], k: int, *, among: NDArray[np.int64] | None = None) -> Neighbours:
        """The k rows with the largest inner product.

        Args:
            query: `(d,)`.
            k: how many; fewer come back where there are fewer rows.
            among: the rows to choose from; None for all.
        """
        import faiss

        k = min(k, len(self) if among is None else len(among))
        if k <= 0:
            return Neighbours(np.empty(0, np.int64), np.empty(0, np.float32))
        parameters = None if among is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(among))  # type: ignore[call-arg]
        products, rows = self._index.search(query[None, :], k, params=parameters)
        order = np.lexsort((rows[0], -products[0]))
        return Neighbours(rows[0][order], products[0][order])
