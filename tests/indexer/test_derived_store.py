"""What was derived from texts, by content: there or not there, never something else."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from indexer import SnapshotError
from indexer.storage.build_cache import DERIVED, DerivedStore, key_of

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {key_of("text", str(number)): bytes([number]) * (100 * number) for number in range(60)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with entries."""
    with closing(DerivedStore(tmp_path / DERIVED)) as store:
        for key, content in ENTRIES.items():
            store.put(key, content)
    return tmp_path / DERIVED


def contents(path: Path) -> dict[bytes, bytes]:
    """Those of the entries that are still there."""
    with closing(DerivedStore(path)) as store:
        found = {key: store.get(key) for key in ENTRIES}
    return {key: content for key, content in found.items() if content is not None}


def test_what_was_put_is_got_when_the_file_is_opened_again(path):
    """Of an empty content, too; what wasn't put isn't there."""
    assert contents(path) == ENTRIES
    with closing(DerivedStore(path)) as store:
        assert store.get(key_of("another")) is None
        assert key_of("another") not in store
        assert set(ENTRIES) == {key for key in ENTRIES if key in store}


def test_no_part_of_a_key_runs_into_the_next():
    """Else a title and a text could be taken for another title and another text."""
    keys = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), (b"ab", "c")]
    assert len({key_of(*parts) for parts in keys}) == 4


def test_only_what_was_used_stays_and_the_file_shrinks(path):
    """The store of an index doesn't grow with every version of its articles."""
    before = path.stat().st_size
    used, new = list(ENTRIES)[:5], key_of("new")
    with closing(DerivedStore(path)) as store:
        for key in used:
            store.get(key)
        store.put(new, b"new")
        store.prune()
    assert list(contents(path)) == used
    with closing(DerivedStore(path)) as store:
        assert store.get(new) == b"new"
    assert path.stat().st_size < before / 4


def test_entries_whose_content_changed_are_not_there(path):
    """One flipped bit is enough; the others stay."""
    with closing(sqlite3.connect(path)) as file:
        number, content = file.execute(
            "SELECT number, content FROM entries WHERE key = ?", [list(ENTRIES)[7]]
        ).fetchone()
        changed = content[:-1] + bytes([content[-1] ^ 1])
        file.execute("UPDATE entries SET content = ? WHERE number = ?", [changed, number])
        file.commit()
    assert set(ENTRIES) - set(contents(path)) == {list(ENTRIES)[7]}


def test_an_entry_under_another_s_key_is_not_there(path):
    """The checksum is over both: a broken table of keys doesn't give a text another's vector."""
    one, other = list(ENTRIES)[3:5]
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM entries WHERE key = ?", [one])
        file.execute("UPDATE entries SET key = ? WHERE key = ?", [one, other])
        file.commit()
    assert set(ENTRIES) - set(contents(path)) == {one, other}


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_gives_right_contents_or_none_and_can_be_written(path, seed):
    """Whatever bytes change, and wherever it ends."""
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 3, 30, 300])):
        data[rng.choice([rng.randrange(len(data)), rng.randrange(4096)])] = rng.randrange(256)
    path.write_bytes(data[: rng.choice([len(data), len(data), rng.randrange(len(data))])])
    assert contents(path).items() <= ENTRIES.items()
    with closing(DerivedStore(path)) as store:
        for key, content in ENTRIES.items():
            if store.get(key) is None:
                store.put(key, content)
        store.commit()
        store.prune()
    assert contents(path).items() <= ENTRIES.items()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0", os.urandom(9000)])
def test_a_file_that_is_no_store_is_begun_anew(tmp_path, content):
    """It only costs time."""
    (tmp_path / DERIVED).write_bytes(content)
    with closing(DerivedStore(tmp_path / DERIVED)) as store:
        store.put(b"key", b"content")
    with closing(DerivedStore(tmp_path / DERIVED)) as store:
        assert store.get(b"key") == b"content"


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 99", "ALTER TABLE entries RENAME TO others"])
def test_a_store_of_another_version_is_begun_anew(path, statement):
    """Also one with other tables."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
        file.commit()
    assert contents(path) == {}


def test_a_store_that_can_not_be_made_is_an_error_that_names_it(tmp_path):
    """A full or protected disk isn't damage, and isn't passed over."""
    with pytest.raises(SnapshotError, match=rf"nowhere.{DERIVED}"):
        DerivedStore(tmp_path / "nowhere" / DERIVED)


_WRITE = """
import sys
sys.path[:0] = [{root!r}]
from pathlib import Path
from indexer.storage.build_cache import DerivedStore
store = DerivedStore(Path({path!r}))
for number in range(10**6):
    store.put(number.to_bytes(16, "little"), number.to_bytes(4, "little") * 1000)
    if number % 10 == 9:
        store.commit()
        print(number, flush=True)
"""


def test_what_was_committed_outlives_a_kill(tmp_path):
    """At whatever moment; what came after is whole or not there."""
    path = tmp_path / DERIVED
    code = _WRITE.format(root=str(ROOT), path=str(path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(7):
            last = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    with closing(DerivedStore(path)) as store:
        for number in range(last + 1):
            assert store.get(number.to_bytes(16, "little")) == number.to_bytes(4, "little") * 1000
