"""A folder of articles with `queries.tsv` and `qrels.tsv`, judged by document: it ranks where its best passage does.

`queries.tsv` has query id and text, and a header may name further columns; `qrels.tsv` has query id, document id and
relevance, or TREC's four columns.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import CorpusError, Language, build_snapshot, query_language
from service.laboratory.evaluation.datasets.judging import by_document
from service.laboratory.evaluation.datasets.tsv import read_tsv
from service.laboratory.evaluation.records import Task, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Unpack

    from indexer import Encoder, Progress, Snapshot
    from service.laboratory.evaluation.records import BuildOptions

QUERIES, QRELS = "queries.tsv", "qrels.tsv"


@dataclass(frozen=True, slots=True)
class JudgedFolder:
    """Articles, questions and judgements in one folder."""

    folder: Path

    def build(self, scratch: Path, encoder: Encoder, **options: Unpack[BuildOptions]) -> Path:
        """Index the articles."""
        index = scratch / "index"
        build_snapshot([self.folder], index, encoder, **options)
        return index

    def task(self, snapshot: Snapshot, _: Progress) -> Task:
        """The questions that are judged.

        Raises:
            CorpusError: questions, judgements and articles don't fit together.
        """
        languages = {document.id: document.language or Language.EN for document in snapshot.articles.documents()}
        qrels = _read_qrels(self.folder / QRELS)
        unknown = {identifier for judged in qrels.values() for identifier in judged} - languages.keys()
        if unknown:
            message = f"{self.folder / QRELS}: judges {min(unknown)!r}, but no article has that id. Mend the id."
            raise CorpusError(message)
        topics = tuple(topic for topic in _read_topics(self.folder / QUERIES) if topic.id in qrels)
        if not topics:
            raise CorpusError(f"{self.folder / QUERIES}: no query id is judged in {QRELS}. Use the same ids in both.")
        return Task(self.folder.resolve().name, topics, qrels, languages, by_document(snapshot))


def _read_topics(path: Path) -> Iterator[Topic]:
    """Query id and text of each line; a header names the columns, without one they are the first two."""
    rows = read_tsv(path)
    header = [name.lower().replace("-", "_") for name in rows[0]] if rows else []
    text_column = next((header.index(name) for name in ("text", "query", "question") if name in header), None)
    for number, row in enumerate(rows[1:] if text_column is not None else rows, start=1):
        column = 1 if text_column is None else text_column
        if len(row) <= column:
            raise CorpusError(f"{path}: query {number} has {len(row)} column(s). Write: query id, tab, text.")
        yield Topic(row[0], row[column], query_language(row[column]))


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements from three columns (query id, document id, relevance) or TREC's four, with a header or without."""
    qrels = defaultdict[str, dict[str, int]](dict)
    for number, row in enumerate(read_tsv(path), start=1):
        fields = row if len(row) > 1 else row[0].split()
        if len(fields) not in {3, 4} or not (fields[-1].lstrip("-").isdigit() or number == 1):
            raise CorpusError(f"{path}: line {number} is no judgement. Write: query id, document id, relevance.")
        if fields[-1].lstrip("-").isdigit():
            qrels[fields[0]][fields[-2]] = int(fields[-1])
    return dict(qrels)
