"""The measures of each question: what the ranks of its right answers are worth."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import ir_measures
from ir_measures import AP, RR, R, nDCG

from indexer import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.laboratory.evaluation.records import Outcome, Qrels, Task, Topic

    Run = Mapping[str, Sequence[str]]

_RECALL = R @ 10
_MEASURES = {"mAP": AP, "nDCG@10": nDCG @ 10, "RR": RR, "R@10": _RECALL}
SAME, ACROSS = "R@10 same", "R@10 across"
WHOLE = ("mAP", "nDCG@10", "RR", SAME, ACROSS)
"""What is shown of all questions of a language."""
PARTS = ("mAP", "RR", "R@10")
"""What is shown of fewer."""


def measure(task: Task, topics: Sequence[Topic], run: Run, outcome: Outcome) -> None:
    """Add the measures of some questions to an outcome.

    Args:
        task: has their judgements.
        topics: the questions.
        run: the answers that each was given, best first.
        outcome: what they are added to.
    """
    qrels = {topic.id: task.qrels[topic.id] for topic in topics}
    outcome.whole.update(_calculate(_MEASURES, qrels, run))
    for language in Language:
        judged = _answered_in(language, qrels, task.language_of)
        recalls = _calculate({"R@10": _RECALL}, judged, run)
        for topic in topics:
            if topic.id in recalls:
                name = SAME if topic.language == language else ACROSS
                outcome.whole[topic.id][name] = recalls[topic.id]["R@10"]
        alone = {query: _without(run[query], qrels[query], kept=judged[query]) for query in judged}
        outcome.alone[language].update(_calculate(_MEASURES, judged, alone))


def _answered_in(language: Language, qrels: Qrels, language_of: Mapping[str, Language]) -> dict[str, dict[str, int]]:
    """The judgements of answers in one language; questions without any fall out."""
    restricted = {
        query: {answer: relevance for answer, relevance in judged.items() if language_of.get(answer) == language}
        for query, judged in qrels.items()
    }
    return {query: judged for query, judged in restricted.items() if any(judged.values())}


def _without(answers: Sequence[str], judged: Mapping[str, int], *, kept: Mapping[str, int]) -> list[str]:
    """A ranking from which the right answers were taken out, but those to be kept."""
    return [answer for answer in answers if judged.get(answer, 0) <= 0 or answer in kept]


def _calculate(measures: Mapping[str, Any], qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """The measures of each judged question."""
    names = {measure: name for name, measure in measures.items()}
    scores = {query: {answer: float(-rank) for rank, answer in enumerate(run[query])} for query in qrels}
    values = defaultdict[str, dict[str, float]](dict)
    for found in ir_measures.iter_calc(list(names), qrels, scores) if qrels else ():
        values[found.query_id][names[found.measure]] = float(found.value)
    return dict(values)
