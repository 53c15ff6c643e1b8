"""Which lines of a page are its article, by general signals: position, line shape, dates, lists, language.

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

from indexer.articles.lines import FURNITURE, HEADINGS, SHAPES, Line, Role, as_lines, bare, foreign, is_numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KINDS = [role for role in Role if role in FURNITURE & ~(SHAPES | Role.RULE | Role.FOREIGN)]
_KINDS_OF_A_PAGE = 3
_SHARE_OF_A_PAGE = 0.1
_PROSE_OF_A_PAGE = 0.3
_FRAME_LINES = 2
"""Lines in a third language from which on a page's frame is in that language."""
_LEAST_KEPT = 0.6
"""Of the text. Saved pages of many sites lost a third of theirs at most: blurbs, disclaimers, biographies."""
_SMALL_PRINT = 2
"""Lines of furniture after which a sentence about subscribing, cookies or rights is their small print."""
_LABELLED = re.compile(r"^.{0,24}?(?:[:：]|©|copyright\W{0,3}(?:19|20)\d\d|\(c\)\s?(?:19|20)\d\d)", re.IGNORECASE)
_ANCHOR_SHARE = 0.6
_TITLE_WORDS = 4
_FULL_TITLE_WORDS = 6
_MOST_TITLE_WORDS = 45
_MOST_WORDS_OF_A_FIRST_LINE = 40
_LABEL_SHARE = 0.5
_RELATED_SHARE = 0.25
_STANDFIRST_WORDS = 8
_STATEMENT_WORDS = 5
_STRONG_WORDS = 20
_LONG_WORDS = 28
_PARAGRAPHS = 3
_NEAR_LINES = 60
_SMALL_BOX = 4
_HEAD_LINES = 12
_MOST_BY_LINES = 50  # a page of more is a list or a log; looking at all takes time that grows with the square
_SHORT_ASIDE = 12
_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3}|[\u4e00-\u9fff·]{2,6}")
_TIME_HEAD = re.compile(r"^(?:\d{1,2}[:.]\d{2}|[QA][:.：]|问：|答：)")


@dataclass(frozen=True, slots=True)
class Article:
    """What was found on a page: lines, as they are there."""

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
    if not _is_page(lines):
        return whole_text(texts, stated_title=stated_title)
    lines = _mark_signatures(_mark_asides(_mark_frame(lines)))
    surroundings = _Surroundings.of(lines)
    start = _body_start(lines, surroundings)
    head_start, title = _title(lines, start)
    opening = [
        index for index in range(head_start, start) if _belongs_before_body(lines, index, start, title, surroundings)
    ]
    kept = [*opening, *_drop_trailing(lines, _walk(lines, start, surroundings))]
    if text_words(lines[index] for index in kept) < _LEAST_KEPT * text_words(lines):
        return replace(whole_text(texts, stated_title=stated_title), is_doubtful=True)
    end = max(kept[-1], start) + 1
    return Article(
        title=lines[title].text if title is not None else None,
        head=tuple(line.text for line in lines[max(0, head_start - 2) : start]),
        body=tuple(lines[index].text for index in kept),
        tail=tuple(line.text for line in lines[end : end + 3]),
        left_out=_left_out(lines, kept, title),
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


def _is_page(lines: list[Line]) -> bool:
    """Tell a saved web page from a text: most of a page is an article, with furniture of many kinds around it.

    Sentences, dates and names alone are no evidence: a report on newsletters and a chronicle have them, too. Nor is
    what comes again and again inside a text, as rights do in a collection of licences.
    """
    hard = [index for index, line in enumerate(lines) if _is_hard(line) and not _heads_text(lines, index)]
    prose = [index for index, line in enumerate(lines) if _is_prose(line) and not line.has(Role.BULLET)]
    if not prose or not hard:
        return False
    kinds = {role for index in hard for role in _KINDS if lines[index].has(role)}
    share = len(hard) / len(lines)
    if len(kinds) > _KINDS_OF_A_PAGE and share >= 2 * _SHARE_OF_A_PAGE:
        return True
    if sum(lines[index].words for index in prose) < _PROSE_OF_A_PAGE * sum(line.words for line in lines):
        return False
    if (len(kinds) >= _KINDS_OF_A_PAGE or Role.AI_MADE in kinds) and share >= _SHARE_OF_A_PAGE:
        return True
    is_dated = any(line.has(Role.DATED | Role.BYLINE) for line in lines[max(0, prose[0] - _HEAD_LINES) : prose[0]])
    return is_dated and any(_frames(lines[index], index, prose) for index in hard)


def _frames(line: Line, index: int, prose: list[int]) -> bool:
    """Tell furniture around the text from what stands inside it; a text may open with its rights."""
    return index > prose[-1] or (index < prose[0] and line.has(FURNITURE & ~(SHAPES | Role.TERMINAL)))


def _is_statement(line: Line) -> bool:
    """Tell a line that says something from one that only names something."""
    is_short_sentence = line.words >= _STATEMENT_WORDS and line.text.endswith((".", "。")) and not line.has(Role.TEASER)
    return is_short_sentence or (line.has(Role.PROSE) and (line.has(Role.SENTENCE) or line.words >= _LONG_WORDS))


def _is_hard(line: Line) -> bool:
    """Tell furniture that shows as such by itself: neither a sentence nor only shaped as furniture is."""
    return line.has(FURNITURE & ~(SHAPES | Role.FOREIGN | Role.RULE)) and not _is_statement(line)


def _heads_text(lines: list[Line], index: int) -> bool:
    """Tell a heading that pages use and that has the article's own text below it, as in a report."""
    line = lines[index]
    is_heading = line.has(Role.BOX | Role.SUMMARY) and not line.has(FURNITURE & ~(Role.BOX | Role.SUMMARY))
    if not is_heading or index + 1 == len(lines):
        return False
    return _is_prose(lines[index + 1]) and not lines[index + 1].has(Role.BULLET)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The surroundings of each line: the nearest one before and after it that is surely text or surely furniture.

    Attributes:
        before: `(lines,)`, True where it is text.
        after: `(lines,)`, the same.
    """

    before: tuple[bool, ...]
    after: tuple[bool, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Surroundings:
        return cls(_nearest(lines), _nearest(lines[::-1])[::-1])


def _nearest(lines: Sequence[Line]) -> tuple[bool, ...]:
    nearest, is_text = [], False
    for line in lines:
        nearest.append(is_text)
        if _is_prose(line):
            is_text = True
        elif _is_hard(line):
            is_text = False
    return tuple(nearest)


def _serves_page(lines: list[Line], index: int, surroundings: _Surroundings) -> bool:
    """Tell a line of the page's own from one of the article, by its neighbours: in doubt it is the article's."""
    line = lines[index]
    before, after = surroundings.before[index], surroundings.after[index]
    if not line.has(FURNITURE):
        return False
    if _is_hard(line) or line.has(Role.RULE):
        return True
    if not _is_statement(line):
        return not (before and after)
    if line.has(FURNITURE & ~Role.FOREIGN):
        is_small_print = all(map(_is_hard, lines[max(0, index - _SMALL_PRINT) : index]))
        is_notice = line.has(Role.TERMINAL | Role.ALONE) and bool(_LABELLED.match(line.text)) and not after
        return is_notice or not (before or after) or (is_small_print and any(map(_is_prose, lines[:index])))
    return not (before or after)


def _mark_frame(lines: list[Line]) -> list[Line]:
    """Mark lines in a language of the page's frame, and a machine's text about the article in another language."""
    in_han = _body_is_han(lines)
    strange = [foreign(line.text) for line in lines]
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


def _body_is_han(lines: list[Line]) -> bool:
    prose = [line for line in lines if line.has(Role.PROSE) and not line.has(Role.BULLET | HEADINGS | Role.TEASER)]
    han = sum(line.words for line in prose if line.is_han)
    return han >= sum(line.words for line in prose if not line.is_han and not foreign(line.text))


def _with(line: Line, role: Role) -> Line:
    return Line(line.text, line.words, line.roles | role, line.is_han)


def _is_prose(line: Line) -> bool:
    return line.has(Role.PROSE) and not line.has(FURNITURE | Role.TEASER)


def _body_start(lines: list[Line], surroundings: _Surroundings) -> int:
    """The first running text after the by-line that the most text follows."""
    by_lines = (index + 1 for index, line in enumerate(lines) if line.has(Role.DATED | Role.BYLINE))
    anchors = [0, *islice(by_lines, _MOST_BY_LINES)]
    masses = {}
    for anchor in anchors:
        prose = [index for index in _walk(lines, anchor, surroundings) if _is_prose(lines[index])]
        start = next((index for index in prose if not lines[index].has(Role.BULLET)), None)
        if start is not None:
            masses[start] = sum(lines[index].words for index in prose)
    most = max(masses.values(), default=0)
    return max((start for start, mass in masses.items() if mass >= _ANCHOR_SHARE * most), default=0)


def _title(lines: list[Line], start: int) -> tuple[int, int | None]:
    """Where the head begins, and the title's line: the first of the headlines that lead to the by-line."""
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
    for index in range(end - 1, max(-1, end - 1 - _HEAD_LINES), -1):
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


def _belongs_before_body(
    lines: list[Line], index: int, start: int, title: int | None, surroundings: _Surroundings
) -> bool:
    """Standfirsts and captions between the title and the body, a heading and sentences right before its first text."""
    line = lines[index]
    if line.has(FURNITURE) and index != title:
        are_text = all(_is_statement(line) and not line.has(Role.FOREIGN | Role.AI_MADE) for line in lines[index:start])
        return are_text and not _serves_page(lines, index, surroundings)
    if index == title or (title is not None and line.text == lines[title].text):
        return False
    if title is not None and index < title:
        return False
    is_first_heading = index == start - 1 and (_TIME_HEAD.match(line.text) or is_numbered(line.text))
    return bool(is_first_heading) or (line.words >= _STANDFIRST_WORDS and not line.has(Role.BULLET))


def _walk(lines: list[Line], start: int, surroundings: _Surroundings) -> list[int]:
    """The article's lines from its first text on."""
    kept: list[int] = []
    has_text = False
    index: int | None = start
    while index is not None and index < len(lines):
        line = lines[index]
        serves = _serves_page(lines, index, surroundings)
        if line.has(Role.TERMINAL | Role.END) and serves:
            if has_text:
                index = _resume_after_end(lines, index)
                continue
        elif line.has(HEADINGS) and serves and not (line.has(Role.AI_MADE) and line.has(Role.PROSE)):
            index = _resume(lines, index)
            continue
        if _is_advertising(line) and _is_advertised(lines[index + 1 : index + 3]):
            index += 2
            continue
        if not serves:
            kept.append(index)
            has_text = has_text or _is_prose(line)
        index += 1
    return kept


def _resume_after_end(lines: list[Line], end: int) -> int | None:
    """Where the article goes on after what looked like its end, a sign-up's small print say: at whole paragraphs."""
    near = range(end + 1, min(end + 1 + _NEAR_LINES, len(lines)))
    rest = [index for index in near if not lines[index].has(Role.ALONE | Role.INSERT)]
    for place in range(len(rest) - _PARAGRAPHS + 1):
        paragraphs = [lines[index] for index in rest[place : place + _PARAGRAPHS]]
        if all(_is_prose(line) and line.words >= _STRONG_WORDS and not line.has(Role.BULLET) for line in paragraphs):
            heading = lines[rest[place - 1]] if place else None
            has_heading = heading is not None and not heading.has(FURNITURE) and heading.words < _STANDFIRST_WORDS
            return rest[place - 1] if has_heading else rest[place]
    return None


def _is_advertising(line: Line) -> bool:
    return bare(line.text) in {"广告", "廣告", "advertisement", "ad", "sponsored", "推广", "推廣"}


def _is_advertised(following: list[Line]) -> bool:
    """Whether the line after an advertiser's label is the advertisement, and no heading of the article's next text."""
    if not following or following[0].has(Role.SENTENCE | HEADINGS):
        return False
    return len(following) == 1 or not _is_prose(following[1])


def _resume(lines: list[Line], heading: int) -> int | None:
    """Where the article goes on after the heading of a box, or None if it doesn't."""
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
    """Whether a line in a box is the article again: running text, and not the teaser of a story."""
    line = lines[index]
    if not _is_prose(line) or line.has(Role.BULLET):
        return False
    following = [
        other for other in lines[index + 1 : index + 4] if not other.has(Role.ALONE | Role.INSERT | Role.FOREIGN)
    ]
    if following and following[0].has(Role.DATED):
        return False
    prose_follows = bool(following) and _is_prose(following[0]) and not following[0].has(Role.BULLET)
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
