"""A real server in this process, on a free port of loopback."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from checks import wait_until

from service import Settings, create_app
from service.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from service import Searcher


@contextmanager
def served(load: Callable[[], Searcher], **settings: int) -> Iterator[str]:
    """Serve what `load` opens; gives the address, once searches are answered."""
    app = create_app(Settings(**settings), load=load)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        with Client(url) as client:
            wait_until(client.ready, 60)
        yield url
    finally:
        server.should_exit = True
        thread.join(10)
