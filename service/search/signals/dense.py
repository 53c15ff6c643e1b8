"""The passages' embeddings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from service.search.query.pool_query import PoolQuery


@dataclass(frozen=True, slots=True)
class Dense:
    """The embedding of each passage, in standard deviations above all passages of its language.

    s(x) = (q'·x' - m(q)) / σ(q), where q' and x' are centred on the queries and passages of their own languages.
    """

    name: ClassVar[str] = "dense"
    is_by_first_encoder: ClassVar[bool] = True
    _asked: PoolQuery

    @classmethod
    def of(cls, asked: PoolQuery) -> Self:
        """Every index has embeddings."""
        return cls(asked)

    @property
    def lost_across(self) -> float:
        """The encoder's loss."""
        return self._asked.lost_across

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of the passages' embeddings `(n,)`."""
        return self.of_products(self._asked.pool.vectors.products(self._asked.centred, rows))

    def of_products(self, products: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same of passages whose inner products with the centred query are known."""
        return self._asked.standardised(products)
