"""The passages' sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from service.search.query.pool_query import PoolQuery


@dataclass(frozen=True)
class Sentences:
    """The embedding of each passage's best sentence, in standard deviations above all passages of its language."""

    name: ClassVar[str] = "sentences"
    is_by_first_encoder: ClassVar[bool] = True
    _asked: PoolQuery

    @classmethod
    def of(cls, asked: PoolQuery) -> Self:
        """Every index has sentences."""
        return cls(asked)

    @property
    def lost_across(self) -> float:
        """The encoder's loss."""
        return self._asked.lost_across

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages' best sentences `(n,)`."""
        mean, _ = self._moments
        products = self._asked.pool.sentences.best_products(self.centred, rows)
        scores: NDArray[np.float32] = (products - mean) / self.deviation
        return scores

    @cached_property
    def centred(self) -> NDArray[np.float32]:
        """The query's embedding `(d,)` among sentences."""
        return self._asked.own_pool.sentence_space.centre_query(self._asked.encoded.embedding)

    @property
    def deviation(self) -> float:
        """The standard deviation of inner products over the passages of the language."""
        return self._moments[1]

    @cached_property
    def _moments(self) -> tuple[float, float]:
        return self._asked.pool.sentence_space.moments(self.centred)
