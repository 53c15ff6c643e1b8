"""All the terms that a passage is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.terms.exact import exact_terms
from indexer.terms.relative_dates import dated_terms

if TYPE_CHECKING:
    import datetime as dt


def index_terms(context: str, text: str, published: dt.date | None) -> list[str]:
    """Every index term of a passage and its title, as of the day it was published, sorted."""
    exact = exact_terms(context) | exact_terms(text)  # no phrase reaches from one into the other
    return sorted({*dated_terms(f"{context}\n{text}", published), *exact})
