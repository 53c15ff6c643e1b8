"""Passages to all that is searched of them: embeddings, sentences, tokens, terms.

One pass of the model over a passage gives its embedding and its tokens, and, where an embedding is the mean of
tokens, its sentences too: the means of their tokens, which have seen the whole passage ("late chunking": Günther et
al., "Late Chunking: Contextual Chunk Embeddings Using Long-Context Embedding Models", 2024). For other models each
sentence is encoded by itself.

No more than a window of passages is in memory: what is made of them goes to files, and is read again in blocks once
the statistics of all are known (docs/decisions/0012-indexing-in-bounded-memory.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, islice
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from indexer.building.cached_encoder import Role, Text
from indexer.building.cached_terms import derived_outline, derived_terms
from indexer.indexes.sentence_index import Sentences
from indexer.linking.near_duplicates import near_duplicates
from indexer.records import Language
from indexer.snapshot.draft import PoolDraft
from indexer.snapshot.recipe import CONTEXT_SHARE
from indexer.spaces.language_space import measure_spaces, reference_weight, unit
from indexer.spaces.pseudo_queries import QuerySample
from indexer.spaces.representatives import representatives
from indexer.storage.mapped_arrays import ArrayWriter, SelectedRows, blocks, mapped
from indexer.storage.ragged_array import RaggedArray, RaggedWriter
from indexer.text.language_identification import query_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.building.cached_encoder import EncodedText, Reader
    from indexer.progress import Progress
    from indexer.records import Passage
    from indexer.reference import Reference
    from indexer.snapshot.draft import SnapshotDraft
    from indexer.spaces.language_space import LanguageSpace

    Matrix = NDArray[np.float32]
    Rows = NDArray[np.int64]

Derived = TypeVar("Derived")

_WINDOW = 1024
"""Passages that are sorted by length, so that batches waste no padding."""


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPools:
    """All passages of a corpus, encoded, mapped from disk; rows in the order of each language's passages.

    Statistics are those of one passage of each group of near-duplicates.

    Attributes:
        twins: `(n,)` by language, for each row the lowest row with nearly the same text.
        embeddings: `(n, d)` by language, with their titles' share.
        sentences: those of each passage, as `_sentence_record` has them.
        spaces: the statistics of the embeddings.
        sentence_spaces: those of the sentences.
        weight: n₀ of `spaces`.
    """

    twins: Mapping[Language, Rows]
    embeddings: Mapping[Language, Matrix]
    sentences: Mapping[Language, RaggedArray]
    spaces: Mapping[Language, LanguageSpace]
    sentence_spaces: Mapping[Language, LanguageSpace]
    weight: float


def encode_pools(
    draft: SnapshotDraft, twins: Mapping[Language, Rows], reader: Reader, reference: Reference, progress: Progress
) -> EncodedPools:
    """Encode all passages of a draft, as far as no earlier build did, and measure their statistics.

    Args:
        draft: the passages; the encoder's own embeddings and the tokens are written to its files.
        twins: which of them are near-duplicates, as `find_twins` says.
        reader: encodes them.
        reference: the encoder's statistics, which those of the corpus are shrunk towards. Where it has no tokens, none
            are kept.
        progress: told how many characters are encoded; those of earlier builds first.
    """
    counted = {language: representatives(rows) for language, rows in twins.items()}
    samples = _query_sample(draft, counted)
    progress.begin("Encoding", draft.characters + sum(len(text) for sample in samples.values() for text in sample))
    reused = {language: _reused(draft, language, reader, progress) for language in Language}
    queries = {language: _encode_queries(sample, reader, progress) for language, sample in samples.items()}
    for language in Language:
        _encode_pool(draft, language, reader, reused[language], progress)
    embeddings = {language: mapped(draft.embeddings_file(language)) for language in Language}
    sentences = {language: RaggedArray.open(_sentences_file(draft, language)) for language in Language}
    passages = {language: _selected(embeddings[language], counted[language]) for language in Language}
    vectors = {language: _sentences_of(sentences[language], counted[language]) for language in Language}
    return EncodedPools(
        twins=twins,
        embeddings=embeddings,
        sentences=sentences,
        spaces=measure_spaces(passages, queries, reference.spaces),
        sentence_spaces=measure_spaces(vectors, queries, reference.spaces),
        weight=reference_weight(passages, reference.spaces),
    )


def find_twins(draft: SnapshotDraft, language: Language, progress: Progress) -> Rows:
    """The lowest row with nearly the same text, for each passage of a language `(n,)`."""
    texts = draft.texts(language)
    progress.begin(f"Near-duplicates ({language})", len(texts))
    return near_duplicates(texts, _watched((derived_outline(text, draft.derived) for text in texts), draft, progress))


def pool_draft(draft: SnapshotDraft, pools: EncodedPools, language: Language, progress: Progress) -> PoolDraft:
    """The draft of what is searched of a language's passages; their terms are derived as they are asked for."""
    progress.begin(f"Terms ({language})", draft.counts[language])
    terms = (
        derived_terms(passage, draft.published[passage.document_id], draft.derived)
        for passage in draft.passages(language)
    )
    return PoolDraft(
        centred=_centred(pools.embeddings[language], pools.spaces[language], draft.scratch / f"{language}.centred.npy"),
        space=pools.spaces[language],
        sentences=_centred_sentences(pools.sentences[language], pools.sentence_spaces[language]),
        sentence_space=pools.sentence_spaces[language],
        terms=_watched(terms, draft, progress),
        twins=pools.twins[language],
    )


def _watched(derived: Iterable[Derived], draft: SnapshotDraft, progress: Progress) -> Iterator[Derived]:
    """The same, with the bar moving; a kill costs the work on a window at most."""
    for number, encoded in enumerate(derived, start=1):
        progress.advance()
        if number % _WINDOW == 0:
            draft.derived.commit()
        yield encoded


def _reused(draft: SnapshotDraft, language: Language, reader: Reader, progress: Progress) -> NDArray[np.bool_]:
    """A mask `(n,)` of the passages that an earlier build encoded.

    All at once, before the bar moves for anything else, so that the time left is told by the speed of encoding.
    """
    is_kept = np.zeros(draft.counts[language], np.bool_)
    characters = 0
    for row, passage in enumerate(draft.passages(language)):
        is_kept[row] = reader.has(_text(passage))
        characters += len(passage.text) * bool(is_kept[row])
    if characters:
        progress.advance(characters)
    return is_kept


def _query_sample(draft: SnapshotDraft, counted: Mapping[Language, Rows]) -> dict[Language, list[str]]:
    """Texts of each language that are encoded as queries, from the passages at some rows."""
    sample = QuerySample()
    for language, rows in counted.items():
        is_counted = np.isin(np.arange(draft.counts[language]), rows, assume_unique=True)
        sample.add(compress(draft.passages(language), is_counted))
    return sample.texts()


def _selected(array: Matrix, rows: Rows) -> Matrix | SelectedRows:
    """Some rows of an array; itself where they are all of its."""
    return array if len(rows) == len(array) else SelectedRows(array, rows)


def _sentences_of(sentences: RaggedArray, passages: Rows) -> Matrix | SelectedRows:
    """The embeddings of the sentences of some passages."""
    is_theirs = np.zeros(len(sentences), np.bool_)
    is_theirs[passages] = True
    rows = np.flatnonzero(np.repeat(is_theirs, np.diff(sentences.offsets)))
    return _selected(sentences.values["embedding"], rows)


def _encode_queries(sample: Sequence[str], reader: Reader, progress: Progress) -> Matrix:
    texts = [Text(Role.QUERY, text) for text in sample]
    encoded = reader.read(texts, lambda done: progress.advance(sum(len(text.text) for text in done)))
    return _stacked([query.embedding for query in encoded], reader.dimension)


def _encode_pool(
    draft: SnapshotDraft, language: Language, reader: Reader, reused: NDArray[np.bool_], progress: Progress
) -> None:
    """Write the embeddings, sentences and tokens of a language's passages to their files."""
    row = 0
    with (
        ArrayWriter(draft.embeddings_file(language), np.float32, (reader.dimension,)) as embeddings,
        RaggedWriter(_sentences_file(draft, language), _sentence_record(reader.dimension)) as sentences,
        RaggedWriter(_tokens_file(draft, language, reader), np.uint8, (reader.code_size,)) as tokens,
    ):
        for window in _windows(draft.passages(language)):
            is_reused = reused[row : row + len(window)]
            passages, titles = _read_window(window, is_reused, reader, progress)
            own = _stacked([passage.embedding for passage in passages], reader.dimension)
            embeddings.append(_with_titles(own, titles))
            sentences.extend([_to_records(passage.sentences) for passage in passages])
            tokens.extend(
                [
                    np.concatenate([passage.codes, title.codes]) if title else passage.codes
                    for passage, title in zip(passages, titles, strict=True)
                ]
            )
            row += len(window)


def _read_window(
    window: Sequence[Passage], known: NDArray[np.bool_], reader: Reader, progress: Progress
) -> tuple[list[EncodedText], list[EncodedText | None]]:
    """Passages, and the title of each that has one."""
    new = {_text(passage): 0 for passage in window}
    for passage, is_known in zip(window, known.tolist(), strict=True):
        new[_text(passage)] += 0 if is_known else len(passage.text)
    titles = list(dict.fromkeys(_title(passage) for passage in window if passage.context))
    texts = list(new)
    encodings = reader.read([*texts, *titles], lambda done: progress.advance(sum(new.get(text, 0) for text in done)))
    encoded = dict(zip([*texts, *titles], encodings, strict=True))
    return (
        [encoded[_text(passage)] for passage in window],
        [encoded[_title(passage)] if passage.context else None for passage in window],
    )


def _windows(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    remaining = iter(passages)
    while window := list(islice(remaining, _WINDOW)):
        yield window


def _text(passage: Passage) -> Text:
    return Text(Role.PASSAGE, passage.text, passage.language)


def _title(passage: Passage) -> Text:
    return Text(Role.TITLE, passage.context, query_language(passage.context))


def _with_titles(embeddings: Matrix, titles: Sequence[EncodedText | None]) -> Matrix:
    """Unit embeddings `(n, d)` of passages, moved towards their titles by a fixed share, however long either is."""
    mixed = embeddings.copy()
    rows = [row for row, title in enumerate(titles) if title is not None]
    if rows:
        theirs = np.stack([title.embedding for title in titles if title is not None])
        mixed[rows] = unit((1 - CONTEXT_SHARE) * embeddings[rows] + CONTEXT_SHARE * theirs)
    return mixed


def _centred(embeddings: Matrix, space: LanguageSpace, path: Path) -> Matrix:
    """The embeddings `(n, d)`, centred, in a file."""
    with ArrayWriter(path, np.float32, embeddings.shape[1:]) as centred:
        for block in blocks(embeddings):
            centred.append(space.centre_passages(block))
    return mapped(path)


def _centred_sentences(sentences: RaggedArray, space: LanguageSpace) -> Iterator[Sentences]:
    """The sentences of each passage, centred."""
    for records in sentences:
        vectors = space.centre_passages(records["embedding"].astype(np.float32))
        yield Sentences(vectors, records["span"], records["tokens"])


def _sentence_record(dimension: int) -> np.dtype[Any]:
    """Half precision is finer by far than the byte a component that an index keeps."""
    return np.dtype([("embedding", "<f2", (dimension,)), ("span", "<i4", (2,)), ("tokens", "<i4", (2,))])


def _to_records(sentences: Sentences) -> NDArray[Any]:
    records = np.empty(len(sentences.embeddings), _sentence_record(sentences.embeddings.shape[1]))
    records["embedding"], records["span"], records["tokens"] = sentences
    return records


def _sentences_file(draft: SnapshotDraft, language: Language) -> Path:
    return draft.scratch / f"{language}.sentences.npy"


def _tokens_file(draft: SnapshotDraft, language: Language, reader: Reader) -> Path:
    """In the index only where tokens are kept."""
    return draft.tokens_file(language) if reader.code_size else draft.scratch / f"{language}.tokens.npy"


def _stacked(rows: Sequence[NDArray[np.float32]], dimension: int) -> Matrix:
    return np.array(rows, np.float32).reshape(len(rows), dimension)
