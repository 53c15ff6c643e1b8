"""Where sentences end, in Chinese and English."""

from __future__ import annotations

import time

import pytest

from indexer.text.chunking import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["他说：“今天下雨。”", "我们走吧！", "真的吗？", "好的。"],
        ["他说：“第一句。", "第二句！", "第三句？”", "然后离开。"],
        ["会议要求“稳中求进”“以进促稳”，并作了部署。", "会后，“一核多点”和“两区”开工。", "投资24.37亿元。"],
        ["港口2025年1—7月，“一核多点”增长15.74%。", "其中，出口达8.5万亿元。"],
        ["“必须增长”。", "“不能下降”。", "“就这样”。"],
        ["他说:\"今天下雨。\"", "我们走吧！"],
        ["「你好。」", "他點頭。"],
        ["『是的。』", "她笑了。"],
        ["她说：“他问我‘去不去？’。”", "我没有回答。"],
        ["他喊“出发！”。", "大家走了。"],
    ],
)  # fmt: skip
def test_chinese_quotes_neither_hide_a_stop_nor_are_left_behind_it(expected):
    """A paragraph of many quotations has as many sentences as it has; a quote that closes at a stop belongs to it."""
    assert sentences("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["他提出“谁来修？怎么修？”的问题。", "大家沉默了。"],
        ["他高喊“加油！”跑了过去。", "观众鼓掌。"],
        ["他读过《去哪儿？》和《你好！》两本书。", "她没有。"],
        ["公司（简称甲。成立于2000年。）发布公告。", "股价上涨。"],
        ["机场【新！】开放了。", "航班增加。"],
    ],
)
def test_a_stop_amid_a_chinese_clause_ends_nothing(expected):
    """A quoted question, a title and a bracket are parts of the sentence around them."""
    assert sentences("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["（图为新闻发布会现场。）", "记者赶到了。"],
        ["（他想：等一等……）", "他来了。"],
        ["(He left early.)", " She stayed."],
    ],
)
def test_a_bracket_that_is_a_sentence_is_one(expected):
    """It ends where it closes."""
    assert sentences("".join(expected)) == [sentence.strip() for sentence in expected]


@pytest.mark.parametrize(
    "expected",
    [
        ["“真的吗？”他问道。", "没有人回答。"],
        ["“真的！”他喊道。"],
        ['"Is it true?" he asked.', " Nobody knew."],
        ['"Is it true?" Mary Smith asked.', " Nobody knew."],
        ["“We will win,” he said.", " “We must.”"],
    ],
)
def test_who_said_it_belongs_to_what_was_said(expected):
    """A passage that begins with "he asked" begins inside a sentence."""
    assert sentences("".join(expected)) == [sentence.strip() for sentence in expected]


@pytest.mark.parametrize(
    "expected",
    [
        ["一是通铁路；", "二是修公路；", "三是建港口。"],
        ["等一等……", "他来了。"],
        ["收入增长3.5%。", "支出下降0.8%。"],
        ["版本为v1.2.3。", "请升级。"],
        ["手机今天发布。", "iPhone也是。"],
    ],
)
def test_chinese_sentences_and_clauses_end_at_wide_stops(expected):
    """。！？ and …… end a sentence, ； a clause; the point of a number ends nothing."""
    assert sentences("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["是吗?", "好的!", "我们走。"],
        ["我们今天一起去天津吃饭了.", "大家都很高兴也很满意."],
        ["会议今天开始. ", "明天结束. ", "谢谢."],
        ["约翰.史密斯说他很高兴。", "他走了。"],
        ["今天开工｡", "明天停工｡"],
        ["1. 加强领导。", "2. 落实责任。"],
    ],
)
def test_chinese_with_western_stops_is_read_as_it_is_meant(expected):
    """A half-width point ends a sentence only between clauses of a line that has no full-width one."""
    assert sentences("".join(expected)) == [sentence.strip() for sentence in expected]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith met Dr. Li at 5 p.m. on Jan. 3.", "They talked."],
        ["Ms. Li spoke at 9 a.m. Monday.", "We listened."],
        ["The U.S. economy grew.", "Exports fell."],
        ["He works at Acme Inc. in London.", "She doesn't."],
        ["Prices rose 3.5 percent in May.", "They fell 0.8 percent in June."],
        ["J. K. Rowling wrote it.", "Millions read it."],
        ["Mr. Wang met Liu Songlin (刘松林) of Acme Inc. in the U.S. on Monday.", "They talked."],
        ["They sell apples, pears, etc., and plums.", "It is cheap."],
        ["Washington, D.C., is hot.", "Paris is not."],
        ["See Fig. 3 and Vol. 5.", "Then stop."],
        ["He moved to the U.S.", "The move was hard."],
        ["1. Open the box.", "2. Close it."],
    ],
)
def test_an_english_abbreviation_ends_no_sentence(expected):
    """A point after Mr., U.S., Inc., an initial, the number of an item or within a number is part of the sentence."""
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ['He said "Stop."', "Then he left."],
        ["He said “hi”.", "She said “bye”."],
        ['It is “one country”, and “two cities”.', "Then “three” came.", "“Four” left."],
        ["He said, “I came.", "I saw.", "I won.”", "Then he left."],
        ["“Yes.”", "“No.”", "“Maybe.”"],
        ["'I think so.'", "'You do?'", "She left."],
        ["The film “Who Wants to Be a Millionaire?” is good.", "I like it."],
        ["He wrote “Why?” and “How?” on the wall.", "She erased it."],
        ["She stayed (he had left.) until noon.", "It rained."],
        ["I waited... and waited.", "Nobody came."],
        ["I waited …", "Nobody came."],
        ["It ended.[1]", "Then it began.[2][3]", "So it was."],
    ],
)  # fmt: skip
def test_english_quotes_and_brackets_close_with_their_sentence(expected):
    """A stop in a quotation ends a sentence where a capital follows, and what closes there belongs to it."""
    assert sentences(" ".join(expected)) == expected


def test_a_bracket_that_never_closes_hides_no_stop():
    """An opening sign alone is a slip of the writer, not a reason to take the rest for one sentence."""
    assert sentences("他来了（早上。她走了。") == ["他来了（早上。", "她走了。"]
    assert sentences("He came (early. She left.") == ["He came (early.", "She left."]


@pytest.mark.parametrize(
    "unit",
    ["x", "(", "“", "”", '."', ". ", "A. ", "1. ", "（《【[(“「", "a.) ", "。”", "中.", " ", '?“', "a“b.”", "(a. ", "中“b！”"],
)  # fmt: skip
def test_time_grows_with_the_length_of_any_line(unit):
    """No line of a hostile file takes sixteen times as long as a quarter of it."""
    elapsed = []
    for size in (20_000, 80_000):
        text = (unit * size)[:size]
        start = time.process_time()
        spans = sentence_spans(text)
        elapsed.append(time.process_time() - start)
        assert bool(spans) == bool(text.strip())
    assert elapsed[1] < 12 * elapsed[0] + 0.1
