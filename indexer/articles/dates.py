"""Dates as pages and files write them. Only a date with its year counts; none is ever completed or guessed."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "ru")
_YEAR = r"(?:19|20|１９|２０)\d{2}"
_MONTH = r"[^\W\d_]{3,12}\.?"
_HAN_ZEROS = "〇零○0０"
_HAN_DIGITS = f"{_HAN_ZEROS}一二三四五六七八九十廿卅"
_NUMERIC = (
    rf"(?<!\d)(?P<year>{_YEAR})\s?[-/.年－／．·]\s?(?P<month>\d{{1,2}})\s?[-/.月－／．·]\s?"
    r"(?P<day>\d{1,2})(?!\d)\s?[日号號]?"
)
_MONTH_FIRST = (
    rf"(?P<name1>{_MONTH})\s(?P<day1>\d{{1,2}})(?:st|nd|rd|th|ST|ND|RD|TH)?(?:,\s?|\s)(?P<year1>{_YEAR})(?!\d)"
)
_DAY_FIRST = (
    rf"(?<!\d)(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|ST|ND|RD|TH|\.)?[\s/-](?:(?:de|of)\s)?"
    rf"(?P<name2>{_MONTH}),?[\s/-](?:de\s)?(?P<year2>{_YEAR})(?!\d)"
)
_YEAR_BEFORE_NAME = rf"(?<!\d)(?P<year8>{_YEAR})[\s-](?P<name8>{_MONTH})[\s-](?P<day8>\d{{1,2}})(?![\d:])"
_HAN = (
    rf"(?<![{_HAN_DIGITS}])(?P<year3>[一二][{_HAN_DIGITS[:-3]}]{{3}})年(?P<month3>[{_HAN_DIGITS}]{{1,2}})月"
    rf"(?P<day3>[{_HAN_DIGITS}]{{1,3}})[日号號]"
)
_REPUBLIC = r"民[国國]\s?(?P<year4>\d{1,3})\s?年\s?(?P<month4>\d{1,2})\s?月\s?(?P<day4>\d{1,2})\s?日"
_HAN_REPUBLIC = (
    rf"民[国國](?P<year9>[元百{_HAN_DIGITS}]{{1,5}})年(?P<month9>[{_HAN_DIGITS}]{{1,2}})月"
    rf"(?P<day9>[{_HAN_DIGITS}]{{1,3}})[日号號]"
)
_EITHER_ORDER = (
    rf"(?<![\d/.-])(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<two>\d{{1,2}})(?P=mark)(?P<year5>{_YEAR})(?![\d/-])(?!\.\d)"
)
_HAN_LABEL = r"(?:时间|時間|日期|发布|發布|发表|發表|更新|刊发)(?:于|於)?\s?[:：]?\s?"
_LABELLED = (
    rf"{_HAN_LABEL}(?P<year6>\d{{2}}|1\d{{2}})(?P<part>[-/.年])(?P<month6>\d{{1,2}})(?:(?P=part)|月)(?P<day6>\d{{1,2}})(?!\d)"
    rf"|(?:{_HAN_LABEL}|\b[Dd]ate:\s?)(?P<year7>{_YEAR})(?P<month7>\d{{2}})(?P<day7>\d{{2}})(?!\d)"
)
DATE = re.compile(
    "|".join(
        (
            *(_REPUBLIC, _HAN_REPUBLIC, _NUMERIC, _MONTH_FIRST, _DAY_FIRST, _YEAR_BEFORE_NAME, _HAN),
            *(_EITHER_ORDER, _LABELLED),
        )
    )
)
"""A full date in a text, in any form that is read there."""
_HUNDRED = re.compile(rf"(?P<hundreds>[一二]?)百[{_HAN_ZEROS}]?(?P<rest>[{_HAN_DIGITS}]{{0,3}})")
_FIELD_DIGITS = re.compile(r"\s*(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:\d{4}|\d{6})?\s*")
_SECONDS = re.compile(r"\s*(\d{10})(?:\.\d+|\d{3})?\s*")
_FIRST_WRITTEN_YEAR = 1950
_YEAR_OF_REPUBLIC = 1911
_CENTURY = 2000
_SHORT_YEARS = 100
"""Years of three digits after a label are those of the Republic; those of two are of this century."""
_MONTHS = 12


def find_dates(text: str, *, day_first: bool | None = None) -> list[tuple[int, dt.date]]:
    """The full dates in a text, each with where it begins.

    Args:
        text: one line or many.
        day_first: the order of `09/01/2023`; None passes over dates that can be read in both.
    """
    dates = [(match.start(), _date_of(match, day_first)) for match in DATE.finditer(text)]
    return [(start, date) for start, date in dates if date is not None]


def parse_date(text: str, *, day_first: bool | None = None) -> dt.date | None:
    """A full date, or None for anything else: `2024年3月5日 08:30`, `March 5, 2024`, `民國112年9月1日`."""
    match = DATE.search(text)
    return None if match is None else _date_of(match, day_first)


def parse_stated_date(value: str, *, day_first: bool | None = None) -> dt.date | None:
    """The date of a field that holds nothing else: also `20240305` and seconds or milliseconds since 1970, in UTC."""
    if digits := _FIELD_DIGITS.fullmatch(value):
        return _day(digits["year"], digits["month"], digits["day"])
    if seconds := _SECONDS.fullmatch(value):
        return dt.datetime.fromtimestamp(int(seconds[1]), dt.UTC).date()
    return parse_date(value, day_first=day_first)


def day_first_in(texts: Iterable[str]) -> bool | None:
    """The order of day and month that texts show by dates that have one reading only, such as `25/12/2023`."""
    orders = set()
    for text in texts:
        for match in DATE.finditer(text):
            if match["year5"]:
                first, second = int(match["one"]), int(match["two"])
                orders |= {first > second} if max(first, second) > _MONTHS >= min(first, second) else set()
    return orders.pop() if len(orders) == 1 else None


def day_first_by_locale(tag: str | None) -> bool | None:
    """The order of day and month in a language and country, by Unicode's CLDR: `en-GB` has the day first."""
    from babel import Locale, UnknownLocaleError

    try:
        pattern = Locale.parse((tag or "").strip().replace("-", "_")).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    return None if pattern.startswith("y") else pattern.index("d") < pattern.index("M")


def _date_of(match: re.Match[str], day_first: bool | None) -> dt.date | None:
    parts = {name.rstrip("123456789"): value for name, value in match.groupdict().items() if value is not None}
    if "one" in parts:
        order = True if parts["mark"] == "." else day_first  # with dots, only the day is written first
        return _in_order(int(parts["one"]), int(parts["two"]), parts["year"], order)
    if "name" in parts:
        date = _day(parts["year"], _month(parts["name"]), parts["day"])
        return date if date and date.year >= _FIRST_WRITTEN_YEAR else None
    if match["year3"] or match["year9"]:
        year = _han_digits(parts["year"]) if match["year3"] else _han_year_of_republic(parts["year"])
        return _day(year, _han_number(parts["month"]), _han_number(parts["day"]))
    return _day(_full_year(match, parts["year"]), parts["month"], parts["day"])


def _full_year(match: re.Match[str], year: str) -> int:
    """The year of the common era: those of the Republic of China and of two digits are counted from others."""
    is_of_republic = match["year4"] or (match["year6"] and int(year) >= _SHORT_YEARS)
    start = _YEAR_OF_REPUBLIC if is_of_republic else _CENTURY if match["year6"] else 0
    return int(year) + start


def _han_year_of_republic(text: str) -> int:
    """一一二, 一百一十二, 一百零五, 九十九, 百, 元: as a year of the common era; 0 for what is no number."""
    text = text.replace("元", "一")
    hundred = _HUNDRED.fullmatch(text)
    if hundred:
        years = 100 * _han_number(hundred["hundreds"] or "一") + _han_number(hundred["rest"])
    elif len(text) > 1 and set(text) <= set(_HAN_DIGITS[:-3]):
        years = _han_digits(text)
    else:
        years = _han_number(text)
    return _YEAR_OF_REPUBLIC + years if years else 0


def _in_order(one: int, two: int, year: str, day_first: bool | None) -> dt.date | None:
    if one == two or two > _MONTHS:
        return _day(year, one, two)
    if one > _MONTHS or day_first:
        return _day(year, two, one)
    return None if day_first is None else _day(year, one, two)


def _day(year: str | int, month: str | int | None, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(month or 0), int(day))
    except ValueError:
        return None


def _month(name: str) -> int | None:
    return _month_names().get(name.rstrip(".").casefold())


@cache
def _month_names() -> dict[str, int]:
    from babel.dates import get_month_names

    names = {"sept": 9}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    names.setdefault(name.rstrip(".").casefold(), number)
    return names


def _han_digits(text: str) -> int:
    return int("".join(str(_han_digit(character)) for character in text))


def _han_digit(character: str) -> int:
    return 0 if character in _HAN_ZEROS else "一二三四五六七八九".index(character) + 1


def _han_number(text: str) -> int:
    """A number below a hundred: 九, 十, 十二, 二十, 廿一, 三十一; 0 for what is none."""
    if not set(text) <= set(_HAN_DIGITS):
        return 0
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or any(digit == "十" for digit in tens + ones):
        return 0
    return (10 * (_han_digit(tens) if tens else 1) if ten else 0) + (_han_digit(ones) if ones else 0)
