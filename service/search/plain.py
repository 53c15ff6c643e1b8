"""The plain ranking: the encoder's cosine, as everybody does it, to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from service.search.candidates import Candidates
from service.search.signals.dense import Dense

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Language, Pool, Snapshot
    from service.records import AnswerFeatures

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]


def standardised_cosines(snapshot: Snapshot, query: NDArray[np.float32]) -> dict[Language, Scores]:
    """The cosine of every passage `(n,)` with a query `(d,)`, by language: an order of cosines, whatever the language.

    In standard deviations over the passages of all languages together; near-duplicates count once.
    """
    pools = snapshot.pools
    cosines = {language: matrix @ query for language, matrix in snapshot.embeddings.items()}
    everything = np.concatenate([cosines[language][pools[language].representatives] for language in cosines])
    mean, deviation = everything.mean(), max(float(everything.std()), 1e-6)
    return {language: (of_language - mean) / deviation for language, of_language in cosines.items()}


@dataclass(frozen=True, slots=True, eq=False)
class PlainRanking:
    """One language's passages by their cosine.

    Attributes:
        language: theirs.
        pool: the passages.
        cosines: `(n,)`, of all of them, standardised.
        among: the rows that pass the query's filters, ascending; None for all.
        features: those of an answer, whose first hit tells nothing more here.
    """

    language: Language
    pool: Pool
    cosines: Scores
    among: Rows | None
    features: AnswerFeatures

    @property
    def count(self) -> int:
        """The number of passages there are to rank, near-duplicates as one."""
        return self.pool.count(self.among)

    def to(self, depth: int) -> Candidates:
        """The `depth` best passages."""
        rows = np.arange(len(self.cosines)) if self.among is None else self.among
        scores = self.cosines[rows]
        if depth < self.count:
            limit = np.partition(self._best_of_each(rows, scores), -depth)[-depth]
            kept = scores >= limit  # with all that equal the last
            rows, scores = rows[kept], scores[kept]
        signals, shared = {Dense.name: scores}, np.zeros_like(scores)
        candidates = Candidates(
            self.language, self.pool, rows, scores.astype(np.float64), signals, shared, self.features, self.among
        )
        return candidates.in_order().best(depth)

    def _best_of_each(self, rows: Rows, scores: Scores) -> Scores:
        """The best score of each group of near-duplicates among some rows, in no order."""
        if not self.pool.has_reprints:
            return scores
        best = np.full(len(self.pool), -np.inf, np.float32)
        np.maximum.at(best, self.pool.twins[rows], scores)
        return best[best > -np.inf]
