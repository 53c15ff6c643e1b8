"""A query's candidates in one language, scored so that languages can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from service.records import ScoredPassage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Language, LanguageSpace, Neighbours, VectorIndex
    from service.records import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class EncodedQuery:
    """A query's embedding `(d,)`, and the same centred on the queries of its own language."""

    embedding: NDArray[np.float32]
    centred: NDArray[np.float32]


class Retriever(Protocol):
    """Draws candidates from one language."""

    def retrieve(self, query: EncodedQuery, depth: int, among: NDArray[np.int64] | None) -> Ranking:
        """The `depth` best passages, from the rows `among` or from all."""


@dataclass(frozen=True, slots=True, eq=False)
class FairRetriever:
    """Scores s(x) = (q'·x' - m(q)) / σ(q): how far a passage stands above its language's passages for this query."""

    language: Language
    index: VectorIndex
    space: LanguageSpace
    ids: list[tuple[str, str]]

    def retrieve(self, query: EncodedQuery, depth: int, among: NDArray[np.int64] | None) -> Ranking:
        """The `depth` best passages; a filter changes which, never their scores."""
        neighbours = self._neighbours(query, depth, among)
        mean, deviation = self.space.moments(query.centred)
        scores = (neighbours.products - mean) / deviation
        return _ranking(self.language, self.ids, neighbours.rows, scores)[:depth]

    def _neighbours(self, query: EncodedQuery, depth: int, among: NDArray[np.int64] | None) -> Neighbours:
        """At least the `depth` nearest, with all that equal the last: ids decide among those, so pages fit together."""
        wanted = depth + 1
        while True:
            found = self.index.search(query.centred, wanted, among=among)
            if len(found.rows) < wanted or found.products[-1] < found.products[depth - 1]:
                return found
            wanted *= 2


@dataclass(frozen=True, slots=True, eq=False)
class PlainRetriever:
    """Scores by the encoder's cosine, standardised over the passages of all languages together: an order of cosines."""

    language: Language
    embeddings: dict[Language, NDArray[np.float32]]
    ids: list[tuple[str, str]]

    def retrieve(self, query: EncodedQuery, depth: int, among: NDArray[np.int64] | None) -> Ranking:
        """The `depth` best passages by cosine."""
        cosines = {language: matrix @ query.embedding for language, matrix in self.embeddings.items()}
        everything = np.concatenate(list(cosines.values()))
        rows = np.arange(len(self.ids)) if among is None else among
        scores = (cosines[self.language][rows] - everything.mean()) / max(float(everything.std()), 1e-6)
        if depth < len(scores):
            kept = scores >= np.partition(scores, -depth)[-depth]  # with all that equal the last, as above
            rows, scores = rows[kept], scores[kept]
        return _ranking(self.language, self.ids, rows, scores)[:depth]


def _ranking(
    language: Language,
    ids: list[tuple[str, str]],
    rows: NDArray[np.int64],
    scores: NDArray[np.float32] | NDArray[np.float64],
) -> Ranking:
    candidates = [
        ScoredPassage(float(score), passage_id, document_id, language, int(row))
        for row, score in zip(rows, scores, strict=True)
        for passage_id, document_id in [ids[row]]
    ]
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.score, candidate.id)))
