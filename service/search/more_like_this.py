"""The passages most like a passage or a document, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer import Language
from service.records import ScoredPassage
from service.search.signals.dense import Dense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer import Snapshot
    from service.records import Ranking

    Place = tuple[Language, int]


def similar_rankings(
    snapshot: Snapshot, places: Sequence[Place], depth: int, *, reach: float
) -> dict[Language, Ranking]:
    """The passages nearest to the mean of some passages; none of them, nor of their near-duplicates, is among these.

    Of near-duplicates the first stands for all.

    Args:
        snapshot: where they are.
        places: language and row of each passage; at least one.
        depth: how many of each language.
        reach: see `service.search.fusion.Weights`.
    """
    centre = _centre(snapshot, places)
    own_language = max(Language, key=lambda language: sum(place[0] == language for place in places))
    rankings = {}
    for language, pool in snapshot.pools.items():
        texts = np.setdiff1d(pool.representatives, [pool.twins[row] for place, row in places if place == language])
        mean, deviation = pool.space.moments(centre)
        neighbours = pool.vectors.search(centre, depth, among=texts)
        factor = 1.0 if language == own_language else snapshot.attenuation**reach
        rankings[language] = tuple(
            ScoredPassage(score, passage_id, document_id, language, int(row), {Dense.name: score}, twins=twins)
            for row, product in zip(neighbours.rows, neighbours.products, strict=True)
            for passage_id, document_id in [pool.ids[row]]
            for score in [factor * (float(product) - mean) / deviation]
            for twins in [tuple(pool.twins_of(int(row)).tolist())]
        )
    return rankings


def _centre(snapshot: Snapshot, places: Sequence[Place]) -> NDArray[np.float32]:
    """The unit mean `(d,)` of the passages' centred embeddings."""
    rows = [
        snapshot.pools[language].space.centre_passages(snapshot.embeddings[language][row][None, :])[0]
        for language, row in places
    ]
    mean = np.mean(rows, axis=0)
    unit: NDArray[np.float32] = (mean / max(float(np.linalg.norm(mean)), 1e-12)).astype(np.float32)
    return unit
