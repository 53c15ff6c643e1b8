"""Years and days that a text names only by when it was published: last year, 今年, 9月17日."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.terms.analyzer import passage_terms
from indexer.text.normalization import folded

if TYPE_CHECKING:
    import datetime as dt

_YEARS = (
    (-2, re.compile(r"前年|\byear before last\b")),
    (-1, re.compile(r"去年|上年|\b(?:last|previous|past) year\b")),
    (0, re.compile(r"今年|本年|\b(?:this|current) year\b")),
    (1, re.compile(r"明年|\b(?:next|coming) year\b")),
)
_DAY = re.compile(r"d_(\d\d)\.(\d\d)")


def dated_terms(text: str, published: dt.date | None) -> list[str]:
    """Every index term of a passage, and the dates that it means when it was published on this day, sorted.

    A day without a year is the last one before: news tells what has happened.
    """
    terms = set(passage_terms(text))
    if published is not None:
        plain = folded(text)
        terms |= {f"d_{published.year + years}" for years, pattern in _YEARS if pattern.search(plain)}
        terms |= {_day(match, published) for term in terms if (match := _DAY.fullmatch(term))}
    return sorted(terms)


def _day(match: re.Match[str], published: dt.date) -> str:
    month, day = int(match[1]), int(match[2])
    year = published.year if (month, day) <= (published.month, published.day) else published.year - 1
    return f"d_{year}.{match[1]}.{match[2]}"
