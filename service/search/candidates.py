"""The candidates for a query: passages of one language, best first, and those of all languages."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar, overload

import numpy as np

from service.records import ScoredPassage
from service.search.signals.terms import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from indexer import Language, Pool
    from service.records import AnswerFeatures, Ranking

    Rows = NDArray[np.int64]
    Columns = Mapping[str, NDArray[np.floating]]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Candidates(Sequence[ScoredPassage]):
    """Passages of one language, best first. They are columns: each becomes a value when it is looked at.

    Attributes:
        language: theirs.
        pool: where their rows are.
        rows: `(n,)`.
        scores: `(n,)`, descending.
        signals: `(n,)` by name; NaN where one wasn't looked at.
        shared: `(n,)`, the words of the query that each has, in nats.
        features: what an answer would be in which one were first, but for what the passage itself has.
        among: the rows that pass the query's filter, ascending; None for all.
    """

    language: Language
    pool: Pool
    rows: Rows
    scores: NDArray[np.float64]
    signals: Columns
    shared: NDArray[np.floating]
    features: AnswerFeatures
    among: Rows | None = field(default=None, repr=False)

    def in_order(self) -> Candidates:
        """The same, best first, equal ones by id; near-duplicates give way to the best of them."""
        ids, order = self.pool.ids, np.argsort(-self.scores, kind="stable")
        if (np.diff(self.scores[order]) == 0).any():
            order = np.array(sorted(order.tolist(), key=lambda at: (-self.scores[at], ids[self.rows[at]])), np.int64)
        return self.at(order[self.pool.first_of_each(self.rows[order])])

    def before(self, others: Candidates) -> Candidates:
        """These, and others of the same ranking behind them."""
        signals = {name: np.concatenate([column, others.signals[name]]) for name, column in self.signals.items()}
        rows, scores = np.concatenate([self.rows, others.rows]), np.concatenate([self.scores, others.scores])
        shared = np.concatenate([self.shared, others.shared])
        return replace(self, rows=rows, scores=scores, signals=signals, shared=shared)

    def best(self, depth: int, *, least: float = -np.inf) -> Candidates:
        """The first, at most so many, with at least this score."""
        return self.at(slice(min(max(depth, 0), int(np.searchsorted(-self.scores, -least, side="right")))))

    def at(self, places: NDArray[np.int64] | slice) -> Candidates:
        """Some of them."""
        signals = {name: column[places] for name, column in self.signals.items()}
        rows, scores, shared = self.rows[places], self.scores[places], self.shared[places]
        return replace(self, rows=rows, scores=scores, signals=signals, shared=shared)

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
        values = {name: float(column[place]) for name, column in self.signals.items()}
        signals = {name: value for name, value in values.items() if value == value}  # noqa: PLR0124 - NaN
        features = replace(self.features, missing=signals.get(MISSING, 0.0), shared=float(self.shared[place]))
        twins = tuple(self.twins_of(row).tolist())
        return ScoredPassage(
            float(self.scores[place]), *self.pool.ids[row], self.language, row, signals, features, twins
        )

    def id(self, place: int) -> tuple[str, str]:
        """The ids of the passage and of its document."""
        return self.pool.ids[int(self.rows[place])]

    def document(self, place: int) -> int:
        """The number of the passage's document."""
        return int(self.pool.documents[self.rows[place]])

    def was_looked_at(self, place: int) -> bool:
        """Tell whether every signal was worked out for one."""
        return not any(np.isnan(column[place]) for column in self.signals.values())

    def twins_of(self, row: int) -> Rows:
        """The other passages, of those that pass the filter, that a row stands for."""
        twins = self.pool.twins_of(row)
        if self.among is None or not len(twins):
            return twins
        places = np.minimum(np.searchsorted(self.among, twins), max(len(self.among) - 1, 0))
        passing: Rows = twins[self.among[places] == twins]
        return passing


class PoolRanking(Protocol):
    """The passages of one language, ranked for one query, as deep as one likes."""

    @property
    def count(self) -> int:
        """The number of passages there are to rank, near-duplicates as one."""

    def to(self, depth: int) -> Candidates:
        """The best of the nearest `depth` passages."""


@dataclass(frozen=True, slots=True, eq=False)
class Rankings:
    """The rankings of all languages of a query.

    Attributes:
        of_language: the passages of each.
        is_complete: these have all that pass the query's filters; else there may be more, less likely ones.
    """

    of_language: Mapping[Language, PoolRanking]
    is_complete: bool = True
    _ranked: dict[int, dict[Language, Candidates]] = field(default_factory=dict)

    def to(self, depth: int) -> dict[Language, Candidates]:
        """The best of the nearest `depth` passages of each language; ranked once."""
        if depth not in self._ranked:
            self._ranked[depth] = {language: ranking.to(depth) for language, ranking in self.of_language.items()}
        return self._ranked[depth]

    def merged(self, depth: int) -> Iterator[ScoredPassage]:
        """These in one order."""
        return merged(self.to(depth).values())

    def is_whole(self, language: Language, depth: int) -> bool:
        """Tell whether a language has no more than `depth` passages."""
        return depth >= self.of_language[language].count

    def are_settled(self, first: Ranking, wanted: int, depth: int) -> bool:
        """Tell whether the first `wanted` hits of so deep a ranking stay what they are, however deep one looks."""
        unfinished = [ranking for language, ranking in self.to(depth).items() if not self.is_whole(language, depth)]
        return is_settled(first, wanted, unfinished)


def merged(rankings: Iterable[Iterable[ScoredPassage]]) -> Iterator[ScoredPassage]:
    """Rankings in one order: best first, equal ones by id, so that no order of rankings matters."""
    return heapq.merge(*rankings, key=place_of)


def is_settled(first: Ranking, wanted: int, unfinished: Sequence[Sequence[ScoredPassage]]) -> bool:
    """Tell whether the first `wanted` hits stay what they are, since what else the rankings have stands behind them.

    Where near-duplicates are one hit, or passages of a document are, there may be enough hits of one language before
    the better ones of the other were looked at.
    """
    if not unfinished:
        return True
    return len(first) >= wanted and all(place_of(first[wanted - 1]) <= place_of(ranking[-1]) for ranking in unfinished)


def first_of_documents(ranking: Iterable[T], document_of: Callable[[T], Hashable]) -> Iterator[T]:
    """Each document once, where its best passage is."""
    seen: set[Hashable] = set()
    for one in ranking:
        if (document := document_of(one)) not in seen:
            seen.add(document)
            yield one


def place_of(candidate: ScoredPassage) -> tuple[float, str]:
    """Best first, equal ones by id."""
    return -candidate.score, candidate.id
