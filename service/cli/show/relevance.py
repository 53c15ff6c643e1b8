"""The end of an answer's relevant hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.records import TotalRelation

if TYPE_CHECKING:
    from service.http.schemas import SearchResponse


def last_relevant(response: SearchResponse) -> int:
    """The rank of the last relevant hit: by relevance, those behind it are shown as what comes nearest."""
    return response.total if response.total_relation is TotalRelation.EQ else response.hits[-1].rank


def first_irrelevant(response: SearchResponse) -> int:
    """The rank of the first hit on this page that isn't relevant; there may be none of that rank."""
    return max(last_relevant(response) + 1, response.hits[0].rank)
