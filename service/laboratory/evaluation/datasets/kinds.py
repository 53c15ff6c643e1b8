"""The three kinds of datasets, one of which a folder is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from indexer import CorpusError
from service.laboratory.evaluation.datasets.development import EVIDENCE, QUESTIONS, DevelopmentSet
from service.laboratory.evaluation.datasets.folder import QRELS, QUERIES, JudgedFolder
from service.laboratory.evaluation.datasets.xquad import UNITS, XquadTask, is_xquad

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Unpack

    from indexer import Encoder, Progress, Snapshot
    from service.laboratory.evaluation.records import BuildOptions, Task


class Dataset(Protocol):
    """A collection that is indexed, and the questions asked of it."""

    def build(self, scratch: Path, encoder: Encoder, **options: Unpack[BuildOptions]) -> Path:
        """Index what may answer, somewhere in the folder `scratch`, empty or as it left it; gives the index."""

    def task(self, snapshot: Snapshot, progress: Progress, /) -> Task:
        """The questions, judged in what was indexed."""


def find_datasets(folder: Path, *, articles: Sequence[Path] = (), noise: Path | None = None) -> list[Dataset]:
    """The datasets in a folder: two of XQuAD-R, else one.

    Args:
        folder: has the files that make a dataset.
        articles: what a development set is asked of, instead of what its corpus.txt names.
        noise: a folder of XQuAD-R that is mixed into a development set; None for none.

    Raises:
        CorpusError: there is none, or none that takes articles or noise.
    """
    if (folder / QUESTIONS).is_file() and (folder / EVIDENCE).is_file():
        return [DevelopmentSet(folder, tuple(articles), noise)]
    if articles or noise:
        raise CorpusError(
            f"{folder}: only a development set, with {QUESTIONS} and {EVIDENCE}, takes articles or noise."
        )
    if is_xquad(folder):
        return [XquadTask(folder, unit) for unit in UNITS]
    if (folder / QUERIES).is_file() and (folder / QRELS).is_file():
        return [JudgedFolder(folder)]
    raise CorpusError(
        f"{folder}: no dataset. It needs en.json and zh.json (XQuAD-R), {QUERIES} and {QRELS} beside articles, "
        f"or {QUESTIONS} and {EVIDENCE} (a development set)."
    )
