"""Strings that lie in a file: none is in memory before it is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, SupportsIndex

import numpy as np

from indexer.storage.ragged_array import RaggedArray, RaggedWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class MappedStrings:
    """Strings by number, each decoded when it is asked for: a million take no memory of a process."""

    def __init__(self, encoded: RaggedArray) -> None:
        self._bytes = np.asarray(encoded.values).data
        self._offsets = encoded.offsets.data  # gives its numbers three times as fast as an array does

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map what `StringsWriter` wrote.

        Raises:
            SnapshotDamaged: it isn't that.
        """
        return cls(RaggedArray.open(path))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: SupportsIndex) -> str:
        place = range(len(self))[number]  # raises what ends a loop
        return str(self._bytes[self._offsets[place] : self._offsets[place + 1]], "utf-8")


class StringsWriter:
    """Writes strings to a file, from the first on; memory holds where each ends. A context manager."""

    def __init__(self, path: Path) -> None:
        self._file = RaggedWriter(path, np.uint8)

    def __enter__(self) -> Self:
        self._file.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)

    def extend(self, strings: Iterable[str]) -> None:
        """Write some strings after those before."""
        self._file.extend([np.frombuffer(string.encode(), np.uint8) for string in strings])
