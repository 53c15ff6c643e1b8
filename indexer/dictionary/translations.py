"""Words and names of a query by a dictionary: what passages of the other language may have for them.

A translation is worth little, since a word has many and a passage may use another: it counts a fraction of a name. What
the dictionary doesn't know is likely a name, and a name is asked for as it is written, whichever language has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.dictionary.entries import LONGEST_GLOSSED, Dictionary, longest_words, parts_of
from indexer.dictionary.names import find_names
from indexer.records import Language
from indexer.terms import TermGroup, TermKind, folded, stem
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        """By the dictionary in the user's cache folder; put there on the first call (some seconds)."""
        return cls(Dictionary.open())

    def names(self, text: str) -> list[TermGroup]:
        """The names of a query, as written, spelled or called in the other language, each with its places."""
        return find_names(text, self._dictionary)

    def unknown(self, words: Iterable[str]) -> set[str]:
        """The words in letters that the dictionary never uses."""
        stems = {word: stem(word.lower()) for word in words}
        entries = self._dictionary.words(stems.values())
        return {word for word, stemmed in stems.items() if stemmed not in entries}

    def translations(self, text: str, language: Language) -> list[TermGroup]:
        """Terms that passages of a language may have for the words of a text in the other.

        Args:
            text: a query.
            language: of the passages.
        """
        plain = folded(text)
        runs = _HAN_RUN.findall(plain) if language is Language.EN else []
        written: dict[str, str] = {}
        for word in _WORD.findall(plain) if language is Language.ZH else []:
            written.setdefault(stem(word), word)
        words = list(written)
        glosses = self._dictionary.glosses([*words, *(part for run in runs for part in parts_of(run, LONGEST_GLOSSED))])
        words += [run[slice(*place)] for run in runs for place in longest_words(run, glosses, LONGEST_GLOSSED)]
        return [
            TermGroup(surface := written.get(word, word), surface, TermKind.WORD, tuple(glosses[word]))
            for word in dict.fromkeys(words)
            if 0 < len(glosses.get(word, ())) <= _MOST_TRANSLATIONS
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._dictionary.close()
