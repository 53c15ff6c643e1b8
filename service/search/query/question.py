"""A query's text: what must appear, what it mentions, and which of that both languages can match."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from indexer import (
    TermGroup,
    TermKind,
    char_pairs,
    covered_share,
    heaviest,
    meant_terms,
    query_language,
    query_terms,
    simplified,
    syllable_count,
    writing,
)
from service.search.query.syntax import QuerySyntax

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
_MAY_BE_SLIPS = frozenset([TermKind.NAME, TermKind.WORD])
_MOST_SLIPS = 4
"""Words of a query that are taken for slips: each may be any of some hundred others."""
_HALF_OF_QUERY, _MOST_OF_QUERY = 0.5, 0.75
_NOTHING_ELSE = 0.95
_WHOLE = 0.7
"""The share from which on terms are all of a group."""
_LEAST_SYLLABLES = 3
"""Of a name that hardly two people share; shorter ones are read out of many a text."""
_PART_OF_NAME = 0.8
"""What one of several pairs of characters counts for a name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query's text, taken apart.

    Attributes:
        text: what is encoded, and looked at for terms: without quotes and what is left out, in simplified characters of
            normal width.
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
        asked = QuerySyntax.of(simplified(text))
        return cls(asked.text, asked.phrases, query_language(asked.text), asked.excluded, asked.asks_nothing)


class TermRole(StrEnum):
    """The signal that a group of terms counts for."""

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
        glosses: by language, words of the text as its passages may have them.
        roles: `(groups,)`, of each; glosses have their own.
        sure: `(groups,)`, numbers, dates, codes, romanised names and places called so: a passage without them may speak
            of something else. Spans of time in characters aren't: 哪一年 asks for no number.
        found: by language, what its index has of the groups, and of glosses behind them.
        shares: `(groups,)`, how much of each some passage has, in any language: 1 where one has it whole.
        focus: the share of the text's letters and digits, 0 to 1, that is in numbers, dates and names.
    """

    groups: tuple[TermGroup, ...]
    glosses: Mapping[Language, Sequence[TermGroup]]
    roles: tuple[TermRole, ...]
    sure: tuple[bool, ...]
    found: Mapping[Language, FoundTerms]
    shares: NDArray[np.float64]
    focus: float

    @property
    def telling_names(self) -> NDArray[np.int64]:
        """The names in letters that tell who is meant by themselves `(n,)`, where the query is nothing but names."""
        if self.focus < _NOTHING_ELSE:
            return np.empty(0, np.int64)
        return np.flatnonzero([_is_telling_name(group) for group in self.groups])

    def asked_of(self, language: Language) -> list[tuple[TermGroup, TermRole]]:
        """The groups that passages of a language are asked for, as `found` has them, each with its role."""
        glosses = [(gloss, TermRole.GLOSSES) for gloss in self.glosses.get(language, ())]
        return [*zip(self.groups, self.roles, strict=True), *glosses]

    @classmethod
    def of(
        cls, text: str, asked_in: Language, indexes: Mapping[Language, LexicalIndex], glossary: Glossary
    ) -> QuestionTerms:
        """The terms of a text in a language, sorted by what the indexes of the languages have of them."""
        groups = list(map(_with_characters, query_terms(text)))
        names = _literal_names(text, groups, indexes, glossary)
        plain = writing(text).folded
        groups = _with_names(groups, names, plain)
        glosses = {language: glossary.translations(text, language) for language in indexes if language != asked_in}
        found = _look_up(groups, glosses, indexes)
        shares = _shares(groups, found)
        meant = _with_meant(groups, shares, glossary)
        if meant != groups:
            groups, found = meant, _look_up(meant, glosses, indexes)
            shares = _shares(groups, found)
        languages = _languages(len(groups), found.values())
        roles = tuple(
            _role(group, attested, is_named=having == 1 and any(_overlap(group, name) for name in names))
            for group, attested, having in zip(groups, _attested(len(groups), found.values()), languages, strict=True)
        )
        sure = tuple(_is_sure(group, plain) for group in groups)
        telling = [
            group for group, role in zip(groups, roles, strict=True) if role not in {TermRole.WORDS, TermRole.NONE}
        ]
        return cls(tuple(groups), glosses, roles, sure, found, shares, covered_share(text, telling))


def _look_up(
    groups: Sequence[TermGroup],
    glosses: Mapping[Language, Sequence[TermGroup]],
    indexes: Mapping[Language, LexicalIndex],
) -> dict[Language, FoundTerms]:
    return {
        language: index.look_up([group.alternatives for group in (*groups, *glosses.get(language, ()))])
        for language, index in indexes.items()
    }


def _shares(groups: Sequence[TermGroup], found: Mapping[Language, FoundTerms]) -> NDArray[np.float64]:
    """The share of each group that some passage has `(groups,)`."""
    shares: NDArray[np.float64] = np.max([terms.shares[: len(groups)] for terms in found.values()], axis=0)
    return shares


def _with_characters(group: TermGroup) -> TermGroup:
    """A name in characters may be found in passages of either script: by how it sounds, and as it is written."""
    if group.kind is not TermKind.NAME:
        return group
    pairs = [pair for run in _HAN_RUN.findall(group.folded) for pair in char_pairs(run)]
    share = 1.0 if len(pairs) == 1 else _PART_OF_NAME
    return replace(group, alternatives=(*group.alternatives, *((pair, share) for pair in pairs)))


def _with_names(groups: list[TermGroup], names: Sequence[TermGroup], text: str) -> list[TermGroup]:
    """The groups, with names in place of what was cut without knowing them.

    What was cut alike, and all names in letters, are kept as one group. A place keeps its kind: 武清区 isn't only 武清.
    """
    for name in names:
        beside = [group for group in groups if group.kind is TermKind.NAME and _overlap(group, name)]
        if any(_is_place(group, text) and len(group.folded) > len(name.folded) for group in beside):
            continue
        if len([group for group in beside if _is_romanised(group.alternatives)]) > 1:
            continue  # Beijing and Tianjin are two, though the dictionary has one word for them
        same = [group for group in beside if group.places == name.places or _is_romanised(group.alternatives)]
        groups = [group for group in groups if group not in beside]
        groups.append(_joined([name, *same]))
    return groups


def _joined(names: Sequence[TermGroup]) -> TermGroup:
    """Names of the same as one group."""
    longest = max(names, key=lambda name: len(name.folded))
    return replace(
        longest,
        alternatives=heaviest([pair for name in names for pair in name.alternatives]),
        places=tuple({place for name in names for place in name.places}),
    )


def _overlap(one: TermGroup, other: TermGroup) -> bool:
    return any(start < end and first < last for start, last in one.places for first, end in other.places)


def _with_meant(groups: Sequence[TermGroup], shares: NDArray[np.float64], glossary: Glossary) -> list[TermGroup]:
    """The groups; a word that neither an index nor the dictionary has with what may have been meant by it."""
    missing = [number for number in np.flatnonzero(shares == 0).tolist() if groups[number].kind in _MAY_BE_SLIPS]
    unknown = glossary.unknown(groups[number].folded for number in missing)
    meant = list(groups)
    for number in [number for number in missing if groups[number].folded in unknown][:_MOST_SLIPS]:
        group = groups[number]
        meant[number] = replace(group, alternatives=(*group.alternatives, *meant_terms(group.folded)))
    return meant


def _role(group: TermGroup, attested: Collection[bool], *, is_named: bool) -> TermRole:
    """The role of a group.

    Args:
        group: the group.
        attested: of each language, whether its index has a term of it that tells something.
        is_named: whether it is a name that only one language has. Else it has to tell something in both.
    """
    if group.kind in {TermKind.NUMBER, TermKind.CODE}:
        return TermRole.NUMBERS
    if group.kind is TermKind.DATE:
        return TermRole.DATES
    if group.kind is TermKind.NAME and is_named and any(attested):
        return TermRole.NAMES
    if all(attested) or (group.kind is TermKind.NAME and _is_romanised(group.alternatives)):
        return TermRole.NAMES
    return TermRole.WORDS if group.kind is TermKind.WORD else TermRole.NONE


def _is_sure(group: TermGroup, text: str) -> bool:
    """Tell a group that a passage which answers should have."""
    if group.kind is TermKind.NAME:
        return _is_romanised(group.alternatives) or _is_place(group, text)
    if group.kind is TermKind.NUMBER:
        return _TIME_SPAN.fullmatch(group.folded) is None
    return group.kind in {TermKind.DATE, TermKind.CODE}


def _is_place(group: TermGroup, text: str) -> bool:
    """Tell what is called as places are: 武清区, not 园区, nor what only begins a word, such as 算力市场.

    Args:
        group: the name.
        text: the folded query.
    """
    if not _PLACE.search(group.folded) or _NO_PLACE.search(group.folded):
        return False
    return any(text[start:end] == group.folded and text[end : end + 1] != "场" for start, end in group.places)


def _is_romanised(terms: Group) -> bool:
    """Tell terms by which Han characters are looked for by how they sound: a name in Latin letters."""
    return any(term.startswith("p_") for term, _ in terms)


def _is_telling_name(group: TermGroup) -> bool:
    """Tell a name in letters that has enough syllables to be nobody else's."""
    readings = [term.removeprefix("p_") for term, _ in group.alternatives if term.startswith("p_")]
    return bool(readings) and max(map(syllable_count, readings)) >= _LEAST_SYLLABLES


def _attested(count: int, found: Collection[FoundTerms]) -> list[list[bool]]:
    """For each of the first groups, whether each language has a term of it that tells something."""
    return [[max(terms.weights[number], default=0.0) > 0 for terms in found] for number in range(count)]


def _languages(count: int, found: Collection[FoundTerms]) -> list[int]:
    """For each of the first groups, how many languages have it, or most of it. A name that is common is had, too."""
    having: NDArray[np.int64] = np.sum([terms.shares[:count] >= _WHOLE for terms in found], axis=0)
    return [int(languages) for languages in having]


def _literal_names(
    text: str, groups: Sequence[TermGroup], indexes: Mapping[Language, LexicalIndex], glossary: Glossary
) -> list[TermGroup]:
    """The names that some passage has as they are written.

    In letters, where names and the like are most of the query, since passages in characters write a name otherwise, and
    are asked the rest of the question as well; in characters, where just one language has it, or where they are half.
    """
    names = glossary.names(text)
    languages = _languages(len(names), _look_up(names, {}, indexes).values())
    literal = [(name, having) for name, having in zip(names, languages, strict=True) if having]
    stated = [group for group in groups if group.kind in {TermKind.NUMBER, TermKind.DATE, TermKind.CODE}]
    share = covered_share(text, [*(name for name, _ in literal), *stated])
    return [
        name
        for name, having in literal
        if share >= (_MOST_OF_QUERY if name.folded.isascii() else _HALF_OF_QUERY if having > 1 else 0)
    ]
