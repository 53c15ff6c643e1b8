"""The two rankings against their formulas, worked out by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from stored import sentences_at, tokens_at

from indexer import Language, PassageFilter, open_snapshot, query_language
from service import Query, RankingMethod, Searcher
from service.records import AnswerFeatures, Sort
from service.search.fair import FairRanking
from service.search.fusion import Fusion, Weights
from service.search.plain import PlainRanking, standardised_cosines
from service.search.signals.sentences import Sentences
from service.search.signals.tokens import Tokens

QUESTIONS = ("公交", "bus", "铁路公交换乘", "budget of the hospital", "水稻 rice", "violin", "completely unrelated")
EVERYTHING = 100
DENSE, TOKENS, SENTENCES = (Fusion.by(Weights({name: 1.0})) for name in ("dense", "tokens", "sentences"))


def _rank(searcher, question, method=RankingMethod.FAIR, fusion=None, **options):
    query = Query(question, k=EVERYTHING, ranking=method, **options)
    return searcher.rank(query, searcher.prepare([question])[0], fusion)


def _expected(searcher, scores):
    """The scores that a function gives the rows of each language, by passage."""
    return {
        identifier: score
        for language, pool in searcher.snapshot.pools.items()
        for (identifier, _), score in zip(pool.ids, scores(language), strict=True)
    }


def _unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def _dense_scores(searcher, encoder, question, language):
    """s(x) = (q'·x' - m(q)) / σ(q), written out: x' = (x - μ)/‖x - μ‖, q' = (q - ν)/‖q - ν‖."""
    pools = searcher.snapshot.pools
    space, own = pools[language].space, pools[query_language(question)].space
    query = _unit(encoder.encode_queries([question])[0].astype(float) - own.query_mean)
    centred = _unit(searcher.snapshot.embeddings[language].astype(float) - space.passage_mean)
    deviation = np.sqrt(query @ space.covariance.astype(float) @ query)
    return (centred @ query - query @ space.centred_mean) / deviation


def _plain_scores(searcher, encoder, question, language):
    """The cosine, in standard deviations of all cosines."""
    query = encoder.encode_queries([question])[0].astype(float)
    cosines = {name: matrix.astype(float) @ query for name, matrix in searcher.snapshot.embeddings.items()}
    everything = np.concatenate(list(cosines.values()))
    return (cosines[language] - everything.mean()) / everything.std()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_dense_score_is_what_the_formula_gives(searcher, encoder, question):
    """All passages of both languages come back, each with the score worked out from the stored embeddings."""
    found = {hit.id: hit.score for hit in _rank(searcher, question, fusion=DENSE)}
    expected = _expected(searcher, lambda language: _dense_scores(searcher, encoder, question, language))
    assert found == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_plain_score_is_what_the_formula_gives(searcher, encoder, question):
    """As many standard deviations of all cosines as the cosine stands above their mean."""
    found = {hit.id: hit.score for hit in _rank(searcher, question, RankingMethod.PLAIN)}
    expected = _expected(searcher, lambda language: _plain_scores(searcher, encoder, question, language))
    assert found == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_plain_ranking_is_the_order_of_cosines(searcher, encoder, question):
    """The ranking to compare with is what everybody does: one list by cosine, whatever the language."""
    query = encoder.encode_queries([question])[0]
    ranking = _rank(searcher, question, RankingMethod.PLAIN)
    cosines = [float(searcher.snapshot.embeddings[hit.language][hit.row] @ query) for hit in ranking]
    assert cosines == pytest.approx(sorted(cosines, reverse=True), abs=1e-6)
    assert len(cosines) == sum(map(len, searcher.snapshot.embeddings.values()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_token_score_is_the_mean_of_the_best_match_of_each_of_the_query_s_tokens(searcher, question):
    """In plain Python over the stored tokens; standardised by what the passages of the language get for the query.

    Nearly, since the compiled sum is one of 16-bit integers.
    """
    prepared = searcher.prepare([question])[0]
    ranking = _rank(searcher, question, fusion=TOKENS)
    for language, pool in searcher.snapshot.pools.items():
        scorer = prepared.scorers[language]
        query = scorer.asked.tokens.vectors
        (mean, variance), _ = pool.tokens.moments(scorer.asked.tokens, scorer.dense.scores(pool.tokens.sample.rows))
        for hit in (hit for hit in ranking if hit.language == language):
            tokens = tokens_at(pool.tokens, hit.row)
            score = sum(max(float(one @ other) for other in tokens) for one in query) / len(query)
            assert hit.score == pytest.approx((score - mean) / variance**0.5, abs=3e-3)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_passage_s_sentence_score_is_that_of_its_best_sentence(searcher, question):
    """One answering sentence is enough, whatever is around it."""
    prepared = searcher.prepare([question])[0]
    for language, pool in searcher.snapshot.pools.items():
        own = searcher.snapshot.pools[query_language(question)].sentence_space
        query = own.centre_query(prepared.embedding)
        mean, deviation = pool.sentence_space.moments(query)
        best = [(sentences_at(pool.sentences, row).embeddings @ query).max() for row in range(len(pool))]
        found = {hit.row: hit.score for hit in _rank(searcher, question, fusion=SENTENCES, languages=(language,))}
        assert [found[row] for row in range(len(pool))] == pytest.approx((np.array(best) - mean) / deviation, abs=1e-3)


@pytest.mark.parametrize("method", RankingMethod)
def test_a_candidate_is_the_passage_that_its_row_holds(searcher, method):
    """Id, document and row of a candidate speak of one passage."""
    for candidate in _rank(searcher, "公交 bus", method):
        (passage,) = searcher.snapshot.articles.passages_at(candidate.language, [candidate.row])
        assert (passage.id, passage.document_id) == (candidate.id, candidate.document_id)


@pytest.mark.parametrize("method", RankingMethod)
def test_a_filter_leaves_scores_alone(searcher, method):
    """A filter decides which passages are candidates; what each of them scores doesn't hang on the others."""
    free = {hit.id: hit.score for hit in _rank(searcher, "预算", method)}
    kept = _rank(searcher, "预算", method, wanted=PassageFilter(sources=("天津日报",)))
    assert 0 < len(kept) < len(free)
    assert {hit.id: hit.score for hit in kept} == pytest.approx({hit.id: free[hit.id] for hit in kept}, abs=1e-6)


class _Multiplied(np.ndarray):
    """A matrix that counts how often it is multiplied with a query."""

    times = 0

    def __matmul__(self, query):
        self.times += 1
        return np.asarray(self) @ query


@pytest.mark.parametrize("options", [{}, {"wanted": PassageFilter(sources=("天津日报",))}, {"sort": Sort.PUBLISHED}])
def test_a_plain_search_reads_the_embeddings_once(searcher, monkeypatch, options):
    """Whatever its depth, filters and order: they are as large as the corpus."""
    query = Query("bus", k=EVERYTHING, ranking=RankingMethod.PLAIN, **options)
    expected = searcher.search(query)
    matrices = {language: matrix.view(_Multiplied) for language, matrix in searcher.snapshot.embeddings.items()}
    monkeypatch.setitem(vars(searcher.snapshot), "embeddings", matrices)
    assert searcher.search(query) == expected
    assert [matrix.times for matrix in matrices.values()] == [1, 1]


def _rankings(searcher, prepared, language, among=None):
    """Of one language, fair and plain."""
    scorer = prepared.scorers[language]
    cosines = standardised_cosines(searcher.snapshot, prepared.embedding)[language]
    yield FairRanking(scorer, prepared.fusion_for(RankingMethod.FAIR).weights, among)
    yield PlainRanking(language, scorer.pool, cosines, among, AnswerFeatures(1))


def test_a_ranking_takes_only_the_rows_it_may_choose_from(searcher):
    """The best passage is passed over where a filter leaves it out, and the next best comes first."""
    prepared = searcher.prepare(["预算"])[0]
    for number, ranking in enumerate(_rankings(searcher, prepared, Language.ZH)):
        everything = [candidate.row for candidate in ranking.to(EVERYTHING)]
        narrowed = list(_rankings(searcher, prepared, Language.ZH, np.array(sorted(everything[1:]))))[number]
        assert [candidate.row for candidate in narrowed.to(EVERYTHING)] == everything[1:]
        assert [candidate.row for candidate in narrowed.to(1)] == everything[1:2]


def test_no_row_to_choose_from_gives_an_empty_ranking(searcher):
    """A filter that nothing passes is no error."""
    prepared = searcher.prepare(["预算"])[0]
    for ranking in _rankings(searcher, prepared, Language.ZH, np.empty(0, np.int64)):
        assert not ranking.to(10)
        assert ranking.count == 0


@pytest.mark.parametrize("language", Language)
def test_a_language_without_passages_has_an_empty_ranking(articles_folder, build, encoder, tmp_path, language):
    """A corpus in one language is searched from both, with and without a filter."""
    folder = articles_folder / ("天津" if language == Language.EN else "en")
    searcher = Searcher(open_snapshot(build(folder, tmp_path / "index")), encoder)
    for question in ("公交", "bus"):
        prepared = searcher.prepare([question])[0]
        assert len(prepared.scorers[language].pool) == 0
        for among in (None, np.empty(0, np.int64)):
            for ranking in _rankings(searcher, prepared, language, among):
                assert not ranking.to(10)
        for method in RankingMethod:
            assert len(searcher.search(Query(question, ranking=method)).hits) >= 4
    searcher.snapshot.close()


def test_a_signal_without_a_number_for_a_passage_is_an_error(searcher, monkeypatch):
    """Else the passage would be gone from the ranking without a word."""
    monkeypatch.setattr(Sentences, "scores", lambda self, rows: np.full(len(rows), np.nan, np.float32))
    with pytest.raises(ValueError, match="the signal sentences"):
        _rank(searcher, "bus", fusion=SENTENCES)


def test_what_one_language_has_no_signal_for_counts_in_neither(searcher, monkeypatch):
    """A signal of one language alone would lift it over the other."""
    of = Tokens.of.__func__
    monkeypatch.setattr(
        Tokens, "of", classmethod(lambda cls, asked: of(cls, asked) if asked.language is Language.EN else None)
    )
    ranking = _rank(searcher, "bus 公交")
    assert {hit.language for hit in ranking} == set(Language)
    assert not any("tokens" in hit.signals for hit in ranking)
