"""The lines of a page that are its article, by general signals: position, line shape, dates, lists, language.

The page is read as a person skims it. The head ends at the by-line; from there on text is kept until something ends the
article: a heading of other stories, comments, the page's rights. After a box in the middle, the article goes on where
running text goes on. A text that isn't evidently a saved page, by the structure of the whole, is kept line for line;
on a page no sentence goes because of a word in it: what is around it decides, and in doubt it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.articles.saved_pages.lines import FURNITURE, HEADINGS, Line, Role, as_lines, bare, foreign, is_numbered
from indexer.articles.saved_pages.signs import HEAD_LINES, is_page, is_prose, is_statement, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FRAME_LINES = 2
"""Lines in a third language from which on a page's frame is in that language."""
_LEAST_KEPT = 0.6
"""Of the text. Saved pages of many sites lost a third of theirs at most: blurbs, disclaimers, biographies."""
_ANCHOR_SHARE = 0.6
_TITLE_WORDS = 4
_FULL_TITLE_WORDS = 6
_MOST_TITLE_WORDS = 45
_MOST_WORDS_OF_A_FIRST_LINE = 40
_LABEL_SHARE = 0.5
_RELATED_SHARE = 0.25
_STANDFIRST_WORDS = 8
_STRONG_WORDS = 20
_PARAGRAPHS = 3
_NEAR_LINES = 60
_SMALL_BOX = 4
_MOST_BY_LINES = 50  # a page of more is a list or a log; looking at all takes time that grows with the square
_SHORT_ASIDE = 12
_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3}|[\u4e00-\u9fff·]{2,6}")
_TIME_HEAD = re.compile(r"^(?:\d{1,2}[:.]\d{2}|[QA][:.：]|问：|答：)")


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page: lines, as they are there."""

    title: str | None
    head: tuple[str, ...]
    """The lines around the title, up to the first of the body: by-lines, dates."""
    body: tuple[str, ...]
    tail: tuple[str, ...]
    """The first lines after the body."""
    left_out: tuple[tuple[int, Line], ...] = ()
    """The page's other lines, each behind the number of the body's lines before it."""
    is_doubtful: bool = False
    """The text looks like a saved page whose article couldn't be told from what is around it; all of it was kept."""


def find_article(texts: Sequence[str], *, stated_title: str = "") -> Article:
    """Tell a page's article from its furniture.

    Args:
        texts: the page's lines, stripped, none blank.
        stated_title: the title that the file states, if any.
    """
    lines = as_lines(texts)
    if not is_page(lines):
        return whole_text(texts, stated_title=stated_title)
    lines = _mark_signatures(_mark_asides(_mark_frame(lines)))
    serves = serving(lines)
    start = _body_start(lines, serves)
    head_start, title = _title(lines, start)
    opening = [index for index in range(head_start, start) if _belongs_before_body(lines, index, start, title, serves)]
    indexes = [*opening, *_drop_trailing(lines, _walk(lines, start, serves))]
    if text_words(lines[index] for index in indexes) < _LEAST_KEPT * text_words(lines):
        return replace(whole_text(texts, stated_title=stated_title), is_doubtful=True)
    end = max(indexes[-1], start) + 1
    return Article(
        title=lines[title].text if title is not None else None,
        head=tuple(line.text for line in lines[max(0, head_start - 2) : start]),
        body=tuple(lines[index].text for index in indexes),
        tail=tuple(line.text for line in lines[end : end + 3]),
        left_out=_left_out(lines, indexes, title),
    )


def text_words(lines: Iterable[Line]) -> float:
    """The length in words of lines that may be text: of some length, and without a sign of serving the page."""
    return sum(
        line.words
        for line in lines
        if line.words >= _FULL_TITLE_WORDS and not line.has(FURNITURE | Role.BULLET | Role.TEASER)
    )


def _left_out(lines: list[Line], kept: list[int], title: int | None) -> tuple[tuple[int, Line], ...]:
    taken = set(kept)
    before, left = 0, []
    for index, line in enumerate(lines):
        if index in taken:
            before += 1
        elif index != title:
            left.append((before, line))
    return tuple(left)


def whole_text(texts: Sequence[str], *, stated_title: str = "") -> Article:
    """A text without a page around it: every line but its title, the first if it looks like one, is its body."""
    has_title = len(texts) > 1 and stated_title in {"", texts[0]} and _may_be_title(as_lines(texts[:1])[0])
    return Article(texts[0] if has_title else None, tuple(texts[:4]), tuple(texts[has_title:]), tuple(texts[-2:]))


def _may_be_title(line: Line) -> bool:
    return not line.has(Role.PROSE | Role.BULLET) and line.words <= _MOST_WORDS_OF_A_FIRST_LINE


def _mark_frame(lines: list[Line]) -> list[Line]:
    """Mark lines in a language of the page's frame, and a machine's text about the article in another language."""
    strange = [foreign(line.text) for line in lines]
    in_han = _body_is_han(lines, strange)
    has_strange_frame = sum(strange) >= _FRAME_LINES
    by_machine = any(line.has(Role.AI_MADE) for line in lines)
    return [
        _with(line, Role.FOREIGN)
        if is_strange or ((has_strange_frame or by_machine) and line.is_han != in_han and line.words >= 1)
        else line
        for line, is_strange in zip(lines, strange, strict=True)
    ]


def _mark_asides(lines: list[Line]) -> list[Line]:
    """Mark a short sentence between two lines that serve the page: it is part of their appeal."""
    serves = [line.has(Role.ALONE) for line in lines]
    return [
        _with(line, Role.ALONE)
        if 0 < index < len(lines) - 1
        and serves[index - 1]
        and serves[index + 1]
        and line.has(Role.SENTENCE)
        and line.words < _SHORT_ASIDE
        else line
        for index, line in enumerate(lines)
    ]


def _mark_signatures(lines: list[Line]) -> list[Line]:
    """Mark the name of a by-line where it comes again alone: what the page says about the author begins there."""
    by_lines = [line.text for line in lines if line.has(Role.BYLINE)][:_MOST_BY_LINES]
    return [
        _with(line, Role.END)
        if _NAME.fullmatch(line.text) and not line.has(FURNITURE) and any(line.text in text for text in by_lines)
        else line
        for line in lines
    ]


def _body_is_han(lines: list[Line], strange: list[bool]) -> bool:
    prose = [
        (line, is_strange)
        for line, is_strange in zip(lines, strange, strict=True)
        if line.has(Role.PROSE) and not line.has(Role.BULLET | HEADINGS | Role.TEASER)
    ]
    han = sum(line.words for line, _ in prose if line.is_han)
    return han >= sum(line.words for line, is_strange in prose if not (line.is_han or is_strange))


def _with(line: Line, role: Role) -> Line:
    return Line(line.text, line.words, line.roles | role, line.is_han)


def _body_start(lines: list[Line], serves: Sequence[bool]) -> int:
    """The first running text after the by-line that the most text follows."""
    by_lines = (index + 1 for index, line in enumerate(lines) if line.has(Role.DATED | Role.BYLINE))
    anchors = [0, *islice(by_lines, _MOST_BY_LINES)]
    masses = {}
    for anchor in anchors:
        prose = [index for index in _walk(lines, anchor, serves) if is_prose(lines[index])]
        start = next((index for index in prose if not lines[index].has(Role.BULLET)), None)
        if start is not None:
            masses[start] = sum(lines[index].words for index in prose)
    most = max(masses.values(), default=0)
    return max((start for start, mass in masses.items() if mass >= _ANCHOR_SHARE * most), default=0)


def _title(lines: list[Line], start: int) -> tuple[int, int | None]:
    """The beginning of the head, and the title's line: the first of the headlines that lead to the by-line."""
    by_line = next((index for index in range(start - 1, -1, -1) if lines[index].has(Role.DATED | Role.BYLINE)), None)
    first_by_line = by_line
    while first_by_line is not None and first_by_line > 0 and lines[first_by_line - 1].has(FURNITURE):
        first_by_line -= 1
    runs = [run for end in (first_by_line, start) if end is not None for run in _headline_runs(lines, end) if run]
    full = [run for run in runs if max(lines[index].words for index in run) >= _FULL_TITLE_WORDS]
    for run in full or runs:
        return run[0], _repeated(lines, run) or _first_full(lines, run, start)
    return start, None


def _headline_runs(lines: list[Line], end: int) -> list[list[int]]:
    """The runs of neighbouring headlines before a line, the nearest first."""
    runs: list[list[int]] = [[]]
    for index in range(end - 1, max(-1, end - 1 - HEAD_LINES), -1):
        if _is_headline(lines[index]):
            runs[-1].insert(0, index)
        elif runs[-1]:
            runs.append([])
    return runs


def _is_headline(line: Line) -> bool:
    is_furniture = line.has(FURNITURE & ~Role.FOREIGN) or (line.has(Role.FOREIGN) and foreign(line.text))
    is_text = line.has(Role.BULLET | Role.TEASER) or line.text.endswith((".", "。"))
    return not is_furniture and not is_text and _TITLE_WORDS <= line.words <= _MOST_TITLE_WORDS


def _repeated(lines: list[Line], run: list[int]) -> int | None:
    """The headline that the page says twice, as in its window's title."""
    for index in run:
        if any(
            lines[index].text in other.text for number, other in enumerate(lines) if number != index and number < run[0]
        ):
            return index
    return None


def _first_full(lines: list[Line], run: list[int], start: int) -> int:
    """The first headline of a run that isn't a mere label beside the others, and has to do with the text."""
    longest = max(lines[index].words for index in run)
    full = [index for index in run if lines[index].words >= _LABEL_SHARE * longest]
    body = "\n".join(line.text for line in lines[start:]).lower()
    shares = {index: _share_found(lines[index].text.lower(), body) for index in full}
    return next(index for index in full if shares[index] >= _RELATED_SHARE * max(shares.values()))


def _share_found(text: str, body: str) -> float:
    """The share of a headline's words, or pairs of Han characters, that the body has too."""
    terms = re.findall(r"[a-z]{4,}", text) or [one + two for one, two in pairwise(re.sub(r"\W", "", text))]
    return sum(term in body for term in terms) / max(len(terms), 1)


def _belongs_before_body(lines: list[Line], index: int, start: int, title: int | None, serves: Sequence[bool]) -> bool:
    """Standfirsts and captions between the title and the body, a heading and sentences right before its first text."""
    line = lines[index]
    if line.has(FURNITURE) and index != title:
        are_text = all(is_statement(line) and not line.has(Role.FOREIGN | Role.AI_MADE) for line in lines[index:start])
        return are_text and not serves[index]
    if index == title or (title is not None and line.text == lines[title].text):
        return False
    if title is not None and index < title:
        return False
    is_first_heading = index == start - 1 and (_TIME_HEAD.match(line.text) or is_numbered(line.text))
    return bool(is_first_heading) or (line.words >= _STANDFIRST_WORDS and not line.has(Role.BULLET))


def _walk(lines: list[Line], start: int, serves: Sequence[bool]) -> list[int]:
    """The article's lines from its first text on."""
    indexes: list[int] = []
    has_text = False
    index: int | None = start
    while index is not None and index < len(lines):
        line = lines[index]
        if line.has(Role.TERMINAL | Role.END) and serves[index]:
            if has_text:
                index = _resume_after_end(lines, index)
                continue
        elif line.has(HEADINGS) and serves[index] and not (line.has(Role.AI_MADE) and line.has(Role.PROSE)):
            index = _resume(lines, index)
            continue
        if _is_advertising(line) and _is_advertised(lines[index + 1 : index + 3]):
            index += 2
            continue
        if not serves[index]:
            indexes.append(index)
            has_text = has_text or is_prose(line)
        index += 1
    return indexes


def _resume_after_end(lines: list[Line], end: int) -> int | None:
    """The place where the article goes on after what looked like its end: at whole paragraphs."""
    near = range(end + 1, min(end + 1 + _NEAR_LINES, len(lines)))
    rest = [index for index in near if not lines[index].has(Role.ALONE | Role.INSERT)]
    for place in range(len(rest) - _PARAGRAPHS + 1):
        paragraphs = [lines[index] for index in rest[place : place + _PARAGRAPHS]]
        if all(is_prose(line) and line.words >= _STRONG_WORDS and not line.has(Role.BULLET) for line in paragraphs):
            heading = lines[rest[place - 1]] if place else None
            has_heading = heading is not None and not heading.has(FURNITURE) and heading.words < _STANDFIRST_WORDS
            return rest[place - 1] if has_heading else rest[place]
    return None


def _is_advertising(line: Line) -> bool:
    return bare(line.text) in {"广告", "廣告", "advertisement", "ad", "sponsored", "推广", "推廣"}


def _is_advertised(following: list[Line]) -> bool:
    """Tell an advertisement after its label from a heading of the article's next text."""
    if not following or following[0].has(Role.SENTENCE | HEADINGS):
        return False
    return len(following) == 1 or not is_prose(following[1])


def _resume(lines: list[Line], heading: int) -> int | None:
    """The place where the article goes on after the heading of a box, or None if it doesn't."""
    items: list[int] = []
    for index in range(heading + 1, len(lines)):
        line = lines[index]
        if line.has(Role.TERMINAL | Role.END | HEADINGS):
            return index
        if _goes_on(lines, index, items):
            return _with_subheading(lines, index, items)
        items.append(index)
    return None


def _goes_on(lines: list[Line], index: int, items: list[int]) -> bool:
    """Tell a line in a box that is the article again: running text, and not the teaser of a story."""
    line = lines[index]
    if not is_prose(line) or line.has(Role.BULLET):
        return False
    following = [
        other for other in lines[index + 1 : index + 4] if not other.has(Role.ALONE | Role.INSERT | Role.FOREIGN)
    ]
    if following and following[0].has(Role.DATED):
        return False
    prose_follows = bool(following) and is_prose(following[0]) and not following[0].has(Role.BULLET)
    if prose_follows:
        return True
    is_small = len(items) <= _SMALL_BOX and not any(lines[item].has(Role.DATED | Role.TEASER) for item in items)
    return is_small and line.words >= _STRONG_WORDS and bool(items)


def _with_subheading(lines: list[Line], index: int, items: list[int]) -> int:
    """A heading of the article right before its text isn't an item of the box: it is much shorter than those."""
    before = items[-1] if items else None
    if before is None or lines[before].has(FURNITURE | Role.SENTENCE):
        return index
    if is_numbered(lines[before].text) or _TIME_HEAD.match(lines[before].text):
        return before
    others = [lines[item].words for item in items[:-1] if not lines[item].has(FURNITURE)]
    return before if others and lines[before].words <= 0.75 * median(others) else index


def _drop_trailing(lines: list[Line], kept: list[int]) -> list[int]:
    """Without the lone short lines after the last text: names, labels, one more headline."""
    end = len(kept)
    while end and not _ends_article(lines[kept[end - 1]]):
        end -= 1
    return kept[:end]


def _ends_article(line: Line) -> bool:
    is_text = line.has(Role.SENTENCE | Role.PROSE | Role.BULLET) or is_numbered(line.text)
    return is_text or (line.text[0] in "(（[" and line.text[-1] in ")）]")
