"""Late interaction: each token of a query with the passage's token that is nearest to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer import QueryTokens, TokenIndex, TokenMoments
    from service.search.query.pool_query import PoolQuery

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

_SMALLEST_VARIANCE = 1e-8


@dataclass(frozen=True)
class Tokens:
    """Late interaction with each passage, in standard deviations above all passages of its language.

    The mean over the query's tokens of the greatest similarity (Khattab and Zaharia, 2020, ColBERT).
    """

    name: ClassVar[str] = "tokens"
    is_by_first_encoder: ClassVar[bool] = True
    _asked: PoolQuery
    _index: TokenIndex
    _query: QueryTokens

    @classmethod
    def of(cls, asked: PoolQuery) -> Self | None:
        """The signal; None where the index keeps no tokens, or late interaction is off."""
        index = asked.pool.tokens
        return None if index is None or asked.tokens is None else cls(asked, index, asked.tokens)

    @property
    def lost_across(self) -> float:
        """The loss of late interaction, which isn't that of whole embeddings."""
        return self._index.attenuation if self._asked.is_across else 1.0

    def scores(self, rows: Rows) -> Scores:
        """The scores of late interaction `(n,)`."""
        scores: Scores = (self.similarities(rows) - self._moments[0].mean) / self.deviation
        return scores

    def similarities(self, rows: Rows) -> Scores:
        """The passages' own means `(n,)`."""
        return self._index.scores(self._query, rows)

    def similarities_of_parts(self, rows: Rows, parts: NDArray[np.int32]) -> Scores:
        """The same of parts of passages `(n,)`: the first token of each, and the one after the last `(n, 2)`."""
        return self._index.part_scores(self._query, rows, parts)

    @property
    def deviation(self) -> float:
        """The standard deviation of the mean over the passages of the language."""
        return float(self._moments[0].variance ** 0.5)

    @property
    def corpus(self) -> float:
        """The margin by which the language's passages, on the whole, match the query better than the reference text.

        In the reference's standard deviations. In a few articles on one subject, none stands out for a question on it.
        """
        passages, general = self._moments
        return float((passages.mean - general.mean) / max(general.variance, _SMALLEST_VARIANCE) ** 0.5)

    @cached_property
    def _moments(self) -> tuple[TokenMoments, TokenMoments]:
        """The moments over the language's passages, and over the reference text."""
        sample = self._asked.pool.sample_vectors @ self._asked.centred
        return self._index.moments(self._query, self._asked.standardised(sample))
