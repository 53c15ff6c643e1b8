"""Writing a snapshot: a generation of its own, published in one step (`indexer.snapshot.opened` has the files)."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from indexer.encoding import probe
from indexer.errors import SnapshotBusy, SnapshotError
from indexer.indexes.lexical_index import LexicalIndex
from indexer.indexes.sentence_index import SentenceIndex, Sentences
from indexer.indexes.vector_index import Sample, VectorIndex, VectorIndexKind
from indexer.indexes.vector_index import representatives as medoids
from indexer.linking.editions import Edition
from indexer.records import Language
from indexer.snapshot.article_store import ArticleWriter, PassageTexts
from indexer.snapshot.columns import write_columns
from indexer.snapshot.manifest import (
    FORMAT,
    MANIFEST,
    MANIFEST_DRAFT,
    FileRecord,
    Manifest,
    read_manifest,
    replace_manifest,
)
from indexer.snapshot.opened import ARTICLES, STATISTICS
from indexer.spaces.representatives import representatives
from indexer.storage.build_cache import DERIVED, DerivedStore
from indexer.storage.disk import flush_to_disk
from indexer.storage.named_arrays import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import Encoder
    from indexer.records import Document, Passage
    from indexer.snapshot.recipe import IndexRecipe
    from indexer.spaces.language_space import LanguageSpace
    from indexer.spaces.token_space import TokenReference

_LOCK = ".lock"
_DRAFT = ".draft-"
_GENERATION = re.compile(r"\d{8}T\d{12}Z")
_SAMPLE = 96
"""Passages that late interaction is standardised by, a language."""
_LOOKED_AT = 256 * _SAMPLE
"""As many as k-means takes for that number of clusters."""


@dataclass(frozen=True, slots=True, eq=False)
class PoolDraft:
    """The content that `SnapshotDraft.add_pool` stores of one language; rows in the order of its passages.

    The encoder's own embeddings, and the tokens, are in their files already.

    Attributes:
        centred: `(n, d)`, the embeddings as `space` centres them.
        sentences: those of each passage, as `sentence_space` centres them.
    """

    centred: NDArray[np.float32]
    space: LanguageSpace
    sentences: Iterable[Sentences]
    sentence_space: LanguageSpace
    terms: Iterable[Sequence[str]]
    twins: NDArray[np.int64]


class SnapshotDraft:
    """A generation that is being written; nobody sees it before `publish`."""

    def __init__(self, directory: Path, vector_index: VectorIndexKind) -> None:
        self._directory = directory
        self._vector_index = vector_index
        self._vector_kinds: dict[str, str] = {}
        self._folder = _new_draft(directory)
        self._articles = ArticleWriter(self._folder / ARTICLES)
        self._statistics: dict[str, NDArray[Any]] = {}
        self._twins: dict[Language, NDArray[np.int64]] = {}
        self.scratch = _new_draft(directory)
        """A folder for what isn't published."""
        self.derived = DerivedStore(directory / DERIVED)
        """What earlier builds encoded."""
        self.published: dict[str, dt.date | None] = {}
        """The documents, and when they were published."""
        self.editions: dict[str, Edition] = {}
        """The version, year and month that documents have in their titles, of those that have one."""
        self.counts: dict[Language, int] = dict.fromkeys(Language, 0)
        """How many passages each language has."""
        self.characters = 0
        """How long the passages are, together."""

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document and its passages; each passage takes the next row of its language."""
        self._articles.add_document(document)
        self.published[document.id] = document.published
        if any(edition := Edition.of(document.title)):
            self.editions[document.id] = edition
        for passage in passages:
            self._articles.add_passage(document, passage, self.counts[passage.language])
            self.counts[passage.language] += 1
            self.characters += len(passage.text)

    def passages(self, language: Language) -> Iterator[Passage]:
        """A language's passages, by row, read from disk."""
        return self._articles.passages(language)

    def texts(self, language: Language) -> PassageTexts:
        """Their texts alone."""
        return PassageTexts(self._articles, language, self.counts[language])

    def embeddings_file(self, language: Language) -> Path:
        """The file that the encoder's own embeddings `(n, d)` go into."""
        return self._folder / f"{language}.npy"

    def tokens_file(self, language: Language) -> Path:
        """The file that the codes of the passages' tokens go into, as a `RaggedArray`."""
        return self._folder / f"{language}.tokens.npy"

    def add_pool(self, language: Language, draft: PoolDraft) -> None:
        """Store what is searched of a language, rows in the order of `passages`."""
        if len(draft.centred) != self.counts[language]:
            message = f"{language}: {len(draft.centred)} embeddings for {self.counts[language]} passages."
            raise SnapshotError(message)
        self._add_vectors(language, draft.centred)
        dimension = draft.centred.shape[1]
        SentenceIndex.create(self._folder / f"{language}.sentences.npy", draft.sentences, dimension)
        LexicalIndex.create(self._folder / f"{language}.terms", draft.terms, draft.twins)
        self._statistics |= {
            **pack(f"{language}.space", draft.space),
            **pack(f"{language}.sentence_space", draft.sentence_space),
        }
        self._twins[language] = draft.twins
        if self.tokens_file(language).exists():
            sample = _sample_of(draft.centred, representatives(draft.twins))
            self._statistics |= {f"{language}.sample.{name}": array for name, array in sample._asdict().items()}

    def add_second(
        self, language: Language, sentences: Iterable[Sentences], dimension: int, space: LanguageSpace
    ) -> None:
        """Store the sentences of a language's passages, row by row, as `space` centres the second encoder's."""
        SentenceIndex.create(self._folder / f"{language}.second.npy", sentences, dimension)
        self._statistics |= pack(f"{language}.second", space)

    def _add_vectors(self, language: Language, centred: NDArray[np.float32]) -> None:
        vectors = VectorIndex.of(centred, self._vector_index)
        vectors.save(self._folder / f"{language}.faiss")
        self._vector_kinds[str(language)] = str(vectors.kind)

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

    def publish(
        self,
        encoder: Encoder,
        recipe: IndexRecipe,
        *,
        corpus: str,
        foreign: int,
        say: Callable[[str], None] = lambda _: None,
    ) -> Manifest:
        """Rename the generation into place and point the manifest at it.

        Args:
            encoder: the one that made the embeddings.
            recipe: all that the index was made by and with.
            corpus: a fingerprint of what was indexed.
            foreign: how many spans were left out because they are in a third language.
            say: called with a sentence where what is no longer needed can't be removed; the index is published then.
        """
        passages = {language: self._articles.passage_ids(language) for language in self._twins}
        write_columns(self._folder, self._articles.origins(), passages, self._twins)
        self._articles.commit()
        np.savez(self._folder / STATISTICS, probe=probe(encoder), **self._statistics)  # type: ignore[arg-type]
        generation = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
        manifest = Manifest(
            format=FORMAT,
            generation=generation,
            recipe=recipe,
            documents=len(self.published),
            passages={str(language): count for language, count in self.counts.items()},
            vector_index=self._vector_kinds,
            foreign=foreign,
            corpus=corpus,
            files={path.name: FileRecord.of(path) for path in sorted(self._folder.iterdir())},
        )
        for path in self._folder.iterdir():
            flush_to_disk(path)
        flush_to_disk(self._folder)
        self._folder.rename(self._directory / generation)
        flush_to_disk(self._directory)  # the generation's name is on the disk before the manifest that names it
        replace_manifest(self._directory, manifest)
        self._prune(say)
        return manifest

    def _prune(self, say: Callable[[str], None]) -> None:
        """Forget what this build didn't need; that this fails is no failure of the build."""
        try:
            self.derived.prune()
        except (OSError, SnapshotError) as error:
            self.derived.roll_back()
            say(f"The index is published, but what earlier builds encoded is still beside it: {error}")

    def close(self) -> None:
        """Let go of the files; of what wasn't published, only what was encoded is kept."""
        self._articles.close()
        try:
            self.derived.close()
        finally:
            for folder in (self._folder, self.scratch):
                shutil.rmtree(folder, ignore_errors=True)


def _new_draft(directory: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix=_DRAFT, dir=directory))


def _sample_of(centred: NDArray[np.float32], rows: NDArray[np.int64]) -> Sample:
    """The passages that stand for those at some rows; of very many, some that lie evenly among them are looked at."""
    looked_at = rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), _LOOKED_AT)).astype(np.int64))]
    rows, weights = medoids(centred[looked_at], _SAMPLE)
    return Sample(looked_at[rows], weights)


@contextmanager
def draft_snapshot(directory: Path, *, vector_index: VectorIndexKind = VectorIndexKind.AUTO) -> Iterator[SnapshotDraft]:
    """A new generation for a directory, which one process at a time may write.

    Args:
        directory: the index.
        vector_index: the kind of vector index; by default the size of each language decides.

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
        draft = SnapshotDraft(directory, vector_index)
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
    if not path.is_dir():
        return path.name.startswith(DERIVED)
    return path.name.startswith(_DRAFT) or bool(_GENERATION.fullmatch(path.name))


def _sweep(directory: Path) -> None:
    """Remove drafts that a kill left behind, and all generations but the published one."""
    try:
        published = read_manifest(directory).generation
    except SnapshotError:
        published = None  # nothing readable is published; a damaged one may still be mended by hand
    (directory / MANIFEST_DRAFT).unlink(missing_ok=True)
    for path in directory.iterdir():
        is_old = published is not None and path.name != published
        if path.is_dir() and _is_ours(path) and (path.name.startswith(_DRAFT) or is_old):
            shutil.rmtree(path, ignore_errors=True)
