"""Words and names of a query by a dictionary: what passages of the other language may have for them.

A translation is worth little, since a word has many and a passage may use another: it counts a fraction of a name. What
the dictionary doesn't know is likely a name, and a name is asked for as it is written, whichever language has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.dictionary import LONGEST_GLOSSED, SHORTEST_GLOSSED, Dictionary
from indexer.dictionary_names import find_names
from indexer.language import HAN
from indexer.records import Language
from indexer.terms import TermGroup, TermKind, folded, stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[a-z]{3,}")
_MOST_TRANSLATIONS = 12
"""An English word with more Chinese ones says too little."""


class Glossary:
    """Translations and names for the words of a text, as groups of index terms. Safe to use from several threads."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    @classmethod
    def open(cls) -> Glossary:
        """By the dictionary in the user's cache folder; put there on the first call (about five seconds)."""
        return cls(Dictionary.open())

    def names(self, text: str) -> list[TermGroup]:
        """The names of a query, as written, spelled or called in the other language, each with its places."""
        return find_names(text, self._dictionary)

    def unknown(self, words: Iterable[str]) -> set[str]:
        """The words in letters that the dictionary never uses."""
        stems = {word: stem(word.lower()) for word in words}
        known = self._dictionary.words(stems.values())
        return {word for word, stemmed in stems.items() if stemmed not in known}

    def translations(self, text: str, language: Language) -> list[TermGroup]:
        """Terms that passages of a language may have for the words of a text in the other.

        Args:
            text: a query.
            language: of the passages.
        """
        plain = folded(text)
        runs = _HAN_RUN.findall(plain) if language is Language.EN else []
        words = [stem(word) for word in _WORD.findall(plain)] if language is Language.ZH else _parts(runs)
        known = self._dictionary.glosses(words)
        if language is Language.EN:
            words = [word for run in runs for word in _longest_words(run, known)]
        return [
            TermGroup(word, TermKind.WORD, tuple(known[word]))
            for word in dict.fromkeys(words)
            if 0 < len(known.get(word, ())) <= _MOST_TRANSLATIONS
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._dictionary.close()


def _parts(runs: Iterable[str]) -> list[str]:
    """All that may be words in runs of Chinese characters; a single character only where it stands by itself."""
    return [
        run[start : start + size]
        for run in runs
        for start in range(max(len(run) - SHORTEST_GLOSSED + 1, 1))
        for size in range(min(SHORTEST_GLOSSED, len(run)), min(LONGEST_GLOSSED, len(run) - start) + 1)
    ]


def _longest_words(run: str, known: Container[str]) -> Iterator[str]:
    """The longest known words of a run of Chinese characters, from the left."""
    start = 0
    while start < len(run):
        sizes = range(min(LONGEST_GLOSSED, len(run) - start), min(SHORTEST_GLOSSED, len(run)) - 1, -1)
        word = next((run[start : start + size] for size in sizes if run[start : start + size] in known), "")
        if word:
            yield word
        start += len(word) or 1
