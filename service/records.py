"""The values of the read path. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from indexer import Document, Language, Passage, PassageFilter


class RankingMethod(StrEnum):
    """How passages of two languages come into one order."""

    FAIR = "fair"
    """Centred and standardised per language (docs/relevance.md)."""
    PLAIN = "plain"
    """The encoder's own cosine over all passages, as everybody does it: to compare."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asks: `k` hits from `offset` on, from passages of `languages` that pass `wanted`."""

    text: str
    k: int = 10
    offset: int = 0
    ranking: RankingMethod = RankingMethod.FAIR
    languages: tuple[Language, ...] = tuple(Language)
    wanted: PassageFilter = field(default_factory=PassageFilter)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A candidate: its id, its document's, where its language's index has it, and how far it stands above the others.

    `score` counts standard deviations, so that scores of two languages can be compared.
    """

    score: float
    id: str
    document_id: str
    language: Language
    row: int


Ranking = tuple[ScoredPassage, ...]
"""Candidates, best first; equal scores by id."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a user sees: a passage, the article it is from, its 1-based rank, and its score from 0 to 1."""

    rank: int
    score: float
    passage: Passage
    document: Document
