"""SQLite files that are finished: opened for reading, by several threads."""

from __future__ import annotations

import sqlite3
import threading
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_MOST_PARAMETERS = 500
_MAPPED = 1 << 30
"""Bytes that are read as memory, not copied into a cache of each process."""


class SQLiteFile:
    """A SQLite file that nobody changes any more. Safe to use from several threads, which wait for each other."""

    def __init__(self, path: Path) -> None:
        """Open a file for reading.

        Raises:
            sqlite3.Error: there is none, or it isn't SQLite's.
        """
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def select(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query whose `?` stand for values."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def select_in(self, query: str, keys: Iterable[object], values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query for any number of keys, asked for a part of them at a time.

        Args:
            query: has `IN ({keys})` after all of its `?`.
            keys: what that column may be.
            values: what the `?` stand for.
        """
        remaining = iter(keys)
        while part := list(islice(remaining, _MOST_PARAMETERS)):
            yield from self.select(query.format(keys=",".join("?" * len(part))), [*values, *part])
