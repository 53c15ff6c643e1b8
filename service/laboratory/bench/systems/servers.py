"""A server in a process of its own: started, asked, weighed, ended."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from service.laboratory.bench.records import BenchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.laboratory.bench.systems.systems import System

_START = 600.0
"""Seconds that a server may take to be ready: an index of a million passages takes long to check."""
_END = 20.0
_POLL = 0.01
_MB = 2**20


class Memory(NamedTuple):
    """The memory of a process and all its children, in MB.

    `proportional` counts what they share once; it is None where unknown.
    """

    resident: float
    proportional: float | None


class Server:
    """A running server. `seconds` is what it took from its start until it said that it was ready."""

    def __init__(self, system: System, process: subprocess.Popen[bytes], port: int, began: float) -> None:
        self.system = system
        self.port = port
        self._process = process
        self._began = began
        self.seconds = 0.0

    def wait(self, log: Path) -> None:
        """Until it is ready.

        Raises:
            BenchError: it ended, or took too long.
        """
        while time.perf_counter() - self._began < _START:
            if self._process.poll() is not None:
                break
            if self._answers():
                self.seconds = time.perf_counter() - self._began
                return
            time.sleep(_POLL)
        lines = log.read_text("utf-8", "replace").strip().splitlines() or ["it said nothing"]
        raise BenchError(f"{self.system.name} didn't start: {lines[-1]}. Read {log} (keep it with --work DIR).")

    def memory(self) -> Memory | None:
        """The memory that the processes hold now; None where psutil isn't installed."""
        try:
            import psutil
        except ImportError:
            return None
        root = psutil.Process(self._process.pid)
        infos = [process.memory_full_info() for process in (root, *root.children(recursive=True))]
        resident = sum(info.rss for info in infos) / _MB
        shared = [getattr(info, "pss", None) for info in infos]
        shares = [value for value in shared if value is not None]
        return Memory(resident, sum(shares) / _MB if len(shares) == len(shared) else None)

    def end(self) -> None:
        """Ask it to end, then make it, with what it started."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(_END)
        try:
            os.killpg(self._process.pid, signal.SIGKILL)  # its own session: workers that outlived it, nothing else
        except ProcessLookupError:
            return

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", self.system.ready)
            answer = connection.getresponse()
            answer.read()
            connection.close()
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == HTTPStatus.OK


@contextmanager
def served(system: System, index: Path, workers: int = 1) -> Iterator[Server]:
    """A server of an index that is ready; it is ended whatever happens.

    Raises:
        BenchError: it doesn't start.
    """
    port = free_port()
    launch = system.serve(index, port, workers)
    log = index.with_name(f"{index.name}.log")
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            launch.command, env=dict(launch.environment), stdout=out, stderr=out, start_new_session=True
        )
    server = Server(system, process, port, began)
    try:
        server.wait(log)
        yield server
    finally:
        server.end()


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
