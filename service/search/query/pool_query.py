"""One query, as the passages of one language are asked it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Language, Pool, QueryTokens
    from service.search.query.encoder import EncodedQuery
    from service.search.query.question import Question, QuestionTerms

    Scores = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class PoolQuery:
    """A query before the passages of a language. What serves several signals is computed once.

    Attributes:
        language: the passages'.
        pools: those of all languages.
        question: what was asked.
        encoded: what the encoders made of it.
        terms: what it mentions.
        tokens: its centred tokens, ready for late interaction; None where that is off.
        attenuation: the factor by which the encoder's scores are smaller for the right passage of the other language.
    """

    language: Language
    pools: Mapping[Language, Pool]
    question: Question
    encoded: EncodedQuery
    terms: QuestionTerms
    tokens: QueryTokens | None
    attenuation: float

    @property
    def pool(self) -> Pool:
        """The passages."""
        return self.pools[self.language]

    @property
    def own_pool(self) -> Pool:
        """The passages of the query's own language, by whose statistics it is centred."""
        return self.pools[self.question.language]

    @property
    def is_across(self) -> bool:
        """Tell whether the query is in the other language."""
        return self.question.language != self.language

    @property
    def lost_across(self) -> float:
        """The factor by which the encoder's scores are smaller here than for the query's own language."""
        return self.attenuation if self.is_across else 1.0

    @property
    def passages(self) -> int:
        """The number of passages in all languages, near-duplicates as one."""
        return count_passages(self.pools)

    @cached_property
    def centred(self) -> NDArray[np.float32]:
        """The query's embedding `(d,)`, centred on the queries of its own language."""
        return self.own_pool.space.centre_query(self.encoded.embedding)

    def standardised(self, products: Scores) -> Scores:
        """Inner products of passages with the centred query, as standard deviations above all of the language."""
        mean, deviation = self._moments
        return (products - mean) / deviation

    @cached_property
    def _moments(self) -> tuple[float, float]:
        return self.pool.space.moments(self.centred)


def count_passages(pools: Mapping[Language, Pool]) -> int:
    """The number of passages in all pools, near-duplicates as one."""
    return sum(pool.count(None) for pool in pools.values())
