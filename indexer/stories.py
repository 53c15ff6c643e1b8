"""Articles as they are compared with those of the other language: gathered while their passages are stored."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.array_files import ArrayWriter, blocks, mapped
from indexer.counterparts import Stories, neutral_terms, term_numbers
from indexer.language_space import unit
from indexer.records import Language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.editions import Edition
    from indexer.records import Passage

    Matrix = NDArray[np.float32]
    Numbers = NDArray[np.uint64]

READING_ORDER = (Language.EN, Language.ZH)
"""Names in Latin letters first: of all that Han characters may be read as, only those can meet."""


class _Article(NamedTuple):
    """The passages of an article in one language: how many, and which row of the language's embeddings is theirs."""

    passages: int
    row: int


class StoryBook:
    """Gathers the terms and the mean embedding of each article.

    A language's passages are read with `reading`, in `READING_ORDER`; then `stories` has all articles of all languages.
    Memory holds the terms of each article as numbers, and those of the first language also as words.
    """

    def __init__(self, folder: Path) -> None:
        """A book that keeps embeddings in a folder."""
        self._folder = folder
        self._names: set[str] = set()
        self._terms: dict[Language, dict[str, Numbers]] = {}
        self._articles: dict[Language, dict[str, _Article]] = {}

    def reading(
        self, language: Language, passages: Iterable[Passage], terms: Iterable[Sequence[str]]
    ) -> Iterator[Sequence[str]]:
        """The terms of passages as they come, each passage's noted for its article."""
        is_first = language is READING_ORDER[0]
        noted = self._terms[language] = dict[str, "Numbers"]()
        both = zip(passages, terms, strict=True)
        for document, read in groupby(both, key=lambda pair: pair[0].document_id):
            found = set[str]()
            for _, its_terms in read:
                found |= neutral_terms(its_terms, among=None if is_first else self._names)
                yield its_terms
            noted[document] = term_numbers(found)
            if is_first:
                self._names |= found

    def add_embeddings(self, language: Language, passages: Iterable[Passage], centred: Matrix) -> None:
        """Note the mean of each article's centred passage embeddings `(n, d)`, made unit."""
        articles = self._articles[language] = dict[str, _Article]()
        rows = (row for block in blocks(centred) for row in block)
        with ArrayWriter(self._means_file(language), np.float32, centred.shape[1:]) as means:
            for document, its_rows in groupby(zip(passages, rows, strict=True), key=lambda pair: pair[0].document_id):
                total, count = np.zeros(centred.shape[1], np.float32), 0
                for _, row in its_rows:
                    total += row
                    count += 1
                articles[document] = _Article(count, len(articles))
                means.append(unit(total)[None])

    def stories(
        self, published: Mapping[str, dt.date | None], editions: Mapping[str, Edition]
    ) -> dict[Language, Stories]:
        """The articles of each language, by id; each belongs to the language of most of its passages.

        Args:
            published: the date of each document that states one.
            editions: those of documents whose titles state one.
        """
        return {language: self._stories(language, published, editions) for language in self._articles}

    def _stories(
        self, language: Language, published: Mapping[str, dt.date | None], editions: Mapping[str, Edition]
    ) -> Stories:
        articles = self._articles[language]
        ids = [document for document in sorted(articles) if self._language_of(document) is language]
        means = mapped(self._means_file(language))
        path = self._folder / f"{language}.stories.npy"
        with ArrayWriter(path, np.float32, means.shape[1:]) as embeddings:
            for block in blocks(np.array([articles[document].row for document in ids], np.int64)):
                embeddings.append(means[block])
        return Stories(
            ids=ids,
            embeddings=mapped(path),
            published=[published.get(document) for document in ids],
            terms=[self._terms_of(document) for document in ids],
            editions={place: editions[document] for place, document in enumerate(ids) if document in editions},
        )

    def _language_of(self, document: str) -> Language:
        """The language of most of a document's passages."""
        none = _Article(0, 0)
        return max(READING_ORDER, key=lambda language: self._articles[language].get(document, none).passages)

    def _terms_of(self, document: str) -> Numbers:
        found = [terms[document] for terms in self._terms.values() if document in terms]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _means_file(self, language: Language) -> Path:
        return self._folder / f"{language}.articles.npy"
