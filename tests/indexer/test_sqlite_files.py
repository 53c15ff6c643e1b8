"""Finished SQLite files, read by several threads."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from indexer.storage.sqlite_files import SQLiteFile

NUMBERS = 2000
"""More than SQLite's older versions take as parameters of one query."""


@pytest.fixture
def squares(tmp_path):
    """A file of numbers and their squares."""
    path = tmp_path / "squares of 100 % #1?.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE squares (number INTEGER PRIMARY KEY, square INTEGER)")
        file.executemany("INSERT INTO squares VALUES (?, ?)", ((number, number**2) for number in range(NUMBERS)))
        file.commit()
    opened = SQLiteFile(path)
    yield opened
    opened.close()


def test_any_number_of_keys_is_looked_up(squares):
    """A query isn't refused for its length; what isn't there is left out."""
    query = "SELECT number, square FROM squares WHERE square >= ? AND number IN ({keys})"
    found = dict(squares.select_in(query, range(-5, NUMBERS + 5), [100]))
    assert found == {number: number**2 for number in range(10, NUMBERS)}


def test_no_keys_ask_nothing(squares):
    """An empty list isn't a query with an empty list, which would be an error elsewhere."""
    assert list(squares.select_in("not SQL ({keys})", [])) == []


def test_a_file_is_never_written(squares):
    """Whoever reads can't change what is published."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        squares.select("DELETE FROM squares")


def test_a_file_that_is_missing_is_not_made(tmp_path):
    """An empty database in its place would be an index without articles."""
    with pytest.raises(sqlite3.OperationalError):
        SQLiteFile(tmp_path / "nowhere.sqlite").select("SELECT 1")
    assert not list(tmp_path.iterdir())


def test_threads_wait_for_each_other(squares):
    """One connection serves all threads of a server; each gets its own answer."""
    query = "SELECT square FROM squares WHERE number = ?"
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: squares.select(query, [number])[0][0], range(NUMBERS)))
    assert found == [number**2 for number in range(NUMBERS)]
