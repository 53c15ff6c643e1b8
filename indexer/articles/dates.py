"""Dates as pages write them. Only a date with its year counts; none is ever completed or guessed."""

from __future__ import annotations

import datetime as dt
import re

_MONTH = r"(?:[^\W\d_]{3,12}\.?)"
DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)\s?日?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d{{2}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-](?:de\s)?{_MONTH},?[\s-](?:de\s)?(?:19|20)\d{{2}}(?!\d))"
)
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_LANGUAGES = ["en", "fr", "es", "de", "it", "pt", "ru"]
_FIRST_YEAR = 1950


def find_dates(text: str) -> list[tuple[int, dt.date]]:
    """The full dates in a text, each with where it begins."""
    found = [(match.start(), parse_date(match.group())) for match in DATE.finditer(text)]
    return [(start, date) for start, date in found if date is not None]


def parse_date(text: str) -> dt.date | None:
    """A full date, or None for anything else: `2024年3月5日 08:30`, `March 5, 2024`, `18 juin 2025`."""
    if match := _NUMERIC.search(text):
        year, month, day = (int(part) for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    written = DATE.search(text)
    if written is None:
        return None
    import dateparser

    parsed = dateparser.parse(
        written.group().replace(" de ", " "),
        languages=_LANGUAGES,
        settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"},
    )
    return parsed.date() if parsed and parsed.year >= _FIRST_YEAR else None
