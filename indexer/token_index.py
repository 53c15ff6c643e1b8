"""The tokens of one language's passages, for late interaction: a few bytes each, mapped from disk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.token_space import Moments, TokenRows, late_interaction, sample_moments, shrunk_moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.quantizer import ProductQuantizer
    from indexer.ragged import RaggedArray
    from indexer.token_space import TokenSpace
    from indexer.vector_index import Sample

    Vector = NDArray[np.float32]
    Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """Scores passages by their tokens.

    Attributes:
        codes: the tokens of each passage and then those of its title, centred, as the quantizer keeps them.
        quantizer: turns codes into vectors.
        space: what is known of this language and encoder.
        sample: the s passages that stand for all.
        reference_weight: n₀, as how many passages the reference counts.
        attenuation: how much further the right passage stands out in the query's language than in the other.
    """

    codes: RaggedArray
    quantizer: ProductQuantizer
    space: TokenSpace
    sample: Sample
    reference_weight: float
    attenuation: float

    def scores(self, query: Matrix, rows: NDArray[np.int64]) -> Vector:
        """The late interaction `(n,)` of a query's centred tokens `(m, d)` with the passages at n rows."""
        return late_interaction(query, self.tokens_at(rows))

    def moments(self, query: Matrix, dense: Vector) -> Moments:
        """The mean and variance of that score over this language's passages, estimated from the sample.

        Args:
            query: its centred tokens `(m, d)`.
            dense: `(s,)`, the standardised dense scores of the sample.
        """
        reference = late_interaction(query, self._reference)
        expected = sample_moments(reference, self.space.reference_weights, np.zeros_like(reference))
        if not len(self.sample.rows):
            return expected
        sample = sample_moments(late_interaction(query, self._sample), self.sample.weights, dense)
        return shrunk_moments(sample, len(self.codes), expected, self.reference_weight)

    def tokens_at(self, rows: NDArray[np.int64]) -> TokenRows:
        """The token vectors of the passages at some rows."""
        taken = self.codes.take(rows)
        return TokenRows(self.quantizer.decode(taken.values), taken.offsets)

    @cached_property
    def _sample(self) -> TokenRows:
        return self.tokens_at(self.sample.rows)

    @cached_property
    def _reference(self) -> TokenRows:
        return self.space.reference_rows(self.quantizer)
