"""Paragraphs from rows: what was wrapped to a width is joined by its geometry, over columns and pages, too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.articles.readers.pdf.hyphens import join_hyphenated
from indexer.articles.readers.pdf.segments import WIDE, glue
from indexer.articles.wrapping import STATEMENT_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.articles.readers.pdf.layout import Block
    from indexer.articles.readers.pdf.segments import Row

_SAME_SIZE = 0.08
_LOOSER = 1.3
"""Of the usual distance of two lines: one that is wider begins a paragraph."""
_CLOSEST = 0.4
_INDENT = 0.8
"""Of the type's size: a line that begins further to the right is indented."""
_DEEP = 4.5
"""The same: what begins as far to the right is no paragraph's first line, but placed."""
_HAN_SLACK = 0.9
"""The same: so much may be left at the end of a line beside what would have been broken off the next."""
_UNBROKEN = re.compile(f"[（《「『“‘]*[{WIDE}][，。、；：！？）》」』”’…]*")
"""Han characters may be broken anywhere, but no line begins with a comma or ends with an opening bracket."""
_WIDE = 20
_PUNCTUATION = re.compile("[，。；、：！？]")
_CELL_GAP = 1.5
_FEW = 3
_ENDS_FULLY = re.compile(r"[。！？!?.…][\"'”’」』）)\]】]*$")
_GOES_ON = re.compile(r"[,，、(（\[《“‘-]$|[a-z]$")
_SMALL = re.compile(r"[\"'“‘(]?[a-z]")
_HAN = re.compile(f"[{WIDE}]")
_ITEM = re.compile(
    r"(?:[*•·●○▪■□◆◇➢►–—-]\s|[\uf0a7\uf0b7\uf0d8]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivx]+)[.)、]\s"
    r"|\d{1,2}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百零\d]{1,5}[章节条款篇部]|\[\d{1,3}\]|[①-⑳])"
)


@dataclass(slots=True)
class Paragraph:
    """Rows that were joined, and where they stand."""

    text: str
    size: float
    page: int
    """Where it begins."""
    last_page: int
    open: bool
    """Its last row is as wide as its column, and ends no sentence: it may go on in the next one."""
    indented: bool = False
    lines: int = 1


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of a document, filled page by page."""

    vocabulary: frozenset[str]
    """The words of the document, in small letters: they tell which hyphens belong to words."""
    done: list[Paragraph] = field(default_factory=list)

    def add(self, blocks: Iterable[Block], page: int) -> None:
        """Add what a page, or a part of it, holds."""
        for block in blocks:
            for number, paragraph in enumerate(self._of_block(block, page)):
                before = self._interrupted(paragraph) if number == 0 else None
                if before is None:
                    self.done.append(paragraph)
                else:
                    before.text = self._join(before.text, paragraph.text)
                    before.open, before.last_page = paragraph.open, page

    def _interrupted(self, paragraph: Paragraph) -> Paragraph | None:
        """The paragraph that goes on at the top of a column: the last one above any notes in smaller type."""
        for before in reversed(self.done[-_NOTES:]):
            if before.last_page < paragraph.page - 1:
                return None
            if _same_size(before.size, paragraph.size):
                return before if before.open and _may_go_on(before, paragraph) else None
            if before.size > paragraph.size:
                return None
        return None

    def _of_block(self, block: Block, page: int) -> Iterator[Paragraph]:
        pitch = _pitch(block.rows)
        paragraph: Paragraph | None = None
        for run in _runs(block.rows, pitch):
            edges = _Edges.of(run, block)
            for number, row in enumerate(run):
                if paragraph is not None and number > 0 and edges.go_on(run[:number], row, paragraph.lines):
                    paragraph.text = self._join(paragraph.text, row.text)
                    paragraph.lines += 1
                else:
                    if paragraph is not None:
                        yield paragraph
                    indented = row.left > edges.left + _INDENT * row.size
                    paragraph = Paragraph(row.text, row.size, page, page, open=False, indented=indented)
                paragraph.open = not _is_tabular(row) and edges.is_open(row)
        if paragraph is not None:
            yield paragraph

    def _join(self, before: str, after: str) -> str:
        joined = join_hyphenated(before, after, self.vocabulary)
        return joined or _shown(before) + glue(before, after) + after


def _shown(text: str) -> str:
    """A text whose last hyphen is shown, whether it was typed or set."""
    return f"{text[:-1]}-" if text.endswith("\u00ad") else text


_NOTES = 12
"""Paragraphs of notes at the foot of a page, at most, over which a sentence goes on."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """The left and right edge that the lines of a run keep to."""

    left: float
    right: float
    wrapped: bool
    """Han characters show it by punctuation, or by a width that no list of names has."""
    breaks_sentences: bool
    """A line ends inside a sentence; where none does, each line is a paragraph."""

    @classmethod
    def of(cls, run: Sequence[Row], block: Block) -> _Edges:
        lefts = [row.left for row in run]
        right = _usual_right(block.rows if len(run) < _FEW else run)
        wide = right - min(lefts) >= _WIDE * run[0].size
        wrapped = wide or any(_PUNCTUATION.search(row.text) for row in run)
        return cls(min(lefts), right, wrapped, any(not _ENDS_FULLY.search(row.text) for row in run[:-1]))

    def go_on(self, run: Sequence[Row], row: Row, lines: int) -> bool:
        """Tell a row that goes on where the one before it ends."""
        before = run[-1]
        if _ITEM.match(row.text) or _is_tabular(before) or _is_tabular(row) or self._is_set_off(before, row, lines):
            return False
        if _ENDS_FULLY.search(before.text) and (row.text.isdecimal() or not self.breaks_sentences):
            return False
        if _HAN.match(row.text):
            return before.text[-1] in "，、" or (self.wrapped and not self._would_fit(before, row))
        is_inside = bool(_SMALL.match(row.text) and not STATEMENT_END.search(before.text))
        return is_inside or not self._would_fit(before, row)

    def _is_set_off(self, before: Row, row: Row, lines: int) -> bool:
        """Tell a row that is indented, or stands to the left of a whole paragraph."""
        indent = (row.left - before.left) / row.size
        if indent > _INDENT:
            return not (lines == 1 and _ITEM.match(before.text))
        return indent < -_INDENT and (lines > 1 or -indent > _DEEP)

    def is_open(self, row: Row) -> bool:
        """Tell a row at the end of a column that may go on in the next one."""
        if _ENDS_FULLY.search(row.text):
            return False
        return bool(_GOES_ON.search(row.text)) or self.right - row.right < 2 * row.size

    def _would_fit(self, before: Row, row: Row) -> bool:
        """Tell a row whose first word has room at the end of the one before it: somebody ended that one there."""
        slack = self.right - before.right
        if han := _UNBROKEN.match(row.text):
            return slack > (len(han[0]) + _HAN_SLACK) * row.size
        first = row.text.split(" ", 1)[0]
        width = (row.right - row.left) * (len(first) + 1) / max(len(row.text), 1)
        return slack > width * 1.1 + 0.3 * row.size


def _runs(rows: Sequence[Row], pitch: float) -> Iterator[list[Row]]:
    """Rows that stand as lines of one text: of one size, at the usual distance."""
    run: list[Row] = []
    for row in rows:
        if run:
            distance = row.y - run[-1].y
            near = _CLOSEST * row.size < distance <= _LOOSER * pitch * row.size
            if not near or not _has_same_size(run[-1], row):
                yield run
                run = []
        run.append(row)
    if run:
        yield run


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance of lines, in sizes of their type; that of paragraphs is wider."""
    distances = sorted(
        (row.y - before.y) / row.size
        for before, row in pairwise(rows)
        if _same_size(before.size, row.size) and row.y - before.y > _CLOSEST * row.size
    )
    if not distances:
        return 1.5
    return min(max(distances[len(distances) // 4], 1.0), 2.6)


def _usual_right(rows: Sequence[Row]) -> float:
    """The right edge that lines keep to; of many, one in twenty may stand out."""
    rights = sorted(row.right for row in rows)
    return rights[-1 - len(rights) // 20]


def _is_tabular(row: Row) -> bool:
    """Cells with wide gaps between them, or leaders."""
    return row.has_leader or any(
        after.left - before.right > _CELL_GAP * row.size for before, after in pairwise(row.segments)
    )


def _may_go_on(before: Paragraph, after: Paragraph) -> bool:
    if _ITEM.match(after.text):
        return False
    if _SMALL.match(after.text):
        return True
    return not after.indented and (bool(_HAN.match(after.text)) or before.lines > 1)


def _has_same_size(one: Row, other: Row) -> bool:
    """Tell two rows that share a size of type; code and notes inside a line are smaller."""
    return any(_same_size(left.size, right.size) for left in one.segments for right in other.segments)


def _same_size(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of type that most characters have."""
    sizes = [paragraph.size for paragraph in paragraphs for _ in range(1 + len(paragraph.text) // 20)]
    return median(sizes) if sizes else 0.0
