"""A query's text: what must appear, what it mentions, and which of that both languages can match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from indexer import TermGroup, TermKind, query_language, query_terms
from service.query_syntax import QuerySyntax

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer import FoundTerms, Glossary, Language, LexicalIndex

    Group = tuple[tuple[str, float], ...]

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}[省市区县州镇乡村]$")
_NO_PLACE = re.compile(
    r"(?:[各全本该两三外]省|[各全本该两三超股楼]市|[各全本该两三]县|高新区"
    r"|[各全本该两三园地社郊片街景校灾牧库特专贸政步发范验作税能务业小]区|[城乡小]镇|[城山]乡|[农山乡]村"
    r"|(?:[各全整大小新老旧古主]|..)(?:[城都]市|[城山林矿厂]区))$"
)
"""What ends as places are called, and is none: 园区, 大城市; but not 成都市, 房山区."""
_TIME_SPAN = re.compile(r"[一二两三四五六七八九十]+(?:年|个月)")
"""As in 哪一年, 头七个月 and 十年."""
_PART_OF_NAME = 0.8
"""What one of several pairs of characters counts for a name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query's text, taken apart.

    Attributes:
        text: what is encoded: without the quotes, and without what is left out.
        phrases: what stood in quotes, each of which must appear.
        language: whose statistics centre the query. It never decides what may be found.
        excluded: what stood behind a minus, none of which may appear.
        asks_nothing: there is nothing to look for.
    """

    text: str
    phrases: tuple[str, ...]
    language: Language
    excluded: tuple[str, ...] = ()
    asks_nothing: bool = False

    @classmethod
    def of(cls, text: str) -> Question:
        """A question from what a user typed."""
        asked = QuerySyntax.of(text)
        return cls(asked.text, asked.phrases, query_language(asked.text), asked.excluded, asked.asks_nothing)


class TermRole(StrEnum):
    """What a group of terms counts as."""

    NUMBERS = "numbers"
    DATES = "dates"
    NAMES = "names"
    WORDS = "words"
    NONE = "none"
    """Nothing: what a name in characters may be called in letters, where nobody is called so."""
    GLOSSES = "glosses"


@dataclass(frozen=True, slots=True, eq=False)
class QuestionTerms:
    """The terms of a question. Each group counts once, by the best of its terms that a passage has.

    `numbers`, `dates` and `names` mean the same in every language, so a match counts the same. `words` are bound to one
    language: they order its passages, but never lift it over the other. `glosses` are what passages of a language may
    have for common words of a question in the other.

    Attributes:
        groups: what the text mentions.
        roles: `(groups,)`, of each; there may be glosses behind the groups.
        sure: `(groups,)`, numbers, dates, romanised names and places called so: a passage without them may speak of
            something else. Spans of time in characters aren't: 哪一年 asks for no number.
        found: by language, what its index has of the groups, and of glosses behind them.
        shares: `(groups,)`, how much of each some passage has, in any language: 1 where one has it whole.
        focus: the share of the text's letters and digits, 0 to 1, that is in numbers, dates and names.
    """

    groups: tuple[TermGroup, ...]
    roles: tuple[TermRole, ...]
    sure: tuple[bool, ...]
    found: Mapping[Language, FoundTerms]
    shares: NDArray[np.float64]
    focus: float

    @classmethod
    def of(
        cls, text: str, asked_in: Language, indexes: Mapping[Language, LexicalIndex], glossary: Glossary
    ) -> QuestionTerms:
        """The terms of a text in a language, sorted by what the indexes of the languages have of them."""
        groups = tuple(query_terms(text))
        alternatives = [_with_characters(group) for group in groups]
        glosses = {
            language: [group.alternatives for group in glossary.translations(text, language)]
            for language in indexes
            if language != asked_in
        }
        found = {
            language: index.look_up([*alternatives, *glosses.get(language, ())]) for language, index in indexes.items()
        }
        roles = tuple(map(_role, groups, alternatives, _attested_everywhere(len(groups), found.values())))
        telling = [
            group.surface
            for group, role in zip(groups, roles, strict=True)
            if role not in {TermRole.WORDS, TermRole.NONE}
        ]
        sure = tuple(_is_sure(group, terms, text) for group, terms in zip(groups, alternatives, strict=True))
        shares = np.max([terms.shares()[: len(groups)] for terms in found.values()], axis=0)
        return cls(groups, roles, sure, found, shares, _share(text, telling))


@dataclass(frozen=True, slots=True, eq=False)
class EncodedQuestion:
    """A question as the encoder and the terms see it.

    Attributes:
        embedding: `(d,)`, the encoder's own.
        tokens: `(m, d)`, centred and unit; None where late interaction is off.
        second: the second encoder's embedding; None where there is no second opinion.
    """

    question: Question
    embedding: NDArray[np.float32]
    tokens: NDArray[np.float32] | None
    second: NDArray[np.float32] | None
    terms: QuestionTerms


def _with_characters(group: TermGroup) -> Group:
    """A name in characters may be found in passages of either script: by how it sounds, and as it is written."""
    if group.kind is not TermKind.NAME:
        return group.alternatives
    pairs = [run[at : at + 2] for run in _HAN_RUN.findall(group.surface) for at in range(len(run) - 1)]
    share = 1.0 if len(pairs) == 1 else _PART_OF_NAME
    return (*group.alternatives, *((pair, share) for pair in pairs))


def _role(group: TermGroup, terms: Group, is_everywhere: bool) -> TermRole:
    """What a group counts as."""
    if group.kind is TermKind.NUMBER:
        return TermRole.NUMBERS
    if group.kind is TermKind.DATE:
        return TermRole.DATES
    if is_everywhere or _is_romanised(terms):
        return TermRole.NAMES
    return TermRole.WORDS if group.kind is TermKind.WORD else TermRole.NONE


def _is_sure(group: TermGroup, terms: Group, text: str) -> bool:
    """Whether a passage that answers should have the group."""
    if group.kind is TermKind.NAME:
        return _is_romanised(terms) or _is_place(group.surface, text)
    if group.kind is TermKind.NUMBER:
        return _TIME_SPAN.fullmatch(group.surface) is None
    return group.kind is TermKind.DATE


def _is_place(surface: str, text: str) -> bool:
    """Whether it is called as places are: 武清区, not 园区, nor the beginning of 算力市场."""
    return bool(_PLACE.search(surface)) and not _NO_PLACE.search(surface) and f"{surface}场" not in text


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


def _attested_everywhere(count: int, found: Collection[FoundTerms]) -> list[bool]:
    """Whether each of the first groups has a term that tells something in every language."""
    return [all(max(terms.weights[number], default=0.0) > 0 for terms in found) for number in range(count)]
