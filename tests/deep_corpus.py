"""A corpus that is deeper than the candidates of the second stage: several hundred passages in each language."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import TYPE_CHECKING

from indexer import Document, Language, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

CONCEPTS = {
    Language.EN: "bus railway budget hospital rice port chip museum football orchard tunnel violin".split(),
    Language.ZH: "公交 铁路 预算 医院 水稻 港口 芯片 博物馆 足球 果园 隧道 提琴".split(),
}
FILLERS = {
    Language.EN: "river harbour morning paper winter garden office letter window market bridge summer".split(),
    Language.ZH: "海河 早晨 报纸 冬天 花园 办公 信件 窗户 市场 桥梁 夏天 街道".split(),
}
REPRINTED = {
    Language.EN: "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus.",
    Language.ZH: "前往铁路的公交在中午离开了那里，那一天所有在医院里的人都没有看见过那一辆公交。",
}
DOCUMENTS, COPIES = {Language.EN: 130, Language.ZH: 90}, 40
DAYS = 90
_FIRST_DAY = dt.date(2023, 9, 1)


def deep_corpus() -> Iterator[tuple[Document, list[Passage]]]:
    """Articles with their passages; of seven articles one has no date, and some have no source."""
    for number, (identifier, language, texts) in enumerate(_articles()):
        ends = list(itertools.accumulate(len(text) + 1 for text in texts))
        passages = [
            Passage(f"{identifier}#{part}", identifier, text, language, end - len(text) - 1, end - 1, "")
            for part, (text, end) in enumerate(zip(texts, ends, strict=True))
        ]
        yield (
            Document(
                identifier,
                "",
                "\n".join(texts),
                language,
                source=None if number % 11 == 0 else f"paper {len(texts)}",
                published=None if number % 7 == 0 else _FIRST_DAY + dt.timedelta(days=number * 31 % DAYS),
            ),
            passages,
        )


def _articles() -> Iterator[tuple[str, Language, list[str]]]:
    """Of one to three passages; some that only an arrow tells apart; and one that forty newspapers print."""
    chance = random.Random(3)
    for language, count in DOCUMENTS.items():
        for number in range(count):
            yield f"{language}/{number:03}", language, [_text(language, chance) for _ in range(1 + number % 3)]
        equal = _text(language, chance)
        for number, arrows in enumerate(itertools.product("↑↓▲▼", repeat=2)):
            yield f"{language}/equal/{number:02}", language, [equal + "".join(arrows)]
        for number in range(COPIES):
            yield f"{language}/reprint/{number:02}", language, [REPRINTED[language]]


def _text(language: Language, chance: random.Random) -> str:
    words = chance.choices(CONCEPTS[language], k=3) + chance.choices(FILLERS[language], k=9)
    chance.shuffle(words)
    return (" ".join(words) + ".") if language == Language.EN else ("".join(words) + "。")
