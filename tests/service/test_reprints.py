"""A story that many papers print is one hit, and changes nothing else of an answer."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from deep_corpus import CONCEPTS, FILLERS

from indexer import Document, Language, Passage, PassageFilter, index_passages, open_snapshot
from service import Query, RankingMethod, Searcher
from service.records import GroupBy, Sort
from service.search.hits import MOST_PRINTINGS

STORY = {
    Language.EN: "The violin that Maria Fontane built in 2024 was sold for 38,500 yuan, and her workshop by the river "
    "in Baodi has closed since then.",
    Language.ZH: "玛丽亚在2024年制作的那一把提琴卖了38,500元，此后她在宝坻河边开的那一间作坊就关上了大门，再也没有人去过。",
}
"""Printed by many papers."""
SECOND = {
    Language.EN: "Nobody had taught Maria Fontane how a violin is made before she came to the river as a girl.",
    Language.ZH: "在她还是小姑娘的时候来到河边之前，没有人教过玛丽亚怎么样去做一把提琴，也没有人相信她。",
}
"""On the same subject, in one paper."""
QUESTIONS = ["Maria Fontane violin", "who built a violin by the river?", "玛丽亚的提琴", "河边的作坊卖了多少钱"]
OTHERS = 130
BYLINES = {Language.EN: " (Reuters)", Language.ZH: "（完）"}


@pytest.fixture(scope="module")
def printed(encoder, encoder_without_tokens, scratch_cache, tmp_path_factory):
    """Searchers over a story in some copies among articles on other things: `printed(20)`."""
    opened = []

    @cache
    def open_searcher(copies, made_by=encoder, edited=False) -> Searcher:
        index = tmp_path_factory.mktemp("printed") / "index"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HAIHE_CACHE", str(scratch_cache))
            index_passages(_articles(copies, edited=edited), index, made_by)
        opened.append(Searcher(open_snapshot(index), made_by))
        return opened[-1]

    yield open_searcher
    for searcher in opened:
        searcher.snapshot.close()


@pytest.fixture(params=["with tokens", "without tokens"])
def made_by(request, encoder, encoder_without_tokens):
    """Either kind of encoder."""
    return encoder if request.param == "with tokens" else encoder_without_tokens


def _articles(copies, *, edited):
    """In each language; the copies stand in the middle of the others, every second one with a byline if `edited`."""
    chance = random.Random(5)
    for language in Language:
        story, byline = STORY[language], BYLINES[language]
        others = [_text(language, chance) for _ in range(OTHERS)]
        texts = {f"{language}/a{number:03}": text for number, text in enumerate(others)}
        texts |= {f"{language}/a{60}/{number:05}": story for number in range(copies)}
        texts |= {f"{language}/a{60}/{number:05}": story + byline for number in range(1, copies, 2) if edited}
        texts[f"{language}/second"] = SECOND[language]
        for number, (identifier, text) in enumerate(sorted(texts.items())):
            document = Document(identifier, "", text, language, source=f"paper {number % 7}")
            yield document, [Passage(identifier, identifier, text, language, 0, len(text), "")]


def _text(language, chance):
    """No violin is in it."""
    words = chance.choices(CONCEPTS[language][:-1], k=2) + chance.choices(FILLERS[language], k=10)
    chance.shuffle(words)
    return " ".join(words) + "." if language == Language.EN else "".join(words) + "。"


def _scores(hits):
    """By text; a byline is none of it."""
    texts = [hit.passage.text for hit in hits]
    for byline in BYLINES.values():
        texts = [text.removesuffix(byline) for text in texts]
    assert len(set(texts)) == len(texts)
    return dict(zip(texts, (hit.score for hit in hits), strict=True))


@pytest.mark.parametrize("copies", [20, 200])
@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_place_or_score_depends_on_how_often_a_story_was_printed(printed, made_by, question, method, copies):
    """The first hit, the second article on the subject and the total are what they are beside a single copy."""
    query = Query(question, k=40, ranking=method)
    once, often = (printed(number, made_by).search(query) for number in (1, copies))
    assert list(_scores(often.hits)) == list(_scores(once.hits))
    assert list(_scores(often.hits).values()) == pytest.approx(list(_scores(once.hits).values()), abs=1e-6)
    assert often.counts.total == once.counts.total
    assert once.hits[0].passage.text in {*STORY.values(), *SECOND.values()}


@pytest.mark.parametrize("copies", [20, 200])
@pytest.mark.parametrize("question", QUESTIONS)
def test_copies_that_differ_in_a_byline_count_as_one(printed, question, copies):
    """The shown one may score a little better than the only one would."""
    query = Query(question, k=10)
    once, often = (_scores(printed(number, edited=True).search(query).hits) for number in (1, copies))
    assert set(list(often)[:4]) == set(list(once)[:4])
    assert {text: often[text] for text in list(once)[:4]} == pytest.approx(dict(list(once.items())[:4]), abs=0.02)


@pytest.mark.parametrize("language", Language)
def test_statistics_are_those_of_the_distinct_passages(printed, language):
    """Means, covariances, the sample and the frequencies of terms: in an index with 200 copies as in one with one."""
    once, often = (printed(copies).snapshot.pools[language] for copies in (1, 200))
    assert len(often) == len(once) + 199
    assert often.count(None) == once.count(None) == len(once)
    for space in ("space", "sentence_space"):
        for statistic in ("passage_mean", "query_mean", "centred_mean", "covariance"):
            one, other = (getattr(getattr(pool, space), statistic) for pool in (once, often))
            assert np.array_equal(one, other), (space, statistic)
    assert np.array_equal(often.sample_vectors, once.sample_vectors)
    assert np.array_equal(often.tokens.sample.weights, once.tokens.sample.weights)
    assert often.tokens.passages == once.tokens.passages
    groups = [[(term, 1.0)] for term in ("violin", "fontane", "提琴", "玛丽", "d_2024", "bus", "公交", "nowhere")]
    assert often.terms.look_up(groups).weights == once.terms.look_up(groups).weights
    assert often.terms.look_up(groups).attainable(np.ones(len(groups))).tolist() == (
        once.terms.look_up(groups).attainable(np.ones(len(groups))).tolist()
    )


def test_all_copies_are_counted_and_some_are_named(printed):
    """Of the first article's 200 copies in each language; what is named has no text."""
    hits = printed(200).search(Query(QUESTIONS[0], k=40)).hits
    stories = [hit for hit in hits if hit.passage.text in STORY.values()]
    assert [hit.also_in_count for hit in stories] == [199, 199]
    assert [len(hit.also_in) for hit in stories] == [MOST_PRINTINGS] * 2
    assert not any(hasattr(other, "text") for hit in stories for other in hit.also_in)
    assert not any(hit.also_in_count for hit in hits if hit not in stories)


@pytest.mark.parametrize("method", RankingMethod)
@pytest.mark.parametrize("group_by", GroupBy)
def test_every_text_comes_once_however_deep_one_reads(printed, method, group_by):
    """The whole ranking of an index with 200 copies is that of one with one."""
    query = Query(QUESTIONS[0], k=1000, ranking=method, group_by=group_by)
    once, often = (printed(copies).search(query).hits for copies in (1, 200))
    assert list(_scores(often)) == list(_scores(once))
    assert len(once) == 2 * (OTHERS + 2)


def test_pages_fit_together_beside_copies(printed):
    """What a page begins with follows what the one before ended with."""
    searcher, query = printed(200, edited=True), Query(QUESTIONS[0], k=17)
    pages = [hit for at in range(0, 160, 17) for hit in searcher.search(replace(query, offset=at)).hits]
    assert _scores(pages) == _scores(searcher.search(replace(query, k=len(pages))).hits)


@pytest.mark.parametrize("copies", [1, 200])
def test_a_copy_is_found_that_passes_a_filter_of_sources(printed, copies):
    """Though it isn't the first of them, with the score that it has unfiltered."""
    searcher, query = printed(copies), Query(QUESTIONS[0], k=10)
    scores = _scores(searcher.search(query).hits)
    for number in range(7):
        hits = searcher.search(replace(query, wanted=PassageFilter(sources=(f"paper {number}",)))).hits
        assert {hit.document.source for hit in hits} == {f"paper {number}"}
        found = _scores(hits)
        if copies > 1:
            assert set(STORY.values()) <= set(found)
        assert all(found[text] == pytest.approx(scores[text], abs=1e-6) for text in found if text in scores)


def test_the_total_of_a_much_printed_story_is_exact(printed):
    """The copies don't take the places of what has to be looked at to know it."""
    once, often = (printed(copies).search(Query(QUESTIONS[0], sort=Sort.PUBLISHED)).counts for copies in (1, 200))
    assert (often.total, often.relation) == (once.total, once.relation)


def test_what_is_like_an_article_names_a_text_once(printed):
    """The neighbours of the second article: the story is one of them, not all."""
    hits = printed(200).similar(f"{Language.EN}/second", 10)
    assert len(_scores(hits)) == 10
    assert STORY[Language.EN] in _scores(hits)


@pytest.mark.slow
@pytest.mark.parametrize("method", RankingMethod)
def test_a_thousand_copies_cost_a_search_little(printed, method):
    """Copies are passed over, not scored: less than five times as long, where there are eight times as many rows."""
    durations = []
    for copies in (1, 1000):
        searcher = printed(copies)
        for _ in range(3):
            searcher.search(Query("another question", ranking=method))
        spent = []
        for number in range(9):
            begun = time.process_time()
            searcher.search(Query(f"{QUESTIONS[0]} {number}", ranking=method))
            spent.append(time.process_time() - begun)
        durations.append(min(spent))
    assert durations[1] < 5 * durations[0]
