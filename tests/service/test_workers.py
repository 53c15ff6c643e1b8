"""`haihe serve --workers N` as processes, with the fake encoder."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from checks import wait_until

from indexer import read_manifest

pytestmark = pytest.mark.slow  # whole processes, seconds each


def _get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return json.load(answer)


def _answers(port, path):
    try:
        return _get(port, path)
    except (urllib.error.URLError, ConnectionError):
        return None


def _workers(process):
    """The processes that a process started, by id."""
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


@pytest.fixture
def start_workers(start_haihe, index_folder):
    """Start a service of several workers; gives its parent and its port once all of them serve."""
    started = []

    def start(*arguments, count=2):
        process = start_haihe("serve", "--index", str(index_folder), "--port", "0", "--workers", str(count), *arguments)
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)", process.stderr.readline())[1])
        wait_until(lambda: _answers(port, "/readyz") and len(_workers(process)) == count, seconds=60)
        started.extend(_workers(process))
        return process, port

    yield start
    wait_until(lambda: not any(map(_lives, started)), seconds=20)  # whatever a test did, nothing is left behind


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_a_signal_to_the_parent_ends_all_with_code_0(start_workers, end):
    """One service to a supervisor and to a person at the terminal, however many processes it has."""
    process, port = start_workers()
    workers = _workers(process)
    assert _get(port, "/v1/search?q=bus")["hits"]
    process.send_signal(end)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert not any(map(_lives, workers))


def test_a_worker_that_dies_is_replaced_and_nobody_notices(start_workers):
    """The other one answers meanwhile, and the new one takes no request before it can answer it."""
    process, port = start_workers()
    dead, other = _workers(process)
    os.kill(dead, signal.SIGKILL)
    wait_until(lambda: not _lives(dead))
    statuses = []

    def is_replaced():
        statuses.append(bool(_get(port, "/v1/search?q=bus")["hits"]))
        return len(_workers(process)) == 2 and dead not in _workers(process)

    wait_until(is_replaced, seconds=30)
    replacement = next(pid for pid in _workers(process) if pid != other)
    os.kill(other, signal.SIGKILL)  # now the replacement has to answer
    wait_until(lambda: not _lives(other))
    assert _get(port, "/v1/search?q=bus")["hits"]
    assert all(statuses)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"Worker {dead} ended unexpectedly" in err
    assert not _lives(replacement)


def test_workers_end_when_their_parent_was_killed(start_workers):
    """Nothing keeps the port."""
    process, port = start_workers()
    workers = _workers(process)
    process.kill()
    process.wait(10)
    wait_until(lambda: not any(map(_lives, workers)), seconds=20)
    assert _answers(port, "/healthz") is None


def test_an_index_that_cannot_be_opened_ends_all_with_one_sentence(start_haihe, index_folder, tmp_path):
    """Said once, not by each worker, and with code 1."""
    own = shutil.copytree(index_folder, tmp_path / "own.index")
    damaged = own / read_manifest(own).generation / "en.faiss"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    process = start_haihe("serve", "--index", str(own), "--port", "0", "--workers", "3")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err.count(str(damaged)) == 1
    assert "Traceback" not in err


def test_up_indexes_once_for_all_workers(start_haihe, write_corpus, tmp_path):
    """The parent indexes, the workers only serve."""
    articles, index = tmp_path / "articles", tmp_path / "index"
    write_corpus(articles, {"one.md": {"title": "Bus", "text": "The bus runs all day long."}})
    process = start_haihe("up", str(articles), "--index", str(index), "--port", "0", "--workers", "2")
    line = next(line for line in process.stderr if "http://" in line)
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", line)[1])
    wait_until(lambda: _answers(port, "/readyz") and len(_workers(process)) == 2, seconds=60)
    assert _get(port, "/v1/search?q=bus")["index"]["generation"] == read_manifest(index).generation
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "up to date" not in err


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads the environment of processes")
def test_processors_are_shared_among_the_workers(start_workers, monkeypatch):
    """Each would take all of them otherwise, and they would wait for one another; what is set already stays."""
    for name in ("OMP_NUM_THREADS", "HAIHE_THREADS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    process, _ = start_workers(count=2)
    share = max(1, len(os.sched_getaffinity(0)) // 2)
    for pid in _workers(process):
        lines = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        environment = dict(line.split(b"=", 1) for line in lines if b"=" in line)
        assert environment[b"HAIHE_THREADS"] == str(share).encode()
        assert environment[b"OMP_NUM_THREADS"] == b"1"
        assert environment[b"OPENBLAS_NUM_THREADS"] == b"3"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
