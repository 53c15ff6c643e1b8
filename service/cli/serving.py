"""Serving from the command line, in this process or in several."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from service.cli.show.messages import fail, say
from service.http.workers import Worker, supervise

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.search.searcher import Searcher
    from service.settings import Settings


def serve(settings: Settings, load: Callable[[], Searcher]) -> NoReturn:
    """Serve until that is ended from outside."""
    from service.http.server import serve as serve_alone

    worker = Worker.handed()
    listener = worker.listener if worker else _listen(settings.host, settings.port)
    if not worker:
        address = f"http://{settings.host}:{listener.getsockname()[1]}"
        say(f"Serving {settings.index} on {address} (interface: /docs). Press Ctrl+C to stop.")
    if settings.workers > 1 and not worker:
        sys.exit(supervise(listener, settings.workers, announce=say))
    failure = serve_alone(settings, load, listener, worker)
    if failure:
        fail(str(failure))
    sys.exit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or error
        fail(f"{host}:{port}: can't listen there ({reason}; in use by another program?). Choose another with --port.")
