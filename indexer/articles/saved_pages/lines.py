"""A page as lines with their features: what a reader sees at a glance, without reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

from indexer.articles.dates import DATE
from indexer.articles.saved_pages import vocabulary
from indexer.text.language_identification import CHINESE_SHARE, HAN, han_share, identify

if TYPE_CHECKING:
    from collections.abc import Sequence


class Role(Flag):
    """The purpose of a line, as far as it shows by itself. A line may have several roles, or none: then it is text."""

    NONE = 0
    SENTENCE = auto()  # ends as a sentence does
    PROSE = auto()  # and is as long as one
    BULLET = auto()
    TEASER = auto()  # cut off with an ellipsis
    DATED = auto()  # little more than a date or an age
    BYLINE = auto()  # says who, when or whence
    NAVIGATION = auto()  # many short words in a row, or a trail of them
    TICKER = auto()  # numbers of a market or of the weather
    ALONE = auto()  # serves the page
    INSERT = auto()  # points to one other story
    BOX = auto()  # heads a list of other things
    SUMMARY = auto()  # heads what the page says about the article
    AI_MADE = auto()
    TERMINAL = auto()  # the page's end
    END = auto()  # the article's end
    FOREIGN = auto()  # in a language of the page's frame
    RULE = auto()  # neither letters nor digits


HEADINGS = Role.BOX | Role.SUMMARY | Role.AI_MADE | Role.TERMINAL
FURNITURE = (
    HEADINGS
    | Role.DATED
    | Role.BYLINE
    | Role.NAVIGATION
    | Role.TICKER
    | Role.ALONE
    | Role.INSERT
    | Role.END
    | Role.FOREIGN
    | Role.RULE
)
SHAPES = Role.NAVIGATION | Role.TICKER | Role.DATED | Role.BYLINE
"""What only the shape of a line says: rows of a table and entries of a chronicle have it, too."""

_REASONS = (
    (Role.AI_MADE, "a machine's text about the article"),
    (Role.BOX | Role.INSERT | Role.SUMMARY, "points to other stories"),
    (Role.TERMINAL | Role.END, "ends the page or the article"),
    (Role.ALONE, "serves the page"),
    (Role.NAVIGATION, "navigation"),
    (Role.DATED | Role.BYLINE, "by-line or date"),
    (Role.TICKER, "ticker"),
    (Role.FOREIGN, "in the language of the page's frame"),
    (Role.RULE, "no words"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, its length in words (a Han character counts .6), and its roles."""

    text: str
    words: float
    roles: Role
    is_han: bool

    def has(self, roles: Role) -> bool:
        """Tell a line that has any of these roles."""
        return bool(self.roles & roles)


_SENTENCE_END = re.compile(r"(?:[。!?！？…;；]|(?<!\.)\.|\.{3,})[\"'”’」』）)\]】]*$|[。！？!?.][\"'”’」』][\u3002.]?$")
_CLOSING = re.compile(r"[）)\]】]$")
_BULLET = re.compile(r"^\s*(?:[•·●○◦▪■□◆◇►▶▸‣∙*＊※・]|[-–—](?=\s)|\[[^\]\d]{1,8}\](?=\s))\s*")
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,2}[.)、．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_TEASER = re.compile(r"(?:\.{3,}|…+)[\"”』」]?$")
_AROUND = re.compile(r"^(?:_|[^\w©])+|[^\w)）\]》」』%+©#.…>]+$")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d[\d.,:]*")
_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"[^\W_]")
_SEPARATED = re.compile(r"\s*(?:[|｜»›>＞→]|/(?=\s)|(?<=\s)[·•])\s*")
_TRAIL = re.compile(r"\s*[>›»＞→]+\s*")
_TICKER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s?(?:%|°|℃)")
_BYLINE = re.compile(
    r"^(?:by\s+\S|(?:words|story|report|text) by\s|written by\s|"
    r"(?:作者|记者|記者|文|撰文|文字|采写|采訪|来源|來源|稿源|文章来源|信息来源|出处|出處|source)\s*[:：/丨|]|"
    r"(?:updated|published|posted|last updated|first published|发布时间|發布時間|发布日期|时间|時間|日期|"
    r"更新时间|更新時間|publié|publicado|veröffentlicht|опубликовано)\b)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:来源|來源|稿源|source|作者|记者|記者|updated|published|by )\s*[:：]?", re.IGNORECASE)
_REPORTER = re.compile(r"^(?:记者|記者|文|圖文|图文)\S{2,8}[／/]\S{2,12}(?:報導|报道|報道|綜合報導)$")

_PROSE_WORDS = 7
_LONG_PROSE_WORDS = 28
_SHORT_WORDS = 14
_HAN_WORD = 0.6
_LONGEST_FURNITURE = 2000
"""Characters; a longer line is text, whatever it says, and no pattern has to look at it."""


def count_words(text: str) -> float:
    """The length of a text in words, whatever its script."""
    return _HAN_WORD * len(_HAN.findall(text)) + len(_WORD.findall(_HAN.sub(" ", text)))


def as_lines(texts: Sequence[str]) -> list[Line]:
    """The features of each line of a page."""
    return [_features(text) for text in texts]


def bare(text: str) -> str:
    """A line in lower case and NFKC, without bullets and brackets around it: what the vocabulary is matched against."""
    text = unicodedata.normalize("NFKC", text).lower().strip()
    return _AROUND.sub("", text).strip() or text


def purpose_of(line: Line) -> str:
    """The purpose of a line that is left out, in a few words, or only where it stands."""
    return next((reason for roles, reason in _REASONS if line.has(roles)), "outside the article")


def _features(text: str) -> Line:
    words = count_words(text)
    is_han = han_share(text) >= CHINESE_SHARE
    if len(text) > _LONGEST_FURNITURE:
        return Line(text, words, Role.SENTENCE | Role.PROSE, is_han)
    return Line(text, words, _shape(text, words) | _role_of_words(bare(text), words, text), is_han)


def _shape(text: str, words: float) -> Role:
    roles = Role.NONE
    if _SENTENCE_END.search(text):
        roles |= Role.SENTENCE
        if words >= _PROSE_WORDS:
            roles |= Role.PROSE
    if words >= _LONG_PROSE_WORDS or (_CLOSING.search(text) and words >= _SHORT_WORDS):
        roles |= Role.PROSE
    if _BULLET.match(text):
        roles |= Role.BULLET
    if _TEASER.search(text):
        roles |= Role.TEASER
    if _is_dated(text, words):
        roles |= Role.DATED
    if words <= 30 and not roles & Role.SENTENCE and (_BYLINE.match(_BULLET.sub("", text)) or _REPORTER.match(text)):  # noqa: PLR2004
        roles |= Role.BYLINE
    if not roles & Role.SENTENCE and _is_navigation(text, words):
        roles |= Role.NAVIGATION
    if not roles & Role.SENTENCE and _is_ticker(text):
        roles |= Role.TICKER
    return roles if _SIGN.search(text) else Role.RULE


def _is_dated(text: str, words: float) -> bool:
    if words > 2 * _SHORT_WORDS:
        return False
    rest = DATE.sub(" ", text)
    if rest != text and (_LABELLED.search(rest) or count_words(rest) <= _PROSE_WORDS):
        return not _SENTENCE_END.search(text)
    plain = bare(text)
    return bool(vocabulary.CALENDAR_AGO.fullmatch(plain)) or bool(
        re.fullmatch(
            r"(?:时间|時間|date|time)?\s*[:：]?\s*(?:\d{1,4}[-/.月])?\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?.{0,16}",
            plain,
        )
        and words <= _PROSE_WORDS
    )


def _is_navigation(text: str, words: float) -> bool:
    trail = [part for part in _TRAIL.split(text) if part.strip()]
    if len(trail) >= 3 and max(count_words(part) for part in trail[:-1]) <= 8:  # noqa: PLR2004
        return True
    parts = [part for part in _SEPARATED.split(text.strip(" |｜»›>")) if part]
    if len(parts) >= 2 and max(count_words(part) for part in parts[: max(2, len(parts) - 1)]) <= 5 and words <= 60:  # noqa: PLR2004
        return True
    tokens = re.split(r"[\s\u3000]{1,}", text.strip())
    if _HAN.search(text):
        return len(tokens) >= 4 and max(len(token) for token in tokens) <= 9 and len(text) / len(tokens) <= 6.5  # noqa: PLR2004
    gaps = re.split(r"\s{2,}|\u3000", text.strip())
    return len(gaps) >= 3 and max(count_words(gap) for gap in gaps) <= 4  # noqa: PLR2004


def _is_ticker(text: str) -> bool:
    numbers = len(re.findall(r"\d[\d.,]*", text))
    return bool(_TICKER.search(text)) and numbers >= 1 and numbers >= 0.4 * len(text.split())


def _role_of_words(plain: str, words: float, text: str) -> Role:
    roles = Role.NONE
    if vocabulary.END.fullmatch(plain) or vocabulary.END.fullmatch(text.strip("()（）【】[] ").lower()):
        roles |= Role.END
    if not _LETTER.search(plain):
        return roles
    heading = re.sub(r"\s*[(（\[]?\d*[)）\]]?\s*[:：>»…]*$", "", plain).strip()
    if vocabulary.AI_MADE.search(plain) and words <= 2 * _SHORT_WORDS:
        roles |= Role.AI_MADE
    if vocabulary.SUMMARY.fullmatch(heading):
        roles |= Role.SUMMARY
    if words <= _SHORT_WORDS and vocabulary.BOX.fullmatch(heading):
        roles |= Role.BOX
    if vocabulary.INSERT.match(plain) and words <= 3 * _SHORT_WORDS:
        roles |= Role.INSERT
    if vocabulary.TERMINAL.fullmatch(plain):
        roles |= Role.TERMINAL
    if vocabulary.ALONE.fullmatch(plain):
        roles |= Role.ALONE
    return roles


def foreign(text: str) -> bool:
    """Tell a line in a language that haihe doesn't search, as far as so few words can tell."""
    code = identify(text)
    if code in {"zh", "en"}:
        return False
    return code is not None or _sounds_foreign(text)


_FOREIGN_WORDS = re.compile(
    r"\b(?:der|die|das|und|ist|nicht|auf|einen?|zu|keine|mit|für|von|wie|auch|werden|sehr|"
    r"le|les|des|du|une|est|et|dans|pour|sur|que|qui|ce|pas|avec|l'\w+|d'\w+|il|sera|très|"
    r"el|los|las|una|por|para|con|del|qué|más|muy|está|en|lo|se|y|"
    r"il|gli|della|che|non|più|sono|uma|não|mais|dos|com|os)\b",
    re.IGNORECASE,
)
_ACCENTED = re.compile(r"[à-öø-ÿœß¿¡]", re.IGNORECASE)


def _sounds_foreign(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    hits = len(_FOREIGN_WORDS.findall(text)) + 2 * bool(_ACCENTED.search(text))
    return bool(words) and hits >= max(2, 0.2 * len(words))


def is_numbered(text: str) -> bool:
    """Tell an item or heading of a numbered list."""
    return bool(_NUMBERED.match(text))
