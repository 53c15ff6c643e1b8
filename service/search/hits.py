"""The parts of hits besides the passage: its best sentence, where else it was printed, why it is where it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer import TOGETHER, dated_terms
from service.records import Counterpart, Explanation, Highlight, MatchedTerm
from service.search.query.question import TermRole
from service.search.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from indexer import Document, Language, Passage, Printing, Snapshot, TermGroup
    from service.records import ScoredPassage
    from service.search.scorer import Scorer

    Place = tuple[Language, int]
    Sentence = tuple[tuple[int, int], float]


MOST_PRINTINGS = 20
"""How many other articles are named that have nearly the same passage."""


class _Reprints(NamedTuple):
    """The other articles that have nearly the same passage: the ids of the first by id, and how many they are."""

    named: tuple[str, ...]
    total: int

    @classmethod
    def of(cls, snapshot: Snapshot, candidate: ScoredPassage) -> _Reprints:
        documents = snapshot.pools[candidate.language].documents
        others = np.unique(documents[np.array(candidate.twins, np.int64)])
        others = others[others != documents[candidate.row]]
        return cls(tuple(snapshot.documents.ids[number] for number in others[:MOST_PRINTINGS]), len(others))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The evidence that hits show of some candidates, read together.

    Attributes:
        passages: theirs, by place.
        documents: theirs, and those that tell the same story, by id.
        printings: the articles that are named for their near-duplicates, by id.
        scorers: the query's; empty where nothing was asked.
    """

    passages: Mapping[Place, Passage]
    documents: Mapping[str, Document]
    printings: Mapping[str, Printing]
    scorers: Mapping[Language, Scorer]
    _reprints: Mapping[Place, _Reprints]
    _counterparts: Mapping[str, Sequence[tuple[str, float]]]
    _sentences: Mapping[Place, Sentence | None]

    @classmethod
    def of(
        cls, snapshot: Snapshot, candidates: Sequence[ScoredPassage], scorers: Mapping[Language, Scorer]
    ) -> Evidence:
        """Read what a snapshot has of some candidates."""
        articles, places = snapshot.articles, _rows_by_language(candidates)
        reprints = {_place(candidate): _Reprints.of(snapshot, candidate) for candidate in candidates}
        counterparts = articles.counterpart_ids(dict.fromkeys(candidate.document_id for candidate in candidates))
        wanted = {*counterparts, *(other for others in counterparts.values() for other, _ in others)}
        return cls(
            passages={
                (language, row): passage
                for language, rows in places.items()
                for row, passage in zip(rows, articles.passages_at(language, rows), strict=True)
            },
            documents=articles.documents_of(sorted(wanted)),
            printings=articles.printings_of(
                sorted({identifier for others in reprints.values() for identifier in others.named})
            ),
            scorers=scorers,
            _reprints=reprints,
            _counterparts=counterparts,
            _sentences={
                (language, row): sentence
                for language, rows in places.items()
                if language in scorers
                for row, sentence in zip(rows, scorers[language].best_sentences(np.array(rows)), strict=True)
            },
        )

    def passage(self, candidate: ScoredPassage) -> Passage:
        """The candidate with its text."""
        return self.passages[_place(candidate)]

    def highlights(self, candidate: ScoredPassage, calibrate: Callable[[float], float]) -> tuple[Highlight, ...]:
        """The sentence of a passage that answers best, with the score of its passage less what it falls short of it.

        Args:
            candidate: the passage's place in the pool, and its score in deviations.
            calibrate: deviations to a score from 0 to 1.
        """
        best = self._sentences.get(_place(candidate))
        if best is None:
            return ()
        (start, end), shortfall = best
        first = self.passage(candidate).start
        return (Highlight(first + start, first + end, calibrate(candidate.score - shortfall)),)

    def also_in(self, candidate: ScoredPassage) -> tuple[Printing, ...]:
        """The other articles that have nearly the same passage: the first by id."""
        return tuple(self.printings[identifier] for identifier in self._reprints[_place(candidate)].named)

    def also_in_count(self, candidate: ScoredPassage) -> int:
        """The number of other articles that have nearly the same passage."""
        return self._reprints[_place(candidate)].total

    def counterparts(self, candidate: ScoredPassage) -> tuple[Counterpart, ...]:
        """The same story in the other language, likeliest first."""
        counterparts = self._counterparts[candidate.document_id]
        return tuple(Counterpart(self.documents[identifier], score) for identifier, score in counterparts)

    def explanation(self, candidate: ScoredPassage) -> Explanation | None:
        """The value of each signal, and the terms that matched, weightiest first; None where nothing was asked."""
        if candidate.language not in self.scorers:
            return None
        passage, document = self.passage(candidate), self.documents[candidate.document_id]
        present = set(dated_terms(f"{passage.context}\n{passage.text}", document.published))
        terms = self.scorers[candidate.language].asked.terms
        looked_up = terms.found[candidate.language]
        matched = []
        for (group, role), alternatives, weights in zip(
            terms.asked_of(candidate.language), looked_up.groups, looked_up.weights, strict=True
        ):
            worth = [
                weight
                for (term, _), weight in zip(alternatives, weights, strict=True)
                if present.issuperset(term.split(TOGETHER))
            ]
            if worth and role is not TermRole.NONE:
                matched.append(MatchedTerm(group.surface, _kind(group, role), max(worth)))
        matched.sort(key=lambda term: (-term.weight, term.text))
        signals = {name: candidate.signals.get(name) for name in SIGNALS}
        return Explanation(candidate.score, signals, tuple(matched))


def _kind(group: TermGroup, role: TermRole) -> str:
    return "gloss" if role is TermRole.GLOSSES else str(group.kind)


def _place(candidate: ScoredPassage) -> Place:
    return candidate.language, candidate.row


def _rows_by_language(candidates: Iterable[ScoredPassage]) -> dict[Language, list[int]]:
    rows: defaultdict[Language, list[int]] = defaultdict(list)
    for candidate in candidates:
        rows[candidate.language].append(candidate.row)
    return rows
