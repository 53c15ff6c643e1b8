"""The table of words in how-it-works: each word is where the table says that it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("how-it-works.md", "how-it-works.zh.md")

_FOLDER_OR_MODULE = re.compile(r"`([\w/]+(?:\.py|/))`")


def _rows(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [line for line in text[text.rindex("\n## ") :].splitlines() if line.startswith("| ")][1:]


def _named(text):
    return _FOLDER_OR_MODULE.findall(text)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_is_where_the_table_says(page):
    for row in _rows(page):
        named = _named(row.split(" | ")[-1])
        assert named, row
        for path in named:
            assert any((ROOT / package / path).exists() for package in ("indexer", "service")), f"{path}: {row}"


@pytest.mark.parametrize("page", PAGES)
def test_modules_that_the_page_names_with_their_folder_exist(page):
    """A module is named from the top of its package, or as part of the folder that the paragraph speaks of."""
    files = [
        path.relative_to(ROOT).as_posix() for package in ("indexer", "service") for path in (ROOT / package).rglob("*")
    ]
    for path in _named((ROOT / "docs" / page).read_text("utf-8")):
        assert any(f"/{file}/".find(f"/{path.rstrip('/')}/") >= 0 for file in files), path


def test_both_pages_have_the_same_words():
    english, chinese = ([sorted(_named(row)) for row in _rows(page)] for page in PAGES)
    assert english == chinese
