"""The service's answers as frozen values. Fields that a newer service adds are passed over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Query:
    """The question as it was understood.

    Attributes:
        exact: what stood in straight quotes, so that every hit has all of it.
        excluded: what stood behind a minus, so that no hit has any of it.
        note: what is to be said of the question, such as that its language isn't served; None where there is nothing.
        note_zh: the same in Chinese.
        note_code: the same for programs: `language`, `nothing` or `partial`.
    """

    text: str
    language: Language
    exact: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    note: str | None = None
    note_zh: str | None = None
    note_code: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document; `start` and `end` count code points in the document's text, as Python's indexes do."""

    id: str
    text: str
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A sentence that answers, in code points of its document, and how well, from 0 to 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class FoundPassage(Passage):
    """A passage that was found, and its best sentence."""

    highlights: tuple[Highlight, ...]
    opening: str = ""
    """The first words of the sentence that the passage goes on with, where one is too long for the model."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The same story in the other language, and how sure that is, from 0 to 1."""

    id: str
    title: str
    language: Language | None
    score: float


@dataclass(frozen=True, slots=True)
class Document:
    """An article. What it doesn't state is None."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: dt.date | None
    language: Language | None
    counterparts: tuple[Counterpart, ...]


@dataclass(frozen=True, slots=True)
class Article(Document):
    """A whole article with its passages."""

    author: str | None
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """Another article with nearly the same passage, in the same language."""

    id: str
    title: str
    source: str | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A term of the question that a passage has, and what it is worth in nats."""

    text: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The shares that signals and terms have in a score (docs/how-it-works.md)."""

    deviations: float
    signals: dict[str, float | None]
    matched: tuple[MatchedTerm, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its place in the ranking and its score from 0 to 1: how likely it is relevant."""

    rank: int
    score: float
    passage: FoundPassage
    document: Document
    also_in: tuple[AlsoIn, ...] = ()
    also_in_count: int = 0
    explanation: Explanation | None = None

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The places of the best sentences in the passage's text, `(start, end)` in code points."""
        first = self.passage.start
        return tuple((sentence.start - first, sentence.end - first) for sentence in self.passage.highlights)

    @property
    def best_sentence(self) -> str:
        """The sentence that answers best; empty where none was marked."""
        start, end = next(iter(self.sentences), (0, 0))
        return self.passage.text[start:end]


@dataclass(frozen=True, slots=True)
class Index:
    """The index that was searched."""

    generation: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Count:
    """The number of hits with a value; None counts those whose articles state none."""

    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The distribution of all that was found, not only of the hits that are shown."""

    language: tuple[Count, ...]
    source: tuple[Count, ...]
    month: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The first and the last day that articles state, None where none does, and how many state none."""

    first: dt.date | None
    last: dt.date | None
    undated: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source, and how many articles it has."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The contents of the index, and questions to begin with.

    Attributes:
        generation: of the index; another one has been published where it changes.
        documents: how many articles.
        passages: how many, by language.
        published: the days of the articles.
        sources: those with the most articles.
        source_count: how many sources there are.
        unsourced: how many articles state none.
        examples: questions by language, in the articles' own words; each finds the article that it is from.
    """

    generation: str
    documents: int
    passages: dict[Language, int]
    published: Published
    sources: tuple[Source, ...]
    source_count: int
    unsourced: int
    examples: dict[Language, tuple[str, ...]]
