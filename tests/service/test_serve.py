"""`haihe serve` and `haihe up` as processes, with the fake encoder."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from checks import wait_until

from indexer import read_manifest
from indexer.snapshot.manifest import FileRecord, replace_manifest

_AT_ONCE = 6.0
"""Seconds; on a machine that is busy with other tests."""


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return json.load(answer)


def _is_alive(port):
    try:
        return _get(port, "/healthz")
    except OSError:  # nobody listens yet, or a worker that is starting takes its time
        return None


def _reads(process, name):
    """Whether a process has a file open."""
    descriptors = Path(f"/proc/{process.pid}/fd")
    if not descriptors.is_dir():
        pytest.skip("this system doesn't say which files are open")
    targets = []
    for descriptor in list(descriptors.iterdir()):
        with suppress(OSError):
            targets.append(descriptor.readlink().name)
    return name in targets


def _wait_until_ready(process, port, seconds=15):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        assert process.poll() is None, process.communicate()
        try:
            return _get(port, "/readyz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError("not ready in time")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_a_signal_ends_the_service_with_code_0(start_haihe, index_folder, end):
    """Stopping is no failure: a supervisor and a person at the terminal see a clean end."""
    port = _free_port()
    process = start_haihe("serve", "--index", str(index_folder), "--port", str(port))
    _wait_until_ready(process, port)
    assert _get(port, "/v1/search?q=bus")["hits"]
    process.send_signal(end)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


@pytest.fixture
def huge_index(own_index):
    """An index with a file of 60 GB, which takes a minute to check; it is sparse, so the disk hasn't so much of it."""
    manifest = read_manifest(own_index)
    with (own_index / manifest.generation / "zh.huge").open("wb") as file:
        file.truncate(60 << 30)
    files = {"zh.huge": FileRecord("0" * 64, 60 << 30), **manifest.files}
    (own_index / "manifest.json").write_text(replace(manifest, files=files).to_json(), "utf-8")
    return own_index


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_a_signal_ends_the_service_while_it_checks_its_index(start_haihe, huge_index, end, workers):
    """Nobody waits a minute for a service to end that has answered nothing yet."""
    process = start_haihe("serve", "--index", str(huge_index), "--port", "0", "--workers", str(workers))
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", process.stderr.readline())[1])
    wait_until(lambda: _is_alive(port), seconds=30)
    began = time.monotonic()
    process.send_signal(end)
    out, err = process.communicate(timeout=50)
    took = time.monotonic() - began
    assert (process.returncode, out, err) == (0, "", "")
    assert took < _AT_ONCE


def test_a_signal_ends_a_worker_that_takes_no_request_before_it_is_loaded(start_haihe, huge_index, monkeypatch):
    """The ones that follow the first are started while requests are served by others."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("HAIHE_WORKER_LISTENER", str(listener.fileno()))
        monkeypatch.setenv("HAIHE_WORKER_PATIENT", "1")
        process = start_haihe("serve", "--index", str(huge_index), stdin=subprocess.PIPE, pass_fds=[listener.fileno()])
        wait_until(lambda: _reads(process, "zh.huge"), seconds=30)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(50)
        took = time.monotonic() - began
    assert process.returncode == 0
    assert took < _AT_ONCE


def test_the_service_says_where_it_listens_even_on_a_port_that_it_chose(start_haihe, index_folder):
    """`--port 0` takes a free one; which one it took is said on standard error."""
    process = start_haihe("serve", "--index", str(index_folder), "--port", "0")
    line = process.stderr.readline()
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", line)[1])
    assert port != 0, line
    _wait_until_ready(process, port)


def test_settings_come_from_the_environment(start_haihe, index_folder, monkeypatch):
    """Address, index and bounds, without an option."""
    port = _free_port()
    monkeypatch.setenv("HAIHE_PORT", str(port))
    monkeypatch.setenv("HAIHE_INDEX", str(index_folder))
    monkeypatch.setenv("HAIHE_MAX_K", "2")
    _wait_until_ready(start_haihe("serve"), port)
    assert len(_get(port, "/v1/search?q=bus&k=2")["hits"]) == 2
    with pytest.raises(urllib.error.HTTPError, match="422"):
        _get(port, "/v1/search?q=bus&k=3")


def test_a_damaged_index_ends_the_service_with_one_sentence(start_haihe, index_folder, tmp_path):
    """It doesn't stay up with nothing to answer."""
    own = shutil.copytree(index_folder, tmp_path / "own.index")
    damaged = own / read_manifest(own).generation / "en.faiss"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    process = start_haihe("serve", "--index", str(own), "--port", str(_free_port()))
    out, err = process.communicate(timeout=15)
    assert (process.returncode, out) == (1, "")
    assert str(damaged) in err
    assert "Traceback" not in err


def test_an_index_of_other_terms_ends_the_service_with_one_sentence(start_haihe, index_folder, tmp_path):
    """After an upgrade, questions would miss what they found before."""
    own = shutil.copytree(index_folder, tmp_path / "own.index")
    manifest = read_manifest(own)
    analyzer = replace(manifest.recipe.analyzer, terms="others", code="other")
    replace_manifest(own, replace(manifest, recipe=replace(manifest.recipe, analyzer=analyzer)))
    process = start_haihe("serve", "--index", str(own), "--port", str(_free_port()))
    out, err = process.communicate(timeout=15)
    assert (process.returncode, out) == (1, "")
    assert "haihe's own analysis of texts has changed since the index was made. Make it anew with: haihe up" in err
    assert "Traceback" not in err


def test_a_port_in_use_is_code_1_and_names_the_port(start_haihe, index_folder):
    """And no traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start_haihe("serve", "--index", str(index_folder), "--port", str(port))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert str(port) in err
    assert "in use" in err
    assert "Traceback" not in err


@pytest.mark.slow
def test_up_indexes_once_and_again_only_after_a_change(start_haihe, write_corpus, tmp_path):
    """The one command of the README may be typed every morning."""
    articles, index = tmp_path / "articles", tmp_path / "index"
    write_corpus(articles, {"one.md": {"title": "Bus", "text": "The bus runs all day long."}})

    def generation_after_up():
        port = _free_port()
        process = start_haihe("up", str(articles), "--index", str(index), "--port", str(port))
        _wait_until_ready(process, port)
        found = _get(port, "/v1/search?q=bus")["index"]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        return found["generation"], found["documents"]

    first = generation_after_up()
    assert generation_after_up() == first == (read_manifest(index).generation, 1)
    write_corpus(articles, {"two.md": {"title": "公交", "text": "公交全天运行，晚上也有。"}})
    changed = generation_after_up()
    assert changed[1] == 2
    assert changed[0] != first[0]


@pytest.mark.slow
def test_up_notices_that_late_interaction_was_switched(start_haihe, write_corpus, tmp_path, monkeypatch):
    """An index with tokens isn't the one that was asked for without, nor the other way round."""
    articles, index = tmp_path / "articles", tmp_path / "index"
    write_corpus(articles, {"one.md": {"title": "Bus", "text": "The bus runs all day long."}})

    def tokens_after_up():
        port = _free_port()
        process = start_haihe("up", str(articles), "--index", str(index), "--port", str(port))
        _wait_until_ready(process, port)
        assert _get(port, "/v1/search?q=bus")["hits"]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        return [name for name in read_manifest(index).files if "tokens" in name]

    assert tokens_after_up()
    monkeypatch.setenv("HAIHE_LATE_INTERACTION", "false")
    assert tokens_after_up() == []
    monkeypatch.setenv("HAIHE_LATE_INTERACTION", "true")
    assert tokens_after_up()
