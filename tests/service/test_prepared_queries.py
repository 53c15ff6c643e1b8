"""A query is prepared the same, however it is typed: traditional characters, full width, capitals or none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from other_articles import other_articles

from service import Query

ARTICLES = {
    "zh/站长.md": "车站站长孙国强说，武清区的新车站九月开通，每天有一万两千名乘客。",
    "zh/军医.md": "卫生局局长马卫东介绍，今年上半年共有一千四百零六张床位投入使用。",
    "zh/市场.md": "天津市昨天公布了市场的预算，支出为81.7亿元，比去年增长百分之五。",
    "en/station.md": "Sun Guoqiang, who runs the station in Wuqing, expects 12,000 passengers a day from September.",
    "en/hospital.md": "The U.N. opened a hospital with 1,406 beds, said Percival Quillfeather of the A350 programme.",
    "en/budget.md": "Tianjin spent 8.17 billion yuan in September 2023, five percent more than a year before.",
}

CHINESE = (
    "孙国强 马卫东 武清区 天津市 车站 的 预算 2023年9月 81.7亿元 零下5摄氏度 上半年 两年 1,406张床位 今年 和 开通 5%"
).split()
ENGLISH = (
    "Liu Songlin|Percival Quillfeather|Wuqing|Tianjin|the station|September 17, 2023|8.17 billion yuan|U.N. report"
    "|the U.S. dollar|revenue of 500 million yuan|over 1,406 people|minus 5°C|A350|5G|v6.2.8|5%|1,406 beds|H1 2023"
    "|the river|hospital|14th Five-Year Plan|-31.4|COVID19"
).split("|")

WIDE = {place: place + 0xFEE0 for place in range(0x21, 0x7F)} | {0x20: 0x3000, 0x22: 0x22}
TRADITIONAL = [OpenCC(variant).convert for variant in ("s2t", "s2hk", "s2tw")]


@pytest.fixture(scope="module")
def searcher(search_corpus):
    """A searcher over articles with names, places, amounts and dates in both languages."""
    return search_corpus(
        {name: {"title": "", "text": text} for name, text in {**ARTICLES, **other_articles(40, seed=3)}.items()}
    )


def _terms(searcher, text):
    return searcher.prepare([text])[0].terms


def _prepared(searcher, text):
    """What ranking has of a query's terms; how they are shown aside."""
    terms = _terms(searcher, text)
    groups = [(group.folded, group.kind, group.alternatives, group.places) for group in terms.groups]
    return groups, terms.roles, terms.sure, terms.focus, terms.shares.tolist()


def _counted(searcher, text):
    """The same without the terms that stand for each group."""
    groups, roles, sure, focus, _ = _prepared(searcher, text)
    return [(written, kind, places) for written, kind, _, places in groups], roles, sure, focus


ANYTHING = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize(
    ("typed", "plain"), [("孫國強", "孙国强"), ("武清區的車站", "武清区的车站"), ("２０２３年９月", "2023年9月")]
)
def test_hits_and_scores_are_the_same(searcher, typed, plain):
    """To the last digit."""
    one, other = ([(hit.passage.id, hit.score) for hit in searcher.search(Query(text)).hits] for text in (typed, plain))
    assert one == other != []


@pytest.mark.parametrize(("text", "sure"), [("天津市的天津市场", ["天津市"]), ("天津市场", [])])
def test_a_place_is_told_from_a_word_that_it_begins(searcher, text, sure):
    """Each where it stands."""
    terms = _terms(searcher, text)
    assert [group.folded for group, is_sure in zip(terms.groups, terms.sure, strict=True) if is_sure] == sure


@pytest.mark.parametrize("cased", [str.lower, str.upper, str.title])
def test_a_name_beside_a_short_word_needs_no_capitals(searcher, cased):
    """The dictionary doesn't have it, so that it is one."""
    text = "Percival Quillfeather and hats"
    assert _counted(searcher, cased(text)) == _counted(searcher, text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１，４０６張床位", "1,406张床位"),
        ("Ｓｅｐｔｅｍｂｅｒ　１７，　２０２３", "September 17, 2023"),
        ("\u2f9e站", "车站"),
        ("\u2fba衞東", "马卫东"),
        ("\uf902站站長", "车站站长"),
    ],
)
def test_second_code_points_and_variants_are_folded(searcher, typed, plain):
    """Wide digits with their comma, radicals out of a PDF, Hong Kong's characters."""
    assert _prepared(searcher, typed) == _prepared(searcher, plain)


@ANYTHING
@given(st.lists(st.sampled_from(CHINESE), min_size=1, max_size=5), st.sampled_from(TRADITIONAL))
def test_traditional_characters_are_prepared_as_simplified_ones(searcher, parts, traditional):
    """As Taiwan, Hong Kong and the books write them."""
    text = "".join(parts)
    assert _prepared(searcher, traditional(text)) == _prepared(searcher, text)


@ANYTHING
@given(st.lists(st.sampled_from([*CHINESE, *ENGLISH]), min_size=1, max_size=5))
def test_full_width_is_prepared_as_half_width(searcher, parts):
    """Letters, digits, blanks and signs."""
    text = " ".join(parts)
    assert _prepared(searcher, text.translate(WIDE)) == _prepared(searcher, text)


@ANYTHING
@given(st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=4), st.sampled_from([str.lower, str.upper, str.title]))
def test_any_case_is_prepared_the_same(searcher, parts, cased):
    """Names, dates, amounts, initials and codes without a blank; alone, US is a country and us is none."""
    text = ", ".join(parts)
    assert _counted(searcher, cased(text)) == _counted(searcher, text)
