"""The whole run, with stand-ins for processes and servers: what is measured, what is said."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from service.laboratory.bench import BenchError, options_of, run, show
from service.laboratory.bench import grown as grown_module
from service.laboratory.bench import indexing as indexing_module
from service.laboratory.bench import serving as serving_module
from service.laboratory.bench import vectors as vectors_module
from service.laboratory.bench.corpora.corpus import phrases
from service.laboratory.bench.systems.clients import Load
from service.laboratory.bench.systems.processes import run_task
from service.laboratory.bench.systems.servers import Memory
from service.laboratory.bench.systems.systems import OWN, TXTAI

pytestmark = pytest.mark.slow

FACTOR = {"haihe": 1.0, "txtai": 8.0}


class _Stage:
    """Stands in for processes, servers and clients, and keeps what they were asked for: txtai takes eight times as long."""

    def __init__(self):
        self.tasks = []
        self.questions = {"haihe": [], "txtai": []}

    def run_task(self, name, **arguments):
        self.tasks.append((name, arguments))
        for kind, content in (("passages", '{"id": "a", "text": "b"}\n'), ("out", "")):
            if kind in arguments and name in {"passages_of", "grow_vectors"}:
                Path(arguments[kind]).write_text(content)
        if name in {"index_haihe", "index_txtai"}:
            Path(arguments["index"]).mkdir(exist_ok=True)
        factor = FACTOR["txtai" if "txtai" in name else "haihe"]
        return {
            "seconds": factor, "whole": 2 * factor, "passages": 80, "peak": 100.0, "p50": factor, "p99": 2 * factor,
            "recall": 0.99, "bytes": 1000, "resident": 1.0,
        }  # fmt: skip

    @contextmanager
    def served(self, system, index, workers):
        yield _Server(system)

    def one_client(self, port, paths):
        self.ask(port, paths)
        return [FACTOR[port]] * len(paths)

    def many_clients(self, port, file, clients, seconds):
        self.ask(port, file.read_text().splitlines())
        return Load(100 / FACTOR[port], 1.0, 2.0, 0, 10)

    def ask(self, port, paths):
        self.questions[port] += [path.partition("=10&")[2].partition("=")[2] for path in paths]


class _Server:
    seconds = 1.0

    def __init__(self, system):
        self.system = system
        self.port = system.name

    def memory(self):
        return Memory(100.0 * FACTOR[self.system.name], None)


@pytest.fixture
def stage(monkeypatch):
    """Every process and server replaced."""
    stage = _Stage()
    for module in (indexing_module, vectors_module, grown_module):
        monkeypatch.setattr(module, "run_task", stage.run_task)
    for name in ("served", "one_client", "many_clients"):
        monkeypatch.setattr(serving_module, name, getattr(stage, name))
    return stage


def _run(tmp_path, *, systems=(OWN, TXTAI), **options):
    said = []
    return run(options_of(quick=True, work=tmp_path, **options), said.append, systems), said


def test_every_part_is_measured_on_both_and_compared(stage, tmp_path):
    """One command, all ratios."""
    report, _ = _run(tmp_path, sizes="200,400")
    found = {(one.stage, one.name, one.passages): one for one in report.measurements if one.peer}
    assert found["http", "one client, p50", 200].factor == pytest.approx(8)
    assert found["http", "throughput, 8 clients", 400].factor == pytest.approx(8)
    assert found["indexing", "indexing", 0].factor == pytest.approx(8)
    assert found["update", "one article changed", 0].factor == pytest.approx(8)
    assert found["http", "resident memory", 200].factor == pytest.approx(8)
    assert found["ann", "search, p99", 400].factor == pytest.approx(8)
    assert found["http", "one client, p50, against 200 passages", 400].haihe == (1.0, 1.0)
    assert all(len(one.haihe) == len(one.peer) for one in found.values())
    json.loads(show(report, "json"))


def test_both_systems_are_asked_the_same_and_nothing_twice(stage, tmp_path):
    """No cache helps, and neither has the easier questions."""
    _run(tmp_path, only="http", sizes="200")
    own, other = stage.questions["haihe"], stage.questions["txtai"]
    with_a_phrase = {quote(phrase) for phrase in phrases(1000)}
    assert [question for question in own if "&" not in question and question not in with_a_phrase] == other
    assert len(own) == len(set(own)) > 100


def test_searches_by_a_filter_a_facet_and_exact_words_are_measured(stage, tmp_path):
    """What the page's reader clicks has to be as quick as what he writes; the peer has no such thing."""
    report, _ = _run(tmp_path, only="http", sizes="200")
    found = [one for one in report.measurements if one.name.startswith("one client, p50, ")]
    assert len(found) == 3
    assert all(one.haihe and not one.peer for one in found)
    for part in ("&published_from=", "&sources=Paper", "&languages="):
        assert sum(part in question for question in stage.questions["haihe"]) == 2 * 40
    assert len({quote(phrase) for phrase in phrases(1000)}.intersection(stage.questions["haihe"])) == 2 * 40


def test_without_the_peer_haihe_is_measured_alone_and_the_extra_is_named(stage, tmp_path):
    """The command works in every installation."""
    report, said = _run(tmp_path, systems=(OWN,), only="indexing,http", sizes="200")
    assert any("pip install 'haihe[bench]'" in sentence for sentence in said)
    assert all(one.haihe and not one.peer for one in report.measurements)
    assert not any("txtai" in name for name, _ in stage.tasks)


def test_an_index_without_tokens_is_said_to_be_one(stage, tmp_path):
    """It ranks by less than usual, which a reader has to know."""
    report, _ = _run(tmp_path, only="http", sizes="200", late_interaction=False)
    assert any("late interaction is off" in note for note in report.notes)


def test_a_disk_that_is_too_small_is_said_before_anything_is_made(stage, tmp_path, monkeypatch):
    """Rather than filled."""
    monkeypatch.setattr(grown_module.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(BenchError, match=r"400 passages need .* GB"):
        _run(tmp_path, only="startup", sizes="400")
    assert stage.tasks == []


def test_a_part_that_fails_costs_only_itself(stage, tmp_path, monkeypatch):
    """What was measured for an hour before isn't lost."""

    def fail(*_):
        raise BenchError("txtai ended.")

    monkeypatch.setattr(serving_module, "many_clients", fail)
    report, _ = _run(tmp_path, only="indexing,http", sizes="200")
    assert {one.stage for one in report.measurements} == {"indexing"}
    assert "Left out, http: txtai ended." in report.notes


@pytest.mark.parametrize(("load", "is_noted"), [(0.1, False), (64.0, True)])
def test_a_busy_machine_is_noted(stage, tmp_path, monkeypatch, load, is_noted):
    """Such figures aren't taken for those of the system."""
    monkeypatch.setattr("os.getloadavg", lambda: (load, load, load))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    report, _ = _run(tmp_path, only="indexing")
    assert any("busy" in note for note in report.notes) == is_noted


def test_a_task_that_fails_is_one_sentence():
    """The last line that its process said."""
    with pytest.raises(BenchError, match="index_haihe failed: TypeError"):
        run_task("index_haihe", nothing="here")


def test_the_harness_loads_no_model():
    """So that it takes no memory and no processor from what it measures."""
    code = "import sys, service.laboratory.bench; print(*{'torch', 'transformers', 'txtai', 'ctranslate2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
