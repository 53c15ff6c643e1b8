"""`haihe bench`: what it takes, prints and writes."""

from __future__ import annotations

import json

import pytest
from checks import assert_failed, assert_wrong_usage

from service.laboratory import bench
from service.laboratory.bench import BenchError, Measurement, ProfiledFunction, Report, Stage

REPORT = Report({"cores": "2"}, (Measurement(Stage.HTTP, "one client, p50", "ms", (5.0,), (40.0,)),), ())


@pytest.fixture
def asked(monkeypatch):
    """The options of each run, which then finds the same."""
    found = []

    def run(options, say):
        found.append(options)
        say("Searching")
        return REPORT

    monkeypatch.setattr(bench, "run", run)
    return found


def test_figures_are_data_and_progress_is_not(haihe, asked):
    """So that JSON can be piped."""
    ended = haihe("bench", "--quick", "--only", "http,ann", "--repeats", "7", "--format", "json")
    assert (ended.code, ended.err.strip()) == (0, "Searching")
    assert json.loads(ended.out)["measurements"][0]["factor"] == 8.0
    assert asked[0].stages == (Stage.HTTP, Stage.ANN)
    assert asked[0].repeats == 7


def test_pictures_are_drawn_into_a_folder(haihe, asked, tmp_path):
    """It is made where it is missing."""
    assert haihe("bench", "--plot", str(tmp_path / "images")).code == 0
    assert "8.00×" in (tmp_path / "images" / "speed-http.svg").read_text("utf-8")


@pytest.mark.parametrize("wrong", [("--only", "https"), ("--sizes", "many"), ("--repeats", "0")])
def test_what_cannot_be_measured_is_wrong_usage(haihe, asked, wrong):
    """Said before anything is measured."""
    assert_wrong_usage(haihe("bench", *wrong))
    assert asked == []


def test_a_failure_is_one_sentence(haihe, monkeypatch):
    """Which says what to do."""

    def run(options, say):
        raise BenchError("txtai didn't start: no such module. Read its log.")

    monkeypatch.setattr(bench, "run", run)
    assert_failed(haihe("bench"), naming="txtai didn't start")


def test_a_profile_says_where_the_time_goes(haihe, monkeypatch):
    """Instead of the benchmark."""
    monkeypatch.setattr(
        bench, "profile", lambda options, say: [ProfiledFunction("service.search.searcher: rank", 1.25, 0.5)]
    )
    ended = haihe("bench", "--profile")
    assert ended.code == 0
    assert "service.search.searcher: rank" in ended.out
    assert "50.0%" in ended.out


def test_a_profile_of_real_searches_names_functions_of_haihe(searcher, index_folder, encoder, monkeypatch):
    """Each millisecond is counted once."""
    pytest.importorskip("pyinstrument")
    monkeypatch.setattr("service.search.searcher.load_encoder", lambda *_, **__: encoder)
    found = bench.profile(bench.options_of(requests=30), lambda _: None, index=index_folder)
    assert sum(one.share for one in found) == pytest.approx(1)
    assert any(function.name.startswith("service.search.") for function in found)
    assert found[:-1] == sorted(found[:-1], key=lambda one: -one.milliseconds)
    assert found[-1].name == "all others"
