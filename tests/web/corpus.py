"""A small corpus for the page: one story told over years in both languages, among articles about other things."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKED = "Liu Songlin 8.17 billion yuan battery factory"
ASKED_ZH = "刘松林 81.7亿元 电池工厂"
STORIES = 6
"""Articles that answer both: as many in Chinese as in English, each from a source and of a month of its own."""
ELSEWHERE = "quasar redshift spectroscopy pipeline"

_ZH_STORIES: tuple[dict[str, Any], ...] = (
    {
        "title": "刘松林：电池工厂总投资81.7亿元",
        "source": "天津日报",
        "published": "2023-03-14",
        "author": "记者 张明、李红",
        "text": "𠮷林来的代表团先看了展厅。武清区负责人刘松林介绍，电池工厂总投资81.7亿元，计划两年建成。工厂将安排三千个岗位。\n\n"
        "园区为职工子女准备了学位，班车从高铁站出发，每半小时一班。\n\n厂房屋顶将装满光伏板，供应一成用电。",
    },
    {
        "title": "81.7亿元电池工厂封顶",
        "source": "北方网",
        "published": "2024-06-02",
        "author": None,
        "text": "投资81.7亿元的电池工厂昨天封顶。刘松林在现场说，设备秋天进场，明年试生产。\n\n施工单位连续奋战了四百天，没有发生一起事故。",
    },
    {
        "title": "电池工厂投产，刘松林谈下一步",
        "source": "滨城时报",
        "published": None,
        "author": None,
        "text": "刘松林说，总投资81.7亿元的电池工厂已经投产，首批电池装上了公交车。下一步要把供应商请到隔壁来。",
    },
)
_EN_STORIES: tuple[dict[str, Any], ...] = (
    {
        "title": "Liu Songlin names the price: 8.17 billion yuan for a battery factory",
        "source": "China Daily",
        "published": "2023-04-20",
        "author": "Ann Lee and Bo Chen",
        "text": "The battery factory will cost 8.17 billion yuan, Liu Songlin of Wuqing told visitors on Thursday. It is to be "
        "finished within two years.\n\nThree thousand people will work there. Buses will bring them from the railway station every half hour.",
    },
    {
        "title": "Roof is on at the 8.17 billion yuan battery factory",
        "source": "Tianjin Herald",
        "published": "2024-07-11",
        "author": None,
        "text": "Workers closed the roof of the battery factory, an investment of 8.17 billion yuan. Machines arrive in autumn, Liu Songlin "
        "said at the site.\n\nFour hundred days passed without an accident.",
    },
    {
        "title": "=First batteries leave the line, says Liu Songlin",
        "source": "Bohai Review",
        "published": "2025-07-30",
        "author": "Staff",
        "text": "The battery factory of 8.17 billion yuan has begun to deliver, Liu Songlin said, and the first batteries drive "
        "buses. Suppliers are to come next door.",
    },
)  # fmt: skip

_ZH_THINGS = (
    "番茄炒蛋的做法",
    "古筝的调音",
    "沙漠骆驼的饲养",
    "足球联赛的赛程",
    "海洋珊瑚的保护",
    "冬季滑雪的装备",
    "咖啡豆的烘焙",
    "城市夜景的摄影",
)
_EN_THINGS = ("baking sourdough bread", "tuning an old violin", "keeping bees in spring", "a chess tournament", "glaciers in Norway", "sailing knots", "medieval castles", "growing orchids")  # fmt: skip
_ZH_WAYS = (
    "需要耐心和细心",
    "最近受到年轻人欢迎",
    "有一本新书介绍",
    "在电视节目里作了演示",
    "成为假期的热门话题",
    "有三个容易忽略的步骤",
    "与天气有很大关系",
    "让老师傅也感到意外",
)
_EN_WAYS = ("takes patience and a steady hand", "has become popular with beginners", "is the subject of a new book", "was shown on television", "surprised even the experts", "has three steps that people forget", "depends on the weather", "fills the evenings of many families")  # fmt: skip


def write_corpus(folder: Path) -> None:
    """Write it as JSON Lines."""
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for article in (*_stories("zh", _ZH_STORIES), *_stories("en", _EN_STORIES), *_others()):
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")


def _stories(language: str, stories: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    for at, story in enumerate(stories, 1):
        url = f"https://news.example/{language}/{at}" if at < len(stories) else None
        yield {"id": f"{language}/story-{at}", "language": language, "url": url, **story}


def _others() -> Iterator[dict[str, Any]]:
    """Short articles about other things, so that the story stands out."""
    for at, (thing, way) in enumerate(product(_ZH_THINGS, _ZH_WAYS)):
        text = f"{thing}{way}。有人为此写了第{at}篇日记，记下了每一个细节。"
        yield {"id": f"zh/other-{at:03}", "title": thing, "text": text, "language": "zh"}
    for at, (thing, way) in enumerate(product(_EN_THINGS, _EN_WAYS)):
        text = f"They say that {thing} {way}. Somebody wrote entry number {at} of a diary about it, with every detail."
        yield {"id": f"en/other-{at:03}", "title": thing.capitalize(), "text": text, "language": "en"}
