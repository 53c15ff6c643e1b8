"""The second encoder's opinion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer import SecondIndex
    from service.search.query.pool_query import PoolQuery


@dataclass(frozen=True, slots=True)
class SecondEncoder:
    """The best sentence of each passage by the second encoder, in standard deviations above the reference text.

    It loses nothing across languages that would have to be made up for.
    """

    name: ClassVar[str] = "second"
    is_by_first_encoder: ClassVar[bool] = False
    lost_across: ClassVar[float] = 1.0
    _index: SecondIndex
    _query: NDArray[np.float32]

    @classmethod
    def of(cls, asked: PoolQuery) -> Self | None:
        """The signal; None where the index keeps no second opinion, or the query has none."""
        index, own = asked.pool.second, asked.own_pool.second
        if index is None or own is None or not len(asked.encoded.second):
            return None
        return cls(index, own.space.centre_query(asked.encoded.second))

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages' best sentences `(n,)`."""
        return self._index.scores(self._query, rows)
