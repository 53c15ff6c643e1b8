"""The same story in the other language: which articles report what an article reports. Pure NumPy.

Two articles are counterparts by three signs. Their embeddings are near, by the margin of the cosine over those of each
one's other neighbours (Conneau et al., "Word Translation Without Parallel Data", 2018; Artetxe and Schwenk,
"Margin-based Parallel Corpus Mining with Multilingual Sentence Embeddings", 2019), since an article on a common subject
is near to many. They share numbers, dates and names, worth the more the rarer they are. And they were published within
days of each other. The signs add up to the logarithm of the odds; what they were fitted on is in
docs/decisions/0008-near-duplicates-and-counterparts.md. Articles whose titles state other versions, years or months are
on other things, however alike: release notes, monthly figures, yearly reports.

Each looks for the other: a pair counts if each is among the best for the other, so that most articles have none.
Reprints are one story, which has its counterparts whoever prints it.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from indexer.indexes.knn_join import nearest_both_ways
from indexer.terms import EXACT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.linking.editions import Edition
    from indexer.records import Language

    Numbers = NDArray[np.uint64]
    Matrix = NDArray[np.float32]
    Rows = NDArray[np.int64]
    Floats = NDArray[np.float64]

MOST = 3
"""How many counterparts an article has at most."""
THRESHOLD = 0.5
"""The least score of a pair."""

_MARGIN_WEIGHT, _SHARED_WEIGHT, _BIAS = 20.0, 0.3, -5.0
_CLOSENESS = ((2, 1.0), (7, 0.0), (30, -1.5))
_FAR = -4.0
"""What days between two articles add to the logarithm of the odds: up to 2, up to 7, up to 30, and more."""

_NEIGHBOURS = 4
_NEIGHBOUR_COSINE, _NEIGHBOUR_WEIGHT = 0.2, 2.0
"""A story's other neighbours are shrunk towards this cosine, as if it were of two more: it may have none."""
_NEAREST = 8
_MEETINGS = 256
"""Of a term in a stories of one language and b of the other: the largest a·b that makes them candidates."""
_BLOCK = 1 << 22
"""How many components of embeddings are in memory at a time."""

_USUAL_WEIGHT = 50.0
"""How many articles the usual shares below stand for."""
_USUAL_SHARES = (0.3, 0.06, 0.015, 0.003, 0.2, 0.05, 0.01, 0.02)
"""The share of articles that have one particular number of 1, 2, 3, 4 digits; a year, a month, a day; a name."""
_FORM_BITS = 7
"""The bits of a term's number that hold its place among them."""
_UNKNOWN_STORIES = 10.0
"""Stories with nothing in common with any, added to those of a corpus: what three share is not yet usual."""
_WITH_UNIT = re.compile(r"n_[\d.]+_(?!th$)")
_CODE = re.compile(r"(?=[a-z.]*\d)[a-z\d.]+")


@dataclass(frozen=True, slots=True, eq=False)
class Stories:
    """The articles of one language as far as they can be compared with those of another.

    Near-duplicates of one time are one story.

    Attributes:
        ids: those of the documents, in order; of near-duplicates, the one that was published first.
        embeddings: `(n, d)`, unit: the mean of each one's centred passage embeddings. They may be mapped from disk.
        published: when each was (first), or None.
        terms: of each, the `term_numbers` of what `neutral_terms` returns for its passages.
        editions: what titles state, by place.
        copies: the ids of other documents that print the same story, by place.
        until: when the last of them was published, by place.
    """

    ids: Sequence[str]
    embeddings: Matrix
    published: Sequence[dt.date | None]
    terms: Sequence[Numbers]
    editions: Mapping[int, Edition] = field(default_factory=dict)
    copies: Mapping[int, Sequence[str]] = field(default_factory=dict)
    until: Mapping[int, dt.date] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def printed(self, place: int) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which a story was published."""
        first = self.published[place]
        return None if first is None else (first, self.until.get(place, first))

    def printings(self, place: int) -> Sequence[str]:
        """The ids of all documents that print a story."""
        return [self.ids[place], *self.copies.get(place, ())]


class Counterpart(NamedTuple):
    """A story and one that reports the same in another language; the score is in (0, 1), .5 for even odds."""

    document_id: str
    counterpart_id: str
    score: float


def neutral_terms(terms: Iterable[str], *, among: Container[str] | None = None) -> frozenset[str]:
    """The terms of a document's passages that are the same in each language: numbers, dates, names, codes.

    Args:
        terms: what `indexer.terms.passage_terms` returns for its passages.
        among: the neutral terms of the other languages' stories. A text in Chinese characters has thousands of possible
            names; only those that the others have are of use.
    """
    neutral = (_neutral(term) for term in terms)
    return frozenset(term for term in neutral if term and (among is None or term in among))


def term_numbers(terms: Iterable[str]) -> Numbers:
    """Neutral terms as numbers, sorted: eight bytes each, of which three bits tell how usual the term's form is."""
    digests = [(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), term) for term in terms]
    numbers = [int.from_bytes(digest) & ~_FORM_BITS | _form(term) for digest, term in digests]
    return np.unique(np.array(numbers, np.uint64))


def counterparts(stories: Mapping[Language, Stories]) -> list[Counterpart]:
    """The counterparts of all stories, by document id, the best first.

    Pairs come in both directions. No story has more than `MOST`, none in its own language, and most have none. Each
    copy has those of its story; of a story that has copies, the one that was published first stands for all.
    """
    ordered = [stories[language] for language in sorted(stories)]
    pairs = [pair for one, other in combinations(ordered, 2) if one and other for pair in _between(one, other)]
    return sorted(pairs, key=lambda pair: (pair.document_id, -pair.score, pair.counterpart_id))


def _between(one: Stories, other: Stories) -> list[Counterpart]:
    embeddings = one.embeddings, other.embeddings
    near, near_other = nearest_both_ways(*embeddings, _NEAREST)
    shared = _Shared.of(one, other)
    rows, columns = _distinct(len(other), _listed(near.places), _listed(near_other.places)[::-1], shared.meetings())
    cosines = _cosines(*embeddings, rows, columns)
    around = _around(near.products[rows], cosines) + _around(near_other.products[columns], cosines)
    odds = _BIAS + _MARGIN_WEIGHT * (cosines - around / 2) + _SHARED_WEIGHT * shared.excess(rows, columns)
    odds += [_closeness(one.printed(row), other.printed(column)) for row, column in _pairs(rows, columns)]
    scores = np.where(_is_of_one_edition(one, other, rows, columns), 1 / (1 + np.exp(-odds)), 0.0)
    is_chosen = (scores >= THRESHOLD) & (_places(rows, scores) < MOST) & (_places(columns, scores) < MOST)
    return [
        pair
        for (row, column), score in zip(
            _pairs(rows[is_chosen], columns[is_chosen]), scores[is_chosen].tolist(), strict=True
        )
        for pair in (
            *(Counterpart(printing, other.ids[column], score) for printing in one.printings(row)),
            *(Counterpart(printing, one.ids[row], score) for printing in other.printings(column)),
        )
    ]


class _Terms(NamedTuple):
    """The terms of stories: those of story i lie from `offsets[i]` to `offsets[i + 1]`."""

    places: Rows
    offsets: Rows

    @classmethod
    def of(cls, stories: Stories, known: Numbers) -> Self:
        """The stories' terms as places among the known ones; others are left out."""
        every = np.concatenate([np.empty(0, np.uint64), *stories.terms])
        owners = np.repeat(np.arange(len(stories)), [len(terms) for terms in stories.terms])
        is_known = np.isin(every, known)
        counts = np.bincount(owners[is_known], minlength=len(stories))
        return cls(np.searchsorted(known, every[is_known]), np.concatenate([[0], np.cumsum(counts)]))

    def at(self, story: int) -> list[int]:
        """The places of one story's terms among the known ones."""
        places: list[int] = self.places[self.offsets[story] : self.offsets[story + 1]].tolist()
        return places

    def stories(self) -> Rows:
        """Whose each term is."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def postings(self) -> tuple[Rows, Rows]:
        """The stories of one term after the other, and where those of each term begin."""
        order = np.argsort(self.places, kind="stable")
        return self.stories()[order], self.places[order]


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """The terms that stories of two languages share, as places among all such terms.

    Attributes:
        terms: by language, each story's.
        counts: by language, in how many stories each term is.
        weights: -ln of the share of stories that have a term.
    """

    terms: tuple[_Terms, _Terms]
    counts: tuple[Rows, Rows]
    weights: Floats

    @classmethod
    def of(cls, one: Stories, other: Stories) -> _Shared:
        common = np.intersect1d(_all_terms(one), _all_terms(other), assume_unique=True)
        terms = _Terms.of(one, common), _Terms.of(other, common)
        ones, others = (np.bincount(terms_of_one.places, minlength=len(common)) for terms_of_one in terms)
        usual = _USUAL_WEIGHT * np.array(_USUAL_SHARES)[(common & np.uint64(_FORM_BITS)).astype(np.int64)]
        shares = (np.maximum(ones, others) + usual) / (max(len(one), len(other)) + _USUAL_WEIGHT)
        return cls(terms, (ones, others), -np.log(shares))

    def meetings(self) -> tuple[Rows, Rows]:
        """Pairs of stories that share two rare terms or more."""
        rare = np.flatnonzero(self.counts[0] * self.counts[1] <= _MEETINGS)
        width = len(self.terms[1].offsets) - 1
        (ones, their), (others, theirs) = (terms.postings() for terms in self.terms)
        begins, other_begins = np.searchsorted(their, rare), np.searchsorted(theirs, rare)
        met = array("q")
        for term, begin, other_begin in zip(rare.tolist(), begins.tolist(), other_begins.tolist(), strict=True):
            rows = ones[begin : begin + self.counts[0][term]].tolist()
            columns = others[other_begin : other_begin + self.counts[1][term]].tolist()
            met.extend(row * width + column for row in rows for column in columns)
        pairs, times = np.unique(np.asarray(met, np.int64), return_counts=True)
        often: Rows = pairs[times > 1]
        return often // width, often % width

    def excess(self, rows: Rows, columns: Rows) -> Floats:
        """The weight of what each pair shares, less what its stories share with any story of the other language."""
        one, other = self.terms
        shared = np.array([self._weight(row, column) for row, column in _pairs(rows, columns)])
        usual = self._usual(one, self.counts[1])[rows], self._usual(other, self.counts[0])[columns]
        expected = [
            (total - shared) / (len(terms.offsets) - 2 + _UNKNOWN_STORIES)
            for total, terms in zip(usual, (other, one), strict=True)
        ]
        excess: Floats = shared - (expected[0] + expected[1]) / 2
        return excess

    def _usual(self, terms: _Terms, counts: Rows) -> Floats:
        """For each story, the weight that it shares with all stories of the other language together."""
        worth = self.weights * counts
        return np.bincount(terms.stories(), worth[terms.places], len(terms.offsets) - 1).astype(np.float64)

    def _weight(self, row: int, column: int) -> float:
        """The weight of what two stories share."""
        common = set(self.terms[0].at(row)).intersection(self.terms[1].at(column))
        return float(self.weights[sorted(common)].sum()) if common else 0.0


def _all_terms(stories: Stories) -> Numbers:
    return np.unique(np.concatenate([np.empty(0, np.uint64), *stories.terms]))


def _neutral(term: str) -> str:
    """The term as each language has it, or nothing."""
    if term.startswith(("p_", "l_")):  # nearly all, in Chinese
        return "l_" + term[2:]
    if "_" not in term:
        return term if _CODE.fullmatch(term) else ""
    return "" if _WITH_UNIT.match(term) or term.startswith(EXACT) else term


def _form(term: str) -> int:
    """The form of a term, which tells how usual it is: its place in `_USUAL_SHARES`."""
    kind, _, value = term.partition("_")
    if kind == "d":
        return 4 + min(value.count("."), 2)
    if kind == "n":
        digits = value.split("_")[0].replace(".", "").strip("0")
        return min(max(len(digits), 1), 4) - 1
    return 7


def _cosines(one: Matrix, other: Matrix, rows: Rows, columns: Rows) -> Floats:
    """Each pair's cosine."""
    cosines = np.empty(len(rows))
    size = max(_BLOCK // one.shape[1], 1)
    for start in range(0, len(rows), size):
        block = slice(start, start + size)
        cosines[block] = np.einsum("ij,ij->i", one[rows[block]], other[columns[block]], dtype=np.float64)
    return cosines


def _around(nearest: Matrix, cosines: Floats) -> Floats:
    """For each pair, the mean cosine of one story's nearest neighbours without the other story of the pair."""
    near = nearest[:, : _NEIGHBOURS + 1].astype(np.float64)
    # The other story is among them where its cosine is as high as the last one's; else the last one is left out.
    total = near.sum(axis=1) - np.maximum(cosines, near[:, -1])
    mean: Floats = (total + _NEIGHBOUR_WEIGHT * _NEIGHBOUR_COSINE) / (near.shape[1] - 1 + _NEIGHBOUR_WEIGHT)
    return mean


def _is_of_one_edition(one: Stories, other: Stories, rows: Rows, columns: Rows) -> NDArray[np.bool_]:
    """For each pair, that their titles state no different versions, years or months."""
    stated = ((one.editions.get(row), other.editions.get(column)) for row, column in _pairs(rows, columns))
    return np.array([not (first and second and first.differs(second)) for first, second in stated], np.bool_)


def _closeness(one: tuple[dt.date, dt.date] | None, other: tuple[dt.date, dt.date] | None) -> float:
    """The worth of the days between the printings of two stories; 0 where a date is missing."""
    if one is None or other is None:
        return 0.0
    days = max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)
    return next((worth for most, worth in _CLOSENESS if days <= most), _FAR)


def _listed(near: Rows) -> tuple[Rows, Rows]:
    """A matrix of neighbours as pairs."""
    return np.repeat(np.arange(len(near)), near.shape[1]), near.ravel()


def _distinct(width: int, *pairs: tuple[Rows, Rows]) -> tuple[Rows, Rows]:
    keys = np.unique(np.concatenate([rows * width + columns for rows, columns in pairs]))
    return keys // width, keys % width


def _pairs(rows: Rows, columns: Rows) -> Iterable[tuple[int, int]]:
    return zip(rows.tolist(), columns.tolist(), strict=True)


def _places(rows: Rows, scores: Floats) -> Rows:
    """Each pair's place, from 0, among the pairs of its row; ties by what comes first."""
    order = np.lexsort((np.arange(len(rows)), -scores, rows))
    begins = np.searchsorted(rows[order], rows[order])
    places = np.empty(len(rows), np.int64)
    places[order] = np.arange(len(rows)) - begins
    return places
