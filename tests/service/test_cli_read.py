"""`haihe read`: what would be indexed of a file, and beside it what would be left out and why."""

from __future__ import annotations

import json

import pytest
from checks import assert_failed
from rich.console import Console

from indexer import ArticleFile, read_file
from service.cli.show.console import THEME
from service.cli.show.reading import show_reading

PAGE = """\
Home > Harbour > News
Board agrees to rebuild the old breakwater
By Ida Marlowe
3 March 2024
Share | Print
The harbour board met on Monday and agreed to rebuild the old breakwater in three stages.
Its engineers had found that the foundations moved by eleven centimetres since the spring survey.
Related stories
- Ferry to Norr is back
© 2024 Harbour Post
"""


@pytest.fixture
def page(tmp_path):
    """A saved page."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return path


def test_taken_and_left_out_lines_come_in_the_order_of_the_page(haihe, page):
    """Each with its reason, so that people can see and report it."""
    ended = haihe("read", page)
    shown = ended.out.split("\n\n", 1)[1].split("\n")
    assert ended.code == 0
    assert "title: Board agrees to rebuild the old breakwater" in ended.out
    assert "published: 2024-03-03" in ended.out
    assert "- serves the page: Share | Print" in shown
    assert shown.index("- serves the page: Share | Print") < shown.index(PAGE.split("\n")[5])
    assert shown.index(PAGE.split("\n")[6]) < shown.index("- points to other stories: Related stories")
    assert "2 lines taken, 7 left out" in ended.out


def test_programs_get_a_line_of_json_an_article(haihe, page):
    """With the fields, the text and what was left out."""
    fields = json.loads(haihe("read", page, "--format", "json").out)
    assert (fields["title"], fields["author"], fields["published"]) == (
        PAGE.split("\n")[1],
        "Ida Marlowe",
        "2024-03-03",
    )
    assert fields["text"].split("\n") == PAGE.split("\n")[5:7]
    assert {"text": "Share | Print", "reason": "serves the page", "before": 0} in fields["left_out"]


def test_in_a_terminal_they_stand_side_by_side(page):
    """Taken on the left, left out on the right."""
    (reading,) = read_file(ArticleFile(page, "page.txt"))
    console = Console(theme=THEME, width=100, force_terminal=True, color_system=None)
    with console.capture() as capture:
        show_reading(reading, console)
    rows = capture.get().split("\n")
    head = next(row for row in rows if row.startswith("Taken"))
    column = head.index("Left out, and why")
    assert any(row[column:].startswith("serves the page: Share") and not row[:column].strip() for row in rows)
    assert any(row.startswith("The harbour board met") and not row[column:].strip() for row in rows)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_shown(haihe, page):
    """Exit code 1, as for everything that failed."""
    (page.parent / "empty.txt").write_bytes(b"")
    ended = haihe("read", page.parent)
    assert ended.code == 1
    assert "empty.txt: is empty" in ended.err
    assert "Share | Print" in ended.out


def test_control_characters_of_a_file_are_not_obeyed(haihe, tmp_path):
    """Neither in its text nor in what is said of it."""
    (tmp_path / "page.jsonl").write_text(
        json.dumps({"id": "a\x1b[2J", "text": "A heron\x9b2J came.", "source": "\x1b]0;x\x07"})
    )
    assert "\x1b" not in haihe("read", tmp_path / "page.jsonl").out


def test_what_a_folder_holds_besides_articles_is_named_or_counted(haihe, page):
    """As `haihe index` does it."""
    (page.parent / "sheet.xlsx").write_bytes(b"PK")
    ended = haihe("read", page.parent)
    assert "Passed over:" in ended.err
    assert "1 .xlsx" in ended.err
    assert "Share | Print" in ended.out


def test_pictures_are_recognised_where_that_is_asked_for(haihe, page, monkeypatch):
    """With nothing installed that could, the error says how to install it."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ended = haihe("read", page, "--ocr")
    assert_failed(ended, naming="pip install 'haihe[ocr]'")
    assert haihe("read", page).code == 0
