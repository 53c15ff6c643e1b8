"""The speed of indexing passages and one changed article again: real texts, real encoding, files on disk at the end."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.laboratory.bench.corpora.corpus import write_articles
from service.laboratory.bench.records import HAIHE, Better, Stage
from service.laboratory.bench.systems.processes import run_task
from service.laboratory.bench.turns import Samples, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from service.laboratory.bench.records import Measurement, Options
    from service.laboratory.bench.systems.systems import System

_RATE, _WHOLE, _PEAK = "indexing", "indexing, whole process", "indexing, peak memory"
_UPDATE, _UPDATE_WHOLE = "one article changed", "one article changed, whole process"


def measure_indexing(
    folder: Path, systems: Sequence[System], options: Options, say: Callable[[str], None]
) -> list[Measurement]:
    """The rate, and what a whole process takes with the start of Python and the model."""
    articles, passages, _ = _corpus(folder, options.documents, say)
    samples = Samples(Stage.INDEXING)
    for turn, order in turns(systems, options.repeats):
        for system in order:
            say(f"Indexing with {system.name}, turn {turn + 1} of {options.repeats}")
            figures = _index(system, folder / f"{system.name}-{turn}", articles, passages)
            samples.add(_RATE, system.name, figures["passages"] / figures["seconds"])
            samples.add(_WHOLE, system.name, figures["whole"])
            samples.add(_PEAK, system.name, figures["peak"])
            shutil.rmtree(folder / f"{system.name}-{turn}")
    return [
        *samples.of(_RATE, "passages/s", Better.MORE, "the model is loaded; haihe also reads, cuts and analyses"),
        *samples.of(_WHOLE, "s"),
        *samples.of(_PEAK, "MB"),
    ]


def measure_updates(
    folder: Path, systems: Sequence[System], options: Options, say: Callable[[str], None]
) -> list[Measurement]:
    """One article says something else: haihe is pointed at the folder again, txtai is handed the changed passages."""
    articles, passages, first = _corpus(folder, options.documents, say)
    indexes = {system.name: folder / f"{system.name}-updated" for system in systems}
    for system in systems:
        shutil.rmtree(indexes[system.name], ignore_errors=True)
        if system.name == HAIHE:
            shutil.copytree(first, indexes[system.name])
        else:
            say(f"Indexing with {system.name}, to be updated")
            _index(system, indexes[system.name], articles, passages)
    changed = _Change(folder / "changed-articles.jsonl", folder / "changed-passages.jsonl", _lines(passages))
    samples = Samples(Stage.UPDATE)
    for turn in range(options.repeats):
        say(f"Changing one article, turn {turn + 1} of {options.repeats}")
        write_articles(changed.articles, options.documents, changed=turn + 1)
        for system in systems:  # haihe first: its passages are what txtai is handed
            figures = _update(system, indexes[system.name], changed)
            samples.add(_UPDATE, system.name, figures["seconds"])
            samples.add(_UPDATE_WHOLE, system.name, figures["whole"])
    return [
        *samples.of(_UPDATE, "s", note="haihe compares all articles with its index, txtai is told which passages"),
        *samples.of(_UPDATE_WHOLE, "s"),
    ]


@dataclass(slots=True)
class _Change:
    """The articles with one of them changed, the passages that this changed, and all passages before it."""

    articles: Path
    passages: Path
    before: list[str]


def _corpus(folder: Path, documents: int, say: Callable[[str], None]) -> tuple[Path, Path, Path]:
    """Articles, the passages that haihe cuts them into, and its index; the caches of both are warm after this."""
    folder.mkdir(parents=True, exist_ok=True)
    articles, passages = folder / f"articles-{documents}.jsonl", folder / f"passages-{documents}.jsonl"
    index = folder / f"first-{documents}"
    if not (passages.exists() and index.exists()):
        shutil.rmtree(index, ignore_errors=True)
        say("Indexing once, to warm up")
        write_articles(articles, documents)
        run_task("index_haihe", articles=str(articles), index=str(index))
        run_task("passages_of", index=str(index), passages=str(passages))
    return articles, passages, index


def _index(system: System, index: Path, articles: Path, passages: Path) -> dict[str, Any]:
    if system.name == HAIHE:
        return run_task("index_haihe", articles=str(articles), index=str(index))
    return run_task("index_txtai", passages=str(passages), index=str(index))


def _update(system: System, index: Path, change: _Change) -> dict[str, Any]:
    if system.name != HAIHE:
        return run_task("update_txtai", passages=str(change.passages), index=str(index))
    figures = run_task("index_haihe", articles=str(change.articles), index=str(index))
    run_task("passages_of", index=str(index), passages=str(change.passages))
    after = _lines(change.passages)
    before = set(change.before)
    change.passages.write_text("".join(f"{line}\n" for line in after if line not in before), "utf-8")
    change.before = after
    return figures


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()
