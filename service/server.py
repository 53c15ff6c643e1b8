"""One process that serves a socket with uvicorn."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import uvicorn

from service.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from service.search import Searcher
    from service.settings import Settings
    from service.workers import Worker


def serve(
    settings: Settings, load: Callable[[], Searcher], listener: socket, worker: Worker | None = None
) -> Exception | None:
    """Serve until SIGINT or SIGTERM, or until loading failed; gives that failure.

    Args:
        settings: the service's.
        load: opens the index.
        listener: where it listens.
        worker: what ties this process to its parent, where it has one.
    """
    failures: list[Exception] = []

    def end() -> None:
        server.should_exit = True

    def fail(error: Exception) -> None:
        failures.append(error)
        end()

    service = create_app(
        settings,
        load=load,
        on_failure=fail,
        on_ready=worker.say_ready if worker else lambda: None,
        is_patient=worker is not None and worker.is_patient,
    )
    server = uvicorn.Server(uvicorn.Config(service, log_level="warning", access_log=False))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # uvicorn ends at them and raises them again: ending was asked for
    if worker:
        worker.when_orphaned(end)
    server.run(sockets=[listener])
    return failures[0] if failures else None
