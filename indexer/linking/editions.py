"""The member of a series that an article is on, by its title: a version, a year, a month."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, Self

from indexer.terms import passage_terms

_VERSION = re.compile(
    r"(?<![a-z0-9.])v(\d+(?:\.\d+)*)(?![\w.]*\d)"  # v2, v0.3.0
    r"|(?<![a-z0-9.])(\d+(?:\.\d+){2,})(?!\d)"  # 6.2.8
    r"|(?:\bversion|\brelease|版本)\s*v?(\d+(?:\.\d+)*)"
    r"|(?<![a-z0-9.])(\d+(?:\.\d+)+)\s*(?:正式|稳定)?版"
    r"|(?<=[a-z+#])[ -](\d+\.\d+)(?![\w.%])"  # Python 3.12, unless the number has a unit
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_YEAR = re.compile(r"d_\d{4}")
_OF_MONTH = re.compile(r"d_\d{4}\.\d\d")


class Edition(NamedTuple):
    """The versions, years and months in a title; each is empty where it states none.

    Attributes:
        versions: each by its parts, as ("0", "3", "0").
        years: terms of years.
        months: terms of months.
    """

    versions: frozenset[tuple[str, ...]] = frozenset()
    years: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()

    @classmethod
    def of(cls, title: str) -> Self:
        """The edition of an article with a title."""
        terms = passage_terms(title)
        return cls(
            frozenset(_versions(unicodedata.normalize("NFKC", title).lower(), terms)),
            frozenset(term for term in terms if _OF_YEAR.fullmatch(term)),
            frozenset(term for term in terms if _OF_MONTH.fullmatch(term)),
        )

    def differs(self, other: Edition) -> bool:
        """Both titles state a version, a year or a month, and none in common: 6.2 and 6.2.8 may be the same version."""
        versions = [own[: len(its)] == its[: len(own)] for own in self.versions for its in other.versions]
        return (bool(versions) and not any(versions)) or any(
            own and its and own.isdisjoint(its) for own, its in ((self.years, other.years), (self.months, other.months))
        )


def _versions(title: str, terms: list[str]) -> list[tuple[str, ...]]:
    versions = []
    for match in _VERSION.finditer(title):
        number = next(filter(None, match.groups()))
        is_amount = match[5] is not None and any(term.startswith(f"n_{number}_") for term in terms)
        is_amount |= match[5] is not None and f"n_{number}" not in terms  # 3.12 million
        parts = number.split(".")
        if not is_amount and not (len(parts) > 1 and _YEAR.fullmatch(parts[0])):
            versions.append(tuple(parts))
    return versions
