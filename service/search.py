"""The whole read path, top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from heapq import merge as merged
from itertools import islice
from typing import TYPE_CHECKING

from indexer import (
    Glossary,
    Language,
    Precision,
    QueryTokens,
    TokenEncoder,
    load_encoder,
    open_snapshot,
    rows_with_phrases,
)
from service.evidence import Evidence
from service.query_encoder import REMEMBERED_BYTES, QueryEncoder
from service.question import EncodedQuestion, Question, QuestionTerms
from service.ranking import WITH_TOKENS, WITHOUT_TOKENS, Weights, merge, to_unit_interval
from service.records import Counterpart, GroupBy, Hit, RankingMethod
from service.retrieval import CANDIDATES, FairRetriever, PlainRetriever
from service.scoring import Scorer
from service.similar import similar_rankings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Document, Encoder, Passage, Snapshot
    from service.records import Query, Ranking, ScoredPassage
    from service.retrieval import Retriever


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question, and what scores the passages of each language for it."""

    question: Question
    scorers: Mapping[Language, Scorer]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query, and the language it was taken to be in."""

    language: Language
    hits: tuple[Hit, ...]


class Searcher:
    """Answers queries from a snapshot with the encoder that made it. Safe to use from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        *,
        late_interaction: bool = True,
        query_cache: int = REMEMBERED_BYTES,
    ) -> None:
        snapshot.check_encoder(encoder)
        self.snapshot = snapshot
        self._tokens = snapshot.token_reference if late_interaction and isinstance(encoder, TokenEncoder) else None
        self._queries = QueryEncoder(encoder, with_tokens=self._tokens is not None, remembered_bytes=query_cache)
        self.weights = WITH_TOKENS if self._tokens else WITHOUT_TOKENS
        self._glossary = Glossary.open()
        self._plain = PlainRetriever(snapshot.embeddings)
        self._passages = sum(map(len, snapshot.pools.values()))

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        late_interaction: bool = True,
        query_cache: int = REMEMBERED_BYTES,
        precision: Precision = Precision.INT8,
        threads: int | None = None,
        announce: Callable[[str], None] = lambda _: None,
    ) -> Searcher:
        """Open an index and load the encoder that its manifest names.

        Raises:
            SnapshotError: the index is missing, damaged, or was made by another encoder.
            EncoderError: its encoder can't be loaded.
        """
        snapshot = open_snapshot(directory)
        encoder = load_encoder(snapshot.manifest.encoder.model, precision=precision, threads=threads, announce=announce)
        return cls(snapshot, encoder, late_interaction=late_interaction, query_cache=query_cache)

    def search(self, query: Query) -> Answer:
        """Answer a query.

        Raises:
            EncoderError: its text is longer than the encoder reads.
        """
        asked = self.ask([query.text])[0]
        ranking = self.rank(query, asked)
        return Answer(asked.question.language, self._hits(ranking, query.offset, asked.scorers, explain=query.explain))

    def ask(self, texts: Sequence[str]) -> list[Asked]:
        """Encode queries, many at once, and make them ready to be scored.

        Raises:
            EncoderError: a text is longer than the encoder reads.
        """
        questions = [Question.of(text) for text in texts]
        queries = self._queries.encode([question.text for question in questions])
        indexes = {language: pool.terms for language, pool in self.snapshot.pools.items()}
        encoded = (
            EncodedQuestion(
                question,
                query.embedding,
                self._tokens.spaces[question.language].centre_query(query.tokens) if self._tokens else None,
                QuestionTerms.of(question.text, question.language, indexes, self._glossary),
            )
            for question, query in zip(questions, queries, strict=True)
        )
        return [Asked(query.question, self._scorers(query)) for query in encoded]

    def rank(self, query: Query, asked: Asked, *, weights: Weights | None = None) -> Ranking:
        """The first `offset + k` candidates of all languages that are relevant enough.

        Args:
            query: what is asked for.
            asked: its text, encoded.
            weights: others than usual, as experiments have them.
        """
        retriever: Retriever = (
            self._plain if query.ranking is RankingMethod.PLAIN else FairRetriever(weights or self.weights)
        )
        among = {language: self._rows(language, query, asked.question) for language in query.languages}
        sizes = {language: self._size(language, rows) for language, rows in among.items()}
        wanted = query.offset + query.k
        depth = max(wanted, CANDIDATES)
        while True:
            rankings = {
                language: retriever.retrieve(asked.scorers[language], depth, among[language])
                for language in query.languages
            }
            ranking: Iterable[ScoredPassage] = merged(*rankings.values(), key=_place)
            if query.group_by is GroupBy.DOCUMENT:
                ranking = first_of_documents(ranking)
            found = tuple(islice(ranking, wanted))
            unfinished = [rankings[language] for language, size in sizes.items() if depth < size]
            if not unfinished or _is_settled(found, wanted, unfinished):
                return tuple(one for one in found if self.score(one.score, first=found[0]) >= query.min_score)
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
                ranking = tuple(first_of_documents(ranking))
            unfinished = [found for found in rankings.values() if len(found) == depth]
            if not unfinished or _is_settled(ranking, k, unfinished):
                return self._hits(ranking[:k])
            depth *= 2

    def document(self, document_id: str) -> tuple[Document, list[Passage]] | None:
        """A document with its passages."""
        document = self.snapshot.articles.document(document_id)
        return (document, self.snapshot.articles.passages_of(document_id)) if document else None

    def counterparts(self, document_id: str) -> tuple[Counterpart, ...]:
        """The same story in the other language."""
        return tuple(Counterpart(*found) for found in self.snapshot.articles.counterparts_of(document_id))

    def _size(self, language: Language, among: NDArray[np.int64] | None) -> int:
        """How many passages there are to choose from."""
        return len(self.snapshot.pools[language]) if among is None else len(among)

    def _scorers(self, query: EncodedQuestion) -> dict[Language, Scorer]:
        snapshot = self.snapshot
        tokens = (
            QueryTokens(query.tokens, self._tokens.quantizer) if self._tokens and query.tokens is not None else None
        )
        return {
            language: Scorer(language, snapshot.pools, query, attenuation=snapshot.attenuation, query_tokens=tokens)
            for language in Language
        }

    def _rows(self, language: Language, query: Query, question: Question) -> NDArray[np.int64] | None:
        """The rows that pass the query's filter and have its phrases; None for all."""
        rows = self.snapshot.articles.rows(language, query.wanted) if query.wanted else None
        if not question.phrases:
            return rows
        return rows_with_phrases(self.snapshot, language, question.phrases, rows)

    def score(self, deviations: float, *, first: ScoredPassage) -> float:
        """How likely a candidate with a score is relevant, 0 to 1, given the first of its ranking."""
        return to_unit_interval(deviations, self._passages, missing=first.signals.missing)

    def _hits(
        self,
        ranking: Ranking,
        offset: int = 0,
        scorers: Mapping[Language, Scorer] | None = None,
        *,
        explain: bool = False,
    ) -> tuple[Hit, ...]:
        """The candidates from `offset` on, with all that is shown; without scorers, nothing is highlighted."""
        shown = ranking[offset:]
        evidence = Evidence.of(self.snapshot, shown, scorers or {})
        return tuple(
            Hit(
                rank=rank,
                score=self.score(candidate.score, first=ranking[0]),
                passage=evidence.passage(candidate),
                document=evidence.documents[candidate.document_id],
                highlights=evidence.highlights(candidate, partial(self.score, first=ranking[0])),
                also_in=evidence.also_in(candidate),
                counterparts=evidence.counterparts(candidate),
                explanation=evidence.explanation(candidate) if explain else None,
            )
            for rank, candidate in enumerate(shown, offset + 1)
        )


def _place(candidate: ScoredPassage) -> tuple[float, str]:
    """Best first, equal ones by id."""
    return -candidate.score, candidate.id


def _is_settled(found: Ranking, wanted: int, unfinished: Iterable[Sequence[ScoredPassage]]) -> bool:
    """Whether the first `wanted` stay what they are, since whatever is still to come stands behind them.

    Where near-duplicates are one hit, or passages of a document are, there may be enough hits of one language before
    the better ones of the other were looked at.
    """
    return len(found) >= wanted and all(_place(found[wanted - 1]) <= _place(ranking[-1]) for ranking in unfinished)


def first_of_documents(ranking: Iterable[ScoredPassage]) -> Iterator[ScoredPassage]:
    """Each document once, where its best passage is."""
    seen: set[str] = set()
    for candidate in ranking:
        if candidate.document_id not in seen:
            seen.add(candidate.document_id)
            yield candidate
