"""Passages that have exact words, and none of the words that are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.language import HAN
from indexer.terms import folded, passage_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from indexer.lexical_index import LexicalIndex
    from indexer.records import Language
    from indexer.snapshot import Snapshot

    Rows = NDArray[np.int64]
    Nearest = Callable[[Rows, int], Rows]

MOST_READ = 2000
"""How many passages of a language are read at most for one query: about 70 µs each."""
_MARKED = "_"
"""Terms with it are read out of a text, and may differ with what is around; the others stand in it."""
_RAREST = 8
"""How many terms of a query's phrases choose the passages that are read."""
_HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
_NEIGHBOUR = "某"
_LETTER = rf"[^\W_{HAN}\u3041-\u30ff]"
"""A letter or digit of a writing that parts words by blanks."""


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
        self._nearest = nearest
        self._read: dict[int, bool] = {}

    def rows(self, among: Rows | None) -> FilteredRows:
        """The rows that pass, of those `among` or of all."""
        rows = _rows_with(self._index, {term for phrase in self._phrases for term in phrase.terms})
        if among is not None:
            rows = np.intersect1d(rows, among, assume_unique=True)
        doubtful = np.full(len(rows), not all(phrase.is_its_term for phrase in self._phrases))
        for phrase in self._excluded:
            having = np.isin(rows, _rows_with(self._index, phrase.terms), assume_unique=True)
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
        terms: index terms that every passage with the phrase has, whatever is around it.
        is_its_term: the passages with the term are those with the phrase, so that none has to be read.
    """

    pattern: re.Pattern[str]
    terms: frozenset[str]
    is_its_term: bool

    @classmethod
    def of(cls, phrase: str) -> _Exact:
        plain = folded(phrase)
        terms = _certain_terms(phrase)
        return cls(_pattern(plain), terms, plain in terms and _HAN_PAIR.fullmatch(plain) is not None)

    def is_in(self, texts: Iterable[str]) -> bool:
        return any(self.pattern.search(text) for text in texts)


def _certain_terms(phrase: str) -> frozenset[str]:
    """The terms that a phrase gives in any case and beside any neighbour: *US* is a country, *us* is none."""
    writings = (phrase, phrase.upper(), phrase.lower(), f"{_NEIGHBOUR}{phrase}{_NEIGHBOUR}")
    found = frozenset.intersection(*(frozenset(passage_terms(writing)) for writing in writings))
    return frozenset(term for term in found if _MARKED not in term)


def _rows_with(index: LexicalIndex, terms: Iterable[str]) -> Rows:
    """The rows that have the rarest of some terms; all where there is no term."""
    frequencies = index.frequencies(terms)
    return index.rows_with(sorted(frequencies, key=lambda term: (frequencies[term], term))[:_RAREST])


def _pattern(phrase: str) -> re.Pattern[str]:
    """A folded phrase; not inside a longer word, nor inside a number: 5 isn't in 3.5."""
    before = f"(?<!{_LETTER})" if re.match(_LETTER, phrase) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, phrase[-1:]) else ""
    before += r"(?<!\d[.,])" if phrase[:1].isdecimal() else ""
    after += r"(?![.,]\d)" if phrase[-1:].isdecimal() else ""
    return re.compile(f"{before}{re.escape(phrase)}{after}")
