"""All stages, in order."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service.laboratory.bench.grown import grown_index
from service.laboratory.bench.indexing import measure_indexing, measure_updates
from service.laboratory.bench.machine import busyness, describe, measure_limit
from service.laboratory.bench.records import BenchError, Report, Stage
from service.laboratory.bench.serving import growth_of, measure_http, measure_startup
from service.laboratory.bench.systems.clients import NO_WRK, has_wrk
from service.laboratory.bench.systems.systems import installed
from service.laboratory.bench.vectors import measure_vectors
from service.working_folder import working_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from service.laboratory.bench.records import Measurement, Options
    from service.laboratory.bench.systems.systems import System

NO_PEER = "txtai isn't installed, so haihe was measured alone. For both, install the extra: pip install 'haihe[bench]'"
NO_TOKENS = "haihe's grown indexes have no tokens (late interaction is off), so its searches do less than usual."


def run(options: Options, say: Callable[[str], None], systems: Sequence[System] | None = None) -> Report:
    """Measure what the options name.

    Args:
        options: how much.
        say: told what is being done, and what has to be known about the figures.
        systems: what is measured; what is installed where it is left out.

    Raises:
        BenchError: a process failed, or there isn't enough disk.
        CorpusError: the folder that is to be kept can't be made.
    """
    systems = systems or installed()
    run_ = _Run(options, say, systems)
    with _ended_by_signal(), working_folder(options.work, prefix="haihe-bench-") as work:
        return Report(describe(), tuple(run_.measure(work)), tuple(run_.notes))


class _Run:
    """One run: its options, and what has been noted so far."""

    def __init__(self, options: Options, say: Callable[[str], None], systems: Sequence[System]) -> None:
        self.notes: list[str] = []
        self._options = options
        self._say = say
        self._systems = systems
        self._note_what_to_know()

    def measure(self, work: Path) -> list[Measurement]:
        """The stages, one after the other; one that fails is noted, and the others are measured all the same.

        Raises:
            BenchError: nothing could be measured.
        """
        measurements: list[Measurement] = []
        failures: list[BenchError] = []
        for stage in self._options.stages:
            try:
                measurements += self._measure(stage, work)
            except BenchError as error:
                failures.append(error)
                self._note(f"Left out, {stage}: {error}")
        if failures and not measurements:
            raise failures[0]
        return measurements

    def _measure(self, stage: Stage, work: Path) -> list[Measurement]:
        options, systems, say = self._options, self._systems, self._say
        if stage is Stage.LIMIT:
            return measure_limit(options.repeats)
        if stage is Stage.INDEXING:
            return measure_indexing(work / "indexing", systems, options, say)
        if stage is Stage.UPDATE:
            return measure_updates(work / "indexing", systems, options, say)
        if stage is Stage.STARTUP:
            return measure_startup(self._indexes(work, options.sizes[0]), systems, options, say)
        if stage is Stage.HTTP:
            return self._http(work)
        return [
            measurement for size in options.sizes for measurement in measure_vectors(work, systems, size, options, say)
        ]

    def _http(self, work: Path) -> list[Measurement]:
        """On the smallest size and on the largest."""
        sizes = dict.fromkeys((self._options.sizes[0], self._options.sizes[-1]))
        parts = [
            measure_http(self._indexes(work, size), self._systems, size, self._options, self._say, self._note)
            for size in sizes
        ]
        growth = growth_of(parts[0], parts[-1]) if len(parts) > 1 else []
        return [*(measurement for part in parts for measurement in part), *growth]

    def _indexes(self, work: Path, size: int) -> dict[str, Path]:
        late = self._options.late_interaction
        return {
            system.name: grown_index(system, work, size, self._say, late_interaction=late) for system in self._systems
        }

    def _note_what_to_know(self) -> None:
        if busy := busyness():
            self._note(busy)
        if len(self._systems) == 1:
            self._note(NO_PEER)
        if Stage.HTTP in self._options.stages and not has_wrk():
            self._note(NO_WRK)
        if Stage.HTTP in self._options.stages and not self._options.late_interaction:
            self._note(NO_TOKENS)

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)
            self._say(sentence)


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """A request to end unwinds the stack, so that no server is left behind."""

    def end(number: int, _: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
