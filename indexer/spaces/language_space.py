"""The statistics that make the scores of two languages comparable. Pure NumPy; sums are of doubles, in blocks of rows.

A multilingual encoder gives each language a cloud of its own, so a plain inner product finds the query's language
before its subject. Per language, passages are centred on the mean of passages and queries on the mean of queries, both
made unit again; a score is then standardised by what any passage of that language would get for that query. Centring
follows Libovický, Rosa and Fraser, "On the Language Neutrality of Pre-trained Multilingual Representations" (2020); the
evidence for this use of it is in docs/relevance.md.

A small corpus has poor statistics: each is shrunk towards a reference that ships with haihe, as if the reference were
n₀ further passages. Where the pools of both languages speak of the same subjects, n₀ is small and the subject that
everything shares is taken out of both. Where they don't, the mean of a small pool is mostly its subject, which must
stay in, or a question about that subject would no longer find it: n₀ is large.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from indexer.storage.mapped_arrays import blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer.records import Language
    from indexer.storage.mapped_arrays import SelectedRows

    Vector = NDArray[np.float32]
    Matrix = NDArray[np.float32]
    Rows = Matrix | SelectedRows
    Floats = NDArray[np.float64]

_ALIKE_WEIGHT, _UNLIKE_WEIGHT = 5.0, 100.0
"""n₀ for pools that speak of the same subjects, and for pools that don't."""
_UNLIKE, _ALIKE = 0.4, 0.55
"""The cosine between the pools' shifts from the reference from which on they count as unlike, as alike."""
_QUERY_WEIGHT = 80.0
"""The least n₀ for queries: the corpus has no real ones, only its sentences; the reference has."""

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
        """X' = (x - μ) / ‖x - μ‖ for each row."""
        return unit(embeddings - self.passage_mean)

    def centre_query(self, embedding: Vector) -> Vector:
        """Q' = (q - ν) / ‖q - ν‖, with the ν of the query's own language."""
        return unit(embedding - self.query_mean)

    def moments(self, centred_query: Vector) -> tuple[float, float]:
        """The mean and standard deviation of q'·x' over this language's passages, in closed form.

        m = q'·E[x'] and σ² = q'ᵀ Cov[x'] q'.
        """
        mean = float(centred_query @ self.centred_mean)
        variance = float(centred_query @ self.covariance @ centred_query)
        return mean, max(variance, _SMALLEST_DEVIATION**2) ** 0.5


def measure_space(passages: Matrix, queries: Matrix) -> LanguageSpace:
    """The statistics of one language's unit embeddings `(n, d)` and `(m, d)` alone, both n and m above 0."""
    passage_mean = _mean(passages).astype(np.float32)
    centred_mean, covariance = _moments_around(passage_mean, passages)
    return LanguageSpace(
        passage_mean=passage_mean,
        query_mean=_mean(queries).astype(np.float32),
        centred_mean=centred_mean.astype(np.float32),
        covariance=covariance.astype(np.float32),
    )


def measure_spaces(
    passages: Mapping[Language, Rows],
    queries: Mapping[Language, Matrix],
    references: Mapping[Language, LanguageSpace],
) -> dict[Language, LanguageSpace]:
    """The statistics of a corpus in several languages, shrunk towards references.

    Args:
        passages: unit passage embeddings `(n, d)` by language, one of each group of near-duplicates; n may be 0. They
            are read in blocks, so that they may be mapped from disk.
        queries: unit embeddings `(m, d)` of texts of the corpus, encoded as queries; m may be 0.
        references: what to shrink towards.
    """
    weight = reference_weight(passages, references)
    return {
        language: _shrunk_space(passages[language], queries[language], reference, weight)
        for language, reference in references.items()
    }


def reference_weight(passages: Mapping[Language, Rows], references: Mapping[Language, LanguageSpace]) -> float:
    """n₀, by how far the languages' pools shift in the same direction from their references."""
    shifts = [
        _mean(passages[language]) - reference.passage_mean
        for language, reference in references.items()
        if len(passages[language])
    ]
    if len(shifts) < 2:  # noqa: PLR2004 - one language has nothing to be compared with
        return _ALIKE_WEIGHT
    likeness = min(float(unit(one) @ unit(other)) for one, other in pairwise(shifts))
    share = min(max((likeness - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0), 1.0)
    return float(_UNLIKE_WEIGHT * (_ALIKE_WEIGHT / _UNLIKE_WEIGHT) ** share)


def _shrunk_space(passages: Rows, queries: Matrix, reference: LanguageSpace, weight: float) -> LanguageSpace:
    count = len(passages)
    passage_mean = _shrunk(_mean(passages), count, reference.passage_mean, weight)
    centred_mean, covariance = _moments_around(passage_mean, passages)
    share = count / (count + weight)
    # Of two groups together: what varies within each, and how far their means lie apart.
    apart = centred_mean - reference.centred_mean
    within = share * covariance + (1 - share) * reference.covariance
    return LanguageSpace(
        passage_mean=passage_mean,
        query_mean=_shrunk(_mean(queries), len(queries), reference.query_mean, max(weight, _QUERY_WEIGHT)),
        centred_mean=_shrunk(centred_mean, count, reference.centred_mean, weight),
        covariance=(within + share * (1 - share) * np.outer(apart, apart)).astype(np.float32),
    )


def _shrunk(mean: Floats, count: int, reference: Vector, weight: float) -> Vector:
    """μ = (n μ_corpus + n₀ μ_reference) / (n + n₀)."""
    shrunk: Vector = ((count * mean + weight * reference) / (count + weight)).astype(np.float32)
    return shrunk


def _mean(rows: Rows) -> Floats:
    """The mean row; 0 where there is none."""
    total = np.zeros(rows.shape[1])
    for block in blocks(rows):
        total += block.sum(axis=0, dtype=np.float64)
    return total / max(len(rows), 1)


def _moments_around(centre: Vector, rows: Rows) -> tuple[Floats, Floats]:
    """The mean `(d,)` and the covariance `(d, d)` of the rows, centred and made unit; 0 where there is none."""
    total, products = np.zeros(rows.shape[1]), np.zeros((rows.shape[1], rows.shape[1]))
    for block in blocks(rows):
        centred = unit(block - centre).astype(np.float64)
        total += centred.sum(axis=0)
        products += centred.T @ centred
    mean = total / max(len(rows), 1)
    return mean, products / max(len(rows), 1) - np.outer(mean, mean)


def unit(rows: Matrix | Floats) -> Matrix:
    """The same rows, or vector, with length 1; one of length 0 stays."""
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Matrix = (rows / np.maximum(norms, np.finfo(np.float32).tiny)).astype(np.float32)
    return scaled
