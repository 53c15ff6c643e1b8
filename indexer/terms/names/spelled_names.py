"""Names in Latin letters that are spelled as in Hong Kong, in Taiwan, or before 1958: Tsang Yam-kuen for 曾荫权.

Passages carry them as `l_tsangyamkuen`, as they carry names in pinyin. A query asks for that, and with less weight
for what the characters may be: a family name by its own readings, then as many syllables as are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.terms.names import pinyin, romanisations
from indexer.terms.names.pinyin_homographs import MONOSYLLABLES
from indexer.terms.names.pinyin_names import LATIN_WORD, REVERSED_SHARE
from indexer.terms.term_groups import Mention, TermKind, heaviest
from indexer.terms.words import STOP_WORDS
from indexer.text.normalization import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.text.normalization import Writing

READING_SHARE = 0.8
"""Of what a spelling may be in characters: several names are spelled alike."""
_WORDS_LIMIT = 4
_LEAST_WORDS = 2
_LONGEST_WORD = 24
_LEAST_TYPED = 3
"""Syllables of a name without capitals: *go on* isn't one."""


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """A word whose parts may each be a spelled syllable.

    Attributes:
        start: where it begins.
        end: one past its last character.
        syllables: in lower case, as hyphens divide them.
        capital: whether it is written as a name.
    """

    start: int
    end: int
    syllables: tuple[str, ...]
    capital: bool


def passage_spellings(text: Writing) -> set[str]:
    """The terms of the names that a passage may have."""
    return {
        f"l_{name}"
        for run in _runs(text.shown)
        for first in range(len(run))
        for last in range(first + 1, min(first + _WORDS_LIMIT, len(run)) + 1)
        for name in _orders(run[first:last])
    }


def query_spellings(text: Writing) -> Iterator[Mention]:
    """The names of a query. One in lower case throughout is read as if every word had its capital."""
    anycase = not re.search("[A-Z]", text.shown)
    for run in _runs(text.shown, anycase=anycase):
        words = _name_in(run)
        if words and not (anycase and sum(len(word.syllables) for word in words) < _LEAST_TYPED):
            orders = _orders(words)
            alternatives = [(f"l_{name}", 1.0 if name == orders[0] else REVERSED_SHARE) for name in orders]
            alternatives += readings([syllable for word in words for syllable in word.syllables])
            yield Mention(words[0].start, words[-1].end, TermKind.NAME, heaviest(alternatives))


def readings(syllables: Sequence[str]) -> list[tuple[str, float]]:
    """The readings in characters of a name with its family name first."""
    if not 1 < len(syllables) <= pinyin.LONGEST_NAME:
        return []
    return [(f"p_{reading}", READING_SHARE) for reading in romanisations.readings_of_name(syllables)]


def _name_in(run: list[SpelledWord]) -> list[SpelledWord]:
    """The longest part of a run that is a name with its family name first, and no pinyin; else nothing.

    A family name before a hyphen first: Cheung Kong Li Ka-shing.
    """
    parts = [
        run[first : first + size]
        for size in range(min(_WORDS_LIMIT, len(run)), 0, -1)
        for first in range(len(run) - size + 1)
    ]
    names = [words for words in parts if _is_name(words)]
    hyphenated = (words for words in names if [len(word.syllables) for word in words] == [1, 2])
    return next(hyphenated, names[0] if names else [])


def _is_name(words: Sequence[SpelledWord]) -> bool:
    syllables = [syllable for word in words for syllable in word.syllables]
    is_plain = len(syllables) == len(words) and not STOP_WORDS.isdisjoint(syllables)  # Look At
    return bool(_orders(words)) and not is_plain and _is_spelled(syllables)


def _is_spelled(syllables: Sequence[str]) -> bool:
    """Tell a name whose family name comes first and that isn't all pinyin."""
    is_pinyin = all(pinyin.syllables(syllable) == 1 for syllable in syllables)
    return romanisations.is_family_name(syllables[0]) and not is_pinyin


def _orders(words: Sequence[SpelledWord]) -> list[str]:
    """A name as it stands, and with its last word first; nothing where it is too short, too long, or one word."""
    parts = ["".join(word.syllables) for word in words]
    count = sum(len(word.syllables) for word in words)
    if len(words) < _LEAST_WORDS or not 1 < count <= pinyin.LONGEST_NAME:
        return []
    return list(dict.fromkeys(["".join(parts), "".join([parts[-1], *parts[:-1]])]))


def _runs(text: str, *, anycase: bool = False) -> Iterator[list[SpelledWord]]:
    """Words that stand side by side as one name may."""
    run: list[SpelledWord] = []
    for word in _words(text):
        joins = word.capital or (anycase and word.syllables[0] not in MONOSYLLABLES)
        if run and not (joins and text[run[-1].end : word.start] == " "):
            yield run
            run = []
        if joins:
            run.append(word)
    if run:
        yield run


def _words(text: str) -> Iterator[SpelledWord]:
    for match in LATIN_WORD.finditer(text):
        written = re.sub("['’‘`]s$", "", match.group()) if "s" in match.group()[-1:] else match.group()
        if len(written) > _LONGEST_WORD:
            continue
        plain = without_marks(re.sub("['’‘`]", "", written)).lower()  # Ch'ien is Wade's, with his mark
        syllables = tuple(plain.split("-"))
        if all(map(romanisations.is_syllable, syllables)):
            yield SpelledWord(match.start(), match.start() + len(written), syllables, written[0].isupper())
