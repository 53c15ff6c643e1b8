"""The requests that HTTP accepts and the answers that it gives: the shapes of the contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from indexer import Document, Language, Passage, PassageFilter
from service.records import Explanation, GroupBy, Hit, Query, RankingMethod, Sort, TotalRelation
from service.search.query.notes import NoteCode
from service.search.query.syntax import QuerySyntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.config import JsonDict

    from indexer import Manifest
    from service.overview import Overview
    from service.records import Counterpart, Facets
    from service.search.searcher import Answer

_EXAMPLE_OVERVIEW: JsonDict = {
    "generation": "20250917T083000000000Z",
    "documents": 2,
    "passages": {"zh": 6, "en": 6},
    "published": {"first": "2025-09-17", "last": "2025-09-17", "undated": 1},
    "sources": [{"value": "中国新闻网", "count": 1}],
    "source_count": 1,
    "unsourced": 1,
    "examples": {"zh": ["京津产业新城"], "en": ["1,849 projects"]},
}
_EXAMPLE_ANSWER: JsonDict = {
    "query": {
        "text": "武清区一般公共预算收入",
        "language": "zh",
        "exact": [],
        "excluded": [],
        "note": None,
        "note_zh": None,
        "note_code": None,
    },
    "hits": [
        {
            "rank": 1,
            "score": 0.93,
            "passage": {
                "id": "5f1c7f0e9d3a4b2c8e61",
                "text": "From January to July 2025, general public budget revenue reached 2.437 billion yuan.",
                "language": "en",
                "start": 120,
                "end": 204,
                "highlights": [{"start": 120, "end": 204, "score": 0.93}],
                "opening": "",
            },
            "document": {
                "id": "en-wuqing-new-town.md",
                "title": "Wuqing builds a new town between two cities",
                "source": "中国新闻网",
                "url": None,
                "published": "2025-09-17",
                "language": "en",
                "counterparts": [
                    {
                        "id": "zh-wuqing-new-town.md",
                        "title": "武清算账：夹在京津之间的新城",
                        "language": "zh",
                        "score": 0.97,
                    }
                ],
            },
            "also_in": [],
            "also_in_count": 0,
            "explanation": None,
        }
    ],
    "total": 1,
    "total_relation": "eq",
    "facets": {
        "language": [{"value": "en", "count": 1}],
        "source": [{"value": "中国新闻网", "count": 1}],
        "month": [{"value": "2025-09", "count": 1}],
    },
    "index": {"generation": "20260901T080000000000Z", "documents": 12, "passages": 48},
    "took_ms": 41.3,
}


def _something_to_find(query: str) -> str:
    """The query, if it can be asked."""
    if problem := QuerySyntax.of(query).problem:
        raise PydanticCustomError("query_syntax", "{problem}", {"problem": problem})
    return query


Text = Annotated[str, StringConstraints(min_length=0)]
"""Text that can be written as UTF-8: a constraint makes pydantic refuse half a surrogate pair."""
Question = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_something_to_find),
    Field(
        description='The question, in Chinese or English; `"exact words"` must appear, `-word` must not.',
        examples=["武清区一般公共预算收入", "companies from Beijing that came to Tianjin"],
    ),
]
_MOST_UNKNOWN = 5
"""Unknown fields that are named: a request of nothing else would get an answer many times its size."""


class _Request(BaseModel):
    """A request that refuses what it doesn't know: a misspelt filter would go unseen."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _name_the_known(cls, given: object) -> object:
        fields = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [name for name in given if name not in fields] if isinstance(given, dict) else []
        if unknown:
            error = PydanticCustomError("unknown", "is not known here. Use: {known}", {"known": ", ".join(fields)})
            raise ValidationError.from_exception_data(
                cls.__name__,
                [InitErrorDetails(type=error, loc=(name,), input=name) for name in unknown[:_MOST_UNKNOWN]],
            )
        return given


class SearchRequest(_Request):
    """A question in Chinese or English, and which passages may answer it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"query": "How much investment from Beijing has Binhai attracted in five years?", "k": 10},
                {"query": "武清区一般公共预算收入", "k": 5, "languages": ["en"]},
                {"query": '"智能网联公交" -武清'},
                {"query": "宝坻 智能网联公交", "sources": ["天津日报"], "published_from": "2023-01-01"},
                {"query": "天津港 集装箱吞吐量", "group_by": "document", "sort": "published"},
            ]
        },
    )

    query: Question
    k: int = Field(10, ge=1, description="How many hits.")
    offset: int = Field(0, ge=0, description="How many hits to pass over first.")
    ranking: RankingMethod = Field(RankingMethod.FAIR, description="`fair` across languages, or `plain` to compare.")
    languages: list[Language] = Field(
        default_factory=lambda: list(Language), min_length=1, description="Languages of the passages to find."
    )
    sources: list[Text] | None = Field(None, max_length=100, description="Only articles of these sources.")
    published_from: dt.date | None = Field(None, description="Only articles of this day or later.")
    published_to: dt.date | None = Field(None, description="Only articles of this day or earlier.")
    group_by: GroupBy = Field(
        GroupBy.PASSAGE, description="The kind of hits: `passage`, or `document` with its best one."
    )
    min_score: float = Field(0.0, ge=0, le=1, description="Only hits with at least this score.")
    explain: bool = Field(default=False, description="Say what each signal gave, and which terms matched.")
    sort: Sort = Field(
        Sort.RELEVANCE, description="`relevance`: best first; `published`: only the relevant hits, newest first."
    )

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError("published_from is later than published_to: exchange them")
        return self

    def to_query(self) -> Query:
        """The request as the value that the read path takes."""
        return Query(
            text=self.query,
            k=self.k,
            offset=self.offset,
            ranking=self.ranking,
            languages=tuple(dict.fromkeys(self.languages)),
            wanted=PassageFilter(
                tuple(self.sources) if self.sources is not None else None, self.published_from, self.published_to
            ),
            group_by=self.group_by,
            min_score=self.min_score,
            explain=self.explain,
            sort=self.sort,
        )


class SearchParameters(SearchRequest):
    """The same as the parameters of an address, where the question is called `q`."""

    query: Question = Field(alias="q")


class SimilarParameters(_Request):
    """The number of hits wanted that are like a passage or a document."""

    k: int = Field(10, ge=1, description="How many hits.")


class BatchRequest(_Request):
    """Several searches, answered together."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"searches": [{"query": "天津港 集装箱吞吐量"}, {"query": "budget of Wuqing", "k": 3}]}]
        },
    )

    searches: list[SearchRequest] = Field(min_length=1, description="Searches as `/v1/search` takes them.")


class QueryOut(BaseModel):
    """The query as it was understood."""

    text: str
    language: Language
    exact: list[str] = Field([], description="The words that stood in straight quotes: every hit has all of them.")
    excluded: list[str] = Field([], description="The words that stood behind a minus: no hit has any of them.")
    note: str | None = Field(None, description="A sentence on the question, such as that it is in Japanese.")
    note_zh: str | None = Field(None, description="The same in Chinese.")
    note_code: NoteCode | None = Field(None, description="The same for programs.")

    @classmethod
    def of(cls, text: str, answer: Answer) -> QueryOut:
        """A query as it is answered."""
        asked, note = QuerySyntax.of(text), answer.note
        return cls(
            text=text,
            language=answer.language,
            exact=list(asked.phrases),
            excluded=list(asked.excluded),
            note=note.english if note else None,
            note_zh=note.chinese if note else None,
            note_code=note.code if note else None,
        )

    def note_in(self, language: Language) -> str | None:
        """The note in an interface's language."""
        return self.note_zh if language is Language.ZH else self.note


class PassageOut(BaseModel):
    """A passage; `start` and `end` count Unicode code points in the document's text."""

    id: str
    text: str
    language: Language
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage) -> PassageOut:
        """A passage as it is answered."""
        return cls(**_fields_of_passage(passage))


class HighlightOut(BaseModel):
    """A sentence that answers; `start` and `end` count code points in the document's text, as its passage's do."""

    start: int
    end: int
    score: float


class FoundPassageOut(PassageOut):
    """A passage that was found, and its best sentence."""

    highlights: list[HighlightOut]
    opening: str = Field(
        "",
        description="The first words of the sentence that the passage goes on with, where one is too long for the "
        "model; else empty.",
    )


class DocumentOut(BaseModel):
    """The article that a passage is from. What it doesn't state is null."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: dt.date | None
    language: Language | None

    @classmethod
    def of(cls, document: Document) -> DocumentOut:
        """A document as it is answered."""
        return cls(**_fields_of_document(document))


class AlsoInOut(BaseModel):
    """Another article with nearly the same passage, in the same language."""

    id: str
    title: str
    source: str | None
    published: dt.date | None


class CounterpartOut(BaseModel):
    """The same story in the other language, and how sure that is, from 0 to 1."""

    id: str
    title: str
    language: Language | None
    score: float

    @classmethod
    def of(cls, counterpart: Counterpart) -> CounterpartOut:
        """A counterpart as it is answered."""
        document = counterpart.document
        return cls(id=document.id, title=document.title, language=document.language, score=round(counterpart.score, 4))


class FoundDocumentOut(DocumentOut):
    """The article that a hit is from."""

    counterparts: list[CounterpartOut]


class MatchedTermOut(BaseModel):
    """A term of the query that the passage has, and what it is worth in nats; 0 where it is too common to tell."""

    text: str
    kind: str
    weight: float


class ExplanationOut(BaseModel):
    """Why a hit is where it is.

    `deviations` is what `score` is made of. `signals` says what speaks for the passage: `dense`, `sentences` and
    `tokens` in standard deviations above the passages of its language, `second` (a second encoder's opinion) above
    passages on anything, the others in nats; null was not looked at.
    """

    deviations: float
    signals: dict[str, float | None]
    matched: list[MatchedTermOut]

    @classmethod
    def of(cls, explanation: Explanation) -> ExplanationOut:
        """An explanation as it is answered."""
        signals = {name: None if value is None else round(value, 3) for name, value in explanation.signals.items()}
        matched = [
            MatchedTermOut(text=term.text, kind=term.kind, weight=round(term.weight, 3)) for term in explanation.matched
        ]
        return cls(deviations=round(explanation.deviations, 3), signals=signals, matched=matched)


class HitOut(BaseModel):
    """A passage with its place in the ranking and its score from 0 to 1: how likely it is relevant."""

    rank: int
    score: float
    passage: FoundPassageOut
    document: FoundDocumentOut
    also_in: list[AlsoInOut] = Field(description="Other articles with nearly the same passage: the first by id.")
    also_in_count: int = Field(0, description="Their number in all.")
    explanation: ExplanationOut | None = Field(None, description="Only where it was asked for.")

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        """A hit as it is answered."""
        highlights = [
            HighlightOut(start=sentence.start, end=sentence.end, score=round(sentence.score, 4))
            for sentence in hit.highlights
        ]
        counterparts = [CounterpartOut.of(counterpart) for counterpart in hit.counterparts]
        return cls(
            rank=hit.rank,
            score=round(hit.score, 4),
            passage=FoundPassageOut(
                **_fields_of_passage(hit.passage), highlights=highlights, opening=hit.passage.opening
            ),
            document=FoundDocumentOut(**_fields_of_document(hit.document), counterparts=counterparts),
            also_in=[
                AlsoInOut(id=other.id, title=other.title, source=other.source, published=other.published)
                for other in hit.also_in
            ],
            also_in_count=hit.also_in_count,
            explanation=ExplanationOut.of(hit.explanation) if hit.explanation else None,
        )


class IndexOut(BaseModel):
    """The index that was searched."""

    generation: str
    documents: int
    passages: int

    @classmethod
    def of(cls, manifest: Manifest) -> IndexOut:
        """An index as it is answered."""
        return cls(
            generation=manifest.generation, documents=manifest.documents, passages=sum(manifest.passages.values())
        )


class FacetValueOut(BaseModel):
    """A value, null where articles state none, and how many relevant hits have it."""

    value: str | None
    count: int


class FacetsOut(BaseModel):
    """Counts of the relevant hits, under all filters.

    A hit counts for each source and month in which it was printed, as filters by them find it; so these counts may sum
    to more than `total`.
    """

    language: list[FacetValueOut] = Field(description="Of the passages, most first.")
    source: list[FacetValueOut] = Field(description="Of the articles, most first, null last.")
    month: list[FacetValueOut] = Field(description="Of publication, as 2023-09: oldest first, null last.")

    @classmethod
    def of(cls, facets: Facets) -> FacetsOut:
        """Facets as they are answered."""
        return cls.model_validate(asdict(facets))


class SearchResponse(BaseModel):
    """Ranked passages of both languages.

    `total` and `facets` are the same on every page. They count the relevant hits; by relevance, these come first, and
    others follow. Where exact words are asked for, whatever has them is relevant.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_ANSWER]})

    query: QueryOut
    hits: list[HitOut]
    total: int = Field(description="The number of relevant hits: documents with `group_by: document`, else passages.")
    total_relation: TotalRelation = Field(description="`eq`: there are `total`; `gte`: there are at least `total`.")
    facets: FacetsOut
    index: IndexOut
    took_ms: float

    @classmethod
    def of(cls, query: Query, answer: Answer, manifest: Manifest, took_ms: float) -> SearchResponse:
        """An answer as HTTP and the command line give it."""
        return cls(
            query=QueryOut.of(query.text, answer),
            hits=[HitOut.of(hit) for hit in answer.hits],
            total=answer.counts.total,
            total_relation=answer.counts.relation,
            facets=FacetsOut.of(answer.counts.facets),
            index=IndexOut.of(manifest),
            took_ms=round(took_ms, 1),
        )


class PublishedOut(BaseModel):
    """The days between which articles were published, null where none states one."""

    first: dt.date | None
    last: dt.date | None
    undated: int = Field(description="Articles that state no day.")


class SourceOut(BaseModel):
    """A source, and how many articles it has."""

    value: str
    count: int


class OverviewResponse(BaseModel):
    """The contents of the index, and questions to begin with."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_OVERVIEW]})

    generation: str
    documents: int
    passages: dict[Language, int] = Field(description="By language.")
    published: PublishedOut
    sources: list[SourceOut] = Field(description="Those with the most articles, at most eight.")
    source_count: int = Field(description="The number of sources.")
    unsourced: int = Field(description="Articles that state no source.")
    examples: dict[Language, list[str]] = Field(
        description="Questions in the articles' own words, at most four a language. Each finds the article that it is "
        "from among the first three; empty where there is no good one."
    )

    @classmethod
    def of(cls, overview: Overview) -> OverviewResponse:
        """An overview as it is answered."""
        fields = {name: getattr(overview, name) for name in cls.model_fields}
        sources = [SourceOut(value=source.value, count=source.count) for source in overview.sources if source.value]
        return cls.model_validate(fields | {"published": overview.published._asdict(), "sources": sources})


class BatchResponse(BaseModel):
    """The answers of a batch, in the order of its searches."""

    answers: list[SearchResponse]


class SimilarResponse(BaseModel):
    """The hits most like a passage or a document."""

    hits: list[HitOut]
    index: IndexOut


class ArticleOut(FoundDocumentOut):
    """A cleaned document with its passages, and the same story in the other language."""

    author: str | None
    text: str
    passages: list[PassageOut]

    @classmethod
    def with_passages(
        cls, document: Document, passages: list[Passage], counterparts: Sequence[Counterpart]
    ) -> ArticleOut:
        """A document as it is answered by itself."""
        return cls(
            **_fields_of_document(document),
            counterparts=[CounterpartOut.of(counterpart) for counterpart in counterparts],
            author=document.author,
            text=document.text,
            passages=[PassageOut.of(passage) for passage in passages],
        )


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = Field(None, description="The fields that are wrong, and why.")


class Status(BaseModel):
    """The state of the service: ok where it lives, ready where it answers."""

    status: str


def _fields_of_passage(passage: Passage) -> dict[str, Any]:
    return {name: getattr(passage, name) for name in PassageOut.model_fields}


def _fields_of_document(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in DocumentOut.model_fields}
