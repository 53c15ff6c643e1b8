"""The examples of docs/terminal.md and its Chinese twin, run as they are written."""

from __future__ import annotations

import html
import io
import re
import shlex
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("terminal.md", "terminal.zh.md")


def _examples(page):
    """Each line of a shell block, as what comes before `haihe` in a pipe, and its arguments."""
    for block in re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            before, _, command = line.rpartition("haihe ")
            yield before.removesuffix("| ").strip(), shlex.split(re.split(r" [|>] ", command)[0])


@pytest.mark.parametrize(("before", "arguments"), [pair for page in PAGES for pair in _examples(page)], ids=str)
def test_an_example_of_the_page_works(haihe, index_folder, monkeypatch, tmp_path, before, arguments):
    """With the index that the environment names, and a file of questions."""
    if "--url" in arguments:
        pytest.skip("needs a server: tests of the shell have one")
    monkeypatch.setenv("HAIHE_INDEX", str(index_folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions.txt").write_text("公交\nbudget\n", "utf-8")
    given = before.split("'")[1].replace("\\n", "\n") if before.startswith("printf") else "公交\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8"))
    ended = haihe(*arguments)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out


def test_the_pages_have_the_same_examples():
    """As many, of the same commands and options."""
    english, chinese = (
        [
            [part for part in arguments if re.match(r"-(?!\w\w)", part) or part in {"search", "shell"}]
            for _, arguments in _examples(page)
        ]
        for page in PAGES
    )
    assert len(english) > 12
    assert [set(one) for one in english] == [set(one) for one in chinese]


@pytest.mark.parametrize("name", ["terminal.svg", "terminal.zh.svg"])
def test_the_pictures_ask_no_other_host(name):
    """Rich's own would load fonts from one."""
    drawing = (DOCS / "images" / name).read_text("utf-8")
    assert "@font-face" not in drawing
    assert "url(http" not in drawing
    assert "中国新闻网" in html.unescape(drawing).replace("\u00a0", " ")
