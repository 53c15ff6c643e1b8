"""The terms of one language's passages: which passages share a query's rare ones.

One SQLite file with a table of postings, and no engine above it. Rows leave the file as arrays, not one by one, and a
term is found by its bytes, so nothing in it can be read as a query's syntax. SQLite's FTS5 and Tantivy were measured
beside it: docs/decisions/0005-lexical-index.md.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from itertools import count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from indexer.errors import SnapshotDamaged
from indexer.spaces.representatives import first_of_each, one_of_each, representatives
from indexer.storage.sqlite_files import SQLiteFile
from indexer.terms import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any, TypeAlias

    from numpy.typing import NDArray

    Group: TypeAlias = Sequence[tuple[str, float]]
    """Terms that stand for each other, each with its share of the term's weight, above 0."""

_APPLICATION_ID = 0x68686C78  # "hhlx" in the file's header
_BLOCK = 1 << 14  # passages whose terms are in memory at a time; a place in one fits two bytes
_PLACE = np.dtype("<u2")
_COMMON = 0.05  # a term that a larger share of the passages has tells nothing …
_FEW = 20  # … if it's in more than so many
_MOST_DRAWN = 1 << 14
"""Rows that terms draw for one query, unless already the rarest of them has more."""
_MOST_KEPT = 1 << 20
"""Rows of a query's terms that are kept in memory: eight bytes each."""
_BLOCKS = """
SELECT term, first, length(places), texts, CASE WHEN coalesce(texts * ?, length(places)) <= ? THEN places END
FROM postings LEFT JOIN shared USING (term) WHERE term IN ({keys})
"""

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
CREATE TABLE shared (term BLOB PRIMARY KEY, texts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


class Matches(NamedTuple):
    """Rows and their scores in nats, best first; equal ones by row."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


class FoundTerms:
    """A query's terms, with their frequencies and rows in an index.

    Args:
        passages: how many the index has, near-duplicates once.
        groups: the query.
        frequencies: how many passages have a term, near-duplicates once; those that none has may be left out.
        rows: all that have it, of each term that tells something.
        twins: `(n,)`, for each row of the index the lowest row with nearly the same text; None where each is its own.
    """

    def __init__(
        self,
        passages: int,
        groups: Sequence[Group],
        frequencies: Mapping[str, int],
        rows: Mapping[str, NDArray[np.int64]],
        twins: NDArray[np.int64] | None = None,
    ) -> None:
        self._passages = passages
        self._twins = twins
        self.groups = groups
        self.frequencies = frequencies
        self._rows = rows
        self.shares: NDArray[np.float64] = np.array(
            [max((share for term, share in group if frequencies.get(term)), default=0.0) for group in groups],
            np.float64,
        )
        """The largest share of each group `(groups,)`, among those of its terms that some passage has; 0 for none."""
        idf = {term: math.log((passages + 1) / (frequencies[term] + 0.5)) for term in rows}
        self.weights = [[share * idf.get(term, 0.0) for term, share in group] for group in groups]
        """What each alternative of each group is worth: its share of the idf, 0 where it's common or in no passage."""

    def attainable(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """The most that groups add to the score of a passage that has them as wholly as any does `(m,)`.

        What no passage of this index has counts as the rarest term.

        Args:
            shares: `(m,)`, of the first m groups: the largest share that some passage has, of this index or of another.
        """
        rarest = math.log((self._passages + 1) / 0.5)
        count = len(shares)
        own = self.shares[:count]
        whole = np.array([max((share for _, share in group), default=0.0) for group in self.groups[:count]])
        most = np.array([max(weights, default=0.0) for weights in self.weights[:count]])
        part = np.divide(own, shares, out=np.ones(count), where=(own > 0) & (shares > own))
        attainable: NDArray[np.float64] = np.where(own > 0, most / part, rarest * whole)
        return attainable

    def scores(
        self, others: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], Iterator[NDArray[np.float64]]]:
        """Rows `(n,)` that have one of the terms, ascending, and what each group adds to their scores, group by group.

        All rows where terms are rare; else those of the rarest terms, which weigh most. A query may have a thousand
        groups, so that only one's scores `(n,)` are in memory at a time.

        Args:
            others: further rows to score, whatever they have.
        """
        drawing = [rows_of_term for rows_of_term in self._drawing() if len(rows_of_term)]
        rows = np.sort(np.concatenate([np.empty(0, np.int64) if others is None else others, *drawing]))
        rows = rows[np.diff(rows, prepend=-1) > 0]
        return rows, self._added(rows)

    def _added(self, rows: NDArray[np.int64]) -> Iterator[NDArray[np.float64]]:
        """The part that each group adds to the scores of rows `(n,)`."""
        columns = np.full(self._passages if self._twins is None else len(self._twins), -1, np.int32)
        columns[rows] = np.arange(len(rows), dtype=np.int32)
        for group, weights in zip(self.groups, self.weights, strict=True):
            scores = np.zeros(len(rows))
            for (term, _), weight in zip(group, weights, strict=True):
                if weight > 0:
                    places = columns[self._rows[term]]
                    places = places[places >= 0]
                    scores[places] = np.maximum(scores[places], weight)
            yield scores

    def _drawing(self) -> Iterator[NDArray[np.int64]]:
        """The rows of the rarest terms; of near-duplicates one, where they are too many."""
        drawn = 0
        for term in sorted(self._rows, key=lambda term: (self.frequencies[term], term)):
            if drawn and drawn + self.frequencies[term] > _MOST_DRAWN:
                return
            rows = self._rows[term]
            if self._twins is not None and drawn + len(rows) > _MOST_DRAWN:
                rows = one_of_each(self._twins, rows)
            drawn += len(rows)
            yield rows


class _TermRows(Mapping[str, "NDArray[np.int64]"]):
    """The rows of terms: as many as fit into a bound are in memory, the others are read again each time.

    Args:
        terms: which.
        kept: the rows of some of them.
        read: reads those of another.
    """

    def __init__(
        self,
        terms: Collection[str],
        kept: Mapping[str, NDArray[np.int64]],
        read: Callable[[str], NDArray[np.int64]],
    ) -> None:
        self._terms = terms
        self._kept = kept
        self._read = read

    def __getitem__(self, term: str) -> NDArray[np.int64]:
        if term not in self._terms:
            raise KeyError(term)
        return self._kept[term] if term in self._kept else self._read(term)

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


class LexicalIndex:
    """The terms of one language's passages. Safe to search from several threads.

    A query is a sequence of groups, a group is terms that stand for each other; terms joined by `TOGETHER` are one that
    passages have which have all of them. A passage's score is the sum over the
    groups of the weight of the best of its terms that the passage has. The weight is a share of the term's inverse
    document frequency in the N passages of the index,

        idf = ln((N + 1) / (df + 1/2)),

    which the relevance weight of Robertson and Spärck Jones (Relevance weighting of search terms, 1976) comes to where
    nothing is judged and the term is rare. Passages are of one size, so neither their length counts nor how often one
    has a term. A common term, in more than 5 % of the passages and in more than 20, weighs nothing. Near-duplicates
    are one passage for N, and one for the df of what any of them has.
    """

    def __init__(self, path: Path, twins: NDArray[np.int64] | None = None) -> None:
        self._file = SQLiteFile(path)
        try:
            self._size = self._count()
            self._twins = twins
            self._passages = self._size if twins is None else len(representatives(twins))
        except BaseException:
            self._file.close()
            raise

    @classmethod
    def create(cls, path: Path, passages: Iterable[Iterable[str]], twins: NDArray[np.int64] | None = None) -> None:
        """Write an index whose row i has the terms of the i-th passage.

        The same terms give the same bytes, from the same version of SQLite. Passages are read once, and 16,384 of them
        are held at a time: 80 MB where they have 150 terms each.

        Args:
            path: the file.
            passages: the terms of each.
            twins: `(n,)`, for each row the lowest row with nearly the same text; None where each is its own.
        """
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.executescript(_SCHEMA)
            remaining, first = iter(passages), 0
            while size := _add_block(file, first, islice(remaining, _BLOCK)):
                first += size
            if twins is not None:
                file.executemany("INSERT INTO shared VALUES (?, ?)", _shared(file, twins))
            file.execute("COMMIT")
            file.execute("VACUUM")  # terms of later blocks were written between those of earlier ones

    @classmethod
    def open(cls, path: Path, twins: NDArray[np.int64] | None = None) -> Self:
        """Read an index that `create` wrote. Its checksum has to be verified first: only its head is looked at.

        Args:
            path: the file.
            twins: as `create` had them, or None where each row is its own: the file itself doesn't tell.

        Raises:
            SnapshotDamaged: the file isn't an index of terms.
        """
        try:
            return cls(path, twins)
        except sqlite3.Error as error:
            raise SnapshotDamaged(f"{path}: not an index of terms ({error}). Rebuild it with: haihe index …") from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        return self._size

    def look_up(self, groups: Sequence[Group]) -> FoundTerms:
        """Look up the terms of a query in the index. Where all are common, the rarest tells what there is to tell."""
        terms = self._found(groups, self._most)
        if not terms.frequencies or any(map(any, terms.weights)):
            return terms
        return self._found(groups, min(terms.frequencies.values()))

    def _found(self, groups: Sequence[Group], most: int) -> FoundTerms:
        """The same; terms that more than `most` passages have tell nothing."""
        wanted = {term for group in groups for term, _ in group}
        terms = sorted(wanted.union(*(term.split(TOGETHER) for term in wanted)))
        frequencies, postings = self._read(terms, most)
        telling = {term for term, frequency in frequencies.items() if frequency <= most}
        rows = _TermRows(telling, postings, self._rows)
        together = {
            term: _rows_together(term.split(TOGETHER), frequencies, rows) for term in wanted if TOGETHER in term
        }
        postings |= (together := {term: common for term, common in together.items() if len(common)})
        frequencies |= {term: self._texts(common) for term, common in together.items()}
        rows = _TermRows({*telling, *together}, postings, self._rows)
        return FoundTerms(self._passages, groups, frequencies, rows, self._twins)

    def _read(self, terms: Sequence[str], most: int) -> tuple[dict[str, int], dict[str, NDArray[np.int64]]]:
        """The number of passages that have each term, and the rows of those that at most `most` have, if they fit."""
        frequencies: Counter[str] = Counter()
        blocks: defaultdict[str, list[NDArray[np.int64]]] = defaultdict(list)
        held: Counter[str] = Counter()
        left = _MOST_KEPT
        for key, first, size, texts, places in self._blocks(terms, most):
            term = key.decode("utf-8", "surrogatepass")
            held[term] += size // _PLACE.itemsize
            frequencies[term] = held[term] if texts is None else texts
            left -= size // _PLACE.itemsize if places is not None else 0
            if places is not None and left >= 0:
                blocks[term].append(first + np.frombuffer(places, _PLACE).astype(np.int64))
        rows_of = {term: np.concatenate(parts) for term, parts in blocks.items()}
        return dict(frequencies), {term: rows for term, rows in rows_of.items() if len(rows) == held[term]}

    def _texts(self, rows: NDArray[np.int64]) -> int:
        """The number of passages at some rows, near-duplicates once."""
        return len(rows) if self._twins is None else len(one_of_each(self._twins, rows))

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """The number of passages that have each of some terms; 0 where none has."""
        counts = dict.fromkeys(terms, 0)
        for key, _, size, _, _ in self._blocks(sorted(counts), 0):
            counts[key.decode("utf-8", "surrogatepass")] += size // _PLACE.itemsize
        return counts

    def rows_with(self, terms: Sequence[str], *, among: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """The rows that have every one of these terms, however common, ascending; all rows where no term is given.

        Args:
            terms: which; quickest with the rarest first.
            among: the rows to choose from, ascending; None for all.
        """
        rows = np.arange(len(self)) if among is None else among
        for term in terms:
            if not len(rows):
                break
            rows = rows[np.isin(rows, self._rows(term), kind="table")]
        return rows

    @property
    def _most(self) -> int:
        """The most passages that a term may be in and tell something, near-duplicates once."""
        return max(_FEW, int(_COMMON * self._passages))

    def _blocks(self, terms: Sequence[str], most: int) -> Iterator[tuple[Any, ...]]:
        """Key, first row, bytes, texts and places of each block of some terms; of common ones the places aren't read.

        The texts are the passages of the whole index that have the term, near-duplicates once; None where no two
        passages with it are near-duplicates.
        """
        keys = map(_key, terms)
        return self._file.select_in(_BLOCKS, keys, [_PLACE.itemsize, most * _PLACE.itemsize])

    def _rows(self, term: str) -> NDArray[np.int64]:
        blocks = self._select("SELECT first, places FROM postings WHERE term = ?", _key(term))
        parts = [first + np.frombuffer(places, _PLACE).astype(np.int64) for first, places in blocks]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def _count(self) -> int:
        """Count the passages in the file, which must be of the right kind."""
        if self._select("PRAGMA application_id") != [(_APPLICATION_ID,)]:
            raise sqlite3.DatabaseError("another program wrote it")
        return int(self._select("SELECT coalesce(sum(size), 0) FROM blocks")[0][0])

    def _select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._file.select(query, values)


def _rows_together(
    terms: Sequence[str], frequencies: Mapping[str, int], rows: Mapping[str, NDArray[np.int64]]
) -> NDArray[np.int64]:
    """The rows that have all of some terms, as far as these tell anything: common ones are taken for granted."""
    telling = [rows[term] for term in terms if term in rows]
    if not telling or not all(term in frequencies for term in terms):
        return np.empty(0, np.int64)
    together = telling[0]
    for others in telling[1:]:
        together = np.intersect1d(together, others, assume_unique=True)
    return together


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


def best_matches(
    rows: NDArray[np.int64],
    scores: NDArray[np.float64],
    k: int,
    among: NDArray[np.int64] | None,
    twins: NDArray[np.int64] | None = None,
) -> Matches:
    """The k rows with the highest of the scores above 0, from the rows `among` or from all.

    Args:
        rows: which.
        scores: theirs `(n,)`.
        k: how many at most.
        among: the rows to choose from, ascending; None for all.
        twins: for each row of the index the lowest row with nearly the same text, to have the best of each such group
            alone; None for all of them.
    """
    chosen = scores > 0 if among is None else (scores > 0) & np.isin(rows, among)
    rows, sums = rows[chosen], scores[chosen].astype(np.float32)
    if twins is not None:
        order = np.lexsort((rows, -sums))
        order = order[first_of_each(twins, rows[order])]
        rows, sums = rows[order], sums[order]
    if 0 < k < len(rows):
        chosen = sums >= np.partition(sums, -k)[-k]  # ties at the end stay for the sort to decide
        rows, sums = rows[chosen], sums[chosen]
    order = np.lexsort((rows, -sums))[: max(k, 0)]
    return Matches(rows[order], sums[order])


def _shared(file: sqlite3.Connection, twins: NDArray[np.int64]) -> Iterator[tuple[bytes, int]]:
    """Each term that near-duplicates share, and the number of passages with it, near-duplicates once."""
    is_copy = twins != np.arange(len(twins))
    if not is_copy.any():
        return
    postings = file.execute("SELECT term, first, places FROM postings ORDER BY term, first")
    for term, blocks in groupby(postings, key=itemgetter(0)):
        rows = np.concatenate([first + np.frombuffer(places, _PLACE).astype(np.int64) for _, first, places in blocks])
        if is_copy[rows].any() and (texts := len(np.unique(twins[rows]))) < len(rows):
            yield term, texts


def _key(term: str) -> bytes:
    """A term as it's stored: UTF-8, in which a stray surrogate is no error but a character like others."""
    return term.encode("utf-8", "surrogatepass")
