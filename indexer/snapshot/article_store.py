"""Documents and passages in one SQLite file: written once, then read by several threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from indexer.errors import SnapshotError
from indexer.records import Document, Language, Passage
from indexer.snapshot.columns import Origin
from indexer.storage.sqlite_files import SQLiteFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT, published TEXT, language TEXT, url TEXT, author TEXT,
    text TEXT NOT NULL -- the last, so that the others are read without it
) STRICT, WITHOUT ROWID;
CREATE TABLE passages (
    language TEXT NOT NULL, row INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL, opening TEXT NOT NULL,
    PRIMARY KEY (language, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_of_document ON passages (document_id, start);
CREATE TABLE counterparts (
    document_id TEXT NOT NULL REFERENCES documents (id), counterpart_id TEXT NOT NULL REFERENCES documents (id),
    score REAL NOT NULL, PRIMARY KEY (document_id, counterpart_id)
) STRICT, WITHOUT ROWID;
"""
_FIELDS = [field.name for field in fields(Document)]
_DOCUMENT = f"SELECT {', '.join(_FIELDS)} FROM documents "  # noqa: S608 - names of fields
_INSERT = f"INSERT INTO documents ({', '.join(_FIELDS)}) VALUES ({', '.join(f':{name}' for name in _FIELDS)})"  # noqa: S608
_PASSAGE = """
SELECT p.id, p.document_id, substr(d.text, p.start + 1, p."end" - p.start), p.language, p.start, p."end", p.context,
    p.opening
FROM passages p JOIN documents d ON d.id = p.document_id
"""


class Printing(NamedTuple):
    """An article in which a passage stands, without its text."""

    id: str
    title: str
    source: str | None
    published: dt.date | None


class ArticleWriter:
    """Writes the file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)

    def add_document(self, document: Document) -> None:
        """Store a document."""
        values = {name: getattr(document, name) for name in _FIELDS}
        values["published"] = document.published.isoformat() if document.published else None
        self._connection.execute(_INSERT, values)

    def add_passage(self, document: Document, passage: Passage, row: int) -> None:
        """Store a passage, which has this row in all indexes of its language.

        Raises:
            SnapshotError: it isn't a span of its document.
        """
        if document.text[passage.start : passage.end] != passage.text:
            raise SnapshotError(f"{document.id}: passage {passage.id} isn't a span of its document.")
        self._connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(passage.language, row, passage.id, document.id),
                *(passage.start, passage.end, passage.context, passage.opening),
            ],
        )

    def passages(self, language: Language) -> Iterator[Passage]:
        """The passages of a language that are written so far, by row; one document is in memory at a time."""
        rows = self._connection.execute(
            'SELECT id, document_id, start, "end", context, opening FROM passages WHERE language = ? ORDER BY row',
            [language],
        )
        document, text = None, ""
        for identifier, document_id, start, end, context, opening in rows:
            if document_id != document:
                document, text = document_id, self._text_of(document_id)
            yield Passage(identifier, document_id, text[start:end], language, start, end, context, opening)

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """The documents that are written so far, by id, and where and when they were published."""
        rows = self._connection.execute("SELECT id, source, published FROM documents ORDER BY id")
        return ((identifier, Origin(source, _day(published))) for identifier, source, published in rows)

    def passage_ids(self, language: Language) -> Iterator[tuple[str, str]]:
        """The ids of a language's passages that are written so far, each with its document's, by row."""
        query = "SELECT id, document_id FROM passages WHERE language = ? ORDER BY row"
        yield from self._connection.execute(query, [language])

    def passage_text(self, language: Language, row: int) -> str:
        """The text of the passage at a row of a language."""
        cursor = self._connection.execute(
            'SELECT document_id, start, "end" FROM passages WHERE language = ? AND row = ?', [language, row]
        )
        document_id, start, end = cursor.fetchone()
        return self._text_of(document_id)[start:end]

    def add_counterparts(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Store which documents tell the same story in the other language: document, counterpart, score 0 to 1."""
        self._connection.executemany("INSERT INTO counterparts VALUES (?, ?, ?)", pairs)

    def _text_of(self, document_id: str) -> str:
        cursor = self._connection.execute("SELECT text FROM documents WHERE id = ?", [document_id])
        return str(cursor.fetchone()[0])

    def commit(self) -> None:
        """End the writing."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class PassageTexts(Sequence[str]):
    """The texts of a language's passages by row, read from disk where they are needed."""

    def __init__(self, articles: ArticleWriter, language: Language, count: int) -> None:
        self._articles = articles
        self._language = language
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return (passage.text for passage in self._articles.passages(self._language))

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(len(self)))]
        return self._articles.passage_text(self._language, row)


class ArticleStore:
    """Reads the file. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._file = SQLiteFile(path)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def count(self, language: Language) -> int:
        """The number of a language's passages."""
        return int(self._file.select("SELECT count(*) FROM passages WHERE language = ?", [language])[0][0])

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        rows = self._file.select(_DOCUMENT + "WHERE id = ?", [document_id])
        return _document_from(rows[0]) if rows else None

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return [_document_from(row) for row in self._file.select(_DOCUMENT + "ORDER BY id")]

    def documents_of(self, ids: Iterable[str]) -> dict[str, Document]:
        """Some documents, by id."""
        rows = self._file.select_in(_DOCUMENT + "WHERE id IN ({keys})", dict.fromkeys(ids))
        return {row[0]: _document_from(row) for row in rows}

    def printings_of(self, ids: Iterable[str]) -> dict[str, Printing]:
        """Some documents by id, without reading their texts."""
        rows = self._file.select_in(
            "SELECT id, title, source, published FROM documents WHERE id IN ({keys})", dict.fromkeys(ids)
        )
        return {row: Printing(row, title, source, _day(day)) for row, title, source, day in rows}

    def counterparts_of(self, document_id: str) -> list[tuple[Document, float]]:
        """The same story in the other language, likeliest first, each with a score from 0 to 1."""
        likeliest = self.counterpart_ids([document_id])[document_id]
        documents = self.documents_of(identifier for identifier, _ in likeliest)
        return [(documents[identifier], score) for identifier, score in likeliest]

    def counterpart_ids(self, document_ids: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """By document, the ids of the same story in the other language, likeliest first, each with its score."""
        counterparts: dict[str, list[tuple[str, float]]] = {document_id: [] for document_id in document_ids}
        rows = self._file.select_in(
            "SELECT document_id, counterpart_id, score FROM counterparts WHERE document_id IN ({keys})", counterparts
        )
        for document_id, counterpart_id, score in sorted(rows, key=lambda row: (-row[2], row[1])):
            counterparts[document_id].append((counterpart_id, score))
        return counterparts

    def passage_place(self, passage_id: str) -> tuple[Language, int] | None:
        """The language of a passage and its row there."""
        rows = self._file.select("SELECT language, row FROM passages WHERE id = ?", [passage_id])
        return (Language(rows[0][0]), int(rows[0][1])) if rows else None

    def places_of(self, document_id: str) -> list[tuple[Language, int]]:
        """The languages and rows of a document's passages, in its order."""
        rows = self._file.select(
            "SELECT language, row FROM passages WHERE document_id = ? ORDER BY start", [document_id]
        )
        return [(Language(language), int(row)) for language, row in rows]

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages, in its order."""
        rows = self._file.select(_PASSAGE + "WHERE p.document_id = ? ORDER BY p.start", [document_id])
        return [_passage_from(row) for row in rows]

    def passages_at(self, language: Language, rows: Sequence[int]) -> list[Passage]:
        """The passages at rows of a language, in the order of `rows`."""
        query = _PASSAGE.replace("SELECT", "SELECT p.row,") + "WHERE p.language = ? AND p.row IN ({keys})"
        passages = {row: _passage_from(rest) for row, *rest in self._file.select_in(query, map(int, rows), [language])}
        return [passages[int(row)] for row in rows]


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


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
        published=_day(published),
    )


def _passage_from(row: Sequence[Any]) -> Passage:
    identifier, document_id, text, language, start, end, context, opening = row
    return Passage(identifier, document_id, text, Language(language), start, end, context, opening)
