"""The inverted file: what it leaves out, and what it must never leave out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SnapshotDamaged, VectorIndex, VectorIndexKind
from indexer.spaces.kmeans import centroids_of, nearest_centroids

ROWS, DIMENSION = 12_000, 24
COUNTS = st.one_of(st.integers(1, 60), st.sampled_from([1000, 1024, 1025, 5000, ROWS, 2 * ROWS]))


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def subjects(seed: int, count: int = ROWS) -> np.ndarray:
    """Rows around eighty directions, as passages are around subjects."""
    chance = np.random.default_rng(seed)
    centres = unit(np.random.default_rng(0).normal(size=(80, DIMENSION)))
    return unit(centres[chance.integers(80, size=count)] + chance.normal(scale=0.12, size=(count, DIMENSION)))


@pytest.fixture(scope="module")
def embeddings() -> np.ndarray:
    return subjects(1)


@pytest.fixture(scope="module")
def queries() -> np.ndarray:
    return subjects(2, 60)


@pytest.fixture(scope="module")
def index(embeddings) -> VectorIndex:
    return VectorIndex.of(embeddings, VectorIndexKind.IVF)


def best_of(index: VectorIndex, query: np.ndarray, rows: np.ndarray, k: int) -> np.ndarray:
    """The best of all these rows by what the index itself keeps of them."""
    products = index.products(query, rows)
    return rows[np.lexsort((rows, -products))[:k]]


def recall(found: np.ndarray, expected: np.ndarray) -> float:
    return len(set(found.tolist()) & set(expected.tolist())) / len(expected)


def test_nearly_all_true_neighbours_are_found(index, embeddings, queries):
    """Looking at a fifth of the rows in one byte a component loses little."""
    expected = [np.argsort(-(embeddings @ query), kind="stable")[:10] for query in queries]
    recalls = [recall(index.search(query, 10).rows, best) for query, best in zip(queries, expected, strict=True)]
    assert np.mean(recalls) > 0.95


def test_products_are_nearly_the_true_ones(index, embeddings, queries):
    """One byte a component is enough for a score."""
    rows = np.arange(0, ROWS, 7)
    for query in queries[:5]:
        errors = index.products(query, rows) - embeddings[rows] @ query
        assert np.quantile(np.abs(errors), 0.99) < 0.005
        assert np.abs(errors).max() < 0.05  # of a row beyond what the ranges of components were measured on


@given(COUNTS, st.integers(0, 59))
def test_as_many_rows_are_found_as_are_wanted(index, queries, k, number):
    """Lists that are not looked into never make an answer short."""
    rows, products = index.search(queries[number], k)
    assert len(set(rows.tolist())) == len(rows) == len(products) == min(k, ROWS)
    assert rows.min() >= 0
    assert (np.diff(products) <= 0).all()


@given(COUNTS, st.integers(0, 59), st.sampled_from([1, 3, 100, 2048, 2049, 6000, ROWS]), st.integers(0, 99))
def test_a_filter_never_makes_an_answer_short(index, queries, k, number, passing, seed):
    """It is applied inside the search: all that pass are found if as many are wanted."""
    among = np.random.default_rng(seed).permutation(ROWS)[:passing]
    rows = index.search(queries[number], k, among=among).rows
    assert len(set(rows.tolist())) == len(rows) == min(k, passing)
    assert np.isin(rows, among).all()


@pytest.mark.parametrize("passing", [50, 2048, 2049, 6000, 9000])
def test_a_filter_loses_no_more_than_a_search_without(index, queries, passing):
    """The fewer rows pass, the more lists are looked into; few rows are all compared."""
    among = np.sort(np.random.default_rng(passing).permutation(ROWS)[:passing])
    recalls = [recall(index.search(query, 10, among=among).rows, best_of(index, query, among, 10)) for query in queries]
    assert np.mean(recalls) == 1 if passing <= 2048 else np.mean(recalls) > 0.96


def test_a_filter_on_rows_far_from_the_query_finds_the_best_of_them(index, embeddings, queries):
    """What passes may be in none of the nearest lists."""
    for query in queries[:10]:
        among = np.argsort(embeddings @ query)[:5000].astype(np.int64)  # the farther half, more than are scored at once
        rows = index.search(query, 20, among=among).rows
        assert len(rows) == 20
        assert np.isin(rows, among).all()


@pytest.mark.parametrize("among", [None, np.arange(0, ROWS, 2)])
def test_a_deeper_search_begins_as_a_shallower_one(index, queries, among):
    """Pages fit together, as deep as the likely lists reach."""
    for query in queries[:10]:
        deep = index.search(query, 600, among=among).rows
        for k in (1, 10, 101, 500):
            np.testing.assert_array_equal(index.search(query, k, among=among).rows, deep[:k])


@pytest.mark.parametrize("k", [2000, 4000, ROWS])
def test_a_very_deep_search_leaves_out_nothing(index, queries, k):
    """Beyond the likely lists, all are looked into."""
    for query in queries[:5]:
        np.testing.assert_array_equal(index.search(query, k).rows, best_of(index, query, np.arange(ROWS), k))


@pytest.mark.parametrize("kind", [VectorIndexKind.FLAT, VectorIndexKind.IVF])
def test_a_row_has_one_score(embeddings, queries, kind):
    """What ranks a row is what found it, to the last bit, whichever rows it is scored with."""
    index = VectorIndex.of(embeddings, kind)
    for query in queries[:5]:
        found = index.search(query, 101)
        np.testing.assert_array_equal(index.products(query, found.rows), found.products)
        for place in (0, 50, 100):
            assert index.products(query, found.rows[place : place + 1]) == found.products[place]
        np.testing.assert_array_equal(index.search(query, 50, among=found.rows).products, found.products[:50])


@pytest.mark.parametrize("kind", [VectorIndexKind.FLAT, VectorIndexKind.IVF])
def test_the_same_rows_give_the_same_file_also_from_a_map(tmp_path, embeddings, kind):
    """The same corpus gives the same index, whether it was in memory or mapped from disk."""
    np.save(tmp_path / "rows.npy", embeddings)
    for name, rows in {"one": embeddings, "other": np.load(tmp_path / "rows.npy", mmap_mode="r")}.items():
        VectorIndex.of(rows, kind).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_search_after_save_and_open_equals_search_before(tmp_path, index, queries):
    """What is served is what was built, the lists looked into included."""
    index.save(tmp_path / "zh.faiss")
    opened = VectorIndex.open(tmp_path / "zh.faiss")
    assert (len(opened), opened.kind) == (ROWS, VectorIndexKind.IVF)
    among = np.arange(0, ROWS, 2)
    for query in queries[:10]:
        for which in (None, among):
            again, before = (each.search(query, 50, among=which) for each in (opened, index))
            np.testing.assert_array_equal(again.rows, before.rows)
            np.testing.assert_array_equal(again.products, before.products)


@pytest.mark.parametrize(
    ("count", "kind", "expected"),
    [
        (19_999, VectorIndexKind.AUTO, VectorIndexKind.FLAT),
        (20_000, VectorIndexKind.AUTO, VectorIndexKind.IVF),
        (20_000, VectorIndexKind.FLAT, VectorIndexKind.FLAT),
        (100, VectorIndexKind.IVF, VectorIndexKind.IVF),
        (39, VectorIndexKind.IVF, VectorIndexKind.FLAT),
        (0, VectorIndexKind.IVF, VectorIndexKind.FLAT),
    ],
)
def test_the_kind_goes_by_the_number_of_rows_unless_it_is_named(count, kind, expected):
    """Exact while that is fast, and where there is too little to train."""
    assert VectorIndex.of(subjects(3, count)[:, :8].copy(), kind).kind is expected


@pytest.mark.parametrize("kind", [VectorIndexKind.FLAT, VectorIndexKind.IVF])
def test_rows_that_are_all_equal_are_found(kind):
    """A corpus of one text again and again breaks nothing: most lists stay empty."""
    index = VectorIndex.of(np.repeat(subjects(4, 1), 300, axis=0), kind)
    assert len(index.search(subjects(4, 1)[0], 250).rows) == 250


def test_a_graph_is_refused(tmp_path):
    """An index of a kind that nobody here has measured isn't served."""
    import faiss

    graph = faiss.IndexHNSWFlat(DIMENSION, 4, faiss.METRIC_INNER_PRODUCT)
    graph.add(subjects(1, 10))
    faiss.write_index(graph, str(tmp_path / "zh.faiss"))
    with pytest.raises(SnapshotDamaged, match="inner-product"):
        VectorIndex.open(tmp_path / "zh.faiss")


MEMORY = """
import sys, re, pathlib, numpy as np
from indexer import VectorIndex
def private():
    text = pathlib.Path("/proc/self/smaps_rollup").read_text()
    return int(re.search(r"Anonymous:\\s*(\\d+)", text)[1]) * 1024
query = np.ones(64, np.float32)
VectorIndex.open(pathlib.Path(sys.argv[1])).search(query, 2000)  # loads FAISS, and what it allocates once
before = private()
index = VectorIndex.open(pathlib.Path(sys.argv[2]))
index.search(query, 2000)  # looks at every row
print(private() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
@pytest.mark.parametrize(("kind", "bytes_a_row"), [(VectorIndexKind.FLAT, 256), (VectorIndexKind.IVF, 64)])
def test_processes_share_the_rows(tmp_path, kind, bytes_a_row):
    """An opened index is a map of its file: of its own, a process has what finds a row, not the rows."""
    rows = 100_000
    matrix = np.random.default_rng(5).normal(size=(rows, 64)).astype(np.float32)
    VectorIndex.of(matrix[:4000], kind).save(tmp_path / "small")
    VectorIndex.of(matrix, kind).save(tmp_path / "large")
    command = [sys.executable, "-c", MEMORY, str(tmp_path / "small"), str(tmp_path / "large")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert (tmp_path / "large").stat().st_size > rows * bytes_a_row
    assert int(done.stdout) < rows * (8 + bytes_a_row / 8)


def test_centroids_lie_in_the_middle_of_their_rows():
    """Each is the unit mean of the rows nearest to it, as long as it takes."""
    rows = np.concatenate(
        [unit(np.eye(8)[[axis]] + np.random.default_rng(axis).normal(scale=0.05, size=(200, 8))) for axis in range(4)]
    )
    centroids = centroids_of(rows, 16, seed=17)
    np.testing.assert_allclose(np.linalg.norm(centroids, axis=1), 1, atol=1e-5)
    nearest = nearest_centroids(rows, centroids)
    assert (rows * centroids[nearest]).sum(axis=1).min() > 0.9
    for number in set(nearest.tolist()):  # no centroid is shared by two of the four groups
        assert len(set((np.flatnonzero(nearest == number) // 200).tolist())) == 1
