"""What the documentation shows is run: each block of Python of a page after the other, as its reader does it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(page for page in DOCS.rglob("*.md") if PYTHON.search(page.read_text("utf-8")))
CHINESE = [page for page in PAGES if page.name.endswith(".zh.md")]


@pytest.fixture
def beside_the_index(seeds_index, seeds_address, monkeypatch, tmp_path):
    """A folder with an index, and a service where the pages expect one."""
    (tmp_path / ".haihe").symlink_to(seeds_index)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAIHE_URL", seeds_address)
    # A server that the protocol's client starts is to find the compiled model.
    inherited = pytest.importorskip("mcp.client.stdio").DEFAULT_INHERITED_ENV_VARS
    monkeypatch.setattr("mcp.client.stdio.DEFAULT_INHERITED_ENV_VARS", [*inherited, "HAIHE_CACHE"])


def test_the_pages_with_examples_are_found():
    assert {"python.md", "python.zh.md", "mcp.md", "mcp.zh.md"} <= {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_examples_of_a_page_run(page, beside_the_index):
    """In one namespace, from top to bottom; where a result is shown, it is what comes out."""
    examples = list(Sybil([PythonCodeBlockParser(), SkipParser()], encoding="utf-8").parse(page).examples())
    assert len(examples) >= len(PYTHON.findall(page.read_text("utf-8")))
    for example in examples:
        example.evaluate()


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: str(page.relative_to(DOCS)))
def test_both_languages_show_the_same_code(page):
    """But for comments."""
    english = page.with_name(page.name.replace(".zh.md", ".md"))
    assert _code(page) == _code(english)


def _code(page):
    blocks = PYTHON.findall(page.read_text("utf-8"))
    return [block if block.startswith(">>>") else ast.dump(ast.parse(block)) for block in blocks]


@pytest.fixture
def haihe_options():
    """The options of a command, as its help lists them."""

    def options(command):
        found = subprocess.run(["haihe", command, "--help"], capture_output=True, text=True, check=True, env=os.environ)
        return set(re.findall(r"--[a-z-]+", found.stdout))

    return options


@pytest.mark.parametrize("page", ["mcp.md", "mcp.zh.md"])
def test_the_configuration_for_assistants_starts_the_server(page, haihe_options):
    """It is JSON, and its command has these options."""
    text = (DOCS / page).read_text("utf-8")
    (block,) = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    server = json.loads(block)["mcpServers"]["haihe"]
    assert server["command"] == "haihe"
    assert server["args"][0] == "mcp"
    assert {option for option in server["args"][1:] if option.startswith("-")} <= haihe_options(server["args"][0])
