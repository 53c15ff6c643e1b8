"""How good the rankings are: the same questions to the fair and to the plain ranking, over the real read path.

Two kinds of datasets are read:

- XQuAD-R (Roy et al., "LAReQA: Language-agnostic answer retrieval from a multilingual pool", 2020): `en.json` and
  `zh.json`. Two tasks: all paragraphs of both languages in one pool, and all their sentences; each question has one
  right answer in each language.
- a folder of articles with `queries.tsv` (query id, text; a header may name further columns) and `qrels.tsv` (query id,
  document id, relevance; also TREC's four columns). Judged by document: a document ranks where its best passage does.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import ir_measures
from ir_measures import AP, R, nDCG

from indexer import (
    CorpusError,
    Document,
    Language,
    build_snapshot,
    index_passages,
    open_snapshot,
    query_language,
    whole_passages,
)
from service.records import Query, RankingMethod
from service.search import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from indexer import Encoder, Progress
    from service.records import Ranking

_DEPTH = 1000
"""How deep rankings are judged."""
_MEASURES = {"mAP": AP, "nDCG@10": nDCG @ 10}
_RECALL = R @ 10
_QUERIES, _QRELS = "queries.tsv", "qrels.tsv"

Qrels = dict[str, dict[str, int]]
"""Judgements: query id to document id to relevance."""


class Topic(NamedTuple):
    """A question of an evaluation."""

    id: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over one pool, and the right answers; `language_of` tells the language of each answer."""

    name: str
    topics: tuple[Topic, ...]
    qrels: Qrels
    language_of: Mapping[str, Language]


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one task, one ranking and the questions of one language (or of both: their mean)."""

    task: str
    ranking: str
    language: str
    measures: dict[str, float | None]


def evaluate(dataset: Path, encoder: Encoder, *, progress: Progress) -> list[Row]:
    """The measures of every task of a dataset.

    Raises:
        CorpusError: the folder holds no dataset, or one whose files contradict each other.
    """
    if (dataset / "en.json").is_file() and (dataset / "zh.json").is_file():
        return [
            row for unit in ("paragraphs", "sentences") for row in _evaluate_xquad(dataset, unit, encoder, progress)
        ]
    if (dataset / _QUERIES).is_file() and (dataset / _QRELS).is_file():
        return _evaluate_folder(dataset, encoder, progress)
    raise CorpusError(
        f"{dataset}: no dataset. It needs en.json and zh.json (XQuAD-R), or {_QUERIES} and {_QRELS} beside articles."
    )


def _evaluate_xquad(dataset: Path, unit: str, encoder: Encoder, progress: Progress) -> list[Row]:
    pool: list[Document] = []
    topics, qrels = [], defaultdict[str, dict[str, int]](dict)
    for language in Language:
        for question in _xquad_questions(dataset, language, unit, pool):
            topics.append(Topic(f"{language}-{question.id}", question.text, language))
            for asked_in in Language:
                qrels[f"{asked_in}-{question.id}"][question.answer] = 1
    task = Task(
        name=f"XQuAD-R {unit}",
        topics=tuple(topics),
        qrels=dict(qrels),
        language_of={document.id: document.language or Language.EN for document in pool},
    )
    with tempfile.TemporaryDirectory(prefix="haihe-eval-") as folder:
        corpus = ((document, whole_passages(document, encoder)) for document in pool)
        index_passages(corpus, Path(folder) / "index", encoder, progress=progress)
        return _measure(task, Searcher(open_snapshot(Path(folder) / "index"), encoder), progress)


class _Question(NamedTuple):
    id: str
    text: str
    answer: str


def _xquad_questions(dataset: Path, language: Language, unit: str, pool: list[Document]) -> Iterator[_Question]:
    """The questions of one language; what may answer them is added to the pool."""
    for number, paragraph in enumerate(_xquad_paragraphs(dataset / f"{language}.json")):
        text = paragraph["context"]
        spans = [(0, len(text))] if unit == "paragraphs" else paragraph["sentence_breaks"]
        ids = [f"{language}-{number}-{position}" for position in range(len(spans))]
        for identifier, (start, end) in zip(ids, spans, strict=True):
            pool.append(Document(id=identifier, title="", text=text[start:end], language=language))
        for question in paragraph["qas"]:
            position = _span_at(spans, question["answers"][0]["answer_start"])
            yield _Question(question["id"], question["question"], ids[position])


def _xquad_paragraphs(path: Path) -> list[dict[str, Any]]:
    """The paragraphs of a file, each with what the tasks need of it."""
    needed = {"context", "sentence_breaks", "qas"}
    try:
        content = json.loads(path.read_text("utf-8"))
        paragraphs = [paragraph for article in content["data"] for paragraph in article["paragraphs"]]
        missing = {key for paragraph in paragraphs for key in needed - paragraph.keys()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: not as XQuAD-R has it ({error!r}). Restore the file.") from error
    if missing:
        raise CorpusError(f"{path}: not as XQuAD-R has it, {min(missing)!r} is missing. Restore the file.")
    return paragraphs


def _span_at(spans: Sequence[Sequence[int]], place: int) -> int:
    return max((number for number, (start, _) in enumerate(spans) if start <= place), default=0)


def _evaluate_folder(dataset: Path, encoder: Encoder, progress: Progress) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="haihe-eval-") as folder:
        build_snapshot([dataset], Path(folder) / "index", encoder, progress=progress)
        searcher = Searcher(open_snapshot(Path(folder) / "index"), encoder)
        documents = {document.id: document for document in searcher.snapshot.documents()}
        qrels = _read_qrels(dataset / _QRELS)
        unknown = {identifier for judged in qrels.values() for identifier in judged} - documents.keys()
        if unknown:
            message = f"{dataset / _QRELS}: judges {min(unknown)!r}, but no article has that id. Mend the id."
            raise CorpusError(message)
        task = Task(
            name=dataset.resolve().name,
            topics=tuple(topic for topic in _read_topics(dataset / _QUERIES) if topic.id in qrels),
            qrels=qrels,
            language_of={name: document.language or Language.EN for name, document in documents.items()},
        )
        if not task.topics:
            raise CorpusError(f"{dataset / _QUERIES}: no query id is judged in {_QRELS}. Use the same ids in both.")
        return _measure(task, searcher, progress)


def _measure(task: Task, searcher: Searcher, progress: Progress) -> list[Row]:
    progress.begin(f"Asking {task.name}", len(task.topics))
    runs: dict[RankingMethod, dict[str, dict[str, float]]] = {
        method: {} for method in (RankingMethod.PLAIN, RankingMethod.FAIR)
    }
    for start in range(0, len(task.topics), 64):
        topics = task.topics[start : start + 64]
        embeddings = searcher.encode_queries([topic.text for topic in topics])
        for topic, embedding in zip(topics, embeddings, strict=True):
            for method, run in runs.items():
                ranking = searcher.rank(Query(topic.text, k=_DEPTH, ranking=method), embedding)
                run[topic.id] = _documents_of(ranking)
        progress.advance(len(topics))
    searcher.snapshot.close()
    rows = []
    for method, run in runs.items():
        by_language = [_row(task, method, language, run) for language in Language]
        present = [row for row in by_language if row is not None]
        rows += present
        if len(present) > 1:
            rows.append(_mean(present))
    return rows


def _documents_of(ranking: Ranking) -> dict[str, float]:
    """The documents of a ranking of passages, each where its best passage is: scores that fall with the rank."""
    ordered = dict.fromkeys(candidate.document_id for candidate in ranking)
    return {document_id: float(-rank) for rank, document_id in enumerate(ordered)}


def _row(task: Task, method: RankingMethod, language: Language, run: Mapping[str, Mapping[str, float]]) -> Row | None:
    """The measures over the questions of one language."""
    ids = [topic.id for topic in task.topics if topic.language == language]
    if not ids:
        return None
    qrels = {identifier: task.qrels[identifier] for identifier in ids}
    own = _restricted(qrels, lambda answer: task.language_of.get(answer) == language)
    other = _restricted(qrels, lambda answer: task.language_of.get(answer) != language)
    measures = {name: _aggregate(measure, qrels, run) for name, measure in _MEASURES.items()}
    measures["R@10 same"] = _aggregate(_RECALL, own, run)
    measures["R@10 across"] = _aggregate(_RECALL, other, run)
    return Row(task.name, method, language, measures)


def _restricted(qrels: Qrels, keep: Callable[[str], bool]) -> Qrels:
    """Judgements of some answers only; questions without any fall out."""
    restricted = {
        query: {answer: relevance for answer, relevance in judged.items() if keep(answer)}
        for query, judged in qrels.items()
    }
    return {query: judged for query, judged in restricted.items() if any(judged.values())}


def _aggregate(measure: Any, qrels: Qrels, run: Mapping[str, Mapping[str, float]]) -> float | None:  # noqa: ANN401
    """The mean of a measure over the judged questions; None where there are none."""
    if not qrels:
        return None
    asked = {query: dict(run[query]) for query in qrels}
    return float(ir_measures.calc_aggregate([measure], qrels, asked)[measure])


def _mean(rows: Sequence[Row]) -> Row:
    """The mean over question languages."""
    names = rows[0].measures
    values = {name: [row.measures[name] for row in rows] for name in names}
    known = {name: [value for value in found if value is not None] for name, found in values.items()}
    means = {name: sum(found) / len(found) if found else None for name, found in known.items()}
    return Row(rows[0].task, rows[0].ranking, "mean", means)


def _read_topics(path: Path) -> Iterator[Topic]:
    """Query id and text of each line; a header names the columns, without one they are the first two."""
    rows = _read_tsv(path)
    header = [name.lower().replace("-", "_") for name in rows[0]] if rows else []
    text_column = next((header.index(name) for name in ("text", "query", "question") if name in header), None)
    for number, row in enumerate(rows[1:] if text_column is not None else rows, start=1):
        column = 1 if text_column is None else text_column
        if len(row) <= column:
            raise CorpusError(f"{path}: query {number} has {len(row)} column(s). Write: query id, tab, text.")
        yield Topic(row[0], row[column], query_language(row[column]))


def _read_qrels(path: Path) -> Qrels:
    """Judgements from three columns (query id, document id, relevance) or TREC's four, with a header or without."""
    qrels = defaultdict[str, dict[str, int]](dict)
    for number, row in enumerate(_read_tsv(path), start=1):
        fields = row if len(row) > 1 else row[0].split()
        if len(fields) not in {3, 4} or not (fields[-1].lstrip("-").isdigit() or number == 1):
            raise CorpusError(f"{path}: line {number} is no judgement. Write: query id, document id, relevance.")
        if fields[-1].lstrip("-").isdigit():
            qrels[fields[0]][fields[-2]] = int(fields[-1])
    return dict(qrels)


def _read_tsv(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path}: no tab-separated text in UTF-8 ({error}). Save it as UTF-8.") from error
