"""A test of whether one ranking is better than another, or was luckier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLIPS = 10_000
_AT_ONCE = 1000
_SEED = 17


def randomisation_test(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p: how likely a mean difference of this size is if either ranking might have given either value.

    Fisher's randomisation test (Smucker, Allan, Carterette, "A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation", CIKM 2007), with 10,000 random ways to exchange the values of questions, or all
    ways where there are no more. The same values always give the same p.

    Args:
        first: one ranking's values.
        second: the other's, of the same questions in the same order.
    """
    from scipy.stats import permutation_test  # takes a second to import

    differences = np.subtract(first, second, dtype=np.float64)
    differences = differences[differences != 0]  # exchanging equal values changes nothing
    if len(differences) <= 1:  # one is as far from 0 the other way round
        return 1.0
    exchanged = permutation_test(
        (differences,),
        lambda sample, axis: np.abs(sample.sum(axis)),
        permutation_type="samples",
        alternative="greater",
        n_resamples=_FLIPS,
        batch=_AT_ONCE,
        rng=_SEED,
    )
    return float(exchanged.pvalue)
