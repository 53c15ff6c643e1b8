"""The values of single questions to means, and to what sets them apart from the baseline's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING

from indexer import Language
from service.laboratory.evaluation.measures import PARTS, WHOLE
from service.laboratory.evaluation.records import Figures, Row
from service.laboratory.evaluation.separation import separation
from service.laboratory.evaluation.significance import randomisation_test

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from service.laboratory.evaluation.records import Outcome, Task, Topic, Values

MEAN = "mean"


def rows_of(task: Task, outcomes: Mapping[str, Outcome], baseline: str) -> list[Row]:
    """A row for each ranking and question language, and one for the mean of the languages.

    Args:
        task: what was asked.
        outcomes: what each ranking gave, by its name.
        baseline: the one that the others are compared with; nothing is compared where it is missing.
    """
    rows = []
    for name, outcome in outcomes.items():
        compared = _Comparison(outcome, outcomes.get(baseline) if name != baseline else None, task.figure)
        languages = [language for language in Language if any(topic.language == language for topic in task.topics)]
        by_language = [_row(task, name, language, (language,), compared) for language in languages]
        rows += by_language
        if len(languages) > 1:
            both = _row(task, name, MEAN, languages, compared)
            rows.append(replace(both, measures=_mean(by_language)))
    return rows


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The outcome of one ranking beside the baseline's, which is None where the two aren't compared."""

    own: Outcome
    other: Outcome | None
    figure: str

    def whole(self, topics: Sequence[Topic], names: Iterable[str]) -> Figures:
        """Means over questions of the rankings as they are."""
        return self._figures(topics, names, lambda outcome: outcome.whole)

    def alone(self, language: Language, topics: Sequence[Topic], names: Iterable[str]) -> Figures:
        """The same when only answers in one language count."""
        return self._figures(topics, names, lambda outcome: outcome.alone[language])

    def _figures(
        self, topics: Sequence[Topic], names: Iterable[str], values_of: Callable[[Outcome], Values]
    ) -> Figures:
        own = [values_of(self.own)[topic.id] for topic in topics]
        p = None
        if self.other is not None:
            others = [values_of(self.other)[topic.id] for topic in topics]
            p = randomisation_test([found[self.figure] for found in own], [found[self.figure] for found in others])
        return Figures(len(topics), {name: _known_mean(found.get(name) for found in own) for name in names}, p)


def _row(task: Task, ranking: str, name: str, languages: Sequence[Language], compared: _Comparison) -> Row:
    """The row of the questions in some languages."""
    topics = [topic for topic in task.topics if topic.language in languages]
    whole, scores = compared.whole(topics, WHOLE), compared.own.top_scores
    return Row(
        task=task.name,
        ranking=ranking,
        language=name,
        questions=whole.questions,
        measures=whole.measures,
        figure=task.figure,
        p=whole.p,
        kinds=_by_kind(topics, compared),
        directions=_by_direction(topics, compared),
        top_scores=separation(
            [scores[topic.id] for topic in topics],
            [scores[topic.id] for topic in task.unanswered if topic.language in languages],
        ),
    )


def _mean(rows: Sequence[Row]) -> dict[str, float | None]:
    """Each language has the same weight, however many its questions."""
    return {name: _known_mean(row.measures[name] for row in rows) for name in rows[0].measures}


def _by_kind(topics: Sequence[Topic], compared: _Comparison) -> dict[str, Figures]:
    kinds = dict.fromkeys(topic.kind for topic in topics if topic.kind)
    return {kind: compared.whole([topic for topic in topics if topic.kind == kind], PARTS) for kind in kinds}


def _by_direction(topics: Sequence[Topic], compared: _Comparison) -> dict[str, Figures]:
    asked = {
        (language, other): [
            topic for topic in topics if topic.language == language and topic.id in compared.own.alone[other]
        ]
        for language, other in product(Language, repeat=2)
    }
    return {
        f"{language}→{other}": compared.alone(other, found, PARTS)
        for (language, other), found in asked.items()
        if found
    }


def _known_mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
