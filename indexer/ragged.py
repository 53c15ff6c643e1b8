"""Several rows for each passage, in one array on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import SnapshotDamaged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray


class RaggedArray:
    """An array whose rows belong to passages: those of passage i lie from `offsets[i]` to `offsets[i + 1]`.

    `values` is mapped from disk, so only the rows that are asked for are read.
    """

    def __init__(self, values: NDArray[Any], offsets: NDArray[np.int64]) -> None:
        self.values = values
        self.offsets = offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, parts: Iterable[NDArray[Any]], empty: NDArray[Any]) -> RaggedArray:
        """One part a passage; `empty` has no rows and tells their shape and type."""
        found = list(parts)
        offsets = np.concatenate([[0], np.cumsum([len(part) for part in found], dtype=np.int64)]).astype(np.int64)
        return cls(np.concatenate([empty, *found]), offsets)

    @classmethod
    def open(cls, path: Path) -> RaggedArray:
        """Map what `save` wrote.

        Raises:
            SnapshotDamaged: the two files don't belong together.
        """
        try:
            values = np.load(path, mmap_mode="r", allow_pickle=False)
            offsets = np.load(_offsets_of(path), allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(f"{path}: can't be read ({error}). Rebuild it with: haihe index …") from error
        if not len(offsets) or offsets[0] != 0 or offsets[-1] != len(values) or (np.diff(offsets) < 0).any():
            raise SnapshotDamaged(f"{path}: its offsets don't fit. Rebuild it with: haihe index …")
        return cls(values, offsets)

    def save(self, path: Path) -> None:
        """Write the rows to a file, the offsets to another beside it."""
        np.save(path, self.values, allow_pickle=False)
        np.save(_offsets_of(path), self.offsets, allow_pickle=False)

    def take(self, passages: NDArray[np.int64]) -> RaggedArray:
        """The rows of some passages, in their order, in memory."""
        return RaggedArray.of((self.values[self.offsets[i] : self.offsets[i + 1]] for i in passages), self.values[:0])


def _offsets_of(path: Path) -> Path:
    return path.with_suffix(".offsets.npy")
