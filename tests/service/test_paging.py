"""Turning pages: over a corpus that is deeper than the candidates of the second stage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from deep_corpus import COPIES, deep_corpus

from indexer import Language, Neighbours, PassageFilter, index_passages, open_snapshot
from service import Query, RankingMethod, Searcher
from service.records import GroupBy
from service.search.first_stage import CANDIDATES

DEEP = 1000
QUESTION = Query("the bus to the railway 公交", k=DEEP)


@pytest.fixture(scope="module", params=["with tokens", "without tokens"])
def deep(request, encoder, encoder_without_tokens, scratch_cache, tmp_path_factory):
    """A searcher over several hundred passages in each language."""
    made_by = encoder if request.param == "with tokens" else encoder_without_tokens
    index = tmp_path_factory.mktemp("deep") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAIHE_CACHE", str(scratch_cache))
        index_passages(deep_corpus(), index, made_by)
    searcher = Searcher(open_snapshot(index), made_by)
    assert all(len(pool) > 2 * CANDIDATES for pool in searcher.snapshot.pools.values())
    yield searcher
    searcher.snapshot.close()


def _ids(searcher, query):
    """What a ranking has, by passage, with its score."""
    (prepared,) = searcher.prepare([query.text])
    return [(candidate.id, candidate.score) for candidate in searcher.rank(query, prepared)[query.offset :]]


@pytest.mark.parametrize("group_by", GroupBy)
@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("size", [7, 60, 110])
def test_pages_put_together_are_the_one_big_page(deep, method, group_by, size):
    """Turning pages neither repeats nor drops a hit, far beyond the candidates."""
    query = replace(QUESTION, ranking=method, group_by=group_by)
    whole = _ids(deep, query)
    last = min(len(whole), 6 * size if size < 50 else len(whole))
    pages = [found for at in range(0, last, size) for found in _ids(deep, replace(query, k=size, offset=at))]
    assert [identifier for identifier, _ in pages[:last]] == [identifier for identifier, _ in whole[:last]]


@pytest.mark.parametrize("group_by", GroupBy)
@pytest.mark.parametrize("method", RankingMethod)
def test_a_deeper_ranking_begins_as_a_shallower_one_does(deep, method, group_by):
    """To ask for more hits never changes the first ones, nor their scores."""
    query = replace(QUESTION, ranking=method, group_by=group_by)
    whole = _ids(deep, query)
    for depth in (1, 3, 10, 40, 99, 101, 130, 200, 260, 333):
        found = _ids(deep, replace(query, k=depth))
        assert [identifier for identifier, _ in found] == [identifier for identifier, _ in whole[:depth]], depth
        assert [score for _, score in found] == pytest.approx([score for _, score in whole[:depth]], abs=1e-5)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("method", RankingMethod)
def test_among_filtered_passages_pages_fit_together_too(deep, method, language):
    """A source and a language, of which there are more passages than candidates."""
    wanted = PassageFilter(sources=("paper 1", "paper 3"))
    query = replace(QUESTION, ranking=method, languages=(language,), wanted=wanted)
    whole = _ids(deep, query)
    pages = [found for at in range(0, len(whole), 45) for found in _ids(deep, replace(query, k=45, offset=at))]
    assert [identifier for identifier, _ in pages] == [identifier for identifier, _ in whole]
    assert len(whole) > CANDIDATES


@pytest.mark.parametrize("method", RankingMethod)
def test_every_passage_is_in_the_whole_ranking_or_stands_behind_a_near_duplicate(deep, method):
    """Nothing is lost, and nothing comes twice."""
    (prepared,) = deep.prepare([QUESTION.text])
    ranking = deep.rank(replace(QUESTION, ranking=method), prepared)
    found = [(candidate.language, row) for candidate in ranking for row in (candidate.row, *candidate.twins)]
    everything = [(language, row) for language, pool in deep.snapshot.pools.items() for row in range(len(pool))]
    assert sorted(found) == sorted(everything)


@pytest.mark.parametrize("method", RankingMethod)
def test_a_document_s_place_is_its_best_passage_s(deep, method):
    """Grouped by document: each once, in the order of the passages."""
    by_passage = [identifier.partition("#")[0] for identifier, _ in _ids(deep, replace(QUESTION, ranking=method))]
    grouped = _ids(deep, replace(QUESTION, ranking=method, group_by=GroupBy.DOCUMENT))
    assert [identifier.partition("#")[0] for identifier, _ in grouped] == list(dict.fromkeys(by_passage))


@pytest.mark.parametrize("method", RankingMethod)
def test_scores_fall_down_to_the_last_page(deep, method):
    """Beyond the candidates too."""
    scores = [score for _, score in _ids(deep, replace(QUESTION, ranking=method))]
    assert scores == sorted(scores, reverse=True)


def test_a_text_that_forty_papers_print_takes_one_place_a_language(deep):
    """Though its copies fill a page, and more than all that was looked at first."""
    hits = deep.search(replace(QUESTION, k=20)).hits
    printed = [hit for hit in hits if "/reprint/" in hit.document.id]
    assert {hit.document.language for hit in printed} == set(Language)
    assert [hit.also_in_count for hit in printed] == [COPIES - 1] * 2
    assert len({hit.passage.text for hit in hits}) == len(hits) == 20


class _Hasty:
    """A vector index that isn't exact: asked for few, it misses one row in three, as a large one's inverted file may."""

    def __init__(self, exact):
        self._exact = exact

    def __len__(self):
        return len(self._exact)

    def products(self, query, rows):
        return self._exact.products(query, rows)

    def search(self, query, k, *, among=None):
        found = self._exact.search(query, len(self), among=among)
        kept = (found.rows % 3 > 0) if k < 300 else np.full(len(found.rows), fill_value=True)
        return Neighbours(found.rows[kept][:k], found.products[kept][:k])


@pytest.fixture
def hasty(deep):
    """The same passages, found by an index that isn't exact."""
    exact = {language: pool.vectors for language, pool in deep.snapshot.pools.items()}
    for language, pool in deep.snapshot.pools.items():
        object.__setattr__(pool, "vectors", _Hasty(exact[language]))
    yield deep
    for language, pool in deep.snapshot.pools.items():
        object.__setattr__(pool, "vectors", exact[language])


@pytest.mark.parametrize("group_by", GroupBy)
@pytest.mark.parametrize("size", [30, 110])
def test_pages_fit_together_where_a_deeper_search_finds_nearer_passages(hasty, group_by, size):
    """An inverted file looks into more lists when it is asked for more; what it finds then comes on later pages."""
    query = replace(QUESTION, group_by=group_by)
    whole = [identifier for identifier, _ in _ids(hasty, query)]
    pages = [found for at in range(0, len(whole), size) for found, _ in _ids(hasty, replace(query, k=size, offset=at))]
    assert pages == whole
    assert len(set(whole)) == len(whole)


def test_what_was_missed_at_first_comes_later(hasty, deep):
    """Every passage has its place in the end."""
    (prepared,) = hasty.prepare([QUESTION.text])
    found = [(one.language, row) for one in hasty.rank(QUESTION, prepared) for row in (one.row, *one.twins)]
    assert sorted(found) == sorted(
        (language, row) for language, pool in deep.snapshot.pools.items() for row in range(len(pool))
    )
