"""Corpus to snapshot: the whole write path, top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.articles import fingerprint, list_files, read_articles
from indexer.chunking import Budget, chunk, sentence_spans
from indexer.errors import ArticleError, CorpusError
from indexer.language import passage_language
from indexer.language_space import measure_spaces
from indexer.records import Language, Passage
from indexer.reference import reference_spaces
from indexer.snapshot import draft_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.encoding import Encoder
    from indexer.records import Document
    from indexer.snapshot import Manifest, SnapshotDraft

CONTEXT_SHARE = 0.3
"""How far a passage's embedding moves towards its title's: measured in docs/relevance.md."""
_BLOCK = 64
"""Passages encoded between two steps of the progress bar."""
_QUERY_SAMPLE = 256
"""Texts of the corpus that are encoded as queries, a language."""


class Progress(Protocol):
    """Where a build says how far it is."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` units begins; the one before has ended."""

    def advance(self, units: int = 1) -> None:
        """Some units are done."""

    def say(self, sentence: str) -> None:
        """Something that the user should know."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, what: str, total: int) -> None:
        """Nothing."""

    def advance(self, units: int = 1) -> None:
        """Nothing."""

    def say(self, sentence: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the manifest it published, and the articles that couldn't be read."""

    manifest: Manifest
    failures: tuple[ArticleError, ...]


@dataclass(slots=True)
class _Reading:
    """What reading has met so far."""

    foreign: int = 0
    failures: list[ArticleError] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def build_snapshot(
    paths: Sequence[Path], directory: Path, encoder: Encoder, *, progress: Progress | None = None, strict: bool = False
) -> BuildReport:
    """Index the articles under `paths` and publish them in `directory`; the index there stays whole until then.

    Args:
        paths: files and folders of articles.
        directory: the index; made where it is missing.
        encoder: reads the passages.
        progress: told of each stage.
        strict: an article that can't be read ends the build.

    Raises:
        CorpusError: a path is missing, nothing can be indexed, or `strict` and an article can't be read.
        SnapshotError: the directory can't be written.
    """
    progress = progress or Silent()
    files = list_files(paths)
    with draft_snapshot(directory) as draft:
        reading = _Reading()
        progress.begin("Reading", len(files))
        for file in files:
            for article in read_articles(file):
                _add_article(article, draft, encoder, reading, progress)
            progress.advance()
        _check_readings(reading, draft, strict=strict)
        _encode(draft, encoder, progress)
        corpus = fingerprint_of_build(paths, encoder)
        return BuildReport(draft.publish(encoder, corpus=corpus, foreign=reading.foreign), tuple(reading.failures))


def index_passages(
    corpus: Iterable[tuple[Document, Sequence[Passage]]],
    directory: Path,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
) -> Manifest:
    """Index documents that are cut into passages already, as evaluations do."""
    with draft_snapshot(directory) as draft:
        for document, passages in corpus:
            draft.add(document, passages)
        _encode(draft, encoder, progress or Silent())
        return draft.publish(encoder, corpus="", foreign=0)


def whole_passages(document: Document, encoder: Encoder) -> Sequence[Passage]:
    """A document as one passage without context; as several only where it is longer than the encoder reads."""
    whole = Passage(document.id, document.id, document.text, document.language or Language.EN, 0, len(document.text))
    if encoder.count_tokens([document.text])[0] <= encoder.max_tokens:
        return [whole]
    parts = chunk(
        replace(document, title=""), encoder.count_tokens, Budget(encoder.max_tokens, encoder.max_tokens, 0)
    ).passages
    return [replace(part, context="") for part in parts]


def fingerprint_of_build(paths: Sequence[Path], encoder: Encoder) -> str:
    """A digest of all that a snapshot depends on: files, encoder and how passages are cut."""
    content = f"{fingerprint(list_files(paths))} {asdict(encoder.identity)} {_budget(encoder)}"
    return hashlib.sha256(content.encode()).hexdigest()


def _add_article(
    article: Document | ArticleError, draft: SnapshotDraft, encoder: Encoder, reading: _Reading, progress: Progress
) -> None:
    if not isinstance(article, ArticleError) and article.id in reading.ids:
        article = ArticleError(f"{article.id}: another article has the same id. Index the folder above both instead.")
    if isinstance(article, ArticleError):
        reading.failures.append(article)
        progress.say(f"Left out: {article}")
        return
    reading.ids.add(article.id)
    chunks = chunk(article, encoder.count_tokens, _budget(encoder))
    reading.foreign += chunks.foreign
    draft.add(article, chunks.passages)


def _budget(encoder: Encoder) -> Budget:
    """The budget that passages aim at, or what a model with a shorter window leaves."""
    wanted = Budget()
    return wanted._replace(
        passage=min(wanted.passage, encoder.max_tokens), context=min(wanted.context, encoder.max_tokens)
    )


def _check_readings(reading: _Reading, draft: SnapshotDraft, *, strict: bool) -> None:
    if strict and reading.failures:
        raise CorpusError(f"{reading.failures[0]} Nothing was published, since --strict is set.")
    if not any(draft.passages.values()):
        raise CorpusError(
            f"No Chinese or English text was found in {draft.documents + len(reading.failures)} article(s). "
            "Name a folder with .txt, .md, .html, .pdf, .docx or .jsonl articles."
        )


def _encode(draft: SnapshotDraft, encoder: Encoder, progress: Progress) -> None:
    references = reference_spaces(encoder, announce=progress.say)
    contexts = list(dict.fromkeys(passage.context for rows in draft.passages.values() for passage in rows))
    texts = {language: [passage.text for passage in rows] for language, rows in draft.passages.items()}
    samples = {language: _query_sample(rows) for language, rows in draft.passages.items()}
    everything = [contexts, *texts.values(), *samples.values()]
    progress.begin("Encoding", sum(len(text) for part in everything for text in part))

    encoded = _encode_all(contexts, encoder.encode_passages, encoder, progress)
    context_rows = {context: row for row, context in enumerate(contexts)}
    embeddings, queries = {}, {}
    for language, rows in draft.passages.items():
        own = _encode_all(texts[language], encoder.encode_passages, encoder, progress)
        has_context = np.array([bool(passage.context) for passage in rows], bool)
        around = encoded[[context_rows[passage.context] for passage in rows]]
        embeddings[language] = np.where(has_context[:, None], with_context(own, around), own)
        queries[language] = _encode_all(samples[language], encoder.encode_queries, encoder, progress)
    spaces = measure_spaces(embeddings, queries, references)
    for language in Language:
        draft.add_language(language, embeddings[language], spaces[language])


def with_context(embeddings: NDArray[np.float32], contexts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit embeddings `(n, d)` of passages, moved towards their contexts by a fixed share, however long either is."""
    mixed = (1 - CONTEXT_SHARE) * embeddings + CONTEXT_SHARE * contexts
    unit: NDArray[np.float32] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return unit


def _encode_all(
    texts: Sequence[str], encode: Callable[[Sequence[str]], NDArray[np.float32]], encoder: Encoder, progress: Progress
) -> NDArray[np.float32]:
    """Embeddings `(n, d)` in the order of the texts; encoded longest first, so that batches waste no padding."""
    embeddings = np.empty((len(texts), encoder.identity.dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
    for start in range(0, len(order), _BLOCK):
        rows = order[start : start + _BLOCK]
        embeddings[rows] = encode([texts[row] for row in rows])
        progress.advance(sum(len(texts[row]) for row in rows))
    return embeddings


def _query_sample(passages: Sequence[Passage]) -> list[str]:
    """Titles and first sentences of passages: the corpus's own stand-ins for queries, whatever the order of files."""
    sentences = [passage.text[start:end] for passage in passages for start, end in sentence_spans(passage.text)[:2]]
    titles = [passage.context for passage in passages if passage_language(passage.context, None) == passage.language]
    return sorted(dict.fromkeys(titles + sentences), key=lambda text: hashlib.sha256(text.encode()).digest())[
        :_QUERY_SAMPLE
    ]
