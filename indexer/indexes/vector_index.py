"""Nearest neighbours of one language's passages. With `quantizer` the only module that knows FAISS.

Small indexes are exact. Large ones are inverted files (Jégou, Douze and Schmid, "Product quantization for nearest
neighbor search", 2011): each passage is in the list of its nearest centroid, a query looks into the nearest lists, and
a component takes one byte. Both are mapped from disk, so that processes share them. What was measured:
docs/decisions/0011-index-by-size.md.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.errors import SnapshotDamaged
from indexer.spaces.kmeans import centroids_of, nearest_centroids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray


class VectorIndexKind(StrEnum):
    """A way to find neighbours: `FLAT` compares all passages, `IVF` the likely ones, `AUTO` goes by their number."""

    AUTO = "auto"
    FLAT = "flat"
    IVF = "ivf"


class _Lists(NamedTuple):
    """The lists of an inverted file with at least so many rows: their number, and into how many a query looks."""

    rows: int
    lists: int
    probes: int


_BY_SIZE = (_Lists(0, 256, 40), _Lists(75_000, 512, 32), _Lists(300_000, 1024, 24))
"""Measured by scripts/measure_index.py."""
_LARGE = 20_000
"""Rows from which on an exact search takes longer than a millisecond or two."""
_PER_LIST = 40
"""Rows a list that centroids are trained on, and the fewest for a list to be made."""
_RANGES = 1 << 14
"""Rows that tell the range of each component."""
_DEEP = 3
"""A search for more than one in so many of the rows in the likely lists looks into all lists."""
_FEW = 2048
"""Rows of a filter that are faster scored one by one than found in the index."""
_BLOCK = 1 << 15
_SEED = 17


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
    used, first, sizes = np.unique(nearest[order, 0], return_index=True, return_counts=True)
    del used
    return Sample(order[first], (sizes / count).astype(np.float32))


class VectorIndex:
    """The rows of a matrix by inner product. Safe to search from several threads."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        self._index = index
        if self.kind is VectorIndexKind.IVF:
            index.make_direct_map()  # eight bytes a row of each process's own, to find a row's code

    @classmethod
    def of(cls, embeddings: NDArray[np.float32], kind: VectorIndexKind = VectorIndexKind.AUTO) -> VectorIndex:
        """An index over the rows of `(n, d)`, which may be mapped from disk: it is read in blocks.

        The same rows give the same index. Of few rows it is exact, whatever its kind: there is nothing to train.
        """
        count = len(embeddings)
        if kind is VectorIndexKind.AUTO:
            kind = VectorIndexKind.IVF if count >= _LARGE else VectorIndexKind.FLAT
        lists = _lists_of(count)
        if kind is VectorIndexKind.FLAT or not lists.lists:
            return cls(_flat(embeddings))
        return cls(_inverted(embeddings, lists))

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Map an index that `save` wrote. Its checksum has to be verified first: FAISS trusts the bytes it reads.

        Raises:
            SnapshotDamaged: the file isn't an inner-product index of a known kind.
        """
        import faiss

        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise SnapshotDamaged(f"{path}: not a FAISS index. Rebuild it with: haihe index …") from error
        is_ours = isinstance(index, faiss.IndexFlat | faiss.IndexIVFScalarQuantizer)
        if not is_ours or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise SnapshotDamaged(f"{path}: not an inner-product index. Rebuild it with: haihe index …")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        import faiss

        if self.kind is VectorIndexKind.IVF:
            self._index.make_direct_map(False)  # made again when opened
        faiss.write_index(self._index, str(path))
        if self.kind is VectorIndexKind.IVF:
            self._index.make_direct_map()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def kind(self) -> VectorIndexKind:
        """The kind of this index; never `AUTO`."""
        return VectorIndexKind.IVF if hasattr(self._index, "nlist") else VectorIndexKind.FLAT

    def products(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner products `(n,)` of a query `(d,)` with n rows, as the index keeps them.

        A row's is the same to the last bit whichever rows it is asked with, and the one that `search` gives.
        """
        products = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _BLOCK):
            block = self.reconstruct(rows[start : start + _BLOCK])
            # Not `@`: BLAS adds in another order for other numbers of rows.
            np.einsum("nd,d->n", block, query, out=products[start : start + _BLOCK])
        return products

    def reconstruct(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Some rows `(n, d)` as the index keeps them."""
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return vectors

    def search(self, query: NDArray[np.float32], k: int, *, among: NDArray[np.int64] | None = None) -> Neighbours:
        """The k rows with the largest inner product; in an index that isn't exact, nearly all of them.

        Args:
            query: `(d,)`.
            k: how many; fewer come back only where there are fewer rows.
            among: the rows to choose from, each once; None for all.
        """
        k = min(k, len(self) if among is None else len(among))
        if k <= 0:
            return Neighbours(np.empty(0, np.int64), np.empty(0, np.float32))
        rows = among if among is not None and len(among) <= _FEW else self._nearest(query, k, among)
        products = self.products(query, rows)
        order = np.lexsort((rows, -products))[:k]
        return Neighbours(rows[order], products[order])

    def _nearest(self, query: NDArray[np.float32], k: int, among: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """The k nearest rows, in no order."""
        import faiss

        selector = None if among is None else faiss.IDSelectorBitmap(_bitmap(among, len(self)))  # type: ignore[call-arg, arg-type]
        if self.kind is VectorIndexKind.FLAT:
            return self._search(query, k, faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
        share = 1.0 if among is None else len(among) / len(self)
        for probes in (self._probes(k, share), self._index.nlist):
            rows = self._search(query, k, faiss.SearchParametersIVF(sel=selector, nprobe=probes))  # type: ignore[call-arg]
            if rows.min() >= 0:  # else these lists have fewer than k
                break
        return rows

    def _search(self, query: NDArray[np.float32], k: int, parameters: Any) -> NDArray[np.int64]:  # noqa: ANN401
        rows: NDArray[np.int64] = self._index.search(query[None, :], k, params=parameters)[1][0]
        return rows

    def _probes(self, k: int, share: float) -> int:
        """Into how many lists to look: the more, the fewer rows pass a filter, so that as many rows are compared."""
        lists, usual = int(self._index.nlist), int(self._index.nprobe)
        compared = len(self) * usual / lists
        return lists if k * _DEEP > compared else min(ceil(usual / share), lists)


def _lists_of(count: int) -> _Lists:
    """The lists that an inverted file of so many rows should have; none where the rows are too few to train any."""
    shape = [lists for lists in _BY_SIZE if lists.rows <= count][-1]
    return shape._replace(lists=min(shape.lists, count // _PER_LIST))


def _flat(embeddings: NDArray[np.float32]) -> Any:  # noqa: ANN401 - faiss has no types
    """An exact index over the rows."""
    import faiss

    index = faiss.IndexFlatIP(embeddings.shape[1])
    for block in _blocks(embeddings):
        index.add(block)
    return index


def _inverted(embeddings: NDArray[np.float32], lists: _Lists) -> Any:  # noqa: ANN401
    """An inverted file over the rows, trained on some of them."""
    import faiss

    count, dimension = embeddings.shape
    chosen = np.random.default_rng(_SEED).choice(count, min(count, _PER_LIST * lists.lists), replace=False)
    sample = np.ascontiguousarray(embeddings[np.sort(chosen)], np.float32)
    centroids = centroids_of(sample, lists.lists, seed=_SEED)
    index: Any = faiss.index_factory(dimension, f"IVF{lists.lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = lists.probes
    index.quantizer.add(centroids)  # which `train` then leaves as they are
    index.train(sample[:: ceil(len(sample) / _RANGES)])
    for block in _blocks(embeddings):
        nearest = nearest_centroids(block, centroids)
        index.add_core(len(block), faiss.swig_ptr(block), None, faiss.swig_ptr(nearest))
    return index


def _blocks(embeddings: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(embeddings), _BLOCK):
        yield np.ascontiguousarray(embeddings[start : start + _BLOCK], np.float32)


def _bitmap(rows: NDArray[np.int64], count: int) -> NDArray[np.uint8]:
    """One bit for each of `count` rows, set for these; the lowest bit of a byte is the first."""
    chosen = np.zeros(count, np.bool_)
    chosen[rows] = True
    return np.packbits(chosen, bitorder="little")
