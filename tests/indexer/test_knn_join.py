"""The join of nearest neighbours against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.indexes import knn_join
from indexer.indexes.knn_join import nearest, nearest_both_ways


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def on_subjects(seed: int, count: int, *, dimension: int = 48, subjects: int = 400) -> np.ndarray:
    """Unit rows that lie around subjects, the same whatever the seed, as articles do."""
    centres = np.random.default_rng(0).normal(size=(subjects, dimension))
    rng = np.random.default_rng(seed)
    return unit(centres[rng.integers(subjects, size=count)] + rng.normal(size=(count, dimension)))


def brute_force(rows: np.ndarray, columns: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(-(rows @ columns.T), axis=1, kind="stable")[:, :k]


def recall(found: np.ndarray, wanted: np.ndarray) -> float:
    return float(np.mean([np.isin(of_row, mine).mean() for of_row, mine in zip(wanted, found, strict=True)]))


@pytest.fixture
def few_are_many(monkeypatch):
    """Lists from a thousand rows on, so that a test needn't have ten thousand."""
    for name, rows in (("_FEW", 1000), ("_PER_LIST", 32), ("_FULLEST", 64)):
        monkeypatch.setattr(knn_join, name, rows)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_few_rows_are_compared_with_all(count, width, k, seed):
    """Both ways, the best first; where there are fewer than k, all of them."""
    rows, columns = on_subjects(seed, count), on_subjects(seed + 1, width)
    found, reverse = nearest_both_ways(rows, columns, k)
    assert found.places.tolist() == brute_force(rows, columns, k).tolist()
    assert reverse.places.tolist() == brute_force(columns, rows, k).tolist()
    np.testing.assert_allclose(found.products, np.take_along_axis(rows @ columns.T, found.places, axis=1), atol=1e-6)


def test_equal_rows_come_in_their_order():
    """The same corpus gives the same pairs, also where articles repeat each other."""
    rows = np.repeat(on_subjects(1, 1), 6, axis=0)
    assert nearest(rows, rows, 6).places.tolist() == [[0, 1, 2, 3, 4, 5]] * 6


def test_the_likely_lists_hold_nearly_all_that_is_near(few_are_many):
    """Both ways, though only one way is looked for."""
    rows, columns = on_subjects(1, 4000), on_subjects(2, 3000)
    found, reverse = nearest_both_ways(rows, columns, 8)
    assert recall(found.places, brute_force(rows, columns, 8)) > 0.9
    assert recall(reverse.places, brute_force(columns, rows, 8)) > 0.85


def test_columns_that_no_row_is_near_have_neighbours_all_the_same(few_are_many):
    """Half of one language may be on a subject that the other knows nothing of."""
    rows = unit(on_subjects(1, 3000, dimension=32) @ np.eye(32, 64))
    strangers = unit(
        on_subjects(2, 6000, dimension=32) @ np.eye(32, 64, 32) + 0.01 * on_subjects(3, 6000, dimension=64)
    )
    columns = np.concatenate([strangers, unit(on_subjects(4, 2000, dimension=32) @ np.eye(32, 64))])
    reverse = nearest_both_ways(rows, columns, 8)[1]
    assert np.isfinite(reverse.products).all()
    assert reverse.places.min() >= 0
    assert all(len(set(places)) == 8 for places in reverse.places[:50].tolist())


@pytest.mark.parametrize("equal", [False, True])
def test_a_row_is_compared_with_a_bounded_number(few_are_many, monkeypatch, equal):
    """However many there are, also where all are alike and fall into one list."""
    compared = []
    meetings = knn_join._meetings

    def counted(*matrices):
        for one, other in meetings(*matrices):
            compared.append(len(one) * len(other))
            yield one, other

    monkeypatch.setattr(knn_join, "_meetings", counted)
    rows, columns = on_subjects(1, 8000, dimension=8), on_subjects(2, 8000, dimension=8)
    if equal:
        rows, columns = (np.repeat(found[:1], 8000, axis=0) for found in (rows, columns))
    nearest_both_ways(rows, columns, 8)
    in_lists, centroids = knn_join._LIKELY * knn_join._FULLEST, 8000 // knn_join._PER_LIST
    assert sum(compared) < 8000 * (2 * in_lists + 4 * centroids) < 0.7 * 8000 * 8000
    assert max(compared) <= knn_join._BLOCK


def test_the_same_rows_give_the_same_neighbours(few_are_many):
    rows, columns = on_subjects(1, 4000), on_subjects(2, 4000)
    first, second = (nearest(rows, columns, 5) for _ in range(2))
    assert np.array_equal(first.places, second.places)
    assert np.array_equal(first.products, second.products)


@pytest.mark.parametrize(("count", "width"), [(0, 5), (5, 0), (0, 0)])
def test_nothing_is_near_where_there_is_nothing(count, width):
    found, reverse = nearest_both_ways(on_subjects(1, count), on_subjects(2, width), 8)
    assert found.places.shape == (count, min(8, width))
    assert reverse.places.shape == (width, min(8, count))
