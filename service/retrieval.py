"""A query's candidates in one language, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from service.records import ScoredPassage, Signals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer import Language
    from service.ranking import Weights
    from service.records import Ranking
    from service.scoring import Scorer, Scores

    Rows = NDArray[np.int64]

CANDIDATES = 100
"""How many passages of a language the second stage looks at by meaning, and half as many by terms."""
_STEP = 1e-6
"""What keeps passages beyond the candidates below them."""


class Retriever(Protocol):
    """Draws candidates from one language."""

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Ranking:
        """The best of the nearest `depth` passages, from the rows `among` or from all; of near-duplicates, the best."""


@dataclass(frozen=True, slots=True)
class FairRetriever:
    """Two stages: the nearest passages by embedding and by terms, then all signals for these.

    Passages beyond the candidates follow in the order of their dense scores, so a ranking can be as deep as one
    likes, and a deeper one begins as a shallower one does.
    """

    weights: Weights

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Ranking:
        """The best passages; a filter changes which, never their scores."""
        nearest = _nearest(scorer, max(depth, CANDIDATES), among)
        near, far = nearest[:CANDIDATES], nearest[CANDIDATES:]
        matched = self._matched(scorer, among)
        head = np.concatenate([near, matched[~np.isin(matched, near)]])
        signals = self._signals(scorer, head)
        weights = self.weights.focused(scorer.query.terms.focus)
        scores = [weights.score(found) for found in signals]
        dense = scorer.reach(self.weights.reach) * scorer.dense(nearest)
        beyond = self._beyond(dense, below=min(scores[: len(near)], default=0.0))
        fresh = ~np.isin(far, head)
        signals += [Signals(dense=float(score)) for score in dense[CANDIDATES:][fresh]]
        ranking = _ranking(scorer, np.concatenate([head, far[fresh]]), [*scores, *beyond[fresh]], signals, among)
        if len(nearest) == (len(scorer.pool) if among is None else len(among)):
            return ranking[: max(depth, 0)]
        # What has less than this may come after passages that were not looked at.
        least = beyond[-1] if len(beyond) else min(scores[: len(near)])
        return tuple(candidate for candidate in ranking if candidate.score >= least)[: max(depth, 0)]

    def _beyond(self, dense: Scores, *, below: float) -> NDArray[np.float64]:
        """The scores of the nearest passages beyond the candidates: in the order of their dense ones, all lower."""
        scores: NDArray[np.float64] = self.weights.semantic * dense.astype(np.float64)
        return scores[CANDIDATES:] + min(0.0, below - _STEP - float(scores[:CANDIDATES].min(initial=np.inf)))

    def _matched(self, scorer: Scorer, among: Rows | None) -> Rows:
        """The passages that share the rarest terms with the query."""
        if not self.weights.has_terms:
            return np.empty(0, np.int64)
        return scorer.pool.terms.search(scorer.query.terms.all, CANDIDATES // 2, among=among).rows

    def _signals(self, scorer: Scorer, rows: Rows) -> list[Signals]:
        """What speaks for each row, as far as it counts."""
        reach, weights = scorer.reach(self.weights.reach), self.weights
        columns: dict[str, Scores] = {"dense": reach * scorer.dense(rows)}
        if weights.sentences:
            columns["sentences"] = reach * scorer.sentences(rows)
        if weights.tokens and scorer.has_tokens:
            columns["tokens"] = scorer.token_reach(weights.reach) * scorer.tokens(rows)
        if weights.has_terms:
            columns |= scorer.terms(rows)
        return [
            Signals(**dict(zip(columns, map(float, values), strict=True)))
            for values in zip(*columns.values(), strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class PlainRetriever:
    """Scores by the encoder's cosine, standardised over the passages of all languages together: an order of cosines."""

    embeddings: Mapping[Language, NDArray[np.float32]]

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Ranking:
        """The `depth` best passages by cosine."""
        cosines = {language: matrix @ scorer.query.embedding for language, matrix in self.embeddings.items()}
        everything = np.concatenate(list(cosines.values()))
        rows = np.arange(len(scorer.pool)) if among is None else among
        scores = (cosines[scorer.language][rows] - everything.mean()) / max(float(everything.std()), 1e-6)
        if depth < len(scores):
            kept = scores >= np.partition(scores, -depth)[-depth]  # with all that equal the last
            rows, scores = rows[kept], scores[kept]
        return _ranking(scorer, rows, scores, [Signals(dense=float(score)) for score in scores], among)[:depth]


def _nearest(scorer: Scorer, depth: int, among: Rows | None) -> Rows:
    """The `depth` nearest rows by embedding; ids decide among equal ones, so that pages fit together."""
    pool, wanted = scorer.pool, depth + 1
    while True:
        found = pool.vectors.search(scorer.centred, wanted, among=among)
        if len(found.rows) < wanted or found.products[-1] < found.products[depth - 1]:
            order = sorted(
                range(len(found.rows)), key=lambda place: (-found.products[place], pool.ids[found.rows[place]])
            )
            return found.rows[order[:depth]]
        wanted *= 2


def _ranking(
    scorer: Scorer, rows: Rows, scores: Sequence[float] | Scores, signals: Sequence[Signals], among: Rows | None
) -> Ranking:
    """Scored passages, best first, equal ones by id; near-duplicates give way to the best of them."""
    pool = scorer.pool
    candidates = sorted(
        (
            ScoredPassage(float(score), passage_id, document_id, scorer.language, int(row), found)
            for row, score, found in zip(rows, scores, signals, strict=True)
            for passage_id, document_id in [pool.ids[row]]
        ),
        key=lambda candidate: (-candidate.score, candidate.id),
    )
    best: dict[int, ScoredPassage] = {}
    for candidate in candidates:
        best.setdefault(int(pool.twins[candidate.row]), candidate)
    return tuple(_with_twins(candidate, pool.twins_of(candidate.row), among) for candidate in best.values())


def _with_twins(candidate: ScoredPassage, twins: Rows, among: Rows | None) -> ScoredPassage:
    """Told which other passages, of those that pass the filter, it stands for."""
    found = twins if among is None else twins[np.isin(twins, among)]
    return replace(candidate, twins=tuple(map(int, found))) if len(found) else candidate
