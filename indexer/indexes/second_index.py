"""The second encoder's opinion of one language's passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.indexes.sentence_index import SentenceIndex
    from indexer.spaces.language_space import LanguageSpace


@dataclass(frozen=True, slots=True, eq=False)
class SecondIndex:
    """Scores passages by the sentence that the second encoder finds nearest.

    Attributes:
        sentences: of each passage, centred.
        space: the statistics of the reference text in this language.
    """

    sentences: SentenceIndex
    space: LanguageSpace

    def scores(self, centred_query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """By how many deviations the best sentence of each of n rows stands above passages of the reference text."""
        mean, deviation = self.space.moments(centred_query)
        scores: NDArray[np.float32] = (self.sentences.best_products(centred_query, rows) - mean) / deviation
        return scores
