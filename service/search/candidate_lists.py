"""A query's candidates in all of its languages, drawn as deep as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Language
    from service.records import ScoredPassage
    from service.search.first_stage import Candidates, Retriever
    from service.search.scoring import Scorer


Ranked = TypeVar("Ranked")


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """The candidates that a retriever finds for one query. What was drawn once isn't drawn again.

    Attributes:
        retriever: ranks the passages of one language.
        scorers: the query's.
        among: the rows of each language that it may find; None for all.
        is_complete: these are all that pass its filters; else there may be more, less likely ones.
    """

    retriever: Retriever
    scorers: Mapping[Language, Scorer]
    among: Mapping[Language, NDArray[np.int64] | None]
    is_complete: bool = True
    _drawn: dict[int, dict[Language, Candidates]] = field(default_factory=dict)

    def candidates(self, depth: int) -> dict[Language, Candidates]:
        """The best of the nearest `depth` passages of each language."""
        if depth not in self._drawn:
            self._drawn[depth] = {
                language: self.retriever.retrieve(self.scorers[language], depth, rows)
                for language, rows in self.among.items()
            }
        return self._drawn[depth]

    def is_whole(self, language: Language, depth: int) -> bool:
        """Tell whether a language has no more than `depth` passages to draw from, near-duplicates as one."""
        return depth >= self.scorers[language].pool.count(self.among[language])

    def unfinished(self, depth: int) -> list[Candidates]:
        """The candidates of those languages that have more."""
        return [found for language, found in self.candidates(depth).items() if not self.is_whole(language, depth)]

    def first(self, depth: int) -> ScoredPassage | None:
        """The best of all languages."""
        found = [candidates[0] for candidates in self.candidates(depth).values() if len(candidates)]
        return min(found, key=place_of, default=None)


def first_of_documents(ranking: Iterable[Ranked], document_of: Callable[[Ranked], Hashable]) -> Iterator[Ranked]:
    """Each document once, where its best passage is."""
    seen: set[Hashable] = set()
    for one in ranking:
        if (document := document_of(one)) not in seen:
            seen.add(document)
            yield one


def place_of(candidate: ScoredPassage) -> tuple[float, str]:
    """Best first, equal ones by id."""
    return -candidate.score, candidate.id
