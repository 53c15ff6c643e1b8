"""Near-duplicate passages within one language: one agency's story, as seven newspapers print it.

A reprint changes the byline, the quotation marks and the width of letters, is written in traditional characters,
leaves out a clause or adds one. It doesn't put one thing in place of another: a weather report or a stock exchange's
close that differs from another in a number, a date or a name is another report, however alike the rest. To show a text
twice is a nuisance, to hide one is a loss, so that a doubt keeps two texts apart.

Candidates come from MinHash signatures (Broder 1997) in bands of locality-sensitive hashing (Indyk and Motwani 1998);
each is then verified on the texts themselves. A group is of the texts that are near-duplicates of its longest one, so
that no chain of small changes joins two unlike texts, and doesn't depend on the order of the texts.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.terms import folded
from indexer.terms.quantities.dates import find_dates, masked
from indexer.terms.quantities.numbers import find_numbers
from indexer.text.language_identification import HAN
from indexer.text.normalization import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]
    Rows = NDArray[np.int64]

ALIKE = 0.75
"""The least Jaccard similarity of two texts' shingles. Reprints have .8 and more, texts with half in common .6."""
SHORTEST = 16
"""Tokens (words, Chinese characters) of the shortest text that is compared by shingles; shorter ones must be equal."""

_BANDS, _BAND = 25, 5
"""Texts of a similarity s meet with 1 - (1 - s⁵)²⁵: .999 at .75, .06 at .3."""
_SEED = 1
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FULLEST, _MOST = 32, 8
"""How many texts a bucket holds, and how many of a text's candidates are verified: ten thousand alike stay linear."""

_TOKEN = re.compile(
    rf"[{HAN}]|-?\d+(?:[.,:/-]\d+)*|[%‰°$€£¥+↑↓▲▼]|[^\W\d_{HAN}]+(?:'[a-z]+)?",
)
# Characters of Taiwan and Hong Kong that the conversion leaves alone, since they are simplified ones too.
_VARIANTS = str.maketrans("著衞敍像’−", "着卫叙象'-")
_AGENCY = "(?:xinhua|reuters|ap|afp|bloomberg|cns|upi|tass|dpa|kyodo)"
_BYLINES = re.compile(
    rf"""
    ^\s*(?:
      (?:[{HAN}]{{0,8}}[社网报台])(?:记者)?[{HAN}]{{0,8}}\d{{1,2}}月\d{{1,2}}日\s?[电讯](?:\s*题:)?
      | 本[报网台](?:[{HAN}]{{0,4}}\d{{1,2}}月\d{{1,2}}日)?\s?[讯电]
      | (?:[{HAN}]{{0,6}}[社网报台])?记者\s?[{HAN}]{{2,4}}(?:[\s、][{HAN}]{{2,4}}){{0,3}}\n
      | by\s[^\n.!?]{{3,60}}\n
      | [a-z][a-z ,.'/-]{{1,40}}(?:\s\d{{1,2}})?\s?\({_AGENCY}\)\s?[-–—]+
      | [a-z][a-z ,.'/-]{{1,40}}\s\d{{1,2}}\s[-–—]+
    )
    | \((?:(?:[{HAN}]{{0,6}}[社网报台])?(?:见习|实习)?(?:记者|通讯员|作者|编译|编辑|责编|来源)[^)\n]{{0,40}}|完)\)
    | (?:责任编辑|编辑|责编|来源|作者|记者):[^。\n]{{1,20}}$
    | \b(?:reporting|writing|editing)\sby\s[^.\n]{{3,120}}\.?\s*$
    | (?:\({_AGENCY}\)|\benditem)\s*$
    """,
    re.VERBOSE,
)
_NEGATION = re.compile("[不没未无非否]|not?|never|neither|nor|without|cannot|[a-z]+n't")
_NEGATION_TOKENS = 3
"""What is left out beside a negation, in the shortest clause: whatever is longer is left out for itself."""
_FILLER = re.compile("表示|指出|介绍|透露|强调|已经|[的地得之了是为在于与和及并且而也已将则说称]")
_FILLERS = frozenset(
    """
    a an the of in on at to for by and as that which who it its this these has have had is are was were be been will
    would said says told added
    """.split()  # noqa: SIM905 - read as a text
)
_SPELLED_ALIKE = 0.8
_APART = 3
"""Tokens in common that make two changes of one."""


_OUTLINE = np.dtype([("key", "<u8", (2,)), ("body", "<u8"), ("length", "<i8"), ("bands", "<u8", (_BANDS,))])
OUTLINE_BYTES = _OUTLINE.itemsize
_NOWHERE = np.uint64(2**64 - 1)
_REMEMBERED = 4096
"""Texts that are kept in memory while candidates are verified."""


class _Body(NamedTuple):
    """A text as it is compared: folded, without bylines; and the hashes of its pairs of tokens, sorted, none twice."""

    text: str
    shingles: Hashes


def outline_of(text: str) -> bytes:
    """The outline remembered of a text to find those that may be alike: `OUTLINE_BYTES`, the same for the same text.

    A digest of its tokens, its length in them (0 where it must be equal to be alike), and its buckets: texts meet where
    a band of their signatures falls into one.
    """
    outline = np.zeros((), _OUTLINE)
    body = _without_bylines(writing(text).folded)
    tokens = _tokens(body)
    is_long = len(tokens) >= SHORTEST
    key = " ".join(tokens) if is_long else "\n" + folded(text)
    outline["key"] = np.frombuffer(_digest(key), "<u8")
    if is_long:
        outline["body"] = np.frombuffer(_digest(body), "<u8")[0]
        outline["length"] = len(key)
        outline["bands"] = _bands(_shingles(body))
    return outline.tobytes()


def near_duplicates(texts: Sequence[str], outlines: Iterable[bytes] | None = None) -> Rows:
    """For each text, the lowest row among its near-duplicates (its own where it has none).

    Args:
        texts: they may be read from disk: memory holds an outline of each, and only some of those that may be alike.
        outlines: of the texts, by `outline_of`, where they are known already.
    """
    read = map(outline_of, texts) if outlines is None else outlines
    rows = np.fromiter((np.frombuffer(outline, _OUTLINE)[0] for outline in read), _OUTLINE, len(texts))
    order = np.lexsort((rows["body"], *rows["key"].T))  # of texts with equal tokens, one stands for all
    begins = _begins(rows["key"][order])
    equal = np.empty(len(rows), np.int64)  # which distinct text each row has
    equal[order] = np.cumsum(begins) - 1
    lowest = np.minimum.reduceat(order, np.flatnonzero(begins)) if len(order) else order
    leaders = _leaders(rows[order[begins]], order[begins], texts)
    together = lowest.copy()
    np.minimum.at(together, leaders, lowest)
    groups: Rows = together[leaders][equal]
    return groups


def _begins(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """A mask `(n,)` of the places where a new key begins among sorted ones `(n, 2)`."""
    return np.concatenate([np.ones(min(len(keys), 1), np.bool_), (keys[1:] != keys[:-1]).any(axis=1)])


def _leaders(outlines: NDArray[np.void], rows: Rows, texts: Sequence[str]) -> Rows:
    """The leader of the group of each of some distinct texts: the text itself where it begins one.

    The longest come first, and begin groups.

    Args:
        outlines: of the distinct texts.
        rows: the row of each in `texts`.
        texts: all texts.
    """
    leaders = np.arange(len(outlines))
    places = np.lexsort((*outlines["key"].T, -outlines["length"]))
    places = places[outlines["length"][places] > 0]
    buckets = _Buckets(outlines["bands"][places])
    bodies = lru_cache(maxsize=_REMEMBERED)(lambda place: _body_of(texts[int(rows[places[place]])]))
    for place in buckets.meeting:
        met = buckets.met(place)
        leader = _leader(bodies(place), met, bodies)
        if leader is None:
            buckets.add(place)
        else:
            leaders[places[place]] = places[leader]
    return leaders


def _leader(body: _Body, meetings: Counter[int], bodies: Callable[[int], _Body]) -> int | None:
    """The most similar of those met that the text is a near-duplicate of."""
    met = sorted(meetings, key=lambda place: (-meetings[place], place))[:_FULLEST]
    similarities = {place: _jaccard(body.shingles, bodies(place).shingles) for place in met}
    alike = sorted((place for place in met if similarities[place] >= ALIKE), key=lambda place: -similarities[place])
    return next((place for place in alike[:_MOST] if _reprinted(body.text, bodies(place).text)), None)


def _body_of(text: str) -> _Body:
    body = _without_bylines(writing(text).folded)
    return _Body(body, _shingles(body))


class _Buckets:
    """The buckets in which texts with a band in common meet. A bucket holds the first few that were added to it."""

    def __init__(self, bands: NDArray[np.uint64]) -> None:
        """The buckets of texts by their bands `(n, 25)`, which are overwritten."""
        sizes = [np.empty(0, np.int64)]
        count = 0
        for column in bands.T:
            _, inverse, together = np.unique(column, return_inverse=True, return_counts=True)
            shared = np.flatnonzero(together > 1)
            numbers = np.full(len(together), _NOWHERE)
            numbers[shared] = np.arange(count, count + len(shared), dtype=np.uint64)
            column[:] = numbers[inverse]
            count += len(shared)
            sizes.append(np.minimum(together[shared], _FULLEST))
        self._bands = bands
        self._ends = np.cumsum(np.concatenate(sizes))
        self._begins = self._ends - np.concatenate(sizes)
        self._filled = self._begins.copy()
        self._members = np.empty(int(self._ends[-1]) if count else 0, np.int32)

    @property
    def meeting(self) -> list[int]:
        """The texts that meet any other."""
        return np.flatnonzero((self._bands != _NOWHERE).any(axis=1)).tolist()

    def met(self, place: int) -> Counter[int]:
        """Count how often a text meets each of those that were added."""
        numbers = self._of(place)
        parts = [self._members[self._begins[number] : self._filled[number]] for number in numbers]
        return Counter(np.concatenate(parts).tolist())

    def add(self, place: int) -> None:
        """Let a text be met in all its buckets that aren't full."""
        numbers = self._of(place)
        numbers = numbers[self._filled[numbers] < self._ends[numbers]]
        self._members[self._filled[numbers]] = place
        self._filled[numbers] += 1

    def _of(self, place: int) -> Rows:
        numbers = self._bands[place]
        shared: Rows = numbers[numbers != _NOWHERE].astype(np.int64)
        return shared


def _shingles(body: str) -> Hashes:
    tokens = _tokens(body)
    # With the figures in every shingle, reports that differ in them never meet.
    figures = zlib.crc32(" ".join(token.replace(",", "") for token in tokens if token[-1].isdecimal()).encode())
    hashes = {zlib.crc32(f"{one} {other}".encode(), figures) for one, other in pairwise(tokens)}
    return np.array(sorted(hashes), np.uint32)


def _bands(shingles: Hashes) -> NDArray[np.uint64]:
    """A hash of each band of a text's MinHash signature."""
    minhash = _empty_minhash().copy()
    minhash.update_batch(shingles)
    mixed = np.zeros(_BANDS, np.uint64)
    for column in minhash.hashvalues.astype(np.uint64).reshape(_BANDS, _BAND).T:
        mixed = (mixed + column) * _MIX
    return mixed


@cache
def _empty_minhash() -> Any:  # noqa: ANN401 - untyped library
    from datasketch import MinHash

    return MinHash(num_perm=_BANDS * _BAND, seed=_SEED, hashfunc=int, scheme="affine32")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _jaccard(one: Hashes, other: Hashes) -> float:
    """The texts' shingles in common by those in either."""
    common = np.intersect1d(one, other, assume_unique=True).size
    return float(common / (one.size + other.size - common))


def _reprinted(one: str, other: str) -> bool:
    """Tell whether two texts have the same amounts and dates, and nothing of one stands in for a thing of the other."""
    unchanged = all(_interchangeable(old, new) for old, new in _changes(_tokens(one), _tokens(other)))
    return unchanged and _amounts(one) == _amounts(other)


def _amounts(body: str) -> Counter[str]:
    dates = list(find_dates(body))
    numbers = find_numbers(masked(body, [(date.start, date.end) for date in dates if date.covers]))
    return Counter(mention.alternatives[0][0] for mention in (*dates, *numbers))


def _changes(one: list[str], other: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The stretches that differ; two that are close to each other, one in each text, are one thing put for another."""
    changed: list[tuple[int, int, int, int]] = []
    for operation, *places in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        start, end, other_start, other_end = places
        if operation == "equal":
            continue
        if changed and start - changed[-1][1] < _APART:
            start, _, other_start, _ = changed.pop()
        changed.append((start, end, other_start, other_end))
    for start, end, other_start, other_end in changed:
        yield one[start:end], other[other_start:other_end]


def _interchangeable(old: list[str], new: list[str]) -> bool:
    """Tell whether one of two stretches of tokens may stand for the other; either may be empty."""
    left_out = old or new
    if not old or not new:
        # 张伟 and 张伟民 are two names, where one character that says nothing by itself is no change.
        lone = len(left_out) == 1 and len(left_out[0]) == 1 and _content(left_out)
        return not lone and not _negates(left_out)
    if _content(old) == _content(new):
        return not _negates(old) and not _negates(new)
    return len(old) == len(new) and all(_spelled_alike(*pair) for pair in zip(old, new, strict=True))


def _negates(tokens: list[str]) -> bool:
    return len(tokens) <= _NEGATION_TOKENS and any(_NEGATION.fullmatch(token) for token in tokens)


def _content(tokens: Iterable[str]) -> str:
    return _FILLER.sub("", "".join(token for token in tokens if token not in _FILLERS))


def _spelled_alike(one: str, other: str) -> bool:
    """Tell whether two tokens are one word, as organise and organize are."""
    if one == other:
        return True
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _SPELLED_ALIKE


def _tokens(body: str) -> list[str]:
    return _TOKEN.findall(body.translate(_VARIANTS))


def _without_bylines(text: str) -> str:
    """The text without who wrote it for whom, at either end. Two go: an agency's, and a reporter's after it."""
    return _BYLINES.sub(" ", _BYLINES.sub(" ", text).strip())
