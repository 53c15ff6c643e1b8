"""The values of relevant hits, counted. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from service.records import Facets, FacetValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer import Language, Origin


def facets_of(hits: Sequence[tuple[Language, Sequence[Origin]]]) -> Facets:
    """The values of some hits. One that was printed in several places counts once for each value.

    Args:
        hits: the language of each, and where and when it was published, once for each printing.
    """
    months = Counter(month for _, origins in hits for month in {_month(origin) for origin in origins})
    return Facets(
        language=_most_first(Counter(str(language) for language, _ in hits)),
        source=_most_first(_by_source([[origin.source for origin in origins] for _, origins in hits])),
        month=tuple(FacetValue(*found) for found in sorted(months.items(), key=lambda found: _last_if_none(found[0]))),
    )


def _month(origin: Origin) -> str | None:
    return origin.published.isoformat()[:7] if origin.published else None


def _by_source(sources: Iterable[Sequence[str | None]]) -> Counter[str | None]:
    """Hits by source. A filter takes ASCII letters of either case as one: so they are counted, as most write them."""
    sources = list(sources)
    spelled = Counter(source for of_hit in sources for source in of_hit if source)
    names: dict[bytes, str] = {}
    for source, _ in sorted(spelled.items(), key=lambda found: (-found[1], found[0])):
        names.setdefault(source.encode().lower(), source)
    return Counter(
        name for of_hit in sources for name in {source and names[source.encode().lower()] for source in of_hit}
    )


def _most_first(counts: Mapping[str, int] | Mapping[str | None, int]) -> tuple[FacetValue, ...]:
    """Equal ones by value; None last."""
    found = sorted(counts.items(), key=lambda found: (found[0] is None, -found[1], found[0] or ""))
    return tuple(FacetValue(*each) for each in found)


def _last_if_none(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
