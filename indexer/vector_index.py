"""Nearest neighbours of one language's passages. The only module that knows FAISS."""

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
