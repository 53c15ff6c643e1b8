"""XQuAD-R: questions, each with one right answer in each language.

Roy et al., "LAReQA: Language-agnostic answer retrieval from a multilingual pool", 2020: `en.json` and `zh.json`. Two
tasks: all paragraphs of both languages in one pool, and all their sentences.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer import CorpusError, Document, Language, index_passages, whole_passages
from service.laboratory.evaluation.datasets.judging import by_document
from service.laboratory.evaluation.records import Task, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Unpack

    from indexer import Encoder, Progress, Snapshot
    from service.laboratory.evaluation.records import BuildOptions

    Span = Sequence[int]

UNITS = ("paragraphs", "sentences")


def is_xquad(folder: Path) -> bool:
    """Tell whether a folder has the files of both languages."""
    return all((folder / f"{language}.json").is_file() for language in Language)


class _Question(NamedTuple):
    id: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class XquadTask:
    """One of the two tasks; `unit` is what answers a question, one of `UNITS`."""

    folder: Path
    unit: str

    def build(self, scratch: Path, encoder: Encoder, **options: Unpack[BuildOptions]) -> Path:
        """Index each unit as one passage."""
        documents = [document for language in Language for document in self._documents(language)]
        corpus = ((document, whole_passages(document, encoder)) for document in documents)
        index = scratch / "index"
        index_passages(corpus, index, encoder, **options)
        return index

    def task(self, snapshot: Snapshot, _: Progress) -> Task:
        """The questions of both languages, each answered in both."""
        topics, qrels = list[Topic](), defaultdict[str, dict[str, int]](dict)
        for language in Language:
            for question in self._questions(language):
                topics.append(Topic(f"{language}-{question.id}", question.text, language))
                for asked_in in Language:
                    qrels[f"{asked_in}-{question.id}"][question.answer] = 1
        documents = (document for language in Language for document in self._documents(language))
        return Task(
            name=f"XQuAD-R {self.unit}",
            topics=tuple(topics),
            qrels=dict(qrels),
            language_of={document.id: document.language or Language.EN for document in documents},
            answers=by_document(snapshot),
            figure="mAP",
        )

    def _documents(self, language: Language) -> Iterator[Document]:
        for number, paragraph in enumerate(read_paragraphs(self.folder, language)):
            for position, (start, end) in enumerate(self._spans(paragraph)):
                text = paragraph["context"][start:end]
                yield Document(id=f"{language}-{number}-{position}", title="", text=text, language=language)

    def _questions(self, language: Language) -> Iterator[_Question]:
        for number, paragraph in enumerate(read_paragraphs(self.folder, language)):
            spans = self._spans(paragraph)
            for question in paragraph["qas"]:
                position = _span_at(spans, question["answers"][0]["answer_start"])
                # straight quotes would ask for exact words, which no passage of the other language has
                text = question["question"].replace('"', "”")
                yield _Question(question["id"], text, f"{language}-{number}-{position}")

    def _spans(self, paragraph: dict[str, Any]) -> Sequence[Span]:
        if self.unit == "paragraphs":
            return [(0, len(paragraph["context"]))]
        spans: Sequence[Span] = paragraph["sentence_breaks"]
        return spans


def read_paragraphs(folder: Path, language: Language) -> list[dict[str, Any]]:
    """The paragraphs of a language, each with what the tasks need of it.

    Raises:
        CorpusError: the file is of another shape.
    """
    path = folder / f"{language}.json"
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


def _span_at(spans: Sequence[Span], place: int) -> int:
    return max((number for number, (start, _) in enumerate(spans) if start <= place), default=0)
