"""The sentences of a text, in Chinese and English. Pure, and in time that grows as the text does.

One pattern walks over a line, from bracket to bracket and from stop to stop. What stands in brackets or in a title's
《》, and a quotation amid a Chinese clause, belongs to the sentence around it. A stop ends a sentence by what stands
around it: the quotes that close there, a small letter, a blank, who said it. After a word of Latin script, sentencex
says which points are those of an abbreviation. It is asked about the few words around one point: of a longer text it
takes all that stands between the first “ and the last ” for one sentence, and its time grows with the square.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{_HAN}]")
_WIDE = "。！？｡‼⁇⁈⁉"
"""Stops that need no blank after them."""
_TOKEN = re.compile(
    rf"""
    (?P<group>
        [（(][^（()）]{{0,300}}[)）] | \[[^\[\]]{{0,300}}\] | 【[^【】]{{0,300}}】
        | 《[^《》]{{0,100}}》 | 〈[^〈〉]{{0,100}}〉
        | (?<=[{_HAN}A-Za-z0-9])(?:“[^“”。\n]{{0,60}}”|「[^「」。]{{0,60}}」|『[^『』。]{{0,60}}』)
    )
    | (?P<stop>[.．…⋯!?{_WIDE}]+)
    """,
    re.VERBOSE,
)
_CLOSERS = re.compile(
    r"(?:[^\S\n]?[”」』）)\]】》〉»］｝}]|[’'＇](?![A-Za-z0-9])|[\"＂](?=\s|$|[”’」』）)\]】》，、。；：！？,.;:!?—])"
    r"|\[\d{1,3}\]|[¹²³⁰⁴-⁹])*"
)
_STRAIGHT_QUOTES = ('"', "＂")
_LAST_STOP = re.compile(rf"([.．…⋯!?{_WIDE}]+)[”’」』\"')）\]】]+$")
_BLANKS = re.compile(r"\s*")
_OPENERS = re.compile(r"[\"'“‘「『（(\[【《〈«＂＇]*")
_GOES_ON = re.compile(rf"[，、；：·,;:—–]|[{_WIDE}…⋯]|[.．!?](?!\w)")
_SEMICOLON = re.compile(r"；[”’」』）)]*")
_LIST_MARK = re.compile(r"[(（]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）]?[.．]")
_LIST_MARK_AMID = re.compile(r"[:：;；]\s*\d{1,2}[.．]$")
_HALF_WIDTH_CLAUSE = re.compile(r"[^.．\s]{8}")
_SAID_CHINESE = re.compile(
    r"[^\s，。！？；：、“”「」『』\"…]{0,12}(?:[说說道问問喊叫嚷吼称稱]|表示|指出|介绍|介紹|强调|強調|透露)"
    r"[着著了]?[。.](?![\"”」』])"
)
_SAID_ENGLISH = re.compile(
    r"(?:[A-Z][\w.’'-]{0,20}[ ]){1,4}"
    r"(?:said|says|asked|asks|replied|added|wrote|cried|shouted|exclaimed|wondered|joked|recalled|told|tweeted)\b"
)
_NEVER_LAST = re.compile(r"\b(?:Ms|Messrs|Mmes|Hon|vs|viz|cf|approx|e\.g|i\.e)\.$")
"""Abbreviations that sentencex doesn't know."""
_BEFORE_NUMBER = re.compile(r"\b(?:[Vv]ols?|al|[Nn]os?|[Pp]ars?|[Cc]h|[Ss]ec|[Aa]rts?)\.$")
_HOUR = re.compile(r"\d[ ]?[ap]\.m\.$")
_DAY_OR_ZONE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMP][SD]?T\b|GMT|UTC|Eastern|Pacific|Beijing")
_SIGNS = str.maketrans(dict.fromkeys("\"'“”‘’«»（）()[]{}【】《》「」『』＂＇", " "))
_BEFORE = 32
_AFTER = 16
"""Characters around a point that sentencex is shown."""
_LEAST_HALF_WIDTH = 8
_LONGEST_MARK = 8
_ELLIPSIS = 3


class Span(NamedTuple):
    """A part of a text, in code points."""

    start: int
    end: int


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text and, in Chinese, the clauses that a ； sets off, which say as much.

    They are ordered, trimmed of blanks, and cover all that isn't blank; a line ends a sentence, too.
    """
    return [
        clause
        for line in _LINE.finditer(text)
        for sentence in line_sentences(text, Span(*line.span()))
        for clause in _clauses(text, sentence)
    ]


def line_sentences(text: str, line: Span) -> Iterator[Span]:
    """The sentences of a line of a text."""
    walk = _Walk(text[line.start : line.end])
    yield from trimmed(text, [line.start, *(line.start + end for end in walk.ends()), line.end])


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    ends = [stop.end() for stop in _SEMICOLON.finditer(text, *sentence)]
    yield from trimmed(text, [sentence.start, *ends, sentence.end])


def trimmed(text: str, cuts: list[int]) -> Iterator[Span]:
    """The spans between neighbouring cuts of a text, without the blanks around them."""
    for start, end in pairwise(cuts):
        body = text[start:end]
        if body.strip():
            yield Span(start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip()))


class _Stop(NamedTuple):
    """A stop, what closes after it, and what follows."""

    mark: str
    start: int
    end: int
    """Where the sentence would end: after the quotes and brackets that close."""
    next: int
    """What comes after the blanks."""
    is_closed: bool
    """A quote or bracket closes after it."""

    @property
    def is_spaced(self) -> bool:
        """A blank follows."""
        return self.next > self.end


class _Walk:
    """A way along a line, from left to right."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._start = _end(_BLANKS, line, 0)
        self._is_half_width = "。" not in line
        self._straight_quotes = 0
        self._counted_to = 0

    def ends(self) -> Iterator[int]:
        """The ends of sentences, but for the last."""
        for token in _TOKEN.finditer(self._line):
            stop = self._stop(token)
            if stop and stop.next < len(self._line) and self._is_end(stop):
                yield stop.end
                self._start = stop.next

    def _stop(self, token: re.Match[str]) -> _Stop | None:
        """The stop of a token; a group has one only if it is all of its sentence."""
        mark, start, end = token["stop"], token.start(), token.end()
        if not mark:
            inner = _LAST_STOP.search(token["group"])
            if not inner or start - self._start > 1 or token["group"][0] in "《〈":
                return None
            mark, start = inner[1], start + inner.start()
        closed = self._closed(end)
        return _Stop(mark, start, closed, _end(_BLANKS, self._line, closed), closed > start + len(mark))

    def _closed(self, at: int) -> int:
        """The place after the quotes and brackets that close at another."""
        end = _end(_CLOSERS, self._line, at)
        if not self._line.startswith(_STRAIGHT_QUOTES, end):
            return end
        self._straight_quotes += sum(self._line.count(quote, self._counted_to, end) for quote in _STRAIGHT_QUOTES)
        self._counted_to = end
        return _end(_CLOSERS, self._line, end + 1) if self._straight_quotes % 2 else end

    def _is_end(self, stop: _Stop) -> bool:
        opened = _end(_OPENERS, self._line, stop.next)
        first = self._line[opened : opened + 1]
        is_wide = any(sign in _WIDE for sign in stop.mark)
        if _GOES_ON.match(self._line, stop.next) or (first.islower() and not is_wide) or self._is_attributed(stop):
            return False
        before = self._line[stop.start - 1 : stop.start]
        is_chinese = bool(_IS_HAN.match(before) or _IS_HAN.match(first))
        if is_wide:
            return True
        if "!" in stop.mark or "?" in stop.mark:
            return stop.is_spaced or stop.is_closed or is_chinese
        if "…" in stop.mark or "⋯" in stop.mark or len(stop.mark) >= _ELLIPSIS:
            return stop.is_spaced or is_chinese
        return self._is_end_at_point(stop, before, first)

    def _is_attributed(self, stop: _Stop) -> bool:
        """Tell a quotation whose speaker is named in the same sentence."""
        if not stop.is_closed:
            return False
        english = _SAID_ENGLISH.match(self._line, stop.next) if stop.mark[-1] != "." else None
        return bool(english or _SAID_CHINESE.match(self._line, stop.next))

    def _is_end_at_point(self, stop: _Stop, before: str, first: str) -> bool:
        if _IS_HAN.match(before) and not (stop.is_spaced or stop.is_closed):
            return (
                self._is_half_width
                and stop.start - self._start >= _LEAST_HALF_WIDTH
                and bool(_HALF_WIDTH_CLAUSE.match(self._line, stop.next))
            )
        meets_han = before.islower() and bool(_IS_HAN.match(first))
        if not (stop.is_spaced or stop.is_closed or meets_han) or not before:
            return False
        return bool(_IS_HAN.match(before)) or not (self._is_list_mark(stop) or self._is_abbreviation(stop))

    def _is_list_mark(self, stop: _Stop) -> bool:
        begin = max(self._start, stop.start - _LONGEST_MARK)
        return bool(
            _LIST_MARK.fullmatch(self._line, begin, stop.start + 1)
            or _LIST_MARK_AMID.search(self._line[begin : stop.start + 1])
        )

    def _is_abbreviation(self, stop: _Stop) -> bool:
        before = self._line[max(self._start, stop.start - _BEFORE) : stop.start].translate(_SIGNS)
        after = self._line[stop.next : stop.next + _AFTER].translate(_SIGNS)
        return _is_abbreviated(f"{before}.", after.lstrip())


@lru_cache(maxsize=4096)
def _is_abbreviated(before: str, after: str) -> bool:
    """The point at the end of `before` belongs to an abbreviation."""
    if (
        _NEVER_LAST.search(before)
        or (_BEFORE_NUMBER.search(before) and after[:1].isdigit())
        or (_HOUR.search(before) and _DAY_OR_ZONE.match(after))
    ):
        return True
    boundaries = sentencex.get_sentence_boundaries("en", f"{before} {after}")
    return all(boundary["end_index"] != len(before) + 1 for boundary in boundaries)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The end of a pattern that matches anywhere, also nothing."""
    match = pattern.match(text, at)
    return match.end() if match else at
