"""The numbers of lists and headings that Word counts itself: 1.2, (b), 第三条."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.articles.readers.archive import local, value
from indexer.articles.readers.office.word_package import first

if TYPE_CHECKING:
    from indexer.articles.readers.archive import Element
    from indexer.articles.readers.office.word_package import WordPackage

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MOST_CIRCLED = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
_ROMAN_LOW = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    """The numbering of a list's level."""

    start: int
    style: str
    text: str
    gap: str


class ListNumbers:
    """Counts through a document's paragraphs in their order."""

    def __init__(self, package: WordPackage) -> None:
        """Read the document's kinds of lists."""
        self._package = package
        root = package.part("numbering")
        parts = [] if root is None else list(root)
        self._kinds = {value(part, "abstractNumId"): _levels(part) for part in parts if local(part) == "abstractNum"}
        self._lists = {value(part, "numId"): part for part in parts if local(part) == "num"}
        self._counts: dict[str | None, list[int]] = {}
        self._begun: set[tuple[str | None, int]] = set()

    def next(self, properties: Element) -> str:
        """The number of a paragraph with these properties, and the gap after it; empty for none and for bullets."""
        if not self._lists:
            return ""
        number, depth = self._place(properties)
        definition = self._lists.get(number)
        kind = None if definition is None else _val(definition, "abstractNumId")
        levels = self._kinds.get(kind, {})
        if definition is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(kind, [0] * _LEVELS)
        if (number, depth) not in self._begun:
            self._begun.add((number, depth))
            _restart(counts, definition, depth)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        return _written(levels, depth, counts)

    def _place(self, properties: Element) -> tuple[str | None, int]:
        """The list that a paragraph belongs to by itself or by its style, and its level there."""
        chain = [properties, *self._styles_of(properties)]
        places = [place for holder in chain if (place := first(holder, "numPr")) is not None]
        number = next((number for place in places if (number := _val(place, "numId")) is not None), None)
        depth = next((depth for place in places if (depth := _val(place, "ilvl")) is not None), "0")
        return number, int(depth) if depth.isdigit() and int(depth) < _LEVELS else 0

    def _styles_of(self, properties: Element) -> list[Element]:
        chain = self._package.style_chain(_val(properties, "pStyle"))
        return [holder for style in chain if (holder := first(style, "pPr")) is not None]


def _levels(kind: Element) -> dict[int, _Level]:
    levels = {}
    for level in kind:
        if local(level) == "lvl" and (depth := value(level, "ilvl") or "").isdigit():
            start = _val(level, "start") or "1"
            levels[int(depth)] = _Level(
                start=int(start) if start.isdigit() else 1,
                style=_val(level, "numFmt") or "decimal",
                text=_val(level, "lvlText") or "",
                gap="" if _val(level, "suff") == "nothing" else " ",
            )
    return levels


def _restart(counts: list[int], found: Element, depth: int) -> None:
    """A list that begins again says from which number, level by level."""
    for override in found:
        start = _val(override, "startOverride")
        if start is not None and start.isdigit() and value(override, "ilvl") == str(depth):
            counts[depth] = int(start) - 1


def _written(levels: dict[int, _Level], depth: int, counts: list[int]) -> str:
    level = levels[depth]
    if level.style == "bullet" or not level.text:
        return ""

    def at(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        style = levels[other].style if other in levels else "decimal"
        return _number(counts[other] or (levels[other].start if other in levels else 1), style)

    return _PLACE.sub(at, level.text).strip() + level.gap


def _number(number: int, style: str) -> str:
    """A number in a style of numbering; a decimal one where the style isn't known."""
    write = next((write for name, write in _STYLES.items() if name in style), str) if 0 < number <= _LARGEST else str
    written = write(number)
    return written.upper() if style.startswith("upper") else written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= _MOST_CIRCLED else str(number)


def _stem(number: int) -> str:
    return _STEMS[number - 1] if number <= len(_STEMS) else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    written = ""
    for amount, sign in (*_ROMAN, *_ROMAN_LOW):
        written += sign * (number // amount)
        number %= amount
    return written


def _counted(number: int) -> str:
    """A number below ten thousand as it is counted in Chinese: 十二, 一百零五."""
    written = ""
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            written += _DIGITS[digit] + ("", "十", "百", "千")[place]
        elif written and not written.endswith("零") and number % 10**place:
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written


_STYLES = {
    "Roman": _roman,
    "Letter": _letters,
    "EnclosedCircle": _circled,
    "ideographTraditional": _stem,
    "ideographDigital": _digit_by_digit,
    "chineseCounting": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "decimalZero": "{:02}".format,
}
"""How numbers are written, by a part of their style's name."""


def _val(element: Element, name: str) -> str | None:
    child = first(element, name)
    return None if child is None else value(child, "val")
