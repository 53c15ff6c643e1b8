"""Names in a query, told from words by the dictionary.

A name is what the dictionary has only as one (姚明), or what it doesn't have at all: characters that are left between
its words (饶贤君), a run of characters that is none of its words, a word in letters that it never uses (Townshend).
Everything else is a word, which a passage may say otherwise.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.dictionary.entries import LONGEST_WORD, longest_words, parts_of
from indexer.terms import (
    SURNAMES,
    TOGETHER,
    TermGroup,
    TermKind,
    char_pairs,
    heaviest,
    name_readings,
    rest_of_query,
    word_terms_of,
)
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.dictionary.entries import Dictionary
    from indexer.terms import Writing

    Alternatives = list[tuple[str, float]]

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(r"(?<![^\W_HAN])[^\W\d_HAN]{2,40}(?![^\W_HAN])".replace("HAN", HAN))
_NO_NAME = frozenset(
    "的了是在和与及等也都而且或其被把对从向于以为之将就又还着过得则即并但因所这那此该某每些个有没不会能可"
    "我你您他她它们说去来让叫给用做看想要很太更最再只才吗呢吧啊几谁"
)
"""Characters that a name between words doesn't have. By itself it may: 方济各."""
_ALSO_WORDS = frozenset("高方金白黄万时向于成应常温平安石车古农华江水路和都过全鲜干项")
"""Family names that stand as words before other words: 高收入."""
_LONGEST_NAME = 8
_LONGEST_ALONE = 4
_GIVEN_NAME = 2
_BLOT = "\uffff"
_PART = 0.5
"""What a pair of a longer name's characters counts."""
_OTHER_NAME = 0.9
"""What another name for the same counts."""
_MOST_OTHERS = 8
_MOST_NAMES = 12
"""Of a query, in characters and in letters: each is looked up in some hundred spellings."""
_LONGEST_LATIN = 4
_SHORTEST_LATIN = 3


class _Piece(NamedTuple):
    start: int
    end: int
    is_word: bool
    is_name: bool


def find_names(text: str, dictionary: Dictionary) -> list[TermGroup]:
    """The names of a query, each with the places where it stands in the query's `Writing`."""
    rest = rest_of_query(text)
    return [*islice(_in_characters(rest, dictionary), _MOST_NAMES), *islice(_in_letters(rest, dictionary), _MOST_NAMES)]


def _in_characters(text: Writing, dictionary: Dictionary) -> Iterator[TermGroup]:
    runs = list(_HAN_RUN.finditer(text.folded))
    parts = [part for run in runs for part in parts_of(run.group(), LONGEST_WORD)]
    words = dictionary.words(parts)
    is_alone = len(runs) == 1 and not _LATIN_WORD.search(text.folded)
    places = [
        (run.start() + start, run.start() + end)
        for run in runs
        for start, end in _names_of_run(
            run.group(), list(_pieces(run.group(), words)), is_alone=is_alone and _begins(text.folded, run.start())
        )
    ]
    english = dictionary.names(text.folded[start:end] for start, end in places)
    aliases = dictionary.names(name for others in english.values() for name, _ in others)
    for start, end in places:
        name = text.folded[start:end]
        alternatives = [*_written(name), *name_readings(name)]
        for other, share in english[name][:_MOST_OTHERS]:
            alternatives.append((other, _OTHER_NAME * share))
            alternatives += [
                (TOGETHER.join(char_pairs(alias)), _OTHER_NAME * share * again)
                for alias, again in aliases[other][:_MOST_OTHERS]
                if alias != name
            ]
        yield _group(text, start, end, alternatives)


def _in_letters(text: Writing, dictionary: Dictionary) -> Iterator[TermGroup]:
    """The dictionary's names in letters, the longest first, and words that it doesn't have."""
    words = list(_LATIN_WORD.finditer(text.folded))
    terms = [word_terms_of(word.group()) for word in words]
    keys = {
        (first, last): TOGETHER.join(term for of_word in terms[first:last] for term in of_word)
        for first in range(len(words))
        for last in range(first + 1, min(first + _LONGEST_LATIN, len(words)) + 1)
    }
    chinese = dictionary.names(keys.values())
    entries = dictionary.words(term for of_word in terms for term in of_word)
    is_typed_small = not any(map(str.isupper, text.shown))
    first = 0
    while first < len(words):
        sizes = range(min(_LONGEST_LATIN, len(words) - first), 0, -1)
        last = next(
            (first + size for size in sizes if chinese.get(keys[first, first + size]) and terms[first + size - 1]),
            first + 1,
        )
        if not terms[first]:
            first += 1
            continue
        key = keys[first, last]
        is_unknown = any(term not in entries for of_word in terms[first:last] for term in of_word)
        is_capital = text.shown[words[first].start()].isupper()
        is_inside = first > 0 or len(words) == last
        if len(key) >= _SHORTEST_LATIN and (
            (is_unknown and (is_capital or is_typed_small))
            or (key in chinese and (last > first + 1 or (is_capital and is_inside)))
        ):
            others = [
                (TOGETHER.join(char_pairs(name)), _OTHER_NAME * share) for name, share in chinese[key][:_MOST_OTHERS]
            ]
            yield _group(text, words[first].start(), words[last - 1].end(), [(key, 1.0), *others])
        first = last


def _begins(text: str, start: int) -> bool:
    """Tell a place before which nothing was blotted out: 项 in 18项工程 is no name's."""
    return start == 0 or text[start - 1] != _BLOT


def _group(text: Writing, start: int, end: int, alternatives: Alternatives) -> TermGroup:
    return TermGroup(
        text.shown[start:end], text.folded[start:end], TermKind.NAME, heaviest(alternatives), ((start, end),)
    )


def _written(name: str) -> Alternatives:
    """A name as it is written: all its pairs of characters, or one of them."""
    pairs = char_pairs(name)
    return [(TOGETHER.join(pairs), 1.0), *((pair, _PART) for pair in pairs if len(pairs) > 1)]


def _names_of_run(run: str, pieces: Sequence[_Piece], *, is_alone: bool) -> Iterator[tuple[int, int]]:
    """The places of the names in a run of characters; `is_alone` where the query is nothing else."""
    if is_alone and len(run) <= _LONGEST_ALONE and any(not piece.is_word for piece in pieces):
        yield 0, len(run)
        return
    if len(pieces) > 1 and _is_family_name(run[0]) and [piece.end for piece in pieces[:2]] == [1, 1 + _GIVEN_NAME]:
        yield 0, 1 + _GIVEN_NAME
        pieces = pieces[2:]
    for is_word, group in groupby(pieces, key=lambda piece: piece.is_word):
        beside = list(group)
        start, end = beside[0].start, beside[-1].end
        if is_word:
            yield from ((piece.start, piece.end) for piece in beside if piece.is_name)
        elif _may_be_name(run[start:end]):
            yield start, end


def _may_be_name(left: str) -> bool:
    """Tell characters between words that are a name. Two of them may be a word that is new: 营商."""
    if not 1 < len(left) <= _LONGEST_NAME or not _NO_NAME.isdisjoint(left):
        return False
    return len(left) > _GIVEN_NAME or _is_family_name(left[0])


def _is_family_name(char: str) -> bool:
    return char in SURNAMES and char not in _ALSO_WORDS


def _pieces(run: str, known: dict[str, bool]) -> Iterator[_Piece]:
    """A run as the longest words, from the left, and the characters between them."""
    for start, end in longest_words(run, known, LONGEST_WORD):
        is_word = end - start > 1
        yield _Piece(start, end, is_word, is_word and known[run[start:end]])
