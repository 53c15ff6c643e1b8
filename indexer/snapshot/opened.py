"""The published directory that an index is: verified when opened; `indexer.snapshot.draft` writes it.

    DIR/manifest.json                      what is published: the one file that is ever replaced
    DIR/derived.sqlite                     what was encoded, by content, for the next build; searches don't read it
    DIR/<generation>/articles.sqlite       documents and passages
    DIR/<generation>/documents.npy         source and day of each document, `.ids.npy` and `.sources.npy` their names
    DIR/<generation>/{zh,en}.rows.npy      document and near-duplicates of each passage, `.ids.npy` the passages' ids
    DIR/<generation>/{zh,en}.faiss         centred passage embeddings, an inner-product index a language
    DIR/<generation>/{zh,en}.npy           the encoder's own embeddings, rows as in the index
    DIR/<generation>/{zh,en}.terms         the terms of each passage: names, amounts, dates, words
    DIR/<generation>/{zh,en}.sentences.npy the sentences of each passage, `.offsets.npy` where each passage's begin
    DIR/<generation>/{zh,en}.tokens.npy    the tokens of each passage, likewise; missing where late interaction is off
    DIR/<generation>/{zh,en}.second.npy    their sentences by the second encoder, likewise; missing where it is off
    DIR/<generation>/statistics.npz        the statistics of each language, and the encoder's probe

A generation is written beside the published one and renamed into place; then the manifest is replaced, in one step of
the file system. A kill at any moment leaves the last good index. The generation before is kept until the next one
is published, for processes that are just opening it. Nothing is pickled.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, closing
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.encoding import EncoderIdentity, probe
from indexer.errors import SnapshotDamaged, SnapshotMismatch
from indexer.indexes.lexical_index import LexicalIndex
from indexer.indexes.second_index import SecondIndex
from indexer.indexes.sentence_index import SentenceIndex
from indexer.indexes.token_index import TokenIndex
from indexer.indexes.vector_index import Sample, VectorIndex
from indexer.records import Language
from indexer.snapshot.analyzer_identity import analyzer_identity
from indexer.snapshot.article_store import ArticleStore
from indexer.snapshot.columns import DOCUMENTS, DocumentColumns, RowColumns, rows_file
from indexer.snapshot.manifest import REBUILD, Manifest, read_manifest, verify_snapshot
from indexer.spaces.language_space import LanguageSpace
from indexer.spaces.representatives import first_of_each, one_of_each, representatives
from indexer.spaces.token_space import TokenReference
from indexer.storage.mapped_arrays import mapped
from indexer.storage.named_arrays import unpack
from indexer.storage.ragged_array import RaggedArray

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.encoding import Encoder, SecondEncoder
    from indexer.snapshot.columns import PassageFilter, PassageIds

_LOG = logging.getLogger("haihe")
ARTICLES = "articles.sqlite"
STATISTICS = "statistics.npz"
_SAME_ENCODER = 0.995  # cosine of a probe now and then; compiled or not, threads and batches stay above it


@dataclass(frozen=True, eq=False)
class Pool:
    """All that is searched of one language. Row i is the same passage everywhere.

    Attributes:
        ids: the ids of passage and document, by row.
        documents: `(n,)`, the number of each row's document in `Snapshot.documents`.
        twins: `(n,)`, for each row the lowest row with nearly the same text.
        representatives: `(g,)`, the lowest row of each group of near-duplicates, ascending: texts count once.
        vectors: the centred embeddings.
        space: their statistics.
        sentences: the sentences' embeddings.
        sentence_space: their statistics.
        terms: the terms.
        tokens: the tokens; None where they aren't kept.
        second: what the second encoder says; None where that isn't kept.
    """

    ids: PassageIds
    documents: NDArray[np.int64]
    twins: NDArray[np.int64]
    representatives: NDArray[np.int64]
    vectors: VectorIndex
    space: LanguageSpace
    sentences: SentenceIndex
    sentence_space: LanguageSpace
    terms: LexicalIndex
    tokens: TokenIndex | None
    second: SecondIndex | None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_reprints(self) -> bool:
        """Some rows are near-duplicates of others."""
        return len(self.representatives) < len(self.twins)

    def one_of_each(self, among: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
        """One row of each group of near-duplicates, from the rows `among` or from all; None for all rows."""
        if not self.has_reprints:
            return among
        return self.representatives if among is None else one_of_each(self.twins, among)

    def first_of_each(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places among a few rows at which each group of near-duplicates comes first, ascending."""
        return first_of_each(self.twins, rows)

    def count(self, among: NDArray[np.int64] | None) -> int:
        """The number of groups of near-duplicates, among some rows or all."""
        rows = self.one_of_each(among)
        return len(self) if rows is None else len(rows)

    @cached_property
    def sample_vectors(self) -> NDArray[np.float32]:
        """The embeddings `(s, d)` of the passages that stand for all; every query is compared with them."""
        return self.vectors.reconstruct(self.tokens.sample.rows if self.tokens else np.empty(0, np.int64))

    def twins_of(self, row: int) -> NDArray[np.int64]:
        """The other rows with nearly the same text."""
        lowest, rows = self._by_group
        start, end = np.searchsorted(lowest, [self.twins[row], self.twins[row] + 1])
        group = rows[start:end]
        others: NDArray[np.int64] = group[group != row]
        return others

    @cached_property
    def _by_group(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The lowest rows of the groups `(n,)`, ascending, and the rows in that order, ascending in each group."""
        rows = np.argsort(self.twins, kind="stable")
        return self.twins[rows], rows


class Snapshot:
    """An opened, verified snapshot. Safe to read from several threads."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._folder = directory / manifest.generation
        with np.load(self._folder / STATISTICS, allow_pickle=False) as file:
            statistics = dict(file.items())
        self.probe: NDArray[np.float32] = statistics["probe"]
        self.attenuation = float(statistics["attenuation"])
        self.token_reference = TokenReference.from_arrays(statistics)
        with ExitStack() as opened:
            self.articles = opened.enter_context(closing(ArticleStore(self._folder / ARTICLES)))
            self.documents = DocumentColumns(self._folder)
            """The sources and days of all documents."""
            self.pools = {language: self._pool(language, statistics, opened) for language in Language}
            self._check_count(DOCUMENTS, len(self.documents), "documents", manifest.documents)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    @cached_property
    def embeddings(self) -> dict[Language, NDArray[np.float32]]:
        """The encoder's own unit embeddings `(n, d)` of each language, mapped from disk, rows as in the index."""
        return {language: mapped(self._folder / f"{language}.npy") for language in Language}

    def rows(self, language: Language, wanted: PassageFilter) -> NDArray[np.int64]:
        """The rows of a language that pass a filter, ascending. Documents without a date pass no filter by date."""
        return np.flatnonzero(self.documents.passing(wanted)[self.pools[language].documents])

    def check_analyzer(self) -> None:
        """Refuse an index whose terms aren't those that this haihe makes of the same texts.

        Where only code or libraries are others, and the probe's terms aren't, the log has a warning.

        Raises:
            SnapshotMismatch: the terms of the probe differ.
        """
        made_by, now = self.manifest.recipe.analyzer, analyzer_identity()
        change = made_by.change_to(now)
        if made_by.terms != now.terms:
            message = (
                f"Questions wouldn't find the terms of this index: {change}. "
                "Make it anew with: haihe up … or haihe index …"
            )
            raise SnapshotMismatch(message)
        if change:
            _LOG.warning("%s. Rare terms may not be found before the next: haihe up … or haihe index …", change)

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

    def check_second_encoder(self, encoder: SecondEncoder) -> None:
        """Refuse a second encoder that isn't the one that read the passages.

        Raises:
            SnapshotMismatch: it has another name.
        """
        if encoder.name != self.manifest.second_encoder:
            message = (
                f"This index's second encoder was {self.manifest.second_encoder!r}, not {encoder.name!r}. "
                "Rebuild it with: haihe index …, or set HAIHE_SECOND_OPINION=false."
            )
            raise SnapshotMismatch(message)

    def _pool(self, language: Language, statistics: Mapping[str, NDArray[Any]], opened: ExitStack) -> Pool:
        columns = RowColumns.open(self._folder, language, self.documents)
        texts = representatives(columns.twins)
        twins = columns.twins if len(texts) < len(columns.twins) else None
        pool = Pool(
            **columns._asdict(),
            representatives=texts,
            vectors=self._vectors(language),
            space=unpack(LanguageSpace, f"{language}.space", statistics),
            sentences=SentenceIndex.open(self._folder / f"{language}.sentences.npy"),
            sentence_space=unpack(LanguageSpace, f"{language}.sentence_space", statistics),
            terms=opened.enter_context(closing(LexicalIndex.open(self._folder / f"{language}.terms", twins))),
            tokens=self._tokens(language, len(texts), statistics),
            second=self._second(language, statistics),
        )
        self._check_rows(language, pool)
        return pool

    def _vectors(self, language: Language) -> VectorIndex:
        vectors = VectorIndex.open(self._folder / f"{language}.faiss")
        recorded = self.manifest.vector_index[language]
        if vectors.kind != recorded:
            message = (
                f"{self._folder}: {language}.faiss is an index of kind {vectors.kind}, the manifest says {recorded}."
            )
            raise SnapshotDamaged(f"{message} {REBUILD}")
        return vectors

    def _tokens(self, language: Language, passages: int, statistics: Mapping[str, NDArray[Any]]) -> TokenIndex | None:
        if self.token_reference is None:
            return None
        return TokenIndex(
            codes=RaggedArray.open(self._folder / f"{language}.tokens.npy"),
            quantizer=self.token_reference.quantizer,
            space=self.token_reference.spaces[language],
            sample=Sample(statistics[f"{language}.sample.rows"], statistics[f"{language}.sample.weights"]),
            passages=passages,
            reference_weight=float(statistics["reference_weight"]),
            attenuation=self.token_reference.attenuation,
        )

    def _second(self, language: Language, statistics: Mapping[str, NDArray[Any]]) -> SecondIndex | None:
        if self.manifest.second_encoder is None:
            return None
        return SecondIndex(
            sentences=SentenceIndex.open(self._folder / f"{language}.second.npy"),
            space=unpack(LanguageSpace, f"{language}.second", statistics),
        )

    def _check_rows(self, language: Language, pool: Pool) -> None:
        """Counts that drift apart return the wrong text with a high score (mem0ai/mem0#7262): refuse them."""
        expected = self.manifest.passages[language]
        counts = {
            ARTICLES: self.articles.count(language),
            rows_file(language): len(pool.documents),
            f"{language}.ids.npy": len(pool.ids),
            f"{language}.faiss": len(pool.vectors),
            f"{language}.sentences.npy": len(pool.sentences),
            f"{language}.terms": len(pool.terms),
            f"{language}.tokens.npy": len(pool.tokens.codes) if pool.tokens else expected,
            f"{language}.second.npy": len(pool.second.sentences) if pool.second else expected,
        }
        for name, count in counts.items():
            self._check_count(name, count, f"rows of {language}", expected)

    def _check_count(self, name: str, count: int, things: str, expected: int) -> None:
        if count != expected:
            message = f"{self._folder}: {name} has {count} {things}, the manifest says {expected}."
            raise SnapshotDamaged(f"{message} {REBUILD}")


def open_snapshot(directory: Path, *, verified: Manifest | None = None) -> Snapshot:
    """Open the published generation, after checking every file against the manifest.

    Args:
        directory: the index.
        verified: the manifest that this process has just checked or written; files are read again only where another
            generation was published since.

    Raises:
        SnapshotMissing: there is none.
        SnapshotDamaged: a file is missing or differs from the manifest.
        SnapshotMismatch: another version of haihe wrote it.
    """
    if verified is None or read_manifest(directory) != verified:
        verified = verify_snapshot(directory)
    return Snapshot(directory, verified)
