"""The published directory that an index is: written atomically, verified when opened.

    DIR/manifest.json                      what is published: the one file that is ever replaced
    DIR/<generation>/articles.sqlite       documents and passages
    DIR/<generation>/{zh,en}.faiss         centred passage embeddings, one exact inner-product index a language
    DIR/<generation>/{zh,en}.npy           the encoder's own embeddings, rows as in the index
    DIR/<generation>/{zh,en}.terms         the terms of each passage: names, amounts, dates, words
    DIR/<generation>/{zh,en}.sentences.npy the sentences of each passage, `.offsets.npy` where each passage's begin
    DIR/<generation>/{zh,en}.tokens.npy    the tokens of each passage, likewise; missing where late interaction is off
    DIR/<generation>/statistics.npz        the statistics of each language, and the encoder's probe

A generation is written beside the published one and renamed into place; then the manifest is replaced, in one step of
the file system. A kill at any moment leaves the last good index. The generation before is kept until the next one
is published, for processes that are just opening it. Nothing is pickled.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from indexer.arrays import pack, unpack
from indexer.article_store import ArticleStore, ArticleWriter
from indexer.encoding import EncoderIdentity, probe
from indexer.errors import SnapshotBusy, SnapshotDamaged, SnapshotError, SnapshotMismatch
from indexer.language_space import LanguageSpace
from indexer.lexical_index import LexicalIndex
from indexer.manifest import (
    FORMAT,
    MANIFEST,
    MANIFEST_DRAFT,
    REBUILD,
    FileRecord,
    Manifest,
    flush_to_disk,
    read_manifest,
    replace_manifest,
    verify_snapshot,
)
from indexer.ragged import RaggedArray
from indexer.records import Language
from indexer.sentence_index import SentenceIndex
from indexer.token_index import TokenIndex
from indexer.token_space import TokenReference
from indexer.vector_index import Sample, VectorIndex, representatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import Encoder
    from indexer.records import Document, Passage

_ARTICLES = "articles.sqlite"
_STATISTICS = "statistics.npz"
_LOCK = ".lock"
_DRAFT = ".draft-"
_GENERATION = re.compile(r"\d{8}T\d{12}Z")
_SAME_ENCODER = 0.999  # cosine of a probe's embeddings then and now; other threads or batches stay far above it
_SAMPLE = 96
"""Passages that late interaction is standardised by, a language."""


@dataclass(frozen=True, eq=False)
class Pool:
    """All that is searched of one language. Row i is the same passage everywhere.

    Attributes:
        ids: the ids of passage and document, by row.
        twins: `(n,)`, for each row the lowest row with nearly the same text.
        vectors: the centred embeddings.
        space: their statistics.
        sentences: the sentences' embeddings.
        sentence_space: their statistics.
        terms: the terms.
        tokens: the tokens; None where they aren't kept.
    """

    ids: list[tuple[str, str]]
    twins: NDArray[np.int64]
    vectors: VectorIndex
    space: LanguageSpace
    sentences: SentenceIndex
    sentence_space: LanguageSpace
    terms: LexicalIndex
    tokens: TokenIndex | None

    def __len__(self) -> int:
        return len(self.ids)

    def twins_of(self, row: int) -> NDArray[np.int64]:
        """The other rows with nearly the same text."""
        rows = self._groups.get(int(self.twins[row]), np.empty(0, np.int64))
        others: NDArray[np.int64] = rows[rows != row]
        return others

    @cached_property
    def _groups(self) -> dict[int, NDArray[np.int64]]:
        """The rows of each group of more than one, by its lowest."""
        shared = np.flatnonzero(self.twins != np.arange(len(self.twins)))
        lowest = np.unique(self.twins[shared])
        return {int(row): np.flatnonzero(self.twins == row) for row in lowest}


@dataclass(frozen=True, slots=True, eq=False)
class PoolDraft:
    """What `SnapshotDraft.add_pool` stores of one language; rows in the order of its passages.

    Attributes:
        embeddings: `(n, d)`, the encoder's own.
        centred: the same as `space` centres them.
        tokens: the codes of each passage; None where they aren't kept.
    """

    embeddings: NDArray[np.float32]
    centred: NDArray[np.float32]
    space: LanguageSpace
    sentences: SentenceIndex
    sentence_space: LanguageSpace
    terms: Iterable[Sequence[str]]
    twins: NDArray[np.int64]
    tokens: RaggedArray | None


class Snapshot:
    """An opened, verified snapshot. Safe to read from several threads."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._folder = directory / manifest.generation
        self.articles = ArticleStore(self._folder / _ARTICLES)
        with np.load(self._folder / _STATISTICS, allow_pickle=False) as file:
            statistics = dict(file.items())
        self.probe: NDArray[np.float32] = statistics["probe"]
        self.attenuation = float(statistics["attenuation"])
        self.token_reference = TokenReference.from_arrays(statistics)
        self.pools = {language: self._pool(language, statistics) for language in Language}

    def close(self) -> None:
        """Let go of the files."""
        self.articles.close()
        for pool in self.pools.values():
            pool.terms.close()

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

    def _pool(self, language: Language, statistics: Mapping[str, NDArray[Any]]) -> Pool:
        pool = Pool(
            ids=self.articles.passage_ids(language),
            twins=statistics[f"{language}.twins"],
            vectors=VectorIndex.open(self._folder / f"{language}.faiss"),
            space=unpack(LanguageSpace, f"{language}.space", statistics),
            sentences=SentenceIndex.open(self._folder / f"{language}.sentences.npy"),
            sentence_space=unpack(LanguageSpace, f"{language}.sentence_space", statistics),
            terms=LexicalIndex.open(self._folder / f"{language}.terms"),
            tokens=self._tokens(language, statistics),
        )
        self._check_rows(language, pool)
        return pool

    def _tokens(self, language: Language, statistics: Mapping[str, NDArray[Any]]) -> TokenIndex | None:
        if self.token_reference is None:
            return None
        return TokenIndex(
            codes=RaggedArray.open(self._folder / f"{language}.tokens.npy"),
            quantizer=self.token_reference.quantizer,
            space=self.token_reference.spaces[language],
            sample=Sample(statistics[f"{language}.sample.rows"], statistics[f"{language}.sample.weights"]),
            reference_weight=float(statistics["reference_weight"]),
            attenuation=self.token_reference.attenuation,
        )

    def _check_rows(self, language: Language, pool: Pool) -> None:
        """Counts that drift apart return the wrong text with a high score (mem0ai/mem0#7262): refuse them."""
        expected = self.manifest.passages[language]
        counts = {
            _ARTICLES: len(pool.ids),
            _STATISTICS: len(pool.twins),
            f"{language}.faiss": len(pool.vectors),
            f"{language}.sentences.npy": len(pool.sentences),
            f"{language}.terms": len(pool.terms),
            f"{language}.tokens.npy": len(pool.tokens.codes) if pool.tokens else expected,
        }
        for name, count in counts.items():
            if count != expected:
                message = f"{self._folder}: {name} has {count} rows of {language}, the manifest says {expected}."
                raise SnapshotDamaged(f"{message} {REBUILD}")


def open_snapshot(directory: Path) -> Snapshot:
    """Open the published generation, after checking every file against the manifest.

    Raises:
        SnapshotMissing: there is none.
        SnapshotDamaged: a file is missing or differs from the manifest.
        SnapshotMismatch: another version of haihe wrote it.
    """
    return Snapshot(directory, verify_snapshot(directory))


class SnapshotDraft:
    """A generation that is being written; nobody sees it before `publish`."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._directory = directory
        self._folder = folder
        self._articles = ArticleWriter(folder / _ARTICLES)
        self._statistics: dict[str, NDArray[Any]] = {}
        self.published: dict[str, dt.date | None] = {}
        """The documents, and when they were published."""
        self.passages: dict[Language, list[Passage]] = {language: [] for language in Language}
        """What is to be encoded, by language and row."""

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document and its passages; each passage takes the next row of its language."""
        self._articles.add_document(document)
        self.published[document.id] = document.published
        for passage in passages:
            rows = self.passages[passage.language]
            self._articles.add_passage(document, passage, len(rows))
            rows.append(passage)

    def add_pool(self, language: Language, draft: PoolDraft) -> None:
        """Store what is searched of a language, rows in the order of `passages`."""
        if len(draft.embeddings) != len(self.passages[language]):
            message = f"{language}: {len(draft.embeddings)} embeddings for {len(self.passages[language])} passages."
            raise SnapshotError(message)
        VectorIndex.of(draft.centred).save(self._folder / f"{language}.faiss")
        np.save(self._folder / f"{language}.npy", draft.embeddings, allow_pickle=False)
        draft.sentences.save(self._folder / f"{language}.sentences.npy")
        LexicalIndex.create(self._folder / f"{language}.terms", draft.terms)
        self._statistics |= {
            **pack(f"{language}.space", draft.space),
            **pack(f"{language}.sentence_space", draft.sentence_space),
            f"{language}.twins": draft.twins,
        }
        if draft.tokens is not None:
            draft.tokens.save(self._folder / f"{language}.tokens.npy")
            sample = representatives(draft.centred, _SAMPLE)
            self._statistics |= {f"{language}.sample.{name}": array for name, array in sample._asdict().items()}

    def add_statistics(self, *, attenuation: float, reference_weight: float, tokens: TokenReference | None) -> None:
        """Store what is known of the encoder, whatever the language.

        Args:
            attenuation: see `indexer.reference.Reference`.
            reference_weight: n₀, as how many passages the reference counts.
            tokens: None where late interaction is off.
        """
        self._statistics |= {"attenuation": np.array(attenuation), "reference_weight": np.array(reference_weight)}
        if tokens is not None:
            self._statistics |= tokens.to_arrays()

    def add_counterparts(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Store which documents tell the same story in the other language: document, counterpart, score 0 to 1."""
        self._articles.add_counterparts(pairs)

    def publish(self, encoder: Encoder, *, corpus: str, foreign: int) -> Manifest:
        """Rename the generation into place and point the manifest at it.

        Args:
            encoder: the one that made the embeddings.
            corpus: a fingerprint of what was indexed.
            foreign: how many spans were left out because they are in a third language.
        """
        self._articles.commit()
        np.savez(self._folder / _STATISTICS, probe=probe(encoder), **self._statistics)  # type: ignore[arg-type]
        generation = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
        manifest = Manifest(
            format=FORMAT,
            generation=generation,
            encoder=encoder.identity,
            documents=len(self.published),
            passages={str(language): len(rows) for language, rows in self.passages.items()},
            foreign=foreign,
            corpus=corpus,
            files={path.name: FileRecord.of(path) for path in sorted(self._folder.iterdir())},
        )
        for path in self._folder.iterdir():
            flush_to_disk(path)
        flush_to_disk(self._folder)
        self._folder.rename(self._directory / generation)
        replace_manifest(self._directory, manifest)
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
            if path.name not in {MANIFEST, MANIFEST_DRAFT, _LOCK} and not _is_ours(path)
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
    (directory / MANIFEST_DRAFT).unlink(missing_ok=True)
    for path in directory.iterdir():
        is_old = published is not None and path.name != published
        if _is_ours(path) and (path.name.startswith(_DRAFT) or is_old):
            shutil.rmtree(path, ignore_errors=True)
