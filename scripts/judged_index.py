"""What scripts that measure the ranking ask: a dataset's index, and which of a question's candidates are relevant."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer import Encoder, LateInteraction, SecondEncoder, Silent, Snapshot, open_snapshot
from service.laboratory.evaluation import Task
from service.laboratory.evaluation.datasets.kinds import find_datasets
from service.laboratory.evaluation.records import Topic
from service.records import ScoredPassage

RELEVANCE = Path(__file__).parent.parent / "relevance"
EACH_OF_XQUAD = 6


@contextmanager
def opened(
    folder: Path, encoder: Encoder, second: SecondEncoder, noise: Path | None = None
) -> Iterator[tuple[Task, Snapshot]]:
    """A dataset's questions and its index, which is removed at the end."""
    dataset = find_datasets(folder, articles=(), noise=noise)[0]
    with tempfile.TemporaryDirectory(prefix="haihe-judged-") as scratch:
        index = dataset.build(
            Path(scratch), encoder, second=second, progress=Silent(), late_interaction=LateInteraction.ON
        )
        with closing(open_snapshot(index)) as snapshot:
            yield dataset.task(snapshot, Silent()), snapshot


def sampled_topics(task: Task) -> Sequence[Topic]:
    """The questions of a task, those of XQuAD-R in part."""
    topics = [*task.topics, *task.unanswered]
    return topics[:: 1 if topics[0].kind else EACH_OF_XQUAD]


def answers_to(task: Task, topic: Topic) -> Mapping[str, int]:
    """The answers to a question; none where nothing answers it."""
    return task.qrels.get(topic.id, {})


def relevance(task: Task, topic: Topic, ranking: Sequence[ScoredPassage]) -> NDArray[np.bool_]:
    """The candidates that answer a question, as a mask `(n,)`."""
    answers = answers_to(task, topic)
    return np.array([bool(set(task.answers(candidate, answers)) & answers.keys()) for candidate in ranking], bool)
