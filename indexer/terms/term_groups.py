"""The things that a text mentions, and the terms that stand for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TOGETHER = "\uffff"
"""What joins terms that count only where a passage has all of them; no term has it."""

Alternatives = tuple[tuple[str, float], ...]


class TermKind(StrEnum):
    """The kind of thing that a term stands for."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    CODE = "code"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class TermGroup:
    """One thing that a query mentions, in all the ways a passage may write it; it counts once however many match.

    Attributes:
        surface: as the query writes it, for an explanation.
        folded: the same as indexes have it, in lower case and simplified characters.
        kind: what it is.
        alternatives: index terms, each with its share of the weight in (0, 1]: 1 for the exact one, less for looser
            ones. The heaviest come first; no term comes twice. `TOGETHER` joins terms of which all have to be there.
        places: where it stands, as starts and ends in the query's `Writing`.
    """

    surface: str
    folded: str
    kind: TermKind
    alternatives: Alternatives
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text with the terms that stand for it, the most exact first.

    Attributes:
        start: where it begins.
        end: one past its last character.
        kind: what it is.
        alternatives: index terms with their shares.
        covers: whether its words are said by it, so that a query need not ask for them again.
    """

    start: int
    end: int
    kind: TermKind
    alternatives: Alternatives
    covers: bool = True


def heaviest(alternatives: list[tuple[str, float]]) -> Alternatives:
    """The alternatives without repetition, each with its largest share; the heaviest first, ties by term."""
    shares: dict[str, float] = {}
    for term, share in alternatives:
        shares[term] = max(share, shares.get(term, 0.0))
    return tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))
