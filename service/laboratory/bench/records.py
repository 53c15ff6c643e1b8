"""The measurements, and the settings that they are made with. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from indexer import HaiheError

if TYPE_CHECKING:
    from pathlib import Path

HAIHE, PEER = "haihe", "txtai"
_SMALLEST = 100


class BenchError(HaiheError):
    """A measurement can't be made."""


class Stage(StrEnum):
    """A part of the benchmark that can be measured by itself."""

    LIMIT = "limit"
    INDEXING = "indexing"
    UPDATE = "update"
    STARTUP = "startup"
    HTTP = "http"
    ANN = "ann"


class Better(StrEnum):
    """The better of two values: the smaller or the larger."""

    LESS = "less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One quantity, measured in turns: sample i of one system and sample i of the other belong to the same turn.

    Attributes:
        stage: what it is part of.
        name: what was measured, in a few words.
        unit: of all samples.
        haihe: the samples.
        peer: the peer's; empty where it has no such thing, or wasn't measured.
        better: whether less is better, or more.
        passages: how many the index had; 0 where that doesn't matter.
        note: what one has to know to compare.
    """

    stage: Stage
    name: str
    unit: str
    haihe: tuple[float, ...]
    peer: tuple[float, ...] = ()
    better: Better = Better.LESS
    passages: int = 0
    note: str = ""

    @property
    def factor(self) -> float | None:
        """The factor by which haihe's median is better than the peer's."""
        if not self.haihe or not self.peer:
            return None
        return self._factor(median(self.haihe), median(self.peer))

    @property
    def factors(self) -> tuple[float, ...]:
        """The same, turn by turn: its spread tells how far the factor can be trusted."""
        factors = (self._factor(own, other) for own, other in zip(self.haihe, self.peer, strict=False))
        return tuple(factor for factor in factors if factor is not None)

    def _factor(self, own: float, other: float) -> float | None:
        above, below = (other, own) if self.better is Better.LESS else (own, other)
        return above / below if below else None


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run: how much is measured.

    Attributes:
        stages: which parts.
        sizes: how many passages the grown indexes have; HTTP is measured on the smallest and on the largest.
        repeats: turns.
        documents: how many texts the indexing rate is measured on; all of the reference text at most.
        starts: how often a server is started for its start-up time.
        requests: what one client asks in a turn.
        clients: the numbers of clients that the throughput is measured with.
        seconds: how long each of them asks, a turn.
        workers: processes that serve, of each system.
        late_interaction: whether haihe's grown indexes keep tokens.
        work: where corpora and indexes are kept for another run; None for a temporary folder.
    """

    stages: tuple[Stage, ...] = tuple(Stage)
    sizes: tuple[int, ...] = (10_000,)
    repeats: int = 5
    documents: int = 600
    starts: int = 5
    requests: int = 300
    clients: tuple[int, ...] = (1, 8, 32)
    seconds: float = 8.0
    workers: int = 1
    late_interaction: bool = True
    work: Path | None = None

    def quick(self) -> Options:
        """The same in a few minutes: small and noisy, to see that everything runs."""
        return replace(
            self, sizes=(1_000,), repeats=2, documents=60, starts=1, requests=40, seconds=2.0, clients=(1, 8)
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found.

    Attributes:
        machine: processor, cores, memory, versions.
        measurements: in the order of the stages.
        notes: what was left out, and what isn't comparable.
    """

    machine: dict[str, str]
    measurements: tuple[Measurement, ...]
    notes: tuple[str, ...]


def options_of(
    *,
    quick: bool = False,
    only: str | None = None,
    sizes: str | None = None,
    repeats: int | None = None,
    requests: int | None = None,
    workers: int = 1,
    late_interaction: bool = True,
    work: Path | None = None,
) -> Options:
    """Options as the command line names them; what is None stays as it is usual.

    Raises:
        ValueError: there is no such stage, or a size is no number.
    """
    options = Options().quick() if quick else Options()
    named = {
        "stages": _stages(only) if only is not None else None,
        "sizes": _sizes(sizes) if sizes is not None else None,
        "repeats": repeats,
        "requests": requests,
    }
    given = {name: value for name, value in named.items() if value is not None}
    return replace(options, workers=workers, late_interaction=late_interaction, work=work, **given)  # type: ignore[arg-type]


def _stages(names: str) -> tuple[Stage, ...]:
    wanted = {name.strip() for name in names.split(",")}
    unknown = sorted(wanted - set(Stage))
    if unknown:
        raise ValueError(f"There is no part {unknown[0]!r}. There are: {', '.join(Stage)}")
    return tuple(stage for stage in Stage if stage in wanted)


def _sizes(numbers: str) -> tuple[int, ...]:
    try:
        sizes = sorted({int(number) for number in numbers.split(",")})
    except ValueError:
        raise ValueError(f"{numbers!r} is no list of numbers. Write: --sizes 10000,1000000") from None
    if sizes[0] < _SMALLEST:
        raise ValueError(f"{sizes[0]} passages are too few to measure. {_SMALLEST} are the least.")
    return tuple(sizes)
