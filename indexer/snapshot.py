"""The published directory that an index is: written atomically, verified when opened.

    DIR/manifest.json                    what is published: the one file that is ever replaced
    DIR/<generation>/articles.sqlite     documents and passages
    DIR/<generation>/{zh,en}.faiss       centred passage embeddings, one exact inner-product index a language
    DIR/<generation>/{zh,en}.npy         the encoder's own embeddings, rows as in the index
    DIR/<generation>/spaces.npz          the statistics of each language, and the encoder's probe

A generation is written beside the published one and renamed into place; then the manifest is replaced, in one step of
the file system. A kill at any moment leaves the last good index. The generation before is kept until the next one
is published, for processes that are just opening it. Nothing is pickled.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from filelock import FileLock, Timeout

from indexer.encoding import EncoderIdentity, probe
from indexer.errors import SnapshotBusy, SnapshotDamaged, SnapshotError, SnapshotMismatch, SnapshotMissing
from indexer.language_space import LanguageSpace
from indexer.records import Document, Language, Passage
from indexer.vector_index import VectorIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import Encoder

FORMAT = 1
"""The version of this layout; a snapshot of another version is refused."""

_MANIFEST = "manifest.json"
_ARTICLES = "articles.sqlite"
_SPACES = "spaces.npz"
_LOCK = ".lock"
_DRAFT = ".draft-"
_MANIFEST_DRAFT = f"{_DRAFT}{_MANIFEST}"
_GENERATION = re.compile(r"\d{8}T\d{12}Z")
_REBUILD = "Restore the folder from a copy or rebuild it with: haihe index …"
_SAME_ENCODER = 0.999  # cosine of a probe's embeddings then and now; other threads or batches stay far above it

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
"""
_PASSAGE = """
SELECT p.id, p.document_id, substr(d.text, p.start + 1, p."end" - p.start), p.language, p.start, p."end", p.context
FROM passages p JOIN documents d ON d.id = p.document_id
"""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the manifest says of one file."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published: which generation, made by which encoder from what, and the checksum of each of its files."""

    format: int
    generation: str
    encoder: EncoderIdentity
    documents: int
    passages: dict[str, int]
    foreign: int
    corpus: str
    files: dict[str, FileRecord]

    def to_json(self) -> str:
        """The manifest as text, with a checksum over itself."""
        content = asdict(self)
        return json.dumps({**content, "sha256": _digest_of(content)}, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a manifest.

        Raises:
            ValueError: it isn't one, or isn't as it was written.
            SnapshotMismatch: another version of haihe wrote it.
        """
        content = json.loads(text)
        checksum = content.pop("sha256", None)
        if content.get("format") != FORMAT and checksum == _digest_of(content):
            message = f"This index has format {content.get('format')}, this haihe reads {FORMAT}. {_REBUILD}"
            raise SnapshotMismatch(message)
        if checksum != _digest_of(content):
            raise ValueError("its checksum doesn't fit")
        content["encoder"] = EncoderIdentity(**content["encoder"])
        content["files"] = {name: FileRecord(**record) for name, record in content["files"].items()}
        return cls(**content)


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages a search may find. None means all."""

    sources: tuple[str, ...] | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in astuple(self))


class Snapshot:
    """An opened, verified snapshot. Safe to read from several threads."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._folder = directory / manifest.generation
        self._lock = threading.Lock()
        self._articles = _connect_read_only(self._folder / _ARTICLES)
        self.indexes = {language: VectorIndex.open(self._folder / f"{language}.faiss") for language in Language}
        with np.load(self._folder / _SPACES, allow_pickle=False) as arrays:
            self.spaces = {language: _space_from(arrays, language) for language in Language}
            self.probe: NDArray[np.float32] = arrays["probe"]
        for language, index in self.indexes.items():
            self._check_rows(language, len(index))

    def close(self) -> None:
        """Let go of the files."""
        self._articles.close()

    @cached_property
    def embeddings(self) -> dict[Language, NDArray[np.float32]]:
        """The encoder's own unit embeddings `(n, d)` of each language, mapped from disk, rows as in the index."""
        return {
            language: np.load(self._folder / f"{language}.npy", mmap_mode="r", allow_pickle=False)
            for language in Language
        }

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse an encoder that isn't the one that read the passages.

        Raises:
            SnapshotMismatch: name, prompts or dimension differ, or the same name gives other vectors now.
        """
        made_by, given = self.manifest.encoder, encoder.identity
        for field in fields(EncoderIdentity):
            then, now = getattr(made_by, field.name), getattr(given, field.name)
            if then != now:
                message = (
                    f"This index was made by an encoder whose {field.name.replace('_', ' ')} is {then!r}, not {now!r}. "
                    f"Use {made_by.model!r}, or rebuild the index with: haihe index … --model {given.model}"
                )
                raise SnapshotMismatch(message)
        if float((probe(encoder) * self.probe).sum(axis=1).min()) < _SAME_ENCODER:
            message = (
                f"{made_by.model!r} no longer gives the vectors that this index was made with: its files have changed. "
                "Restore them or rebuild the index with: haihe index …"
            )
            raise SnapshotMismatch(message)

    def document(self, document_id: str) -> Document | None:
        """A document by its id."""
        found = self._select("SELECT * FROM documents WHERE id = ?", [document_id])
        return _document_from(found[0]) if found else None

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return [_document_from(row) for row in self._select("SELECT * FROM documents ORDER BY id", [])]

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages, in its order."""
        found = self._select(_PASSAGE + "WHERE p.document_id = ? ORDER BY p.start", [document_id])
        return [_passage_from(row) for row in found]

    def passages_at(self, language: Language, rows: Sequence[int]) -> list[Passage]:
        """The passages at rows of a language's index, in the order of `rows`."""
        found = {}
        for start in range(0, len(rows), 500):  # SQLite takes a limited number of parameters
            part = [int(row) for row in rows[start : start + 500]]
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
        """The rows of a language's index that pass a filter. Documents without a date pass no filter by date."""
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
            return self._articles.execute(query, values).fetchall()

    def _check_rows(self, language: Language, indexed: int) -> None:
        """Counts that drift apart return the wrong text with a high score (mem0ai/mem0#7262): refuse them."""
        (stored,) = self._select("SELECT count(*) FROM passages WHERE language = ?", [language])[0]
        if not indexed == stored == self.manifest.passages[language]:
            message = f"{self._folder}: {language}.faiss has {indexed} rows, {_ARTICLES} has {stored}. {_REBUILD}"
            raise SnapshotDamaged(message)


def open_snapshot(directory: Path) -> Snapshot:
    """Open the published generation, after checking every file against the manifest.

    Raises:
        SnapshotMissing: there is none.
        SnapshotDamaged: a file is missing or differs from the manifest.
        SnapshotMismatch: another version of haihe wrote it.
    """
    return Snapshot(directory, verify_snapshot(directory))


def read_manifest(directory: Path) -> Manifest:
    """What is published in a directory, without a look at its files.

    Raises:
        SnapshotMissing: there is no manifest.
        SnapshotDamaged: it isn't as it was written.
        SnapshotMismatch: another version of haihe wrote it.
    """
    path = directory / _MANIFEST
    try:
        return Manifest.from_json(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotMissing(
            f"{directory}: no index here. Make one with: haihe index PATH --index {directory}"
        ) from None
    except OSError as error:
        raise SnapshotError(f"{path}: can't be read ({error.strerror}). Check who may read the folder.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SnapshotDamaged(f"{path}: the manifest is damaged ({error}). {_REBUILD}") from error


def verify_snapshot(directory: Path) -> Manifest:
    """Check every file of the published generation against its size and SHA-256.

    Raises:
        SnapshotMissing: there is no manifest.
        SnapshotDamaged: the first file that differs, by name.
        SnapshotMismatch: another version of haihe wrote it.
    """
    manifest = read_manifest(directory)
    for name, record in manifest.files.items():
        path = directory / manifest.generation / name
        if not path.is_file():
            raise SnapshotDamaged(f"{path}: missing, though the manifest lists it. {_REBUILD}")
        if path.stat().st_size != record.bytes or _sha256(path) != record.sha256:
            raise SnapshotDamaged(f"{path}: its contents are not what the manifest says. {_REBUILD}")
    return manifest


class SnapshotDraft:
    """A generation that is being written; nobody sees it before `publish`."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._directory = directory
        self._folder = folder
        self._articles = sqlite3.connect(folder / _ARTICLES, isolation_level=None)
        self._articles.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        self._arrays: dict[str, NDArray[np.float32]] = {}
        self.documents = 0
        self.passages: dict[Language, list[Passage]] = {language: [] for language in Language}
        """What is to be encoded, by language and row."""

    def add(self, document: Document, passages: Iterable[Passage]) -> None:
        """Store a document and its passages; each passage takes the next row of its language."""
        values = {field.name: getattr(document, field.name) for field in fields(Document)}
        values["published"] = document.published.isoformat() if document.published else None
        self._articles.execute(f"INSERT INTO documents VALUES ({','.join('?' * len(values))})", [*values.values()])  # noqa: S608
        self.documents += 1
        for passage in passages:
            if document.text[passage.start : passage.end] != passage.text:
                raise SnapshotError(f"{document.id}: passage {passage.id} isn't a span of its document.")
            rows = self.passages[passage.language]
            self._articles.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    passage.language,
                    len(rows),
                    passage.id,
                    document.id,
                    passage.start,
                    passage.end,
                    passage.context,
                ],
            )
            rows.append(passage)

    def add_language(self, language: Language, embeddings: NDArray[np.float32], space: LanguageSpace) -> None:
        """Store a language's embeddings `(n, d)`, rows in the order of `passages`, its index and its statistics."""
        if len(embeddings) != len(self.passages[language]):
            message = f"{language}: {len(embeddings)} embeddings for {len(self.passages[language])} passages."
            raise SnapshotError(message)
        VectorIndex.of(space.centre_passages(embeddings)).save(self._folder / f"{language}.faiss")
        np.save(self._folder / f"{language}.npy", embeddings, allow_pickle=False)
        self._arrays |= {f"{language}.{field.name}": getattr(space, field.name) for field in fields(LanguageSpace)}

    def publish(self, encoder: Encoder, *, corpus: str, foreign: int) -> Manifest:
        """Rename the generation into place and point the manifest at it.

        Args:
            encoder: the one that made the embeddings.
            corpus: a fingerprint of what was indexed.
            foreign: how many spans were left out because they are in a third language.
        """
        self._articles.execute("COMMIT")
        self._articles.close()
        np.savez(self._folder / _SPACES, probe=probe(encoder), **self._arrays)  # type: ignore[arg-type]
        generation = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
        manifest = Manifest(
            format=FORMAT,
            generation=generation,
            encoder=encoder.identity,
            documents=self.documents,
            passages={str(language): len(rows) for language, rows in self.passages.items()},
            foreign=foreign,
            corpus=corpus,
            files={
                path.name: FileRecord(_sha256(path), path.stat().st_size) for path in sorted(self._folder.iterdir())
            },
        )
        for path in self._folder.iterdir():
            _flush_to_disk(path)
        _flush_to_disk(self._folder)
        self._folder.rename(self._directory / generation)
        _replace_manifest(self._directory, manifest)
        return manifest

    def close(self) -> None:
        """Let go of the files; what wasn't published is thrown away."""
        self._articles.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def draft_snapshot(directory: Path) -> Iterator[SnapshotDraft]:
    """A new generation for a directory, which one process at a time may write.

    Raises:
        SnapshotBusy: another process is writing there.
        SnapshotError: the directory holds something else, or can't be written.
    """
    _claim(directory)
    lock = FileLock(directory / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise SnapshotBusy(f"{directory}: another process is writing this index. Wait until it has ended.") from None
    try:
        _sweep(directory)
        draft = SnapshotDraft(directory, Path(tempfile.mkdtemp(prefix=_DRAFT, dir=directory)))
        try:
            yield draft
        finally:
            draft.close()
    finally:
        lock.release()


def _claim(directory: Path) -> None:
    """Make the directory, and refuse one that holds anything but an index."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        strangers = [
            path.name
            for path in directory.iterdir()
            if path.name not in {_MANIFEST, _MANIFEST_DRAFT, _LOCK} and not _is_ours(path)
        ]
    except OSError as error:
        raise SnapshotError(f"{directory}: the index can't be written there ({error}). Name another folder.") from error
    if strangers:
        message = (
            f"{directory}: holds {strangers[0]!r}, which is no part of an index. "
            "Name an empty or a new folder with --index."
        )
        raise SnapshotError(message)


def _is_ours(path: Path) -> bool:
    return path.is_dir() and (path.name.startswith(_DRAFT) or bool(_GENERATION.fullmatch(path.name)))


def _sweep(directory: Path) -> None:
    """Remove drafts that a kill left behind, and all generations but the published one."""
    try:
        published = read_manifest(directory).generation
    except SnapshotError:
        published = None  # nothing readable is published; a damaged one may still be mended by hand
    (directory / _MANIFEST_DRAFT).unlink(missing_ok=True)
    for path in directory.iterdir():
        is_old = published is not None and path.name != published
        if _is_ours(path) and (path.name.startswith(_DRAFT) or is_old):
            shutil.rmtree(path, ignore_errors=True)


def _replace_manifest(directory: Path, manifest: Manifest) -> None:
    draft = directory / _MANIFEST_DRAFT
    draft.write_text(manifest.to_json(), "utf-8")
    _flush_to_disk(draft)
    draft.replace(directory / _MANIFEST)
    _flush_to_disk(directory)


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _connect_read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _space_from(arrays: Mapping[str, NDArray[np.float32]], language: Language) -> LanguageSpace:
    return LanguageSpace(*(arrays[f"{language}.{field.name}"] for field in fields(LanguageSpace)))


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
