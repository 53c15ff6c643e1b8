"""The read path from a question to hits."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from checks import open_databases

import service.search.searcher
from indexer import Language, PassageFilter, SnapshotMismatch, open_snapshot
from service import Query, RankingMethod, Searcher

EVERYTHING = 100


@pytest.fixture(params=["with tokens", "without tokens"])
def searcher(request, searcher, searcher_without_tokens) -> Searcher:
    """The searcher over the small corpus, of either kind of encoder."""
    return searcher if request.param == "with tokens" else searcher_without_tokens


def _by_passage(searcher, query):
    return {hit.passage.id: hit.score for hit in searcher.search(query).hits}


def _documents(searcher, query):
    return {hit.document.id for hit in searcher.search(query).hits}


@pytest.mark.parametrize(
    ("question", "english", "chinese"),
    [("公交", "en/buses.md", "天津/公交.md"), ("the hospital and its budget", "en/budget.md", "天津/预算.md")],
)
def test_fair_search_finds_both_languages_first(searcher, question, english, chinese):
    """What answers in the other language stands beside what answers in the question's own."""
    best = [hit.document.id for hit in searcher.search(Query(question, k=3)).hits]
    assert {english, chinese} == set(best)


def test_plain_search_prefers_the_language_of_the_question(searcher):
    """The bias that the fair ranking is for: passages of the question's language that say nothing of it come first."""
    question = Query("铁路", k=EVERYTHING)
    fair = [hit.document.id for hit in searcher.search(question).hits]
    plain = [hit.document.id for hit in searcher.search(replace(question, ranking=RankingMethod.PLAIN)).hits]
    assert fair[:2] == ["天津/公交.md", "en/buses.md"]
    assert plain.index("en/buses.md") > max(plain.index(name) for name in ("天津/预算.md", "天津/水稻.md"))


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize(("question", "language"), [("公交线路", Language.ZH), ("bus line", Language.EN)])
def test_the_answer_names_the_language_of_the_question(searcher, method, question, language):
    """Whichever ranking was asked for."""
    assert searcher.search(Query(question, ranking=method)).language == language


@pytest.mark.parametrize("method", RankingMethod)
def test_hits_are_ranked_from_one_and_scored_downwards(searcher, method):
    """Ranks count up, scores fall, within 0 to 1."""
    hits = searcher.search(Query("bus 公交", k=EVERYTHING, ranking=method)).hits
    scores = [hit.score for hit in hits]
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 1


def test_a_hit_can_be_highlighted_in_its_document(searcher):
    """Offsets are code points of the document's text, beyond the basic plane too."""
    hits = searcher.search(Query("水稻 公交", k=EVERYTHING)).hits
    assert all(hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text for hit in hits)
    assert any("𠮷" in hit.passage.text for hit in hits)
    assert all(hit.passage.document_id == hit.document.id for hit in hits)


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("language", Language)
def test_a_language_filter_keeps_the_scores(searcher, method, language):
    """Only passages of that language are left, each with the score it had among all."""
    free = _by_passage(searcher, Query("预算", k=EVERYTHING, ranking=method))
    query = Query("预算", k=EVERYTHING, ranking=method, languages=(language,))
    assert {hit.passage.language for hit in searcher.search(query).hits} == {language}
    kept = _by_passage(searcher, query)
    assert kept == pytest.approx({identifier: free[identifier] for identifier in kept}, abs=1e-6)
    assert len(kept) == len(searcher.snapshot.pools[language])


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize(
    ("wanted", "documents"),
    [
        (PassageFilter(sources=("天津日报",)), {"天津/公交.md", "天津/预算.md"}),
        (PassageFilter(sources=("CHINA daily",)), {"en/buses.md", "en/undated.md"}),
        (PassageFilter(sources=("xinhua", "农民日报")), {"en/budget.md", "天津/水稻.md"}),
        (PassageFilter(published_from=dt.date(2025, 1, 1)), {"en/budget.md", "天津/预算.md"}),
        (PassageFilter(published_to=dt.date(2023, 5, 4)), {"en/buses.md", "天津/水稻.md"}),
        (
            PassageFilter(published_from=dt.date(2023, 5, 4), published_to=dt.date(2023, 5, 5)),
            {"en/buses.md", "天津/公交.md"},
        ),
        (PassageFilter(("天津日报",), dt.date(2024, 1, 1), None), {"天津/预算.md"}),
        (
            PassageFilter(published_from=dt.date(1, 1, 1)),
            {"en/buses.md", "en/budget.md", "en/music.md", "天津/公交.md", "天津/预算.md", "天津/水稻.md"},
        ),
    ],
    ids=[
        "source",
        "source in other case",
        "two sources",
        "from",
        "to",
        "both ends count",
        "source and date",
        "undated passes no date filter",
    ],
)
def test_filters_choose_articles_and_keep_their_scores(searcher, method, wanted, documents):
    """Exactly the articles that pass are found, with the scores that they have without a filter."""
    query = Query("公交 budget", k=EVERYTHING, ranking=method)
    kept = _by_passage(searcher, replace(query, wanted=wanted))
    free = _by_passage(searcher, query)
    assert _documents(searcher, replace(query, wanted=wanted)) == documents
    assert kept == pytest.approx({identifier: free[identifier] for identifier in kept}, abs=1e-6)


@pytest.mark.parametrize(
    "wanted",
    [
        PassageFilter(sources=("No Such Paper",)),
        PassageFilter(sources=()),
        PassageFilter(published_from=dt.date(2100, 1, 1)),
    ],
    ids=["unknown source", "no source at all", "future"],
)
@pytest.mark.parametrize("method", RankingMethod)
def test_a_filter_that_nothing_passes_gives_no_hits(searcher, method, wanted):
    """An empty answer, no error."""
    assert searcher.search(Query("公交", ranking=method, wanted=wanted)).hits == ()


def _pages(searcher, query, size):
    total = sum(map(len, searcher.snapshot.pools.values()))
    return [
        (hit.rank, hit.passage.id)
        for offset in range(0, total + size, size)
        for hit in searcher.search(replace(query, k=size, offset=offset)).hits
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("method", RankingMethod)
def test_pages_put_together_are_the_one_big_page(searcher, method, size):
    """Turning pages neither repeats nor drops a hit, and ranks go on."""
    query = Query("the bus to the railway 公交", k=EVERYTHING, ranking=method)
    assert _pages(searcher, query, size) == [(hit.rank, hit.passage.id) for hit in searcher.search(query).hits]


def test_an_offset_behind_the_last_hit_gives_no_hits(searcher):
    """No error, no wrapping around."""
    assert searcher.search(Query("公交", offset=EVERYTHING)).hits == ()


@pytest.mark.parametrize("change", [{"name": "another"}, {"turned": True}], ids=["another name", "other vectors"])
def test_another_encoder_is_refused(index_folder, make_encoder, change):
    """By its name, and where only its vectors differ, by what it does."""
    snapshot = open_snapshot(index_folder)
    try:
        with pytest.raises(SnapshotMismatch, match="haihe index"):
            Searcher(snapshot, make_encoder(**change))
    finally:
        snapshot.close()


def test_a_closed_searcher_leaves_neither_threads_nor_files(encoder, second, build, articles_folder, tmp_path):
    """Each generation that a service opens may be closed again: the second encoder's thread, the dictionary, the index."""
    index = build(articles_folder, tmp_path / "index", second=second)
    files, threads = open_databases(), set(threading.enumerate())
    with Searcher(open_snapshot(index), encoder, second=second) as searcher:
        assert searcher.search(Query("公交")).hits
        assert {thread.name for thread in set(threading.enumerate()) - threads} >= {"terms_0", "second-encoder_0"}
        assert len(open_databases() - files) == 4  # articles, the terms of each language, the dictionary
    assert open_databases() == files
    assert set(threading.enumerate()) <= threads
    searcher.close()


def test_an_index_whose_encoder_is_refused_leaves_no_file_open(index_folder, make_encoder, monkeypatch):
    """`Searcher.open` opened the index, so it closes it."""
    monkeypatch.setattr(service.search.searcher, "load_encoder", lambda *_, **__: make_encoder(turned=True))
    before = open_databases()
    with pytest.raises(SnapshotMismatch, match="haihe index"):
        Searcher.open(index_folder)
    assert open_databases() == before


def test_eight_threads_get_the_answers_that_one_gets(searcher):
    """Snapshot, index and encoder are shared; answers don't mix."""
    words = ("公交", "bus", "预算", "budget", "水稻", "violin", "港口", "port", "医院", "railway")
    queries = [Query(word, k=5, ranking=method) for word in words for method in RankingMethod]
    alone = [searcher.search(query) for query in queries]
    assert len({answer.hits for answer in alone}) > len(words)  # else mixed answers could not be told apart
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: [searcher.search(query) for query in queries], range(8)))
    assert together == [alone] * 8


def test_a_document_comes_with_its_passages_in_its_order(searcher):
    """What `GET /v1/documents/{id}` shows."""
    document, passages = searcher.document("天津/公交.md")
    assert document.title == "宝坻智能公交上路"
    assert [document.text[passage.start : passage.end] for passage in passages] == [p.text for p in passages]
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
    assert len(passages) == 2


def test_an_unknown_document_is_none(searcher):
    """The caller says 404."""
    assert searcher.document("天津/没有.md") is None
