"""Near-duplicates: what reprints have in common, and what makes another report of a text."""

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.linking.near_duplicates import near_duplicates, outline_of

ZH = (
    "天津市政府新闻办举行新闻发布会，介绍武清区推动京津冀协同发展的情况。刘松林介绍，“一核多点”实现一般公共预算收入24.37亿元，"
    "同比增长15.74%；规上工业总产值605.77亿元。2024年以来，累计落地项目1849个，其中来自北京的项目402个。"
)
EN = (
    "Wuqing's new town brought in 1,849 projects since 2024, 402 of them from Beijing, the district government said at a "
    'press conference in Tianjin on Wednesday. Liu Songlin, who heads the new town\'s committee, called it "a bridge" '
    "between the two cities and said that budget revenue grew by 15.74 percent to 2.4 billion yuan."
)
WEATHER = "气象部门发布的天气预报说，武清区今天白天晴转多云，偏北风三到四级，夜间多云转阴，最高气温25度，能见度良好。"


def alike(one, other):
    return near_duplicates([one, other]).tolist() == [0, 0]


@pytest.mark.parametrize(
    "reprint",
    [
        "中新网天津9月17日电 (记者 周亚强)" + ZH,
        "新华社天津9月18日电（记者张三、李四）" + ZH,
        "本报讯（记者 王五）" + ZH + "（完）",
        ZH + "(责任编辑：赵六)",
        ZH.replace("“", '"').replace("”", '"'),
        ZH.replace("“", "「").replace("”", "」").replace("，", ", "),
        "".join(chr(ord(char) + 0xFEE0) if char.isascii() and char.isalnum() else char for char in ZH),
        OpenCC("s2tw").convert(ZH),
        OpenCC("s2hk").convert(ZH),
        ZH.replace("介绍，", "表示，"),
        ZH.replace("，介绍武清区推动京津冀协同发展的情况", ""),
    ],
)
def test_a_chinese_reprint_is_found_by_its_text(reprint):
    """Bylines, agencies, quotation marks, width, script and a clause less are what newspapers change."""
    assert alike(ZH, reprint)


@pytest.mark.parametrize(
    "reprint",
    [
        "TIANJIN, Sept. 17 (Xinhua) -- " + EN,
        "BEIJING (Reuters) - " + EN + " Reporting by Zhang San; Editing by John Smith",
        "By Mary Brown in Tianjin\n" + EN,
        EN.replace('"', "”").replace("'", "’"),
        EN.replace("percent", "per cent").replace("1,849", "1849"),
        EN.replace(" in Tianjin on Wednesday", ""),
        EN.upper(),
    ],
)
def test_an_english_reprint_is_found_by_its_text(reprint):
    assert alike(EN, reprint)


@pytest.mark.parametrize(
    ("text", "said", "instead"),
    [
        (WEATHER, "25度", "26度"),
        (WEATHER, "三到四级", "五到六级"),
        (WEATHER, "武清", "宝坻"),
        (WEATHER, "今天", "明天"),
        (WEATHER, "晴转多云", "阴转小雨"),
        (ZH, "402个", "412个"),
        (ZH, "2024年", "2023年"),
        (ZH, "刘松林", "张松林"),
        (ZH, "刘松林", "刘松"),
        (ZH, "增长", "下降"),
        (ZH, "15.74%", "-15.74%"),
        (EN, "402", "412"),
        (EN, "Wednesday", "Thursday"),
        (EN, "Liu Songlin", "Zhang Songlin"),
        (EN, "grew", "fell"),
        (EN, "2.4 billion", "2.4 million"),
        (EN, "called", "never called"),
    ],
)
def test_one_thing_in_place_of_another_makes_another_report(text, said, instead):
    """A template's texts differ in what they are read for."""
    assert said in text
    assert not alike(text, text.replace(said, instead))


def test_numbers_that_changed_places_make_another_report():
    text = (
        "The home side led by 3 goals to 2 after the break, and the crowd stayed in its seats until the very end of it."
    )
    assert not alike(text, text.replace("3", "x").replace("2", "3").replace("x", "2"))


def test_short_texts_are_alike_only_if_they_are_equal_when_folded():
    """A headline's every word counts."""
    assert near_duplicates(
        ["武清区GDP增长5%", "武清區ＧＤＰ增长5%", "武清区GDP增长6%", "武清区GDP再增长5%"]
    ).tolist() == [0, 0, 2, 3]


def test_texts_without_words_are_their_own():
    assert near_duplicates(["", "!!!", "……", " "]).tolist() == [0, 1, 2, 0]


def test_no_texts():
    assert near_duplicates([]).shape == (0,)


def words(count, seed):
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghijklmnoprstuv", k=6)) for _ in range(count)]


def test_a_chain_of_changes_does_not_join_unlike_texts():
    """Each text lacks a little of the one before; the last lacks too much of the first, and begins a group."""
    body = words(200, seed=3)
    chain = [" ".join(body[: 200 - 12 * step]) for step in range(8)]
    groups = near_duplicates(chain)
    assert groups[1] == 0
    assert groups[7] != 0
    for row, first in enumerate(groups):
        assert len(chain[row].split()) / len(chain[first].split()) > 0.7


def test_half_a_text_in_common_is_not_enough():
    common, one, other = words(40, 1), words(40, 2), words(40, 3)
    assert not alike(" ".join(common + one), " ".join(common + other))


def corpus():
    texts = []
    for seed in range(20):
        text = " ".join(words(60, seed))
        texts += [text, f"TIANJIN, Sept. {seed + 1} (Xinhua) -- {text}", f"{text} {seed}", text.rsplit(" ", 4)[0]]
    return texts


def test_each_of_many_groups_is_found():
    texts = corpus()
    groups = near_duplicates(texts)
    assert groups.tolist() == [row if row % 4 == 2 else row - row % 4 for row in range(len(texts))]


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(40)))
def test_the_order_of_texts_does_not_change_the_groups(order):
    texts = corpus()[:40]
    first = near_duplicates(texts)
    again = near_duplicates([texts[row] for row in order])
    here = {frozenset(np.flatnonzero(first == group).tolist()) for group in set(first.tolist())}
    there = {frozenset(order[row] for row in np.flatnonzero(again == group)) for group in set(again.tolist())}
    assert here == there


@given(st.lists(st.text(max_size=60), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_group_is_named_by_its_lowest_row(texts):
    groups = near_duplicates(texts + texts)
    assert (groups <= np.arange(len(groups))).all()
    assert (groups[groups] == groups).all()
    assert (groups[len(texts) :] == groups[: len(texts)]).all()


class OnDisk(list):
    """Texts that are dear to read."""

    def __init__(self, texts):
        super().__init__(texts)
        self.read = set()

    def __iter__(self):
        raise AssertionError("all texts are read")

    def __getitem__(self, row):
        self.read.add(row)
        return super().__getitem__(row)


def test_with_outlines_only_texts_that_may_be_alike_are_read():
    """What was remembered of the others is enough; the groups are the same."""
    texts = [" ".join(words(60, seed)) for seed in range(100, 150)] + corpus()[:8]
    on_disk = OnDisk(texts)
    groups = near_duplicates(on_disk, [outline_of(text) for text in texts])
    assert groups.tolist() == near_duplicates(texts).tolist()
    assert on_disk.read
    assert min(on_disk.read) >= 50


@pytest.mark.slow
def test_another_process_finds_the_same():
    """Python's own hash of strings differs from process to process; ours doesn't."""
    script = (
        "from tests.indexer.test_duplicates import corpus; from indexer.linking.near_duplicates import near_duplicates;"
        "print(near_duplicates(corpus()).tolist())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script],
            check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert found == {f"{near_duplicates(corpus()).tolist()}\n"}


@pytest.mark.slow
def test_a_template_with_many_names_is_kept_apart():
    """Buckets are capped, so that texts which all meet take linear time; none is merged for it."""
    rng = random.Random(1)
    texts = [WEATHER.replace("武清", "".join(rng.sample("东南西北河海宁静宝武清蓟津丽青辰", k=3))) for _ in range(1500)]
    groups = near_duplicates(texts).tolist()
    assert [texts[group] for group in groups] == texts
