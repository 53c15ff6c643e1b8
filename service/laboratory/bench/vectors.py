"""The index of vectors by itself: search, recall and size, by the number of passages; no model, no HTTP."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from service.laboratory.bench.grown import sentence_vectors
from service.laboratory.bench.records import Better, Stage
from service.laboratory.bench.systems.processes import run_task
from service.laboratory.bench.turns import Samples, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from service.laboratory.bench.records import Measurement, Options
    from service.laboratory.bench.systems.systems import System


def measure_vectors(
    work: Path, systems: Sequence[System], size: int, options: Options, say: Callable[[str], None]
) -> list[Measurement]:
    """Real questions in grown vectors, against exact search over the same."""
    sentences, folder = sentence_vectors(work, say), work / f"vectors-{size}"
    matrix = folder / "grown.npy"
    shutil.rmtree(folder, ignore_errors=True)
    samples = Samples(Stage.ANN, size)
    for system in systems:
        (folder / system.name).mkdir(parents=True)
    say(f"Growing {size:,} vectors")
    run_task("grow_vectors", vectors=str(sentences), out=str(matrix), count=size)
    for system in systems:
        say(f"Building {system.name}'s index of {size:,} vectors")
        own = str(folder / system.name)
        built = run_task(f"build_{system.name}_vectors", vectors=str(sentences), matrix=str(matrix), folder=own)
        samples.add("building", system.name, built["seconds"])
    matrix.unlink()
    for turn, order in turns(systems, options.repeats):
        say(f"Searching {size:,} vectors, turn {turn + 1} of {options.repeats}")
        for system in order:
            _search(samples, system, folder / system.name, size)
    shutil.rmtree(folder)
    return _measurements(samples)


def _search(samples: Samples, system: System, folder: Path, size: int) -> None:
    figures = run_task(f"search_{system.name}_vectors", folder=str(folder))
    samples.add("search, p50", system.name, figures["p50"])
    samples.add("search, p99", system.name, figures["p99"])
    samples.add("recall@10 against exact", system.name, figures["recall"])
    samples.add("size on disk", system.name, figures["bytes"] / size)
    samples.add("resident memory", system.name, figures["resident"] * 2**20 / size)


def _measurements(samples: Samples) -> list[Measurement]:
    return [
        *samples.of("search, p50", "ms", note="haihe: two languages, merged"),
        *samples.of("search, p99", "ms"),
        *samples.of("recall@10 against exact", "share", Better.MORE),
        *samples.of("size on disk", "bytes/passage"),
        *samples.of("resident memory", "bytes/passage"),
        *samples.of("building", "s"),
    ]
