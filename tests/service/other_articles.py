"""Articles of common words in both languages, for what a query is about to stand out from."""

from __future__ import annotations

import random

EN_WORDS = "river harbour morning paper winter garden office letter window market bridge summer teacher kitchen".split()
ZH_WORDS = "海河 早晨 报纸 冬天 花园 办公 信件 窗户 市场 桥梁 夏天 街道 老师 厨房".split()


def other_articles(count, *, seed):
    """So many of each language, by name: the same for a seed."""
    chance, texts = random.Random(seed), {}
    for number in range(count):
        texts[f"en/more{number:02}.md"] = " ".join(chance.choices(EN_WORDS, k=18)).capitalize() + "."
        texts[f"zh/更多{number:02}.md"] = "".join(chance.choices(ZH_WORDS, k=18)) + "。"
    return texts
