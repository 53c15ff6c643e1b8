"""The columns that filters and facets look at, mapped from disk: they cost a vector operation, and no text.

    documents.npy          source and day of each document; documents are numbered in the order of their ids
    documents.ids.npy      their ids
    documents.sources.npy  the names of sources: those that a filter takes for one stand together
    {zh,en}.rows.npy       the document of each row, and the lowest row with nearly the same text
    {zh,en}.ids.npy        the id of each row's passage

Of a document only these facts are needed for every row; all else lies in `indexer.snapshot.article_store`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import astuple, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, SupportsIndex

import numpy as np

from indexer.storage.mapped_arrays import BLOCK, mapped
from indexer.storage.string_array import MappedStrings, StringsWriter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import Language

    Numbers = NDArray[np.int64]

DOCUMENTS = "documents.npy"
_DOCUMENT_IDS = "documents.ids.npy"
_SOURCES = "documents.sources.npy"
_UNSTATED = -1
_DOCUMENT = np.dtype([("source", "<i8"), ("day", "<M8[D]")])
_ROW = np.dtype([("document", "<i8"), ("twin", "<i8")])


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """A filter on the passages that a search may find. None means all."""

    sources: tuple[str, ...] | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in astuple(self))


class Origin(NamedTuple):
    """The source of a document and the day it was published, as far as it says so."""

    source: str | None
    published: dt.date | None


class DateRange(NamedTuple):
    """The first and the last day that documents state, None where none does, and how many state none."""

    first: dt.date | None
    last: dt.date | None
    undated: int


class DocumentColumns:
    """The sources and days of documents, by number. Safe to use from several threads.

    Attributes:
        ids: of the documents, ascending.
    """

    def __init__(self, folder: Path) -> None:
        """Map what `write_columns` wrote."""
        table = np.asarray(mapped(folder / DOCUMENTS))
        self.ids = MappedStrings.open(folder / _DOCUMENT_IDS)
        self._names = MappedStrings.open(folder / _SOURCES)
        self._sources: Numbers = table["source"]
        self._days: NDArray[np.datetime64] = table["day"]

    def __len__(self) -> int:
        return len(self._days)

    def passing(self, wanted: PassageFilter) -> NDArray[np.bool_]:
        """The documents `(n,)` that pass a filter. Those without a date pass no filter by date."""
        passing = np.ones(len(self), np.bool_)
        if wanted.sources is not None:
            is_wanted = np.zeros(len(self._names) + 1, np.bool_)  # the last stands for `_UNSTATED`
            for source in wanted.sources:
                is_wanted[self._numbers_of(source)] = True
            passing &= is_wanted[self._sources]
        if wanted.published_from is not None:
            passing &= self._days >= np.datetime64(wanted.published_from)
        if wanted.published_to is not None:
            passing &= self._days <= np.datetime64(wanted.published_to)
        return passing

    def origins(self, numbers: Sequence[int]) -> list[Origin]:
        """The origins of the documents with these numbers, in the order of `numbers`."""
        rows = np.array(numbers, np.int64)
        sources, days = self._sources[rows].tolist(), self._days[rows].tolist()
        names = {source: self._names[source] for source in set(sources) - {_UNSTATED}}
        return [Origin(names.get(source), day) for source, day in zip(sources, days, strict=True)]

    def source_counts(self) -> dict[str | None, int]:
        """The number of documents of each source, as it is written; None for those that state none."""
        numbers, counts = np.unique(self._sources, return_counts=True)
        return {
            None if number == _UNSTATED else self._names[number]: count
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        }

    def date_range(self) -> DateRange:
        """The first and the last day on which the documents were published."""
        stated = self._days[~np.isnat(self._days)]
        if not len(stated):
            return DateRange(None, None, len(self))
        return DateRange(stated.min().item(), stated.max().item(), len(self) - len(stated))

    def _numbers_of(self, source: str) -> slice:
        """The sources that are called so, in any case."""
        key = source_key(source)
        return slice(bisect_left(self._names, key, key=source_key), bisect_right(self._names, key, key=source_key))


class PassageIds:
    """The ids of a language's passages, each with its document's, by row: looked up when they are asked for."""

    def __init__(self, passages: MappedStrings, documents: Numbers, document_ids: MappedStrings) -> None:
        self._passages = passages
        self._documents = documents
        self._document_ids = document_ids

    def __len__(self) -> int:
        return len(self._passages)

    def __getitem__(self, row: SupportsIndex) -> tuple[str, str]:
        return self._passages[row], self._document_ids[self._documents[row]]


class RowColumns(NamedTuple):
    """The columns of what is known of each row of a language.

    Attributes:
        ids: of passage and document.
        documents: `(n,)`, the document's number.
        twins: `(n,)`, the lowest row with nearly the same text.
    """

    ids: PassageIds
    documents: Numbers
    twins: Numbers

    @classmethod
    def open(cls, folder: Path, language: Language, documents: DocumentColumns) -> RowColumns:
        """Map what `write_columns` wrote."""
        table = np.asarray(mapped(folder / rows_file(language)))
        passages = MappedStrings.open(folder / f"{language}.ids.npy")
        return cls(PassageIds(passages, table["document"], documents.ids), table["document"], table["twin"])


def rows_file(language: Language) -> str:
    """The name of a language's file of rows."""
    return f"{language}.rows.npy"


def write_columns(
    folder: Path,
    documents: Iterable[tuple[str, Origin]],
    passages: Mapping[Language, Iterable[tuple[str, str]]],
    twins: Mapping[Language, Numbers],
) -> None:
    """Write the columns of a snapshot; memory holds the numbers of documents and rows, and the ids of documents.

    Args:
        folder: the generation's.
        documents: by id, ascending.
        passages: of each language by row, their ids and their documents'.
        twins: the lowest row with nearly the same text, of each row.
    """
    numbers = _write_documents(folder, documents)
    for language, rows in passages.items():
        _write_rows(folder, language, rows, twins[language], numbers)


def _write_documents(folder: Path, documents: Iterable[tuple[str, Origin]]) -> dict[str, int]:
    """The number of each document."""
    numbers, origins = dict[str, int](), list[Origin]()
    with StringsWriter(folder / _DOCUMENT_IDS) as ids:
        for block in _blocks(documents):
            ids.extend(identifier for identifier, _ in block)
            numbers |= {identifier: number for number, (identifier, _) in enumerate(block, len(numbers))}
            origins += [origin for _, origin in block]
    names = sorted(
        {origin.source for origin in origins if origin.source is not None}, key=lambda name: (source_key(name), name)
    )
    with StringsWriter(folder / _SOURCES) as sources:
        sources.extend(names)
    number_of: dict[str | None, int] = {None: _UNSTATED, **{name: number for number, name in enumerate(names)}}
    table = np.array([(number_of[source], day) for source, day in origins], _DOCUMENT)
    np.save(folder / DOCUMENTS, table, allow_pickle=False)
    return numbers


def _write_rows(
    folder: Path,
    language: Language,
    passages: Iterable[tuple[str, str]],
    twins: Numbers,
    numbers: Mapping[str, int],
) -> None:
    table = np.empty(len(twins), _ROW)
    table["twin"] = twins
    row = 0
    with StringsWriter(folder / f"{language}.ids.npy") as ids:
        for block in _blocks(passages):
            ids.extend(passage for passage, _ in block)
            table["document"][row : row + len(block)] = [numbers[document] for _, document in block]
            row += len(block)
    np.save(folder / rows_file(language), table, allow_pickle=False)


def _blocks(values: Iterable[Any]) -> Iterable[list[Any]]:
    remaining = iter(values)
    while block := list(islice(remaining, BLOCK)):
        yield block


def source_key(source: str) -> bytes:
    """A source as a filter compares it: ASCII letters of either case are one."""
    return source.encode().lower()
