"""The values of relevant hits, counted. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from service.records import Facets, FacetValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer import Language, Origin


def facets_of(hits: Sequence[tuple[Language, Origin]]) -> Facets:
    """What some hits are.

    Args:
        hits: the language of each, and where and when it was published.
    """
    months = Counter(origin.published.isoformat()[:7] if origin.published else None for _, origin in hits)
    return Facets(
        language=most_first(Counter(str(language) for language, _ in hits)),
        source=most_first(by_source(origin.source for _, origin in hits)),
        month=tuple(FacetValue(*found) for found in sorted(months.items(), key=lambda found: _last_if_none(found[0]))),
    )


def by_source(sources: Iterable[str | None] | Mapping[str | None, int]) -> Counter[str | None]:
    """Sources by name. A filter takes ASCII letters of either case as one: so they are counted, as most write them."""
    spelled = Counter(sources)
    names: dict[bytes, str] = {}
    counts = Counter[str | None]()
    for source, count in sorted(spelled.items(), key=lambda found: (-found[1], found[0] or "")):
        counts[source and names.setdefault(source.encode().lower(), source)] += count
    return counts


def most_first(counts: Mapping[str, int] | Mapping[str | None, int]) -> tuple[FacetValue, ...]:
    """Equal ones by value; None last."""
    found = sorted(counts.items(), key=lambda found: (found[0] is None, -found[1], found[0] or ""))
    return tuple(FacetValue(*each) for each in found)


def _last_if_none(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
