"""A graph without circles in layers: each node below all that point to it, in an order with few crossings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    Graph = Mapping[str, AbstractSet[str]]
    Row = Sequence["Stop"]

_SWEEPS = 8


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """A node in its layer, or where an arrow that spans several layers passes one.

    Attributes:
        name: the node; where an arrow passes, the one that it comes from.
        target: the node that the arrow leads to; empty for a node.
    """

    name: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a graph, from the top.

    Attributes:
        rows: the stops of each layer, from left to right.
        steps: of each layer but the last, which of its stops lead to which of the next one.
    """

    rows: tuple[Row, ...]
    steps: tuple[Sequence[tuple[Stop, Stop]], ...]


def layers_of(graph: Graph) -> Layers:
    """Lay out a graph. Arrows that others imply are left out; the same graph always gives the same layers.

    Args:
        graph: the nodes that each node points to; all of them are keys.

    Raises:
        CycleError: the arrows run in a circle, which the error has.
    """
    TopologicalSorter(graph).prepare()
    arrows = {name: _direct(graph, name) for name in sorted(graph)}
    depth = _depths(arrows)
    rows: list[list[Stop]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    steps: list[list[tuple[Stop, Stop]]] = [[] for _ in rows[1:]]
    for name in arrows:
        rows[depth[name]].append(Stop(name))
    for name, targets in arrows.items():
        for target in sorted(targets):
            passed = [Stop(name, target) for _ in range(depth[name] + 1, depth[target])]
            for at, stop in enumerate(passed, depth[name] + 1):
                rows[at].append(stop)
            for at, step in enumerate(pairwise([Stop(name), *passed, Stop(target)]), depth[name]):
                steps[at].append(step)
    return Layers(tuple(_untangled(rows, steps)), tuple(steps))


def _direct(graph: Graph, name: str) -> set[str]:
    """The nodes that a node points to and that no other of these leads to."""

    @cache
    def reached(start: str) -> frozenset[str]:
        return frozenset(graph[start]).union(*map(reached, graph[start]))

    return {target for target in graph[name] if not any(target in reached(other) for other in graph[name])}


def _depths(graph: Graph) -> dict[str, int]:
    """The length of the longest way to each node from one that nothing points to."""
    above = {name: [other for other, targets in graph.items() if name in targets] for name in graph}

    @cache
    def depth(name: str) -> int:
        return 1 + max(map(depth, above[name]), default=-1)

    return {name: depth(name) for name in graph}


def _untangled(rows: list[list[Stop]], steps: Sequence[Sequence[tuple[Stop, Stop]]]) -> list[list[Stop]]:
    """The layers with each stop near the mean of those that it is joined to (Sugiyama's barycentres)."""
    best = rows
    for _ in range(_SWEEPS):
        rows = [list(row) for row in rows]
        for at in range(1, len(rows)):
            rows[at] = _by_neighbours(rows[at], rows[at - 1], [(lower, upper) for upper, lower in steps[at - 1]])
        for at in range(len(rows) - 2, -1, -1):
            rows[at] = _by_neighbours(rows[at], rows[at + 1], steps[at])
        if _crossings(rows, steps) < _crossings(best, steps):
            best = rows
    return best


def _by_neighbours(row: Row, beside: Row, steps: Sequence[tuple[Stop, Stop]]) -> list[Stop]:
    """The stops of a row by the mean place of those beside them, as a share of the row's width."""
    places = {stop: (at + 0.5) / len(beside) for at, stop in enumerate(beside)}

    def mean(at: int) -> float:
        joined = [places[other] for stop, other in steps if stop == row[at]]
        return sum(joined) / len(joined) if joined else (at + 0.5) / len(row)

    return [row[at] for at in sorted(range(len(row)), key=mean)]


def _crossings(rows: Sequence[Row], steps: Sequence[Sequence[tuple[Stop, Stop]]]) -> int:
    count = 0
    for (upper, lower), between in zip(pairwise(rows), steps, strict=True):
        ends = [(upper.index(start), lower.index(end)) for start, end in between]
        count += sum((start - first) * (end - last) < 0 for (start, end), (first, last) in combinations(ends, 2))
    return count
