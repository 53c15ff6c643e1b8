"""A query's candidates in one language, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar, overload

import numpy as np

from service.records import ScoredPassage, Signals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer import Language, Neighbours, Pool, Snapshot
    from service.search.ranking import Weights
    from service.search.scoring import Scorer, Scores

    Rows = NDArray[np.int64]
    Columns = Mapping[str, NDArray[np.floating]]

CANDIDATES = 100
"""How many passages of a language are drawn by meaning, and half as many by terms."""
LOOKED_AT = 48
"""How many of these, the best by embedding and terms, all signals are worked out for."""
_NAMED = 1.0
"""Deviations that late interaction gives at least to a passage with the names of a query that is nothing but names: the
encoder knows few spellings, so that it says nothing against one."""
_STEP = 1e-6
"""What keeps passages beyond the candidates below them."""
_DEEPER = 4
"""How many times as deep the nearest are searched for when more are wanted."""
_LOOKED_AT_ONLY = frozenset({"sentences", "tokens", "second"})
"""Signals that are unknown beyond these."""
_WHOLE_TEXT = frozenset({"sentences", "tokens"})
"""What the first encoder says of the candidates that are looked at."""
_Float = TypeVar("_Float", np.float32, np.float64)


class Retriever(Protocol):
    """Draws candidates from one language."""

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Candidates:
        """The best of the nearest `depth` passages, from the rows `among` or from all; near-duplicates are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates(Sequence[ScoredPassage]):
    """Passages of one language, best first. They are columns: each becomes a value when it is looked at.

    Attributes:
        language: theirs.
        pool: where their rows are.
        rows: `(n,)`.
        scores: `(n,)`, descending.
        signals: `(n,)` by name; NaN where one wasn't looked at.
        among: the rows that pass the query's filter, ascending; None for all.
    """

    language: Language
    pool: Pool
    rows: Rows
    scores: NDArray[np.float64]
    signals: Columns
    among: Rows | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls, scorer: Scorer, rows: Rows, scores: NDArray[np.float64], signals: Columns, among: Rows | None
    ) -> Candidates:
        """Best first, equal ones by id; near-duplicates give way to the best of them."""
        pool = scorer.pool
        ids, order = pool.ids, np.argsort(-scores, kind="stable")
        if (np.diff(scores[order]) == 0).any():
            order = np.array(sorted(order.tolist(), key=lambda place: (-scores[place], ids[rows[place]])), np.int64)
        kept = order[pool.first_of_each(rows[order])]
        columns = {name: column[kept] for name, column in signals.items()}
        return cls(scorer.language, pool, rows[kept], scores[kept], columns, among)

    def best(self, depth: int, *, least: float = -np.inf) -> Candidates:
        """The first, at most so many, with at least this score."""
        end = min(max(depth, 0), int(np.searchsorted(-self.scores, -least, side="right")))
        columns = {name: column[:end] for name, column in self.signals.items()}
        return Candidates(self.language, self.pool, self.rows[:end], self.scores[:end], columns, self.among)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> ScoredPassage: ...
    @overload
    def __getitem__(self, place: slice) -> list[ScoredPassage]: ...
    def __getitem__(self, place: int | slice) -> ScoredPassage | list[ScoredPassage]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        row = int(self.rows[place])
        found = {name: float(column[place]) for name, column in self.signals.items()}
        signals = Signals(**{name: value for name, value in found.items() if value == value})  # noqa: PLR0124 - NaN
        twins = tuple(self.twins_of(row).tolist())
        return ScoredPassage(float(self.scores[place]), *self.pool.ids[row], self.language, row, signals, twins)

    def twins_of(self, row: int) -> Rows:
        """The other passages, of those that pass the filter, that a row stands for."""
        twins = self.pool.twins_of(row)
        if self.among is None or not len(twins):
            return twins
        places = np.minimum(np.searchsorted(self.among, twins), max(len(self.among) - 1, 0))
        passing: Rows = twins[self.among[places] == twins]
        return passing


@dataclass(frozen=True, slots=True)
class FairRetriever:
    """Two stages: the nearest passages by embedding and by terms, then all signals for the best of these.

    Near-duplicates take one place in either: the nearest of them, and the one that shares the rarest terms.
    The others follow in the order of their dense scores, so a ranking can be as deep as one likes, and a deeper one
    begins as a shallower one does.
    """

    weights: Weights

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Candidates:
        """The best passages; a filter changes which, never their scores."""
        weights = self.weights.focused(scorer.query.terms.focus)
        nearest, products = _nearest(scorer, max(depth, CANDIDATES), among)
        dense = scorer.reach(weights.reach) * scorer.dense_of(products)
        head, scores, signals = self._looked_at(scorer, nearest[:CANDIDATES], dense[:CANDIDATES], weights, among)
        is_beyond = _is_new(scorer.pool.twins[nearest], scorer.pool.twins[head])
        beyond, dense = nearest[is_beyond], dense[is_beyond]
        beyond_scores = _below(weights.semantic * dense.astype(np.float64), scores.min(initial=0.0))
        found = Candidates.of(
            scorer,
            np.concatenate([head, beyond]),
            np.concatenate([scores, beyond_scores]),
            {name: _filled(column, name, dense) for name, column in signals.items()},
            among,
        )
        if len(nearest) == scorer.pool.count(among):
            return found.best(depth)
        # What has less than this may come after passages that were not looked at.
        return found.best(depth, least=beyond_scores[-1] if len(beyond) else scores.min())

    def _looked_at(
        self, scorer: Scorer, near: Rows, dense: Scores, weights: Weights, among: Rows | None
    ) -> tuple[Rows, NDArray[np.float64], Columns]:
        """The candidates that are looked at with every signal, their scores and signals."""
        drawn = near
        terms: dict[str, Scores] = {}
        named = np.zeros(len(near), np.bool_)
        if weights.has_terms:
            found = scorer.term_scores(near)
            matched = found.best(CANDIDATES // 2, among, scorer.pool.twins if scorer.pool.has_reprints else None)
            matched = matched[_is_new(matched, near)]
            drawn = np.concatenate([near, matched])
            dense = np.concatenate([dense, scorer.reach(weights.reach) * scorer.dense(matched)])
            terms, named = found.at(drawn), found.names(drawn)
        likely = weights.semantic * dense + _weighted(terms, weights)
        order = np.argsort(-likely, kind="stable")
        best = np.sort(order[scorer.pool.first_of_each(drawn[order])][:LOOKED_AT])
        signals = {"dense": dense[best], **self._semantic(scorer, drawn[best], weights)}
        for name in _WHOLE_TEXT & signals.keys():
            signals[name] = np.where(named[best], np.maximum(signals[name], _NAMED), signals[name])
        signals |= {name: column[best] for name, column in terms.items()}
        return drawn[best], _weighted(signals, weights), signals

    def _semantic(self, scorer: Scorer, rows: Rows, weights: Weights) -> dict[str, Scores]:
        """The encoders' signals of each row beside that of its embedding, as far as they count."""
        signals = {}
        if weights.sentences:
            signals["sentences"] = scorer.reach(weights.reach) * scorer.sentences(rows)
        if weights.tokens and scorer.has_tokens:
            signals["tokens"] = scorer.token_reach(weights.reach) * scorer.tokens(rows)
            signals["corpus"] = np.full(len(rows), scorer.corpus, np.float32)
        if weights.second and scorer.has_second:
            signals["second"] = scorer.second(rows)
        return signals


class PlainRetriever:
    """Scores by the encoder's cosine, standardised over the passages of all languages together: an order of cosines.

    Near-duplicates count once. All embeddings are multiplied once, so that a retriever serves one query, however often
    it is drawn from.
    """

    def __init__(self, snapshot: Snapshot, query: NDArray[np.float32]) -> None:
        """A retriever for a query, whose embedding by the encoder is `(d,)`."""
        self._snapshot = snapshot
        self._query = query

    def retrieve(self, scorer: Scorer, depth: int, among: Rows | None) -> Candidates:
        """The `depth` best passages by cosine."""
        scores = self._scores[scorer.language]
        rows = np.arange(len(scores)) if among is None else among
        scores = scores[rows]
        if depth < scorer.pool.count(among):
            limit = np.partition(_best_of_each(scorer.pool, rows, scores), -depth)[-depth]
            kept = scores >= limit  # with all that equal the last
            rows, scores = rows[kept], scores[kept]
        return Candidates.of(scorer, rows, scores.astype(np.float64), {"dense": scores}, among).best(depth)

    @cached_property
    def _scores(self) -> dict[Language, Scores]:
        """The standardised cosine of every passage `(n,)`, by language."""
        pools = self._snapshot.pools
        cosines = {language: matrix @ self._query for language, matrix in self._snapshot.embeddings.items()}
        everything = np.concatenate([cosines[language][pools[language].representatives] for language in cosines])
        mean, deviation = everything.mean(), max(float(everything.std()), 1e-6)
        return {language: (of_language - mean) / deviation for language, of_language in cosines.items()}


def _best_of_each(pool: Pool, rows: Rows, scores: Scores) -> Scores:
    """The best score of each group of near-duplicates among some rows, in no order."""
    if not pool.has_reprints:
        return scores
    best = np.full(len(pool), -np.inf, np.float32)
    np.maximum.at(best, pool.twins[rows], scores)
    return best[best > -np.inf]


def _nearest(scorer: Scorer, depth: int, among: Rows | None) -> tuple[Rows, Scores]:
    """The `depth` nearest rows by embedding, one of each group of near-duplicates, with their products.

    They are searched for in steps, and what a step finds stands behind what the one before found: so pages fit
    together in an index that isn't exact, too, which finds nearer ones when it is asked for many.
    """
    step = CANDIDATES
    rows, products = _search(scorer, step, among)
    while len(rows) < depth and len(rows) == step:
        step *= _DEEPER
        found, their_products = _search(scorer, step, among)
        new = ~np.isin(scorer.pool.twins[found], scorer.pool.twins[rows])
        rows = np.concatenate([rows, found[new]])[:step]
        products = np.concatenate([products, _below(their_products[new], products[-1])])[:step]
    return rows[:depth], products[:depth]


def _search(scorer: Scorer, depth: int, among: Rows | None) -> tuple[Rows, Scores]:
    """The `depth` nearest rows as the index finds them, the nearest of each group of near-duplicates.

    Where some of a group are among them, others come from one row of each group: so however many copies a text has, no
    more than twice as many rows are found. Which of the copies is nearest is known of those that were found.
    """
    pool = scorer.pool
    found = pool.vectors.search(scorer.centred, depth + 1, among=among)
    if len(pool.first_of_each(found.rows)) == len(found.rows):
        return _in_order(scorer, found, depth, among)
    ones = pool.one_of_each(among)
    rows, products = _in_order(scorer, pool.vectors.search(scorer.centred, depth + 1, among=ones), depth, ones)
    rows, products = np.concatenate([rows, found.rows]), np.concatenate([products, found.products])
    order = np.argsort(-products, kind="stable")
    order = order[pool.first_of_each(rows[order])][:depth]
    return rows[order], products[order]


def _in_order(scorer: Scorer, found: Neighbours, depth: int, among: Rows | None) -> tuple[Rows, Scores]:
    """The first `depth` of the nearest rows; ids decide among equal ones, so that pages fit."""
    pool, wanted = scorer.pool, depth + 1
    while len(found.rows) == wanted and found.products[-1] == found.products[depth - 1]:
        wanted *= 2
        found = pool.vectors.search(scorer.centred, wanted, among=among)
    if (np.diff(found.products) < 0).all():
        return found.rows[:depth], found.products[:depth]
    order = sorted(range(len(found.rows)), key=lambda place: (-found.products[place], pool.ids[found.rows[place]]))
    return found.rows[order[:depth]], found.products[order[:depth]]


def _is_new(rows: Rows, others: Rows) -> NDArray[np.bool_]:
    """Tell of each row `(n,)` whether it isn't among a few others."""
    new: NDArray[np.bool_] = ~(rows[:, None] == others).any(axis=1)
    return new


def _weighted(signals: Columns, weights: Weights) -> NDArray[np.float64]:
    """The weighted sum of signals `(n,)`."""
    counted = [getattr(weights, name, 0.0) * column.astype(np.float64) for name, column in signals.items()]
    total: NDArray[np.float64] = np.sum(counted, axis=0) if counted else np.zeros(1)
    return total


def _below(scores: NDArray[_Float], limit: float) -> NDArray[_Float]:
    """Descending scores, moved below a limit where the first isn't."""
    return scores + min(0.0, limit - _STEP - float(scores.max(initial=-np.inf)))


def _filled(column: Scores, name: str, dense: Scores) -> NDArray[np.float64]:
    """A signal's column with what lies beyond the candidates, of which only the dense scores are known."""
    if name == "dense":
        return np.concatenate([column, dense])
    return np.concatenate([column, np.full(len(dense), np.nan if name in _LOOKED_AT_ONLY else 0.0)])
