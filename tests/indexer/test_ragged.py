"""Rows that belong to passages, several to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SnapshotDamaged
from indexer.storage.ragged_array import RaggedArray, RaggedWriter

if TYPE_CHECKING:
    from pathlib import Path

SIZES = st.lists(st.integers(0, 5), max_size=12)


def _parts(sizes: list[int]) -> list[np.ndarray]:
    """As many rows a passage; each row says whose it is, and which."""
    return [
        np.array([(passage, row) for row in range(size)], np.int16).reshape(-1, 2) for passage, size in enumerate(sizes)
    ]


def _ragged(sizes: list[int]) -> RaggedArray:
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return RaggedArray(np.concatenate([np.empty((0, 2), np.int16), *_parts(sizes)]), offsets)


def _write(path: Path, sizes: list[int], step: int = 1) -> None:
    """So many passages at a time."""
    with RaggedWriter(path, np.int16, (2,)) as writer:
        for start in range(0, len(sizes), step):
            writer.extend(_parts(sizes)[start : start + step])


def _rows_of(ragged: RaggedArray, place: int) -> list[list[int]]:
    return ragged.values[ragged.offsets[place] : ragged.offsets[place + 1]].tolist()


@given(SIZES, st.integers(1, 3))
def test_each_passage_keeps_its_own_rows(tmp_path_factory, sizes, step):
    """Also one without any, and a pool without passages, however many are written at a time."""
    path = tmp_path_factory.mktemp("ragged") / "zh.tokens.npy"
    _write(path, sizes, step)
    ragged = RaggedArray.open(path)
    assert len(ragged) == len(sizes)
    assert [_rows_of(ragged, place) for place in range(len(sizes))] == [part.tolist() for part in _parts(sizes)]
    assert ragged.values.dtype == np.int16


@given(SIZES.filter(bool), st.data())
def test_taken_passages_come_in_the_order_asked_for(sizes, data):
    """A ranking keeps its order; a passage may be asked for twice, or none be."""
    wanted = data.draw(st.lists(st.integers(0, len(sizes) - 1)))
    taken = _ragged(sizes).take(np.array(wanted, np.int64))
    assert [_rows_of(taken, place) for place in range(len(wanted))] == [_parts(sizes)[row].tolist() for row in wanted]
    assert taken.values.shape[1:] == (2,)


@pytest.mark.parametrize("sizes", [[], [0], [2, 0, 3], [0, 0, 1]])
def test_the_bytes_do_not_depend_on_how_many_are_written_at_a_time(tmp_path, sizes):
    """So a build may take as little memory as it likes."""
    for step in (1, 2, 12):
        _write(tmp_path / f"{step}.npy", sizes, step)
    for end in ("npy", "offsets.npy"):
        assert len({(tmp_path / f"{step}.{end}").read_bytes() for step in (1, 2, 12)}) == 1


@given(SIZES)
def test_passages_come_one_after_the_other(sizes):
    """Each with its own rows, also over the ends of blocks."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("indexer.storage.ragged_array.BLOCK", 2)
        assert [part.tolist() for part in _ragged(sizes)] == [part.tolist() for part in _parts(sizes)]


@pytest.mark.parametrize(
    "offsets",
    [[], [0], [0, 2], [0, 2, 6], [1, 2, 5], [0, 4, 2, 5], [0, -1, 5]],
    ids=["none", "no passage", "too few rows", "too many rows", "not from 0", "backwards", "negative"],
)
def test_offsets_that_do_not_fit_are_refused(tmp_path, offsets):
    """They would give a passage another's tokens."""
    _write(tmp_path / "zh.tokens.npy", [2, 3])
    np.save(tmp_path / "zh.tokens.offsets.npy", np.array(offsets, np.int64))
    with pytest.raises(SnapshotDamaged, match=r"zh\.tokens\.npy.*haihe index"):
        RaggedArray.open(tmp_path / "zh.tokens.npy")


@pytest.mark.parametrize("name", ["zh.tokens.npy", "zh.tokens.offsets.npy"])
@pytest.mark.parametrize("content", [None, b"", b"garbage"], ids=["missing", "empty", "garbage"])
def test_a_file_that_can_not_be_read_is_refused(tmp_path, name, content):
    """Either of the two."""
    _write(tmp_path / "zh.tokens.npy", [2, 3])
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SnapshotDamaged, match=r"zh\.tokens\.npy.*haihe index"):
        RaggedArray.open(tmp_path / "zh.tokens.npy")


def test_pickled_rows_are_refused(tmp_path):
    """To open an index runs no code from it."""
    _write(tmp_path / "zh.tokens.npy", [2, 3])
    np.save(tmp_path / "zh.tokens.npy", np.array([{}] * 5, object), allow_pickle=True)
    with pytest.raises(SnapshotDamaged, match="can't be read"):
        RaggedArray.open(tmp_path / "zh.tokens.npy")
