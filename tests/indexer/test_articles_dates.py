"""Dates as pages write them: read with their year, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.dates import find_dates, parse_date

days = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月5日 08:30", dt.date(2024, 3, 5)),
        ("2024年03月05日", dt.date(2024, 3, 5)),
        ("2024 年 3 月 5 日", dt.date(2024, 3, 5)),
        ("2024-03-05", dt.date(2024, 3, 5)),
        ("2024-03-05T08:30:00Z", dt.date(2024, 3, 5)),
        ("2024-03-05 23:59:59 +0800", dt.date(2024, 3, 5)),
        ("2024/3/5", dt.date(2024, 3, 5)),
        ("2024.3.5", dt.date(2024, 3, 5)),
        ("March 5, 2024", dt.date(2024, 3, 5)),
        ("March 5th, 2024", dt.date(2024, 3, 5)),
        ("Jan 13, 2023", dt.date(2023, 1, 13)),
        ("Sept. 5, 2023", dt.date(2023, 9, 5)),
        ("5 Mar 2024", dt.date(2024, 3, 5)),
        ("5-Mar-2024", dt.date(2024, 3, 5)),
        ("Thursday, 12 May 2016", dt.date(2016, 5, 12)),
        ("18 juin 2025", dt.date(2025, 6, 18)),
        ("1er janvier 2024", dt.date(2024, 1, 1)),
        ("12 de mayo de 2017", dt.date(2017, 5, 12)),
        ("5. März 2024", dt.date(2024, 3, 5)),
        ("5 марта 2024", dt.date(2024, 3, 5)),
        ("2024-02-29", dt.date(2024, 2, 29)),
    ],
)
def test_a_full_date_is_read_however_it_is_written(text: str, date: dt.date):
    """Chinese, English and the languages of pages' frames; the day, whatever the clock beside it says."""
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2023-02-29", "2024-13-01", "2024-0-5", "2024年4月31日", "February 30, 2024", "31 Apr 2024"],
)
def test_an_impossible_date_is_none(text: str):
    """It is not moved to the nearest day."""
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["3月5日", "March 5", "5 Mar", "03-05", "08:30", "Friday", "yesterday", "18 juin"])
def test_a_date_without_its_year_is_none(text: str):
    """No year is taken from today."""
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2024", "2024年", "2024年3月", "March 2024", "2024-03"])
def test_a_date_without_its_day_is_none(text: str):
    """No day is made up."""
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["", "no date", "5 apples 2024", "13 Xyzzy 2024", "on 10 Downing 2024"])
def test_what_only_looks_like_a_date_is_none(text: str):
    """A number beside a word and a year is no date unless the word is a month."""
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["12024-03-05", "2024-03-051", "1232024年3月5日"])
def test_a_piece_of_a_longer_number_is_no_date(text: str):
    """Numbers of orders and of licences hold such pieces."""
    assert parse_date(text) is None


@given(
    days,
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y.%m.%d}"]),
)
def test_every_day_is_read_back_from_its_numbers(day: dt.date, shape: str):
    """Year, month, day: the order of Chinese dates and of ISO 8601 has no two readings."""
    assert parse_date(shape.format(day)) == day


@given(days, st.sampled_from(["{1} {0.day}, {0.year}", "{0.day} {1} {0.year}", "{2} {0.day}, {0.year}"]))
def test_every_day_is_read_back_from_its_english_name(day: dt.date, shape: str):
    """In the American and the British order, with the month in full or cut short."""
    months = "January February March April May June July August September October November December".split()
    month = months[day.month - 1]
    assert parse_date(shape.format(day, month, month[:3])) == day


def test_dates_in_a_line_are_found_where_they_begin():
    """Who looks for `Updated` before a date needs its place."""
    line = "Published: March 5, 2024 | 更新：2024年3月6日"
    assert find_dates(line) == [
        (line.index("March"), dt.date(2024, 3, 5)),
        (line.index("2024年"), dt.date(2024, 3, 6)),
    ]


def test_impossible_dates_in_a_line_are_passed_over():
    """One slip of the pen doesn't hide the other date."""
    assert [date for _, date in find_dates("2024-02-30, then 2024-03-01")] == [dt.date(2024, 3, 1)]
