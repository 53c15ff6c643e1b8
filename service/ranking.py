"""Candidates of all languages to one order. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.records import Ranking

_MIDDLE = 2.0
_SLOPE = 1.0
_LARGEST_EXPONENT = 30.0


def merge(rankings: Iterable[Ranking], k: int) -> Ranking:
    """The k best candidates of all rankings by score; equal ones by id, so no order of rankings matters."""
    candidates = [candidate for ranking in rankings for candidate in ranking]
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.score, candidate.id))[:k])


def to_unit_interval(deviations: float) -> float:
    """A score in standard deviations as one from 0 to 1, by a logistic curve: two deviations above its language are .5.

    It never changes an order. It isn't a probability yet: the deviations of a good hit grow with the corpus.
    """
    odds = math.exp(min(_SLOPE * (deviations - _MIDDLE), _LARGEST_EXPONENT))
    return odds / (1 + odds)
