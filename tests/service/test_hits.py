"""What a hit shows: its best sentence, its reprints, why it is where it is; and which hits are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from indexer import Language, LateInteraction, PassageFilter
from indexer.text.chunking import sentence_spans
from service import Query, RankingMethod
from service.records import GroupBy
from service.search.signals import SIGNALS

EVERYTHING = 100
SENTENCES = {
    "en/day.md": {
        "title": "One day",
        "text": "The museum was closed that morning. In the end the bus came at noon. Nobody in the hospital knew it.",
    },
    "zh/一天.md": {
        "title": "一天",
        "text": "那天早上博物馆关门了。最后公交在中午到了。医院里没有人知道这件事。",
    },
}


@pytest.fixture(params=["with tokens", "without tokens"])
def searcher(request, searcher, searcher_without_tokens):
    """The searcher over the small corpus, of either kind of encoder."""
    return searcher if request.param == "with tokens" else searcher_without_tokens


# Highlights


@pytest.mark.parametrize("method", RankingMethod)
def test_a_highlight_is_one_of_the_passage_s_sentences(searcher, method):
    """Its offsets point into the document's text, beyond the basic plane too."""
    for hit in searcher.search(Query("水稻 bus", k=EVERYTHING, ranking=method)).hits:
        (found,) = hit.highlights
        start = hit.passage.start
        assert (found.start - start, found.end - start) in sentence_spans(hit.passage.text)
        assert hit.document.text[found.start : found.end] == hit.passage.text[found.start - start : found.end - start]
        assert 0 <= found.score <= 1


@pytest.mark.parametrize("late_interaction", LateInteraction)
@pytest.mark.parametrize("question", ["bus", "公交"])
def test_the_highlight_is_the_sentence_that_answers(search_corpus, late_interaction, question):
    """In both languages, whatever the question's."""
    searcher = search_corpus(SENTENCES, late_interaction=late_interaction)
    hits = searcher.search(Query(question)).hits
    found = {hit.document.text[mark.start : mark.end] for hit in hits for mark in hit.highlights}
    assert found == {"In the end the bus came at noon.", "最后公交在中午到了。"}


# Near-duplicates


@pytest.mark.parametrize("method", RankingMethod)
def test_reprints_are_one_hit_that_names_where_else_it_stands(reprints, method):
    """Seven newspapers print one English and two Chinese passages: three hits, each in six other articles too."""
    hits = reprints.search(Query("公交 bus", k=EVERYTHING, ranking=method)).hits
    assert len(hits) == len({hit.passage.text for hit in hits}) == 3
    for hit in hits:
        everywhere = [hit.document.id, *(document.id for document in hit.also_in)]
        assert sorted(everywhere) == [f"{hit.passage.language}/{number}.md" for number in range(7)]
        assert [document.id for document in hit.also_in] == sorted(document.id for document in hit.also_in)


def test_an_article_without_reprints_is_nowhere_else(searcher):
    """Articles on one subject are no near-duplicates."""
    assert all(hit.also_in == () for hit in searcher.search(Query("公交", k=EVERYTHING)).hits)


@pytest.mark.parametrize("method", RankingMethod)
def test_only_reprints_that_pass_the_filter_are_named(search_corpus, method):
    """And the hit is one of those that pass, wherever the best of all stands."""
    text = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
    searcher = search_corpus(
        {
            f"{number}.md": {"title": "Noon", "text": text, "source": source, "published": f"2024-0{number}-01"}
            for number, source in enumerate(["Xinhua", "China Daily", "Xinhua", "Gazette"], start=1)
        }
    )

    def found(**wanted):
        query = Query("bus", ranking=method, wanted=PassageFilter(**wanted))
        (hit,) = searcher.search(query).hits
        return [{hit.document.id}, {document.id for document in hit.also_in}]

    assert set.union(*found()) == {"1.md", "2.md", "3.md", "4.md"}
    assert set.union(*found(sources=("xinhua",))) == {"1.md", "3.md"}
    assert set.union(*found(published_from=dt.date(2024, 2, 1), published_to=dt.date(2024, 3, 1))) == {"2.md", "3.md"}
    assert found(sources=("Gazette",)) == [{"4.md"}, set()]


# Explanations


def test_nothing_is_explained_unasked(searcher):
    """It costs time and space."""
    assert all(hit.explanation is None for hit in searcher.search(Query("公交", k=EVERYTHING)).hits)


def test_an_explanation_s_signals_make_the_score(searcher):
    """Weighted and summed they are the deviations, which fall as the scores do."""
    hits = searcher.search(Query("the budget of 武清", k=EVERYTHING, explain=True)).hits
    deviations = [hit.explanation.deviations for hit in hits]
    assert deviations == sorted(deviations, reverse=True)
    (prepared,) = searcher.prepare(["the budget of 武清"])
    ranked = searcher.rank(Query("the budget of 武清", k=EVERYTHING), prepared)
    assert [hit.explanation.deviations for hit in hits] == [candidate.score for candidate in ranked]
    for hit, candidate in zip(hits, ranked, strict=True):
        assert candidate.signals == {
            name: value for name, value in hit.explanation.signals.items() if value is not None
        }
        assert list(hit.explanation.signals) == list(SIGNALS)


def test_an_explanation_names_signals_that_were_not_looked_at_as_none(searcher, searcher_without_tokens):
    """An index without tokens has no score of tokens, rather than one of 0; the plain ranking looks at one thing."""
    (fair, *_), (plain, *_) = (
        searcher.search(Query("公交", explain=True, ranking=method)).hits for method in RankingMethod
    )
    has_tokens = searcher is not searcher_without_tokens
    assert (fair.explanation.signals["tokens"] is not None) == has_tokens
    looked_at = {name: value for name, value in plain.explanation.signals.items() if value is not None}
    assert looked_at == {"dense": plain.explanation.deviations}


def test_an_explanation_names_the_terms_that_matched(search_corpus):
    """As the query writes them, in either language, the weightiest first; and none that didn't."""
    searcher = search_corpus(
        {
            "en.md": {"title": "", "text": "Liu Songlin spent 8.17 billion yuan on the railway, as was written there."},
            "zh.md": {"title": "", "text": "刘松林在铁路上花了81.7亿元，这件事情在那里已经写得很清楚了。"},
            "other.md": {"title": "", "text": "Nobody knows how much money there was in the old orchard by the sea."},
        }
    )
    hits = searcher.search(Query("Liu Songlin 8.17 billion yuan orchard", explain=True)).hits
    matched = {hit.document.id: hit.explanation.matched for hit in hits}
    for name in ("en.md", "zh.md"):
        assert {term.text for term in matched[name]} == {"Liu Songlin", "8.17 billion yuan"}
        assert {term.kind for term in matched[name]} == {"name", "number"}
        assert [term.weight for term in matched[name]] == sorted((term.weight for term in matched[name]), reverse=True)
        assert min(term.weight for term in matched[name]) > 0
    assert [term.text for term in matched["other.md"]] == ["orchard"]


# Which hits are shown


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("group_by", GroupBy)
def test_a_least_score_leaves_out_what_has_less(searcher, method, group_by):
    """Exactly those; a hit with just that score stays, as does every score."""
    query = Query("公交 铁路", k=EVERYTHING, ranking=method, group_by=group_by)
    hits = searcher.search(query).hits
    for least in (0.0, hits[2].score, hits[-1].score, 1.0):
        expected = [(hit.passage.id, hit.score) for hit in hits if hit.score >= least]
        found = searcher.search(replace(query, min_score=least)).hits
        assert [(hit.passage.id, hit.score) for hit in found] == expected


def test_a_least_score_and_pages_go_together(searcher):
    """A page behind the last good hit is empty."""
    query = Query("公交 铁路", k=EVERYTHING)
    least = searcher.search(query).hits[2].score
    assert len(searcher.search(replace(query, k=2, min_score=least)).hits) == 2
    assert [hit.rank for hit in searcher.search(replace(query, k=2, offset=2, min_score=least)).hits] == [3]
    assert searcher.search(replace(query, k=2, offset=4, min_score=least)).hits == ()


@pytest.mark.parametrize("method", RankingMethod)
def test_grouped_by_document_each_article_comes_once_with_its_best_passage(searcher, method):
    """In the order of these, with their scores; ranks count articles."""
    query = Query("公交 铁路 budget", k=EVERYTHING, ranking=method)
    best = {}
    for hit in searcher.search(query).hits:
        best.setdefault(hit.document.id, (hit.passage.id, hit.score))
    grouped = searcher.search(replace(query, group_by=GroupBy.DOCUMENT)).hits
    assert [(hit.document.id, (hit.passage.id, hit.score)) for hit in grouped] == list(best.items())
    assert [hit.rank for hit in grouped] == list(range(1, len(best) + 1))
    assert len(best) == searcher.snapshot.manifest.documents


def test_grouped_reprints_are_one_article(reprints):
    """The others are named beside it."""
    hits = reprints.search(Query("公交 bus", k=EVERYTHING, group_by=GroupBy.DOCUMENT)).hits
    languages = [hit.passage.language for hit in hits]
    assert set(languages) == set(Language)
    assert all(len(hit.also_in) == 6 for hit in hits)
