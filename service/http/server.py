"""One process that serves a socket with uvicorn."""

from __future__ import annotations

import logging
import os
import signal
import sys
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
    server = _Server(settings, load, worker)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.end)  # before uvicorn hears them, and when it raises them again
    if worker:
        worker.when_orphaned(server.end)
    server.run(sockets=[listener])
    if not server.is_loaded and server.failure is None:
        _exit()
    return server.failure


class _Server(uvicorn.Server):
    """uvicorn's, which heeds a signal at once, not only when it has started, and remembers how loading went."""

    def __init__(self, settings: Settings, load: Callable[[], Searcher], worker: Worker | None) -> None:
        service = create_app(
            settings,
            load=load,
            on_failure=self._fail,
            on_ready=self._be_ready,
            is_patient=worker is not None and worker.is_patient,
        )
        super().__init__(uvicorn.Config(service, log_level="warning", access_log=False))
        self._worker = worker
        self.is_loaded = False
        self.failure: Exception | None = None

    def end(self, *_: object) -> None:
        """Stop serving; the process ends now where it is still loading."""
        self.should_exit = True
        if not self.started:  # it waits for what is loaded, and looks at nothing else
            _exit()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Remember the signal, and end."""
        super().handle_exit(sig, frame)
        self.end()

    def _fail(self, error: Exception) -> None:
        self.failure = error
        self.should_exit = True

    def _be_ready(self) -> None:
        self.is_loaded = True
        if self._worker:
            self._worker.say_ready()


def _exit() -> NoReturn:
    """End this process with code 0, whatever its threads are at; Python would wait for some of them."""
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)
