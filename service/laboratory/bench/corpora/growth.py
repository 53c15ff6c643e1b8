"""Vectors of grown passages: made of the real vectors of their sentences, so that a million need no model."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from indexer import EncoderError, Language, TokenEncoder
from indexer.encoding import EncodedTexts, EncoderIdentity, TokenEmbeddings
from service.laboratory.bench.corpora.corpus import halves, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer import Encoder, SecondEncoder

    Matrix = NDArray[np.float32]

_NOISE = 0.15
"""The length of what is a passage's own, where its sentences' mean has length 1."""
_BLOCK = 64
_ROWS = 20_000
_STEPS = 12


class SentenceVectors(NamedTuple):
    """The sentences of the reference text as the real encoder reads them.

    `embeddings` `(n, d)`; `tokens` `(t, d)` and `spans` `(t, 2)` of all sentences, those of sentence i from
    `offsets[i]` to `offsets[i + 1]`; `queries` `(m, d)`, real questions.
    """

    embeddings: Matrix
    tokens: Matrix
    spans: NDArray[np.int32]
    offsets: NDArray[np.int64]
    queries: Matrix

    def save(self, path: Path) -> None:
        """Write to a file, in one step."""
        draft = path.with_suffix(".draft.npz")
        np.savez(draft, **self._asdict())
        draft.replace(path)

    @classmethod
    def open(cls, path: Path) -> SentenceVectors:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return cls(**dict(file.items()))


def read_sentences(encoder: Encoder, asked: Sequence[str]) -> SentenceVectors:
    """Encode the sentences of the reference text, and questions.

    Raises:
        EncoderError: the encoder gives no tokens.
    """
    reader = _with_tokens(encoder)
    texts = all_sentences()
    read = [reader.encode_passages_and_tokens(texts[at : at + _BLOCK]) for at in range(0, len(texts), _BLOCK)]
    tokens = [text for block in read for text in block.tokens]
    return SentenceVectors(
        np.concatenate([block.embeddings for block in read]),
        np.concatenate([text.vectors for text in tokens]),
        np.concatenate([text.spans for text in tokens]),
        np.concatenate([[0], np.cumsum([len(text.vectors) for text in tokens])]).astype(np.int64),
        np.concatenate([encoder.encode_queries(asked[at : at + _BLOCK]) for at in range(0, len(asked), _BLOCK)]),
    )


def all_sentences() -> list[str]:
    """The sentences of Chinese, then those of English: the rows of `SentenceVectors`."""
    both = sentences()
    return [*both[Language.ZH], *both[Language.EN]]


def grown_vectors(known: SentenceVectors, count: int) -> Iterator[Matrix]:
    """`(count, d)` unit vectors in blocks of rows, Chinese first, as thick as real ones.

    Each is a point of the triangle of a real vector and its two nearest neighbours, drawn evenly, and noise with the
    covariance of what tells real ones from their neighbours.
    """
    first = 0
    for language, share in halves(count).items():
        last = first + len(sentences()[language])
        cloud = _Cloud.of(known.embeddings[first:last])
        chance = np.random.default_rng([count, first])
        for at in range(0, share, _ROWS):
            yield cloud.grow(chance, min(_ROWS, share - at))
        first = last


class _Cloud(NamedTuple):
    """Real vectors `(m, d)`, the two nearest neighbours of each `(m, 2)`, and how much noise is added."""

    real: Matrix
    neighbours: NDArray[np.int64]
    noise: float

    @classmethod
    def of(cls, real: Matrix) -> _Cloud:
        """With as much noise as gives grown vectors the median cosine to the nearest that real ones have."""
        neighbours = np.argsort(-_cosines(real), axis=1)[:, :2]
        wanted = nearness(real)
        least, most = 0.0, 4.0
        for _ in range(_STEPS):
            middle = (least + most) / 2
            grown = cls(real, neighbours, middle).grow(np.random.default_rng(len(real)), len(real))
            least, most = (middle, most) if nearness(grown) > wanted else (least, middle)
        return cls(real, neighbours, (least + most) / 2)

    def grow(self, chance: np.random.Generator, count: int) -> Matrix:
        """`(count, d)`."""
        rows = chance.integers(len(self.real), size=count)
        corners = self.real[np.column_stack([rows, self.neighbours[rows]])]
        points = np.einsum("nc,ncd->nd", chance.dirichlet(np.ones(3), count).astype(np.float32), corners)
        differences = self.real - self.real[self.neighbours[:, 0]]
        drawn = chance.standard_normal((count, len(self.real)), np.float32) @ differences
        return unit(points + self.noise / len(self.real) ** 0.5 * drawn)


def nearness(vectors: Matrix) -> float:
    """The median cosine of unit vectors to their nearest neighbour."""
    return float(np.median(_cosines(vectors).max(axis=1)))


def _cosines(vectors: Matrix) -> Matrix:
    """`(n, n)`; with itself, a vector has none."""
    cosines: Matrix = vectors @ vectors.T
    np.fill_diagonal(cosines, -np.inf)
    return cosines


def mixed(means: Matrix, noise: Matrix) -> Matrix:
    """Unit vectors `(n, d)` near means: no two are the same, though their sentences may be."""
    noisy = unit(means) + _NOISE * unit(noise)
    return unit(noisy)


def unit(vectors: Matrix) -> Matrix:
    """Rows of length 1."""
    rows: Matrix = (vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)).astype(np.float32)
    return rows


class GrownEncoder:
    """A `TokenEncoder` under the name of the real one, which reads only what isn't made of known sentences."""

    def __init__(self, encoder: Encoder, known: SentenceVectors) -> None:
        self._encoder = _with_tokens(encoder)
        self._known = known
        self._rows = {sentence: row for row, sentence in enumerate(all_sentences())}

    @property
    def identity(self) -> EncoderIdentity:
        """The real encoder's: an index made with this one is served with that one."""
        return self._encoder.identity

    @property
    def max_tokens(self) -> int:
        """The real encoder's."""
        return self._encoder.max_tokens

    @property
    def pools_by_mean(self) -> bool:
        """The real encoder's."""
        return self._encoder.pools_by_mean

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The real encoder's."""
        return self._encoder.count_tokens(texts)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """The real encoder's."""
        return self._encoder.encode_queries(texts)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """The real encoder's."""
        return self._encoder.encode_queries_and_tokens(texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """Embeddings `(n, d)`; those of grown passages without a model."""
        parts = [self._lines(text) for text in texts]
        if any(lines is None for lines in parts):
            return self._encoder.encode_passages(texts)
        return np.concatenate([self._grown(text, lines) for text, lines in zip(texts, parts, strict=True) if lines])

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, d)` with tokens; those of grown passages without a model."""
        parts = [self._lines(text) for text in texts]
        if not texts or any(lines is None for lines in parts):
            return self._encoder.encode_passages_and_tokens(texts)
        tokens = [self._tokens(text, lines) for text, lines in zip(texts, parts, strict=True) if lines]
        return EncodedTexts(self.encode_passages(texts), tokens)

    def _lines(self, text: str) -> list[int] | None:
        """The sentences that a text is made of; None where it isn't."""
        rows = [self._rows.get(line) for line in text.split("\n")]
        return None if None in rows else cast("list[int]", rows)

    def _grown(self, text: str, lines: list[int]) -> Matrix:
        chance = np.random.default_rng(zlib.crc32(text.encode()))
        mean = self._known.embeddings[lines].mean(axis=0, keepdims=True)
        return mixed(mean, chance.standard_normal(mean.shape, np.float32))

    def _tokens(self, text: str, lines: list[int]) -> TokenEmbeddings:
        vectors, spans, start = [], [], 0
        for line, row in zip(text.split("\n"), lines, strict=True):
            own = slice(self._known.offsets[row], self._known.offsets[row + 1])
            vectors.append(self._known.tokens[own])
            spans.append(self._known.spans[own] + start)
            start += len(line) + 1
        return TokenEmbeddings(np.concatenate(vectors), np.concatenate(spans).astype(np.int32))


class GrownSecondEncoder:
    """A `SecondEncoder` under the name of the real one, which reads no sentence twice: grown passages repeat a few."""

    def __init__(self, encoder: SecondEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.name, self.dimension = encoder.name, encoder.dimension

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Embeddings `(n, d)`: the real encoder's."""
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unknown:
            self._known |= zip(unknown, self._encoder.encode(unknown), strict=True)
        return np.array([self._known[text] for text in texts], np.float32).reshape(-1, self.dimension)


def _with_tokens(encoder: Encoder) -> TokenEncoder:
    if not isinstance(encoder, TokenEncoder):
        raise EncoderError("The benchmark needs an encoder that gives tokens, as the bundled one does.")
    return encoder
