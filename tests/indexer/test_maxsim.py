"""Late interaction over codes: the compiled sum, and the one by NumPy, against tokens that are decoded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import TokenRows, late_interaction
from indexer.indexes import maxsim
from indexer.indexes.maxsim import LANES, QueryTokens
from indexer.spaces.language_space import unit
from indexer.spaces.product_quantizer import ProductQuantizer

DIMENSION = 37  # not a whole number of parts
TOKENS = 60
PLACES = st.integers(0, TOKENS)


@pytest.fixture(scope="module", params=["compiled", "by NumPy"])
def quantizer(request):
    """One of random centroids; with and without the compiled code."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "by NumPy":
            patch.setattr(maxsim, "_compiled", lambda: None)
        elif maxsim._compiled() is None:
            pytest.skip("haihe was installed without a compiler")
        yield ProductQuantizer(np.random.default_rng(5).normal(size=(5, 256, 8)).astype(np.float32), DIMENSION)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2 * LANES + 1), st.lists(st.tuples(PLACES, PLACES), max_size=6))
def test_a_score_is_that_of_the_decoded_tokens(quantizer, seed, asked, places):
    """Of any spans, which may overlap or be empty, and however many tokens the query has."""
    chance = np.random.default_rng(seed)
    vectors = unit(chance.normal(size=(asked, DIMENSION)))
    codes = chance.integers(0, 256, (TOKENS, 5)).astype(np.uint8)
    spans = np.array([sorted(span) for span in places], np.int64).reshape(-1, 2)
    expected = [
        late_interaction(vectors, TokenRows.of(quantizer.decode(codes[start:end])))[0] if end > start else 0
        for start, end in spans
    ]
    found = QueryTokens(vectors, quantizer).scores(codes, spans[:, 0], spans[:, 1])
    assert found.tolist() == pytest.approx(expected, abs=1e-3)


def test_codes_of_another_quantizer_are_refused():
    """Rather than read beyond the end of a table."""
    quantizer = ProductQuantizer(np.zeros((5, 256, 8), np.float32), DIMENSION)
    query = QueryTokens(np.zeros((1, DIMENSION), np.float32), quantizer)
    with pytest.raises(ValueError, match="codes of 5 bytes"):
        query.scores(np.zeros((3, 4), np.uint8), np.array([0]), np.array([3]))
