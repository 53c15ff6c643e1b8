"""Names by their pinyin: how `Liu Songlin` meets 刘松林.

Two prefixes keep the scripts apart. `p_` is what Han characters may be read as, and only passages in characters carry
it; `l_` is what Latin letters spell, and only passages in letters carry that. So a romanised name in a query asks for
both, while characters in a query ask for `l_` alone: among Chinese passages, homophones would match that bigrams of the
characters tell apart.

A passage in characters carries the reading of every two to four of them, since where a name begins is not written. Of a
query in characters all these are asked for, but in blocks that each count once: a name's parts are no second name. A
block is a frequent surname with the two characters after it, or what ends in 省, 市, 区 and the like, or else two
characters; an n-gram belongs to the block where it begins, so that none is lost where a block is cut badly. Most match
nothing, as passages in letters only hold names.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.terms.names import pinyin
from indexer.terms.names.pinyin_homographs import MONOSYLLABLES, POLYSYLLABLES
from indexer.terms.term_groups import Mention, TermKind, heaviest
from indexer.text.language_identification import HAN
from indexer.text.normalization import Writing, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN_RUN = re.compile(f"[{HAN}]+")
LATIN_WORD = re.compile(
    r"(?<![^\W_])[A-Za-z\u00c0-\u024f]+(?:['’‘`-][A-Za-z\u00c0-\u024f]+)*(?![^\W_HAN])".replace("HAN", HAN)
)
_READINGS_LIMIT = 6
_WORDS_LIMIT = 3
_GIVEN_NAME = 2
_PERSON = 3
_COMPOUND = 2
PART_SHARE = 0.5
REVERSED_SHARE = 0.9
_PLACE_ENDS = frozenset("省市区县镇乡村路街江河湖山港湾岛州旗寺站桥庄屯")


@dataclass(frozen=True, slots=True)
class LatinWord:
    """A word that may be pinyin.

    Attributes:
        start: where it begins.
        end: one past its last character.
        letters: lower case, without hyphen, apostrophe and tones.
        syllables: how many it parses into.
        capital: whether it is written as a name.
        sure: whether it is no English word.
    """

    start: int
    end: int
    letters: str
    syllables: int
    capital: bool
    sure: bool


def passage_names(text: Writing) -> set[str]:
    """The name terms of a passage."""
    terms = {f"p_{reading}" for run in HAN_RUN.findall(text.folded) for reading in _all_readings(run)}
    for run in _runs(_latin_words(text.shown), text.shown):
        for words in _windows(run):
            terms.update(f"l_{name}" for name in _orders(words))
    return terms


def latin_names(text: Writing) -> Iterator[Mention]:
    """The romanised names of a query. One in lower case throughout is read as if every word had its capital."""
    words = _latin_words(text.shown)
    anycase = not any(word.capital for word in words)
    for run in _runs(words, text.shown, anycase=anycase):
        for piece in _pieces(run):
            alternatives = _latin_alternatives(piece)
            if alternatives:
                yield Mention(piece[0].start, piece[-1].end, TermKind.NAME, heaviest(alternatives))


def han_names(text: str, start: int) -> Iterator[Mention]:
    """Names in letters that a run of Han characters in a query, beginning at `start`, may have, a mention a block."""
    options = pinyin.readings(text)
    for begin, end in _blocks(text):
        alternatives = [
            (f"l_{name}", _share(text, begin, end, at, size))
            for at in range(begin, end)
            for size, names in enumerate(_readings_from(text, options, at), start=2)
            for name in names
        ]
        if alternatives:
            yield Mention(start + begin, start + end, TermKind.NAME, heaviest(alternatives), covers=False)


def whole_readings(name: str) -> list[str]:
    """The spellings in letters of a whole name of two to four Han characters."""
    options = pinyin.readings(name)
    return list(_readings_from(name, options, 0))[-1] if len(name) > 1 else []


def _share(text: str, begin: int, end: int, at: int, size: int) -> float:
    """An n-gram's share in its block.

    A place is written without its kind in English (*Wuqing* District); a name of two characters may be in a block of
    three, and a given name alone is the looser.
    """
    if at == begin and (at + size == end or (at + size == end - 1 and text[end - 1] in _PLACE_ENDS)):
        return 1.0
    if at == begin:
        return 0.8
    return 0.7 if size > _GIVEN_NAME else PART_SHARE


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(text):
        end = min(begin + _block_size(text, begin), len(text))
        yield begin, end
        begin = end


def _block_size(text: str, begin: int) -> int:
    for size in (_PERSON, _PERSON + 1):
        if text[begin + size - 1 : begin + size] in _PLACE_ENDS and begin + size <= len(text):
            return size
    if text[begin : begin + 2] in pinyin.COMPOUND_SURNAMES:
        return 2 + _GIVEN_NAME
    return 1 + _GIVEN_NAME if text[begin] in pinyin.SURNAMES else 2


def _all_readings(run: str) -> Iterator[str]:
    options = pinyin.readings(run)
    for at in range(len(run) - 1):
        for names in _readings_from(run, options, at):
            yield from names


def _readings_from(run: str, options: list[tuple[str, ...]], at: int) -> Iterator[list[str]]:
    """The likeliest joined readings of the two, then three, then four characters from one place on."""
    names = list(dict.fromkeys(pinyin.surname_readings(run[at]) + options[at]))
    compound = pinyin.COMPOUND_SURNAMES.get(run[at : at + 2])
    for size, following in enumerate(options[at + 1 : at + pinyin.LONGEST_NAME], start=2):
        names = [name + reading for name in names for reading in following][:_READINGS_LIMIT]
        if compound and size == _COMPOUND:
            names = list(dict.fromkeys([compound, *names]))
        yield names


def _latin_words(text: str) -> list[LatinWord]:
    return [word for match in LATIN_WORD.finditer(text) for word in _parsed(match)]


def _parsed(match: re.Match[str]) -> Iterator[LatinWord]:
    """The pinyin in one written word: `Xiang-jie` is one, `Beijing-Tianjin` two, `Xi'an's` is xian."""
    if match.group().isalpha():
        yield from _latin_word(match.start(), match.end(), match.group())
        return
    whole = re.sub("['’‘`]s$", "", match.group())
    parts = list(re.finditer("[^-]+", whole))
    letters = [_letters(part.group()) for part in parts]
    if len(parts) == 1 or all(pinyin.syllables(part) == 1 for part in letters):
        yield from _latin_word(match.start(), match.start() + len(whole), whole)
        return
    for part in parts:
        yield from _latin_word(match.start() + part.start(), match.start() + part.end(), part.group())


def _latin_word(start: int, end: int, written: str) -> Iterator[LatinWord]:
    letters = _letters(written)
    count = pinyin.syllables(letters)
    # An apostrophe or a hyphen tells syllables apart: Xi'an has two, xian one, and min'er is no miner.
    divided = not written.isalpha()
    if divided and count:
        count = max(count, sum(pinyin.syllables(_letters(part)) for part in re.split("['’‘`-]", written)))
    if count:
        sure = divided or (letters not in POLYSYLLABLES and letters not in MONOSYLLABLES)
        yield LatinWord(start, end, letters, count, written[0].isupper(), sure)


def _letters(written: str) -> str:
    lower = without_marks(written).lower()
    return lower if lower.isalpha() else re.sub("[^a-z]", "", lower)


def _runs(words: list[LatinWord], text: str, *, anycase: bool = False) -> Iterator[list[LatinWord]]:
    """Words that stand side by side as one name may: all with a capital, or one long word without."""
    run: list[LatinWord] = []
    for word in words:
        joins = word.capital or anycase
        if run and not (joins and (run[-1].capital or anycase) and text[run[-1].end : word.start] == " "):
            yield run
            run = []
        if joins or (word.syllables > 1 and word.sure):
            run.append(word)
    if run:
        yield run


def _windows(run: list[LatinWord]) -> Iterator[list[LatinWord]]:
    """The words of a run that may be one name."""
    for first in range(len(run)):
        for last in range(first + 1, min(first + _WORDS_LIMIT, len(run)) + 1):
            words = run[first:last]
            if sum(word.syllables for word in words) <= pinyin.LONGEST_NAME and _may_be_name(words):
                yield words


def _may_be_name(words: list[LatinWord]) -> bool:
    if len(words) == 1:
        return words[0].syllables > 1 and words[0].sure
    return any(word.sure for word in words) or (
        all(word.capital for word in words) and pinyin.is_surname(words[0].letters)
    )


def _orders(words: list[LatinWord]) -> list[str]:
    """The name as it stands, and with its last word, then its first, at the other end."""
    letters = [word.letters for word in words]
    turned = ["".join([letters[-1], *letters[:-1]]), "".join([*letters[1:], letters[0]])]
    return list(dict.fromkeys(["".join(letters), *turned]))


def _pieces(run: list[LatinWord]) -> Iterator[list[LatinWord]]:
    """A run as single names: a surname with what follows it, a given name with the surname after it, else a word."""
    at = 0
    while at < len(run):
        size = _piece_size(run[at : at + _WORDS_LIMIT + 2])
        yield run[at : at + size]
        at += size


def _piece_size(ahead: list[LatinWord]) -> int:
    single = len(list(itertools.takewhile(lambda word: word.syllables == 1, ahead)))
    if single:
        # Li Qiang Wang Yi are two names, Zhu Rong Ji is one.
        return min(len(ahead), _WORDS_LIMIT if single >= _WORDS_LIMIT and single != 2 * _COMPOUND else 2)
    second = ahead[1] if len(ahead) > 1 else None
    # A rare family name is one where it is no English word: Xianjun Rao.
    surname_last = second and second.syllables == 1 and (second.sure or pinyin.is_surname(second.letters))
    return 2 if surname_last and (len(ahead) == _GIVEN_NAME or ahead[2].syllables == 1) else 1


def _latin_alternatives(piece: list[LatinWord]) -> list[tuple[str, float]]:
    alternatives: list[tuple[str, float]] = []
    for words in _windows(piece):
        rest = [word for word in piece if word not in words]
        share = 1.0 if not any(word.sure for word in rest) else PART_SHARE
        for place, name in enumerate(_orders(words)):
            worth = share * (1.0 if place == 0 else REVERSED_SHARE)
            alternatives += [(f"p_{name}", worth), (f"l_{name}", worth)]
    return alternatives
