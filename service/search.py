"""The whole read path, top to bottom."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from indexer import Glossary, Language, TokenEncoder, load_encoder, open_snapshot, rows_with_phrases
from service.evidence import also_in, explanation, highlights
from service.question import EncodedQuestion, Question, QuestionTerms
from service.ranking import WITH_TOKENS, WITHOUT_TOKENS, Weights, merge, to_unit_interval
from service.records import Counterpart, GroupBy, Hit, RankingMethod
from service.retrieval import CANDIDATES, FairRetriever, PlainRetriever
from service.scoring import Scorer
from service.similar import similar_rankings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

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

    def __init__(self, snapshot: Snapshot, encoder: Encoder, *, late_interaction: bool = True) -> None:
        snapshot.check_encoder(encoder)
        self.snapshot = snapshot
        self._encoder = encoder
        self._encoding = threading.Lock()  # one text at a time: the model uses all cores by itself
        self._tokens = snapshot.token_reference if late_interaction and isinstance(encoder, TokenEncoder) else None
        self.weights = WITH_TOKENS if self._tokens else WITHOUT_TOKENS
        self._glossary = Glossary.open()
        self._plain = PlainRetriever(snapshot.embeddings)
        self._passages = sum(map(len, snapshot.pools.values()))

    @classmethod
    def open(
        cls, directory: Path, *, late_interaction: bool = True, announce: Callable[[str], None] = lambda _: None
    ) -> Searcher:
        """Open an index and load the encoder that its manifest names.

        Raises:
            SnapshotError: the index is missing, damaged, or was made by another encoder.
            EncoderError: its encoder can't be loaded.
        """
        snapshot = open_snapshot(directory)
        encoder = load_encoder(snapshot.manifest.encoder.model, announce=announce)
        return cls(snapshot, encoder, late_interaction=late_interaction)

    def search(self, query: Query) -> Answer:
        """Answer a query.

        Raises:
            EncoderError: its text is longer than the encoder reads.
        """
        asked = self.ask([query.text])[0]
        ranking = self.rank(query, asked)
        hits = [
            self._hit(rank, candidate, ranking[0], asked.scorers[candidate.language], query)
            for rank, candidate in enumerate(ranking[query.offset :], query.offset + 1)
        ]
        return Answer(asked.question.language, tuple(hits))

    def ask(self, texts: Sequence[str]) -> list[Asked]:
        """Encode queries, many at once, and make them ready to be scored.

        Raises:
            EncoderError: a text is longer than the encoder reads.
        """
        questions = [Question.of(text) for text in texts]
        embeddings, tokens = self._encode([question.text for question in questions])
        indexes = {language: pool.terms for language, pool in self.snapshot.pools.items()}
        encoded = (
            EncodedQuestion(
                question,
                embedding,
                self._tokens.spaces[question.language].centre_query(found) if self._tokens else None,
                QuestionTerms.of(question.text, question.language, indexes, self._glossary),
            )
            for question, embedding, found in zip(questions, embeddings, tokens, strict=True)
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
            ranking = merge(rankings.values(), len(rankings) * depth)
            found = first_of_documents(ranking) if query.group_by is GroupBy.DOCUMENT else ranking
            unfinished = [rankings[language] for language, size in sizes.items() if depth < size]
            if not unfinished or _is_settled(found, wanted, unfinished):
                return tuple(one for one in found[:wanted] if self.score(one.score, first=found[0]) >= query.min_score)
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
                ranking = first_of_documents(ranking)
            unfinished = [found for found in rankings.values() if len(found) == depth]
            if not unfinished or _is_settled(ranking, k, unfinished):
                return tuple(self._hit(rank, found, ranking[0]) for rank, found in enumerate(ranking[:k], start=1))
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
        return {
            language: Scorer(language, snapshot.pools, query, attenuation=snapshot.attenuation) for language in Language
        }

    def _encode(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """The embeddings `(n, d)` of texts, and their token vectors, which are empty where they aren't needed."""
        with self._encoding:
            if self._tokens and isinstance(self._encoder, TokenEncoder):
                embeddings, tokens = self._encoder.encode_queries_and_tokens(texts)
                return embeddings, [text.vectors for text in tokens]
            return self._encoder.encode_queries(texts), [np.empty((0, 0), np.float32)] * len(texts)

    def _rows(self, language: Language, query: Query, question: Question) -> NDArray[np.int64] | None:
        """The rows that pass the query's filter and have its phrases; None for all."""
        rows = self.snapshot.articles.rows(language, query.wanted) if query.wanted else None
        if not question.phrases:
            return rows
        return rows_with_phrases(self.snapshot, language, question.phrases, rows)

    def score(self, deviations: float, *, first: ScoredPassage) -> float:
        """How likely a candidate with a score is relevant, 0 to 1, given the first of its ranking."""
        return to_unit_interval(deviations, self._passages, missing=first.signals.missing)

    def _hit(
        self,
        rank: int,
        candidate: ScoredPassage,
        first: ScoredPassage,
        scorer: Scorer | None = None,
        query: Query | None = None,
    ) -> Hit:
        """A candidate with all that is shown of it; without a scorer, nothing is highlighted or explained."""
        articles = self.snapshot.articles
        passage = articles.passages_at(candidate.language, [candidate.row])[0]
        document = articles.document(candidate.document_id)
        assert document is not None  # noqa: S101 - the snapshot's foreign key
        return Hit(
            rank=rank,
            score=self.score(candidate.score, first=first),
            passage=passage,
            document=document,
            highlights=highlights(candidate, passage, scorer, partial(self.score, first=first)) if scorer else (),
            also_in=also_in(self.snapshot, candidate),
            counterparts=self.counterparts(candidate.document_id),
            explanation=explanation(candidate, passage, document, scorer)
            if scorer and query and query.explain
            else None,
        )


def _is_settled(found: Ranking, wanted: int, unfinished: Iterable[Ranking]) -> bool:
    """Whether the first `wanted` stay what they are, since whatever is still to come stands behind them.

    Where near-duplicates are one hit, or passages of a document are, there may be enough hits of one language before
    the better ones of the other were looked at.
    """
    return len(found) >= wanted and all(
        (-found[wanted - 1].score, found[wanted - 1].id) <= (-ranking[-1].score, ranking[-1].id)
        for ranking in unfinished
    )


def first_of_documents(ranking: Iterable[ScoredPassage]) -> Ranking:
    """Each document once, where its best passage is."""
    best: dict[str, ScoredPassage] = {}
    for candidate in ranking:
        best.setdefault(candidate.document_id, candidate)
    return tuple(best.values())
