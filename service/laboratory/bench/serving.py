"""The figures that clients meet: start-up, latency, throughput, memory. Both servers run, one is asked at a time."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import numpy as np

from service.laboratory.bench.corpora.corpus import FACET, PERIOD, phrases, questions, write_paths
from service.laboratory.bench.records import HAIHE, Better, Stage
from service.laboratory.bench.systems.clients import many_clients, one_client
from service.laboratory.bench.systems.servers import served
from service.laboratory.bench.turns import Samples, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from service.laboratory.bench.records import Measurement, Options
    from service.laboratory.bench.systems.servers import Server
    from service.laboratory.bench.systems.systems import System

_WARM_UP = 40
_FASTEST = 1500
"""Questions a second that a load is prepared for; more, and they are asked again."""
_READY, _FIRST = "start to ready", "start to the first answer"
_PERCENTILES = (50, 95, 99)
_FILTERS = {"by days": PERIOD, "by a facet's source and language": FACET}
_PHRASE = "with a phrase"
_QUESTIONS = 1 + len(_FILTERS)
"""Latencies that are measured with questions of their own in each turn, besides those with phrases."""


def measure_startup(
    indexes: Mapping[str, Path], systems: Sequence[System], options: Options, say: Callable[[str], None]
) -> list[Measurement]:
    """From the start of the process; the files are in the page cache of the system, as a first start sees to."""
    samples = Samples(Stage.STARTUP, options.sizes[0])
    asked = iter(questions(options.starts + 1))
    for turn, order in turns(systems, options.starts + 1):
        question = next(asked)
        for system in order:
            say(f"Starting {system.name}, {turn} of {options.starts}")
            with served(system, indexes[system.name], options.workers) as server:
                answered = server.seconds + one_client(server.port, _paths(system, [question]))[0] / 1000
                if turn > 0:
                    samples.add(_READY, system.name, server.seconds)
                    samples.add(_FIRST, system.name, answered)
    return [*samples.of(_READY, "s"), *samples.of(_FIRST, "s")]


def measure_http(
    indexes: Mapping[str, Path],
    systems: Sequence[System],
    size: int,
    options: Options,
    say: Callable[[str], None],
    note: Callable[[str], None],
) -> list[Measurement]:
    """Latency of one client, throughput of several, and what the servers hold afterwards."""
    samples = Samples(Stage.HTTP, size)
    of_a_turn = _QUESTIONS * options.requests + len(options.clients) * _slice(options)
    asked = iter(questions(_WARM_UP + options.repeats * of_a_turn))
    quoted = iter(phrases(options.repeats * options.requests))
    say(f"Starting servers of {size:,} passages")
    with ExitStack() as stack:
        servers = {
            system.name: stack.enter_context(served(system, indexes[system.name], options.workers))
            for system in systems
        }
        warm_up = list(islice(asked, _WARM_UP))
        for system in systems:
            one_client(servers[system.name].port, _paths(system, warm_up))
        for turn, order in turns(systems, options.repeats):
            say(f"Searching {size:,} passages over HTTP, turn {turn + 1} of {options.repeats}")
            _one(samples, [servers[system.name] for system in order], asked, options)
            _narrowed(samples, servers[HAIHE], asked, quoted, options)
            for clients in options.clients:
                load = list(islice(asked, _slice(options)))
                for system in order:
                    file = indexes[system.name].with_name(f"{system.name}.paths")
                    _many(samples, servers[system.name], file, load, clients, options.seconds, note)
        for system in systems:
            _weigh(samples, servers[system.name])
    return _measurements(samples, options)


def growth_of(small: Sequence[Measurement], large: Sequence[Measurement]) -> list[Measurement]:
    """The measurements of how many times longer a search takes in a large index than in a small one."""
    name = _percentile(50)
    of_small, of_large = (
        next(measurement for measurement in part if measurement.name == name) for part in (small, large)
    )
    samples = Samples(Stage.HTTP, of_large.passages)
    title = f"{name}, against {of_small.passages:,} passages"
    for system, few, many in (("haihe", of_small.haihe, of_large.haihe), ("txtai", of_small.peer, of_large.peer)):
        for value in many:
            samples.add(title, system, value / median(few))
    return samples.of(title, "times")


def _slice(options: Options) -> int:
    return round(_FASTEST * options.seconds)


def _one(samples: Samples, servers: Sequence[Server], asked: Iterator[str], options: Options) -> None:
    questions = list(islice(asked, options.requests))
    for server in servers:
        times = one_client(server.port, _paths(server.system, questions))
        for percent, value in zip(_PERCENTILES, np.percentile(times, _PERCENTILES), strict=True):
            samples.add(_percentile(percent), server.system.name, float(value))


def _narrowed(samples: Samples, server: Server, asked: Iterator[str], quoted: Iterator[str], options: Options) -> None:
    """Searches that only some articles may answer: of a time, of a facet's value, with exact words."""
    paths = {
        name: [f"{path}&{urlencode(only)}" for path in _paths(server.system, list(islice(asked, options.requests)))]
        for name, only in _FILTERS.items()
    }
    paths[_PHRASE] = _paths(server.system, list(islice(quoted, options.requests)))
    for name, addresses in paths.items():
        samples.add(_narrowed_to(name), HAIHE, median(one_client(server.port, addresses)))


def _many(
    samples: Samples,
    server: Server,
    file: Path,
    asked: Sequence[str],
    clients: int,
    seconds: float,
    note: Callable[[str], None],
) -> None:
    name = server.system.name
    write_paths(file, server.system.search, asked)
    load = many_clients(server.port, file, clients, seconds)
    samples.add(_throughput(clients), name, load.rate)
    samples.add(_under_load(clients), name, load.p99)
    if load.failed:
        note(f"{name}, {clients} clients: {load.failed} of {load.asked} requests weren't answered with 200.")
    if load.asked > len(asked):
        note(f"{name}, {clients} clients: questions were asked again after {len(asked)}.")


def _weigh(samples: Samples, server: Server) -> None:
    memory = server.memory()
    if memory is not None:
        samples.add("resident memory", server.system.name, memory.resident)
    if memory is not None and memory.proportional is not None:
        samples.add("memory, shared pages once", server.system.name, memory.proportional)


def _measurements(samples: Samples, options: Options) -> list[Measurement]:
    measurements = [measurement for percent in _PERCENTILES for measurement in samples.of(_percentile(percent), "ms")]
    for name in (*_FILTERS, _PHRASE):
        measurements += samples.of(_narrowed_to(name), "ms", note="haihe alone")
    for clients in options.clients:
        measurements += samples.of(_throughput(clients), "searches/s", Better.MORE)
        measurements += samples.of(_under_load(clients), "ms")
    measurements += samples.of(
        "resident memory", "MB", note="of all processes, after the load; pages of mapped files count"
    )
    return measurements + samples.of("memory, shared pages once", "MB")


def _percentile(percent: int) -> str:
    return f"one client, p{percent}"


def _narrowed_to(name: str) -> str:
    return f"{_percentile(50)}, {name}"


def _throughput(clients: int) -> str:
    return f"throughput, {clients} client{'s' if clients > 1 else ''}"


def _under_load(clients: int) -> str:
    return f"p99 under that load, {clients} client{'s' if clients > 1 else ''}"


def _paths(system: System, asked: Sequence[str]) -> list[str]:
    return [f"{system.search}{quote(question)}" for question in asked]
