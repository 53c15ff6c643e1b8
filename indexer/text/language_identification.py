"""The language that a text is in.

The share of Han characters decides first, since langdetect calls many Chinese strings Korean, once at .99999
(Mimino666/langdetect#51, #98). langdetect, seeded, is asked only about text in other scripts, and only believed where
there is enough of it: a wrong guess here would leave a passage out.
"""

from __future__ import annotations

import re

from indexer.records import Language

# Unified ideographs with extensions and compatibility forms, and 〇.
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[a-z']+")
_ENGLISH_WORDS = frozenset(
    """
    the of and to in a is that for it as was with be by on not he his but at are this have from or had
    an they which you were their been has will would what there can all its said who more when than
    after into over about
    """.split()  # noqa: SIM905 - read as a text
)

CHINESE_SHARE = 0.3
"""Of the letters. Chinese prose full of Latin names stays above it, English that cites one Chinese name below."""
_KANA_SHARE = 0.15
_ENGLISH_WORD_SHARE = 0.15
_ENOUGH_LETTERS = 60
_SURE = 0.95
_LONGEST_LOOK = 2000


def han_share(text: str) -> float:
    """The share of Han characters among the text's letters, 0 to 1 (0 where there are no letters)."""
    letters = len(_LETTER.findall(text))
    return len(_HAN.findall(text)) / letters if letters else 0.0


def identify(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where the text is too short or too odd to tell."""
    text = text[:_LONGEST_LOOK]
    letters = len(_LETTER.findall(text))
    if not letters:
        return None
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if kana > _KANA_SHARE * (han + kana):
        return "ja"
    if han >= CHINESE_SHARE * letters:
        return Language.ZH
    if _reads_as_english(text):
        return Language.EN
    return _ask_langdetect(text) if letters >= _ENOUGH_LETTERS or not _LATIN.search(text) else None


def passage_language(text: str, document_language: Language | None, *, around: str = "") -> Language | None:
    """The language of a passage; None for a third language, of which there must be no doubt.

    Args:
        text: the passage.
        document_language: taken where neither the passage nor what is around it tells.
        around: the paragraph that a short passage is from.
    """
    code = identify(text) or identify(around)
    if code is not None:
        return Language(code) if code in tuple(Language) else None
    return document_language or (Language.ZH if _HAN.search(text) else Language.EN)


def query_language(text: str) -> Language:
    """The language whose statistics centre a query. It never decides what may be found."""
    return Language.ZH if han_share(text) >= CHINESE_SHARE or _KANA.search(text) else Language.EN


def _reads_as_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH_WORDS for word in words) > _ENGLISH_WORD_SHARE * len(words)


def _ask_langdetect(text: str) -> str | None:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0  # else its answers are random
    try:
        best = detect_langs(text)[0]
    except LangDetectException:
        return None
    return str(best.lang).split("-")[0] if best.prob >= _SURE else None
