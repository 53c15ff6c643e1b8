"""The values of an evaluation. All are frozen, but for what an `Outcome` gathers."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Required, TypedDict

from indexer import Language, LateInteraction, Progress, SecondEncoder
from service.records import ScoredPassage

Qrels = Mapping[str, Mapping[str, int]]
"""Judgements: query id to answer id to relevance. An answer is a document or a passage."""
Values = Mapping[str, Mapping[str, float]]
"""Measures by question: query id to name to value; a name is missing where it has no meaning."""
Answers = Callable[[ScoredPassage, Container[str]], Sequence[str]]
"""What a candidate is judged as: the ids of answers, given those that are judged for the question."""


class BuildOptions(TypedDict, total=False):
    """The options of a dataset's index: as `indexer.build_snapshot` takes them."""

    second: SecondEncoder | None
    progress: Required[Progress]
    late_interaction: Required[LateInteraction]


class Topic(NamedTuple):
    """A question of an evaluation; `kind` is what it asks for, where a dataset says so."""

    id: str
    text: str
    language: Language
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over one index, and the right answers.

    Attributes:
        name: as it is shown.
        topics: the questions with an answer.
        qrels: their judgements.
        language_of: the language of each answer that is judged.
        answers: what a candidate is judged as.
        figure: the measure that rankings are compared by.
        unanswered: questions that nothing answers.
    """

    name: str
    topics: tuple[Topic, ...]
    qrels: Qrels
    language_of: Mapping[str, Language]
    answers: Answers
    figure: str = "RR"
    unanswered: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results that one ranking gave for the questions of a task.

    Attributes:
        whole: the measures of each question.
        alone: by language, the measures of each question that has an answer in it, when the answers in the other
            language are taken out of the ranking.
        top_scores: of each question, with an answer or without, the first hit's score from 0 to 1.
    """

    whole: dict[str, dict[str, float]] = field(default_factory=dict)
    alone: dict[Language, dict[str, dict[str, float]]] = field(
        default_factory=lambda: {language: {} for language in Language}
    )
    top_scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over some questions, and the p of the difference to the baseline (None for the baseline itself)."""

    questions: int
    measures: dict[str, float | None]
    p: float | None


class Quartiles(NamedTuple):
    """The values that a quarter, half and three quarters of some scores lie below."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class TopScores:
    """The figures of how well the first hit's score tells questions with an answer from those without.

    `auc` is the chance that a question with an answer has the higher one.
    """

    answered: Quartiles
    unanswered: Quartiles
    auc: float


@dataclass(frozen=True, slots=True)
class Row:
    """One ranking of one task, over the questions of one language (or of both: the mean of the languages).

    Attributes:
        task: the task's name.
        ranking: the configuration's name.
        language: of the questions, or `mean`.
        questions: how many.
        measures: None where no question has a value.
        figure: the measure that `p` is of.
        p: of the difference to the baseline.
        kinds: the same questions by what they ask for, where the dataset says so.
        directions: the same by languages of question and answer (zh→en), answers in the other language taken out.
        top_scores: None where every question has an answer.
    """

    task: str
    ranking: str
    language: str
    questions: int
    measures: dict[str, float | None]
    figure: str
    p: float | None = None
    kinds: dict[str, Figures] = field(default_factory=dict)
    directions: dict[str, Figures] = field(default_factory=dict)
    top_scores: TopScores | None = None
