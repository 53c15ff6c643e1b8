"""More searches than the service takes, over real connections."""

from __future__ import annotations

import re
import signal
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from checks import wait_until

_CLIENTS = 24
_TAKEN = 4


def _ask(port, path):
    """Status, Retry-After and seconds of a request."""
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            answer.read()
            return answer.status, None, time.perf_counter() - began
    except urllib.error.HTTPError as error:
        error.read()
        return error.code, error.headers["Retry-After"], time.perf_counter() - began


def test_overload_is_refused_at_once_and_health_is_always_answered(start_haihe, index_folder, monkeypatch):
    """24 clients where 4 are taken: every search is answered or told when to come again, nothing else happens."""
    monkeypatch.setenv("HAIHE_MAX_WAITING", str(_TAKEN))
    process = start_haihe("serve", "--index", str(index_folder), "--port", "0")
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", process.stderr.readline())[1])
    wait_until(lambda: _ask(port, "/readyz")[0] == 200, seconds=60)
    health, is_over = [], threading.Event()

    def watch_health():
        while not is_over.is_set():
            health.extend(_ask(port, path)[0] for path in ("/healthz", "/readyz"))

    def ask_often(client):
        words = ["公交 预算", "bus budget", "水稻 收成", "port containers"]
        return [
            _ask(port, f"/v1/search?q={urllib.parse.quote(f'{words[turn % 4]} {client} {turn}')}") for turn in range(20)
        ]

    with ThreadPoolExecutor(_CLIENTS + 1) as pool:
        watch = pool.submit(watch_health)
        found = [one for answers in pool.map(ask_often, range(_CLIENTS)) for one in answers]
        is_over.set()
        watch.result(30)
    answered = [one for one in found if one[0] == 200]
    refused = [one for one in found if one[0] != 200]
    assert answered
    assert refused
    assert {(status, retry) for status, retry, _ in refused} == {(503, "1")}
    assert set(health) == {200}
    assert statistics.median(one[2] for one in refused) < statistics.median(one[2] for one in answered)
    assert _ask(port, "/v1/search?q=bus")[0] == 200, "room again"
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
