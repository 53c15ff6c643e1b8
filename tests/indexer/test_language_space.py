"""The statistics that make scores of two languages comparable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Language
from indexer.spaces.language_space import LanguageSpace, measure_space, measure_spaces, reference_weight

DIMENSION = 8
ALIKE, UNLIKE = 5.0, 100.0


def cloud(seed: int, n: int, towards: int = 0, spread: float = 0.5) -> np.ndarray:
    """Unit vectors around one axis."""
    rows = np.eye(DIMENSION)[towards] + spread * np.random.default_rng(seed).normal(size=(n, DIMENSION))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def at_rest() -> LanguageSpace:
    """A reference whose passages lie evenly around the origin."""
    zero = np.zeros(DIMENSION, np.float32)
    return LanguageSpace(zero, zero, zero, np.eye(DIMENSION, dtype=np.float32) / DIMENSION)


def references() -> dict[Language, LanguageSpace]:
    return {
        Language.ZH: measure_space(cloud(1, 200, towards=1), cloud(2, 200, towards=2)),
        Language.EN: measure_space(cloud(3, 200, towards=3), cloud(4, 200, towards=4)),
    }


def empty() -> np.ndarray:
    return np.empty((0, DIMENSION), np.float32)


def fields_of(space: LanguageSpace) -> list[np.ndarray]:
    return [space.passage_mean, space.query_mean, space.centred_mean, space.covariance]


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_moments_are_the_mean_and_deviation_over_all_passages(seed, n):
    """The closed form gives what a pass over all passages would."""
    passages, queries = cloud(seed, n), cloud(seed + 1, 20)
    space = measure_space(passages, queries)
    query = space.centre_query(cloud(seed + 2, 1)[0])
    products = space.centre_passages(passages) @ query
    assert space.moments(query) == pytest.approx((products.mean(), products.std()), abs=1e-5)


def test_moments_of_a_corpus_match_brute_force_where_the_reference_weighs_little():
    """A large corpus is standardised by its own passages."""
    passages = {language: cloud(seed, 20_000, seed) for seed, language in enumerate(Language)}
    spaces = measure_spaces(passages, {language: empty() for language in Language}, references())
    for language, space in spaces.items():
        query = space.centre_query(cloud(9, 1, towards=5)[0])
        products = space.centre_passages(passages[language]) @ query
        assert space.moments(query) == pytest.approx((products.mean(), products.std()), abs=0.01)


def test_a_deviation_is_never_zero():
    """Scores stay finite where all passages are one."""
    one = np.repeat(cloud(1, 1), 3, axis=0)
    space = measure_space(one, one)
    mean, deviation = space.moments(cloud(2, 1)[0])
    assert np.isfinite(mean)
    assert deviation > 0


@given(st.integers(0, 2**32 - 1))
def test_centring_gives_unit_vectors(seed):
    """Inner products of centred vectors are cosines."""
    space = measure_space(cloud(seed, 30), cloud(seed + 1, 30))
    np.testing.assert_allclose(np.linalg.norm(space.centre_passages(cloud(seed + 2, 10)), axis=1), 1, atol=1e-5)
    assert np.linalg.norm(space.centre_query(cloud(seed + 3, 1)[0])) == pytest.approx(1, abs=1e-5)


def test_centring_takes_a_language_s_bias_away():
    """Without the mean of each language, the clouds of both lie upon each other."""
    zh, en = cloud(1, 500, towards=1), cloud(2, 500, towards=2)
    centred = [measure_space(rows, rows).centre_passages(rows).mean(axis=0) for rows in (zh, en)]
    assert np.linalg.norm(zh.mean(axis=0) - en.mean(axis=0)) > 0.8
    assert np.linalg.norm(centred[0] - centred[1]) < 0.2


def test_an_empty_corpus_has_the_reference_s_statistics():
    """A language without passages is centred as the reference is."""
    nothing = {language: empty() for language in Language}
    spaces = measure_spaces(nothing, nothing, references())
    for language, reference in references().items():
        for measured, expected in zip(fields_of(spaces[language]), fields_of(reference), strict=True):
            np.testing.assert_allclose(measured, expected, atol=1e-6)


def test_one_empty_language_leaves_the_other_its_statistics():
    """An English corpus is measured the same whether or not Chinese could be in it."""
    passages = {Language.ZH: empty(), Language.EN: cloud(5, 5000, towards=5)}
    spaces = measure_spaces(passages, passages, references())
    np.testing.assert_allclose(spaces[Language.ZH].passage_mean, references()[Language.ZH].passage_mean, atol=1e-6)
    np.testing.assert_allclose(spaces[Language.EN].passage_mean, passages[Language.EN].mean(axis=0), atol=0.01)


def test_a_larger_corpus_has_more_of_its_own_statistics():
    """The reference fades as passages come in: the statistics approach the corpus's own."""
    distances = []
    for n in (100, 1000, 5000, 20_000):
        rows = {language: cloud(7, n, towards=5 + number) for number, language in enumerate(Language)}
        space = measure_spaces(rows, rows, references())[Language.ZH]
        own = measure_space(rows[Language.ZH], rows[Language.ZH])
        pairs = zip(fields_of(space), fields_of(own), strict=True)
        distances.append([np.linalg.norm(measured - alone) for measured, alone in pairs])
    assert np.all(np.diff(distances, axis=0) < 0)
    assert np.max(distances[-1]) < 0.02


def test_a_corpus_of_n0_passages_lies_halfway_to_the_reference():
    """The reference counts as n₀ further passages."""
    rows = {Language.ZH: cloud(5, int(ALIKE), towards=5), Language.EN: empty()}
    space = measure_spaces(rows, rows, references())[Language.ZH]
    halfway = (rows[Language.ZH].mean(axis=0) + references()[Language.ZH].passage_mean) / 2
    np.testing.assert_allclose(space.passage_mean, halfway, atol=1e-6)


@pytest.mark.parametrize(
    ("axes", "weight"), [((5, 5), ALIKE), ((5, 6), UNLIKE)], ids=["the same subject", "different subjects"]
)
def test_the_reference_weighs_more_where_the_pools_speak_of_different_subjects(axes, weight):
    """The mean of a small pool is then mostly its subject, which must stay in."""
    passages = {language: cloud(axis, 30, axis, 0.1) for language, axis in zip(Language, axes, strict=True)}
    assert reference_weight(passages, dict.fromkeys(Language, at_rest())) == pytest.approx(weight)


def test_the_reference_s_weight_falls_steadily_with_likeness():
    """No small change of a corpus makes its ranking jump."""
    weights = []
    for angle in np.linspace(0, np.pi / 2, 60):
        en = np.zeros((1, DIMENSION), np.float32)
        en[0, :2] = np.cos(angle), np.sin(angle)
        passages = {Language.ZH: np.eye(1, DIMENSION, dtype=np.float32), Language.EN: en}
        weights.append(reference_weight(passages, dict.fromkeys(Language, at_rest())))
    assert (weights[0], weights[-1]) == pytest.approx((ALIKE, UNLIKE))
    assert np.all(np.diff(weights) >= 0)
    assert np.max(np.diff(weights)) < 35


def test_the_order_of_languages_does_not_matter():
    """The statistics are the same whichever language is named first."""
    passages = {language: cloud(seed, 30, seed) for seed, language in enumerate(Language)}
    one = reference_weight(passages, references())
    assert reference_weight(passages, dict(reversed(references().items()))) == one


def test_statistics_of_a_mapped_matrix_are_those_of_one_in_memory(tmp_path, monkeypatch):
    """Read in blocks, with sums of doubles: the formulas over all rows at once, to 1e-6."""
    rows, queries = cloud(1, 700, towards=1), cloud(2, 300, towards=2)
    np.save(tmp_path / "rows.npy", rows)
    monkeypatch.setattr("indexer.storage.mapped_arrays.BLOCK", 64)
    space = measure_space(np.load(tmp_path / "rows.npy", mmap_mode="r"), queries)
    centred = rows - rows.mean(axis=0, dtype=np.float64)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    np.testing.assert_allclose(space.passage_mean, rows.mean(axis=0, dtype=np.float64), atol=1e-6)
    np.testing.assert_allclose(space.query_mean, queries.mean(axis=0, dtype=np.float64), atol=1e-6)
    np.testing.assert_allclose(space.centred_mean, centred.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(space.covariance, np.cov(centred.T, bias=True), atol=1e-6)
