"""Dates as pages write them: read with their year, or not at all."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.dates import day_first_by_locale, day_first_in, find_dates, parse_date, parse_stated_date

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
        ("Friday, 1st of March 2024", dt.date(2024, 3, 1)),
        ("Mar 5,2024", dt.date(2024, 3, 5)),
        ("5/Mar/2024", dt.date(2024, 3, 5)),
        ("2024-Mar-05", dt.date(2024, 3, 5)),
        ("2024·03·05", dt.date(2024, 3, 5)),
        ("二0二四年三月五日", dt.date(2024, 3, 5)),
        ("民國一一三年三月五日", dt.date(2024, 3, 5)),
        ("中華民國一百一十三年三月五日", dt.date(2024, 3, 5)),
        ("民國一百零五年十二月三十一日", dt.date(2016, 12, 31)),
        ("民國百年三月五日", dt.date(2011, 3, 5)),
        ("發布日期：113-03-05", dt.date(2024, 3, 5)),
        ("發布日期：113.3.5", dt.date(2024, 3, 5)),
        ("发布时间：24/3/5", dt.date(2024, 3, 5)),
    ],
)
def test_a_full_date_is_read_however_it_is_written(text: str, date: dt.date):
    """Chinese, English and the languages of pages' frames; the day, whatever the clock beside it says."""
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-30", "2023-02-29", "2024-13-01", "2024-0-5", "2024年4月31日", "February 30, 2024", "31 Apr 2024"),
        *("民國一一三年二月三十日", "民國百百年三月五日", "民國十十年三月五日", "In 2023 May 12:30"),
    ],
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


@pytest.mark.parametrize(
    "text",
    [
        "SEPTEMBER 1, 2023",
        "1 Sept 2023",
        "２０２３年９月１日",
        "二〇二三年九月一日",
        "民國112年9月1日",
        "发布时间：23-09-01 10:20",
        "日期：20230901",
        "1.9.2023",
    ],
)
def test_other_ways_of_writing_a_day_are_read(text: str):
    """Capitals, full-width and Chinese numbers, the years of the Republic, two digits after a label."""
    assert parse_date(text) == dt.date(2023, 9, 1)


@pytest.mark.parametrize("text", ["23-09-01", "order 20230901", "112年9月1日", "3 hours ago"])
def test_digits_without_a_label_are_no_date(text: str):
    """They may count anything."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("day_first", "day"), [(True, dt.date(2023, 1, 9)), (False, dt.date(2023, 9, 1)), (None, None)]
)
def test_a_day_that_reads_two_ways_needs_an_order(day_first: bool | None, day: dt.date | None):
    """09/01/2023 is in September or in January."""
    assert parse_date("09/01/2023", day_first=day_first) == day


def test_an_order_is_shown_by_a_date_with_one_reading():
    """No month is the twenty-fifth; two that disagree show none."""
    assert day_first_in(["on 25/12/2023"]) is True
    assert day_first_in(["on 12/25/2023"]) is False
    assert day_first_in(["on 12/25/2023", "on 25/12/2023"]) is None


@pytest.mark.parametrize(
    ("tag", "order"), [("en-US", False), ("en_GB", True), ("fr", True), ("zh-CN", None), ("x-1", None)]
)
def test_an_order_belongs_to_a_language_and_country(tag: str, order: bool | None):
    """Chinese writes the year first, which has one reading only."""
    assert day_first_by_locale(tag) is order


@pytest.mark.parametrize("value", ["20230901", "1693526400", "1693526400000", "2023-09-01T07:30:00+08:00"])
def test_a_field_may_hold_bare_digits(value: str):
    """There is nothing else that they could count."""
    assert parse_stated_date(value) == dt.date(2023, 9, 1)


@pytest.mark.parametrize("piece", ["9", "1,", "1/", "一", "2023-", "a 1 ", "发布"])
def test_a_long_line_is_searched_in_time_that_grows_with_it(piece: str):
    """A line of digits took minutes once."""
    began = time.process_time()
    find_dates(piece * 50_000)
    assert time.process_time() - began < 2
