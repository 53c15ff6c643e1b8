"""Several rankings ask for the scores of the same passages: each is computed once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from service.search.scoring import Scorer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from service.search.searcher import Asked

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]


def remembering(asked: Asked) -> Asked:
    """The same question, whose scorers remember what took long to compute."""
    scorers = {language: RememberingScorer(scorer) for language, scorer in asked.scorers.items()}
    return replace(asked, scorers=scorers)


class RememberingScorer(Scorer):
    """Scores as another scorer does, but no passage twice."""

    def __init__(self, scorer: Scorer) -> None:
        vars(self).update(vars(scorer))
        self._scores: dict[str, Scores] = {}

    def sentences(self, rows: Rows) -> Scores:
        """The scores of the embedding of each passage's best sentence `(n,)`."""
        return self._remembered("sentences", super().sentences, rows)

    def tokens(self, rows: Rows) -> Scores:
        """The scores of late interaction `(n,)`."""
        return self._remembered("tokens", super().tokens, rows)

    def second(self, rows: Rows) -> Scores:
        """The scores of each passage's best sentence by the second encoder `(n,)`."""
        return self._remembered("second", super().second, rows)

    def _remembered(self, signal: str, score: Callable[[Rows], Scores], rows: Rows) -> Scores:
        known = self._scores.setdefault(signal, np.full(len(self.pool), np.nan, np.float32))
        new = rows[np.isnan(known[rows])]
        if len(new):
            known[new] = score(new)
        return known[rows]
