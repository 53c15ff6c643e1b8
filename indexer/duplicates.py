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

import re
import zlib
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language import HAN
from indexer.terms import folded
from indexer.terms.dates import find_dates, masked
from indexer.terms.folding import writing
from indexer.terms.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]

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


class _Text(NamedTuple):
    """A text as it is compared.

    Attributes:
        body: folded, without bylines.
        shingles: hashes of its pairs of tokens, sorted, none twice; another's with other figures has none in common.
        buckets: where it meets others that may be alike.
    """

    body: str
    shingles: Hashes
    buckets: list[int]


def near_duplicates(texts: Sequence[str]) -> NDArray[np.int64]:
    """For each text, the lowest row among its near-duplicates (its own where it has none)."""
    rows: dict[str, list[int]] = defaultdict(list)
    bodies: dict[str, str] = {}
    for row, text in enumerate(texts):
        body = _without_bylines(writing(text).folded)
        tokens = _tokens(body)
        key = " ".join(tokens) if len(tokens) >= SHORTEST else "\n" + folded(text)
        rows[key].append(row)
        if len(tokens) >= SHORTEST:
            # Of bodies with equal tokens any will do, but it must not be the first row's.
            bodies[key] = min(body, bodies.get(key, body))
    lowest = np.arange(len(texts), dtype=np.int64)
    leaders = _leaders(bodies)
    groups: dict[str, list[int]] = defaultdict(list)
    for key, found in rows.items():
        groups[leaders.get(key, key)] += found
    for members in groups.values():
        lowest[members] = min(members)
    return lowest


def _leaders(bodies: dict[str, str]) -> dict[str, str]:
    """The key of each body's group: its own where it begins one. The longest come first, and begin groups."""
    keys = sorted(bodies, key=lambda key: (-len(key), key))
    shingles = [_shingles(bodies[key]) for key in keys]
    met: dict[int, list[str]] = defaultdict(list)
    kept: dict[str, _Text] = {}
    leaders: dict[str, str] = {}
    for key, hashes, buckets in zip(keys, shingles, _buckets(shingles), strict=True):
        text = _Text(bodies[key], hashes, buckets)
        leader = _leader(text, kept, Counter(other for bucket in buckets for other in met[bucket]))
        leaders[key] = leader or key
        if leader is None:
            kept[key] = text
            for bucket in buckets:
                if len(met[bucket]) < _FULLEST:
                    met[bucket].append(key)
    return leaders


def _leader(text: _Text, kept: dict[str, _Text], meetings: Counter[str]) -> str | None:
    """The most similar of those met that the text is a near-duplicate of."""
    met = sorted(meetings, key=lambda key: (-meetings[key], key))[:_FULLEST]
    similarities = {key: _jaccard(text.shingles, kept[key].shingles) for key in met}
    alike = sorted((key for key in met if similarities[key] >= ALIKE), key=lambda key: (-similarities[key], key))
    return next((key for key in alike[:_MOST] if _reprinted(text.body, kept[key].body)), None)


def _shingles(body: str) -> Hashes:
    tokens = _tokens(body)
    # With the figures in every shingle, reports that differ in them never meet.
    figures = zlib.crc32(" ".join(token.replace(",", "") for token in tokens if token[-1].isdecimal()).encode())
    hashes = {zlib.crc32(f"{one} {other}".encode(), figures) for one, other in pairwise(tokens)}
    return np.array(sorted(hashes), np.uint32)


def _buckets(shingles: Sequence[Hashes]) -> list[list[int]]:
    """For each text, the buckets that another text is in too: a band of the signature falls into one."""
    if not shingles:
        return []
    signatures = _signatures(shingles).astype(np.uint64)
    shared: list[list[int]] = [[] for _ in shingles]
    for start in range(0, _BANDS * _BAND, _BAND):
        mixed = np.zeros(len(shingles), np.uint64)
        for column in signatures[:, start : start + _BAND].T:
            mixed = (mixed + column) * _MIX
        _, inverse, counts = np.unique(mixed, return_inverse=True, return_counts=True)
        for text in np.flatnonzero(counts[inverse] > 1):
            shared[text].append(int(inverse[text]) * _BANDS + start // _BAND)
    return shared


def _signatures(shingles: Sequence[Hashes]) -> Hashes:
    """MinHash signatures, a row a text."""
    from datasketch import MinHash

    size = _BANDS * _BAND
    empty = MinHash(num_perm=size, seed=_SEED, hashfunc=int, scheme="affine32")
    signatures = np.empty((len(shingles), size), np.uint32)
    for row, hashes in enumerate(shingles):
        minhash = empty.copy()
        minhash.update_batch(hashes)
        signatures[row] = minhash.hashvalues
    return signatures


def _jaccard(one: Hashes, other: Hashes) -> float:
    """The texts' shingles in common by those in either."""
    common = np.intersect1d(one, other, assume_unique=True).size
    return float(common / (one.size + other.size - common))


def _reprinted(one: str, other: str) -> bool:
    """Whether both have the same amounts and dates, and nothing of the one stands in place of a thing of the other."""
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
    """Whether one of two stretches of tokens may stand for the other; either may be empty."""
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
    """Whether two tokens are one word, as organise and organize are."""
    if one == other:
        return True
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _SPELLED_ALIKE


def _tokens(body: str) -> list[str]:
    return _TOKEN.findall(body.translate(_VARIANTS))


def _without_bylines(text: str) -> str:
    """The text without who wrote it for whom, at either end. Two go: an agency's, and a reporter's after it."""
    return _BYLINES.sub(" ", _BYLINES.sub(" ", text).strip())
