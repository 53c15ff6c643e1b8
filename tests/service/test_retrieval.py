"""The two retrievers against their formulas, worked out by brute force."""

from __future__ import annotations

import numpy as np
import pytest

from indexer import Language, PassageFilter, VectorIndex, query_language
from service import Query, RankingMethod
from service.retrieval import EncodedQuery, FairRetriever, PlainRetriever

QUESTIONS = ("公交", "bus", "铁路公交换乘", "budget of the hospital", "水稻 rice", "violin", "completely unrelated")
EVERYTHING = 100


def _fair_scores(searcher, encoder, question, language):
    """s(x) = (q'·x' - m(q)) / σ(q), written out: x' = (x - μ)/‖x - μ‖, q' = (q - ν)/‖q - ν‖."""
    space, own = searcher.snapshot.spaces[language], searcher.snapshot.spaces[query_language(question)]
    centred_query = encoder.encode_queries([question])[0].astype(float) - own.query_mean
    centred_query /= np.linalg.norm(centred_query)
    centred = searcher.snapshot.embeddings[language].astype(float) - space.passage_mean
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    mean = centred_query @ space.centred_mean
    deviation = np.sqrt(centred_query @ space.covariance.astype(float) @ centred_query)
    return (centred @ centred_query - mean) / deviation


def _plain_scores(searcher, encoder, question, language):
    """The cosine, in standard deviations of all cosines."""
    query = encoder.encode_queries([question])[0].astype(float)
    cosines = {name: matrix.astype(float) @ query for name, matrix in searcher.snapshot.embeddings.items()}
    everything = np.concatenate(list(cosines.values()))
    return (cosines[language] - everything.mean()) / everything.std()


BRUTE_FORCE = {RankingMethod.FAIR: _fair_scores, RankingMethod.PLAIN: _plain_scores}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("method", RankingMethod)
def test_every_score_is_what_the_formula_gives(searcher, encoder, method, question):
    """All passages of both languages come back, each with the score worked out from the stored embeddings."""
    ranking = searcher.rank(
        Query(question, k=EVERYTHING, ranking=method), encoder.encode_queries([question])[0]
    )  # fmt: skip
    expected = {
        identifier: score
        for language in Language
        for (identifier, _), score in zip(
            searcher.snapshot.passage_ids(language),
            BRUTE_FORCE[method](searcher, encoder, question, language),
            strict=True,
        )
    }
    assert {candidate.id: candidate.score for candidate in ranking} == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_plain_ranking_is_the_order_of_cosines(searcher, encoder, question):
    """The ranking to compare with is what everybody does: one list by cosine, whatever the language."""
    query = encoder.encode_queries([question])[0]
    ranking = searcher.rank(Query(question, k=EVERYTHING, ranking=RankingMethod.PLAIN), query)
    cosines = [float(searcher.snapshot.embeddings[hit.language][hit.row] @ query) for hit in ranking]
    assert cosines == pytest.approx(sorted(cosines, reverse=True), abs=1e-6)
    assert len(cosines) == sum(map(len, searcher.snapshot.embeddings.values()))


@pytest.mark.parametrize("method", RankingMethod)
def test_a_candidate_is_the_passage_that_its_row_holds(searcher, encoder, method):
    """Id, document and row of a candidate speak of one passage."""
    ranking = searcher.rank(Query("公交 bus", k=EVERYTHING, ranking=method), encoder.encode_queries(["公交 bus"])[0])
    for candidate in ranking:
        (passage,) = searcher.snapshot.passages_at(candidate.language, [candidate.row])
        assert (passage.id, passage.document_id) == (candidate.id, candidate.document_id)


@pytest.mark.parametrize("method", RankingMethod)
def test_a_filter_leaves_scores_alone(searcher, encoder, method):
    """A filter decides which passages are candidates; what each of them scores doesn't hang on the others."""
    query = encoder.encode_queries(["预算"])[0]
    free = {hit.id: hit.score for hit in searcher.rank(Query("预算", k=EVERYTHING, ranking=method), query)}
    wanted = PassageFilter(sources=("天津日报",))
    kept = searcher.rank(Query("预算", k=EVERYTHING, ranking=method, wanted=wanted), query)
    assert 0 < len(kept) < len(free)
    assert {hit.id: hit.score for hit in kept} == pytest.approx({hit.id: free[hit.id] for hit in kept}, abs=1e-6)


def _retrievers(embeddings):
    ids = [(f"p{row}", "d") for row in range(len(embeddings))]
    return ids, PlainRetriever(Language.EN, {Language.EN: embeddings}, ids)


def test_plain_takes_only_the_rows_it_may_choose_from():
    """The best passage is passed over where a filter leaves it out."""
    _, retriever = _retrievers(np.eye(3, dtype=np.float32))
    query = np.array([1.0, 0.5, 0.0], np.float32)
    found = retriever.retrieve(EncodedQuery(query, query), 1, np.array([1, 2]))
    assert [candidate.id for candidate in found] == ["p1"]


@pytest.mark.parametrize("among", [None, np.empty(0, np.int64)], ids=["no passages", "no passage passes the filter"])
def test_nothing_to_choose_from_gives_an_empty_ranking(searcher, among):
    """A language without passages, or without any that pass, is no error."""
    space = searcher.snapshot.spaces[Language.EN]
    query = np.ones(len(space.query_mean), np.float32)
    rows = np.empty((0, len(query)), np.float32) if among is None else query[None, :]
    ids = [("p", "d")] * len(rows)
    other = np.eye(len(query), dtype=np.float32)
    fair = FairRetriever(Language.EN, VectorIndex.of(rows), space, ids)
    plain = PlainRetriever(Language.EN, {Language.EN: rows, Language.ZH: other}, ids)
    encoded = EncodedQuery(query, space.centre_query(query))
    assert fair.retrieve(encoded, 10, among) == ()
    assert plain.retrieve(encoded, 10, among) == ()
