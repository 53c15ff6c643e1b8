"""The words that a page of a PDF shows, and where: PDFium's text page as plain values."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHARACTERS = 200_000
"""Of one page. A sheet of a newspaper has 30,000; what has more is no page that anybody reads."""
MOST_OBJECTS = 500_000
"""Strings, lines and pictures of one page; a detailed map has 100,000."""
_ASCII = 127
_MANY_OBJECTS = 20
_WORD = re.compile(r"[^\s\u200b\0\uffff\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_HYPHENS = str.maketrans({"\x02": "\u00ad", "\ufffe": "\u00ad"})
"""PDFium's marks for a hyphen and the end of a line in one; the hyphen may be the word's own."""
_WIDEST, _TALLEST = 1.6, 0.3
"""Of the type's size: the advance of a character, and the rise and fall along a line."""


class Word(NamedTuple):
    """Characters without a blank inside, drawn in one go, in the page's own space (points, upwards).

    Attributes:
        text: its characters.
        x: of its first character's origin, on the baseline.
        y: of the same.
        last_x: of its last character's origin.
        last_y: of the same.
        box: left, bottom, right and top of its first and last character.
        size: of its type, in points.
        turn: of its characters: 0, 90, 180 or 270 degrees against the clock.
        spaced: a blank is drawn before it.
        unmapped: its font doesn't say which characters these are.
    """

    text: str
    x: float
    y: float
    last_x: float
    last_y: float
    box: tuple[float, float, float, float]
    size: float
    turn: int
    spaced: bool
    unmapped: bool


class PageTooLarge(Exception):  # noqa: N818 - reads as what it is
    """A page holds more than is read of one."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, in the order in which the file draws them."""

    words: tuple[Word, ...]
    pictured: bool = False
    """It shows pictures, and no words: a scan, perhaps."""
    fontless: bool = False
    """Its words are in fonts that neither the file nor this machine has, so that many can't be read."""


def read_words(page: Any) -> PageWords:  # noqa: ANN401 - untyped library
    """The words of a page of PDFium's.

    Raises:
        PageTooLarge: the page holds more than is read of one.
    """
    from pypdfium2 import raw

    objects = raw.FPDFPage_CountObjects(page)
    if objects > MOST_OBJECTS:
        raise PageTooLarge
    text = page.get_textpage()
    try:
        words = tuple(_Text(raw, text.raw).words())
    finally:
        text.close()
    sparse = sum(len(word.text) for word in words) < objects / 2
    return PageWords(
        words,
        pictured=not words and _shows_pictures(raw, page),
        fontless=sparse and objects >= _MANY_OBJECTS and _lacks_fonts(raw, page, objects),
    )


def _shows_pictures(raw: Any, page: Any) -> bool:  # noqa: ANN401
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lacks_fonts(raw: Any, page: Any, objects: int) -> bool:  # noqa: ANN401
    """Tell a page that is mostly single characters without a width: PDFium passes over them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    lost = 0
    for index in range(objects):
        shown = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(shown) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetBounds(shown, left, bottom, right, top)
            is_embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(shown))
            lost += right.value - left.value == 0 and not is_embedded
    return lost > objects / 2


class _Text:
    """A text page, asked as little as possible: each call of a C function takes a microsecond."""

    def __init__(self, raw: Any, text: Any) -> None:  # noqa: ANN401
        self._raw, self._text = raw, text
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._place: tuple[float, float] | None = None
        self._style = (1.0, 0)

    def words(self) -> Iterator[Word]:
        text = self._characters()
        end = 0
        for match in _WORD.finditer(text):
            start = match.start()
            spaced = self._is_spaced(text, end, start)
            end = match.end()
            word = self._word(text, start, end, spaced=spaced)
            if _is_straight(word):
                yield word
            else:
                yield self._word(text, start, start + 1, spaced=spaced)
                yield from (self._word(text, index, index + 1) for index in range(start + 1, end))

    def _characters(self) -> str:
        """A character for each index of the text page."""
        count = self._raw.FPDFText_CountChars(self._text)
        if count > MOST_CHARACTERS:
            raise PageTooLarge
        units = (ctypes.c_ushort * (count + 1))()
        if self._raw.FPDFText_GetText(self._text, 0, count, units) == count + 1:
            text = bytes(units)[: 2 * count].decode("utf-16-le", errors="replace")
            if len(text) == count:
                return text
        codes = (self._raw.FPDFText_GetUnicode(self._text, index) for index in range(count))
        return "".join(map(chr, codes))

    def _is_spaced(self, text: str, start: int, end: int) -> bool:
        """Tell a blank that the file itself draws; PDFium makes some where it sees a gap."""
        return any(
            text[index] not in "\r\n" and not self._raw.FPDFText_IsGenerated(self._text, index)
            for index in range(max(start, end - 2), end)
        )

    def _word(self, text: str, start: int, end: int, *, spaced: bool = False) -> Word:
        x, y, first = self._place_of(start)
        last_x, last_y, last = (x, y, first) if end == start + 1 else self._place_of(end - 1)
        box = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
        size, turn = self._style_at(start, y, first[3] - first[1])
        characters = text[start:end].translate(_HYPHENS)
        unmapped = ord(characters[0]) > _ASCII and self._raw.FPDFText_HasUnicodeMapError(self._text, start) == 1
        return Word(characters, x, y, last_x, last_y, box, size, turn, spaced, unmapped)

    def _place_of(self, index: int) -> tuple[float, float, tuple[float, float, float, float]]:
        self._raw.FPDFText_GetLooseCharBox(self._text, index, self._box)
        self._raw.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        box = self._box
        return self._x.value, self._y.value, (box.left, box.bottom, box.right, box.top)

    def _style_at(self, index: int, y: float, height: float) -> tuple[float, int]:
        """The size and turn of a character; asked only where a line, or the height of its characters, changes."""
        if (y, height) != self._place:
            self._place = y, height
            self._raw.FPDFText_GetMatrix(self._text, index, self._matrix)
            scale = math.hypot(self._matrix.c, self._matrix.d)
            size = abs(self._raw.FPDFText_GetFontSize(self._text, index) * scale)
            self._style = (size or 1.0, _turn(self._matrix.a, self._matrix.b))
        return self._style


def _is_straight(word: Word) -> bool:
    """Tell a word whose last character stands where its first one and its length let expect it."""
    if len(word.text) == 1:
        return True
    across, up = word.last_x - word.x, word.last_y - word.y
    along, aside = (abs(across), abs(up)) if word.turn in (0, 180) else (abs(up), abs(across))
    if is_downwards(word):
        along, aside = abs(up), abs(across)
    return along < _WIDEST * word.size * len(word.text) and aside < _TALLEST * word.size


def is_downwards(word: Word) -> bool:
    """Tell a word whose upright characters stand below each other, as in vertical Chinese."""
    return word.turn == 0 and word.y - word.last_y > abs(word.last_x - word.x)


def _turn(across: float, up: float) -> int:
    return 0 if up == 0 and across > 0 else round(math.degrees(math.atan2(up, across)) / 90) % 4 * 90
