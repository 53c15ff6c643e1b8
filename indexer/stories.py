"""Articles as they are compared with those of the other language: gathered while their passages are stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from indexer.counterparts import Story, neutral_terms
from indexer.language_space import unit
from indexer.records import Language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.records import Passage

    Matrix = NDArray[np.float32]

READING_ORDER = (Language.EN, Language.ZH)
"""Names in Latin letters first: of all that Han characters may be read as, only those can meet."""


class StoryBook:
    """Gathers the terms and the mean embedding of each article.

    A language's passages are read with `reading`, in `READING_ORDER`; then `stories` has all articles of all languages.
    """

    def __init__(self) -> None:
        self._terms: dict[Language, dict[str, set[str]]] = {}
        self._sums: dict[Language, dict[str, Matrix]] = {}
        self._counts: dict[Language, Counter[str]] = {}

    def reading(
        self, language: Language, passages: Sequence[Passage], terms: Iterable[Sequence[str]]
    ) -> Iterator[Sequence[str]]:
        """The terms of passages as they come, each passage's noted for its article."""
        known = self._names() if language is not READING_ORDER[0] else None
        found: dict[str, set[str]] = defaultdict(set)
        self._terms[language] = found
        for passage, its_terms in zip(passages, terms, strict=True):
            found[passage.document_id] |= neutral_terms(its_terms, among=known)
            yield its_terms

    def add_embeddings(self, language: Language, passages: Sequence[Passage], centred: Matrix) -> None:
        """Note the sum of each article's centred passage embeddings `(n, d)`."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, passage in enumerate(passages):
            rows[passage.document_id].append(row)
        self._sums[language] = {document: centred[found].sum(axis=0) for document, found in rows.items()}
        self._counts[language] = Counter(passage.document_id for passage in passages)

    def stories(self, published: Mapping[str, dt.date | None]) -> dict[Language, list[Story]]:
        """The articles of each language, by id; each belongs to the language of most of its passages.

        Args:
            published: the date of each document that states one.
        """
        return {
            language: [
                Story(document, unit(sums[document]), published.get(document), self._terms_of(document))
                for document in sorted(sums)
                if self._language_of(document) is language
            ]
            for language, sums in self._sums.items()
        }

    def _language_of(self, document: str) -> Language:
        """The language of most of a document's passages."""
        return max(READING_ORDER, key=lambda language: self._counts[language][document])

    def _terms_of(self, document: str) -> frozenset[str]:
        return frozenset().union(*(found.get(document, set()) for found in self._terms.values()))

    def _names(self) -> Container[str]:
        return set().union(*(terms for found in self._terms.values() for terms in found.values()))
