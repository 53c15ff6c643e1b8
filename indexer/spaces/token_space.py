"""Late interaction that is comparable across languages. Pure NumPy.

A passage scores the mean, over the query's tokens, of the best match among its own tokens (Khattab and Zaharia,
"ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over BERT", 2020), here with the
token vectors that a plain bi-encoder pools, without training: each centred on the mean token of its language and
role, and made unit.

As with whole embeddings, a score is then standardised by what the passages of its language get for the query. There
is no closed form for that, so it is measured on a sample: one passage of each cluster of the language, weighted by the
cluster's size. The sample's error is corrected by what is known exactly of the same passages, their dense scores (the
method of control variates). Few passages are shrunk towards the reference, as in `language_space`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from indexer.records import Language
from indexer.spaces.language_space import unit
from indexer.spaces.product_quantizer import ProductQuantizer
from indexer.storage.named_arrays import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    Matrix = NDArray[np.float32]
    Offsets = NDArray[np.int64]

_SMALLEST_VARIANCE = 1e-8
_LEAST_SAMPLE = 8
"""Passages below which a slope between two scores says nothing."""


class TokenRows(NamedTuple):
    """The tokens of some passages: `vectors` `(t, d)`, those of passage i from `offsets[i]` to `offsets[i + 1]`."""

    vectors: Matrix
    offsets: Offsets

    @classmethod
    def of(cls, vectors: Matrix) -> Self:
        """All of them as one passage."""
        return cls(vectors, np.array([0, len(vectors)]))


class TokenMoments(NamedTuple):
    """The mean and the variance of a score over a pool."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True, eq=False)
class TokenSpace:
    """The statistics that late interaction has of one language and one encoder.

    Attributes:
        passage_mean: `(d,)`, the mean token of passages.
        query_mean: `(d,)`, the mean token of queries.
        reference: tokens of passages of the reference text, centred, as the quantizer keeps them: `(t, parts)`.
        reference_offsets: `(n + 1,)`, where each of those passages begins.
        reference_weights: `(n,)`, how many passages each stands for; the sum is 1.
    """

    passage_mean: Vector
    query_mean: Vector
    reference: NDArray[np.uint8]
    reference_offsets: Offsets
    reference_weights: Vector

    @classmethod
    def without_reference(cls, passage_mean: Vector, query_mean: Vector) -> Self:
        """The means alone."""
        return cls(passage_mean, query_mean, np.empty((0, 0), np.uint8), np.zeros(1, np.int64), np.empty(0, np.float32))

    def centre_passage(self, tokens: Matrix) -> Matrix:
        """Unit token vectors of a passage, centred."""
        return unit(tokens - self.passage_mean)

    def centre_query(self, tokens: Matrix) -> Matrix:
        """Unit token vectors of a query, centred."""
        return unit(tokens - self.query_mean)


@dataclass(frozen=True, slots=True, eq=False)
class TokenReference:
    """The quantizer and statistics that late interaction needs of an encoder, whatever the corpus.

    Attributes:
        quantizer: keeps its token vectors in a few bytes.
        spaces: the statistics of its tokens, by language.
        attenuation: how much further the right passage stands out in the query's language than in the other.
    """

    quantizer: ProductQuantizer
    spaces: Mapping[Language, TokenSpace]
    attenuation: float

    def encode(self, tokens: Matrix, language: Language) -> NDArray[np.uint8]:
        """The codes of a passage's tokens."""
        return self.quantizer.encode(self.spaces[language].centre_passage(tokens))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The quantizer and statistics as named arrays."""
        arrays: dict[str, NDArray[Any]] = {
            "tokens.centroids": self.quantizer.centroids,
            "tokens.dimension": np.array(self.quantizer.dimension),
            "tokens.attenuation": np.array(self.attenuation),
        }
        for language, space in self.spaces.items():
            arrays |= pack(f"{language}.tokens", space)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TokenReference | None:
        """From what `to_arrays` gave; None where there is nothing of it."""
        if "tokens.centroids" not in arrays:
            return None
        return cls(
            ProductQuantizer(arrays["tokens.centroids"], int(arrays["tokens.dimension"])),
            {language: unpack(TokenSpace, f"{language}.tokens", arrays) for language in Language},
            float(arrays["tokens.attenuation"]),
        )


def late_interaction(query: Matrix, passages: TokenRows) -> Vector:
    """MaxSim `(n,)`: the mean over the tokens `(m, d)` of a query of the best match in each passage.

    A passage without tokens gets 0.
    """
    counts = np.diff(passages.offsets)
    scores = np.zeros(len(counts), np.float32)
    present = counts > 0
    if len(query) and present.any():
        matches = passages.vectors @ query.T
        scores[present] = np.maximum.reduceat(matches, passages.offsets[:-1][present], axis=0).mean(axis=1)
    return scores


def sample_moments(scores: Vector, weights: Vector, dense: Vector) -> TokenMoments:
    """A pool's moments of one score from a weighted sample whose dense scores are known.

    Args:
        scores: `(n,)`, of the sample.
        weights: `(n,)`, the sum is 1.
        dense: `(n,)`, of the sample, standardised: in the pool they have mean 0 and variance 1.
    """
    mean = float(weights @ scores)
    variance = float(weights @ (scores - mean) ** 2)
    dense_mean = float(weights @ dense)
    spread = float(weights @ (dense - dense_mean) ** 2)
    if len(scores) < _LEAST_SAMPLE or spread < _SMALLEST_VARIANCE:
        return TokenMoments(mean, variance)
    slope = float(weights @ ((dense - dense_mean) * (scores - mean))) / spread
    unexplained = max(variance - slope**2 * spread, 0.0)
    return TokenMoments(mean - slope * dense_mean, unexplained + slope**2)


def shrunk_moments(sample: TokenMoments, count: int, reference: TokenMoments, reference_weight: float) -> TokenMoments:
    """The moments of a pool of `count` passages together with a reference that counts as n₀ of them."""
    share = count / (count + reference_weight) if count else 0.0
    mean = share * sample.mean + (1 - share) * reference.mean
    within = share * sample.variance + (1 - share) * reference.variance
    between = share * (1 - share) * (sample.mean - reference.mean) ** 2
    return TokenMoments(mean, max(within + between, _SMALLEST_VARIANCE))


def joined(texts: Sequence[Matrix]) -> TokenRows:
    """Tokens of several texts, one after the other; there is at least one text."""
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int64)
    return TokenRows(np.concatenate(texts), offsets)
