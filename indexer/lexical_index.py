"""The terms of one language's passages: which passages share a query's rare ones.

One SQLite file with a table of postings, and no engine above it. Rows leave the file as arrays, not one by one, and a
term is found by its bytes, so nothing in it can be read as a query's syntax. SQLite's FTS5 and Tantivy were measured
beside it: docs/decisions/0005-lexical-index.md.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from array import array
from collections import defaultdict
from contextlib import closing
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from indexer.errors import SnapshotDamaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any, TypeAlias

    from numpy.typing import NDArray

    Group: TypeAlias = Sequence[tuple[str, float]]
    """Terms that stand for each other, each with its share of the term's weight, above 0."""

_APPLICATION_ID = 0x68686C78  # "hhlx" in the file's header
_BLOCK = 1 << 16  # passages a list of places spans at most: a place fits two bytes
_PLACE = np.dtype("<u2")
_COMMON = 0.05  # a term that a larger share of the passages has tells nothing …
_FEW = 20  # … if it's in more than so many

_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {_APPLICATION_ID};
BEGIN;
CREATE TABLE blocks (first INTEGER PRIMARY KEY, size INTEGER NOT NULL) STRICT;
CREATE TABLE postings (
    term BLOB NOT NULL, first INTEGER NOT NULL REFERENCES blocks (first), places BLOB NOT NULL,
    PRIMARY KEY (term, first)
) STRICT, WITHOUT ROWID;
"""


class Matches(NamedTuple):
    """Rows and their scores in nats, best first; equal ones by row."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


class LexicalIndex:
    """The terms of one language's passages. Safe to search from several threads.

    A query is a sequence of groups, a group is terms that stand for each other. A passage's score is the sum over the
    groups of the weight of the best of its terms that the passage has. The weight is a share of the term's inverse
    document frequency in the N passages of the index,

        idf = ln((N + 1) / (df + 1/2)),

    which the relevance weight of Robertson and Spärck Jones (Relevance weighting of search terms, 1976) comes to where
    nothing is judged and the term is rare. Passages are of one size, so neither their length counts nor how often one
    has a term. A common term, in more than 5 % of the passages and in more than 20, weighs nothing.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            self._size = self._count()
        except BaseException:
            self._file.close()
            raise

    @classmethod
    def create(cls, path: Path, passages: Iterable[Iterable[str]]) -> None:
        """Write an index whose row i has the terms of the i-th passage.

        The same terms give the same bytes, from the same version of SQLite. Passages are read once, and 65,536 of them
        are held at a time: 300 MB where they have 150 terms each.
        """
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.executescript(_SCHEMA)
            remaining, first = iter(passages), 0
            while size := _add_block(file, first, islice(remaining, _BLOCK)):
                first += size
            file.execute("COMMIT")
            file.execute("VACUUM")  # terms of later blocks were written between those of earlier ones

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read an index that `create` wrote. Its checksum has to be verified first: only its head is looked at.

        Raises:
            SnapshotDamaged: the file isn't an index of terms.
        """
        try:
            return cls(path)
        except sqlite3.Error as error:
            raise SnapshotDamaged(f"{path}: not an index of terms ({error}). Rebuild it with: haihe index …") from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        return self._size

    def search(self, groups: Sequence[Group], k: int, *, among: NDArray[np.int64] | None = None) -> Matches:
        """The k rows with the highest score; rows that have none of the terms that weigh something never come back.

        Args:
            groups: the query. A term may stand in several groups; each counts for itself.
            k: how many at most.
            among: the rows to choose from; None for all. It doesn't change what terms weigh.
        """
        scores = self._scores(groups)
        if among is not None:
            chosen = np.zeros_like(scores)
            chosen[among] = scores[among]
            scores = chosen
        return _best(scores, k)

    def weights(self, groups: Sequence[Group]) -> list[list[float]]:
        """What each alternative of each group is worth: its share of the idf, 0 where it's common or in no passage."""
        idf = {term: self._idf(term) for term in {term for group in groups for term, _ in group}}
        return [[share * idf[term] for term, share in group] for group in groups]

    def attainable(self, groups: Sequence[Group]) -> list[float]:
        """The most that each group can add to a passage's score; what no passage has counts as the rarest term."""
        known = [max(found, default=0.0) for found in self.weights(groups)]
        return [
            math.log((len(self) + 1) / 0.5) * max(share for _, share in group)
            if group and not any(self._frequency(term) for term, _ in group)
            else most
            for group, most in zip(groups, known, strict=True)
        ]

    def scores_of(self, groups: Sequence[Group], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores that `search` gives these rows, in their order; 0 where nothing matches."""
        return self._scores(groups)[rows]

    def rows_with(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """The rows that have every one of these terms, however common; all rows where no term is given."""
        rows = np.arange(len(self))
        for term in terms:
            rows = np.intersect1d(rows, self._rows(term), assume_unique=True)
        return rows

    def _scores(self, groups: Sequence[Group]) -> NDArray[np.float32]:
        """The score of every row."""
        rows: dict[str, NDArray[np.int64]] = {}
        scores, best = np.zeros(len(self)), np.zeros(len(self))
        for group, weights in zip(groups, self.weights(groups), strict=True):
            telling = sorted((weight, term) for (term, _), weight in zip(group, weights, strict=True) if weight > 0)
            for weight, term in telling:  # upwards, so that the best one stays
                if term not in rows:
                    rows[term] = self._rows(term)
                best[rows[term]] = weight
            for _, term in telling:
                scores[rows[term]] += best[rows[term]]
                best[rows[term]] = 0  # counted
        return scores.astype(np.float32)

    def _idf(self, term: str) -> float:
        """0 for a term that tells nothing."""
        frequency = self._frequency(term)
        is_common = frequency > max(_FEW, _COMMON * len(self))
        return 0.0 if is_common or not frequency else math.log((len(self) + 1) / (frequency + 0.5))

    def _frequency(self, term: str) -> int:
        found = self._select("SELECT sum(length(places)) FROM postings WHERE term = ?", _key(term))
        return (found[0][0] or 0) // _PLACE.itemsize

    def _rows(self, term: str) -> NDArray[np.int64]:
        found = self._select("SELECT first, places FROM postings WHERE term = ?", _key(term))
        parts = [first + np.frombuffer(places, _PLACE).astype(np.int64) for first, places in found]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def _count(self) -> int:
        """How many passages there are, in a file of the right kind."""
        if self._select("PRAGMA application_id") != [(_APPLICATION_ID,)]:
            raise sqlite3.DatabaseError("another program wrote it")
        return int(self._select("SELECT coalesce(sum(size), 0) FROM blocks")[0][0])

    def _select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._file.execute(query, values).fetchall()


def _add_block(file: sqlite3.Connection, first: int, passages: Iterable[Iterable[str]]) -> int:
    """Store the places of the terms of a block of passages, and say how many passages there were."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    terms, sizes = array("I"), array("I")
    for passage in passages:
        before = len(terms)
        terms.extend(map(numbers.__getitem__, set(passage)))
        sizes.append(len(terms) - before)
    if sizes:
        file.execute("INSERT INTO blocks VALUES (?, ?)", [first, len(sizes)])
        postings = _postings(numbers, np.asarray(terms), np.asarray(sizes))
        file.executemany("INSERT INTO postings VALUES (?, ?, ?)", ((term, first, places) for term, places in postings))
    return len(sizes)


def _postings(
    numbers: Mapping[str, int], terms: NDArray[np.uint32], sizes: NDArray[np.uint32]
) -> Iterator[tuple[bytes, bytes]]:
    """Each term and its places, in the order of the file.

    Args:
        numbers: of each term.
        terms: the numbers of the terms of one passage after the other.
        sizes: how many terms each passage has.
    """
    places = np.repeat(np.arange(len(sizes), dtype=_PLACE), sizes)[np.argsort(terms, kind="stable")]
    ends = np.cumsum(np.bincount(terms, minlength=len(numbers))).tolist()
    for term in sorted(numbers):
        number = numbers[term]
        yield _key(term), places[ends[number - 1] if number else 0 : ends[number]].tobytes()


def _best(scores: NDArray[np.float32], k: int) -> Matches:
    """The k highest of the scores above 0."""
    rows = np.flatnonzero(scores)
    if 0 < k < len(rows):
        rows = rows[scores[rows] >= np.partition(scores[rows], -k)[-k]]  # ties at the end stay for the sort to decide
    order = np.lexsort((rows, -scores[rows]))[: max(k, 0)]
    return Matches(rows[order], scores[rows[order]])


def _key(term: str) -> bytes:
    """A term as it's stored: UTF-8, in which a stray surrogate is no error but a character like others."""
    return term.encode("utf-8", "surrogatepass")
