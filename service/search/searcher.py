"""The whole read path, top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from indexer import Language, PassageFilter, Precision, load_encoder, load_second_encoder, open_snapshot
from service.records import AnswerFeatures, Counterpart, Counts, GroupBy, Hit, RankingMethod, Sort
from service.search.candidates import Rankings, first_of_documents, is_settled, merged
from service.search.fair import FairRanking
from service.search.first_stage import CANDIDATES
from service.search.fusion import DENSE_ALONE, fusion_of
from service.search.hits import Evidence
from service.search.more_like_this import similar_rankings
from service.search.plain import PlainRanking, standardised_cosines
from service.search.prepared import Preparation, PreparedQuery
from service.search.query.encoder import REMEMBERED_BYTES
from service.search.query.notes import Note, note_on
from service.search.query.pool_query import count_passages
from service.search.totals import RELEVANT, Relevant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Document, Encoder, Passage, SecondEncoder, Snapshot
    from service.records import Query, Ranking, ScoredPassage
    from service.search.candidates import PoolRanking
    from service.search.fusion import Fusion
    from service.search.query.question import Question
    from service.search.scorer import Scorer

Ranker = Callable[[Language, "NDArray[np.int64] | None"], "PoolRanking"]
"""Ranks the rows of a language that may be found, or all."""
Likelihood = Callable[[float], float]
"""A score in deviations to one from 0 to 1."""
_document_of = attrgetter("document_id")


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
        self._preparation = Preparation(
            snapshot, encoder, second, late_interaction=late_interaction, query_cache=query_cache
        )
        self._passages = count_passages(snapshot.pools)

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
        self._preparation.close()
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
        return self.answer(query, self.prepare([query.text])[0])

    def answer(self, query: Query, prepared: PreparedQuery) -> Answer:
        """Answer a query whose text was prepared, with others perhaps."""
        question = prepared.question
        if question.asks_nothing:
            return Answer(question.language, (), Counts(), note_on(question, is_complete=True))
        fusion = prepared.fusion_for(query.ranking)
        rank = self._ranker(query, prepared, fusion)
        rankings = self._rankings(query, prepared, rank)
        note = note_on(question, is_complete=rankings.is_complete)
        first = self._first(query, prepared, rank, rankings)
        if first is None:
            return Answer(question.language, (), Counts(), note)
        likelihood = partial(fusion.calibration.likelihood, features=first.features)
        relevant = Relevant.of(rankings, _counted(query, question, likelihood), query.group_by, self.snapshot)
        if query.sort is Sort.PUBLISHED:
            shown = relevant.newest(query.offset, query.k)
        else:
            best = self._best(query, rankings)[query.offset :]
            shown = tuple(candidate for candidate in best if likelihood(candidate.score) >= query.min_score)
        hits = self._hits(shown, likelihood, query.offset, prepared.scorers, explain=query.explain)
        return Answer(question.language, hits, relevant.counts(), note)

    def prepare(self, texts: Sequence[str]) -> list[PreparedQuery]:
        """Encode the texts of queries, many at once, and look up their terms.

        Raises:
            EncoderError: a text is longer than the encoder reads.
        """
        return self._preparation.prepare(texts)

    def rank(self, query: Query, prepared: PreparedQuery, fusion: Fusion | None = None) -> Ranking:
        """The first `offset + k` candidates of all languages, whatever their likelihood.

        Args:
            query: what is asked for.
            prepared: its text.
            fusion: another than usual, as experiments have it; the plain ranking has none.
        """
        rank = self._ranker(query, prepared, fusion or prepared.fusion_for(query.ranking))
        return self._best(query, self._rankings(query, prepared, rank))

    def _ranker(self, query: Query, prepared: PreparedQuery, fusion: Fusion) -> Ranker:
        """The method by which a query ranks the passages of a language."""
        if query.ranking is RankingMethod.PLAIN:
            pools, features = self.snapshot.pools, AnswerFeatures(self._passages)
            cosines = standardised_cosines(self.snapshot, prepared.embedding)
            return lambda language, among: PlainRanking(language, pools[language], cosines[language], among, features)
        weights = fusion.weights.focused(prepared.terms.focus)
        return lambda language, among: FairRanking(prepared.scorers[language], weights, among)

    def _rankings(self, query: Query, prepared: PreparedQuery, rank: Ranker) -> Rankings:
        """The rankings of the rows that pass a query's filter, have its exact words and none that it excludes."""
        among: dict[Language, NDArray[np.int64] | None] = {
            language: self.snapshot.rows(language, query.wanted) if query.wanted else None
            for language in query.languages
        }
        exact = {language: prepared.filters[language].rows(among[language]) for language in among if prepared.filters}
        among |= {language: filtered.rows for language, filtered in exact.items()}
        of_language = {language: rank(language, rows) for language, rows in among.items()}
        return Rankings(of_language, is_complete=all(filtered.is_complete for filtered in exact.values()))

    def _first(self, query: Query, prepared: PreparedQuery, rank: Ranker, rankings: Rankings) -> ScoredPassage | None:
        """The best of all that the question finds, filters or not: so no filter changes a score."""
        if query.is_filtered:
            everything = replace(query, languages=tuple(Language), wanted=PassageFilter())
            rankings = self._rankings(everything, prepared, rank)
        return next(rankings.merged(CANDIDATES), None)

    def _best(self, query: Query, rankings: Rankings) -> Ranking:
        """The first `offset + k` hits."""
        wanted = query.offset + query.k
        depth = max(wanted, CANDIDATES)
        while True:
            ranking: Iterable[ScoredPassage] = rankings.merged(depth)
            if query.group_by is GroupBy.DOCUMENT:
                ranking = first_of_documents(ranking, _document_of)
            best = tuple(islice(ranking, wanted))
            if rankings.are_settled(best, wanted, depth):
                return best
            depth *= 2

    def similar(self, identifier: str, k: int) -> tuple[Hit, ...] | None:
        """The k passages most like a passage, or documents most like a document; None where there is no such id."""
        articles = self.snapshot.articles
        place = articles.passage_place(identifier)
        places = [place] if place else articles.places_of(identifier)
        if not places:
            return None if articles.document(identifier) is None else ()
        fusion, depth = fusion_of(DENSE_ALONE), k
        while True:
            rankings = similar_rankings(self.snapshot, places, depth, reach=fusion.weights.reach)
            ranking: Iterable[ScoredPassage] = merged(rankings.values())
            if place is None:
                ranking = first_of_documents(ranking, _document_of)
            alike = tuple(islice(ranking, k))
            if is_settled(alike, k, [similar for similar in rankings.values() if len(similar) == depth]):
                first = AnswerFeatures(self._passages)
                return self._hits(alike, partial(fusion.calibration.likelihood, features=first))
            depth *= 2

    def document(self, document_id: str) -> tuple[Document, list[Passage]] | None:
        """A document with its passages."""
        document = self.snapshot.articles.document(document_id)
        return (document, self.snapshot.articles.passages_of(document_id)) if document else None

    def counterparts(self, document_id: str) -> tuple[Counterpart, ...]:
        """The same story in the other language."""
        return tuple(Counterpart(*other) for other in self.snapshot.articles.counterparts_of(document_id))

    def _hits(
        self,
        shown: Ranking,
        likelihood: Likelihood,
        offset: int = 0,
        scorers: Mapping[Language, Scorer] | None = None,
        *,
        explain: bool = False,
    ) -> tuple[Hit, ...]:
        """Candidates with all that is shown; without scorers, nothing is highlighted.

        Args:
            shown: these.
            likelihood: scores in deviations to scores from 0 to 1.
            offset: how many stand before them.
            scorers: the query's.
            explain: say why they are where they are.
        """
        evidence = Evidence.of(self.snapshot, shown, scorers or {})
        return tuple(
            Hit(
                rank=rank,
                score=likelihood(candidate.score),
                passage=evidence.passage(candidate),
                document=evidence.documents[candidate.document_id],
                highlights=evidence.highlights(candidate, likelihood),
                also_in=evidence.also_in(candidate),
                also_in_count=evidence.also_in_count(candidate),
                counterparts=evidence.counterparts(candidate),
                explanation=evidence.explanation(candidate) if explain else None,
            )
            for rank, candidate in enumerate(shown, offset + 1)
        )


def _counted(query: Query, question: Question, likelihood: Likelihood) -> Callable[[float], bool] | None:
    """Tells which scores, in deviations, are counted; None for all, since exact words were asked for."""
    least = query.min_score if question.phrases else max(RELEVANT, query.min_score)
    return (lambda deviations: likelihood(deviations) >= least) if least else None
