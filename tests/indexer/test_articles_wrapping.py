"""Texts that were set to a width are read as they were written."""

from __future__ import annotations

import textwrap
import time

import pytest

from indexer.articles.characters import visible
from indexer.articles.wrapping import close_up, join_soft_breaks, join_wrapped

ENGLISH = (
    "The harbour board said that the breakwater would be rebuilt in stages, with the most vulnerable section first. "
    "Engineers found that the foundations had moved by eleven centimetres since the survey began, and that the "
    "concrete had lost a third of its strength before the storm, he added at the end of a long meeting on Monday."
)
CHINESE = (
    "海湾市水务局昨日宣布全市老旧供水管网改造工程将于下月启动，首批涉及十二个街道四万户居民，总投资约三亿元，改造后漏损率有望"
    "从百分之十八降至百分之九，夏季高峰期的低水压问题也将得到缓解，施工期间将采用分段停水方式并提前三天张贴公告。"
)


def wrap_han(text: str, width: int) -> str:
    """Lines of so many characters."""
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


@pytest.mark.parametrize("width", [40, 60, 72])
def test_wrapped_lines_of_english_are_joined(width: int):
    """With a blank each."""
    assert join_wrapped(textwrap.fill(ENGLISH, width)) == ENGLISH


@pytest.mark.parametrize("width", [20, 28, 38])
def test_wrapped_lines_of_chinese_are_joined(width: int):
    """Without blanks."""
    assert join_wrapped(wrap_han(CHINESE * 2, width)) == CHINESE * 2


def test_both_languages_have_widths_of_their_own():
    """A bilingual text has lines of 70 letters and of 20 characters."""
    text = f"{textwrap.fill(ENGLISH, 70)}\n\n{wrap_han(CHINESE, 20)}\n\n{textwrap.fill(ENGLISH, 70)}"
    assert join_wrapped(text) == f"{ENGLISH}\n{CHINESE}\n{ENGLISH}"


def test_one_long_line_does_not_hide_that_the_rest_is_wrapped():
    """An address or a row of a table can't be broken."""
    text = "\n".join([textwrap.fill(ENGLISH * 8, 60), "", "https://harbour.example/" + "a" * 200])
    assert join_wrapped(text).split("\n")[0] == ENGLISH * 8


@pytest.mark.parametrize(
    "text", [f"{ENGLISH}\n{ENGLISH}", f"{CHINESE}\n{CHINESE}", "第一章\n第二章\n第三章\n第四章\n第五章"]
)
def test_a_paragraph_a_line_stays_so(text: str):
    """Nothing is joined that wasn't broken."""
    assert join_wrapped(text) == text


def test_words_broken_at_line_ends_are_whole():
    """A compound keeps its hyphen, another word loses it: the text itself tells, or else the dictionary does."""
    text = (
        "The harbour board of Brindle said that the break-\nwater would be rebuilt in stages with the vulner-\n"
        "able section first and that a long-\nterm survey of the kestrel-\nproof gates goes on, and the old kestrel-\n"
        "proof gates of the har-\nbour with it as the kestrel-proof ones go."
    )
    joined = join_wrapped(text)
    assert "the breakwater would" in joined
    assert "vulnerable section" in joined
    assert "long-term survey" in joined
    assert joined.count("kestrel-proof") == 3
    assert "the harbour with" in joined


def test_a_soft_hyphen_at_a_line_end_joins():
    """It says that it is no part of the word."""
    text = "The harbour board of Brindle said that the break\u00ad\nwater would be rebuilt in stages, with\n"
    text += "the vulnerable section first, and then\nall of the others before the winter of\nthe next year comes in."
    assert "that the breakwater would be" in visible(join_wrapped(text))


def test_letter_spaced_han_is_closed_up():
    """As text comes out of some PDF files; digits and punctuation with it."""
    assert close_up("供 水 管 网 ， 2 0 2 4 年 改 造 。") == "供水管网，2024年改造。"
    assert join_wrapped("供 水 管 网 改 造 工 程\nA heron.") == "供水管网改造工程\nA heron."


@pytest.mark.parametrize(
    "line", ["张三 李四 王五 赵六 陈七", "第一章 总则", "供 水", "A heron 来到 港口", "天津　北京　上海　河北　山东"]
)
def test_blanks_between_han_words_stay(line: str):
    """Names in a row are no letter-spaced text."""
    assert close_up(line) == line


def test_emoji_that_are_joined_stay_one():
    """A family is one character to who reads it; between letters the joiner is invisible."""
    assert (
        visible("👨\u200d👩\u200d👧 and 👍🏽 and ❤\ufe0f\u200d🔥") == "👨\u200d👩\u200d👧 and 👍🏽 and ❤\ufe0f\u200d🔥"
    )
    assert visible("a\u200db\u200d") == "ab"


def test_soft_breaks_join_and_hard_ones_end_a_line():
    """A carriage return is a hard one."""
    assert join_soft_breaks("A heron\ncame，\n来到\n港口\rand left") == ["A heron came，来到港口", "and left"]


@pytest.mark.parametrize(
    "piece", ["水 ", "word-\n", "。”", "9 ", "a-", "\n \n", "the line of a text that was wrapped\n", " ", "水"]
)
def test_time_grows_with_the_text(piece: str):
    """Twice the text takes twice the time."""
    began = time.process_time()
    join_wrapped(piece * 50_000)
    assert time.process_time() - began < 5
