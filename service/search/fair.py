"""The fair ranking: two stages, of which the second looks at the best with every signal.

1. The nearest passages by embedding and by terms; near-duplicates collapse before the head is cut.
2. All signals for the head, once; they are fused to one score, comparable across languages.

The others follow in the order of their embeddings' scores, so a ranking can be as deep as one likes, and a deeper one
begins as a shallower one does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from service.records import AnswerFeatures
from service.search.candidates import Candidates
from service.search.first_stage import CANDIDATES, below, is_new, matched, nearest
from service.search.signals import BY_FIRST_ENCODER
from service.search.signals.dense import Dense
from service.search.signals.terms import TermScores
from service.search.signals.tokens import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from service.search.first_stage import Nearest
    from service.search.fusion import Weights
    from service.search.scorer import Scorer

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

HEAD = 48
"""How many of the candidates, the best by embedding and terms, all signals are worked out for."""
_NAMED = 1.0
"""Deviations that late interaction gives at least to a passage with the names of a query that is nothing but names: the
encoder knows few spellings, so that it says nothing against one."""


@dataclass(frozen=True, eq=False)
class FairRanking:
    """One language's passages by every signal that counts. A filter changes which come, never their scores.

    Attributes:
        scorer: the query's, in this language.
        weights: of the signals, for this query.
        among: the rows that pass its filters, ascending; None for all.
    """

    scorer: Scorer
    weights: Weights
    among: Rows | None

    @cached_property
    def count(self) -> int:
        """The number of passages there are to rank, near-duplicates as one."""
        return self.scorer.pool.count(self.among)

    def to(self, depth: int) -> Candidates:
        """The best of the nearest `depth` passages: the head, and behind it the others by embedding alone."""
        near, head = nearest(self.scorer, max(depth, CANDIDATES), self.among, self._near), self.head
        tail = self._tail(near, limit=head.scores.min(initial=0.0))
        ranked = head.before(tail).in_order()
        if len(near.rows) == self.count:
            return ranked.best(depth)
        # What has less than this may come after passages that were not looked at.
        return ranked.best(depth, least=(tail if len(tail) else head).scores.min())

    @cached_property
    def head(self) -> Candidates:
        """The best by embedding and terms, with all signals."""
        rows, dense, terms = self._first_stage()
        likely = self.weights.first_encoder * dense + self.weights.scores(terms.at(rows).columns, len(rows))
        order = np.argsort(-likely, kind="stable")
        best = np.sort(order[self.scorer.pool.first_of_each(rows[order])][:HEAD])
        rows, terms = rows[best], terms.at(rows[best])
        signals = {Dense.name: dense[best], **self._second_stage(rows, terms.named), **terms.columns}
        return Candidates(
            self.scorer.asked.language,
            self.scorer.pool,
            rows,
            self.weights.scores(signals, len(rows)),
            signals,
            terms.shared,
            self._features,
            self.among,
        )

    def _first_stage(self) -> tuple[Rows, Scores, TermScores]:
        """The rows that are near by embedding or terms `(n,)`, with their scores."""
        near, dense = self._near, self._dense_of(self._near)
        if not self.weights.has_terms:
            return near.rows, dense, TermScores.none(near.rows)
        rows, terms = matched(self.scorer, near, self.among)
        beside = self._reach * self.scorer.dense.scores(rows)
        return np.concatenate([near.rows, rows]), np.concatenate([dense, beside]), terms

    def _second_stage(self, rows: Rows, named: NDArray[np.bool_]) -> dict[str, Scores]:
        """The signals of the second stage that count, of some rows `(n,)`, of which these have all that is named."""
        signals = {}
        for signal in self.scorer.second_stage:
            if self.weights[signal.name]:
                scores = signal.scores(rows, self.weights.reach)
                says_nothing = named & (signal.name in BY_FIRST_ENCODER)
                signals[signal.name] = np.where(says_nothing, np.maximum(scores, _NAMED), scores)
        return signals

    @cached_property
    def _near(self) -> Nearest:
        return nearest(self.scorer, CANDIDATES, self.among)

    @property
    def _reach(self) -> float:
        return float(self.scorer.dense.lost_across**self.weights.reach)

    def _dense_of(self, near: Nearest) -> Scores:
        return self._reach * self.scorer.dense.of_products(near.products)

    @property
    def _features(self) -> AnswerFeatures:
        tokens = self.scorer.tokens if self.weights[Tokens.name] else None
        return AnswerFeatures(self.scorer.asked.passages, corpus=tokens.corpus if tokens else 0.0)

    def _tail(self, near: Nearest, limit: float) -> Candidates:
        """The near that aren't in the head, below a limit, by their embeddings' scores alone."""
        twins = self.scorer.pool.twins
        is_beyond = is_new(twins[near.rows], twins[self.head.rows])
        dense = self._dense_of(near)[is_beyond]
        unknown = np.full(len(dense), np.nan, np.float32)
        return replace(
            self.head,
            rows=near.rows[is_beyond],
            scores=below(self.weights.first_encoder * dense.astype(np.float64), limit),
            signals={**dict.fromkeys(self.head.signals, unknown), Dense.name: dense},
            shared=np.zeros_like(dense),
        )
