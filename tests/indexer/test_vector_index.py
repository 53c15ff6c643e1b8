"""The index against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SnapshotDamaged, VectorIndex
from indexer.indexes.vector_index import representatives

SIZES = st.tuples(st.integers(0, 60), st.integers(1, 80), st.integers(0, 2**32 - 1))


def unit_rows(seed: int, n: int, d: int = 16) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def brute_force(embeddings: np.ndarray, query: np.ndarray, k: int, among: np.ndarray | None = None):
    """The best rows by inner product, equal ones by row."""
    rows = np.arange(len(embeddings)) if among is None else np.sort(among)
    products = embeddings[rows] @ query
    order = np.argsort(-products, kind="stable")[:k]
    return rows[order], products[order]


@given(SIZES)
def test_search_agrees_with_brute_force(sizes):
    """The nearest passages are found, all of them, with their true inner products."""
    n, k, seed = sizes
    embeddings, query = unit_rows(seed, n), unit_rows(seed + 1, 1)[0]
    found = VectorIndex.of(embeddings).search(query, k)
    rows, products = brute_force(embeddings, query, k)
    assert found.rows.tolist() == rows.tolist()
    np.testing.assert_allclose(found.products, products, atol=1e-6)


@given(SIZES, st.data())
def test_search_among_rows_agrees_with_brute_force_over_them(sizes, data):
    """A filter doesn't thin out what was found before it: it is applied to all rows."""
    n, k, seed = sizes
    embeddings, query = unit_rows(seed, n), unit_rows(seed + 1, 1)[0]
    among = np.array(data.draw(st.lists(st.integers(0, n - 1), unique=True) if n else st.just([])), np.int64)
    found = VectorIndex.of(embeddings).search(query, k, among=among)
    rows, products = brute_force(embeddings, query, k, among)
    assert found.rows.tolist() == rows.tolist()
    np.testing.assert_allclose(found.products, products, atol=1e-6)


@pytest.mark.parametrize("among", [None, np.array([7, 5, 3, 1])])
def test_equal_rows_come_in_the_order_of_rows(among):
    """The same corpus gives the same order, also where articles repeat each other."""
    embeddings = np.repeat(unit_rows(1, 1), 10, axis=0)
    found = VectorIndex.of(embeddings).search(embeddings[0], 10, among=among)
    assert found.rows.tolist() == (list(range(10)) if among is None else [1, 3, 5, 7])


@pytest.mark.parametrize("among", [None, np.arange(40)])
@pytest.mark.parametrize("k", [1, 3, 39])
def test_of_equal_rows_the_first_are_kept(among, k):
    """Where more rows are equal than wanted, the earlier ones are found."""
    embeddings = np.repeat(unit_rows(1, 1), 40, axis=0)
    assert VectorIndex.of(embeddings).search(embeddings[0], k, among=among).rows.tolist() == list(range(k))


def test_an_empty_index_finds_nothing():
    """A corpus in one language has an empty index for the other."""
    found = VectorIndex.of(np.empty((0, 16), np.float32)).search(unit_rows(1, 1)[0], 5)
    assert found.rows.tolist() == found.products.tolist() == []


@pytest.mark.parametrize("n", [0, 1, 50])
def test_search_after_save_and_open_equals_search_before(tmp_path, n):
    """What is served is what was built."""
    index = VectorIndex.of(unit_rows(2, n))
    index.save(tmp_path / "zh.faiss")
    opened = VectorIndex.open(tmp_path / "zh.faiss")
    assert len(opened) == n
    for query in unit_rows(3, 5):
        for before, after in zip(index.search(query, 10), opened.search(query, 10), strict=True):
            np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0" * 200, b"IxFI", b"PK\3\4" + b"x" * 100])
def test_garbage_is_refused(tmp_path, content):
    """A file that isn't an index is refused by name, not read as one."""
    path = tmp_path / "zh.faiss"
    path.write_bytes(content)
    with pytest.raises(SnapshotDamaged, match=r"zh\.faiss"):
        VectorIndex.open(path)


def test_a_missing_file_is_refused(tmp_path):
    """A file that was removed is named."""
    with pytest.raises(SnapshotDamaged, match=r"en\.faiss"):
        VectorIndex.open(tmp_path / "en.faiss")


def test_an_index_of_distances_is_refused(tmp_path):
    """Small distances would be read as small likeness: the order would be upside down."""
    import faiss

    index = faiss.IndexFlatL2(16)
    index.add(unit_rows(1, 5))
    faiss.write_index(index, str(tmp_path / "zh.faiss"))
    with pytest.raises(SnapshotDamaged, match="inner-product"):
        VectorIndex.open(tmp_path / "zh.faiss")


@given(SIZES, st.data())
def test_products_of_rows_agree_with_brute_force(sizes, data):
    """In the order of the rows asked for; for no rows there are none."""
    n, _, seed = sizes
    embeddings, query = unit_rows(seed, n), unit_rows(seed + 1, 1)[0]
    rows = np.array(data.draw(st.lists(st.integers(0, n - 1)) if n else st.just([])), np.int64)
    products = VectorIndex.of(embeddings).products(query, rows)
    np.testing.assert_allclose(products, embeddings[rows] @ query, atol=1e-6)
    assert products.shape == (len(rows),)


def clusters(seed: int) -> np.ndarray:
    """A hundred rows around one direction, ten around each of three others."""
    chance, centres = np.random.default_rng(seed), np.eye(16)[:4]
    return np.concatenate(
        [
            centre + chance.normal(scale=0.02, size=(count, 16))
            for centre, count in zip(centres, (100, 10, 10, 10), strict=True)
        ]
    ).astype(np.float32)


def test_representatives_are_of_every_cluster_and_stand_for_its_size():
    """A sample of passages isn't one of the subject that everybody writes about."""
    rows, weights = representatives(clusters(1), 4)
    shares = dict(zip((np.searchsorted([100, 110, 120], rows, side="right")).tolist(), weights.tolist(), strict=True))
    assert shares == pytest.approx({0: 100 / 130, 1: 10 / 130, 2: 10 / 130, 3: 10 / 130})


@pytest.mark.parametrize("most", [1, 7, 60])
def test_representatives_are_distinct_rows_and_their_weights_sum_to_one(most):
    """However many are wanted of 130."""
    rows, weights = representatives(clusters(2), most)
    assert 1 <= len(set(rows.tolist())) == len(rows) <= most
    assert rows.min() >= 0
    assert rows.max() < 130
    assert weights.sum() == pytest.approx(1, abs=1e-5)
    assert (weights > 0).all()


@pytest.mark.parametrize(("count", "most"), [(0, 5), (1, 5), (5, 5)])
def test_of_few_rows_all_are_representatives(count, most):
    """Nothing is estimated where everything can be looked at."""
    rows, weights = representatives(unit_rows(1, count), most)
    assert rows.tolist() == list(range(count))
    assert weights.tolist() == pytest.approx([1 / count] * count if count else [])


def test_the_same_rows_have_the_same_representatives():
    """A rebuild gives the same index."""
    one, other = (representatives(clusters(3), 20) for _ in range(2))
    np.testing.assert_array_equal(one.rows, other.rows)
    np.testing.assert_array_equal(one.weights, other.weights)
