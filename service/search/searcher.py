"""The whole read path, top to bottom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from heapq import merge as merged
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from indexer import (
    Glossary,
    Language,
    PassageFilter,
    Precision,
    QueryTokens,
    TokenEncoder,
    WordFilter,
    load_encoder,
    load_second_encoder,
    open_snapshot,
)
from service.records import Counterpart, Counts, GroupBy, Hit, RankingMethod, Sort
from service.search.candidate_lists import Draw, first_of_documents, place_of
from service.search.first_stage import CANDIDATES, FairRetriever, PlainRetriever
from service.search.hits import Evidence
from service.search.more_like_this import similar_rankings
from service.search.query.encoder import REMEMBERED_BYTES, QueryEncoder
from service.search.query.notes import Note, note_on
from service.search.query.question import EncodedQuestion, Question, QuestionTerms
from service.search.ranking import WITH_TOKENS, WITHOUT_TOKENS, Weights, likelihood, merge
from service.search.scoring import Scorer
from service.search.totals import RELEVANT, Relevant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Document, Encoder, Passage, SecondEncoder, Snapshot
    from service.records import Query, Ranking, ScoredPassage
    from service.search.first_stage import Retriever

_document_of = attrgetter("document_id")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question, and what scores the passages of each language for it.

    Attributes:
        filters: by language, which passages have its exact words and none that it excludes; empty where it has neither.
    """

    question: Question
    scorers: Mapping[Language, Scorer]
    filters: Mapping[Language, WordFilter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query, the language it was taken to be in, how many hits are relevant, and a note on it."""

    language: Language
    hits: tuple[Hit, ...]
    counts: Counts
    note: Note | None = None


class Searcher:
    """Answers queries from a snapshot with the encoders that made it. Safe to use from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        *,
        second: SecondEncoder | None = None,
        late_interaction: bool = True,
        query_cache: int = REMEMBERED_BYTES,
    ) -> None:
        """A searcher.

        Args:
            snapshot: what is searched; it is closed with the searcher.
            encoder: the one that made it.
            second: its second encoder, where that one's opinion is wanted; left alone where the snapshot keeps none.
            late_interaction: rank by tokens, where there are some.
            query_cache: bytes for queries that were asked lately.

        Raises:
            SnapshotMismatch: the snapshot was made by other encoders.
        """
        snapshot.check_analyzer()
        snapshot.check_encoder(encoder)
        if snapshot.manifest.second_encoder is None:
            second = None
        if second is not None:
            snapshot.check_second_encoder(second)
        self.snapshot = snapshot
        self._tokens = snapshot.token_reference if late_interaction and isinstance(encoder, TokenEncoder) else None
        self._queries = QueryEncoder(
            encoder, with_tokens=self._tokens is not None, second=second, remembered_bytes=query_cache
        )
        self.weights = WITH_TOKENS if self._tokens else WITHOUT_TOKENS
        self._glossary = Glossary.open()  # the last that may fail: nothing is left open then
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="terms")  # starts when it is needed
        self._passages = sum(pool.count(None) for pool in snapshot.pools.values())

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        late_interaction: bool = True,
        second_opinion: bool = True,
        query_cache: int = REMEMBERED_BYTES,
        precision: Precision = Precision.INT8,
        threads: int | None = None,
        announce: Callable[[str], None] = lambda _: None,
    ) -> Searcher:
        """Open an index and load the encoders that its manifest names.

        Raises:
            SnapshotError: the index is missing, damaged, or was made by another encoder.
            EncoderError: its encoder can't be loaded.
        """
        with ExitStack() as opened:
            snapshot = opened.enter_context(closing(open_snapshot(directory)))
            model = snapshot.manifest.encoder.model
            encoder = load_encoder(model, precision=precision, threads=threads, announce=announce)
            second = load_second_encoder(announce) if second_opinion and snapshot.manifest.second_encoder else None
            searcher = cls(snapshot, encoder, second=second, late_interaction=late_interaction, query_cache=query_cache)
            opened.pop_all()
            return searcher

    def close(self) -> None:
        """End the threads, and let go of the snapshot and the dictionary; searches have to have ended.

        Closing twice is closing once.
        """
        self._queries.close()
        self._beside.shutdown()
        self._glossary.close()
        self.snapshot.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(self, query: Query) -> Answer:
        """Answer a query.

        Raises:
            EncoderError: its text is longer than the encoder reads.
        """
        return self.answer(query, self.ask([query.text])[0])

    def answer(self, query: Query, asked: Asked) -> Answer:
        """Answer a query that was encoded, with others perhaps."""
        question = asked.question
        if question.asks_nothing:
            return Answer(question.language, (), Counts(), note_on(question, is_complete=True))
        draw = self._draw(query, asked)
        note = note_on(question, is_complete=draw.is_complete)
        first = self._first(query, asked, draw)
        if first is None:
            return Answer(question.language, (), Counts(), note)
        relevant = Relevant.of(draw, self._is_counted(query, question, first), query.group_by, self.snapshot)
        if query.sort is Sort.PUBLISHED:
            shown = relevant.newest(query.offset, query.k)
        else:
            shown = self._best(query, draw, first)[query.offset :]
        hits = self._hits(shown, first, query.offset, asked.scorers, explain=query.explain)
        return Answer(question.language, hits, relevant.counts(), note)

    def _is_counted(self, query: Query, question: Question, first: ScoredPassage) -> Callable[[float], bool] | None:
        """Tells which scores, in deviations, are counted; None for all, since exact words were asked for."""
        least = query.min_score if question.phrases else max(RELEVANT, query.min_score)
        return (lambda deviations: self.score(deviations, first=first) >= least) if least else None

    def ask(self, texts: Sequence[str]) -> list[Asked]:
        """Encode queries, many at once, and make them ready to be scored.

        Raises:
            EncoderError: a text is longer than the encoder reads.
        """
        questions = [Question.of(text) for text in texts]
        terms = [self._beside.submit(self._terms, question) for question in questions]
        queries = self._queries.encode([question.text for question in questions])
        encoded = (
            EncodedQuestion(
                question,
                query.embedding,
                self._tokens.spaces[question.language].centre_query(query.tokens) if self._tokens else None,
                query.second if len(query.second) else None,
                of_question.result(),
            )
            for question, query, of_question in zip(questions, queries, terms, strict=True)
        )
        return [self._asked(query) for query in encoded]

    def _asked(self, query: EncodedQuestion) -> Asked:
        question, scorers = query.question, self._scorers(query)
        if not question.phrases and not question.excluded:
            return Asked(question, scorers)
        words = question.phrases, question.excluded
        filters = {
            language: WordFilter(self.snapshot, language, *words, scorer.likeliest)
            for language, scorer in scorers.items()
        }
        return Asked(question, scorers, filters)

    def _terms(self, question: Question) -> QuestionTerms:
        """A question's terms: looked up while it is encoded, which leaves the interpreter idle."""
        indexes = {language: pool.terms for language, pool in self.snapshot.pools.items()}
        return QuestionTerms.of(question.text, question.language, indexes, self._glossary)

    def rank(self, query: Query, asked: Asked, *, weights: Weights | None = None) -> Ranking:
        """The first `offset + k` candidates of all languages that are relevant enough.

        Args:
            query: what is asked for.
            asked: its text, encoded.
            weights: others than usual, as experiments have them.
        """
        draw = self._draw(query, asked, weights)
        first = self._first(query, asked, draw)
        return self._best(query, draw, first) if first else ()

    def _draw(self, query: Query, asked: Asked, weights: Weights | None = None) -> Draw:
        retriever: Retriever = FairRetriever(weights or self.weights)
        if query.ranking is RankingMethod.PLAIN:
            retriever = PlainRetriever(self.snapshot, asked.scorers[asked.question.language].query.embedding)
        return self._filtered(retriever, query, asked)

    def _filtered(self, retriever: Retriever, query: Query, asked: Asked) -> Draw:
        """A draw from the rows that pass a query's filter, have its exact words and none that it excludes."""
        among: dict[Language, NDArray[np.int64] | None] = {
            language: self.snapshot.rows(language, query.wanted) if query.wanted else None
            for language in query.languages
        }
        found = {language: asked.filters[language].rows(among[language]) for language in among if asked.filters}
        among |= {language: filtered.rows for language, filtered in found.items()}
        return Draw(retriever, asked.scorers, among, is_complete=all(one.is_complete for one in found.values()))

    def _first(self, query: Query, asked: Asked, draw: Draw) -> ScoredPassage | None:
        """The best of all that the question finds, filters or not: so no filter changes a score."""
        if query.is_filtered:
            everything = replace(query, languages=tuple(Language), wanted=PassageFilter())
            draw = self._filtered(draw.retriever, everything, asked)
        return draw.first(CANDIDATES)

    def _best(self, query: Query, draw: Draw, first: ScoredPassage) -> Ranking:
        """The first `offset + k` candidates that are relevant enough."""
        wanted = query.offset + query.k
        depth = max(wanted, CANDIDATES)
        while True:
            ranking: Iterable[ScoredPassage] = merged(*draw.candidates(depth).values(), key=place_of)
            if query.group_by is GroupBy.DOCUMENT:
                ranking = first_of_documents(ranking, _document_of)
            found = tuple(islice(ranking, wanted))
            unfinished = draw.unfinished(depth)
            if not unfinished or _is_settled(found, wanted, unfinished):
                return tuple(one for one in found if self.score(one.score, first=first) >= query.min_score)
            depth *= 2

    def similar(self, identifier: str, k: int) -> tuple[Hit, ...] | None:
        """The k passages most like a passage, or documents most like a document; None where there is no such id."""
        articles = self.snapshot.articles
        place = articles.passage_place(identifier)
        places = [place] if place else articles.places_of(identifier)
        if not places:
            return None if articles.document(identifier) is None else ()
        depth = k
        while True:
            rankings = similar_rankings(self.snapshot, places, depth, reach=self.weights.reach)
            ranking = merge(rankings.values(), len(rankings) * depth)
            if place is None:
                ranking = tuple(first_of_documents(ranking, _document_of))
            unfinished = [found for found in rankings.values() if len(found) == depth]
            if not unfinished or _is_settled(ranking, k, unfinished):
                return self._hits(ranking[:k], ranking[0]) if ranking else ()
            depth *= 2

    def document(self, document_id: str) -> tuple[Document, list[Passage]] | None:
        """A document with its passages."""
        document = self.snapshot.articles.document(document_id)
        return (document, self.snapshot.articles.passages_of(document_id)) if document else None

    def counterparts(self, document_id: str) -> tuple[Counterpart, ...]:
        """The same story in the other language."""
        return tuple(Counterpart(*found) for found in self.snapshot.articles.counterparts_of(document_id))

    def _scorers(self, query: EncodedQuestion) -> dict[Language, Scorer]:
        snapshot = self.snapshot
        tokens = (
            QueryTokens(query.tokens, self._tokens.quantizer) if self._tokens and query.tokens is not None else None
        )
        return {
            language: Scorer(language, snapshot.pools, query, attenuation=snapshot.attenuation, query_tokens=tokens)
            for language in Language
        }

    def score(self, deviations: float, *, first: ScoredPassage) -> float:
        """The likelihood, 0 to 1, that a candidate with a score is relevant, given the first of its ranking."""
        return likelihood(deviations, self._passages, first.signals)

    def _hits(
        self,
        shown: Ranking,
        first: ScoredPassage,
        offset: int = 0,
        scorers: Mapping[Language, Scorer] | None = None,
        *,
        explain: bool = False,
    ) -> tuple[Hit, ...]:
        """Candidates with all that is shown; without scorers, nothing is highlighted.

        Args:
            shown: these.
            first: the best of all.
            offset: how many stand before them.
            scorers: the query's.
            explain: say why they are where they are.
        """
        evidence = Evidence.of(self.snapshot, shown, scorers or {})
        return tuple(
            Hit(
                rank=rank,
                score=self.score(candidate.score, first=first),
                passage=evidence.passage(candidate),
                document=evidence.documents[candidate.document_id],
                highlights=evidence.highlights(candidate, partial(self.score, first=first)),
                also_in=evidence.also_in(candidate),
                also_in_count=evidence.also_in_count(candidate),
                counterparts=evidence.counterparts(candidate),
                explanation=evidence.explanation(candidate) if explain else None,
            )
            for rank, candidate in enumerate(shown, offset + 1)
        )


def _is_settled(found: Ranking, wanted: int, unfinished: Iterable[Sequence[ScoredPassage]]) -> bool:
    """Tell whether the first `wanted` stay what they are, since whatever is still to come stands behind them.

    Where near-duplicates are one hit, or passages of a document are, there may be enough hits of one language before
    the better ones of the other were looked at.
    """
    return len(found) >= wanted and all(place_of(found[wanted - 1]) <= place_of(ranking[-1]) for ranking in unfinished)
