"""Several rows for each passage, in one array on disk."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from indexer.errors import SnapshotDamaged
from indexer.storage.mapped_arrays import BLOCK, ArrayWriter, forget, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray


class RaggedArray:
    """An array whose rows belong to passages: those of passage i lie from `offsets[i]` to `offsets[i + 1]`.

    `values` is mapped from disk, so only the rows that are asked for are read.
    """

    def __init__(self, values: NDArray[Any], offsets: NDArray[np.int64]) -> None:
        self.values = values
        self.offsets = offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """The rows of each passage; of a mapped array, only those of some passages stay in memory."""
        for start in range(0, len(self), BLOCK):
            bounds = self.offsets[start : start + BLOCK + 1]
            rows = np.asarray(self.values[bounds[0] : bounds[-1]])
            yield from np.split(rows, bounds[1:-1] - bounds[0])
            forget(self.values)

    @classmethod
    def open(cls, path: Path) -> RaggedArray:
        """Map what a `RaggedWriter` wrote.

        Raises:
            SnapshotDamaged: the two files don't belong together.
        """
        try:
            values = mapped(path)
            offsets = np.asarray(mapped(_offsets_of(path)))  # without the cost of a `np.memmap` for each number
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(f"{path}: can't be read ({error}). Rebuild it with: haihe index …") from error
        if not len(offsets) or offsets[0] != 0 or offsets[-1] != len(values) or (np.diff(offsets) < 0).any():
            raise SnapshotDamaged(f"{path}: its offsets don't fit. Rebuild it with: haihe index …")
        return cls(values, offsets)

    def take(self, passages: NDArray[np.int64]) -> RaggedArray:
        """The rows of some passages, in their order, in memory."""
        starts, counts = self.offsets[passages], self.offsets[passages + 1] - self.offsets[passages]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        rows = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], counts)
        return RaggedArray(np.asarray(self.values)[rows], offsets)


class RaggedWriter:
    """Writes a `RaggedArray` to its two files, passage by passage; memory holds the offsets. A context manager."""

    def __init__(self, path: Path, dtype: DTypeLike, row_shape: tuple[int, ...] = ()) -> None:
        self._path = path
        self._values = ArrayWriter(path, dtype, row_shape)
        self._offsets = array("q", [0])

    def __enter__(self) -> Self:
        self._values.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._values.__exit__(*error)
        np.save(_offsets_of(self._path), np.frombuffer(self._offsets, np.int64), allow_pickle=False)

    def extend(self, parts: Sequence[NDArray[Any]]) -> None:
        """Write the rows of some passages, one part a passage."""
        for part in parts:
            self._offsets.append(self._offsets[-1] + len(part))
        if parts:
            self._values.append(np.concatenate(parts))


def _offsets_of(path: Path) -> Path:
    return path.with_suffix(".offsets.npy")
