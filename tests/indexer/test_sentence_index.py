"""Sentences in a byte a component."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from stored import sentences_at

from indexer import SnapshotDamaged
from indexer.indexes.sentence_index import SentenceIndex, Sentences

if TYPE_CHECKING:
    from pathlib import Path

DIMENSION = 24


def _sentences(seed: int, count: int) -> Sentences:
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(count, DIMENSION)).astype(np.float32)
    spans = np.arange(2 * count, dtype=np.int32).reshape(count, 2)
    return Sentences(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), spans + seed, spans * 3)


PASSAGES = [_sentences(1, 3), _sentences(2, 0), _sentences(3, 1), _sentences(4, 5)]


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "zh.sentences.npy"


@pytest.fixture
def index(path) -> SentenceIndex:
    return _written(path, PASSAGES)


def _written(path: Path, passages: list[Sentences]) -> SentenceIndex:
    SentenceIndex.create(path, passages, DIMENSION)
    return SentenceIndex.open(path)


def test_a_passage_s_sentences_come_back_with_their_places(index):
    """Spans and tokens exactly, embeddings but for what a byte loses."""
    assert len(index) == len(PASSAGES)
    for row, expected in enumerate(PASSAGES):
        found = sentences_at(index, row)
        np.testing.assert_array_equal(found.spans, expected.spans)
        np.testing.assert_array_equal(found.tokens, expected.tokens)
        np.testing.assert_allclose(found.embeddings, expected.embeddings, atol=0.5 / 127)
        assert found.embeddings.shape == expected.embeddings.shape


def test_the_best_product_is_the_largest_of_a_passage_s_sentences(index):
    """By brute force over the sentences; 0 for a passage without one; in the order of the rows asked for."""
    query = _sentences(9, 1).embeddings[0]
    rows = np.array([3, 1, 0, 2, 3])
    expected = [max(PASSAGES[row].embeddings @ query, default=0.0) for row in rows]
    np.testing.assert_allclose(index.best_products(query, rows), expected, atol=0.01)
    assert index.best_products(query, np.empty(0, np.int64)).shape == (0,)


def test_a_sentence_worse_than_nothing_is_still_the_best_there_is(path):
    """A passage whose only sentence points away isn't mistaken for one without sentences."""
    only = _sentences(3, 1)
    products = _written(path, [only]).best_products(-only.embeddings[0], np.array([0]))
    assert products == pytest.approx([-1.0], abs=0.01)


def test_large_and_tiny_embeddings_keep_their_scale(path):
    """The scale is each sentence's own; one of zeros stays zeros."""
    rows = np.stack([np.linspace(-80, 80, DIMENSION), np.full(DIMENSION, 1e-7), np.zeros(DIMENSION)]).astype(np.float32)
    index = _written(path, [Sentences(rows, np.zeros((3, 2), np.int32), np.zeros((3, 2), np.int32))])
    np.testing.assert_allclose(sentences_at(index, 0).embeddings, rows, rtol=0.01, atol=0.4)
    np.testing.assert_allclose(sentences_at(index, 0).embeddings[1:], rows[1:], rtol=0.01)


def test_an_empty_pool_has_an_empty_index(path):
    """A corpus in one language has one for the other."""
    opened = _written(path, [])
    assert len(opened) == 0
    assert opened.best_products(np.zeros(DIMENSION, np.float32), np.empty(0, np.int64)).shape == (0,)


@pytest.mark.usefixtures("index")
def test_damaged_offsets_are_refused(path):
    """They would highlight another passage's sentence."""
    np.save(path.with_suffix(".offsets.npy"), np.array([0, 3, 3, 4, 8]))
    with pytest.raises(SnapshotDamaged, match=r"zh\.sentences\.npy"):
        SentenceIndex.open(path)
