"""Text layers that don't say what their pages show: fonts whose tables of characters are missing or wrong."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = 200_000
_FEWEST = 20
"""Characters from which on a text can be judged."""
_CODE = re.compile(r"\(cid:\d+\)|/?\bg(?:lyph)?\d{1,5}\b|\buni[0-9A-F]{4}\b")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_COMMON_HANGUL = frozenset("이다는의에을를가고로하은한지도사인기나서자시대일어아과정부있라해그수리")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还"
    "因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没"
    "结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取完举色或市省县府院年月日号名第章节图表见注版社人姓地址电话传真"
    "們這個國來時為會發動過說產種後經進著電裡現實體機當點從業還無軍題黨與關數氣變條結問運農區強戰"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_VOWELS = frozenset("aeiouyAEIOUYàáâãäåæèéêëìíîïòóôõöøùúûüýÿœāēīōūěǎǐǒǔ")
_FEWEST_VOWELS, _MOST_VOWELS = 0.22, 0.7
_FEWEST_COMMON = 0.1
_MANY = 200
_MOST_SIGNS = 0.65
_RULES = re.compile(r"([.·…_\-–—=*~─━])\1{2,}")
"""Leaders and lines drawn with characters."""


def garbled_share(text: str) -> float:
    """The share of a text's characters that are no text of any language, 0 to 1; 0 where there are too few to tell."""
    sample = "".join(text[:_SAMPLE].split())
    if len(sample) < _FEWEST:
        return 0.0
    coded = sum(map(len, _CODE.findall(sample)))
    senseless = sum(count for character, count in Counter(sample).items() if _is_senseless(character))
    return min(1.0, (coded + senseless + _unlikely(sample)) / len(sample))


def _is_senseless(character: str) -> bool:
    """Private, unassigned and control characters, and the mark of what can't be decoded."""
    return character == "\ufffd" or (unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"})


def _unlikely(sample: str) -> int:
    """Characters of a script that aren't used as its languages use them."""
    return (
        _rare(_HANGUL.findall(sample), _COMMON_HANGUL, fewest=_FEWEST)
        + _rare(_HAN.findall(sample), _COMMON_HAN, fewest=3 * _FEWEST)
        + _shifted(_LATIN.findall(sample))
        + _soup(sample)
    )


def _rare(found: Sequence[str], common: frozenset[str], *, fewest: int) -> int:
    """The number of characters, if fewer of them than in any text are common ones."""
    few = sum(character in common for character in found) < _FEWEST_COMMON * len(found)
    return len(found) if few and len(found) >= fewest else 0


def _shifted(letters: Sequence[str]) -> int:
    """Latin letters that stand for others, as where a font's own numbers are taken for characters: `7KH` for `The`."""
    vowels = sum(letter in _VOWELS for letter in letters) / max(len(letters), 1)
    return len(letters) if len(letters) >= _MANY and not _FEWEST_VOWELS < vowels < _MOST_VOWELS else 0


def _soup(sample: str) -> int:
    """Signs, where hardly any of a text is letters or digits."""
    plain = _RULES.sub("", sample)
    signs = sum(not character.isalnum() for character in plain)
    return signs if len(plain) >= _MANY and signs > _MOST_SIGNS * len(plain) else 0
