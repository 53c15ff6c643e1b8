"""The tokens of one language's passages, for late interaction: a few bytes each, mapped from disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from indexer.spaces.token_space import TokenMoments, sample_moments, shrunk_moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.indexes.maxsim import QueryTokens
    from indexer.indexes.vector_index import Sample
    from indexer.spaces.product_quantizer import ProductQuantizer
    from indexer.spaces.token_space import TokenSpace
    from indexer.storage.ragged_array import RaggedArray

    Vector = NDArray[np.float32]
    Rows = NDArray[np.int64]

_LEAST_REFERENCE = 48
"""Passages of the reference text that say what a query gets there."""


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """Scores passages by their tokens.

    Attributes:
        codes: the tokens of each passage and then those of its title, centred, as the quantizer keeps them.
        quantizer: turns codes into vectors.
        space: what is known of this language and encoder.
        sample: the s passages that stand for all.
        passages: how many it stands for, near-duplicates once.
        reference_weight: n₀, as how many passages the reference counts.
        attenuation: how much further the right passage stands out in the query's language than in the other.
    """

    codes: RaggedArray
    quantizer: ProductQuantizer
    space: TokenSpace
    sample: Sample
    passages: int
    reference_weight: float
    attenuation: float

    def scores(self, query: QueryTokens, rows: Rows) -> Vector:
        """The late interaction `(n,)` of a query's tokens with the passages at n rows."""
        return query.scores(self.codes.values, *self._spans(rows))

    def part_scores(self, query: QueryTokens, rows: Rows, parts: NDArray[np.int32]) -> Vector:
        """The same `(n,)` with parts of the passages at n rows.

        Args:
            query: its tokens.
            rows: a passage may come several times.
            parts: `(n, 2)`, the first of the passage's tokens and the one after the last.
        """
        firsts = self.codes.offsets[rows]
        return query.scores(self.codes.values, firsts + parts[:, 0], firsts + parts[:, 1])

    def moments(self, query: QueryTokens, dense: Vector) -> tuple[TokenMoments, TokenMoments]:
        """The mean and variance of that score over this language's passages, estimated from the sample.

        Args:
            query: its tokens.
            dense: `(s,)`, the standardised dense scores of the sample.

        Returns:
            Those, and those over the reference text: how well the query matches text on anything.
        """
        starts, ends, weights = self._reference
        reference = query.scores(self.space.reference, starts, ends)
        expected = sample_moments(reference, weights, np.zeros_like(reference))
        if not len(self.sample.rows):
            return expected, expected
        scores = query.scores(self.codes.values, *self._spans(self.sample.rows))
        sample = sample_moments(scores, self.sample.weights, dense)
        return shrunk_moments(sample, self.passages, expected, self.reference_weight), expected

    def _spans(self, rows: Rows) -> tuple[Rows, Rows]:
        """The places where the tokens of some passages begin and end."""
        return self.codes.offsets[rows], self.codes.offsets[rows + 1]

    @cached_property
    def _reference(self) -> tuple[Rows, Rows, Vector]:
        """The starts, ends and weights of the reference's passages: of as many as it counts for, the heaviest.

        To all of it a large pool would listen hardly, and each query would pay for it.
        """
        share = self.reference_weight / (self.passages + self.reference_weight)
        most = max(ceil(share * len(self.space.reference_weights)), _LEAST_REFERENCE)
        chosen = np.argsort(-self.space.reference_weights, kind="stable")[:most]
        weights = self.space.reference_weights[chosen]
        offsets = self.space.reference_offsets
        return offsets[chosen], offsets[chosen + 1], weights / weights.sum()
