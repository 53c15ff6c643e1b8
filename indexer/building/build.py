"""Corpus to snapshot: the whole write path, top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indexer.articles import READERS, Reading, find_files, fingerprint, list_files, read_file
from indexer.building.cached_encoder import Reader
from indexer.building.cached_second_encoder import add_second_opinion
from indexer.building.language_pools import encode_pools, find_twins, pool_draft
from indexer.errors import ArticleError, CorpusError
from indexer.indexes.vector_index import VectorIndexKind
from indexer.linking.article_features import READING_ORDER, StoryBook
from indexer.linking.counterparts import counterparts
from indexer.progress import Silent
from indexer.records import Language, Passage
from indexer.reference import reference_of
from indexer.snapshot.draft import draft_snapshot
from indexer.snapshot.recipe import IndexRecipe, LateInteraction
from indexer.text.chunking import Budget, chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from indexer.articles import Recognizer
    from indexer.encoding import Encoder, SecondEncoder
    from indexer.progress import Progress
    from indexer.records import Document
    from indexer.snapshot.draft import SnapshotDraft
    from indexer.snapshot.manifest import Manifest


@dataclass(frozen=True, slots=True)
class BuildReport:
    """A report on a build.

    Attributes:
        manifest: what it published.
        failures: the articles that couldn't be read.
        warnings: what may be read wrongly, in sentences.
        passed_over: what stands beside the articles and isn't read, in sentences.
    """

    manifest: Manifest
    failures: tuple[ArticleError, ...]
    warnings: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


@dataclass(slots=True)
class _Readings:
    """The findings of reading so far."""

    foreign: int = 0
    failures: list[ArticleError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def build_snapshot(
    paths: Sequence[Path],
    directory: Path,
    encoder: Encoder,
    *,
    second: SecondEncoder | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    late_interaction: LateInteraction = LateInteraction.ON,
    vector_index: VectorIndexKind = VectorIndexKind.AUTO,
    recognizer: Recognizer | None = None,
) -> BuildReport:
    """Index the articles under `paths` and publish them in `directory`; the index there stays whole until then.

    What an earlier build there has encoded isn't encoded again, also if that one was killed.

    Args:
        paths: files and folders of articles.
        directory: the index; made where it is missing.
        encoder: reads the passages.
        second: reads their sentences, too; no second opinion is kept where it is left out.
        progress: told of each stage.
        strict: an article that can't be read ends the build.
        late_interaction: whether the tokens of passages are kept, which takes most of the index's size.
        vector_index: how neighbours are found.
        recognizer: reads the pages that are only pictures; files of such pages are left out without one.

    Raises:
        CorpusError: a path is missing, nothing can be indexed, or `strict` and an article can't be read.
        SnapshotError: the directory can't be written.
    """
    progress = progress or Silent()
    recipe = IndexRecipe.of(
        encoder, second=second, late_interaction=late_interaction, vector_index=vector_index, recognizer=recognizer
    )
    listing = find_files(paths)
    for sentence in listing.passed_over:
        progress.say(f"Passed over: {sentence}")
    with draft_snapshot(directory, vector_index=vector_index) as draft:
        readings = _Readings()
        progress.begin("Reading", len(listing.files))
        for file in listing.files:
            for reading in read_file(file, recognizer):
                _add_article(reading, draft, encoder, recipe.budget, readings, progress)
            progress.advance()
        _check_readings(readings, draft, strict=strict)
        _fill(draft, encoder, second, progress, late_interaction)
        corpus = fingerprint_of_build(paths, recipe)
        manifest = draft.publish(encoder, recipe, corpus=corpus, foreign=readings.foreign, say=progress.say)
        return BuildReport(manifest, tuple(readings.failures), tuple(readings.warnings), listing.passed_over)


def index_passages(
    corpus: Iterable[tuple[Document, Sequence[Passage]]],
    directory: Path,
    encoder: Encoder,
    *,
    second: SecondEncoder | None = None,
    progress: Progress | None = None,
    late_interaction: LateInteraction = LateInteraction.ON,
    vector_index: VectorIndexKind = VectorIndexKind.AUTO,
) -> Manifest:
    """Index documents that are cut into passages already, as evaluations do."""
    recipe = IndexRecipe.of(encoder, second=second, late_interaction=late_interaction, vector_index=vector_index)
    with draft_snapshot(directory, vector_index=vector_index) as draft:
        for document, passages in corpus:
            draft.add(document, passages)
        progress = progress or Silent()
        _fill(draft, encoder, second, progress, late_interaction)
        return draft.publish(encoder, recipe, corpus="", foreign=0, say=progress.say)


def whole_passages(document: Document, encoder: Encoder) -> Sequence[Passage]:
    """A document as one passage without context; as several only where it is longer than the encoder reads."""
    whole = Passage(document.id, document.id, document.text, document.language or Language.EN, 0, len(document.text))
    if encoder.count_tokens([document.text])[0] <= encoder.max_tokens:
        return [whole]
    parts = chunk(
        replace(document, title=""),
        encoder.count_tokens,
        Budget(encoder.max_tokens, encoder.max_tokens, 0, encoder.max_tokens),
    ).passages
    return [replace(part, context="") for part in parts]


def fingerprint_of_build(paths: Sequence[Path], recipe: IndexRecipe) -> str:
    """A digest of all that a snapshot depends on: the files under some paths, and the recipe."""
    return hashlib.sha256(f"{fingerprint(list_files(paths))} {recipe.digest}".encode()).hexdigest()


def _add_article(
    reading: Reading | ArticleError,
    draft: SnapshotDraft,
    encoder: Encoder,
    budget: Budget,
    readings: _Readings,
    progress: Progress,
) -> None:
    if isinstance(reading, Reading) and reading.document.id in draft.published:
        reading = ArticleError(
            f"{reading.document.id}: another article has the same id. Index the folder above both instead."
        )
    if isinstance(reading, ArticleError):
        readings.failures.append(reading)
        progress.say(f"Left out: {reading}")
        return
    for warning in reading.warnings:
        readings.warnings.append(warning)
        progress.say(f"Look at {warning}")
    chunks = chunk(reading.document, encoder.count_tokens, budget)
    readings.foreign += chunks.foreign
    draft.add(reading.document, chunks.passages)


def _check_readings(readings: _Readings, draft: SnapshotDraft, *, strict: bool) -> None:
    if strict and readings.failures:
        raise CorpusError(f"{readings.failures[0]} Nothing was published, since --strict is set.")
    if not any(draft.counts.values()):
        raise CorpusError(
            f"No Chinese or English text was found in {len(draft.published) + len(readings.failures)} article(s). "
            f"Name a folder with articles; these are read: {', '.join(sorted(READERS))}."
        )


def _fill(
    draft: SnapshotDraft,
    encoder: Encoder,
    second: SecondEncoder | None,
    progress: Progress,
    late_interaction: LateInteraction,
) -> None:
    """Fill a draft with all that is searched of its passages."""
    reference = reference_of(encoder, announce=progress.say)
    if late_interaction is LateInteraction.OFF:
        reference = replace(reference, tokens=None)
    reader = Reader(encoder, reference.tokens, draft.derived)
    twins = {language: find_twins(draft, language, progress) for language in READING_ORDER}
    pools = encode_pools(draft, twins, reader, reference, progress)
    if second is not None:
        add_second_opinion(draft, pools.sentences, second, progress)
    book = StoryBook(draft.scratch)
    for language in READING_ORDER:
        pool = pool_draft(draft, pools, language, progress)
        book.add_embeddings(language, draft.passages(language), pool.centred, pool.twins)
        terms = book.reading(language, draft.passages(language), pool.terms)
        draft.add_pool(language, replace(pool, terms=terms))
    draft.add_counterparts(counterparts(book.stories(draft.published, draft.editions)))
    draft.add_statistics(attenuation=reference.attenuation, reference_weight=pools.weight, tokens=reference.tokens)
