"""The picture of the two paths: what the code imports today, in an order that reads from top to bottom."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from graphlib import CycleError
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import draw_paths  # noqa: E402
from documentation.layers import Stop, layers_of  # noqa: E402

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures():
    return draw_paths.pictures()


@pytest.mark.parametrize("name", ["paths.svg", "paths.zh.svg"])
def test_the_committed_picture_is_what_the_imports_say(pictures, name):
    """`python scripts/draw_paths.py` draws it anew."""
    committed = (ROOT / "docs" / "images" / name).read_text("utf-8")
    assert committed == pictures[name], f"docs/images/{name} is old: run python scripts/draw_paths.py"


def test_every_folder_of_the_write_path_has_a_box(pictures):
    texts = {text.text for text in ET.fromstring(pictures["paths.svg"]).iter(f"{_SVG}text")}
    assert {path.parent.name for path in (ROOT / "indexer").glob("*/__init__.py")} <= texts


def test_both_languages_show_the_same_boxes_and_arrows(pictures):
    english, chinese = (ET.fromstring(pictures[name]) for name in ("paths.svg", "paths.zh.svg"))
    for tag in ("rect", "path", "circle"):
        assert len(list(english.iter(_SVG + tag))) == len(list(chinese.iter(_SVG + tag)))


def test_folders_that_the_read_path_asks_have_a_mark(pictures):
    """One mark is the legend's."""
    assert len(list(ET.fromstring(pictures["paths.svg"]).iter(f"{_SVG}circle"))) > 1


def test_an_arrow_that_others_imply_is_left_out():
    layers = layers_of({"a": {"b", "c"}, "b": {"c"}, "c": set()})
    assert layers.steps == ([(Stop("a"), Stop("b"))], [(Stop("b"), Stop("c"))])


def test_an_arrow_passes_the_layers_that_it_spans():
    layers = layers_of({"a": {"b", "d"}, "b": {"c"}, "c": set(), "d": {"c"}, "e": {"c"}})
    assert Stop("e", "c") in layers.rows[1]
    assert (Stop("e"), Stop("e", "c")) in layers.steps[0]


def test_a_circle_is_named():
    with pytest.raises(CycleError, match="cycle"):
        layers_of({"a": {"b"}, "b": {"a"}})


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])))
def test_arrows_lead_down_by_one_layer_each(arrows):
    """Whatever the graph, and nothing of it is lost."""
    graph = {str(node): {str(end) for start, end in arrows if start == node} for node in range(8)}
    layers = layers_of(graph)
    assert sorted(stop.name for row in layers.rows for stop in row if not stop.target) == sorted(graph)
    for (upper, lower), steps in zip(pairwise(layers.rows), layers.steps, strict=True):
        assert all(start in upper and end in lower for start, end in steps)
    reached = {(start.name, end.target or end.name) for steps in layers.steps for start, end in steps}
    assert reached <= {(str(start), str(end)) for start, end in arrows}
