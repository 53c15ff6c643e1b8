"""Servers that are started, asked and ended, with a stand-in for both systems."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from service.laboratory.bench.records import BenchError
from service.laboratory.bench.systems import clients
from service.laboratory.bench.systems.clients import has_wrk, many_clients, one_client
from service.laboratory.bench.systems.servers import served
from service.laboratory.bench.systems.systems import Launch

_PROGRAM = """
import http.server, os, subprocess, sys, time
log, port, delay = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path.startswith("/search"):
            with open(log, "a") as file:
                file.write(self.path + "\\n")
            time.sleep(delay)
        known = self.path.startswith(("/search", "/ready"))
        body = str(child.pid).encode() if known else b"no such thing"
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class _Fake:
    """A system whose index is the file that it writes its requests to."""

    name: str = "fake"
    ready: str = "/ready"
    search: str = "/search?q="
    program: str = _PROGRAM
    delay: float = 0.0

    def serve(self, index, port, workers):
        command = (sys.executable, "-c", self.program, str(index), str(port), str(self.delay))
        return Launch(command, dict(os.environ))


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"


def _asked(log):
    return [unquote(line) for line in log.read_text("utf-8").splitlines()]


def test_a_server_and_what_it_started_are_gone_afterwards(tmp_path):
    """Whatever happened in between."""
    found = []

    def fail_while_serving():
        with served(_Fake(), tmp_path / "log") as server:
            parent = server._process.pid
            found.extend([parent, int(Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii"))])
            assert 0 < server.seconds < 30
            assert all(map(_alive, found))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_serving()
    ends = time.monotonic() + 5
    while any(map(_alive, found)) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not any(map(_alive, found))


def test_memory_is_that_of_the_server_and_its_children(tmp_path):
    """A server with workers holds what all of them hold."""
    psutil = pytest.importorskip("psutil")
    with served(_Fake(), tmp_path / "log") as server:
        memory = server.memory()
        alone = psutil.Process(server._process.pid).memory_info().rss / 2**20
        assert memory.resident > alone + 3
        assert memory.proportional is None or memory.proportional < memory.resident


def test_a_server_that_ends_at_once_says_why(tmp_path):
    """The last line that it printed, and where to read on."""
    system = _Fake(program="raise SystemExit('the index is damaged')")
    with (
        pytest.raises(BenchError, match=r"fake didn't start: the index is damaged.*log\.log"),
        served(system, tmp_path / "log"),
    ):
        pass


def test_one_client_asks_each_path_once_in_order_and_measures_it(tmp_path):
    """Times are those of the answers."""
    with served(_Fake(delay=0.02), tmp_path / "log") as server:
        times = one_client(server.port, [f"/search?q={number}" for number in range(10)])
    assert _asked(tmp_path / "log") == [f"/search?q={number}" for number in range(10)]
    assert 20 <= min(times) <= max(times) < 2000


def test_an_answer_that_is_no_hit_is_an_error(tmp_path):
    """A server that fails fast must not look fast."""
    with served(_Fake(), tmp_path / "log") as server, pytest.raises(BenchError, match="answered 404"):
        one_client(server.port, ["/nowhere"])


@pytest.mark.parametrize("wrk", [True, False], ids=["wrk", "Python"])
def test_many_clients_ask_different_questions_at_once(tmp_path, monkeypatch, wrk):
    """Each path once as long as there are enough, several at a time."""
    if wrk and not has_wrk():
        pytest.skip("wrk isn't installed")
    monkeypatch.setattr(clients, "has_wrk", lambda: wrk)
    (tmp_path / "paths").write_text("".join(f"/search?q={number}\n" for number in range(1000)))
    with served(_Fake(delay=0.1), tmp_path / "log") as server:
        load = many_clients(server.port, tmp_path / "paths", 8, 1)
    asked = _asked(tmp_path / "log")
    assert len(asked) == len(set(asked))
    assert 15 < load.rate < 81
    assert 100 <= load.p50 <= load.p99
    assert load.failed == 0


@pytest.mark.slow
@pytest.mark.parametrize("wrk", [True, False], ids=["wrk", "Python"])
def test_answers_that_failed_aren_t_counted(tmp_path, monkeypatch, wrk):
    """A rate of refusals is no throughput."""
    if wrk and not has_wrk():
        pytest.skip("wrk isn't installed")
    monkeypatch.setattr(clients, "has_wrk", lambda: wrk)
    (tmp_path / "paths").write_text("/nowhere\n")
    with served(_Fake(), tmp_path / "log") as server, pytest.raises(BenchError, match="None of"):
        many_clients(server.port, tmp_path / "paths", 2, 1)
