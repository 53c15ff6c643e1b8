"""The words that the terminal says of hits, in English and in Chinese."""

from __future__ import annotations

import os
from dataclasses import dataclass

from indexer import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one interface language; those in braces are filled in."""

    language: Language
    names: dict[str, str]
    signals: dict[str, str]
    also_in: str
    also_in_more: str
    relevant: str
    at_least: str
    unlikely: str
    none_likely: str
    nothing: str
    empty: str
    more: str
    sources: str
    unnamed: str
    others: str
    matched: str
    above: str
    comma: str
    colon: str
    list_mark: str
    score: str
    references: str
    same_story: str
    report: str
    asking: str
    citation: str


ENGLISH = Words(
    language=Language.EN,
    names={"zh": "Chinese", "en": "English"},
    signals={},
    also_in="also in",
    also_in_more="and {count} more",
    relevant="{count} relevant",
    at_least="at least {count} relevant",
    unlikely="less likely to be relevant",
    none_likely="nothing is clearly relevant; these come nearest",
    nothing="Nothing was found with these filters.",
    empty="The index is empty.",
    more="more: {how}",
    sources="sources",
    unnamed="unnamed",
    others="{count} more",
    matched="matched",
    above="above others",
    comma=", ",
    colon=": ",
    list_mark=", ",
    score="score",
    references="References",
    same_story="The same story in {language}",
    report="{day} · index {generation} · {documents} articles",
    asking="Asking",
    citation="apa7",
)

CHINESE = Words(
    language=Language.ZH,
    names={"zh": "中文", "en": "英文"},
    signals={
        "dense": "语义", "sentences": "句子", "tokens": "词元", "second": "复评", "numbers": "数字", "dates": "日期",
        "names": "专名", "words": "用词", "glosses": "译词", "missing": "缺少",
    },
    also_in="另见",
    also_in_more="等，另有 {count} 篇",
    relevant="{count} 条相关",
    at_least="至少 {count} 条相关",
    unlikely="以下相关的可能性较小",
    none_likely="没有明显相关的段落，最接近的是",
    nothing="按这些条件没有找到结果。",
    empty="索引是空的。",
    more="下一页：{how}",
    sources="来源",
    unnamed="未注明",
    others="另有 {count} 个",
    matched="匹配",
    above="高出其他段落",
    comma="，",
    colon="：",
    list_mark="、",
    score="得分",
    references="参考文献",
    same_story="{language}的同一报道",
    report="{day} · 索引 {generation} · {documents} 篇文章",
    asking="提问",
    citation="gb7714",
)  # fmt: skip


def words() -> Words:
    """Chinese where the locale is, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    return CHINESE if locale.startswith("zh") else ENGLISH
