"""Characters that look like ordinary ones are those."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.articles.characters import visible
from indexer.articles.look_alikes import ordinary


@pytest.mark.parametrize(
    ("written", "meant"),
    [("居⺠", "居民"), ("局⻓", "局长"), ("⽔⽇⽉⼈", "水日月人"), ("豈樂", "豈樂"), ("ﬁsh ﬂew oﬃce", "fish flew office"), ("全市︐四万︑三亿︒﹁港﹂", "全市，四万、三亿。「港」")],
)  # fmt: skip
def test_look_alikes_become_ordinary_characters(written: str, meant: str):
    """In the text of every format."""
    assert visible(written) == meant


@pytest.mark.parametrize("text", ["１２３ＡＢＣ", "二〇二三年", "①②③", "½ m²", "﨑", "ｶﾅ", "…—～"])
def test_what_differs_to_the_eye_stays(text: str):
    """It is as the author wrote it."""
    assert ordinary(text) == text


def test_every_radical_becomes_an_ideograph():
    """None of Kangxi's 214 is left."""
    plain = ordinary("".join(map(chr, range(0x2F00, 0x2FD6))))
    assert all(unicodedata.name(character).startswith("CJK UNIFIED IDEOGRAPH") for character in plain)
