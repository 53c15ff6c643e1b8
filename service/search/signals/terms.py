"""The numbers, dates, names and words of a query that passages have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from indexer import Language, best_matches
from service.search.query.question import TermRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from service.search.query.pool_query import PoolQuery

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

DRAWING = (TermRole.NUMBERS, TermRole.DATES, TermRole.NAMES, TermRole.WORDS)
"""The roles of the terms that draw candidates."""
COUNTED = (*DRAWING, TermRole.GLOSSES)
MISSING = "missing"
"""The signal of the numbers, dates and names of the query that a passage lacks: it counts against it."""
TERM_SIGNALS = (*map(str, COUNTED), MISSING)
_WHOLE_NAME = 0.75
"""The share of a name's weight from which on a passage has all of it, in one writing or another."""
_EXPECTED = 0.75
"""The share of the words that its language's best passage has which a passage is expected to have, too: it loses what
it lacks of them, and the other language, where words are translations, gives away a quarter only."""
_PAIR = 0.5
"""As how much of a word a pair of characters counts among the words that are shared: in text, a word is about two."""


class TermScores(NamedTuple):
    """The scores that terms give some rows, in nats: how rare the terms are that a passage shares with the query.

    Attributes:
        rows: `(n,)`, ascending.
        drawing: `(n,)`, by which they draw candidates.
        columns: `(n,)` for each of `TERM_SIGNALS`.
        shared: `(n,)`, the words of the query that each has: they count for the answer's score, not for a place in it.
        named: `(n,)`, the rows that have every name of a query which is nothing but names.
    """

    rows: Rows
    drawing: NDArray[np.float64]
    columns: Mapping[str, Scores]
    shared: Scores
    named: NDArray[np.bool_]

    @classmethod
    def none(cls, rows: Rows) -> Self:
        """The scores of rows whose terms don't count."""
        zeros = np.zeros(len(rows), np.float32)
        return cls(np.sort(rows), zeros.astype(np.float64), {}, zeros, np.zeros(len(rows), np.bool_))

    def at(self, rows: Rows) -> TermScores:
        """The scores of some of the rows, in their order."""
        places = np.searchsorted(self.rows, rows)
        columns = {name: column[places] for name, column in self.columns.items()}
        return TermScores(rows, self.drawing[places], columns, self.shared[places], self.named[places])

    def best(self, k: int, among: Rows | None, twins: Rows | None = None) -> Rows:
        """The k rows that share the rarest terms with the query, from the rows `among` or from all.

        With `twins`, for each row of the index the lowest with nearly the same text, the best of each such group alone.
        """
        return best_matches(self.rows, self.drawing, k, among, twins).rows


class Terms:
    """The terms of a query, looked up among the passages of a language.

    Terms of all languages count as they are, those of one language against its best passage.
    """

    def __init__(self, asked: PoolQuery) -> None:
        self._language = asked.language
        self._terms = asked.terms
        self._found = asked.terms.found[asked.language]

    def scores(self, rows: Rows) -> TermScores:
        """The scores of some rows, and of those that terms draw."""
        terms = self._terms
        everywhere, added = self._found.scores(rows)
        attainable, least = self._found.attainable(terms.shares), self._least_of_names
        columns = {role: np.zeros(len(everywhere)) for role in COUNTED}
        missing, named = np.zeros(len(everywhere)), np.full(len(everywhere), bool(least))
        for number, scores in enumerate(added):
            role = terms.roles[number] if number < len(terms.roles) else TermRole.GLOSSES
            if role in columns:
                columns[role] += scores
            if number < len(terms.sure) and terms.sure[number]:
                missing += attainable[number] - scores
            if number in least:
                named &= scores >= least[number]
        drawing = sum((columns[role] for role in DRAWING), start=np.zeros(len(everywhere)))
        shared = self._shared(columns)
        columns[TermRole.WORDS] = columns[TermRole.WORDS] - _EXPECTED * columns[TermRole.WORDS].max(initial=0.0)
        typed = {str(role): column.astype(np.float32) for role, column in columns.items()}
        typed[MISSING] = missing.astype(np.float32)
        return TermScores(everywhere, drawing, typed, shared.astype(np.float32), named)

    @property
    def _least_of_names(self) -> dict[int, float]:
        """The least that each name which tells who is meant adds where a passage has it, by group.

        Empty where there is no such name, or no passage has one of them.
        """
        weights = self._found.weights
        least = {name: _WHOLE_NAME * max(weights[name], default=0.0) for name in self._terms.telling_names.tolist()}
        return least if all(least.values()) else {}

    def _shared(self, columns: Mapping[TermRole, NDArray[np.float64]]) -> NDArray[np.float64]:
        """The query's words that each of n rows has, or translations of them, in nats `(n,)`.

        With the fourth power of their share of the query, its numbers, dates and names count as words.
        """
        telling = columns[TermRole.NUMBERS] + columns[TermRole.DATES] + columns[TermRole.NAMES]
        of_word = _PAIR if self._language is Language.ZH else 1.0
        words = of_word * columns[TermRole.WORDS] + columns[TermRole.GLOSSES]
        shared: NDArray[np.float64] = words + self._terms.focus**4 * telling
        return shared
