"""Arrays that are appended to files, and read in blocks."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.storage.mapped_arrays import ArrayWriter, blocks, mapped

RECORD = np.dtype([("components", "i1", (3,)), ("scale", "<f4")])


@pytest.mark.parametrize("sizes", [[], [0], [3], [1, 0, 4, 7]])
@pytest.mark.parametrize(("dtype", "row_shape"), [(np.float32, (4,)), (np.uint8, ()), (RECORD, ())])
def test_what_was_appended_is_mapped_in_its_order(tmp_path, sizes, dtype, row_shape):
    """NumPy reads it as it reads what it saved itself."""
    rng = np.random.default_rng(1)
    shape = (sum(sizes), *row_shape)
    if dtype is RECORD:
        rows = np.zeros(shape, RECORD)
        rows["components"], rows["scale"] = rng.integers(-9, 9, (*shape, 3)), rng.normal(size=shape)
    else:
        rows = (100 * rng.random(shape)).astype(dtype)
    with ArrayWriter(tmp_path / "array.npy", dtype, row_shape) as writer:
        for end, size in zip(np.cumsum(sizes, dtype=int), sizes, strict=True):
            writer.append(rows[end - size : end])
    np.testing.assert_array_equal(mapped(tmp_path / "array.npy"), rows)
    np.save(tmp_path / "saved.npy", rows)
    assert (tmp_path / "array.npy").read_bytes() == (tmp_path / "saved.npy").read_bytes()


def test_other_types_are_turned_into_the_file_s(tmp_path):
    """Doubles, and columns out of a larger matrix."""
    rows = np.arange(24.0).reshape(6, 4)
    with ArrayWriter(tmp_path / "array.npy", np.float32, (2,)) as writer:
        writer.append(rows[:, 1:3])
    np.testing.assert_array_equal(mapped(tmp_path / "array.npy"), rows[:, 1:3])
    assert mapped(tmp_path / "array.npy").dtype == np.float32


@pytest.mark.parametrize("is_mapped", [True, False])
def test_blocks_are_all_rows_once(tmp_path, is_mapped):
    """Of one field of a mapped array, too; its pages may be read again."""
    rows = np.zeros(10, RECORD)
    rows["components"] = np.arange(30).reshape(10, 3)
    np.save(tmp_path / "rows.npy", rows)
    array = (mapped(tmp_path / "rows.npy") if is_mapped else rows)["components"]
    for _ in range(2):
        found = [block.copy() for block in blocks(array, 4)]
        assert [len(block) for block in found] == [4, 4, 2]
        np.testing.assert_array_equal(np.concatenate(found), rows["components"])
