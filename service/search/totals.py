"""The relevant candidates: their number, their facets, and the newest of them. The same whichever page is shown.

A candidate is relevant where its score reaches a threshold (docs/decisions/0013-counting-what-is-relevant.md), or where
it has the exact words that were asked for, whatever its score. Those
of a language are counted exactly where all signals were worked out for one that isn't relevant: all behind it stand
below it. Else they are counted as far down as `COUNTED`, which is a lower bound.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from service.records import Counts, GroupBy, TotalRelation
from service.search.candidates import first_of_documents
from service.search.facets import facets_of
from service.search.first_stage import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indexer import Language, Origin, Snapshot
    from service.records import Ranking
    from service.search.candidates import Candidates, Rankings

    Test = Callable[[float], bool]

RELEVANT = 0.2
"""The least score, 0 to 1, of what counts as relevant."""
COUNTED = 1000
"""How deep candidates of a language are counted where all that were looked at are relevant."""
_PRINTINGS = 10_000
"""How many reprints of the relevant hits are counted by source and month at most, those of the best hits first."""


class _Place(NamedTuple):
    """The place of a candidate among those of its language."""

    language: Language
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class Relevant:
    """The relevant candidates of a query, each one hit, best first.

    Attributes:
        is_exact: whether they are all; else there may be more.
    """

    is_exact: bool
    _candidates: Mapping[Language, Candidates]
    _hits: Sequence[_Place]
    _origins: Sequence[Sequence[Origin]]
    """Of each hit, first its own article's, then those of its reprints."""

    @classmethod
    def of(cls, rankings: Rankings, is_relevant: Test | None, group_by: GroupBy, snapshot: Snapshot) -> Relevant:
        """The relevant candidates of a query.

        Args:
            rankings: its candidates.
            is_relevant: whether a score in deviations is high enough; None where every score is.
            group_by: what a hit is.
            snapshot: where they are from.
        """
        for depth in (CANDIDATES, COUNTED):
            candidates = rankings.to(depth)
            counts = {language: _count(ranking, is_relevant) for language, ranking in candidates.items()}
            is_exact = all(
                rankings.is_whole(language, depth)
                if is_relevant is None
                else _is_exact(ranking, counts[language], is_whole=rankings.is_whole(language, depth))
                for language, ranking in candidates.items()
            )
            if is_exact:
                break
        hits = _ranked(candidates, counts)
        if group_by is GroupBy.DOCUMENT:
            hits = list(first_of_documents(hits, lambda hit: candidates[hit.language].document(hit.place)))
        printings = _printings(candidates, hits)
        origins = iter(snapshot.documents.origins([document for printed in printings for document in printed]))
        by_hit = [list(islice(origins, len(printed))) for printed in printings]
        return cls(is_exact and rankings.is_complete, candidates, hits, by_hit)

    def counts(self) -> Counts:
        """The number of the relevant hits, and their facets."""
        languages = (hit.language for hit in self._hits)
        return Counts(
            total=len(self._hits),
            relation=TotalRelation.EQ if self.is_exact else TotalRelation.GTE,
            facets=facets_of(list(zip(languages, self._origins, strict=True))),
        )

    def newest(self, offset: int, k: int) -> Ranking:
        """So many of them, newest first; those of a day as they rank; those without a date last."""
        days = [first.published for first, *_ in self._origins]
        order = sorted(range(len(days)), key=lambda at: -day.toordinal() if (day := days[at]) else 0)
        shown = [self._hits[at] for at in order[offset : offset + k]]
        return tuple(self._candidates[hit.language][hit.place] for hit in shown)


def _ranked(candidates: Mapping[Language, Candidates], counts: Mapping[Language, int]) -> list[_Place]:
    """The first so many candidates of each language, best first; ids are looked up only where scores are equal."""
    scores = {language: ranking.scores.tolist() for language, ranking in candidates.items()}
    places = [_Place(language, place) for language, count in counts.items() for place in range(count)]
    places.sort(key=lambda hit: -scores[hit.language][hit.place])
    below = [-scores[hit.language][hit.place] for hit in places]
    if any(one == following for one, following in pairwise(below)):
        places.sort(key=lambda hit: (-scores[hit.language][hit.place], candidates[hit.language].id(hit.place)))
    return places


def _printings(candidates: Mapping[Language, Candidates], hits: Sequence[_Place]) -> list[list[int]]:
    """The articles of each hit: first its own, then those that reprint it; of all, a bounded number of these."""
    printings, left = [], _PRINTINGS
    for language, place in hits:
        ranking = candidates[language]
        twins = ranking.twins_of(int(ranking.rows[place]))[:left]
        left -= len(twins)
        reprints = ranking.pool.documents[twins].tolist()
        printings.append(list(dict.fromkeys([ranking.document(place), *reprints])))
    return printings


def _count(candidates: Candidates, is_relevant: Test | None) -> int:
    """Count the relevant candidates, which are the first so many."""
    if is_relevant is None:
        return len(candidates)
    return bisect_left(candidates.scores, True, key=lambda score: not is_relevant(float(score)))


def _is_exact(candidates: Candidates, count: int, *, is_whole: bool) -> bool:
    """Tell whether surely only the first `count` are relevant: the next one was looked at, or there is no other."""
    if count < len(candidates):
        return candidates.was_looked_at(count)
    return is_whole and (count == 0 or candidates.was_looked_at(count - 1))
