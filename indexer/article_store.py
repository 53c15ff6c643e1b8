"""Documents and passages in one SQLite file: written once, then read by several threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import SnapshotError
from indexer.records import Document, Language, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, language TEXT,
    source TEXT, url TEXT, author TEXT, published TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE passages (
    language TEXT NOT NULL, row INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL,
    PRIMARY KEY (language, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_of_document ON passages (document_id, start);
CREATE TABLE counterparts (
    document_id TEXT NOT NULL REFERENCES documents (id), counterpart_id TEXT NOT NULL REFERENCES documents (id),
    score REAL NOT NULL, PRIMARY KEY (document_id, counterpart_id)
) STRICT, WITHOUT ROWID;
"""
_PASSAGE = """
SELECT p.id, p.document_id, substr(d.text, p.start + 1, p."end" - p.start), p.language, p.start, p."end", p.context
FROM passages p JOIN documents d ON d.id = p.document_id
"""
_MOST_PARAMETERS = 500


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages a search may find. None means all."""

    sources: tuple[str, ...] | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in astuple(self))


class ArticleWriter:
    """Writes the file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)

    def add_document(self, document: Document) -> None:
        """Store a document."""
        values = {field.name: getattr(document, field.name) for field in fields(Document)}
        values["published"] = document.published.isoformat() if document.published else None
        self._connection.execute(f"INSERT INTO documents VALUES ({','.join('?' * len(values))})", [*values.values()])  # noqa: S608

    def add_passage(self, document: Document, passage: Passage, row: int) -> None:
        """Store a passage, which has this row in all indexes of its language.

        Raises:
            SnapshotError: it isn't a span of its document.
        """
        if document.text[passage.start : passage.end] != passage.text:
            raise SnapshotError(f"{document.id}: passage {passage.id} isn't a span of its document.")
        self._connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            [passage.language, row, passage.id, document.id, passage.start, passage.end, passage.context],
        )

    def add_counterparts(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Store which documents tell the same story in the other language: document, counterpart, score 0 to 1."""
        self._connection.executemany("INSERT INTO counterparts VALUES (?, ?, ?)", pairs)

    def commit(self) -> None:
        """End the writing."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class ArticleStore:
    """Reads the file. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def count(self, language: Language) -> int:
        """How many passages a language has."""
        return int(self._select("SELECT count(*) FROM passages WHERE language = ?", [language])[0][0])

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        found = self._select("SELECT * FROM documents WHERE id = ?", [document_id])
        return _document_from(found[0]) if found else None

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return [_document_from(row) for row in self._select("SELECT * FROM documents ORDER BY id", [])]

    def counterparts_of(self, document_id: str) -> list[tuple[Document, float]]:
        """The same story in the other language, likeliest first, each with a score from 0 to 1."""
        found = self._select(
            "SELECT d.*, c.score FROM counterparts c JOIN documents d ON d.id = c.counterpart_id "
            "WHERE c.document_id = ? ORDER BY c.score DESC, d.id",
            [document_id],
        )
        return [(_document_from(row[:-1]), float(row[-1])) for row in found]

    def passage_place(self, passage_id: str) -> tuple[Language, int] | None:
        """The language of a passage and its row there."""
        found = self._select("SELECT language, row FROM passages WHERE id = ?", [passage_id])
        return (Language(found[0][0]), int(found[0][1])) if found else None

    def places_of(self, document_id: str) -> list[tuple[Language, int]]:
        """The languages and rows of a document's passages, in its order."""
        found = self._select("SELECT language, row FROM passages WHERE document_id = ? ORDER BY start", [document_id])
        return [(Language(language), int(row)) for language, row in found]

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages, in its order."""
        found = self._select(_PASSAGE + "WHERE p.document_id = ? ORDER BY p.start", [document_id])
        return [_passage_from(row) for row in found]

    def passages_at(self, language: Language, rows: Sequence[int]) -> list[Passage]:
        """The passages at rows of a language, in the order of `rows`."""
        found = {}
        for start in range(0, len(rows), _MOST_PARAMETERS):
            part = [int(row) for row in rows[start : start + _MOST_PARAMETERS]]
            marks = ",".join("?" * len(part))
            for row, *rest in self._select(
                _PASSAGE.replace("SELECT", "SELECT p.row,") + f"WHERE p.language = ? AND p.row IN ({marks})",
                [language, *part],
            ):
                found[row] = _passage_from(rest)
        return [found[int(row)] for row in rows]

    def passage_ids(self, language: Language) -> list[tuple[str, str]]:
        """The ids of a language's passages, each with its document's, by row."""
        found = self._select("SELECT id, document_id FROM passages WHERE language = ? ORDER BY row", [language])
        return [(passage, document) for passage, document in found]

    def rows(self, language: Language, wanted: PassageFilter) -> NDArray[np.int64]:
        """The rows of a language that pass a filter. Documents without a date pass no filter by date."""
        conditions, values = ["p.language = ?"], list[Any]([language])
        if wanted.sources is not None:
            conditions.append(f"d.source COLLATE NOCASE IN ({','.join('?' * len(wanted.sources))})")
            values += wanted.sources
        if wanted.published_from is not None:
            conditions.append("d.published >= ?")
            values.append(wanted.published_from.isoformat())
        if wanted.published_to is not None:
            conditions.append("d.published <= ?")
            values.append(wanted.published_to.isoformat())
        found = self._select(
            "SELECT p.row FROM passages p JOIN documents d ON d.id = p.document_id "  # noqa: S608 - constant parts
            f"WHERE {' AND '.join(conditions)} ORDER BY p.row",
            values,
        )
        return np.array([row for (row,) in found], np.int64)

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _document_from(row: Sequence[Any]) -> Document:
    identifier, title, text, language, source, url, author, published = row
    return Document(
        id=identifier,
        title=title,
        text=text,
        language=Language(language) if language else None,
        source=source,
        url=url,
        author=author,
        published=dt.date.fromisoformat(published) if published else None,
    )


def _passage_from(row: Sequence[Any]) -> Passage:
    identifier, document_id, text, language, start, end, context = row
    return Passage(identifier, document_id, text, Language(language), start, end, context)
