"""The statistics that make the scores of two languages comparable. Pure NumPy.

A multilingual encoder gives each language a cloud of its own, so a plain inner product finds the query's language before
its subject. Per language, passages are centred on the mean of passages and queries on the mean of queries, both made
unit again; a score is then standardised by what any passage of that language would get for that query. Centring
follows Libovický, Rosa and Fraser, "On the Language Neutrality of Pre-trained Multilingual Representations" (2020); the
evidence for this use of it is in docs/relevance.md.

A small corpus has poor statistics: each is shrunk towards a reference that ships with haihe, as if the reference were
`REFERENCE_WEIGHT` further passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    Matrix = NDArray[np.float32]

REFERENCE_WEIGHT = 100.0
"""n₀: how many passages the reference counts for. Measured in docs/relevance.md; flat between 50 and 200."""

_SMALLEST_DEVIATION = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class LanguageSpace:
    """One language's statistics, for vectors of dimension d.

    Attributes:
        passage_mean: μ `(d,)`, the mean of unit passage embeddings.
        query_mean: ν `(d,)`, the mean of unit query embeddings.
        centred_mean: E[x'] `(d,)` of the centred passages.
        covariance: Cov[x'] `(d, d)` of the centred passages.
    """

    passage_mean: Vector
    query_mean: Vector
    centred_mean: Vector
    covariance: Matrix

    def centre_passages(self, embeddings: Matrix) -> Matrix:
        """x' = (x - μ) / ‖x - μ‖ for each row."""
        return _unit(embeddings - self.passage_mean)

    def centre_query(self, embedding: Vector) -> Vector:
        """q' = (q - ν) / ‖q - ν‖, with the ν of the query's own language."""
        return _unit(embedding - self.query_mean)

    def moments(self, centred_query: Vector) -> tuple[float, float]:
        """The mean and standard deviation of q'·x' over this language's passages, in closed form.

        m = q'·E[x'] and σ² = q'ᵀ Cov[x'] q'.
        """
        mean = float(centred_query @ self.centred_mean)
        variance = float(centred_query @ self.covariance @ centred_query)
        return mean, max(variance, _SMALLEST_DEVIATION**2) ** 0.5


def measure_space(passages: Matrix, queries: Matrix, reference: LanguageSpace | None = None) -> LanguageSpace:
    """The statistics of one language's embeddings, shrunk towards a reference.

    Args:
        passages: unit passage embeddings `(n, d)`; n may be 0 where there is a reference.
        queries: unit embeddings `(m, d)` of texts of the corpus, encoded as queries; m may be 0 likewise.
        reference: what to shrink towards; None measures the given embeddings alone.
    """
    if reference is None:
        passage_mean = passages.mean(axis=0)
        centred = _unit(passages - passage_mean)
        return LanguageSpace(passage_mean, queries.mean(axis=0), centred.mean(axis=0), _covariance(centred))
    passage_mean = _shrink(passages, reference.passage_mean)
    centred = _unit(passages - passage_mean)
    n = len(centred)
    covariance = reference.covariance
    if n > 1:
        covariance = (n * _covariance(centred) + REFERENCE_WEIGHT * covariance) / (n + REFERENCE_WEIGHT)
    return LanguageSpace(
        passage_mean=passage_mean,
        query_mean=_shrink(queries, reference.query_mean),
        centred_mean=_shrink(centred, reference.centred_mean),
        covariance=covariance.astype(np.float32),
    )


def _shrink(rows: Matrix, reference: Vector) -> Vector:
    """μ = (n μ_corpus + n₀ μ_reference) / (n + n₀)."""
    total: Vector = rows.sum(axis=0) + REFERENCE_WEIGHT * reference
    return (total / (len(rows) + REFERENCE_WEIGHT)).astype(np.float32)


def _covariance(rows: Matrix) -> Matrix:
    deviations = rows - rows.mean(axis=0)
    return (deviations.T @ deviations / max(len(rows), 1)).astype(np.float32)


def _unit(rows: Matrix) -> Matrix:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.maximum(norms, np.finfo(np.float32).tiny)).astype(np.float32)
