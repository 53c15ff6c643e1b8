"""Documents and passages in one SQLite file: written once, then read by several threads."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from indexer.errors import SnapshotError
from indexer.records import Document, Language, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, language TEXT,
    source TEXT, url TEXT, author TEXT, published TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_by_source ON documents (source, published);
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
_PASSAGE = """
SELECT p.id, p.document_id, substr(d.text, p.start + 1, p."end" - p.start), p.language, p.start, p."end", p.context,
    p.opening
FROM passages p JOIN documents d ON d.id = p.document_id
"""
_MOST_PARAMETERS = 500
_MAPPED = 1 << 30
"""Bytes that are read as memory, not copied into a cache of each process."""


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages a search may find. None means all."""

    sources: tuple[str, ...] | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in astuple(self))


class Origin(NamedTuple):
    """Where and when a document was published, as far as it says so."""

    source: str | None
    published: dt.date | None


class Printing(NamedTuple):
    """An article in which a passage stands, without its text."""

    id: str
    title: str
    source: str | None
    published: dt.date | None


class DateRange(NamedTuple):
    """The first and the last day that documents state, None where none does, and how many state none."""

    first: dt.date | None
    last: dt.date | None
    undated: int


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

    def passage_text(self, language: Language, row: int) -> str:
        """The text of the passage at a row of a language."""
        found = self._connection.execute(
            'SELECT document_id, start, "end" FROM passages WHERE language = ? AND row = ?', [language, row]
        )
        document_id, start, end = found.fetchone()
        return self._text_of(document_id)[start:end]

    def add_counterparts(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Store which documents tell the same story in the other language: document, counterpart, score 0 to 1."""
        self._connection.executemany("INSERT INTO counterparts VALUES (?, ?, ?)", pairs)

    def _text_of(self, document_id: str) -> str:
        found = self._connection.execute("SELECT text FROM documents WHERE id = ?", [document_id])
        return str(found.fetchone()[0])

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
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        found = self._select("SELECT * FROM documents WHERE id = ?", [document_id])
        return _document_from(found[0]) if found else None

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return [_document_from(row) for row in self._select("SELECT * FROM documents ORDER BY id", [])]

    def documents_of(self, ids: Iterable[str]) -> dict[str, Document]:
        """Some documents, by id."""
        rows = self._select_in("SELECT * FROM documents WHERE id", dict.fromkeys(ids))
        return {row[0]: _document_from(row) for row in rows}

    def origins_of(self, ids: Iterable[str]) -> dict[str, Origin]:
        """Where and when some documents were published, by id, without reading their texts."""
        rows = self._select_in("SELECT id, source, published FROM documents WHERE id", dict.fromkeys(ids))
        return {row: Origin(source, _day(day)) for row, source, day in rows}

    def printings_of(self, ids: Iterable[str]) -> dict[str, Printing]:
        """Some documents by id, without reading their texts."""
        rows = self._select_in("SELECT id, title, source, published FROM documents WHERE id", dict.fromkeys(ids))
        return {row: Printing(row, title, source, _day(day)) for row, title, source, day in rows}

    def source_counts(self) -> dict[str | None, int]:
        """The number of documents of each source, as it is written; None for those that state none.

        Read from the index of sources, which holds no texts: a hundred thousand documents take tens of milliseconds.
        """
        return dict(self._select("SELECT source, count(*) FROM documents GROUP BY source", []))

    def date_range(self) -> DateRange:
        """The first and the last day on which the documents were published, from the same index."""
        query = "SELECT min(published), max(published), count(*) - count(published) FROM documents"
        ((first, last, undated),) = self._select(query, [])
        return DateRange(_day(first), _day(last), undated)

    def counterparts_of(self, document_id: str) -> list[tuple[Document, float]]:
        """The same story in the other language, likeliest first, each with a score from 0 to 1."""
        found = self.counterpart_ids([document_id])[document_id]
        documents = self.documents_of(identifier for identifier, _ in found)
        return [(documents[identifier], score) for identifier, score in found]

    def counterpart_ids(self, document_ids: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """By document, the ids of the same story in the other language, likeliest first, each with its score."""
        found: dict[str, list[tuple[str, float]]] = {document_id: [] for document_id in document_ids}
        rows = self._select_in("SELECT document_id, counterpart_id, score FROM counterparts WHERE document_id", found)
        for document_id, counterpart_id, score in sorted(rows, key=lambda row: (-row[2], row[1])):
            found[document_id].append((counterpart_id, score))
        return found

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
        query = _PASSAGE.replace("SELECT", "SELECT p.row,") + "WHERE p.language = ? AND p.row"
        found = {row: _passage_from(rest) for row, *rest in self._select_in(query, map(int, rows), [language])}
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

    def _select_in(
        self, query: str, keys: Iterable[object], values: Sequence[object] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """What a query that ends with a column gives where the column has one of some keys."""
        remaining = iter(keys)
        while part := list(islice(remaining, _MOST_PARAMETERS)):
            yield from self._select(f"{query} IN ({','.join('?' * len(part))})", [*values, *part])

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


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
