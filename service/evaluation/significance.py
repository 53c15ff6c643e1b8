"""Whether one ranking is better than another, or was luckier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_FLIPS = 10_000
_BLOCK = 1000
_SEED = 17
_ROUNDING = 1e-9


def randomisation_test(first: Sequence[float], second: Sequence[float]) -> float:
    """How likely a mean difference of this size is if either ranking might have given either value: two-sided p.

    Fisher's randomisation test (Smucker, Allan, Carterette, "A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation", CIKM 2007), with 10,000 random ways to exchange the values of questions. The
    same values always give the same p.

    Args:
        first: one ranking's values.
        second: the other's, of the same questions in the same order.
    """
    differences = np.subtract(first, second, dtype=np.float64)
    differences = differences[differences != 0]  # exchanging equal values changes nothing
    least = abs(differences.sum()) - _ROUNDING
    rng = np.random.default_rng(_SEED)
    extreme = 0
    for _ in range(_FLIPS // _BLOCK):
        signs = rng.integers(0, 2, (_BLOCK, len(differences)), dtype=np.int8) * 2 - 1
        extreme += int((np.abs(signs @ differences) >= least).sum())
    return (1 + extreme) / (1 + _FLIPS)
