"""Counterparts: the same story in the other language, and none where there is none."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.linking import counterparts as module
from indexer.linking.counterparts import MOST, THRESHOLD, Stories, neutral_terms, term_numbers
from indexer.linking.editions import Edition
from indexer.records import Language
from indexer.terms import passage_terms

ZH, EN = Language.ZH, Language.EN
DAY = dt.date(2025, 9, 17)


@dataclasses.dataclass(frozen=True)
class Story:
    """One of `Stories`."""

    id: str
    embedding: np.ndarray
    published: dt.date | None = None
    terms: frozenset[str] = frozenset()


def counterparts(stories):
    """Those of stories in any order."""
    return module.counterparts({language: together(rows) for language, rows in stories.items()})


def together(stories):
    ordered = sorted(stories, key=lambda story: story.id)
    return Stories(
        ids=[story.id for story in ordered],
        embeddings=np.array([story.embedding for story in ordered], np.float32),
        published=[story.published for story in ordered],
        terms=[term_numbers(story.terms) for story in ordered],
    )


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def corpus(zh, en, *, dimension=384, noise=0.7, seed=0):
    """Stories of events by number: two of one event lie near each other."""
    events = unit(np.random.default_rng(seed).normal(size=(1000, dimension)))
    rng = np.random.default_rng(seed + 1)
    return {
        language: [
            Story(f"{language}-{place:03}-{event}", unit(events[event] + noise * unit(rng.normal(size=dimension))))
            for place, event in enumerate(numbers)
        ]
        for language, numbers in ((ZH, zh), (EN, en))
    }


def event(document_id):
    return document_id.rsplit("-", 1)[1]


def pairs(stories):
    return {(pair.document_id, pair.counterpart_id) for pair in counterparts(stories)}


def with_terms(story, *terms):
    return dataclasses.replace(story, terms=frozenset(terms))


def test_stories_of_one_event_find_each_other():
    found = counterparts(corpus(range(40), range(39, -1, -1)))
    assert all(event(pair.document_id) == event(pair.counterpart_id) for pair in found)
    assert len(found) == 80


def test_a_story_without_counterpart_has_none():
    found = pairs(corpus(range(60), range(30, 90)))
    assert {event(one) for one, _ in found} == {str(number) for number in range(30, 60)}


def test_unrelated_corpora_have_no_counterparts():
    assert not counterparts(corpus(range(50), range(50, 100)))


def test_no_counterpart_is_of_the_same_language():
    found = pairs(corpus([1, 1, 2, 2], [1, 2]))
    assert found
    assert all(one[:2] != other[:2] for one, other in found)


def test_pairs_come_in_both_directions():
    found = counterparts(corpus(range(20), range(20)))
    assert {(b, a, score) for a, b, score in found} == set(found)


def test_several_stories_of_one_event_are_all_found_the_best_first():
    """Two English articles on one Chinese press conference."""
    stories = corpus(range(30), [7, *range(30)], noise=0.4)
    found = [pair for pair in counterparts(stories) if pair.document_id == "zh-007-7"]
    assert [event(pair.counterpart_id) for pair in found] == ["7", "7"]
    assert found[0].score >= found[1].score >= THRESHOLD


def test_no_story_has_more_than_three():
    found = counterparts(corpus([1, *range(10, 30)], [1] * 6 + [*range(10, 30)], noise=0.3))
    per_story = [sum(pair.document_id == one.document_id for pair in found) for one in found]
    assert max(per_story) <= MOST


def test_a_rare_number_and_a_name_tell_stories_apart_that_embeddings_do_not():
    """Two reports on one subject: only one says 24.37 and names Liu Songlin."""
    rng = np.random.default_rng(5)
    subject = unit(rng.normal(size=384))
    one, other, third = (unit(subject + 2.0 * unit(rng.normal(size=384))) for _ in range(3))
    others = corpus(range(20), range(20, 40))
    zh = with_terms(Story("zh-a", one), "n_2437000000", "n_1849", "l_liusonglin", "l_tianjin", "n_60577000000")
    right = with_terms(Story("en-a", other), "n_2437000000", "n_1849", "l_liusonglin", "l_tianjin", "n_60577000000")
    wrong = with_terms(Story("en-b", third), "n_5", "n_81", "l_lianmaojun", "l_tianjin")
    found = counterparts({ZH: [zh, *others[ZH]], EN: [right, wrong, *others[EN]]})
    assert [pair.counterpart_id for pair in found if pair.document_id == "zh-a"] == ["en-a"]


def test_what_everyone_shares_makes_no_counterparts():
    """A corpus on Tianjin says Tianjin, Beijing and 2025 in every article."""
    stories = corpus(range(40), range(40, 80))
    common = ("l_tianjin", "l_beijing", "d_2025", "n_2", "n_3", "n_10")
    assert not counterparts({language: [with_terms(s, *common) for s in rows] for language, rows in stories.items()})


@pytest.mark.parametrize(("days", "raises"), [(1, True), (45, False)])
def test_dates_near_each_other_raise_a_score_and_distant_ones_lower_it(days, raises):
    stories = corpus(range(30), range(30))
    undated = {pair[:2]: pair.score for pair in counterparts(stories)}["zh-003-3", "en-003-3"]
    dated = {
        ZH: [dataclasses.replace(story, published=DAY) for story in stories[ZH]],
        EN: [dataclasses.replace(story, published=DAY + dt.timedelta(days)) for story in stories[EN]],
    }
    score = {pair[:2]: pair.score for pair in counterparts(dated)}.get(("zh-003-3", "en-003-3"), 0.0)
    assert (score > undated) is raises


def test_three_stories_are_enough():
    """Neighbours that a small corpus lacks are taken to be usual ones."""
    stories = corpus([1], [1, 2], noise=0.6)
    assert pairs(stories) == {("zh-000-1", "en-000-1"), ("en-000-1", "zh-000-1")}


@pytest.mark.parametrize("stories", [{}, {ZH: [], EN: []}, corpus([], [1]), {ZH: corpus([1, 1], [])[ZH]}])
def test_a_corpus_in_one_language_has_no_counterparts(stories):
    assert counterparts(stories) == []


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_stories_does_not_matter(random):
    stories = corpus(range(25), range(10, 35))
    shuffled = {language: random.sample(rows, len(rows)) for language, rows in reversed(stories.items())}
    assert counterparts(shuffled) == counterparts(stories)


def test_passages_of_both_languages_share_their_neutral_terms():
    zh = neutral_terms(passage_terms("刘松林9月17日介绍，一般公共预算收入24.37亿元，增长15.74%，A350客机交付。"))
    en = neutral_terms(
        passage_terms("On September 17 Liu Songlin put revenue at 2.437 billion yuan, up 15.74 percent; an A350 left.")
    )
    assert zh & en >= {"n_2437000000", "n_15.74", "l_liusonglin", "d_09.17", "a350"}
    assert not any(term.startswith("p_") or term.endswith("_cny") for term in zh | en)


def test_terms_that_no_other_language_has_can_be_left_out():
    en = neutral_terms(passage_terms("Liu Songlin said 402 projects came."))
    assert neutral_terms(passage_terms("刘松林说有402个项目来自北京。"), among=en) == {
        "l_liusonglin",
        "l_songlin",
        "n_402",
    }


def test_copies_have_the_counterparts_of_their_story():
    """A copy is named for no story, and those of its own are named for each copy."""
    stories = {language: together(rows) for language, rows in corpus([1, 2], [1, 2]).items()}
    alone = module.counterparts(stories)
    stories[ZH] = dataclasses.replace(stories[ZH], copies={0: ["zh-copy-1", "zh-copy-2"]})
    found = module.counterparts(stories)
    ((score, named),) = {(pair.score, pair.counterpart_id) for pair in alone if pair.document_id == "zh-000-1"}
    assert set(found) - set(alone) == {(copy, named, score) for copy in ("zh-copy-1", "zh-copy-2")}
    assert set(alone) <= set(found)


def test_a_story_is_as_near_in_time_as_its_nearest_printing():
    """A report of the 20th is near a story that papers printed from the 1st to the 21st."""
    stories = {
        language: dataclasses.replace(together(rows), published=[day] * 30)
        for (language, rows), day in zip(
            corpus(range(30), range(30)).items(), (DAY, DAY + dt.timedelta(20)), strict=True
        )
    }
    score = {pair[:2]: pair.score for pair in module.counterparts(stories)}.get(("zh-003-3", "en-003-3"), 0.0)
    stories[ZH] = dataclasses.replace(stories[ZH], until={3: DAY + dt.timedelta(21)})
    assert {pair[:2]: pair.score for pair in module.counterparts(stories)}["zh-003-3", "en-003-3"] > score


def test_other_editions_are_no_counterparts():
    """A story whose title states another version or year is another story, and leaves its place to the next."""
    stories = {language: together(rows) for language, rows in corpus([1, 2], [1, 2]).items()}
    assert len(module.counterparts(stories)) == 4
    editions = {ZH: ["v1.2 发布", "2023年报告"], EN: ["v1.3 released", "The report of 2023"]}
    for language, titles in editions.items():
        stated = {place: Edition.of(title) for place, title in enumerate(titles)}
        stories[language] = dataclasses.replace(stories[language], editions=stated)
    assert {event(pair.document_id) for pair in module.counterparts(stories)} == {"2"}
