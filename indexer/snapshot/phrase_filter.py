"""Passages that have exact words, and none of the words that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.terms import exact_pattern, exact_terms, folded, own_term

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.records import Language
    from indexer.snapshot.opened import Snapshot

    Rows = NDArray[np.int64]
    Nearest = Callable[[Rows, int], Rows]

MOST_READ = 2000
"""How many passages of a language are read at most for one query, and for its filter: about 70 µs each."""
_RAREST = 8
"""How many terms of a phrase choose the passages that are read for it."""


class FilteredRows(NamedTuple):
    """Rows that pass a filter, ascending; not `is_complete` where more may pass than could be read."""

    rows: Rows
    is_complete: bool


class WordFilter:
    """The passages of a language that have every one of some phrases and none of some excluded ones, as whole words.

    What stands in a passage's title stands in the passage. Case, width, blanks, and simplified or traditional
    characters make no difference. The lexical index names the passages that may have the words, and only these are
    read: the nearest to the query where they are more than `MOST_READ`. Each is read once in the filter's life.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        language: Language,
        phrases: Sequence[str],
        excluded: Sequence[str],
        nearest: Nearest,
    ) -> None:
        """A filter.

        Args:
            snapshot: where the passages are.
            language: whose passages.
            phrases: what each must have.
            excluded: what none may have.
            nearest: the likeliest of some rows, at most so many.
        """
        self._articles = snapshot.articles
        self._index = snapshot.pools[language].terms
        self._language = language
        self._phrases = [_Exact.of(phrase) for phrase in phrases]
        self._excluded = [_Exact.of(phrase) for phrase in excluded]
        self._frequencies = self._index.frequencies(
            term for phrase in [*self._phrases, *self._excluded] for term in phrase.terms
        )
        self._nearest = nearest
        self._read: dict[int, bool] = {}

    def rows(self, among: Rows | None) -> FilteredRows:
        """The rows that pass, of those `among` or of all."""
        rows = np.arange(len(self._index)) if among is None else among
        for phrase in self._phrases:
            rows = self._index.rows_with(self._rarest(phrase), among=rows)
        doubtful = np.full(len(rows), not all(phrase.is_its_term for phrase in self._phrases))
        for phrase in self._excluded:
            having = np.isin(rows, self._index.rows_with(self._rarest(phrase), among=rows), kind="table")
            if phrase.is_its_term:
                rows, doubtful = rows[~having], doubtful[~having]
            else:
                doubtful |= having
        suspects = rows[doubtful]
        if is_complete := len(suspects) <= MOST_READ:
            wanted = suspects
        else:
            wanted = np.sort(self._nearest(suspects, MOST_READ))
        return FilteredRows(np.union1d(rows[~doubtful], self._passing(wanted)), is_complete)

    def _rarest(self, phrase: _Exact) -> list[str]:
        """The terms by which a phrase is looked up, the rarest first."""
        return sorted(phrase.terms, key=lambda term: (self._frequencies[term], term))[:_RAREST]

    def _passing(self, rows: Rows) -> Rows:
        """The rows among some whose passages have what they must, and nothing that they must not."""
        new = [row for row in rows.tolist() if row not in self._read]
        for row, passage in zip(new, self._articles.passages_at(self._language, new), strict=True):
            texts = folded(passage.context), folded(passage.text)
            self._read[row] = all(phrase.is_in(texts) for phrase in self._phrases) and not any(
                phrase.is_in(texts) for phrase in self._excluded
            )
        return np.array([row for row in rows.tolist() if self._read[row]], np.int64)


class _Exact(NamedTuple):
    """A phrase, and how it is looked up.

    Attributes:
        pattern: matches it in a folded text.
        terms: index terms that every passage with the phrase has; the phrase's own where it has one.
        is_its_term: the passages with the term are those with the phrase, so that none has to be read.
    """

    pattern: re.Pattern[str]
    terms: frozenset[str]
    is_its_term: bool

    @classmethod
    def of(cls, phrase: str) -> _Exact:
        own = own_term(phrase)
        return cls(exact_pattern(phrase), frozenset([own] if own else exact_terms(phrase)), own is not None)

    def is_in(self, texts: Iterable[str]) -> bool:
        return any(self.pattern.search(text) for text in texts)
