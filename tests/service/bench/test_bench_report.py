"""Figures: what they say, and how they are shown."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from service.laboratory.bench import Measurement, Options, Report, Stage, options_of, pictures, show
from service.laboratory.bench.plot import number
from service.laboratory.bench.records import Better
from service.laboratory.bench.systems.systems import OWN, TXTAI
from service.laboratory.bench.turns import Samples, turns

LATENCY = Measurement(Stage.HTTP, "one client, p50", "ms", (5.0, 4.0, 6.0), (40.0, 48.0, 36.0), passages=1000)
RATE = Measurement(Stage.INDEXING, "indexing", "passages/s", (80.0, 90.0), (20.0, 15.0), Better.MORE, note="loaded")
REPORT = Report({"cores": "2"}, (RATE, LATENCY), ("Something was left out.",))


@pytest.mark.parametrize(
    ("measurement", "factor", "factors"), [(LATENCY, 8.0, (8.0, 12.0, 6.0)), (RATE, 85 / 17.5, (4.0, 6.0))]
)
def test_a_factor_says_how_many_times_better_haihe_is(measurement, factor, factors):
    """Less time, or more passages; turn by turn for the spread."""
    assert measurement.factor == pytest.approx(factor)
    assert measurement.factors == pytest.approx(factors)


def test_nothing_is_compared_without_the_peer():
    """haihe alone has figures and no factors."""
    alone = Measurement(Stage.HTTP, "one client, p50", "ms", (5.0,))
    assert alone.factor is None
    assert alone.factors == ()
    assert "–" in show(Report({}, (alone,), ()), "table")


def test_the_table_shows_medians_and_the_factor_with_its_spread():
    """What the issue asks for at a glance."""
    line = next(line for line in show(REPORT, "table").splitlines() if "p50" in line)
    assert line.split()[3:] == ["5.00", "40.0", "ms", "8.00", "6.00–12.0"]
    assert "Something was left out." in show(REPORT, "table")


def test_markdown_is_the_same_with_notes():
    """It goes into the documentation as it is."""
    text = show(REPORT, "markdown")
    assert "| one client, p50 | 5.00 | 40.0 | ms | 8.00 | 6.00–12.0 |" in text
    assert "### Search over HTTP, 1,000 passages" in text
    assert "- indexing: loaded." in text


def test_json_has_every_sample():
    """So that others can compute what they want."""
    found = json.loads(show(REPORT, "json"))
    assert found["measurements"][1]["txtai"]["samples"] == [40.0, 48.0, 36.0]
    assert found["measurements"][1]["haihe"] == {"median": 5.0, "least": 4.0, "most": 6.0, "samples": [5.0, 4.0, 6.0]}


def test_a_picture_has_bars_in_proportion():
    """The longer one fills the line."""
    root = ET.fromstring(pictures(REPORT)["speed-http.svg"])
    widths = {bar.get("class"): float(bar.get("width")) for bar in root.iter("{http://www.w3.org/2000/svg}rect")}
    assert widths["haihe"] / widths["txtai"] == pytest.approx(5 / 40, abs=0.01)
    assert "8.00×" in "".join(root.itertext())


def test_only_what_was_compared_is_drawn():
    """A picture of one bar says nothing."""
    assert set(pictures(REPORT)) == {"speed-http.svg", "speed-indexing.svg"}


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (0.01234, "0.012"), (1.234, "1.23"), (12.34, "12.3"), (12345.6, "12,346")]
)
def test_numbers_have_about_three_figures(value, shown):
    """More would be noise."""
    assert number(value) == shown


def test_each_system_is_first_in_every_other_turn():
    """A machine that gets slower doesn't decide who wins."""
    assert [order[0].name for _, order in turns((OWN, TXTAI), 4)] == ["haihe", "txtai", "haihe", "txtai"]


def test_samples_of_both_systems_stand_beside_each_other():
    """In the order of the turns, whoever came first."""
    samples = Samples(Stage.HTTP, 10)
    for system, value in (("haihe", 1.0), ("txtai", 8.0), ("txtai", 9.0), ("haihe", 2.0)):
        samples.add("p50", system, value)
    [found] = samples.of("p50", "ms")
    assert (found.haihe, found.peer, found.passages) == ((1.0, 2.0), (8.0, 9.0), 10)
    assert samples.of("never measured", "ms") == []


def test_options_come_from_names_and_numbers():
    """In the order of the stages, sizes ascending, the rest as usual."""
    options = options_of(only="http,indexing", sizes="1000000,10000", repeats=2)
    assert options.stages == (Stage.INDEXING, Stage.HTTP)
    assert options.sizes == (10_000, 1_000_000)
    assert (options.repeats, options.requests) == (2, Options().requests)


def test_quick_is_smaller_and_can_still_be_changed():
    """What is named beside it wins."""
    assert options_of(quick=True).sizes < Options().sizes
    assert options_of(quick=True, sizes="5000").sizes == (5000,)


@pytest.mark.parametrize("wrong", [{"only": "https"}, {"sizes": "many"}, {"sizes": "3"}])
def test_what_cannot_be_measured_is_refused(wrong):
    """With what there is."""
    with pytest.raises(ValueError, match=r"There are: limit|no list of numbers|too few"):
        options_of(**wrong)
