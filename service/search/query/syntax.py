"""The signs of a query: straight quotes for exact words, a minus for what is left out. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from indexer import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WORDS = 32
"""The most phrases and excluded words of a query."""

_QUOTED = r'["\uff02]([^"\uff02]+)["\uff02]'
_SIGNS = re.compile(
    # A minus is one at the beginning or after a blank, before a word or a quote: long-term and -38.2 have none.
    rf"(?<!\S)[-－−](?:{_QUOTED}|“([^“”]+)”"
    r"|([^\W\d_][\w\u0300-\u036f]*(?:[·‧•]\w+|[-'’.&/+#][a-zA-Z0-9]\w*)*[+#]*))"
    # Curved quotes are everyday punctuation of Chinese news. A quote behind a number is a measure, 6"-8" and 5'10"; one
    # between a letter and a blank ends something.
    rf"|(?<![\d¼-¾⅐-⅞])(?!(?<=\w).(?:\s|$)){_QUOTED}"
)
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
_SIGNED_LETTER = re.compile(r"[A-Za-z](?:\+\+|#)")
"""A programming language, though its letter alone says nothing: C++, F#."""
_TELLING = ("L", "N", "So", "Sc")
"""Categories of characters that say something: letters, numbers, pictures and currencies."""


@dataclass(frozen=True, slots=True)
class QuerySyntax:
    """A query, taken apart.

    Attributes:
        text: what is asked: without the quotes, and without what is left out.
        phrases: what stood in quotes, each of which must appear.
        excluded: what stood behind a minus, none of which may appear.
    """

    text: str
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]

    @classmethod
    def of(cls, query: str) -> Self:
        """Take apart what a user typed; without signs, the text is what was typed."""
        phrases, excluded = list[str](), list[str]()

        def take(match: re.Match[str]) -> str:
            *left_out, exact = match.groups()
            words = exact or "".join(filter(None, left_out))
            if not folded(words):
                return match[0]
            (phrases if exact else excluded).append(words.strip())
            return exact or ""

        text = _SIGNS.sub(take, query)
        return cls(" ".join(text.split()) if excluded else text, _distinct(phrases), _distinct(excluded))

    @property
    def asks_nothing(self) -> bool:
        """There is nothing to look for: punctuation, operators, or one letter or digit that isn't quoted."""
        plain = _OPERATOR.sub(" ", unicodedata.normalize("NFKC", self.text))
        telling = [character for character in plain if unicodedata.category(character).startswith(_TELLING)]
        if self.phrases or _SIGNED_LETTER.fullmatch(plain.strip()):
            return False
        return not telling or (len(telling) == 1 and telling[0].isascii())

    @property
    def problem(self) -> str | None:
        """The problem with it, and what to do; None where there is none."""
        if len(self.phrases) + len(self.excluded) > MOST_WORDS:
            return f"has more than {MOST_WORDS} quoted or excluded words: leave some off"
        if self.excluded and self.asks_nothing:
            return "only says what to leave out: add what to look for, before or after it"
        return None


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
