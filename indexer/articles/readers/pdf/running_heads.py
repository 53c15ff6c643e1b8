"""The heads and feet that pages repeat, and their numbers, told by place and repetition over the whole document.

A line at the edge of a page belongs to its frame where other pages have the same at the same height, numbers aside, or
a number there counts the pages; and only if everything further out does, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.articles.page import LeftOut
from indexer.articles.readers.pdf.segments import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.articles.readers.pdf.segments import Row, Segment

_DEEPEST = 5
"""Rows of a head or foot, at most."""
_HEIGHT = 3.0
"""Points by which the same head may stand higher or lower."""
_SURELY_REPEATED = 0.8
_ENOUGH_PAGES = 5
_APART = 1.6
"""Of the usual distance of lines: a wider gap parts a frame from the text."""
_LARGER = 1.15
_MOST_LETTERS = 120
_NUMBER = re.compile(r"\d{1,6}")
_MOST_NUMBERS = 4
_NUMERAL = r"(?:\d{1,5}|[ivxlcdm]{1,8}|[一二三四五六七八九十百零〇]{1,6})"
_MARKS = r"[\s\-–—―·•*|/~.,:()（）\[\]【】«»<>]*"
_PAGE_NUMBER = re.compile(
    rf"{_MARKS}(?:第|p(?:age|g|\.)?\.?|s(?:eite|\.)|页码[:：]?)?\s*(?P<number>{_NUMERAL})\s*页?{_MARKS}"
    rf"(?:(?:of|von|from|out of|共|/)?\s*{_NUMERAL}\s*页?)?{_MARKS}",
    re.IGNORECASE,
)
_WORDED = re.compile(r"页|page|of|[/\-–—|·•]", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？!?.；;，,][\"'”’」』）)]*$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the top or the bottom of a page, and how far it is from there in rows and points."""

    page: int
    row: Row
    depth: int
    height: int
    keys: tuple[str, ...]
    """The text as it is, and with each of its numbers as one that counts the pages."""
    number: int | None
    """The number it consists of, if it looks like that of a page."""
    apart: bool
    """A gap parts it, or what it stands with, from the text."""


def without_running_heads(
    pages: Sequence[Sequence[Segment]],
) -> tuple[list[list[Segment]], list[LeftOut]]:
    """The segments of pages without their heads and feet, and what those say, each text once.

    Args:
        pages: the segments of each page in its main direction.
    """
    page_rows = [rows(segments) for segments in pages]
    size = median([row.size for lines in page_rows for row in lines] or [0.0])
    gone: dict[int, set[int]] = defaultdict(set)
    said: dict[str, LeftOut] = {}
    for top in (True, False):
        edges = [list(_edges(number, lines, top=top)) for number, lines in enumerate(page_rows)]
        for edge in _sparing(list(_frames(edges, size, len(pages))), page_rows):
            gone[edge.page] |= {segment.order for segment in edge.row.segments}
            reason = "page number" if edge.number is not None else "head of pages" if top else "foot of pages"
            said.setdefault(
                _NUMBER.sub("#", edge.row.text) if edge.number is None else "#", LeftOut(edge.row.text, reason)
            )
    rest = [
        [segment for segment in segments if segment.order not in gone[number]] for number, segments in enumerate(pages)
    ]
    if not any(rest):
        return [list(segments) for segments in pages], []
    return rest, list(said.values())


def _sparing(frame: list[_Edge], pages: Sequence[Sequence[Row]]) -> list[_Edge]:
    """A frame, unless most pages would be left with nothing in it: then it is what they say."""
    taken = Counter(edge.page for edge in frame)
    bare = sum(taken[number] >= len(lines) > 0 for number, lines in enumerate(pages))
    return frame if 2 * bare <= len(pages) else [edge for edge in frame if edge.number is not None]


def _edges(page: int, lines: Sequence[Row], *, top: bool) -> Iterator[_Edge]:
    ordered = list(lines) if top else list(reversed(lines))
    distances = [abs(after.y - row.y) for row, after in pairwise(ordered)]
    usual = sorted(distances)[len(distances) // 4] if distances else 0.0
    near = ordered[: _DEEPEST + 1]
    for depth, row in enumerate(near[:_DEEPEST]):
        beyond = distances[depth:_DEEPEST]
        text = row.text
        yield _Edge(
            page,
            row,
            depth,
            round(row.y / _HEIGHT),
            tuple(_keys(text, page)),
            _page_number(text),
            apart=not beyond or max(beyond) > _APART * usual,
        )


def _frames(edges: Sequence[Sequence[_Edge]], size: float, pages: int) -> Iterator[_Edge]:
    """The edges that belong to the frame of their pages."""
    flat = [edge for page in edges for edge in page]
    slots: dict[tuple[int, int], list[_Edge]] = defaultdict(list)
    for edge in flat:
        slots[edge.height, round(edge.row.size)].append(edge)
    counts = Counter((key, height) for edge in flat for key in edge.keys for height in _near(edge.height))
    offsets = Counter(edge.number - edge.page for edge in flat if edge.number is not None)
    body = {id(edge): _follows(page, edge) for page in edges for edge in page}

    def is_repeated(edge: _Edge) -> bool:
        if edge.number is not None:
            return _counts_pages(edge, offsets[edge.number - edge.page], pages)
        count = max(counts[key, edge.height] for key in edge.keys)
        if count < 2 or len(edge.row.text) > _MOST_LETTERS:  # noqa: PLR2004
            return False
        if edge.row.size > _LARGER * size and count < pages / 2:
            return False
        return (edge.apart or not _SENTENCE.search(edge.row.text)) and not _heads_table(edge.row, body[id(edge)])

    repeated = {id(edge) for edge in flat if is_repeated(edge)}

    def is_in_slot(edge: _Edge) -> bool:
        """A line of its own where the other pages repeat theirs, such as the head of a chapter of one page."""
        slot = slots[edge.height, round(edge.row.size)]
        share = sum(id(neighbour) in repeated for neighbour in slot) / len(slot)
        return edge.apart and len(slot) >= _ENOUGH_PAGES and share >= _SURELY_REPEATED

    for page in edges:
        for edge in page:
            if not (id(edge) in repeated or is_in_slot(edge)):
                break
            yield edge


def _near(height: int) -> tuple[int, int, int]:
    return height - 1, height, height + 1


def _follows(page: Sequence[_Edge], edge: _Edge) -> Row | None:
    return page[edge.depth + 1].row if edge.depth + 1 < len(page) else None


def _counts_pages(edge: _Edge, same_offset: int, pages: int) -> bool:
    """Tell a number that is its page's: it grows with the pages, or stands alone and is small."""
    assert edge.number is not None  # noqa: S101 - the caller has looked
    if same_offset >= max(3, pages / 3):
        return True
    plausible = edge.number <= 2 * pages + 10
    worded = bool(_WORDED.search(edge.row.text))
    if same_offset >= 2 or pages == 1:  # noqa: PLR2004
        return (edge.apart or worded) and plausible if pages == 1 else edge.apart or worded or plausible
    return edge.apart and plausible


def _heads_table(row: Row, after: Row | None) -> bool:
    """Tell a row of cells that stands over another: it names a table's columns."""
    if after is None or len(row.segments) < 2 or len(after.segments) < 2:  # noqa: PLR2004
        return False
    lefts = [segment.left for segment in after.segments]
    aligned = sum(any(abs(segment.left - left) < row.size for left in lefts) for segment in row.segments)
    return aligned >= 2 and abs(after.y - row.y) < 3 * row.size  # noqa: PLR2004


def _keys(text: str, page: int) -> Iterator[str]:
    plain = "".join(text.split()).casefold()
    yield plain
    for number in islice(_NUMBER.finditer(plain), _MOST_NUMBERS):
        yield f"{plain[: number.start()]}#{int(number[0]) - page}{plain[number.end() :]}"


def _page_number(text: str) -> int | None:
    match = _PAGE_NUMBER.fullmatch(text.strip())
    return _value(match["number"].lower()) if match else None


def _value(numeral: str) -> int | None:
    if numeral.isdecimal():
        return int(numeral)
    if numeral[0] in _ROMAN:
        values = [_ROMAN[letter] for letter in numeral]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 * ("十" not in numeral and "百" not in numeral) + _HAN_DIGITS[character]
    return total + digit
