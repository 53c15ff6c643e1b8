"""A store, by content, of what was derived from texts at some cost: a text is encoded once, not with every build.

One SQLite file beside the generations of an index. An entry's key is a digest of all that its content depends on: the
text, its role, the encoder. So nothing in it can be out of date, only unused; and a build that was killed goes on where
the last commit was. Deleting the file costs time, nothing else.

Each entry has a checksum over key and content. What fails it isn't there; a file that SQLite can't read is begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Found = TypeVar("Found")

DERIVED = "derived.sqlite"
"""The file's name; SQLite's own files beside it begin with it."""

_VERSION = 1
_DIGEST = 16
"""Bytes of a key, and of a checksum."""
_SCHEMA = f"""
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE entries (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, content BLOB NOT NULL) STRICT;
PRAGMA user_version = {_VERSION};
"""
_OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""Errors of the disk and its rights. All others mean that the file is damaged: the statements are few and right."""


class DerivedStore:
    """Contents by key. One process at a time writes it: the one that has the index's lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = self._guarded(self._opened) or self._begun_anew()

    def __contains__(self, key: bytes) -> bool:
        """Tell whether there is an entry; `get` may still find it damaged."""
        return bool(self._rows("SELECT 1 FROM entries WHERE key = ?", key))

    def get(self, key: bytes) -> bytes | None:
        """The content of an entry, which stays at the next `prune`; None where there is none that is whole."""
        rows = self._rows("SELECT content FROM entries WHERE key = ?", key)
        content = rows[0][0] if rows else None
        if not isinstance(content, bytes) or content[:_DIGEST] != _checksum(key, content[_DIGEST:]):
            return None
        self._rows("INSERT OR IGNORE INTO temp.wanted VALUES (?)", key)
        return content[_DIGEST:]

    def put(self, key: bytes, content: bytes) -> None:
        """Store an entry, in place of a damaged one; it is safe after the next `commit`."""
        self._rows(
            "INSERT OR REPLACE INTO entries (key, content) VALUES (?, ?)", key, _checksum(key, content) + content
        )
        self._rows("INSERT OR IGNORE INTO temp.wanted VALUES (?)", key)

    def commit(self) -> None:
        """Let what was put outlive a kill."""
        self._end()
        self._begin()

    def clear(self) -> None:
        """Forget everything."""
        self._connection = self._begun_anew()

    def prune(self) -> None:
        """Remove the entries that were neither got nor put since the file was opened, and commit."""
        self._rows("DELETE FROM main.entries WHERE key NOT IN (SELECT key FROM temp.wanted)")
        self._end()
        if self._guarded(lambda: self._connection.executescript("PRAGMA incremental_vacuum")) is None:
            self.clear()
        self._begin()

    def roll_back(self) -> None:
        """Undo what was done since the last `commit`, where it can't be written."""
        with suppress(sqlite3.Error):
            self._connection.rollback()

    def close(self) -> None:
        """Commit, and let go of the file."""
        try:
            self._end()
        finally:
            self._connection.close()

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._rows("BEGIN")

    def _end(self) -> None:
        if self._connection.in_transaction:  # a full disk ends it, too
            self._rows("COMMIT")

    def _rows(self, statement: str, *values: bytes) -> list[tuple[object, ...]]:
        """The rows that a statement finds: none where the file turns out to be damaged, and is begun anew."""
        rows = self._guarded(lambda: self._connection.execute(statement, values).fetchall())
        if rows is None:
            self._connection = self._begun_anew()
        return rows or []

    def _guarded(self, attempt: Callable[[], Found | None]) -> Found | None:
        """The result of an attempt; None where the file is damaged.

        Raises:
            SnapshotError: the disk is full, or the file can't be written.
        """
        try:
            return attempt()
        except (
            sqlite3.Error,
            UnicodeDecodeError,
        ) as error:  # the latter from an error message with a damaged name in it
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _OUTSIDE:
                message = f"{self._path}: can't be written ({error}). Make room there, or name another folder."
                raise SnapshotError(message) from error
            return None

    def _opened(self) -> sqlite3.Connection | None:
        """The file, made where it is missing; None where another version of haihe wrote it."""
        connection = sqlite3.connect(self._path, isolation_level=None)
        try:
            if not connection.execute("PRAGMA schema_version").fetchone()[0]:
                connection.executescript(_SCHEMA)
            if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
                connection.execute("SELECT number, key, content FROM entries LIMIT 1").fetchall()
                connection.execute("CREATE TEMP TABLE wanted (key BLOB PRIMARY KEY) WITHOUT ROWID")
                connection.execute("BEGIN")
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None

    def _begun_anew(self) -> sqlite3.Connection:
        if hasattr(self, "_connection"):
            self._connection.close()
        for path in self._path.parent.glob(f"{DERIVED}*"):
            path.unlink()
        opened = self._guarded(self._opened)
        if opened is None:
            raise SnapshotError(f"{self._path}: can't be made there. Name another folder.")
        return opened


def key_of(*parts: str | bytes) -> bytes:
    """A digest of texts and bytes, none of which runs into the next."""
    digest = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "little") + content)
    return digest.digest()


def _checksum(key: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST, key=key).digest()
