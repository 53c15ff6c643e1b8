"""The experiment: index what a dataset has, ask each question once, rank by every configuration, measure."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer import CorpusError, LateInteraction, Silent, open_snapshot
from service.laboratory.evaluation.configurations import BASELINE, DEFAULT, ConfigurationError, choose
from service.laboratory.evaluation.datasets.kinds import find_datasets
from service.laboratory.evaluation.measures import measure
from service.laboratory.evaluation.records import Outcome
from service.laboratory.evaluation.rows import rows_of
from service.records import Query
from service.search.fusion import Fusion
from service.search.searcher import Searcher
from service.working_folder import working_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from indexer import Encoder, Progress, SecondEncoder, Snapshot
    from service.laboratory.evaluation.configurations import Configuration
    from service.laboratory.evaluation.records import Row, Task, Topic
    from service.records import Ranking, ScoredPassage
    from service.search.prepared import PreparedQuery

_DEPTH = 1000
"""How deep rankings are judged."""
_BLOCK = 64
"""Questions encoded together."""


def evaluate(
    folder: Path,
    encoder: Encoder,
    *,
    second: SecondEncoder | None = None,
    progress: Progress | None = None,
    rankings: Sequence[str] = DEFAULT,
    baseline: str = BASELINE,
    articles: Sequence[Path] = (),
    noise: Path | None = None,
    late_interaction: LateInteraction = LateInteraction.ON,
    every: int = 1,
    work: Path | None = None,
) -> list[Row]:
    """The measures of every task of a dataset, for each ranking.

    Args:
        folder: the dataset.
        encoder: reads passages and questions.
        second: gives its opinion of them; there is none where it is left out.
        progress: told of each stage.
        rankings: names of configurations.
        baseline: the name of the one that the others are compared with, if it is among them.
        articles: what a development set is asked of, instead of what its corpus.txt names.
        noise: a folder of XQuAD-R that is mixed into a development set.
        late_interaction: whether the index keeps tokens.
        every: ask only every n-th question.
        work: keeps the indexes, so that another comparison encodes only what is new; nothing is kept without it.

    Raises:
        ConfigurationError: no ranking has such a name.
        CorpusError: the folder holds no dataset, or one whose files contradict each other, or `work` can't be made.
    """
    progress = progress or Silent()
    configurations = choose(rankings)
    choose([baseline])
    rows = []
    for number, dataset in enumerate(find_datasets(folder, articles=articles, noise=noise), 1):
        kept = work / f"{folder.resolve().name}-{number}" if work else None
        with working_folder(kept, prefix="haihe-eval-") as scratch:
            index = dataset.build(scratch, encoder, second=second, progress=progress, late_interaction=late_interaction)
            with closing(open_snapshot(index)) as snapshot:
                task = _thinned(dataset.task(snapshot, progress), every)
                if not task.topics:
                    raise CorpusError(f"{folder}: nothing that was indexed answers a question. Add what does.")
                outcomes = _outcomes(task, Searcher(snapshot, encoder, second=second), configurations, progress)
        rows += rows_of(task, outcomes, baseline)
    return rows


def _thinned(task: Task, every: int) -> Task:
    """The task with every n-th question only."""
    topics = task.topics[::every]
    return replace(
        task,
        topics=topics,
        qrels={topic.id: task.qrels[topic.id] for topic in topics},
        unanswered=task.unanswered[::every],
    )


def _outcomes(
    task: Task, searcher: Searcher, configurations: Sequence[Configuration], progress: Progress
) -> dict[str, Outcome]:
    """The outcome of each configuration for the questions, by its name; all rank the same encoded ones."""
    outcomes = {configuration: Outcome() for configuration in _possible(configurations, searcher, progress)}
    topics = (*task.topics, *task.unanswered)
    progress.begin(f"Asking {task.name}", len(topics))
    for start in range(0, len(topics), _BLOCK):
        block = topics[start : start + _BLOCK]
        prepared = dict(zip(block, searcher.prepare([topic.text for topic in block]), strict=True))
        for configuration, outcome in outcomes.items():
            _try(task, searcher, configuration, prepared, outcome)
        progress.advance(len(block))
    return {configuration.name: outcome for configuration, outcome in outcomes.items()}


def _possible(configurations: Sequence[Configuration], searcher: Searcher, progress: Progress) -> list[Configuration]:
    """The configurations that this index allows.

    Raises:
        ConfigurationError: it allows none.
    """
    lacking = {configuration: _lacking(configuration, searcher.snapshot) for configuration in configurations}
    if all(lacking.values()):
        raise ConfigurationError(
            f"This index keeps no {lacking[configurations[0]]}, which these rankings are by. Name others."
        )
    for configuration, what in lacking.items():
        if what:
            progress.say(f"Left out: the ranking {configuration.name}, since this index keeps no {what}.")
    return [configuration for configuration, what in lacking.items() if not what]


def _lacking(configuration: Configuration, snapshot: Snapshot) -> str:
    """The name of what a configuration means nothing without, and an index hasn't; empty where it has all."""
    if configuration.needs_tokens and snapshot.token_reference is None:
        return "tokens"
    return "second opinion" if configuration.needs_second and snapshot.manifest.second_encoder is None else ""


def _try(
    task: Task,
    searcher: Searcher,
    configuration: Configuration,
    prepared: Mapping[Topic, PreparedQuery],
    outcome: Outcome,
) -> None:
    """Rank some questions by one configuration, and add what comes of it to its outcome."""
    run = {}
    for topic, of_topic in prepared.items():
        query = Query(topic.text, k=_DEPTH, ranking=configuration.method)
        fusion = Fusion.by(configuration.weights) if configuration.weights else of_topic.fusion_for(query.ranking)
        ranking = searcher.rank(query, of_topic, fusion)
        outcome.top_scores[topic.id] = _likelihood(ranking[0], fusion) if ranking else 0.0
        if topic.id in task.qrels:
            run[topic.id] = _answers(task, topic, ranking)
    measure(task, [topic for topic in prepared if topic.id in run], run, outcome)


def _likelihood(first: ScoredPassage, fusion: Fusion) -> float:
    return fusion.calibration.likelihood(first.score, first.features)


def _answers(task: Task, topic: Topic, ranking: Ranking) -> list[str]:
    """The answers that a ranking is judged as, each where it is first."""
    judged = task.qrels[topic.id]
    return list(dict.fromkeys(answer for candidate in ranking for answer in task.answers(candidate, judged)))
