"""Choose the least score that counts as relevant: docs/decisions/0013-counting-what-is-relevant.md has what came of it.

For each threshold: how much of what is counted is relevant (precision), how much of what is relevant is counted
(recall), how many passages are counted a question beside how many are relevant, and for how many questions that
nothing answers any is counted. Then how often a facet's count is what its filter finds:

    python scripts/measure_relevant.py ../shared/relevance/xquad-r
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from judged_index import RELEVANCE, answers_to, opened, relevance, sampled_topics
from numpy.typing import NDArray

from indexer import Language, PassageFilter, load_encoder, load_second_encoder
from service.laboratory.evaluation import Task
from service.records import GroupBy, Query, RankingMethod
from service.search.searcher import Searcher

THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
DEPTH = 200


@dataclass(frozen=True)
class Judged:
    """The scores of one question's candidates, which of them are relevant, and how many passages are."""

    scores: NDArray[np.float64]
    relevant: NDArray[np.bool_]
    answers: int


def main() -> None:
    """Print a table for each index, and how facets and filters agree."""
    xquad, encoder, second = Path(sys.argv[1]), load_encoder(announce=print), load_second_encoder(print)
    for name, folder, noise in (
        ("development set with XQuAD-R", RELEVANCE, xquad),
        ("development set", RELEVANCE, None),
        ("XQuAD-R", xquad, None),
    ):
        with opened(folder, encoder, second, noise) as (task, snapshot):
            searcher = Searcher(snapshot, encoder, second=second)
            print(f"\n{name}, {sum(map(len, snapshot.pools.values()))} passages")
            show(list(judge(task, searcher)))
            if noise:
                show_agreement(task, searcher)


def judge(task: Task, searcher: Searcher) -> Iterator[Judged]:
    """Ask the questions and judge their candidates."""
    for topic in sampled_topics(task):
        (prepared,) = searcher.prepare([topic.text])
        ranking = searcher.rank(Query(topic.text, k=DEPTH), prepared)
        calibration = prepared.fusion_for(RankingMethod.FAIR).calibration
        scores = [calibration.likelihood(candidate.score, ranking[0].features) for candidate in ranking]
        yield Judged(np.array(scores), relevance(task, topic, ranking), len(answers_to(task, topic)))


def show(questions: list[Judged]) -> None:
    """A line a threshold."""
    answered = [question for question in questions if question.answers]
    unanswered = [question for question in questions if not question.answers]
    there_are = np.mean([question.answers for question in answered])
    print(f"{len(answered)} answered questions, of {there_are:.2f} passages; {len(unanswered)} unanswered")
    print("least  precision recall  F1    counted  none counted  counted where nothing answers")
    for least in THRESHOLDS:
        found = sum(int((question.relevant & (question.scores >= least)).sum()) for question in answered)
        counted = np.array([int((question.scores >= least).sum()) for question in answered])
        precision, recall = found / max(counted.sum(), 1), found / sum(question.answers for question in answered)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        wrong = [bool((question.scores >= least).any()) for question in unanswered] or [float("nan")]
        print(
            f"{least:.2f}   {precision:.3f}     {recall:.3f}   {f1:.3f} {counted.mean():5.2f}    "
            f"{(counted == 0).mean():.2f}          {np.mean(wrong):.2f}"
        )


def show_agreement(task: Task, searcher: Searcher) -> None:
    """How often the total under a filter is what the facet said."""
    pairs = [pair for topic in (*task.topics, *task.unanswered) for pair in facets_and_totals(topic.text, searcher)]
    print(f"facets: {sum(one != other for one, other in pairs)} of {len(pairs)} counts differ from the filter's total")


def facets_and_totals(text: str, searcher: Searcher) -> Iterator[tuple[int, int]]:
    """The count of each language and source, and the total when only these are asked for."""
    (prepared,) = searcher.prepare([text])
    for group_by, facet in product(GroupBy, ("language", "source")):
        query = Query(text, k=1, group_by=group_by)
        for found in getattr(searcher.answer(query, prepared).counts.facets, facet):
            if found.value is not None:
                narrowed = (
                    replace(query, languages=(Language(found.value),))
                    if facet == "language"
                    else replace(query, wanted=PassageFilter(sources=(found.value,)))
                )
                yield found.count, searcher.answer(narrowed, prepared).counts.total


if __name__ == "__main__":
    main()
