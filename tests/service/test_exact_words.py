"""Exact words and excluded ones through the whole read path: hits, totals, facets and orders agree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer import Language, PassageFilter
from service import Query
from service.records import GroupBy, RankingMethod, Sort, TotalRelation
from service.search.query.notes import NoteCode

EVERYTHING = 100
FILLERS = {
    f"{language}/{number}.md": {"title": title, "source": "Gazette", "text": text}
    for language, title, text in [
        ("en", "Weather", "The winter was long, and nobody in the village remembered one with so much snow as this."),
        ("zh", "天气", "今年冬天特别长，村里的老人都说，从来没有见过这么大的雪，孩子们却非常高兴。"),
    ]
    for number in range(1)
}
ARTICLES = {
    **FILLERS,
    "en/ferry.md": {
        "title": "Harbour news",
        "source": "China Daily",
        "published": "2024-03-01",
        "text": "The port opened a ferry to the island, and the bus to the port waits for every ferry now.",
    },
    "en/cargo.md": {
        "title": "Cargo at the port",
        "source": "China Daily",
        "published": "2024-04-01",
        "text": "The port handled more containers than ever, at its ferryman's surprise, as its director says.",
    },
    "en/title.md": {
        "title": "Ferry or bridge?",
        "source": "Xinhua",
        "published": "2024-05-01",
        "text": "Whoever lives by the port has waited for years, and will have to wait for another year or two.",
    },
    "zh/轮渡.md": {
        "title": "港口新闻",
        "source": "天津日报",
        "published": "2024-03-02",
        "text": "港口开通了去岛上的渡轮航线，附近的公交车会等每一班船，居民都说这样方便多了。",
    },
    "zh/货物.md": {
        "title": "港口的货物",
        "source": "天津日报",
        "published": "2024-06-02",
        "text": "港口今年的集装箱比往年都多，编号是14.2.1.0，负责人表示还要继续扩建码头。",
    },
}


@pytest.fixture(scope="module")
def searcher(search_corpus):
    """A searcher over articles on a port, some of them with a ferry."""
    return search_corpus(ARTICLES)


def _documents(searcher, text, **options):
    return {hit.document.id for hit in searcher.search(Query(text, k=EVERYTHING, **options)).hits}


# Leaving out


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("group_by", GroupBy)
def test_nothing_with_an_excluded_word_is_found(searcher, method, group_by):
    """Neither in its text nor in its title; a longer word with the same beginning is another word."""
    everything = _documents(searcher, "port", ranking=method, group_by=group_by)
    found = _documents(searcher, "port -ferry", ranking=method, group_by=group_by)
    assert everything - found == {"en/ferry.md", "en/title.md"}


@pytest.mark.parametrize("query", ["港口 -渡轮", "港口 -渡輪", "港口 －渡轮", '港口 -"渡轮航线"', "-渡轮 港口"])
def test_chinese_words_are_left_out_however_they_are_written(searcher, query):
    """Traditional, full-width, in quotes, first."""
    assert _documents(searcher, query) == set(ARTICLES) - {"zh/轮渡.md"}


def test_what_is_left_out_counts_nowhere(searcher):
    """Total, facets, newest and pages are those of the hits that are left."""
    query = Query('"port" -ferry', k=EVERYTHING)
    answer = searcher.search(query)
    assert {hit.document.id for hit in answer.hits} == {"en/cargo.md"}
    assert answer.counts.total == 1
    assert [(found.value, found.count) for found in answer.counts.facets.source] == [("China Daily", 1)]
    assert [hit.document.id for hit in searcher.search(replace(query, sort=Sort.PUBLISHED)).hits] == ["en/cargo.md"]
    assert searcher.search(replace(query, offset=1)).hits == ()


def test_the_words_left_out_are_not_asked_for(searcher):
    """They reach neither the encoder nor the terms."""
    (prepared,) = searcher.prepare(["port -violin"])
    (plain,) = searcher.prepare(["port"])
    assert prepared.question.text == "port"
    assert (prepared.embedding == plain.embedding).all()
    assert prepared.terms.groups == plain.terms.groups


def test_exclusion_and_filters_go_together(searcher):
    """Each takes away its own."""
    wanted = PassageFilter(sources=("China Daily",))
    assert _documents(searcher, "port -ferry", wanted=wanted) == {"en/cargo.md"}
    assert _documents(searcher, "port -ferry", wanted=wanted, languages=(Language.ZH,)) == set()


def test_a_reprint_with_an_excluded_word_is_not_named(search_corpus):
    """In its title, where the text is the same."""
    text = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
    titles = {"a.md": "Noon", "b.md": "Noon by ferry", "c.md": "At noon"}
    searcher = search_corpus({name: {"title": title, "text": text} for name, title in titles.items()})
    (hit,) = searcher.search(Query("bus -ferry")).hits
    assert {hit.document.id, *(other.id for other in hit.also_in)} == {"a.md", "c.md"}
    assert hit.also_in_count == 1


# Asking for exact words


@pytest.mark.parametrize("query", ['"14.2.1.0"', '"14.2.1.0" violin', '"1４.2.1.0"'])
@pytest.mark.parametrize("sort", Sort)
def test_exact_words_are_counted_and_sorted_whatever_their_score(searcher, query, sort):
    """Who quotes a number wants what has it, however little it says to the encoder."""
    answer = searcher.search(Query(query, sort=sort))
    assert [hit.document.id for hit in answer.hits] == ["zh/货物.md"]
    assert (answer.counts.total, answer.counts.relation) == (1, TotalRelation.EQ)
    assert [found.value for found in answer.counts.facets.month] == ["2024-06"]


def test_every_passage_with_exact_words_is_counted(searcher):
    """In both orders the same ones, newest first in one of them."""
    answers = {sort: searcher.search(Query('"港口"', sort=sort)) for sort in Sort}
    assert {answer.counts.total for answer in answers.values()} == {2}
    assert [hit.document.id for hit in answers[Sort.PUBLISHED].hits] == ["zh/货物.md", "zh/轮渡.md"]


def test_a_least_score_holds_for_exact_words_too(searcher):
    """It was asked for."""
    query = Query('"port" ferry', k=EVERYTHING)
    scores = [hit.score for hit in searcher.search(query).hits]
    answer = searcher.search(replace(query, min_score=scores[0]))
    assert answer.counts.total == len(answer.hits) == scores.count(scores[0]) < len(scores)


def test_exact_words_that_could_not_all_be_looked_up_are_a_lower_bound(searcher, monkeypatch):
    """With a note that says so."""
    monkeypatch.setattr("indexer.snapshot.phrase_filter.MOST_READ", 1)
    answer = searcher.search(Query('"the port"', languages=(Language.EN,)))
    assert answer.counts.relation is TotalRelation.GTE
    assert answer.note
    assert answer.note.code is NoteCode.PARTIAL
    assert searcher.search(Query('"港口"')).note is None


# Reprints


def test_reprints_count_for_every_source_and_month(search_corpus):
    """As the filters by them find the hit; a source that prints it twice counts once."""
    text = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
    papers = [("Xinhua", "2024-01-02"), ("Gazette", "2024-01-03"), ("gazette", "2024-02-01"), ("Xinhua", "2024-01-09")]
    searcher = search_corpus(
        {
            f"{number}.md": {"title": "Noon", "text": text, "source": source, "published": day}
            for number, (source, day) in enumerate(papers)
        }
    )
    query = Query('"noon"')
    counts = searcher.search(query).counts
    assert counts.total == 1
    assert [(found.value, found.count) for found in counts.facets.source] == [("Gazette", 1), ("Xinhua", 1)]
    assert [(found.value, found.count) for found in counts.facets.month] == [("2024-01", 1), ("2024-02", 1)]
    of_january = PassageFilter(published_to=dt.date(2024, 1, 31), sources=("Xinhua",))
    counts = searcher.search(replace(query, wanted=of_january)).counts
    assert [(found.value, found.count) for found in counts.facets.source] == [("Xinhua", 1)]


def test_only_some_reprints_are_named_and_all_are_counted(search_corpus, monkeypatch):
    """A text that thousands print is no hit with thousands of articles, and no text of theirs is read."""
    monkeypatch.setattr("service.search.hits.MOST_PRINTINGS", 3)
    text = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
    searcher = search_corpus({f"{number}.md": {"title": "Noon", "text": text} for number in range(9)})
    (hit,) = searcher.search(Query("bus")).hits
    assert [other.id for other in hit.also_in] == sorted({f"{n}.md" for n in range(9)} - {hit.document.id})[:3]
    assert hit.also_in_count == 8
    assert not hasattr(hit.also_in[0], "text")


# Explanations


def test_an_explanation_names_a_name_in_characters(search_corpus):
    """It is found as it is written, too, not only by how it sounds."""
    searcher = search_corpus(
        {
            "zh.md": {"title": "", "text": "记者在车站见到了刘松林，他说这条线路的公交明年就会开通。"},
            "en.md": {"title": "", "text": "Liu Songlin said at the station that the bus would run next year."},
            "other.md": {"title": "", "text": "河边的果园一夜之间损失了大部分苹果，谁也说不清楚发生了什么。"},
        }
    )
    hits = searcher.search(Query("刘松林", explain=True)).hits
    for hit in hits[:2]:
        names = [term for term in hit.explanation.matched if term.kind == "name" and term.text == "刘松林"]
        assert names
        assert names[0].weight == pytest.approx(hit.explanation.signals["names"], abs=1e-3)


# Notes


@pytest.mark.parametrize("query", ["?", "AND OR NOT", "1", "……"])
def test_nothing_is_found_where_there_is_nothing_to_look_for(searcher, query):
    """And the answer says why."""
    for sort in Sort:
        answer = searcher.search(Query(query, sort=sort))
        assert (answer.hits, answer.counts.total) == ((), 0)
        assert answer.note
        assert answer.note.code is NoteCode.NOTHING


def test_a_language_that_is_not_served_is_named_in_both_languages(searcher):
    """The hits are there all the same."""
    answer = searcher.search(Query("港はどこにありますか"))
    assert answer.hits
    assert answer.note
    assert answer.note.code is NoteCode.LANGUAGE
    assert "Japanese" in answer.note.english
    assert "日文" in answer.note.chinese


@pytest.mark.parametrize("query", ["where is the port?", "港口在哪里？", "Liu Songlin", '"port" -ferry'])
def test_a_question_that_is_served_has_no_note(searcher, query):
    """Else nobody would read them."""
    assert searcher.search(Query(query)).note is None
