"""The fields in which front matter, or a line of JSON, states something about its article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from indexer.articles.dates import day_first_by_locale, parse_stated_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.articles.page import Page

_NAMES = {
    "title": ("title", "headline"),
    "source": ("source", "publisher", "sitename"),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang", "inlanguage", "locale"),
}
_URLS = ("url", "link", "permalink", "canonicalurl", "canonical", "sourceurl")
_DATES = (
    *("published", "date", "pubdate", "publishdate", "publisheddate", "publishedat", "publishedtime"),
    "datepublished",
)
"""When an article came out. `lastmod`, `updated` and `created` are other days."""
_EMPTY = frozenset({"", "~", "null", "none"})
_LONGEST_DATE = 100


def with_fields(page: Page, fields: Mapping[str, Any]) -> Page:
    """A page with the fields that its file states, under the names that are usual for them."""
    stated = {_plain(name): value for name, value in fields.items() if isinstance(name, str)}
    texts: dict[str, Any] = {field: _first(stated, names) for field, names in _NAMES.items()}
    texts["url"] = next((url for name in _URLS if _is_address(url := _text(stated.get(name)) or "")), None)
    if _is_address(texts["source"] or ""):  # as web clippers write it
        texts["url"] = texts["url"] or texts["source"]
        texts["source"] = urlsplit(texts["source"]).hostname
    day_first = day_first_by_locale(texts["language"])
    days = (_date(stated.get(name), day_first=day_first) for name in _DATES)
    published = next(filter(None, days), page.published)
    return replace(page, published=published, **{name: value for name, value in texts.items() if value})


def _plain(name: str) -> str:
    """A field's name in any of its spellings: `publishedAt`, `published_at`, `Published-At`."""
    return name.casefold().translate({ord(sign): None for sign in "_- "})


def _first(stated: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := _text(stated.get(name)))), None)


def _text(value: object) -> str | None:
    """A field's text: a list with commas, a map by its name; what is no text, number or date is no field."""
    if isinstance(value, list):
        # one level only: what is nested deeper has no reader
        return ", ".join(filter(None, (_text(item) for item in value if not isinstance(item, list)))) or None
    if isinstance(value, dict):
        name = value.get("name")
        return name.strip() or None if isinstance(name, str) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        return None
    text = str(value).strip()
    return None if text.casefold() in _EMPTY else text


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not text[8:].isspace() and " " not in text


def _date(value: object, *, day_first: bool | None) -> dt.date | None:
    """The day that a field states; of a number of seconds or milliseconds, its day in UTC."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_stated_date((_text(value) or "")[:_LONGEST_DATE], day_first=day_first)
