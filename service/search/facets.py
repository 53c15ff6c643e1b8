"""The values of relevant hits, counted. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from indexer import source_key
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
        language=most_first(Counter(str(language) for language, _ in hits)),
        source=most_first(_by_source([[origin.source for origin in origins] for _, origins in hits])),
        month=tuple(FacetValue(*month) for month in sorted(months.items(), key=lambda month: _last_if_none(month[0]))),
    )


def _month(origin: Origin) -> str | None:
    return origin.published.isoformat()[:7] if origin.published else None


def sources_by_name(counts: Mapping[str | None, int]) -> Counter[str | None]:
    """Counts of sources, those of one name together, as most write it."""
    names = _source_names(counts)
    together = Counter[str | None]()
    for source, count in counts.items():
        together[source and names[source_key(source)]] += count
    return together


def _by_source(hits: Iterable[Sequence[str | None]]) -> Counter[str | None]:
    """Hits by the names of their sources, each once for a name."""
    hits = list(hits)
    names = _source_names(Counter(source for sources in hits for source in sources))
    return Counter(name for sources in hits for name in {source and names[source_key(source)] for source in sources})


def _source_names(counts: Mapping[str | None, int]) -> dict[bytes, str]:
    """The usual spelling of each source, by its key."""
    names: dict[bytes, str] = {}
    for source, _ in sorted(counts.items(), key=lambda source: (-source[1], source[0] or "")):
        if source:
            names.setdefault(source_key(source), source)
    return names


def most_first(counts: Mapping[str, int] | Mapping[str | None, int]) -> tuple[FacetValue, ...]:
    """Equal ones by value; None last."""
    values = sorted(counts.items(), key=lambda value: (value[0] is None, -value[1], value[0] or ""))
    return tuple(FacetValue(*value) for value in values)


def _last_if_none(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
