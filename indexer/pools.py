"""Passages to all that is searched of them: embeddings, sentences, tokens, terms.

One pass of the model over a passage gives its embedding and its tokens, and, where an embedding is the mean of
tokens, its sentences too: the means of their tokens, which have seen the whole passage ("late chunking": Günther et
al., "Late Chunking: Contextual Chunk Embeddings Using Long-Context Embedding Models", 2024). For other models each
sentence is encoded by itself.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.chunking import sentence_spans
from indexer.duplicates import near_duplicates
from indexer.encoding import TokenEncoder
from indexer.language import passage_language, query_language
from indexer.language_space import measure_spaces, unit
from indexer.ragged import RaggedArray
from indexer.sentence_index import SentenceIndex, Sentences
from indexer.snapshot import PoolDraft
from indexer.terms import dated_terms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import Encoder, TokenEmbeddings
    from indexer.language_space import LanguageSpace
    from indexer.progress import Progress
    from indexer.records import Language, Passage
    from indexer.reference import Reference
    from indexer.token_space import TokenReference

    Matrix = NDArray[np.float32]

CONTEXT_SHARE = 0.3
"""How far a passage's embedding moves towards its title's: measured in docs/relevance.md."""
_BLOCK = 64
"""Passages encoded between two steps of the progress bar."""
_QUERY_SAMPLE = 256
"""Texts of the corpus that are encoded as queries, a language."""


class _Encoded(NamedTuple):
    """Texts as the encoder gives them, by row; `codes` are empty where no tokens are kept."""

    embeddings: Matrix
    codes: list[NDArray[np.uint8]]
    sentences: list[Sentences]


def encode_pools(
    passages: Mapping[Language, Sequence[Passage]],
    published: Mapping[str, dt.date | None],
    encoder: Encoder,
    reference: Reference,
    progress: Progress,
) -> dict[Language, PoolDraft]:
    """All that is searched of the passages, by language; rows in their order.

    Args:
        passages: the passages of each language.
        published: the dates of their documents, which tell what "last year" is.
        encoder: reads them.
        reference: the encoder's statistics, which those of the corpus are shrunk towards. Where it has no tokens, none
            are kept.
        progress: told how many characters are encoded.
    """
    texts = {language: [passage.text for passage in rows] for language, rows in passages.items()}
    titles = list(dict.fromkeys(passage.context for rows in passages.values() for passage in rows))
    samples = {language: _query_sample(rows) for language, rows in passages.items()}
    progress.begin(
        "Encoding", sum(map(len, (text for part in (titles, *texts.values(), *samples.values()) for text in part)))
    )
    reader = _Reader(encoder, reference.tokens, progress)
    of_titles = reader.encode(titles, [query_language(title) for title in titles])
    encoded = {language: reader.encode(texts[language], [language] * len(rows)) for language, rows in passages.items()}
    queries = {language: reader.encode_queries(sample) for language, sample in samples.items()}

    title_rows = {title: row for row, title in enumerate(titles)}
    title_of = {language: [title_rows[passage.context] for passage in rows] for language, rows in passages.items()}
    embeddings = {
        language: _with_titles(encoded[language].embeddings, of_titles.embeddings[title_of[language]], rows)
        for language, rows in passages.items()
    }
    sentences = {language: [found.embeddings for found in encoded[language].sentences] for language in passages}
    nothing = np.empty((0, encoder.identity.dimension), np.float32)
    spaces = measure_spaces(embeddings, queries, reference.spaces)
    sentence_spaces = measure_spaces(
        {language: np.concatenate([nothing, *found]) for language, found in sentences.items()},
        queries,
        reference.spaces,
    )
    return {
        language: PoolDraft(
            embeddings=embeddings[language],
            centred=spaces[language].centre_passages(embeddings[language]),
            space=spaces[language],
            sentences=SentenceIndex.of(
                _centred(encoded[language].sentences, sentence_spaces[language]), encoder.identity.dimension
            ),
            sentence_space=sentence_spaces[language],
            terms=(
                dated_terms(f"{passage.context}\n{passage.text}", published.get(passage.document_id))
                for passage in rows
            ),
            twins=near_duplicates(texts[language]),
            tokens=_token_rows(encoded[language], of_titles, title_of[language], reference.tokens),
        )
        for language, rows in passages.items()
    }


class _Reader:
    """Runs the encoder over texts, longest first, so that batches waste no padding."""

    def __init__(self, encoder: Encoder, tokens: TokenReference | None, progress: Progress) -> None:
        self._encoder = encoder
        self._tokens = tokens
        self._progress = progress

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Embeddings `(n, d)` in the order of the texts."""
        embeddings = np.empty((len(texts), self._encoder.identity.dimension), np.float32)
        for rows in self._blocks(texts):
            embeddings[rows] = self._encoder.encode_queries([texts[row] for row in rows])
        return embeddings

    def encode(self, texts: Sequence[str], languages: Sequence[Language]) -> _Encoded:
        """Passages or titles, each in its language, in the order given."""
        embeddings = np.empty((len(texts), self._encoder.identity.dimension), np.float32)
        codes: dict[int, NDArray[np.uint8]] = {}
        sentences: dict[int, Sentences] = {}
        for rows in self._blocks(texts):
            block = [texts[row] for row in rows]
            if not isinstance(self._encoder, TokenEncoder):
                embeddings[rows] = self._encoder.encode_passages(block)
                sentences |= zip(rows, self._encode_sentences(block), strict=True)
                continue
            embeddings[rows], tokens = self._encoder.encode_passages_and_tokens(block)
            pooled = self._encoder.pools_by_mean
            found = map(_pooled_sentences, block, tokens) if pooled else self._encode_sentences(block, tokens)
            sentences |= zip(rows, found, strict=True)
            if self._tokens:
                codes |= {
                    row: self._tokens.encode(text.vectors, languages[row])
                    for row, text in zip(rows, tokens, strict=True)
                }
        return _Encoded(
            embeddings, [codes[row] for row in sorted(codes)], [sentences[row] for row in range(len(texts))]
        )

    def _encode_sentences(
        self, texts: Sequence[str], tokens: Sequence[TokenEmbeddings] | None = None
    ) -> list[Sentences]:
        """The sentences of texts, each encoded by itself."""
        spans = [list(sentence_spans(text)) for text in texts]
        flat = [text[start:end] for text, found in zip(texts, spans, strict=True) for start, end in found]
        embeddings = self._encoder.encode_passages(flat)
        ends = np.cumsum([len(found) for found in spans])
        return [
            Sentences(
                embeddings[end - len(found) : end],
                np.array(found, np.int32).reshape(-1, 2),
                _token_ranges(found, tokens[number].spans) if tokens else np.zeros((len(found), 2), np.int32),
            )
            for number, (found, end) in enumerate(zip(spans, ends, strict=True))
        ]

    def _blocks(self, texts: Sequence[str]) -> Iterator[list[int]]:
        order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
        for start in range(0, len(order), _BLOCK):
            rows = order[start : start + _BLOCK]
            yield rows
            self._progress.advance(sum(len(texts[row]) for row in rows))


def _pooled_sentences(text: str, tokens: TokenEmbeddings) -> Sentences:
    """The sentences of a text, each the mean of its tokens; one without tokens is left out."""
    spans = list(sentence_spans(text))
    ranges = _token_ranges(spans, tokens.spans)
    kept = ranges[:, 0] < ranges[:, 1]
    means = [tokens.vectors[first:end].mean(axis=0) for first, end in ranges[kept]]
    embeddings = np.array(means, np.float32).reshape(len(means), tokens.vectors.shape[1])
    return Sentences(unit(embeddings), np.array(spans, np.int32).reshape(-1, 2)[kept], ranges[kept])


def _token_ranges(sentences: Sequence[tuple[int, int]], tokens: NDArray[np.int32]) -> NDArray[np.int32]:
    """Of each sentence `(n, 2)`, its first token and the one after its last."""
    spans = np.array(sentences, np.int32).reshape(-1, 2)
    first = np.searchsorted(tokens[:, 1], spans[:, 0], side="right")
    end = np.searchsorted(tokens[:, 0], spans[:, 1], side="left")
    return np.stack([first, np.maximum(first, end)], axis=1).astype(np.int32)


def _centred(sentences: Sequence[Sentences], space: LanguageSpace) -> Iterator[Sentences]:
    return (found._replace(embeddings=space.centre_passages(found.embeddings)) for found in sentences)


def _with_titles(embeddings: Matrix, titles: Matrix, passages: Sequence[Passage]) -> Matrix:
    """Unit embeddings `(n, d)` of passages, moved towards their titles by a fixed share, however long either is."""
    has_title = np.array([bool(passage.context) for passage in passages], bool)
    mixed = (1 - CONTEXT_SHARE) * embeddings + CONTEXT_SHARE * titles
    chosen: Matrix = np.where(has_title[:, None], unit(mixed), embeddings)
    return chosen


def _token_rows(
    passages: _Encoded, titles: _Encoded, title_of: Sequence[int], tokens: TokenReference | None
) -> RaggedArray | None:
    """The tokens of each passage and then of its title, which names what the passage may leave out."""
    if tokens is None:
        return None
    rows = (np.concatenate([codes, titles.codes[title]]) for codes, title in zip(passages.codes, title_of, strict=True))
    return RaggedArray.of(rows, np.empty((0, len(tokens.quantizer.centroids)), np.uint8))


def _query_sample(passages: Sequence[Passage]) -> list[str]:
    """Titles and first sentences of passages: the corpus's own stand-ins for queries, whatever the order of files."""
    sentences = [passage.text[start:end] for passage in passages for start, end in sentence_spans(passage.text)[:2]]
    titles = [passage.context for passage in passages if passage_language(passage.context, None) == passage.language]
    return sorted(dict.fromkeys(titles + sentences), key=lambda text: hashlib.sha256(text.encode()).digest())[
        :_QUERY_SAMPLE
    ]
