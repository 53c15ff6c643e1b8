"""A real server over the small corpus, and requests that are counted."""

from __future__ import annotations

import httpx2
import pytest
from serving import served

from indexer import open_snapshot
from service import Searcher
from service.client import Client


class Counting(httpx2.HTTPTransport):
    """The network, and what was sent over it."""

    def __init__(self):
        super().__init__()
        self.sent = []

    def handle_request(self, request):
        self.sent.append(request)
        return super().handle_request(request)


@pytest.fixture(scope="session")
def address(index_folder, encoder):
    """Where the service listens."""
    with served(lambda: Searcher(open_snapshot(index_folder), encoder)) as url:
        yield url


@pytest.fixture
def transport():
    return Counting()


@pytest.fixture
def asking(address, transport):
    """A client of that server."""
    with Client(address, transport=transport) as client:
        yield client
