"""Characters that look like ordinary ones and aren't equal to them, as PDF files and old encodings write them.

A font has one glyph for 民 and for the radical ⺠, and some programs write down the second; a search for 居民 then
finds nothing. What differs to the eye, such as full-width digits and letters, 〇 or ②, isn't touched.
"""

from __future__ import annotations

import re
import unicodedata

_COMPATIBLE = "\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufb00-\ufb06"
"""Radicals, ideographs that are in Unicode twice, and Latin ligatures: NFKC has their ordinary forms."""
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺆⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺶⺹⺺⺼⺾"
        "⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱"
        "⻲⻳",
        "厂乙亻冂刀刂卜小小兀尣尢巳幺彑彐忄扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒羊耂肀月艹"
        "艹艹虎衤覀西见角讠贝车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜"
        "亀龟",
        strict=True,
    )
)
"""The supplement's radicals that look like an ideograph; NFKC has two of them."""
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︱︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…—＿（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
"""Punctuation as it stands in vertical lines."""
_SINGLE = {**_RADICALS, **_VERTICAL}
_LOOK_ALIKE = re.compile(f"[{_COMPATIBLE}{''.join(map(re.escape, _SINGLE))}]")


def ordinary(text: str) -> str:
    """A text with the ordinary character in place of each that only looks like it."""
    return text if text.isascii() else _LOOK_ALIKE.sub(_ordinary, text)


def _ordinary(match: re.Match[str]) -> str:
    return _SINGLE.get(match[0]) or unicodedata.normalize("NFKC", match[0])
