"""The first stage: the passages of one language nearest to a query, by embedding and by terms.

Near-duplicates take one place in either: the nearest of them, and the one that shares the rarest terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Neighbours
    from service.search.scorer import Scorer
    from service.search.signals.terms import TermScores

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

CANDIDATES = 100
"""How many passages of a language are drawn by meaning, and half as many by terms."""
_STEP = 1e-6
"""What keeps passages beyond the candidates below them."""
_DEEPER = 4
"""How many times as deep the nearest are searched for when more are wanted."""
Float = TypeVar("Float", np.float32, np.float64)


class Nearest(NamedTuple):
    """The nearest passages by embedding: rows `(n,)` and their inner products with the query `(n,)`, descending."""

    rows: Rows
    products: Scores

    def to(self, depth: int) -> Nearest:
        """The first of them."""
        return Nearest(self.rows[:depth], self.products[:depth])


def nearest(scorer: Scorer, depth: int, among: Rows | None, first: Nearest | None = None) -> Nearest:
    """The `depth` nearest rows by embedding, one of each group of near-duplicates.

    They are searched for in steps, and what a step finds stands behind what the one before found: so pages fit
    together in an index that isn't exact, too, which finds nearer ones when it is asked for many.

    Args:
        scorer: the query's, in a language.
        depth: how many.
        among: the rows that they may be; None for all.
        first: the first step's, where it was taken before.
    """
    step = CANDIDATES
    rows, products = first or _search(scorer, step, among)
    while len(rows) < depth and len(rows) == step:
        step *= _DEEPER
        deeper = _search(scorer, step, among)
        new = ~np.isin(scorer.pool.twins[deeper.rows], scorer.pool.twins[rows])
        rows = np.concatenate([rows, deeper.rows[new]])[:step]
        products = np.concatenate([products, below(deeper.products[new], products[-1])])[:step]
    return Nearest(rows, products).to(depth)


def matched(scorer: Scorer, near: Nearest, among: Rows | None) -> tuple[Rows, TermScores]:
    """The rows that share the rarest terms with the query and aren't near; and the terms of all that was drawn."""
    terms = scorer.terms.scores(near.rows)
    twins = scorer.pool.twins if scorer.pool.has_reprints else None
    rows = terms.best(CANDIDATES // 2, among, twins)
    return rows[is_new(rows, near.rows)], terms


def is_new(rows: Rows, others: Rows) -> NDArray[np.bool_]:
    """Tell of each row `(n,)` whether it isn't among a few others."""
    new: NDArray[np.bool_] = ~(rows[:, None] == others).any(axis=1)
    return new


def below(scores: NDArray[Float], limit: float) -> NDArray[Float]:
    """Descending scores, moved below a limit where the first isn't."""
    return scores + min(0.0, limit - _STEP - float(scores.max(initial=-np.inf)))


def _search(scorer: Scorer, depth: int, among: Rows | None) -> Nearest:
    """The `depth` nearest rows as the index finds them, the nearest of each group of near-duplicates.

    Where some of a group are among them, others come from one row of each group: so however many copies a text has, no
    more than twice as many rows are found. Which of the copies is nearest is known of those that were found.
    """
    pool, query = scorer.pool, scorer.asked.centred
    neighbours = pool.vectors.search(query, depth + 1, among=among)
    if len(pool.first_of_each(neighbours.rows)) == len(neighbours.rows):
        return _in_order(scorer, neighbours, depth, among)
    texts = pool.one_of_each(among)
    rows, products = _in_order(scorer, pool.vectors.search(query, depth + 1, among=texts), depth, texts)
    rows, products = np.concatenate([rows, neighbours.rows]), np.concatenate([products, neighbours.products])
    order = np.argsort(-products, kind="stable")
    order = order[pool.first_of_each(rows[order])][:depth]
    return Nearest(rows[order], products[order])


def _in_order(scorer: Scorer, neighbours: Neighbours, depth: int, among: Rows | None) -> Nearest:
    """The first `depth` of the nearest rows; ids decide among equal ones, so that pages fit."""
    pool, wanted = scorer.pool, depth + 1
    while len(neighbours.rows) == wanted and neighbours.products[-1] == neighbours.products[depth - 1]:
        wanted *= 2
        neighbours = pool.vectors.search(scorer.asked.centred, wanted, among=among)
    rows, products = neighbours.rows, neighbours.products
    if not (np.diff(products) < 0).all():
        order = sorted(range(len(rows)), key=lambda place: (-products[place], pool.ids[rows[place]]))
        rows, products = rows[order], products[order]
    return Nearest(rows, products).to(depth)
