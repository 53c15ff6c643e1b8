"""Text in a terminal: nothing in it that the terminal would obey, and lines that end where both languages allow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

_OBEYED = [
    *(code for code in range(0x20) if chr(code) not in "\n\t"),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),  # these and the next turn the direction of what follows
    *range(0x2066, 0x206A),
]
_VISIBLE = dict.fromkeys(_OBEYED, "\N{REPLACEMENT CHARACTER}") | {ord("\t"): " ", ord("\r"): " "}

_OPENING = "（《〈“‘「『【〔〖［｛"
_WIDE_CLOSING = "，。；：！？、）》〉”’」』】〕〗］｝…—·％℃～"
_CLOSING = ",.;:!?)]}%"
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_UNIT = re.compile(
    rf"[{_OPENING}(\[{{]*(?:[^\s{_WIDE}{_OPENING}{_WIDE_CLOSING}]+|.)[{re.escape(_WIDE_CLOSING + _CLOSING)}]*\s*",
    re.DOTALL,
)
"""What stays together: a word or a number, or one wide character; with brackets and quotes, and the marks after it."""


def visible(text: str) -> str:
    """A text of the same length whose control characters can be seen, not obeyed."""
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """A text as one line."""
    return " ".join(visible(text).split())


def lines(text: Text, width: int) -> Iterator[Text]:
    """A text in lines of at most so many cells, with its styles; blank lines stay out."""
    for paragraph in text.split("\n", allow_blank=False):
        if paragraph.plain.strip():
            for line in paragraph.divide(_breaks(paragraph.plain, width)):
                line.rstrip()
                yield line


def _breaks(text: str, width: int) -> list[int]:
    """The places where lines after the first begin."""
    breaks = []
    filled = 0
    for unit in _UNIT.finditer(text):
        for start, part in _pieces(unit.start(), unit.group(), width):
            if filled and filled + cell_len(part.rstrip()) > width:
                breaks.append(start)
                filled = 0
            filled += cell_len(part)
    return breaks


def _pieces(start: int, unit: str, width: int) -> Iterator[tuple[int, str]]:
    """A unit, or the characters of one that fits in no line."""
    if cell_len(unit.rstrip()) <= width:
        yield start, unit
    else:
        yield from enumerate(unit, start)
