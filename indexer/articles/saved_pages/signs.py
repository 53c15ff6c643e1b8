"""Signs by which a saved web page is told from a text, and on a page the lines that serve it from those of its article.

A line's own shape and words say what it may be for; its neighbours decide, and in doubt it is the article's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.articles.saved_pages.lines import FURNITURE, SHAPES, Line, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD_LINES = 12
"""Lines before the text in which its title and its by-line are looked for."""
_KINDS = [role for role in Role if role in FURNITURE & ~(SHAPES | Role.RULE | Role.FOREIGN)]
_KINDS_OF_A_PAGE = 3
_SHARE_OF_A_PAGE = 0.1
_PROSE_OF_A_PAGE = 0.3
_SMALL_PRINT = 2
"""Lines of furniture after which a sentence about subscribing, cookies or rights is their small print."""
_LABELLED = re.compile(r"^.{0,24}?(?:[:：]|©|copyright\W{0,3}(?:19|20)\d\d|\(c\)\s?(?:19|20)\d\d)", re.IGNORECASE)
_STATEMENT_WORDS = 5
_LONG_WORDS = 28


def is_page(lines: list[Line]) -> bool:
    """Tell a saved web page from a text: most of a page is an article, with furniture of many kinds around it.

    Sentences, dates and names alone are no evidence: a report on newsletters and a chronicle have them, too. Nor is
    what comes again and again inside a text, as rights do in a collection of licences.
    """
    hard = [index for index, line in enumerate(lines) if _is_hard(line) and not _heads_text(lines, index)]
    prose = [index for index, line in enumerate(lines) if is_prose(line) and not line.has(Role.BULLET)]
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
    is_dated = any(line.has(Role.DATED | Role.BYLINE) for line in lines[max(0, prose[0] - HEAD_LINES) : prose[0]])
    return is_dated and any(_frames(lines[index], index, prose) for index in hard)


def _frames(line: Line, index: int, prose: list[int]) -> bool:
    """Tell furniture around the text from what stands inside it; a text may open with its rights."""
    return index > prose[-1] or (index < prose[0] and line.has(FURNITURE & ~(SHAPES | Role.TERMINAL)))


def is_statement(line: Line) -> bool:
    """Tell a line that says something from one that only names something."""
    is_short_sentence = line.words >= _STATEMENT_WORDS and line.text.endswith((".", "。")) and not line.has(Role.TEASER)
    return is_short_sentence or (line.has(Role.PROSE) and (line.has(Role.SENTENCE) or line.words >= _LONG_WORDS))


def _is_hard(line: Line) -> bool:
    """Tell furniture that shows as such by itself: neither a sentence nor only shaped as furniture is."""
    return line.has(FURNITURE & ~(SHAPES | Role.FOREIGN | Role.RULE)) and not is_statement(line)


def _heads_text(lines: list[Line], index: int) -> bool:
    """Tell a heading that pages use and that has the article's own text below it, as in a report."""
    line = lines[index]
    is_heading = line.has(Role.BOX | Role.SUMMARY) and not line.has(FURNITURE & ~(Role.BOX | Role.SUMMARY))
    if not is_heading or index + 1 == len(lines):
        return False
    return is_prose(lines[index + 1]) and not lines[index + 1].has(Role.BULLET)


def is_prose(line: Line) -> bool:
    """Tell running text that shows no sign of serving the page."""
    return line.has(Role.PROSE) and not line.has(FURNITURE | Role.TEASER)


def serving(lines: Sequence[Line]) -> tuple[bool, ...]:
    """The lines of a page that serve it `(lines,)`; the others are its article's, or stand beside it."""
    befores, afters = _nearest(lines), _nearest(lines[::-1])[::-1]
    serves, has_text = [], False
    for index, (line, before, after) in enumerate(zip(lines, befores, afters, strict=True)):
        is_small_print = has_text and all(map(_is_hard, lines[max(0, index - _SMALL_PRINT) : index]))
        serves.append(_serves(line, before=before, after=after, is_small_print=is_small_print))
        has_text = has_text or is_prose(line)
    return tuple(serves)


def _nearest(lines: Sequence[Line]) -> list[bool]:
    """For each line, that the nearest before it which is surely text or surely furniture is text."""
    nearest, is_text = [], False
    for line in lines:
        nearest.append(is_text)
        if is_prose(line):
            is_text = True
        elif _is_hard(line):
            is_text = False
    return nearest


def _serves(line: Line, *, before: bool, after: bool, is_small_print: bool) -> bool:
    """Tell a line of the page's own by what stands around it.

    Args:
        line: the line.
        before: text stands before it.
        after: text stands after it.
        is_small_print: it follows furniture inside the article.
    """
    if not line.has(FURNITURE):
        return False
    if _is_hard(line) or line.has(Role.RULE):
        return True
    if not is_statement(line):
        return not (before and after)
    if line.has(FURNITURE & ~Role.FOREIGN):
        is_notice = line.has(Role.TERMINAL | Role.ALONE) and bool(_LABELLED.match(line.text)) and not after
        return is_notice or is_small_print or not (before or after)
    return not (before or after)
