"""Statistics as named arrays, for a file without pickles."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

Statistics = TypeVar("Statistics")


def pack(prefix: str, statistics: Any) -> dict[str, NDArray[Any]]:  # noqa: ANN401 - any dataclass of arrays
    """The arrays of a dataclass, named by a prefix and their fields."""
    return {f"{prefix}.{field.name}": getattr(statistics, field.name) for field in fields(statistics)}


def unpack(kind: type[Statistics], prefix: str, arrays: Arrays) -> Statistics:
    """The dataclass that `pack` took apart.

    Raises:
        KeyError: an array is missing.
    """
    return kind(*(arrays[f"{prefix}.{field.name}"] for field in fields(kind)))  # type: ignore[arg-type]
