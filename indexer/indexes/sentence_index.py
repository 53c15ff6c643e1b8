"""The sentences inside one language's passages: a byte a component, mapped from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.storage.ragged_array import RaggedArray, RaggedWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

_LARGEST = 127


class Sentences(NamedTuple):
    """The sentences of one passage, in its order.

    `embeddings` `(n, d)`, centred, unit; `spans` `(n, 2)`, code points in the passage's text; `tokens` `(n, 2)`,
    which of the passage's tokens are in each, 0 to 0 where tokens aren't kept.
    """

    embeddings: NDArray[np.float32]
    spans: NDArray[np.int32]
    tokens: NDArray[np.int32]


class SentenceIndex:
    """Scores sentences by their embeddings."""

    def __init__(self, records: RaggedArray) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @classmethod
    def create(cls, path: Path, passages: Iterable[Sentences], dimension: int) -> None:
        """Write an index over the sentences of passages, row by row, to a file, and its offsets beside it."""
        with RaggedWriter(path, _record(dimension)) as records:
            for sentences in passages:
                records.extend([_to_records(sentences)])

    @classmethod
    def open(cls, path: Path) -> SentenceIndex:
        """Map what `create` wrote.

        Raises:
            SnapshotDamaged: the files don't belong together.
        """
        return cls(RaggedArray.open(path))

    def best_products(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product `(n,)` of a query `(d,)` with the best sentence of each of n rows; 0 without one."""
        taken = self._records.take(rows)
        best = np.zeros(len(rows), np.float32)
        present = np.diff(taken.offsets) > 0
        if present.any():
            products = _to_embeddings(taken.values) @ query
            best[present] = np.maximum.reduceat(products, taken.offsets[:-1][present])
        return best

    def sentences_of(self, rows: NDArray[np.int64]) -> tuple[Sentences, NDArray[np.int64]]:
        """The sentences of the passages at n rows, one after the other, and where each passage's begin `(n + 1,)`."""
        taken = self._records.take(rows)
        records = taken.values
        spans = np.stack([records["start"], records["end"]], axis=1)
        tokens = np.stack([records["first_token"], records["end_token"]], axis=1)
        return Sentences(_to_embeddings(records), spans, tokens), taken.offsets


def _record(dimension: int) -> np.dtype[Any]:
    places = [(name, "<i4") for name in ("start", "end", "first_token", "end_token")]
    return np.dtype([("components", "i1", (dimension,)), ("scale", "<f4"), *places])


def _to_records(sentences: Sentences) -> NDArray[Any]:
    """Components as whole numbers up to 127, times a scale of each sentence."""
    embeddings = sentences.embeddings
    records = np.empty(len(embeddings), _record(embeddings.shape[1]))
    scales = np.abs(embeddings).max(axis=1, initial=np.finfo(np.float32).tiny) / _LARGEST
    records["components"] = np.rint(embeddings / scales[:, None])
    records["scale"] = scales
    records["start"], records["end"] = sentences.spans.T
    records["first_token"], records["end_token"] = sentences.tokens.T
    return records


def _to_embeddings(records: NDArray[Any]) -> NDArray[np.float32]:
    embeddings: NDArray[np.float32] = records["components"].astype(np.float32) * records["scale"][:, None]
    return embeddings
