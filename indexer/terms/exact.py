"""Terms of the very words of a text: what a query in quotes is looked up by.

Stop words, single letters, bare numbers and signs say nothing of what a passage is about, so that no other term stands
for them; in quotes they are asked for all the same. Words are kept as they are written, since quotes ask for no stem.
"""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.terms.words import STOP_WORDS, han_terms
from indexer.text.language_identification import HAN
from indexer.text.normalization import folded

EXACT = "x_"
"""What such terms begin with; pairs of Han characters and single ones are their own terms."""
_LETTER = rf"[^\W_{HAN}\u3041-\u30ff]"
"""A letter or digit of a writing that parts words by blanks."""
_PIECE = re.compile(rf"(?P<word>{_LETTER}+(?:(?<=\d)[.,](?=\d){_LETTER}+)*)|(?P<han>[{HAN}])|\S")
"""A word or number, whole; of other writings and of signs a character."""
_HAN_RUN = re.compile(f"[{HAN}]+")


def exact_terms(text: str) -> set[str]:
    """The terms of a text's pieces, and of neighbours among those that many texts have.

    A text that has a phrase, as `exact_pattern` finds it, has all terms of the phrase.
    """
    plain = folded(text)
    pieces = list(_PIECE.finditer(plain))
    terms = {f"{EXACT}{piece[0]}" for piece in pieces if not _is_character(piece)}
    terms.update(f"{EXACT}{plain[one.start() : other.end()]}" for one, other in pairwise(pieces) if _belong(one, other))
    return terms.union(*map(han_terms, _HAN_RUN.findall(plain)))


def own_term(phrase: str) -> str | None:
    """The term that just the texts with a phrase have; None where the phrase is longer than a term."""
    plain = folded(phrase)
    term = plain if _HAN_RUN.fullmatch(plain) else f"{EXACT}{plain}"
    return term if term in exact_terms(phrase) else None


def exact_pattern(phrase: str) -> re.Pattern[str]:
    """A pattern that finds a phrase in a folded text: as whole words and numbers, so that 5 isn't in 3.5."""
    plain = folded(phrase)
    before = f"(?<!{_LETTER})" if re.match(_LETTER, plain) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, plain[-1:]) else ""
    before += r"(?<!\d[.,])" if plain[:1].isdecimal() else r"(?!(?<=\d)[.,]\d)"
    after += r"(?![.,]\d)" if plain[-1:].isdecimal() else r"(?!(?<=\d[.,])\d)"
    return re.compile(f"{before}{re.escape(plain)}{after}")


def _is_character(piece: re.Match[str]) -> bool:
    """A Han character, which is a term as it is; what isn't assigned yet is none."""
    return piece.lastgroup == "han" and piece[0].isalnum()


def _belong(one: re.Match[str], other: re.Match[str]) -> bool:
    """Two neighbours are a term where each is usual by itself, or one is the number of the other: *of the*, 9月."""
    if one.end() == other.start() and (one[0][-1].isdecimal() or other[0][0].isdecimal()):
        return True
    return _is_usual(one) and _is_usual(other)


def _is_usual(piece: re.Match[str]) -> bool:
    """A sign, a letter, a number or a stop word."""
    if _is_character(piece):
        return False
    return len(piece[0]) == 1 or piece[0][0].isdecimal() or piece[0] in STOP_WORDS
