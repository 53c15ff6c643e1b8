"""Notes of an answer on its question, in both languages."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from indexer import foreign_language

if TYPE_CHECKING:
    from service.search.query.question import Question


class NoteCode(StrEnum):
    """Why an answer carries a note."""

    LANGUAGE = "language"
    """The question is in a language that isn't served."""
    NOTHING = "nothing"
    """There is nothing to look for in it."""
    PARTIAL = "partial"
    """Its exact words are too common to look up: only passages near to the question were read."""


class Note(NamedTuple):
    """A sentence on a question, in English and in Chinese."""

    code: NoteCode
    english: str
    chinese: str


_NAMES = {
    "ar": ("Arabic", "阿拉伯文"),
    "de": ("German", "德文"),
    "el": ("Greek", "希腊文"),
    "es": ("Spanish", "西班牙文"),
    "fr": ("French", "法文"),
    "he": ("Hebrew", "希伯来文"),
    "hi": ("Hindi", "印地文"),
    "id": ("Indonesian", "印尼文"),
    "it": ("Italian", "意大利文"),
    "ja": ("Japanese", "日文"),
    "ko": ("Korean", "韩文"),
    "nl": ("Dutch", "荷兰文"),
    "pl": ("Polish", "波兰文"),
    "pt": ("Portuguese", "葡萄牙文"),
    "ru": ("Russian", "俄文"),
    "sv": ("Swedish", "瑞典文"),
    "th": ("Thai", "泰文"),
    "tr": ("Turkish", "土耳其文"),
    "vi": ("Vietnamese", "越南文"),
}
_ANOTHER = ("another language", "其他语言")
_NOTHING = Note(
    NoteCode.NOTHING,
    "There is nothing to look for in this: type a word, a name or a number. In straight quotes, any sign is one.",
    "这里没有可供查找的内容：请输入词语、名称或数字；放在半角双引号里，任何符号都可以查找。",
)
_PARTIAL = Note(
    NoteCode.PARTIAL,
    "The quoted or excluded words are too common to look up everywhere: only the passages nearest to the question were "
    "read for them, and there may be more. Add words that say more.",
    "引号中或要排除的词过于常见，无法逐段查找：只查看了与问题最接近的段落，可能还有更多。请加上更具体的词语。",
)


def note_on(question: Question, *, is_complete: bool) -> Note | None:
    """The note on a question, if there is anything to say of it.

    Args:
        question: what was asked.
        is_complete: all passages that may have its exact words were looked through.
    """
    if question.asks_nothing:
        return _NOTHING
    if language := foreign_language(question.text):
        return _on_language(*_NAMES.get(language, _ANOTHER))
    return None if is_complete else _PARTIAL


def _on_language(english: str, chinese: str) -> Note:
    return Note(
        NoteCode.LANGUAGE,
        f"This question seems to be in {english}, which isn't searched: ask in Chinese or English.",
        f"这个问题似乎是{chinese}，目前不支持：请用中文或英文提问。",
    )
