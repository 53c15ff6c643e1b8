"""The clients that ask: one after the other, or many at once."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from service.laboratory.bench.records import BenchError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = Path(__file__).with_name("load.lua")
_TIMEOUT = 60
_PATIENCE = 5
"""How many times longer clients ask whom nobody has answered yet."""
NO_WRK = (
    "wrk isn't installed, so throughput was measured by a client in Python, which takes more of the processor from "
    "both systems. Install it with: apt-get install wrk"
)


@dataclass(frozen=True, slots=True)
class Load:
    """The figures that many clients met: answers a second, and how long one took, in milliseconds."""

    rate: float
    p50: float
    p99: float
    failed: int
    asked: int


def one_client(port: int, paths: Sequence[str]) -> list[float]:
    """The milliseconds of each request of one client that keeps its connection.

    Raises:
        BenchError: an answer isn't 200.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        return [_ask(connection, path) for path in paths]
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    milliseconds = 1000 * (time.perf_counter() - began)
    if answer.status != HTTPStatus.OK:
        raise BenchError(f"{path} was answered {answer.status}: {body[:200].decode('utf-8', 'replace')}")
    return milliseconds


def has_wrk() -> bool:
    """Tell whether the load generator is installed."""
    return shutil.which("wrk") is not None


def many_clients(port: int, file: Path, clients: int, seconds: float) -> Load:
    """Clients that ask at once, each as soon as it has its answer; the paths are the lines of a file.

    Raises:
        BenchError: the load generator failed, or nothing was answered.
    """
    for patience in (seconds, _PATIENCE * seconds):
        load = (_wrk if has_wrk() else _threads)(port, file, clients, patience)
        if load.asked > load.failed:
            return load
    raise BenchError(f"None of {load.asked} requests of {clients} clients was answered within {patience:g} s.")


def _wrk(port: int, file: Path, clients: int, seconds: float) -> Load:
    """One thread of wrk serves thousands of requests a second: a second one would only take turns with the server."""
    whole = max(1, round(seconds))
    options = ("-t1", f"-c{clients}", f"-d{whole}s", f"--timeout={_TIMEOUT}s", f"--script={_SCRIPT}")
    done = subprocess.run(  # noqa: S603 - our own command
        [shutil.which("wrk") or "wrk", *options, f"http://127.0.0.1:{port}", "--", str(file)],
        capture_output=True,
        text=True,
        timeout=whole + 2 * _TIMEOUT,
        check=False,
    )
    report = re.search(r"FIGURES (\{.*\})", done.stdout)
    if not report:
        raise BenchError(f"wrk failed: {(done.stderr or done.stdout).strip()[-300:]}")
    figures = json.loads(report[1])
    answered = figures["requests"] - figures["failed"]
    return Load(answered / figures["seconds"], figures["p50"], figures["p99"], figures["failed"], figures["requests"])


def _threads(port: int, file: Path, clients: int, seconds: float) -> Load:
    paths = file.read_text("utf-8").splitlines()
    numbers, times, failed = count(), list[float](), list[str]()
    ends = time.perf_counter() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
        while time.perf_counter() < ends:
            try:
                times.append(_ask(connection, paths[next(numbers) % len(paths)]))
            except (BenchError, OSError, http.client.HTTPException) as error:
                failed.append(str(error))
                connection.close()
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p50, p99 = np.percentile(times, [50, 99]) if times else (0.0, 0.0)
    rate = len(times) / (time.perf_counter() - began)
    return Load(rate, float(p50), float(p99), len(failed), len(times) + len(failed))
