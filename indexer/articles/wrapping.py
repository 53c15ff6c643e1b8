"""Texts that were set to a width, as they were written: a paragraph a line, words and Han characters together."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.characters import one_line
from indexer.dictionary.entries import Dictionary

if TYPE_CHECKING:
    from collections.abc import Sequence

HARD = "\r"
"""A line break that is meant, in the texts of `join_soft_breaks`; decoded texts have no carriage returns."""

STATEMENT_END = re.compile(r"[。！？!?.…：:；;][\"'”’」』）)\]】]*$")
"""The end of a line that ends a sentence, or announces what follows."""
_HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_WIDE = r"\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\uff00-\uffef"
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_FULL_STOP = re.compile(r"[\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f“”‘’…—]")
"""Full-width punctuation has its blank with it."""
_FEWEST_WRAPPED = 4
_LEAST = {False: 18, True: 36}
"""Columns of a line that may have been broken, of Latin text and of Han."""
_MOST = 130
_LONG_LINES = 0.05
"""Lines over `_MOST` that a wrapped text may have: addresses, rows of tables."""
_WRAP_SHARE = 0.35
_FULL, _SURELY_FULL = {False: 0.7, True: 0.85}, 0.9
"""Of the width: a line that long may have been broken there; one that long was, even at the end of a sentence."""
_TIGHT = 4
"""Columns by which half of the full lines of Han may differ from their width."""
_WIDEST_SOURCE = 140
"""Columns of the lines that people wrap by hand or by an editor, at most."""
_ITEM = re.compile(r"^(?:[*•·-]\s|\d{1,2}[.)、]\s?|[（(]\S{1,3}[）)])")
_BROKEN_WORD = re.compile(r"(?:^|[^A-Za-z-])([A-Za-z]+(?:-[A-Za-z]+)*)[-\u00ad]$")
_REST_OF_WORD = re.compile(r"[a-z]+")
_COMPOUND = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")

_GAP = re.compile(f"(?<=[{_WIDE}])[ \u3000](?=[{_WIDE}])")
_PAIR = re.compile(f"[{_HAN}](?=[{_HAN}])")
_SPACED_DIGITS = re.compile(r"(?<!\S)\d(?: \d)+(?!\S)")
_GAP_AT_DIGIT = re.compile(rf"(?<=[{_WIDE}]) (?=\d)|(?<=\d) (?=[{_WIDE}])")
_FEWEST_GAPS = 4
_MOST_PAIRS = 0.1
"""Of the gaps of a letter-spaced line: Han characters that stand together."""


def join_wrapped(text: str) -> str:
    """A text without blank lines: wrapped lines and the words broken at their ends joined, letter-spaced Han closed up.

    A width is looked for in lines of Han and in Latin ones apart, since a text in both was wrapped to two.
    """
    paragraphs = re.split(r"\n[^\S\n]*\n", text)
    blocks = [[line for line in map(one_line, block.split("\n")) if line] for block in paragraphs]
    if any(_is_spaced(line) for block in blocks for line in block):
        blocks = [[close_up(line) for line in block] for block in blocks]
    widths = {is_han: _wrap_width(blocks, is_han=is_han) for is_han in (False, True)}
    widths = {is_han: width or widths[not is_han] for is_han, width in widths.items()}
    if not any(widths.values()):
        return "\n".join(line for block in blocks for line in block)
    words = frozenset(word.lower() for word in _COMPOUND.findall(text)) if "-\n" in text else frozenset()
    return "\n".join(line for block in blocks for line in _unwrap(block, widths, words))


def join_soft_breaks(text: str) -> list[str]:
    """The lines of a text in which line feeds only wrap the source and `HARD` ends a line.

    Lines wider than anybody wraps to are paragraphs by themselves.
    """
    lines: list[str] = []
    for part in text.split(HARD):
        rows = [row for row in map(one_line, part.split("\n")) if row]
        is_wrapped = all(len(row) <= _WIDEST_SOURCE and _columns(row) <= _WIDEST_SOURCE for row in rows)
        lines += [_joined(rows)] if is_wrapped and rows else rows
    return lines


def close_up(line: str) -> str:
    """A line without the blanks between its Han characters, if it is evidently letter-spaced."""
    if not _is_spaced(line):
        return line
    line = _SPACED_DIGITS.sub(lambda digits: digits[0].replace(" ", ""), line)
    return _GAP_AT_DIGIT.sub("", _GAP.sub("", line))


def _is_spaced(line: str) -> bool:
    gaps = len(_GAP.findall(line))
    return gaps >= _FEWEST_GAPS and len(_PAIR.findall(line)) <= _MOST_PAIRS * gaps


def _joined(rows: Sequence[str]) -> str:
    pieces = [rows[0]]
    for before, after in pairwise(rows):
        pieces += [_joint(before, after), after]
    return "".join(pieces)


def _joint(before: str, after: str) -> str:
    """A blank, but not between two characters of Han nor beside full-width punctuation."""
    are_wide = bool(_WIDE_CHARACTER.match(before[-1])) and bool(_WIDE_CHARACTER.match(after[0]))
    return "" if are_wide or _FULL_STOP.match(before[-1]) or _FULL_STOP.match(after[0]) else " "


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE_CHARACTER.findall(line))


def _is_han(line: str) -> bool:
    return not line.isascii() and 3 * len(_WIDE_CHARACTER.findall(line)) > len(line)


def _wrap_width(blocks: Sequence[Sequence[str]], *, is_han: bool) -> int | None:
    """The column at which lines of Han, or Latin ones, were wrapped, or None where each paragraph is a line."""
    pairs = [pair for block in blocks for pair in pairwise([*block, ""]) if _is_han(pair[0]) == is_han]
    measured = [(_columns(line), line, after) for line, after in pairs]
    widths = sorted(columns for columns, _, _ in measured if columns >= _LEAST[is_han])
    if len(widths) < _FEWEST_WRAPPED or widths[int((1 - _LONG_LINES) * (len(widths) - 1))] > _MOST:
        return None
    width = widths[int(0.9 * (len(widths) - 1))]
    full = [(columns, line, after) for columns, line, after in measured if columns >= _FULL[is_han] * width]
    broken = [after for _, line, after in full if after and not STATEMENT_END.search(line)]
    going_on = sum(after[0].islower() or not after[0].isascii() for after in broken)
    tight = sum(abs(columns - width) <= _TIGHT for columns, _, _ in full)
    is_wrapped = len(full) >= len(widths) / 2 and going_on > _WRAP_SHARE * len(widths)
    return width if is_wrapped and (not is_han or tight >= len(full) / 2) else None


def _unwrap(block: Sequence[str], widths: dict[bool, int | None], words: frozenset[str]) -> list[str]:
    """Join each line to the one before it, as long as that one is full and doesn't end a sentence early."""
    joined: list[list[str]] = []
    goes_on = False
    for line in block:
        if joined and goes_on and not _ITEM.match(line):
            before = joined[-1].pop()
            joined[-1] += _continued(before, line, words)
        else:
            joined.append([line])
        width = widths[_is_han(line)] or _MOST
        columns = _columns(line)
        ends_early = STATEMENT_END.search(line) and columns < _SURELY_FULL * width
        is_broken = line.endswith(("-", "\u00ad")) and bool(_BROKEN_WORD.search(line))
        goes_on = is_broken or (columns >= _FULL[_is_han(line)] * width and not ends_early)
    return ["".join(pieces) for pieces in joined]


def _continued(before: str, line: str, words: frozenset[str]) -> list[str]:
    """Two lines of a paragraph as pieces of it, with the word that was broken between them whole again."""
    if before.endswith("\u00ad"):
        return [before[:-1], line]
    broken, rest = _BROKEN_WORD.search(before), _REST_OF_WORD.match(line)
    if broken and rest:
        return [before if _has_hyphen(broken[1], rest[0], words) else before[:-1], line]
    if broken and line[0].isalnum():
        return [before, line]
    return [before, _joint(before, line), line]


def _has_hyphen(first: str, rest: str, words: frozenset[str]) -> bool:
    """A word broken at its hyphen keeps it: as the text writes the word elsewhere, or else the dictionary does."""
    first, whole, compound = first.lower(), f"{first}{rest}".lower(), f"{first}-{rest}".lower()
    if (compound in words) != (whole in words):
        return compound in words
    spelled = _dictionary().spelled([first, rest, whole, compound])
    if (compound in spelled) != (whole in spelled):
        return compound in spelled
    return "-" in first or (first in spelled and rest in spelled)


@cache
def _dictionary() -> Dictionary:
    """The dictionary, opened where a text has the first word that doesn't tell by itself."""
    return Dictionary.open()
