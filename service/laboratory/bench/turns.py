"""Who is measured when: in turns, each system first in every other one, so that a drift of the machine meets both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.laboratory.bench.records import HAIHE, PEER, Better, Measurement, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.laboratory.bench.systems.systems import System


class Samples:
    """Values by what they measure and by system, in the order of the turns."""

    def __init__(self, stage: Stage, passages: int = 0) -> None:
        self._stage = stage
        self._passages = passages
        self._values: dict[str, dict[str, list[float]]] = {}

    def add(self, name: str, system: str, value: float) -> None:
        """One more value."""
        self._values.setdefault(name, {}).setdefault(system, []).append(value)

    def of(self, name: str, unit: str, better: Better = Better.LESS, note: str = "") -> list[Measurement]:
        """The measurement made under a name; none where nothing was measured."""
        values = self._values.get(name, {})
        own, other = tuple(values.get(HAIHE, ())), tuple(values.get(PEER, ()))
        if not own:
            return []
        return [Measurement(self._stage, name, unit, own, other, better, self._passages, note)]


def turns(systems: Sequence[System], count: int) -> Iterator[tuple[int, Sequence[System]]]:
    """Each turn's number, and the systems in its order."""
    for turn in range(count):
        yield turn, systems if turn % 2 == 0 else systems[::-1]
