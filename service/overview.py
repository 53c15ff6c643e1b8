"""The contents of an index, and questions to begin with. Worked out once for a generation.

Examples come from the articles, when the first reader asks for them, and each was tried: the index is opened, its
searcher is there, and a snapshot that an older version wrote has examples too. However large the index is, as many
passages are read and as many searches are made.
"""

from __future__ import annotations

import threading
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer import ExampleSubject, Language, example_queries, folded
from service.records import GroupBy, Query
from service.search.facets import most_first, sources_by_name
from service.search.totals import RELEVANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer import DateRange, Document, ExampleQuery
    from service.records import FacetValue
    from service.search.searcher import Searcher

_SAMPLE = 48
"""Passages of a language that are read, spread evenly over the index."""
_READ = 3000
"""Characters of an article that are read, from the passage on."""
_TRIED = 4
"""Candidates for each subject that are tried, where those before them don't do: at most 12 searches a language."""
_SHOWN = 4
"""Examples of a language."""
_FIRST = 3
"""The article that an example is from has to be among so many."""
_SOURCES = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """The contents of an index.

    Attributes:
        generation: of the index.
        documents: how many.
        passages: how many, by language.
        published: the days between which they were published, as far as they state one.
        sources: those with the most documents, most first; documents that state none aren't counted.
        source_count: how many there are.
        unsourced: how many documents state none.
        examples: what one may ask, by language: words of articles that find them, first what finds both languages.
    """

    generation: str
    documents: int
    passages: Mapping[Language, int]
    published: DateRange
    sources: tuple[FacetValue, ...]
    source_count: int
    unsourced: int
    examples: Mapping[Language, tuple[str, ...]]

    @classmethod
    def of(cls, searcher: Searcher) -> Overview:
        """The overview of what a searcher searches: at most 24 searches."""
        snapshot = searcher.snapshot
        counts = snapshot.documents.source_counts()
        unsourced = counts.pop(None, 0)
        sources = most_first(sources_by_name(counts))
        return cls(
            generation=snapshot.manifest.generation,
            documents=snapshot.manifest.documents,
            passages={language: len(pool) for language, pool in snapshot.pools.items()},
            published=snapshot.documents.date_range(),
            sources=sources[:_SOURCES],
            source_count=len(sources),
            unsourced=unsourced,
            examples={language: examples(searcher, language) for language in Language},
        )


class Overviews:
    """The overview of the index that is searched, made when it is first asked for. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Overview | None = None

    def of(self, searcher: Searcher) -> Overview:
        """The overview of a searcher's index; whoever asks meanwhile waits for the one that is being made."""
        with self._lock:
            if self._latest is None or self._latest.generation != searcher.snapshot.manifest.generation:
                self._latest = Overview.of(searcher)
            return self._latest


class _Found(NamedTuple):
    """An example, the article that it is from, and whether passages of both languages are relevant to it."""

    example: ExampleQuery
    document: Document
    in_both: bool


def examples(searcher: Searcher, language: Language) -> tuple[str, ...]:
    """Up to four examples in a language: each finds its own article among the first three hits.

    The same for the same articles, whichever generation they are in. A language without articles has none.
    """
    candidates = _untold(_candidates(searcher, language))
    by_subject = [_some(candidates, subject) for subject in ExampleSubject]
    is_bilingual = all(map(len, searcher.snapshot.pools.values()))
    found: list[_Found] = []
    for one_of_each in zip_longest(*by_subject):
        tried = [_try(searcher, *candidate) for candidate in one_of_each if candidate]
        found += [result for result in tried if result]
        if len({one.document.id for one in found if one.in_both == is_bilingual}) >= _SHOWN:
            break
    return tuple(_chosen(found))


def _candidates(searcher: Searcher, language: Language) -> list[tuple[ExampleQuery, Document]]:
    """A sample of the articles: those with the same story in the other language first, the others as they fall."""
    articles, ids = searcher.snapshot.articles, searcher.snapshot.pools[language].ids
    rows = np.unique(np.linspace(0, len(ids) - 1, min(len(ids), _SAMPLE)).astype(np.int64))
    starts: dict[str, int] = {}
    for passage in articles.passages_at(language, rows.tolist()):
        starts.setdefault(passage.document_id, passage.start)
    documents, counterparts = articles.documents_of(starts), articles.counterpart_ids(starts)
    order = sorted(documents, key=lambda one: (not counterparts[one], zlib.crc32(one.encode()), one))
    return [
        (example, documents[identifier])
        for identifier in order
        for example in example_queries(
            documents[identifier], documents[identifier].text[starts[identifier] :][:_READ], language
        )
    ]


def _untold(candidates: Sequence[tuple[ExampleQuery, Document]]) -> list[tuple[ExampleQuery, Document]]:
    """Without headings of several articles, and without names that much of the sample has: they say too little."""
    counts = Counter((example.subject, folded(example.text)) for example, _ in candidates)
    most = max(2, len({document.id for _, document in candidates}) // 5)
    return [
        (example, document)
        for example, document in candidates
        if counts[example.subject, folded(example.text)] <= (1 if example.subject is ExampleSubject.TITLE else most)
    ]


def _some(
    candidates: Iterable[tuple[ExampleQuery, Document]], subject: ExampleSubject
) -> list[tuple[ExampleQuery, Document]]:
    """The first few for a subject, none twice."""
    found = {
        folded(example.text): (example, document) for example, document in candidates if example.subject is subject
    }
    return list(found.values())[:_TRIED]


def _try(searcher: Searcher, example: ExampleQuery, document: Document) -> _Found | None:
    """The example, where it finds its article."""
    answer = searcher.search(Query(example.text, k=_FIRST, group_by=GroupBy.DOCUMENT))
    relevant = [hit for hit in answer.hits if hit.score >= RELEVANT]
    if not any(document.id in {hit.document.id, *(other.id for other in hit.also_in)} for hit in relevant):
        return None
    return _Found(example, document, in_both=len(answer.counts.facets.language) == len(Language))


def _chosen(found: Sequence[_Found]) -> Iterator[str]:
    """One for each subject in turn; articles and, where there are others, sources once."""
    left = list(found)
    subjects, documents, sources = Counter[ExampleSubject](), set[str](), Counter[str | None]()
    for _ in range(_SHOWN):
        left = [one for one in left if one.document.id not in documents]
        if not left:
            return
        best = min(left, key=lambda one: (subjects[one.example.subject], not one.in_both, sources[one.document.source]))
        subjects[best.example.subject] += 1
        sources[best.document.source] += 1
        documents.add(best.document.id)
        yield best.example.text
