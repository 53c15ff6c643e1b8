"""Dates: a term for the day, the month and the year that are named, and for the parts of a year the news counts by.

`d_2023.09.17`, `d_2023.09`, `d_09.17`, `d_09`, `d_2023`; `d_2023.h1`, `d_2023.q3`, `d_2023.01to07` and the same without
the year; `d_1990s`; `d_plan14` for a five-year plan, `d_congress20` for a Party congress.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from indexer.terms.quantities import numerals
from indexer.terms.quantities.numbers import VALUE_SHARE
from indexer.terms.quantities.units import UNIT
from indexer.terms.term_groups import Mention, TermKind, heaviest

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - read as a text
_MONTH_SIGNS = " ".join(_MONTHS)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:19\d\d|20\d\d|2100)"
_DASH = r"\s?(?:-|–|—|~|至|到)+\s?"
_HAN_DIGIT = "[〇零一二三四五六七八九]"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HAN_YEAR = rf"(?:(?P<year>(?<!\d)1\d{{3}}|(?<!\d)20\d\d|(?<!\d)2100|{_HAN_DIGIT}{{4}})\s?年\s?)"
_HAN_MONTH = rf"(?:(?<!\d)\d{{1,2}}|(?<![几数十]){_NUMERAL})"
_OF_YEAR = rf"(?:,?\s(?:of\s|in\s)?(?:the\s)?(?P<year>{_YEAR})(?!\d))"
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|eleven"
_ORDINAL = "first|second|third|fourth|1st|2nd|3rd|4th"
_UNIT = UNIT.pattern.replace("?P<latin>", "?:").replace("?P<han>", "?:")
# What makes four digits an amount or a code, no year.
_COUNTED = "|".join(
    [
        r"[\d%a-z]",
        r"[,.:/]\d",
        r"\s?[多余家个名人万亿条项座所位户]",
        _UNIT,
        rf"[\s-](?:{'|'.join(numerals.ENGLISH_SCALES)})(?![a-z])",
    ]
)
_SPANS = {"01to03": "q1", "04to06": "q2", "07to09": "q3", "10to12": "q4", "01to06": "h1", "07to12": "h2"}
_LAST_MONTH, _LAST_DAY = 12, 31

_Groups = dict[str, str | None]
_Terms = list[tuple[str, float]]
_Row = tuple[list[str], re.Pattern[str], Callable[[_Groups], _Terms]]


def find_dates(text: str) -> Iterator[Mention]:
    """The dates in a folded text; where two could be read, the one of the earlier pattern."""
    for signs, pattern, terms_of in _PATTERNS:
        if not any(sign in text for sign in signs):
            continue
        spans = []
        for match in pattern.finditer(text):
            terms = terms_of(match.groupdict())
            if terms:
                spans.append(match.span())
                yield Mention(*match.span(), TermKind.DATE, heaviest(terms))
        text = masked(text, spans)


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spans blotted out, by a character that is in no word, so that places stay."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], "\uffff" * (end - max(start, at))]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def _number(written: str) -> int | None:
    """A count in digits, characters or an English word."""
    if written.isdecimal():
        return int(written)
    if written[:3] in _MONTHS:
        return _MONTHS.index(written[:3]) + 1
    if written in numerals.ENGLISH_DIGITS:
        return numerals.ENGLISH_DIGITS[written]
    if written in numerals.ENGLISH_ORDINALS:
        return numerals.ENGLISH_ORDINALS[written]
    if written[:1].isdecimal():
        return int(written[:-2])
    value = numerals.han_value(written)
    return None if value is None else int(value)


def _year(groups: _Groups) -> str | None:
    written = groups.get("year")
    if written is None or written.isdecimal():
        return written
    return "".join(str(numerals.HAN_DIGITS[char]) for char in written)


def _day_terms(groups: _Groups) -> _Terms:
    """The terms of a day, a month or a year, and of what it lies in."""
    year = _year(groups)
    month = _number(groups.get("month") or "0")
    day = _number(groups.get("day") or "0")
    if month is None or day is None or month > _LAST_MONTH or day > _LAST_DAY or (groups.get("month") and not month):
        return []
    stamp = ".".join(f"{part:02d}" for part in (month, day) if part)
    return _dated(year, stamp, {f"{month:02d}": 0.2} if day else {}, months=month)


def _dated(year: str | None, stamp: str, within: dict[str, float], *, months: int | None = None) -> _Terms:
    if year is None:
        return [(f"d_{stamp}", 1.0), *((f"d_{part}", 0.3) for part in within)]
    if not stamp:
        return [(f"d_{year}", 1.0), (f"n_{int(year)}", VALUE_SHARE)]
    terms = [(f"d_{year}.{stamp}", 1.0), (f"d_{stamp}", 0.4), (f"d_{year}", 0.3)]
    if within and months:
        terms += [(f"d_{year}.{months:02d}", 0.5), (f"d_{months:02d}", 0.1), (f"d_{year}", 0.2)]
    return terms


def _span_terms(groups: _Groups) -> _Terms:
    """The terms of a part of a year. Three first months are the first quarter."""
    first, last = _number(groups.get("first") or "1"), _number(groups.get("last") or "0")
    if first is None or last is None or not 1 <= first < last <= _LAST_MONTH:
        return []
    span = f"{first:02d}to{last:02d}"
    return _dated(_year(groups), _SPANS.get(span, span), {})


def _half_terms(groups: _Groups) -> _Terms:
    return _dated(_year(groups), "h1" if groups["half"] in {"上", "first", "1st", "1"} else "h2", {})


def _quarter_terms(groups: _Groups) -> _Terms:
    return _dated(_year(groups), f"q{_number(groups['quarter'] or '')}", {})


def _quarters_terms(groups: _Groups) -> _Terms:
    months = 3 * (_number(groups["quarters"] or "") or 0)
    return _span_terms(groups | {"last": str(months)})


def _decade_terms(groups: _Groups) -> _Terms:
    decade = groups["decade"] or ""
    value = _number(decade) or 0
    return [(f"d_{value if value > 99 else 1900 + value}s", 1.0)]  # noqa: PLR2004 - 90年代 is of the last century


def _numbered_terms(name: str) -> Callable[[_Groups], _Terms]:
    def terms_of(groups: _Groups) -> _Terms:
        return [(f"d_{name}{_number(groups['number'] or '')}", 1.0)]

    return terms_of


def _year_terms(groups: _Groups) -> _Terms:
    return _dated(groups["year"], "", {})


def _compiled(*rows: tuple[str, str, Callable[[_Groups], _Terms]]) -> list[_Row]:
    """Each pattern with signs, one of which is in every match: to look for them is faster by far than to search."""
    return [(signs.split(), re.compile(pattern), terms_of) for signs, pattern, terms_of in rows]


_PLAN = _numbered_terms("plan")
_CONGRESS = _numbered_terms("congress")
_NTH = r"(?P<number>\d{1,2}(?:st|nd|rd|th)|" + "|".join(numerals.ENGLISH_ORDINALS) + ")"
# The longer writing before the one that is a part of it.
_PATTERNS = _compiled(
    (
        "19 20 21",
        rf"(?<![\d.-])(?P<year>{_YEAR})(?P<dash>[-/.])(?P<month>\d{{1,2}})(?P=dash)(?P<day>\d{{1,2}})(?![\d-])",
        _day_terms,
    ),
    ("19 20 21", rf"(?<![\d.-])(?P<year>{_YEAR})[-/](?P<month>0[1-9]|1[0-2])(?![\d/-])", _day_terms),
    (
        "五",
        r"(?<![一二三四五六七八九十])(?P<number>十[一二三四五六七八九])五(?![一二三四五六七八九十月日号亿万千百点])(?:规划|计划|时期|期间)?",
        _PLAN,
    ),
    ("五年", r"第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})个五年(?:规划|计划)", _PLAN),
    ("five", rf"\b{_NTH}\sfive[-\s]year(?:[-\s]plan)?", _PLAN),
    (
        "大",
        r"(?<![一二三四五六七八九十第])(?P<number>十[一二三四五六七八九]|二十[一二三]?)大(?![一-龥]?(?:品牌|企业|城市))",
        _CONGRESS,
    ),
    ("全国代表大会", r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})次全国代表大会", _CONGRESS),
    ("congress", rf"\b{_NTH}\s(?:(?:cpc|party|communist\sparty\sof\schina)\s)?(?:national\s)?congress\b", _CONGRESS),
    ("半年", rf"{_HAN_YEAR}?(?P<half>上|下)半年", _half_terms),
    ("季度", rf"{_HAN_YEAR}?前(?P<quarters>[二两三]|[23])个?季度", _quarters_terms),
    ("季度", rf"{_HAN_YEAR}?第?(?P<quarter>[一二三四]|(?<!\d)[1-4])季度", _quarter_terms),
    ("个月", rf"{_HAN_YEAR}?前(?P<last>\d{{1,2}}|{_NUMERAL})个月", _span_terms),
    (
        "月",
        rf"{_HAN_YEAR}?(?P<first>{_HAN_MONTH})月?(?:份)?{_DASH}(?P<last>\d{{1,2}}|{_NUMERAL})月(?:份)?(?!\s?\d)",
        _span_terms,
    ),
    (
        "年",
        rf"{_HAN_YEAR}(?:(?P<month>\d{{1,2}}|{_NUMERAL})\s?月(?:份|\s?(?P<day>\d{{1,2}}|{_NUMERAL})\s?[日号])?)?",
        _day_terms,
    ),
    ("月", rf"(?P<month>{_HAN_MONTH})\s?月(?:份|\s?(?P<day>\d{{1,2}}|{_NUMERAL})\s?[日号])?", _day_terms),
    (
        "年代",
        r"(?:(?:20|二十)世纪|上世纪)?(?<!\d)(?P<decade>(?:19|20)\d0|[1-9]0|[二三四五六七八九]十)年代",
        _decade_terms,
    ),
    ("0", r"\b(?:the\s)?(?P<decade>(?:19|20)\d0)['’]?s\b", _decade_terms),
    (
        _MONTH_SIGNS,
        rf"\b(?:from\s|between\s)?(?P<first>{_MONTH})(?:\s?(?:-|–|—)\s?|\s(?:to|through|until|and)\s)(?P<last>{_MONTH})(?!\s\d{{1,2}}\b){_OF_YEAR}?",
        _span_terms,
    ),
    ("months", rf"\bfirst\s(?P<last>\d{{1,2}}|{_COUNT})\smonths\b{_OF_YEAR}?", _span_terms),
    ("half", rf"\b(?P<half>first|second|1st|2nd)[\s-]half\b{_OF_YEAR}?", _half_terms),
    ("h1 h2", rf"\bh(?P<half>[12])\b{_OF_YEAR}?", _half_terms),
    ("quarters", rf"\bfirst\s(?P<quarters>two|three|[23])\squarters\b{_OF_YEAR}?", _quarters_terms),
    ("quarter", rf"\b(?P<quarter>{_ORDINAL})[\s-]quarter\b{_OF_YEAR}?", _quarter_terms),
    ("q", rf"\b(?P<year>{_YEAR})\sq(?P<quarter>[1-4])\b", _quarter_terms),
    ("q", rf"\bq(?P<quarter>[1-4])\b{_OF_YEAR}?", _quarter_terms),
    (
        _MONTH_SIGNS,
        rf"\b(?P<month>{_MONTH})\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s?(?P<year>{_YEAR}))?(?![\d%]|[,.]\d)",
        _day_terms,
    ),
    (
        _MONTH_SIGNS,
        rf"(?<![\d.,-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<month>{_MONTH})(?:,?[\s-](?P<year>{_YEAR})(?!\d))?",
        _day_terms,
    ),
    (_MONTH_SIGNS, rf"\b(?P<month>{_MONTH}),?\s(?:of\s)?(?P<year>{_YEAR})(?!\d)", _day_terms),
    (
        _MONTH_SIGNS,
        r"\b(?P<month>january|february|april|june|july|august|september|october|november|december)\b",
        _day_terms,
    ),
    (
        "march may",
        r"\b(?:in|by|since|from|until|during|of|late|early|mid|last|this|next|every)[\s-](?P<month>march|may)\b(?!\s(?:be|have|not|also)\b)",
        _day_terms,
    ),
    (
        "19 20 21",
        rf"(?<![\d.,:/$€£¥#第])(?<![a-z])(?<![a-z]-)(?P<year>{_YEAR})(?!{_COUNTED})",
        _year_terms,
    ),
)
