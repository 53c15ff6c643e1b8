"""Several processes that serve one listening socket: started, kept alive and ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE
from contextlib import suppress
from dataclasses import dataclass
from socket import socket
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable

_LISTENER = "HAIHE_WORKER_LISTENER"
_PATIENT = "HAIHE_WORKER_PATIENT"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A query's matrices are small: threads that wait for each other over them double the work. Read once, at import."""
_GRACE = 10.0
"""Seconds that a worker has for the searches it is at when it is told to end."""
_PAUSE = 1.0
"""Seconds before a worker that died is replaced, so that one that always dies takes no processor."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process, by what its parent handed it.

    Attributes:
        listener: the socket that all of them listen on.
        is_patient: whether it takes requests only when it can answer them, since others can meanwhile.
    """

    listener: socket
    is_patient: bool

    @staticmethod
    def is_here() -> bool:
        """Tell a process that is a worker and has still to be handed its socket."""
        return _LISTENER in os.environ

    @classmethod
    def handed(cls) -> Self | None:
        """Take over what this process was handed, once; None where it isn't a worker."""
        number, patient = os.environ.pop(_LISTENER, None), os.environ.pop(_PATIENT, None)
        return cls(socket(fileno=int(number)), is_patient=patient == "1") if number else None

    def say_ready(self) -> None:
        """Tell the parent that model and index are loaded."""
        with suppress(OSError):  # it may have gone
            os.write(sys.stdout.fileno(), b"ready\n")

    def when_orphaned(self, end: Callable[[], None]) -> None:
        """Have `end` called when the parent is gone, however it went: its end of our standard input closes then."""

        def watch() -> None:
            while os.read(sys.stdin.fileno(), 1):
                pass
            end()

        threading.Thread(target=watch, name="orphaned", daemon=True).start()


def supervise(listener: socket, workers: int, announce: Callable[[str], None]) -> int:
    """Keep workers serving a socket until SIGINT or SIGTERM; gives the code to exit with.

    Each worker is this very command run again, with the socket in its hands. The first shows that index and model can
    be loaded, the others follow; a worker that dies is replaced. One that can't load has said why: all end.

    Args:
        listener: the socket, listening.
        workers: how many processes.
        announce: called with a sentence when a worker is replaced.
    """
    return asyncio.run(_Supervisor(listener, workers, announce).run())


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Supervisor:
    def __init__(self, listener: socket, workers: int, announce: Callable[[str], None]) -> None:
        self._listener = listener
        self._workers = workers
        self._announce = announce
        self._first_is_ready = asyncio.Event()
        self._code: int | None = None
        self._ended = asyncio.Event()

    async def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._end, 0)
        keepers = [asyncio.create_task(self._keep(place)) for place in range(self._workers)]
        await self._ended.wait()
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        return self._code or 0

    def _end(self, code: int) -> None:
        self._code = code if self._code is None else self._code
        self._ended.set()

    async def _keep(self, place: int) -> None:
        """A worker in its place, and the next one when it dies."""
        if place > 0:
            await self._first_is_ready.wait()
        while True:
            process = await self._start()
            try:
                could_load = await self._is_loaded(process)
                code = await process.wait()
            finally:
                await _stop(process)
            if code == 1 and not could_load:
                self._end(1)
                return
            self._announce(f"Worker {process.pid} ended unexpectedly (code {code}); another one takes its place.")
            await asyncio.sleep(_PAUSE)

    async def _start(self) -> Process:
        environment = {
            **_ONE_THREAD,
            "HAIHE_THREADS": str(max(1, cores() // self._workers)),
            **os.environ,
            _LISTENER: str(self._listener.fileno()),
            _PATIENT: str(int(self._first_is_ready.is_set())),
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *sys.orig_argv[1:],
            stdin=PIPE,
            stdout=PIPE,
            env=environment,
            pass_fds=[self._listener.fileno()],
            start_new_session=True,  # Ctrl+C at the terminal is for the parent, which ends the workers in order
        )

    async def _is_loaded(self, process: Process) -> bool:
        assert process.stdout is not None  # noqa: S101 - asked for above
        if not await process.stdout.readline():
            return False
        self._first_is_ready.set()
        return True


async def _stop(process: Process) -> None:
    """End a process that may have ended: first with a request, then without."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.send_signal(number)
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _GRACE)
