"""Late interaction, and the moments that make it comparable across languages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Language, TokenRows, late_interaction
from indexer.spaces.product_quantizer import ProductQuantizer
from indexer.spaces.token_space import (
    TokenMoments,
    TokenReference,
    TokenSpace,
    joined,
    sample_moments,
    shrunk_moments,
)

SEEDS = st.integers(0, 2**32 - 1)


def _tokens(chance: np.random.Generator, count: int, d: int = 6) -> np.ndarray:
    rows = chance.normal(size=(count, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _passages(texts: list[np.ndarray], d: int = 6) -> TokenRows:
    return joined([np.empty((0, d), np.float32), *texts])._replace(
        offsets=np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int64)
    )


@given(SEEDS, st.integers(0, 4), st.lists(st.integers(0, 5), max_size=6))
def test_late_interaction_is_the_mean_of_the_best_matches(seed, asked, sizes):
    """In plain Python; a passage without tokens, and a query without any, get 0."""
    chance = np.random.default_rng(seed)
    query, texts = _tokens(chance, asked), [_tokens(chance, size) for size in sizes]
    expected = [
        sum(max(float(one @ other) for other in text) for one in query) / len(query) if len(query) and len(text) else 0
        for text in texts
    ]
    assert late_interaction(query, _passages(texts)).tolist() == pytest.approx(expected, abs=1e-5)


def test_a_passage_is_found_by_one_token_whatever_else_it_says():
    """What whole embeddings lose: a name in a long passage."""
    chance = np.random.default_rng(1)
    name, text = _tokens(chance, 1, 64), _tokens(chance, 40, 64)
    scores = late_interaction(name, joined([text, np.concatenate([text, name])]))
    assert scores[1] == pytest.approx(1, abs=1e-5)
    assert scores[0] < 0.6


def _pool(seed: int, count: int, loudness: float = 0.6):
    """Scores of a pool's passages, and dense ones that go along with them."""
    chance = np.random.default_rng(seed)
    dense = chance.normal(size=count)
    dense = (dense - dense.mean()) / dense.std()
    scores = 0.2 + 0.05 * (loudness * dense + (1 - loudness**2) ** 0.5 * chance.normal(size=count))
    return scores.astype(np.float32), dense.astype(np.float32)


@given(SEEDS, st.integers(8, 200))
def test_the_moments_of_a_sample_of_all_are_those_of_the_pool(seed, count):
    """Nothing is estimated where everything is known."""
    scores, dense = _pool(seed, count)
    mean, variance = sample_moments(scores, np.full(count, 1 / count, np.float32), dense)
    assert mean == pytest.approx(float(scores.mean()), abs=1e-4)
    assert variance == pytest.approx(float(scores.var()), rel=0.02)


def _errors(*, controlled: bool) -> np.ndarray:
    """By how much the moments of samples of 96 miss those of a pool of 5,000: means and variances of 200 trials."""
    scores, dense = _pool(3, 5000, loudness=0.9)
    weights = np.full(96, 1 / 96, np.float32)
    chance = np.random.default_rng(4)
    errors = []
    for _ in range(200):
        rows = chance.choice(5000, 96, replace=False)
        known = dense[rows] if controlled else np.zeros(96, np.float32)
        mean, variance = sample_moments(scores[rows], weights, known)
        errors.append((mean - scores.mean(), variance - scores.var()))
    return np.sqrt(np.mean(np.square(errors), axis=0))


def test_dense_scores_that_are_known_exactly_make_a_sample_s_error_smaller():
    """The control variate is worth its lines: it halves the mean's error, and takes a quarter of the variance's."""
    (mean, variance), (plain_mean, plain_variance) = _errors(controlled=True), _errors(controlled=False)
    assert mean < 0.5 * plain_mean
    assert variance < 0.75 * plain_variance


def test_a_sample_too_small_for_a_slope_is_taken_as_it_is():
    """From seven passages no slope is drawn."""
    scores, dense = _pool(5, 7)
    mean, variance = sample_moments(scores, np.full(7, 1 / 7, np.float32), dense + 3)
    assert mean == pytest.approx(float(scores.mean()), abs=1e-6)
    assert variance == pytest.approx(float(scores.var()), rel=1e-4)


def test_a_sample_s_weights_count():
    """A row that stands for nine tenths of the pool makes nine tenths of its mean."""
    mean, variance = sample_moments(
        np.array([1.0, 0.0], np.float32), np.array([0.9, 0.1], np.float32), np.zeros(2, np.float32)
    )
    assert (mean, variance) == pytest.approx((0.9, 0.09), abs=1e-6)


@given(SEEDS, st.integers(1, 50), st.integers(1, 50))
def test_shrunk_moments_are_those_of_both_groups_together(seed, count, others):
    """As if the reference were so many further passages."""
    chance = np.random.default_rng(seed)
    own, reference = chance.normal(1, 2, count), chance.normal(-1, 1, others)
    both = np.concatenate([own, reference])
    found = shrunk_moments(
        TokenMoments(own.mean(), own.var()), count, TokenMoments(reference.mean(), reference.var()), others
    )
    assert found == pytest.approx((both.mean(), max(both.var(), 1e-8)), abs=1e-6)


def test_an_empty_pool_has_the_moments_of_the_reference():
    """And a large one hardly minds it."""
    reference = TokenMoments(0.3, 0.04)
    assert shrunk_moments(TokenMoments(9.0, 9.0), 0, reference, 5.0) == pytest.approx(reference)
    assert shrunk_moments(TokenMoments(0.5, 0.01), 10**6, reference, 5.0) == pytest.approx((0.5, 0.01), abs=1e-3)


def test_a_variance_is_never_0():
    """A score is divided by its root."""
    assert shrunk_moments(TokenMoments(0.5, 0.0), 3, TokenMoments(0.5, 0.0), 5.0).variance > 0


def test_centred_tokens_are_unit_and_have_lost_what_all_have():
    """A passage's mean and a query's are two."""
    chance = np.random.default_rng(7)
    tokens = (_tokens(chance, 300) + 3).astype(np.float32)
    space = TokenSpace.without_reference(tokens.mean(axis=0), np.zeros(6, np.float32))
    centred = space.centre_passage(tokens)
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)
    assert np.abs(centred.mean(axis=0)).max() < 0.1 < np.abs(space.centre_query(tokens).mean(axis=0)).min()
    assert space.centre_passage(np.empty((0, 6), np.float32)).shape == (0, 6)


def test_a_reference_of_tokens_reads_back_as_it_was_written():
    """From a file of named arrays; without any of them there is none."""
    chance = np.random.default_rng(8)
    quantizer = ProductQuantizer.train(_tokens(chance, 300))
    spaces = {
        language: TokenSpace(
            *_tokens(chance, 2), quantizer.encode(_tokens(chance, 5)), np.array([0, 2, 5]), np.array([0.5, 0.5])
        )
        for language in Language
    }
    reference = TokenReference(quantizer, spaces, 1.5)
    again = TokenReference.from_arrays(reference.to_arrays())
    assert again.attenuation == 1.5
    tokens = _tokens(chance, 4)
    for language in Language:
        np.testing.assert_array_equal(again.encode(tokens, language), reference.encode(tokens, language))
        ours, theirs = (each.spaces[language] for each in (again, reference))
        np.testing.assert_array_equal(ours.reference, theirs.reference)
        assert ours.reference_offsets.tolist() == [0, 2, 5]
    assert TokenReference.from_arrays({}) is None
