"""Words that are broken at the end of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BROKEN = re.compile(r"(?P<left>[^\W\d_]+(?:['’-][^\W\d_]+)*)[-\u00ad\u2010]$")
_REST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COMPOUNDING = frozenset(
    """
    all best better cost decision double eight ever far fast few first five four free full fully good half hard high
    higher ill large last late less light little long longer low lower machine many mid middle near new newly nine
    old one open part peer quasi real risk same second self seven short single six small so soft third three time top
    two ultra user well wide world year
    """.split()  # noqa: SIM905 - read as a text
)
"""First parts of compounds that are written with a hyphen."""


def join_hyphenated(before: str, after: str, vocabulary: frozenset[str]) -> str | None:
    """Two lines as one where the first ends inside a word, else None.

    A hyphen is the word's own where the document, or else the first part, says so: `long-/term`, not `break-/water`.

    Args:
        before: the first line.
        after: the second.
        vocabulary: the words of the document, those with hyphens too, in small letters.
    """
    broken, rest = _BROKEN.search(before), _REST.match(after)
    if not broken or not rest:
        return None
    keeps = not rest[0][0].islower() or _is_compound(broken["left"].lower(), rest[0].lower(), vocabulary)
    return before[:-1] + ("-" if keeps else "") + after


def _is_compound(left: str, rest: str, vocabulary: frozenset[str]) -> bool:
    if f"{left}-{rest}" in vocabulary:
        return True
    return left + rest not in vocabulary and ("-" in left or left in _COMPOUNDING)


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The words inside lines, in small letters: the first and the last of a line may be parts of one."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line)[1:-1])
