"""One process that serves a socket with uvicorn."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import uvicorn

from service.http.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from types import FrameType

    from service.http.workers import Worker
    from service.search.searcher import Searcher
    from service.settings import Settings


def serve(
    settings: Settings, load: Callable[[], Searcher], listener: socket, worker: Worker | None = None
) -> Exception | None:
    """Serve until SIGINT or SIGTERM, or until loading failed; gives that failure.

    A signal that comes while model and index are loaded ends the process, since the thread that loads them can't be
    stopped.

    Args:
        settings: the service's.
        load: opens the index.
        listener: where it listens.
        worker: what ties this process to its parent, where it has one.
    """
    failures: list[Exception] = []
    loaded = threading.Event()

    def end(*_: object) -> None:
        server.should_exit = True
        if not server.started:  # it waits for what is loaded, and looks at nothing else
            _exit()

    def fail(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    def be_ready() -> None:
        loaded.set()
        if worker:
            worker.say_ready()

    service = create_app(
        settings,
        load=load,
        on_failure=fail,
        on_ready=be_ready,
        is_patient=worker is not None and worker.is_patient,
    )
    server = _Server(uvicorn.Config(service, log_level="warning", access_log=False), end)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)  # before uvicorn hears them, and when it raises them again
    if worker:
        worker.when_orphaned(end)
    server.run(sockets=[listener])
    if not loaded.is_set() and not failures:
        _exit()
    return failures[0] if failures else None


class _Server(uvicorn.Server):
    """uvicorn's, which tells of a signal at once, not only when it has started."""

    def __init__(self, config: uvicorn.Config, end: Callable[[], None]) -> None:
        super().__init__(config)
        self._end = end

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Remember the signal, and end."""
        super().handle_exit(sig, frame)
        self._end()


def _exit() -> NoReturn:
    """End this process with code 0, whatever its threads are at; Python would wait for some of them."""
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)
