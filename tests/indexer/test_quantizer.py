"""Vectors in a byte for eight components."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.spaces.product_quantizer import ProductQuantizer


def _unit_rows(seed: int, n: int, d: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _clusters(seed: int, n: int, d: int) -> np.ndarray:
    """Vectors around 40 directions, as the tokens of a language are."""
    chance = np.random.default_rng(seed)
    centres = _unit_rows(1, 40, d)
    rows = centres[chance.integers(0, 40, n)] + chance.normal(scale=0.2 / d**0.5, size=(n, d))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("dimension", [8, 24, 20, 3])
def test_what_is_decoded_is_near_to_what_was_encoded(dimension):
    """Of vectors that it wasn't trained on too, and where the dimension is no multiple of eight."""
    quantizer = ProductQuantizer.train(_clusters(2, 3000, dimension))
    vectors = _clusters(3, 500, dimension)
    decoded = quantizer.decode(quantizer.encode(vectors))
    assert decoded.shape == vectors.shape
    assert decoded.dtype == np.float32
    assert ((decoded * vectors).sum(axis=1) / np.linalg.norm(decoded, axis=1)).mean() > 0.98
    assert np.linalg.norm(decoded - vectors, axis=1).mean() < 0.2


@pytest.mark.parametrize(("dimension", "parts"), [(8, 1), (9, 2), (24, 3), (20, 3)])
def test_a_code_is_a_byte_for_eight_components(dimension, parts):
    """That is what makes an index of tokens small."""
    codes = ProductQuantizer.train(_unit_rows(1, 300, dimension)).encode(_unit_rows(2, 7, dimension))
    assert (codes.shape, codes.dtype) == ((7, parts), np.dtype(np.uint8))


def test_each_part_becomes_the_nearest_of_its_centroids():
    """As the formula says, by brute force."""
    quantizer = ProductQuantizer.train(_unit_rows(1, 2000, 16))
    vectors = _unit_rows(2, 50, 16)
    codes = quantizer.encode(vectors)
    for part, centroids in enumerate(quantizer.centroids):
        own = vectors[:, 8 * part : 8 * part + 8]
        distances = ((own[:, None, :] - centroids[None]) ** 2).sum(axis=2)
        np.testing.assert_allclose(distances[np.arange(50), codes[:, part]], distances.min(axis=1), atol=1e-5)
    expected = np.concatenate([quantizer.centroids[part][codes[:, part]] for part in range(2)], axis=1)
    np.testing.assert_array_equal(quantizer.decode(codes), expected)


def test_the_same_vectors_give_the_same_quantizer():
    """A rebuild gives the same files."""
    one, other = (ProductQuantizer.train(_unit_rows(4, 1000, 16)) for _ in range(2))
    np.testing.assert_array_equal(one.centroids, other.centroids)


def test_a_quantizer_is_its_centroids():
    """Kept as an array and made again from it, it gives the same codes."""
    trained = ProductQuantizer.train(_unit_rows(5, 1000, 20))
    again = ProductQuantizer(trained.centroids.copy(), 20)
    codes = trained.encode(_unit_rows(6, 100, 20))
    np.testing.assert_array_equal(again.encode(_unit_rows(6, 100, 20)), codes)
    np.testing.assert_array_equal(again.decode(codes), trained.decode(codes))


@pytest.mark.parametrize("count", [1, 5, 255])
def test_few_vectors_are_kept_as_they_are(count):
    """With fewer than there are centroids, nothing is lost."""
    vectors = _unit_rows(7, count, 16)
    quantizer = ProductQuantizer.train(vectors)
    np.testing.assert_allclose(quantizer.decode(quantizer.encode(vectors)), vectors, atol=0.05)


def test_no_vectors_give_no_codes_and_back():
    """A passage may have no token."""
    quantizer = ProductQuantizer.train(_unit_rows(8, 300, 20))
    codes = quantizer.encode(np.empty((0, 20), np.float32))
    assert (codes.shape, codes.dtype) == ((0, 3), np.dtype(np.uint8))
    assert quantizer.decode(codes).shape == (0, 20)
