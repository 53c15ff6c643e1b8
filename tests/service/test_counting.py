"""Total, facets and the newest hits: the same on every page, and what counting all passages one by one gives."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from deep_corpus import DAYS, deep_corpus

import service.search.totals
from indexer import Language, PassageFilter, index_passages, open_snapshot
from service import Query, RankingMethod, Searcher
from service.records import GroupBy, Sort, TotalRelation
from service.search.fair import HEAD
from service.search.signals.tokens import Tokens
from service.search.totals import RELEVANT

pytestmark = pytest.mark.slow

EVERYTHING = 1000
QUESTION = Query("the bus to the railway 公交", k=EVERYTHING)
SMALL = ("公交", "bus", "水稻 port", "the budget of 武清", "violin 铁路", "nothing of this")
BOTH = pytest.mark.parametrize("group_by", GroupBy)
METHODS = pytest.mark.parametrize("method", RankingMethod)


@pytest.fixture(scope="module")
def deep(encoder, scratch_cache, tmp_path_factory):
    """A searcher over several hundred passages in each language."""
    index = tmp_path_factory.mktemp("counted") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAIHE_CACHE", str(scratch_cache))
        index_passages(deep_corpus(), index, encoder)
    searcher = Searcher(open_snapshot(index), encoder)
    yield searcher
    searcher.snapshot.close()


@pytest.fixture
def relevant_are(deep, monkeypatch):
    """Set the threshold so that about so many hits of the deep corpus are relevant; gives how many."""

    def set_threshold(count, query=QUESTION):
        scores = [hit.score for hit in deep.search(query).hits]
        while scores[count - 1] == pytest.approx(scores[count], rel=1e-6):  # equal ones are relevant together
            count += 1
        monkeypatch.setattr("service.search.searcher.RELEVANT", (scores[count - 1] + scores[count]) / 2)
        return count

    return set_threshold


def _values(facet):
    return {found.value: found.count for found in facet}


def _by_hand(hits):
    """The facets of some hits, as dictionaries; a hit counts once for each source and month that printed it."""
    printings = [(hit.document, *hit.also_in) for hit in hits]
    months = [{one.published and f"{one.published:%Y-%m}" for one in found} for found in printings]
    return (
        dict(Counter(str(hit.passage.language) for hit in hits)),
        dict(Counter(source for found in printings for source in {one.source for one in found})),
        dict(Counter(month for found in months for month in found)),
    )


def _of(counts):
    return tuple(_values(facet) for facet in (counts.facets.language, counts.facets.source, counts.facets.month))


@METHODS
@BOTH
@pytest.mark.parametrize("count", [1, 7, 30, 70, 200])
def test_total_and_facets_are_what_counting_all_hits_gives(deep, relevant_are, method, group_by, count):
    """Every passage is asked for its score; those that reach the threshold are counted one by one."""
    query = replace(QUESTION, ranking=method, group_by=group_by)
    count = relevant_are(count, query)
    threshold = service.search.searcher.RELEVANT
    answer = deep.search(query)
    relevant = [hit for hit in answer.hits if hit.score >= threshold]
    assert answer.counts.total == len(relevant) == count
    assert _of(answer.counts) == _by_hand(relevant)


@METHODS
@BOTH
@pytest.mark.parametrize("count", [0, 7, 30, 130])
def test_counts_are_the_same_on_every_page(deep, relevant_are, method, group_by, count):
    """Whichever page, however long, in either order; also behind the last hit."""
    query = replace(QUESTION, ranking=method, group_by=group_by)
    if count:
        relevant_are(count, query)
    counts = deep.search(replace(query, k=1)).counts
    for offset, k in ((0, 10), (1, 1), (90, 10), (95, 10), (100, 1), (150, 60), (500, 100), (5000, 10)):
        for sort in Sort:
            assert deep.search(replace(query, offset=offset, k=k, sort=sort)).counts == counts


def test_a_total_is_exact_where_what_was_looked_at_ends_below_the_threshold(deep, relevant_are):
    """Nothing that was not looked at can stand above it in the order."""
    query = Query("violin museum 果园", k=EVERYTHING)
    relevant_are(20, query)
    assert deep.search(query).counts.relation is TotalRelation.EQ


def test_a_total_is_a_lower_bound_where_all_that_was_looked_at_is_relevant(deep, relevant_are):
    """What lies beyond has only an estimate."""
    relevant_are(3 * HEAD)
    assert deep.search(QUESTION).counts.relation is TotalRelation.GTE


def test_reprints_leave_no_less_to_look_at(deep, relevant_are):
    """Forty passages of a language are one hit here, and take one place of the 48 that are looked at."""
    assert relevant_are(20) < HEAD
    assert deep.search(QUESTION).counts.relation is TotalRelation.EQ


def test_a_plain_total_is_always_exact(deep, relevant_are):
    """The cosine of every passage is known."""
    query = replace(QUESTION, ranking=RankingMethod.PLAIN)
    relevant_are(3 * HEAD, query)
    assert deep.search(query).counts.relation is TotalRelation.EQ


@METHODS
def test_no_more_than_so_deep_is_counted(deep, relevant_are, monkeypatch, method):
    """A question that all of a large index answers costs no more, and its total says that there are others."""
    query = replace(QUESTION, ranking=method)
    relevant_are(250, query)
    monkeypatch.setattr("service.search.totals.COUNTED", 110)
    counts = deep.search(query).counts
    assert counts.relation is TotalRelation.GTE
    assert 100 < counts.total <= 2 * 110
    assert deep.search(replace(query, offset=300, k=100)).counts == counts


@pytest.mark.parametrize("options", [{"k": 10}, {"k": 400, "offset": 300}, {"k": 10, "languages": (Language.EN,)}])
def test_no_passage_goes_through_the_second_stage_twice(deep, monkeypatch, options):
    """Counting adds no search, a deeper page only lengthens the tail, and a filter shares what the best of all took."""
    read, scores = [], Tokens.scores

    def counted(self, rows):
        read.extend((self._asked.language, row) for row in rows.tolist())
        return scores(self, rows)

    monkeypatch.setattr(Tokens, "scores", counted)
    deep.search(replace(QUESTION, **options))
    assert 0 < len(read) == len(set(read)) <= len(Language) * HEAD


@BOTH
@pytest.mark.parametrize("question", SMALL)
def test_a_least_score_above_the_threshold_counts_instead(searcher, question, group_by):
    """Then the total is the number of all hits."""
    query = Query(question, k=EVERYTHING, group_by=group_by)
    for least in (RELEVANT, 0.6, 0.97):
        answer = searcher.search(replace(query, min_score=least))
        assert answer.counts.total == len(answer.hits)
        assert _of(answer.counts) == _by_hand(answer.hits)


@pytest.mark.parametrize("question", SMALL)
def test_a_least_score_below_the_threshold_changes_no_count(searcher, question):
    """What is shown is one thing, what is relevant another."""
    query = Query(question, k=EVERYTHING)
    assert searcher.search(replace(query, min_score=RELEVANT / 2)).counts == searcher.search(query).counts


def test_something_is_relevant_here_and_something_is_not(searcher):
    """Else these tests would say little."""
    totals = [searcher.search(Query(question)).counts.total for question in SMALL]
    assert min(totals) < max(totals)
    assert 0 < sum(totals) < len(SMALL) * sum(map(len, searcher.snapshot.pools.values()))


# Filters


def _filters():
    """Each with the documents that it is for, told from their fields."""
    yield {"languages": (Language.EN,)}, lambda hit: hit.passage.language == Language.EN
    yield {"languages": (Language.ZH,)}, lambda hit: hit.passage.language == Language.ZH
    for source in ("天津日报", "China Daily"):
        yield {"wanted": PassageFilter((source,))}, lambda hit, source=source: hit.document.source == source
    first, last = dt.date(2023, 1, 1), dt.date(2024, 12, 31)
    yield (
        {"wanted": PassageFilter(None, first, last)},
        lambda hit: hit.document.published is not None and first <= hit.document.published <= last,
    )


@BOTH
@METHODS
@pytest.mark.parametrize("question", SMALL)
def test_counts_under_a_filter_are_those_of_the_hits_that_pass_it(searcher, question, method, group_by):
    """Counted by hand among all relevant hits: so what a facet says is what its filter finds."""
    query = Query(question, k=EVERYTHING, ranking=method, group_by=group_by)
    relevant = [hit for hit in searcher.search(query).hits if hit.score >= RELEVANT]
    for options, passes in _filters():
        counts = searcher.search(replace(query, **options)).counts
        assert _of(counts) == _by_hand([hit for hit in relevant if passes(hit)]), options


@pytest.mark.parametrize("group_by", GroupBy)
@pytest.mark.parametrize("question", SMALL)
def test_a_facet_s_count_is_its_filter_s_total(searcher, question, group_by):
    """Who clicks on "天津日报 2" sees two."""
    query = Query(question, group_by=group_by)
    facets = searcher.search(query).counts.facets
    for found in facets.language:
        assert searcher.search(replace(query, languages=(Language(found.value),))).counts.total == found.count
    for found in facets.source:
        if found.value is not None:
            narrowed = replace(query, wanted=PassageFilter((found.value,)))
            assert searcher.search(narrowed).counts.total == found.count


def test_a_filter_changes_no_score_though_the_first_hit_lacks_more(searcher):
    """What the best hit of all lacks of the question counts, not what the best of those that pass does."""
    query = Query("宝坻智能公交 2023年5月5日 30万辆", k=EVERYTHING)
    free = {hit.passage.id: hit.score for hit in searcher.search(query).hits}
    for options, _ in _filters():
        hits = searcher.search(replace(query, **options)).hits
        assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(
            {hit.passage.id: free[hit.passage.id] for hit in hits}, abs=1e-6
        )


def test_what_nothing_passes_has_no_counts(searcher):
    """Zero is exact."""
    counts = searcher.search(Query("公交", wanted=PassageFilter(("nobody",)))).counts
    assert (counts.total, counts.relation, _of(counts)) == (0, TotalRelation.EQ, ({}, {}, {}))


# Newest first


def _newest(hits):
    """By the definition: newest first, undated last, those of a day by score and id."""
    return sorted(
        hits, key=lambda hit: (-(hit.document.published or dt.date.min).toordinal(), -hit.score, hit.passage.id)
    )


@METHODS
@BOTH
@pytest.mark.parametrize("count", [20, 45, 200])
def test_sorted_by_day_come_the_relevant_hits_newest_first(deep, relevant_are, method, group_by, count):
    """No other hit, each with the score that it has by relevance, ranked from 1."""
    query = replace(QUESTION, ranking=method, group_by=group_by)
    count = relevant_are(count, query)
    relevant = deep.search(query).hits[:count]
    hits = deep.search(replace(query, sort=Sort.PUBLISHED)).hits
    assert [(hit.passage.id, hit.score) for hit in hits] == [(hit.passage.id, hit.score) for hit in _newest(relevant)]
    assert [hit.rank for hit in hits] == list(range(1, count + 1))
    assert any(hit.document.published is None for hit in hits)
    assert len({hit.document.published for hit in hits}) < min(count, DAYS)  # ties are decided too


@METHODS
@BOTH
@pytest.mark.parametrize("size", [1, 7, 60])
def test_pages_by_day_put_together_are_the_one_big_page(deep, relevant_are, method, group_by, size):
    """Turning them neither repeats nor drops a hit, and ends with the last relevant one."""
    query = replace(QUESTION, ranking=method, group_by=group_by, sort=Sort.PUBLISHED)
    count = relevant_are(75, replace(query, sort=Sort.RELEVANCE))
    whole = deep.search(query)
    pages = [hit for at in range(0, count + size, size) for hit in deep.search(replace(query, k=size, offset=at)).hits]
    assert [(hit.rank, hit.passage.id) for hit in pages] == [(hit.rank, hit.passage.id) for hit in whole.hits]
    assert whole.counts.total == len(pages) == count


@BOTH
def test_by_relevance_the_relevant_hits_are_the_first(deep, relevant_are, group_by):
    """A page can draw a line behind hit number `total`."""
    query = replace(QUESTION, group_by=group_by)
    count = relevant_are(12, query)
    answer = deep.search(query)
    assert answer.counts.total == count
    relevant = [hit.score >= service.search.searcher.RELEVANT for hit in answer.hits]
    assert relevant == [True] * count + [False] * (len(relevant) - count)


def test_a_least_score_holds_by_day_too(searcher):
    """The hits are the relevant ones with at least that score."""
    query = Query("公交 预算 port", k=EVERYTHING)
    hits = [hit for hit in searcher.search(query).hits if hit.score >= RELEVANT]
    least = hits[len(hits) // 2].score
    found = searcher.search(replace(query, sort=Sort.PUBLISHED, min_score=least)).hits
    assert [hit.passage.id for hit in found] == [hit.passage.id for hit in _newest(hits) if hit.score >= least]


# Near-duplicates


@pytest.mark.parametrize("sort", Sort)
@BOTH
def test_reprints_count_as_one_hit(reprints, group_by, sort):
    """Fourteen articles, one text in each language: counted as they are shown."""
    answer = reprints.search(Query("公交 bus", k=EVERYTHING, group_by=group_by, sort=sort))
    shown = [hit for hit in answer.hits if hit.score >= RELEVANT]
    assert answer.counts.total == len(shown)
    assert _of(answer.counts) == _by_hand(shown)
    assert all(len(hit.also_in) == 6 for hit in shown)
