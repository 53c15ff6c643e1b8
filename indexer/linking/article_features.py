"""Articles as they are compared with those of the other language: gathered while their passages are stored.

Reprints are one story: an article is a copy of another where more than half of the passages of either are
near-duplicates of the other's, their titles state no different versions, years or months, and it was published within
days of the first. A notice that comes every year in the same words is a story each year.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.linking.counterparts import Stories, neutral_terms, term_numbers
from indexer.linking.editions import Edition
from indexer.records import Language
from indexer.spaces.language_space import unit
from indexer.storage.mapped_arrays import ArrayWriter, blocks, mapped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import Passage

    Matrix = NDArray[np.float32]
    Numbers = NDArray[np.uint64]
    Rows = NDArray[np.int64]

READING_ORDER = (Language.EN, Language.ZH)
"""Names in Latin letters first: of all that Han characters may be read as, only those can meet."""

_COPIED_WITHIN = 30
"""Days after a story's first printing in which another is of the same story."""
_TOLD = 8
"""With how many stories of one text a printing is compared: ten thousand editions of it stay linear."""


class _Article(NamedTuple):
    """The passages of an article in one language: how many, and which row of the language's embeddings is theirs.

    Articles of one text have the same `text`, a number.
    """

    passages: int
    row: int
    text: int


@dataclass(slots=True)
class _Story:
    """One text, as it was printed at one time: the documents in order of publication, those without a date last."""

    documents: list[str]
    first: dt.date | None
    last: dt.date | None
    edition: Edition

    def is_of(self, published: dt.date | None, edition: Edition) -> bool:
        """A printing of the same text is one of this story."""
        if published and self.first and (published - self.first).days > _COPIED_WITHIN:
            return False
        return not edition.differs(self.edition)

    def add(self, document: str, published: dt.date | None, edition: Edition) -> None:
        """Add a printing."""
        self.documents.append(document)
        self.last = published or self.last
        mine = self.edition
        self.edition = Edition(
            mine.versions or edition.versions, mine.years or edition.years, mine.months or edition.months
        )


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
            its_neutral = set[str]()
            for _, its_terms in read:
                its_neutral |= neutral_terms(its_terms, among=None if is_first else self._names)
                yield its_terms
            noted[document] = term_numbers(its_neutral)
            if is_first:
                self._names |= its_neutral

    def add_embeddings(
        self, language: Language, passages: Iterable[Passage], centred: Matrix, twins: Rows | None = None
    ) -> None:
        """Note the mean of each article's centred passage embeddings, made unit, and which articles are of one text.

        Args:
            language: that of the passages.
            passages: all of them, by row.
            centred: `(n, d)`.
            twins: `(n,)`, for each passage the lowest row among its near-duplicates; None where there are none.
        """
        counts = dict[str, int]()
        rows = (row for block in blocks(centred) for row in block)
        with ArrayWriter(self._means_file(language), np.float32, centred.shape[1:]) as means:
            for document, its_rows in groupby(zip(passages, rows, strict=True), key=lambda pair: pair[0].document_id):
                total, count = np.zeros(centred.shape[1], np.float32), 0
                for _, row in its_rows:
                    total += row
                    count += 1
                counts[document] = count
                means.append(unit(total)[None])
        owners = np.repeat(np.arange(len(counts)), np.fromiter(counts.values(), np.int64, len(counts)))
        texts = originals(owners, np.arange(len(owners)) if twins is None else twins).tolist()
        self._articles[language] = {
            document: _Article(count, row, text)
            for row, ((document, count), text) in enumerate(zip(counts.items(), texts, strict=True))
        }

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
        told = sorted(self._told(language, published, editions), key=lambda story: story.documents[0])
        ids = [story.documents[0] for story in told]
        means = mapped(self._means_file(language))
        path = self._folder / f"{language}.stories.npy"
        with ArrayWriter(path, np.float32, means.shape[1:]) as embeddings:
            for block in blocks(np.array([articles[document].row for document in ids], np.int64)):
                embeddings.append(means[block])
        return Stories(
            ids=ids,
            embeddings=mapped(path),
            published=[story.first for story in told],
            terms=[self._terms_of(document) for document in ids],
            editions={place: story.edition for place, story in enumerate(told) if any(story.edition)},
            copies={place: story.documents[1:] for place, story in enumerate(told) if len(story.documents) > 1},
            until={place: story.last for place, story in enumerate(told) if story.last and story.last != story.first},
        )

    def _told(
        self, language: Language, published: Mapping[str, dt.date | None], editions: Mapping[str, Edition]
    ) -> list[_Story]:
        """The stories of a language."""
        articles = self._articles[language]
        documents = [document for document in articles if self._language_of(document) is language]
        of_text = defaultdict[int, list[_Story]](list)
        for document in sorted(documents, key=lambda one: (str(published.get(one) or "~"), one)):  # undated ones last
            printing = published.get(document), editions.get(document, Edition())
            told = of_text[articles[document].text]
            story = next((story for story in told[-_TOLD:] if story.is_of(*printing)), None)
            if story is None:
                story = _Story([], printing[0], printing[0], printing[1])
                told.append(story)
            story.add(document, *printing)
        return [story for told in of_text.values() for story in told]

    def _language_of(self, document: str) -> Language:
        """The language of most of a document's passages."""
        none = _Article(0, 0, 0)
        return max(READING_ORDER, key=lambda language: self._articles[language].get(document, none).passages)

    def _terms_of(self, document: str) -> Numbers:
        numbers = [terms[document] for terms in self._terms.values() if document in terms]
        return numbers[0] if len(numbers) == 1 else np.unique(np.concatenate(numbers))

    def _means_file(self, language: Language) -> Path:
        return self._folder / f"{language}.articles.npy"


def originals(owners: Rows, twins: Rows) -> Rows:
    """For each article `(m,)` the one whose text it has: itself, or one whose rows are lower.

    Either has the same passages, or more than half of both are near-duplicates. No original has another.

    Args:
        owners: `(n,)`, the article of each passage, ascending from 0.
        twins: `(n,)`, for each passage the lowest row among its near-duplicates.
    """
    if not len(owners):
        return owners
    ones, groups = np.divmod(np.unique(owners * len(twins) + twins), len(twins))
    sizes = np.bincount(ones)
    first = dict[bytes, int]()
    its_groups = np.split(groups, np.cumsum(sizes)[:-1])
    equal = np.array([first.setdefault(its.tobytes(), row) for row, its in enumerate(its_groups)], np.int64)
    met, shared = np.unique(ones * len(sizes) + owners[groups], return_counts=True)
    ones, others = np.divmod(met, len(sizes))
    alike = (2 * shared > sizes[ones]) & (2 * shared > sizes[others])
    nearly = np.arange(len(sizes))
    nearly[ones[alike]] = others[alike]
    copied: Rows = nearly[equal]
    return copied
