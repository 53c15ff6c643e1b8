"""What the front matter of a file, or a line of JSON, states about its article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.articles.dates import day_first_by_locale, parse_stated_date

if TYPE_CHECKING:
    from indexer.articles.page import Page

_LONGEST_DATE = 100
_FIRST_SECOND = 10**9  # of 2001; before it, seconds have nine digits


def with_fields(page: Page, fields: dict[str, Any]) -> Page:
    """A page with the fields that its file states."""
    published = _day(fields.get("published") or fields.get("date"), fields.get("language"))
    texts = {name: _field_text(fields.get(name)) for name in ("title", "source", "url", "author", "language")}
    stated: dict[str, Any] = {name: value for name, value in texts.items() if value}
    return replace(page, published=published, **stated)


def _day(value: object, language: object) -> dt.date | None:
    """The day of a field; the order of `09/01/2023` is that of the article's language, where the file states it."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str) and value < _FIRST_SECOND:  # a number is seconds or nothing: 2024 is no year of 1970
        return None
    day_first = day_first_by_locale(language) if isinstance(language, str) else None
    return parse_stated_date(str(value)[:_LONGEST_DATE], day_first=day_first)


def _field_text(value: object) -> str | None:
    """A field's text; a list is written with commas, and what is no text, number or list of them is no field."""
    if isinstance(value, list):
        # one level only: aliases of YAML can nest lists into what no memory holds
        return ", ".join(filter(None, (_field_text(item) for item in value if not isinstance(item, list)))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        return None
    return str(value).strip() or None
