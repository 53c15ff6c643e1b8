"""What the front matter of a file, or a line of JSON, states about its article."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.articles.dates import parse_date

if TYPE_CHECKING:
    from indexer.articles.page import Page


def with_fields(page: Page, fields: dict[str, Any]) -> Page:
    """A page with the fields that its file states."""
    published = fields.get("published")
    if isinstance(published, dt.datetime):
        published = published.date()
    elif not isinstance(published, dt.date):
        published = parse_date(str(published)) if published else None
    texts = {name: _field_text(fields.get(name)) for name in ("title", "source", "url", "author", "language")}
    stated: dict[str, Any] = {name: value for name, value in texts.items() if value}
    return replace(page, published=published, **stated)


def _field_text(value: object) -> str | None:
    """A field's text; a list is written with commas, and what is no text, number or list of them is no field."""
    if isinstance(value, list):
        # one level only: aliases of YAML can nest lists into what no memory holds
        return ", ".join(filter(None, (_field_text(item) for item in value if not isinstance(item, list)))) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        return None
    return str(value).strip() or None
