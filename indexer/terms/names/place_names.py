"""Chinese names that English does not write in pinyin, as terms of the same form as romanised ones."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from indexer.terms.term_groups import Mention, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = re.compile("[a-z0-9]")
_NAMES = """
西安 xian
香港 hong kong, hongkong
澳门 macao, macau
台北 taipei
高雄 kaohsiung
九龙 kowloon
陕西 shaanxi
内蒙古 inner mongolia
西藏 tibet
拉萨 lhasa
日喀则 shigatse
哈尔滨 harbin
齐齐哈尔 qiqihar
乌鲁木齐 urumqi
呼和浩特 hohhot
鄂尔多斯 ordos
喀什 kashgar
阿克苏 aksu
伊犁 ili
长江 yangtze
黄河 yellow river
珠江 pearl river
澜沧江 mekong
大运河 grand canal
长城 great wall
故宫 forbidden city
天安门 tiananmen, tienanmen
人民大会堂 great hall of the people
清华 tsinghua
北京大学 peking university
渤海湾 bohai bay
粤港澳大湾区 greater bay area
一带一路 belt and road
孔子 confucius
孟子 mencius
孙中山 sun yat-sen
蒋介石 chiang kai-shek
"""


def passage_exonyms(text: str) -> set[str]:
    """The terms of the names in a folded passage."""
    return {f"{'l' if is_latin else 'p'}_{name}" for _, _, name, is_latin in _found(text)}


def query_exonyms(text: str) -> Iterator[Mention]:
    """The names in a folded query."""
    for start, end, name, is_latin in _found(text):
        terms = (f"l_{name}", f"p_{name}") if is_latin else (f"l_{name}",)
        yield Mention(start, end, TermKind.NAME, tuple((term, 1.0) for term in terms), covers=is_latin)


def _found(text: str) -> Iterator[tuple[int, int, str, bool]]:
    pattern, spellings = _pattern()
    for match in pattern.finditer(text):
        start, end = match.span()
        written = re.sub(r"[\s-]+", " ", match.group())
        is_latin = written.isascii()
        if not (is_latin and _LETTERS.search(text[max(start - 1, 0) : start] + text[end : end + 1])):
            yield start, end, spellings[written], is_latin


@functools.cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    spellings: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        han, _, latin = line.partition(" ")
        forms = [form.strip().replace("-", " ") for form in latin.split(",")]
        spellings |= dict.fromkeys([han, *forms], forms[0].replace(" ", ""))
    longest = sorted(spellings, key=lambda form: (-len(form), form))
    # Boundaries are looked at afterwards: a pattern that begins with letters is searched five times as fast.
    return re.compile("|".join(form.replace(" ", r"[\s-]+") for form in longest)), spellings
