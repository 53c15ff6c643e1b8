"""Words in a row: the pieces of lines that no gap of a column parts, upright whichever way the page writes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.readers.pdf.words import is_downwards
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.articles.readers.pdf.words import Word

_GAP = 0.85
"""Of the type's size: a wider blank parts a line, as between columns and cells."""
_HAN_BLANK = 0.6
"""The same: a narrower gap between Han characters is no blank."""
_LETTER_SPACED = 1.3
_BACK = 0.5
_RAISED = 0.45
_SAME_ROW = 0.3
_FEWEST_STACKED = 4
_BESIDE, _CLOSE, _DISTANT = 0.3, 0.8, 1.3
"""Of the type's size: how far characters of a vertical line may stand aside and below each other."""
_TURNED_DOWN = 270
WIDE = "\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\u2014" + HAN
_HAN_END, _HAN_START = re.compile(f"[{WIDE}]$"), re.compile(f"[{WIDE}]")
_DIGIT_END, _DIGIT_START = re.compile(r"\d$"), re.compile(r"\d")
_SINGLES = re.compile(rf"(?<!\S)[{HAN}](?: [{HAN}](?!\S))+")
_FEWEST_SINGLES = 3
_LEADER = re.compile(r"\s*(?:[.·…]\s?){5,}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words in a row without a wide gap, in a space where text runs to the right and lines go down (points).

    Attributes:
        text: the words, with blanks.
        left: where the first begins.
        right: where the last ends.
        y: of the baseline, downwards.
        size: of the type.
        order: the place in the file's own order.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    order: int


@dataclass(frozen=True, slots=True)
class Row:
    """The segments on one baseline, from left to right."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All of it, with a blank at each gap."""
        return _LEADER.sub(" … ", _unspaced(" ".join(segment.text for segment in self.segments)))

    @property
    def has_leader(self) -> bool:
        """Dots lead to its end, as in a table of contents."""
        return any(_LEADER.search(segment.text) for segment in self.segments)

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(segment.right for segment in self.segments)

    @property
    def y(self) -> float:
        """The height of its longest segment's baseline."""
        return self._main.y

    @property
    def size(self) -> float:
        """The size of its longest segment's type."""
        return self._main.size

    @property
    def _main(self) -> Segment:
        return max(self.segments, key=lambda segment: len(segment.text))


def segments_by_turn(words: Sequence[Word]) -> list[list[Segment]]:
    """The segments of a page, those of each direction of writing apart, the most frequent direction first."""
    stacked = _stacked(words)
    turned = [
        _TURNED_DOWN if is_downwards(word) or number in stacked else word.turn for number, word in enumerate(words)
    ]
    counts: Counter[int] = Counter()
    for word, turn in zip(words, turned, strict=True):
        counts[turn] += len(word.text)
    return [
        _segments([(number, word) for number, word in enumerate(words) if turned[number] == turn], turn)
        for turn, _ in counts.most_common()
    ]


def rows(segments: Iterable[Segment]) -> list[Row]:
    """Segments as rows, from top to bottom."""
    grouped: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: (segment.y, segment.left)):
        row = grouped[-1] if grouped else None
        if row and segment.y - row[0].y <= _SAME_ROW * min(segment.size, row[0].size):
            row.append(segment)
        else:
            grouped.append([segment])
    return [Row(tuple(sorted(row, key=lambda segment: segment.left))) for row in grouped]


def glue(before: str, after: str) -> str:
    """The sign between two lines, or words, of a sentence: nothing between Han characters, or them and digits."""
    han_ends, han_starts = _HAN_END.search(before), _HAN_START.match(after)
    digits_ends, digits_starts = _DIGIT_END.search(before), _DIGIT_START.match(after)
    return "" if (han_ends and (han_starts or digits_starts)) or (digits_ends and han_starts) else " "


def _stacked(words: Sequence[Word]) -> set[int]:
    """The numbers of words of one Han character that stand below each other, if most of the page is such columns."""
    runs: list[list[int]] = []
    for number, word in enumerate(words):
        last = words[number - 1] if runs and runs[-1][-1] == number - 1 else None
        if len(word.text) == 1 and word.turn == 0 and _HAN_START.match(word.text):
            if last is not None and _is_below(last, word):
                runs[-1].append(number)
            else:
                runs.append([number])
    stacked = {number for run in runs if len(run) >= _FEWEST_STACKED for number in run}
    return stacked if len(stacked) > sum(len(word.text) for word in words) / 2 else set()


def _is_below(word: Word, after: Word) -> bool:
    down = (word.y - after.y) / word.size
    return abs(word.x - after.x) < _BESIDE * word.size and _CLOSE < down < _DISTANT


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word in the space of its segment."""

    text: str
    left: float
    right: float
    y: float
    size: float
    spaced: bool


def _segments(words: Iterable[tuple[int, Word]], turn: int) -> list[Segment]:
    segments: list[Segment] = []
    piece: list[_Placed] = []
    first = 0
    for number, word in words:
        placed = _place(word, turn)
        if piece and not _goes_on(piece, placed):
            segments.append(_join(piece, first))
            piece = []
        if not piece:
            first = number
        piece.append(placed)
    return [*segments, _join(piece, first)] if piece else segments


def _place(word: Word, turn: int) -> _Placed:
    left, bottom, right, top = word.box
    if turn == 0:
        begin, end, y = min(left, word.x), right, -word.y
    elif turn == 90:  # noqa: PLR2004
        begin, end, y = bottom, top, word.x
    elif turn == 180:  # noqa: PLR2004
        begin, end, y = -right, -left, word.y
    else:
        # down: the middle of upright characters is their line's, the baseline that of turned ones
        begin, end, y = -top, -bottom, -(left + right) / 2 if word.turn == 0 else -word.x
    if turn == 0 and _HAN_END.search(word.text):
        end = max(end, word.last_x + word.size)  # the box of a full-width character may be that of its ink
    return _Placed(word.text, begin, end, y, word.size, word.spaced)


def _goes_on(piece: Sequence[_Placed], word: _Placed) -> bool:
    last = piece[-1]
    size = max(last.size, word.size)
    if abs(word.y - piece[0].y) > _RAISED * size and abs(word.y - last.y) > _RAISED * size:
        return False
    gap = word.left - last.right
    single = len(word.text) == 1 == len(last.text)
    return -_BACK * size <= gap <= (_LETTER_SPACED if single else _GAP) * size


def _join(piece: Sequence[_Placed], first: int) -> Segment:
    text = piece[0].text
    for last, word in pairwise(piece):
        near = not word.spaced and word.left - last.right < _HAN_BLANK * word.size
        text += (glue(last.text, word.text) if near else " ") + word.text
    longest = max(piece, key=lambda word: len(word.text) * word.size)
    # a soft hyphen shows only where a line ends at it
    text = text[:-1].replace("\u00ad", "") + text[-1]
    return Segment(_unspaced(text), piece[0].left, max(word.right for word in piece), longest.y, longest.size, first)


def _unspaced(text: str) -> str:
    """Han characters with a blank after each are spaced out as a whole, as in titles and heads of tables."""

    def join(match: re.Match[str]) -> str:
        letters = match[0].split(" ")
        return "".join(letters) if len(letters) >= _FEWEST_SINGLES or match[0] == text else match[0]

    return _SINGLES.sub(join, text)
