"""When a request is sent again, how often, and after how long."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from email.utils import format_datetime

import httpx2
import pytest

from service.client import Client, Denied, Failed, NotFound, Refused, Retries, TooMany, Unavailable, Unreachable

OPEN = {"hits": [], "index": {"generation": "1", "documents": 0, "passages": 0}}


def _problem(status, detail="Model and index are being loaded. Try again.", **headers):
    body = {"title": "-", "status": status, "detail": detail}
    return httpx2.Response(status, json=body, headers={"Content-Type": "application/problem+json", **headers})


class Script(httpx2.BaseTransport):
    """Answers requests one after the other as it is written; the last one again and again."""

    def __init__(self, *script):
        self.script = script
        self.requests = []

    def handle_request(self, request):
        self.requests.append(request)
        found = self.script[min(len(self.requests), len(self.script)) - 1]
        if isinstance(found, Exception):
            raise found
        return httpx2.Response(found.status_code, headers=found.headers, content=found.content)


@pytest.fixture
def naps(monkeypatch):
    """How long was waited, without waiting."""
    waited = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    return waited


def _client(*script, **retries):
    transport = Script(*script)
    return Client(transport=transport, retries=Retries(**retries)), transport


PASSING = [
    _problem(503),
    httpx2.Response(503, text="upstream"),
    httpx2.Response(502, html="<p>Bad gateway</p>"),
    httpx2.Response(504),
    httpx2.ConnectError("refused"),
    httpx2.ConnectTimeout("slow"),
    httpx2.ReadTimeout("slow"),
    httpx2.ReadError("reset"),
    httpx2.RemoteProtocolError("Server disconnected without sending a response."),
]


@pytest.mark.parametrize("trouble", PASSING, ids=repr)
def test_what_may_pass_is_asked_again(trouble, naps):
    """Loading, overload, a proxy's word for them, a lost connection, no answer in time."""
    client, transport = _client(trouble, trouble, httpx2.Response(200, json=OPEN))
    assert len(client.similar("x")) == 0
    assert len(transport.requests) == 3
    assert len(naps) == 2


@pytest.mark.parametrize("trouble", PASSING, ids=repr)
@pytest.mark.parametrize("attempts", [1, 4])
def test_attempts_are_bounded(trouble, attempts, naps):
    """Then the error says what happened."""
    client, transport = _client(trouble, attempts=attempts)
    with pytest.raises((Unavailable, Unreachable)):
        client.similar("x")
    assert len(transport.requests) == attempts
    assert len(naps) == attempts - 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused), (401, Denied), (403, Denied), (404, NotFound), (413, Refused), (422, Refused), (429, TooMany),
        (500, Failed), (501, Failed),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_asked_once(status, kind, naps):
    """Asking again would give the same, and load the service."""
    client, transport = _client(_problem(status, "So it is."))
    with pytest.raises(kind, match=rf"^{status}: So it is\.") as raised:
        client.search("x")
    assert raised.value.status == status
    assert raised.value.detail == "So it is."
    assert len(transport.requests) == 1
    assert naps == []


def test_pauses_grow_and_are_bounded(naps):
    """Each at most twice the one before at most, none beyond the longest; chance spreads them."""
    client, _ = _client(_problem(503), attempts=40, first_wait=1.0, longest_wait=8.0)
    with pytest.raises(Unavailable):
        client.similar("x")
    assert len(naps) == 39
    assert all(0 <= nap <= most for nap, most in zip(naps, [1, 2, 4, *[8] * 36], strict=True))
    assert len(set(naps)) > 30
    assert max(naps) > 2


def test_the_service_says_when_to_come_back(naps):
    """`Retry-After` in seconds, before any backoff of our own."""
    client, _ = _client(
        _problem(503, **{"Retry-After": "3"}), _problem(503, **{"Retry-After": "0"}), httpx2.Response(200, json=OPEN)
    )
    client.similar("x")
    assert naps == [3.0, 0.0]


def test_the_service_says_at_what_time_to_come_back(naps):
    """RFC 9110 allows a date too; one that is past means now."""
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=6)
    client, _ = _client(
        _problem(503, **{"Retry-After": format_datetime(soon, usegmt=True)}),
        _problem(503, **{"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        httpx2.Response(200, json=OPEN),
    )
    client.similar("x")
    assert naps == [pytest.approx(5.5, abs=1.5), 0.0]


def test_a_time_that_cannot_be_read_leaves_our_own_pause(naps):
    client, transport = _client(_problem(503, **{"Retry-After": "tomorrow"}), httpx2.Response(200, json=OPEN))
    client.similar("x")
    assert len(transport.requests) == 2
    assert 0 <= naps[0] <= 0.5


def test_a_pause_longer_than_wanted_is_an_error_at_once(naps):
    """Coming back earlier would be of no use; the caller hears when it would be."""
    client, transport = _client(_problem(503, "Maintenance.", **{"Retry-After": "3600"}))
    with pytest.raises(Unavailable, match=r"503: Maintenance\. .*again in 3600 s\.") as raised:
        client.similar("x")
    assert raised.value.retry_after == 3600
    assert len(transport.requests) == 1
    assert naps == []


def test_the_same_request_is_sent_again(naps):
    """Its body too."""
    client, transport = _client(_problem(503), _problem(503), _problem(422))
    with pytest.raises(Refused):
        client.search("预算", k=3)
    assert len({request.content for request in transport.requests}) == 1
    assert "预算".encode() in transport.requests[-1].content


def test_readiness_asks_once(naps):
    client, transport = _client(_problem(503))
    assert not client.ready()
    assert len(transport.requests) == 1


def test_no_attempt_at_all_is_refused():
    with pytest.raises(ValueError, match="Give 1 or more"):
        Retries(attempts=0)


def test_a_timeout_says_what_to_change(naps):
    client, _ = _client(httpx2.ReadTimeout("slow"))
    with pytest.raises(Unreachable, match=r"no answer in time.*Client\(timeout="):
        client.search("x")


def test_a_server_that_hangs_up_first():
    """Over a real socket: two connections are closed without a word, the third is answered."""
    body = b'{"status":"ready"}'
    calls = []

    def serve(listener):
        for _ in range(3):
            connection, _ = listener.accept()
            with connection:
                calls.append(connection.recv(65536))
                if len(calls) == 3:
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                    connection.sendall(head.encode() + body)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Client(url, retries=Retries(first_wait=0.01)) as client:
            client.wait_until_ready(10)
        thread.join(10)
    assert len(calls) == 3


def test_a_server_that_never_answers_is_left_in_time():
    """Attempts times the timeout, and no longer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with Client(url, timeout=0.1, retries=Retries(attempts=2, first_wait=0.01)) as client:
            began = dt.datetime.now(dt.UTC)
            with pytest.raises(Unreachable, match="no answer in time"):
                client.search("预算")
            assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=5)
