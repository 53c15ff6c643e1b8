"""The values of the read path. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer import Document, Language, Passage, PassageFilter, Printing

if TYPE_CHECKING:
    from collections.abc import Mapping


class RankingMethod(StrEnum):
    """The ways in which passages of two languages come into one order."""

    FAIR = "fair"
    """Every signal, each comparable across languages (docs/relevance.md)."""
    PLAIN = "plain"
    """The encoder's own cosine over all passages, as everybody does it: to compare."""


class GroupBy(StrEnum):
    """The unit that a hit is."""

    PASSAGE = "passage"
    DOCUMENT = "document"
    """Each article once, with its best passage."""


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    PUBLISHED = "published"
    """Only the relevant ones, newest first; those without a date last."""


@dataclass(frozen=True, slots=True)
class Query:
    """A user's query: `k` hits from `offset` on, from passages of `languages` that pass `wanted`."""

    text: str
    k: int = 10
    offset: int = 0
    ranking: RankingMethod = RankingMethod.FAIR
    languages: tuple[Language, ...] = tuple(Language)
    wanted: PassageFilter = field(default_factory=PassageFilter)
    group_by: GroupBy = GroupBy.PASSAGE
    min_score: float = 0.0
    explain: bool = False
    sort: Sort = Sort.RELEVANCE

    @property
    def is_filtered(self) -> bool:
        """Tell whether the query leaves out passages that its text might find."""
        return bool(self.wanted) or not set(Language) <= set(self.languages)


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """Facts about an answer, by its first hit: on these hangs how likely a passage with some score is relevant.

    Attributes:
        passages: how many there are to choose from.
        missing: numbers, dates and names of the query that the first hit lacks, in nats.
        shared: words of the query that it has, or translations of them; also the numbers, dates and names of a query
            that is little else. In nats.
        corpus: how much better the passages of its language match the query, on the whole, than text on anything.
    """

    passages: int
    missing: float = 0.0
    shared: float = 0.0
    corpus: float = 0.0


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A candidate: its id, its document's, where its language's pool has it, and how far it stands above the others.

    `score` counts standard deviations, so that scores of two languages can be compared. `signals` says what it is made
    of: the signals that were looked at, by name (`service.search.signals`). `features` are those of an answer in which
    it is the first hit. `twins` are the rows of the passages with nearly the same text that it stands for.
    """

    score: float
    id: str
    document_id: str
    language: Language
    row: int
    signals: Mapping[str, float] = field(default_factory=dict, hash=False)
    features: AnswerFeatures = AnswerFeatures(0)
    twins: tuple[int, ...] = ()


Ranking = tuple[ScoredPassage, ...]
"""Candidates, best first; equal scores by id."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """The sentence of a passage that answers best, in code points of its document, with a score from 0 to 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A term of the query that a passage has, as the query writes it, and what it is worth in nats."""

    text: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit is where it is."""

    deviations: float
    signals: Mapping[str, float | None]
    """By name; None where one wasn't looked at."""
    matched: tuple[MatchedTerm, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The same story in the other language, with a score from 0 to 1."""

    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A result as a user sees it: a passage, the article it is from, its 1-based rank, and its score from 0 to 1."""

    rank: int
    score: float
    passage: Passage
    document: Document
    highlights: tuple[Highlight, ...] = ()
    also_in: tuple[Printing, ...] = ()
    """Other articles in the same language with nearly the same passage: the first by id."""
    also_in_count: int = 0
    """How many they are in all."""
    counterparts: tuple[Counterpart, ...] = ()
    explanation: Explanation | None = None


class TotalRelation(StrEnum):
    """The relation of a total to what there is: exactly it, or a lower bound."""

    EQ = "eq"
    GTE = "gte"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that articles have, None where they state none, and how many relevant hits have it."""

    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of the relevant hits. A hit counts for each source and each month in which it was printed."""

    language: tuple[FacetValue, ...] = ()
    """Most first."""
    source: tuple[FacetValue, ...] = ()
    """Most first, unknown last."""
    month: tuple[FacetValue, ...] = ()
    """Of publication, as 2023-09: oldest first, unknown last."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of relevant hits, whichever page of them is shown, and their facets."""

    total: int = 0
    relation: TotalRelation = TotalRelation.EQ
    facets: Facets = field(default_factory=Facets)
