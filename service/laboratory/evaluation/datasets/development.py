"""A development set, judged by passage: a passage is relevant if it contains the evidence (relevance/README.md).

Three files: `questions.tsv`, `evidence.tsv`, and `corpus.txt`, which names the articles, a path relative to the folder
a line. Questions of the kind `none` have no answer.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from indexer import CorpusError, Language, build_snapshot
from service.laboratory.evaluation.datasets.judging import by_passage, shared_name
from service.laboratory.evaluation.datasets.tsv import read_columns
from service.laboratory.evaluation.datasets.xquad import is_xquad, read_paragraphs
from service.laboratory.evaluation.records import Task, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Unpack

    from indexer import Encoder, Progress, Snapshot
    from service.laboratory.evaluation.records import BuildOptions

QUESTIONS, EVIDENCE, CORPUS = "questions.tsv", "evidence.tsv", "corpus.txt"
NONE = "none"
"""The kind of questions that nothing answers."""


class Evidence(NamedTuple):
    """A place that answers a question: a verbatim piece of a document's cleaned text."""

    query_id: str
    document_id: str
    text: str


class _Answer(NamedTuple):
    id: str
    language: Language


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """Questions, and the passages that answer them.

    Attributes:
        folder: has the three files.
        articles: what is indexed instead of what `corpus.txt` names; evidence in other articles is then left out.
        noise: a folder of XQuAD-R, whose paragraphs are mixed in as articles; None for none.
    """

    folder: Path
    articles: tuple[Path, ...] = ()
    noise: Path | None = None

    def build(self, scratch: Path, encoder: Encoder, **options: Unpack[BuildOptions]) -> Path:
        """Index the articles and the noise.

        Raises:
            CorpusError: articles or noise are missing.
        """
        index, paths = scratch / "index", [*(self.articles or self._corpus())]
        if self.noise:
            paths.append(write_noise(self.noise, scratch / "noise.jsonl"))
        build_snapshot(paths, index, encoder, **options)
        return index

    def task(self, snapshot: Snapshot, progress: Progress) -> Task:
        """The questions that a passage of the index answers, and those that nothing answers.

        Raises:
            CorpusError: questions, evidence and articles don't fit together.
        """
        topics, evidence = self._topics(), self._evidence()
        self._check(topics, evidence)
        answers = list(self._answers(snapshot, evidence, progress))
        qrels = defaultdict[str, dict[str, int]](dict)
        for place, answer in answers:
            qrels[place.query_id][answer.id] = 1
        return Task(
            name=self.folder.resolve().name + (" + noise" if self.noise else ""),
            topics=tuple(topic for topic in topics if topic.id in qrels),
            qrels=dict(qrels),
            language_of={answer.id: answer.language for _, answer in answers},
            answers=by_passage(snapshot),
            unanswered=tuple(topic for topic in topics if topic.kind == NONE),
        )

    def _corpus(self) -> list[Path]:
        """The articles that the set was written for."""
        path = self.folder / CORPUS
        try:
            paths = [self.folder / line for line in path.read_text("utf-8").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path}: can't be read ({error}). Name the articles with --articles.") from error
        missing = next((article for article in paths if not article.exists()), None)
        if missing or not paths:
            message = f"{path}: names {missing or 'nothing'}, which is missing. Name what there is with --articles."
            raise CorpusError(message)
        return paths

    def _topics(self) -> list[Topic]:
        rows = read_columns(self.folder / QUESTIONS, ("query_id", "language", "kind", "text"))
        return [Topic(identifier, text, self._language(language), kind) for identifier, language, kind, text in rows]

    def _evidence(self) -> list[Evidence]:
        return [Evidence(*row) for row in read_columns(self.folder / EVIDENCE, ("query_id", "document_id", "evidence"))]

    def _language(self, code: str) -> Language:
        try:
            return Language(code)
        except ValueError:
            message = f"{self.folder / QUESTIONS}: no question can be in {code!r}. Use: {', '.join(Language)}"
            raise CorpusError(message) from None

    def _check(self, topics: Iterable[Topic], evidence: Iterable[Evidence]) -> None:
        """Exactly the questions that aren't of the kind `none` have evidence."""
        answered = {topic.id for topic in topics if topic.kind != NONE}
        wrong = answered ^ {place.query_id for place in evidence}
        if wrong:
            message = f"{self.folder}: {min(wrong)!r} is in {QUESTIONS} but not in {EVIDENCE}, or the other way round."
            raise CorpusError(f"{message} Mend the id; a question that nothing answers is of the kind {NONE!r}.")

    def _answers(
        self, snapshot: Snapshot, evidence: Iterable[Evidence], progress: Progress
    ) -> Iterator[tuple[Evidence, _Answer]]:
        """Each place of evidence with the passages that contain it."""
        known = {document.id for document in snapshot.articles.documents()}
        for place in evidence:
            if place.document_id in known:
                answers = _answers_at(snapshot, place)
                if not answers:
                    progress.say(f"Left out: no passage of {place.document_id} has {place.text!r} ({place.query_id}).")
                yield from ((place, answer) for answer in answers)
            elif not self.articles:
                message = f"{self.folder / EVIDENCE}: {place.document_id!r} is no article's id. Mend the id."
                raise CorpusError(message)


def _answers_at(snapshot: Snapshot, place: Evidence) -> list[_Answer]:
    """The passages of a document that contain the evidence, under the names that they share with their twins."""
    articles = snapshot.articles
    passages, places = articles.passages_of(place.document_id), articles.places_of(place.document_id)
    return [
        _Answer(shared_name(snapshot, language, row), language)
        for passage, (language, row) in zip(passages, places, strict=True)
        if place.text in passage.text
    ]


def write_noise(folder: Path, path: Path) -> Path:
    """The paragraphs of XQuAD-R in both languages, each an article without a title, as JSON Lines."""
    if not is_xquad(folder):
        raise CorpusError(f"{folder}: no XQuAD-R. Noise needs a folder with en.json and zh.json.")
    articles = chain.from_iterable(_noise(read_paragraphs(folder, language), language) for language in Language)
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return path


def _noise(paragraphs: Sequence[dict[str, str]], language: Language) -> Iterator[dict[str, str]]:
    for number, paragraph in enumerate(paragraphs):
        yield {"id": f"xquad-{language}-{number}", "language": language, "text": paragraph["context"]}
