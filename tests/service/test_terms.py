"""Terms in the ranking: amounts and names across languages, words within one, phrases in quotes."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from indexer import Language, LateInteraction
from service import Query
from service.search.query.question import Question

EN = {
    "en/retail.md": "The turnover of all shops in the district reached 8.17 billion yuan in the first half of the year.",
    "en/songlin.md": "Liu Songlin, who leads the office, said that the line would be open to everybody in spring.",
    "en/hospital.md": "The hospital has 1,406 beds, and twelve more wards will be opened before the winter comes.",
    "en/others.md": "Investment grew to 9.4 billion yuan, and Wang Jianguo was told about it by his deputy.",
    "en/farm.md": "The orchard by the river lost most of its apples in one night, and nobody could say why.",
}
ZH = {
    "zh/零售.md": "全区今年上半年社会消费品零售总额达到81.7亿元，各个街镇都有不同程度的增长。",
    "zh/松林.md": "办公室主任刘松林表示，这条线路明年春天就会向所有市民开放，大家可以免费乘坐。",
    "zh/医院.md": "这家医院现有床位1406张，入冬之前还会再开放十二个病区，方便附近的居民。",
    "zh/其他.md": "固定资产投资达到94亿元，王建国从副手那里听说了这件事，非常高兴。",
    "zh/果园.md": "河边的果园一夜之间损失了大部分苹果，谁也说不清楚到底发生了什么事情。",
}


EN_WORDS = "river harbour morning paper winter garden office letter window market bridge summer teacher kitchen".split()
ZH_WORDS = "海河 早晨 报纸 冬天 花园 办公 信件 窗户 市场 桥梁 夏天 街道 老师 厨房".split()


def _others():
    """Sixty articles of each language on this and that, among which a rare term is worth something."""
    chance = random.Random(1)
    for number in range(60):
        yield f"en/more{number:02}.md", " ".join(chance.choices(EN_WORDS, k=18)).capitalize() + "."
        yield f"zh/更多{number:02}.md", "".join(chance.choices(ZH_WORDS, k=18)) + "。"


def _corpus(*, more):
    texts = {**EN, **ZH, **(dict(_others()) if more else {})}
    return {name: {"title": "", "text": text} for name, text in texts.items()}


@pytest.fixture(scope="module", params=LateInteraction, ids=["with tokens", "without tokens"])
def searcher(request, search_corpus):
    """A searcher over ten articles."""
    return search_corpus(_corpus(more=False), late_interaction=request.param)


@pytest.fixture(scope="module", params=LateInteraction, ids=["with tokens", "without tokens"])
def among_many(request, search_corpus):
    """A searcher over these and a hundred others."""
    return search_corpus(_corpus(more=True), late_interaction=request.param)


def _terms(scorer, pool):
    """The scores of terms for all rows of a pool, by kind."""
    rows = np.arange(len(pool))
    return scorer.terms.scores(rows).at(rows)


def _documents(searcher, text, **options):
    return [hit.document.id for hit in searcher.search(Query(text, **options)).hits]


@pytest.mark.parametrize(
    ("question", "english", "chinese"),
    [
        ("8.17 billion yuan", "en/retail.md", "zh/零售.md"),
        ("81.7亿元", "en/retail.md", "zh/零售.md"),
        ("8,170 million yuan", "en/retail.md", "zh/零售.md"),
        ("1406", "en/hospital.md", "zh/医院.md"),
        ("1,406", "en/hospital.md", "zh/医院.md"),
    ],
)
def test_a_number_alone_finds_the_amount_in_both_languages(among_many, question, english, chinese):
    """However each of them writes it; an encoder hardly tells amounts apart."""
    for language, document in ((Language.EN, english), (Language.ZH, chinese)):
        assert _documents(among_many, question, languages=(language,))[0] == document
    assert {english, chinese} <= set(_documents(among_many, question)[:4])


@pytest.mark.parametrize("question", ["Liu Songlin", "LIU Songlin", "Liu Song-lin", "刘松林", "劉松林"])
def test_a_name_finds_who_is_called_so_in_both_scripts(among_many, question):
    """Latin letters find the Han characters that are read so, and the other way round."""
    assert set(_documents(among_many, question)[:2]) == {"en/songlin.md", "zh/松林.md"}


@pytest.mark.parametrize("question", ["the hospital in the district", "Liu Songlin 的医院有多少床位", "苹果 果园 1406"])
def test_words_of_one_language_hardly_lift_it_over_the_other(searcher, question):
    """They order its passages: its best one gets a quarter of what they are worth, one without any loses the rest."""
    (prepared,) = searcher.prepare([question])
    found = {
        language: _terms(prepared.scorers[language], pool).columns["words"]
        for language, pool in searcher.snapshot.pools.items()
    }
    for scores in found.values():
        assert scores.max() == pytest.approx(np.ptp(scores) / 4) or np.ptp(scores) == scores.max() == 0
    assert any(scores.min() < 0 for scores in found.values())


def test_a_word_orders_the_passages_of_its_language(searcher):
    """Of two alike to the encoder, the one that has the word."""
    (prepared,) = searcher.prepare(["apples"])
    pool, scorer = searcher.snapshot.pools[Language.EN], prepared.scorers[Language.EN]
    words = _terms(scorer, pool).columns["words"]
    assert [pool.ids[row][1] for row in np.flatnonzero(words > 0)] == ["en/farm.md"]


@pytest.mark.parametrize(
    ("question", "surface", "is_sure"),
    [
        ("静海区区长是谁", "静海区", True),
        ("两个园区的企业", "个园区", False),
        ("算力市场开张", "算力市", False),
        ("房山区的企业", "房山区", True),
        ("2019年签约多少", "2019年", True),
        ("是在哪一年", "一年", False),
        ("床位1406张", "1406", True),
    ],
)
def test_only_what_names_its_subject_has_to_be_there(searcher, question, surface, is_sure):
    """A place or a year that a passage lacks speaks against it; 园区 is no place, and 哪一年 no year."""
    (prepared,) = searcher.prepare([question])
    terms = prepared.terms
    found = {group.surface: sure for group, sure in zip(terms.groups, terms.sure, strict=True)}
    assert found[surface] is is_sure


def test_shared_words_count_beside_the_ranking(searcher):
    """What the best passage of its language has of the query is worth more for the score than for its place."""
    (prepared,) = searcher.prepare(["apples in the orchard"])
    pool, scorer = searcher.snapshot.pools[Language.EN], prepared.scorers[Language.EN]
    terms = _terms(scorer, pool)
    farm = [pool.ids[row][1] for row in range(len(pool))].index("en/farm.md")
    assert terms.shared[farm] == terms.shared.max() > terms.columns["words"][farm] > 0


# Phrases


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ('"Liu Songlin"', {"en/songlin.md"}),
        ('"刘松林"', {"zh/松林.md"}),
        ('"劉松林" 线路', {"zh/松林.md"}),
        ('who is "LIU songlin"?', {"en/songlin.md"}),
        ('"billion yuan"', {"en/retail.md", "en/others.md"}),
        ('"billion yuan" "Wang Jianguo"', {"en/others.md"}),
        ('"亿元"', {"zh/零售.md", "zh/其他.md"}),
        ('"亿元" "billion yuan"', set()),
        ('"no such words"', set()),
        ('"apple"', set()),
    ],
)
def test_what_stands_in_quotes_has_to_appear(searcher, question, documents):
    """All of it, as whole words, in whichever language; nothing else is found, and nothing is no error."""
    assert set(_documents(searcher, question)) == documents


@pytest.mark.parametrize(
    "question", ["“no such words”", "「没有这些字」", "《没有这些字》", "'no such words'", 'say "', 'say ""', 'say " "']
)
def test_other_quotes_ask_for_no_exact_words(searcher, question):
    """Curved ones are everyday punctuation of Chinese news; an open or an empty one is a slip."""
    assert len(_documents(searcher, question)) == len(EN) + len(ZH)


def test_a_phrase_is_encoded_without_its_quotes():
    """The encoder reads what the user means."""
    assert Question.of('where is "Liu Songlin" now') == Question("where is Liu Songlin now", ("Liu Songlin",), "en")
    assert Question.of("“刘松林”在哪里").text == "“刘松林”在哪里"


def test_a_phrase_keeps_the_scores_that_passages_have_without_it(searcher):
    """Like every filter, it chooses, and never reorders."""
    free, kept = (
        {hit.id: hit.score for hit in searcher.rank(Query(text), searcher.prepare([text])[0])}
        for text in ("billion yuan", '"billion yuan"')
    )
    assert len(kept) == 2
    assert kept == pytest.approx({identifier: free[identifier] for identifier in kept}, abs=1e-6)


def test_phrases_and_filters_go_together(searcher):
    """A phrase of one language and a filter for the other find nothing."""
    query = Query('"Liu Songlin"')
    assert searcher.search(replace(query, languages=(Language.EN,))).hits
    assert searcher.search(replace(query, languages=(Language.ZH,))).hits == ()
