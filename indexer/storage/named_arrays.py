"""Statistics as named arrays, for a file without pickles."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from indexer.storage.cache_directory import publish_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

Statistics = TypeVar("Statistics")


def pack(prefix: str, statistics: Any) -> dict[str, NDArray[Any]]:  # noqa: ANN401 - any dataclass of arrays
    """The arrays of a dataclass, named by a prefix and their fields."""
    return {f"{prefix}.{field.name}": getattr(statistics, field.name) for field in fields(statistics)}


def save_arrays(arrays: Arrays, path: Path) -> None:
    """Write arrays to a file, in one step.

    Raises:
        OSError: it can't be written.
    """
    publish_file(path, partial(_write, arrays))


def _write(arrays: Arrays, path: Path) -> None:
    with path.open("wb") as file:  # by its name, NumPy would give it another ending
        np.savez(file, **arrays)  # type: ignore[arg-type]


def unpack(kind: type[Statistics], prefix: str, arrays: Arrays) -> Statistics:
    """The dataclass that `pack` took apart.

    Raises:
        KeyError: an array is missing.
    """
    return kind(*(arrays[f"{prefix}.{field.name}"] for field in fields(kind)))  # type: ignore[arg-type]
