"""Arrays that are larger than memory: appended to a file, mapped from it, and read in blocks."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray

BLOCK = 1024
"""Rows in memory at a time."""


class ArrayWriter:
    """Appends rows to an `.npy` file; how many there will be needn't be known. A context manager."""

    def __init__(self, path: Path, dtype: DTypeLike, row_shape: tuple[int, ...] = ()) -> None:
        self._path = path
        self._dtype = np.dtype(dtype)
        self._row_shape = row_shape
        self._count = 0

    def __enter__(self) -> Self:
        self._file: IO[bytes] = self._path.open("wb")
        self._write_header()
        return self

    def __exit__(self, *_: object) -> None:
        # NumPy pads a header, so that the final count takes no more room than 0 did.
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def append(self, rows: NDArray[Any]) -> None:
        """Write some rows after those before."""
        rows.astype(self._dtype, order="C", copy=False).tofile(self._file)
        self._count += len(rows)

    def _write_header(self) -> None:
        header = {
            "descr": np.lib.format.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self._count, *self._row_shape),
        }
        np.lib.format.write_array_header_1_0(self._file, header)


@dataclass(frozen=True, slots=True, eq=False)
class SelectedRows:
    """Some rows of an array, each read where a slice asks for it."""

    array: NDArray[Any]
    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, part: slice) -> NDArray[Any]:
        selected: NDArray[Any] = self.array[self.rows[part]]
        return selected

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of an array of these rows alone."""
        return len(self.rows), *self.array.shape[1:]


def mapped(path: Path) -> NDArray[Any]:
    """The array in a file, mapped from disk for reading."""
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def blocks(array: NDArray[Any] | SelectedRows, size: int | None = None) -> Iterator[NDArray[Any]]:
    """The rows of an array, some at a time; of a mapped one, only those of one block stay in memory."""
    size = size or BLOCK
    for start in range(0, len(array), size):
        yield array[start : start + size]
        forget(array.array if isinstance(array, SelectedRows) else array)


def forget(array: NDArray[Any]) -> None:
    """Give back the memory that a mapped array's pages take; they are read again where they are needed."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)
