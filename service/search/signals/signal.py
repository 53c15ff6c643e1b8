"""The protocol of a signal, and its scores, each computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from service.search.query.pool_query import PoolQuery

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]


class Signal(Protocol):
    """A reason for a passage, asked by one query of one language's passages; comparable across languages.

    Attributes:
        name: weights, explanations and the interfaces know it by.
        is_by_first_encoder: it weighs with the embeddings by which candidates are drawn, and like these says nothing
            against a passage with the names of a query that is nothing but names.
    """

    name: ClassVar[str]
    is_by_first_encoder: ClassVar[bool]

    @classmethod
    def of(cls, asked: PoolQuery) -> Self | None:
        """The signal of a query; None where the index or the query has nothing for it, in all languages alike."""

    @property
    def lost_across(self) -> float:
        """The factor, 1 or more, by which the right passage of the other language stands out less; 1 in the query's."""

    def scores(self, rows: Rows) -> Scores:
        """The scores of some passages `(n,)`, in standard deviations: finite, 0 says nothing.

        A passage's is the same with whichever others it is asked for.
        """


@dataclass(frozen=True, slots=True)
class Remembered:
    """A signal that works out no passage twice, however many rankings ask for it."""

    signal: Signal
    _scores: dict[int, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The signal's name."""
        return self.signal.name

    def scores(self, rows: Rows, reach: float) -> Scores:
        """The scores of some passages `(n,)`; those of the other language brought up by the power `reach` of a loss."""
        asked = rows.tolist()
        new = [row for row in asked if row not in self._scores]
        if new:
            scores = self.signal.scores(np.array(new, np.int64))
            if not np.isfinite(scores).all():
                raise ValueError(f"the signal {self.name} has scores that are no numbers")
            self._scores.update(zip(new, scores.tolist(), strict=True))
        return np.array([self._scores[row] for row in asked], np.float32) * np.float32(self.signal.lost_across**reach)
