"""The words that may be meant by one with a letter wrong: Shenzen."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from indexer.terms.names import pinyin
from indexer.terms.words import stem
from indexer.text.normalization import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

SLIP_SHARE = 0.5
"""Of a word that was meant, perhaps."""
_SHORTEST, _LONGEST = 5, 24
"""Letters. A shorter word is as near to many others, a longer one is none."""


def meant_terms(written: str) -> list[tuple[str, float]]:
    """The index terms of all words that differ from one word in one letter, or in the order of two.

    As Damerau (A technique for computer detection and correction of spelling errors, 1964) found most slips to be; the
    first letter is nearly always right. Which of them are words, an index tells.
    """
    letters = without_marks(written).lower()
    if not (_SHORTEST <= len(letters) <= _LONGEST and letters.isascii() and letters.isalpha()):
        return []
    words = dict.fromkeys(_neighbours(letters))
    terms = [stem(word) for word in words]
    terms += [prefix + word for word in words if pinyin.syllables(word) > 1 for prefix in ("l_", "p_")]
    return [(term, SLIP_SHARE) for term in dict.fromkeys(terms)]


def _neighbours(word: str) -> Iterator[str]:
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]
