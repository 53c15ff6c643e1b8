"""A query's text: what must appear, what it mentions, and which of that both languages can match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import TermGroup, TermKind, query_language, query_terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Glossary, Language, LexicalIndex

    Group = tuple[tuple[str, float], ...]

_PHRASE = re.compile(r'"([^"]+)"')
"""Only straight quotes ask for exact words: curved ones are everyday punctuation of Chinese news."""
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}[省市区县州镇乡村]$")
_PART_OF_NAME = 0.8
"""What one of several pairs of characters counts for a name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query's text, taken apart.

    Attributes:
        text: what is encoded: without the quotes.
        phrases: what stood in quotes, each of which must appear.
        language: whose statistics centre the query. It never decides what may be found.
    """

    text: str
    phrases: tuple[str, ...]
    language: Language

    @classmethod
    def of(cls, text: str) -> Question:
        """A question from what a user typed."""
        phrases = tuple(phrase.strip() for phrase in _PHRASE.findall(text) if phrase.strip())
        plain = _PHRASE.sub(r"\1", text) if phrases else text
        return cls(plain, phrases, query_language(plain))


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The terms of a question. Each group counts once, by the best of its terms that a passage has.

    `numbers`, `dates` and `names` mean the same in every language, so a match counts the same. `words` are bound to one
    language: they order its passages, but never lift it over the other.
    """

    groups: tuple[TermGroup, ...]
    numbers: tuple[Group, ...]
    dates: tuple[Group, ...]
    names: tuple[Group, ...]
    words: tuple[Group, ...]
    glosses: Mapping[Language, tuple[Group, ...]]
    """By language: what its passages may have for common words of a question in the other."""
    sure: tuple[Group, ...]
    """Numbers, dates, romanised names and places called so: a passage without them may speak of something else."""
    focus: float
    """The share of the text's letters and digits, 0 to 1, that is in numbers, dates and names."""

    @classmethod
    def of(
        cls, text: str, asked_in: Language, indexes: Mapping[Language, LexicalIndex], glossary: Glossary
    ) -> QuestionTerms:
        """The terms of a text in a language, sorted by what the indexes of the languages have of them."""
        groups = tuple(query_terms(text))
        alternatives = [_with_characters(group) for group in groups]
        attested = _attested_everywhere(alternatives, indexes)
        telling: list[str] = []
        sorted_groups: dict[str, list[Group]] = {"numbers": [], "dates": [], "names": [], "words": []}
        for group, terms, everywhere in zip(groups, alternatives, attested, strict=True):
            kind = _kind(group, terms, everywhere=everywhere)
            if kind is None:
                continue
            sorted_groups[kind].append(terms)
            if kind != "words":
                telling.append(group.surface)
        found = {name: tuple(chosen) for name, chosen in sorted_groups.items()}
        sure = tuple(terms for group, terms in zip(groups, alternatives, strict=True) if _is_sure(group, terms))
        glosses = {
            language: tuple(group.alternatives for group in glossary.translations(text, language))
            for language in indexes
            if language != asked_in
        }
        return cls(groups, **found, glosses=glosses, sure=sure, focus=_share(text, telling))

    @property
    def all(self) -> tuple[Group, ...]:
        """Every group."""
        return self.numbers + self.dates + self.names + self.words


@dataclass(frozen=True, slots=True, eq=False)
class EncodedQuestion:
    """A question as the encoder and the terms see it.

    Attributes:
        embedding: `(d,)`, the encoder's own.
        tokens: `(m, d)`, centred and unit; None where late interaction is off.
    """

    question: Question
    embedding: NDArray[np.float32]
    tokens: NDArray[np.float32] | None
    terms: QuestionTerms


def _with_characters(group: TermGroup) -> Group:
    """A name in characters may be found in passages of either script: by how it sounds, and as it is written."""
    if group.kind is not TermKind.NAME:
        return group.alternatives
    pairs = [run[at : at + 2] for run in _HAN_RUN.findall(group.surface) for at in range(len(run) - 1)]
    share = 1.0 if len(pairs) == 1 else _PART_OF_NAME
    return (*group.alternatives, *((pair, share) for pair in pairs))


def _kind(group: TermGroup, terms: Group, *, everywhere: bool) -> str | None:
    """Which field of `QuestionTerms` a group belongs to."""
    if group.kind is TermKind.NUMBER:
        return "numbers"
    if group.kind is TermKind.DATE:
        return "dates"
    if everywhere or _is_romanised(terms):
        return "names"
    return "words" if group.kind is TermKind.WORD else None


def _is_sure(group: TermGroup, terms: Group) -> bool:
    """Whether a passage that answers should have the group."""
    if group.kind is TermKind.NAME:
        return _is_romanised(terms) or _PLACE.search(group.surface) is not None
    return group.kind in {TermKind.NUMBER, TermKind.DATE}


def _share(text: str, parts: Sequence[str]) -> float:
    """How much of a text's letters and digits is in some parts of it, each found once."""
    places: set[int] = set()
    for part in parts:
        start = text.find(part)
        places |= set(range(start, start + len(part))) if start >= 0 else set()
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    return len(places.intersection(letters)) / len(letters) if letters else 0.0


def _is_romanised(terms: Group) -> bool:
    """Whether Han characters are looked for by how they sound: then the query has a name in Latin letters."""
    return any(term.startswith("p_") for term, _ in terms)


def _attested_everywhere(groups: Sequence[Group], indexes: Mapping[Language, LexicalIndex]) -> list[bool]:
    """Whether each group has a term that tells something in every language."""
    weights = [index.weights(groups) for index in indexes.values()]
    return [all(max(found[number], default=0.0) > 0 for found in weights) for number in range(len(groups))]
