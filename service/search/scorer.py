"""All that says something of one language's passages for one query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

import numpy as np

from service.search.signals import SECOND_STAGE
from service.search.signals.dense import Dense
from service.search.signals.sentences import Sentences
from service.search.signals.signal import Remembered
from service.search.signals.terms import TERM_SIGNALS, Terms
from service.search.signals.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer import Pool
    from service.search.query.pool_query import PoolQuery

    Rows = NDArray[np.int64]
    Sentence = tuple[tuple[int, int], float]


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """The signals of a query in one language.

    Attributes:
        asked: the query, as this language's passages are asked it.
        dense: the embeddings.
        terms: the terms.
        second_stage: what is worked out for the best by these.
    """

    asked: PoolQuery
    dense: Dense
    terms: Terms
    second_stage: Sequence[Remembered]

    @classmethod
    def of(cls, asked: PoolQuery) -> Self:
        """All signals that the index and the query have."""
        there = (signal for kind in SECOND_STAGE if (signal := kind.of(asked)) is not None)
        return cls(asked, Dense.of(asked), Terms(asked), tuple(map(Remembered, there)))

    @property
    def pool(self) -> Pool:
        """The passages."""
        return self.asked.pool

    @property
    def signals(self) -> frozenset[str]:
        """The names of the signals there are."""
        return frozenset((Dense.name, *TERM_SIGNALS, *(signal.name for signal in self.second_stage)))

    @property
    def tokens(self) -> Tokens | None:
        """Late interaction; None where there is none."""
        return next((one.signal for one in self.second_stage if isinstance(one.signal, Tokens)), None)

    def likeliest(self, among: Rows, most: int) -> Rows:
        """The rows among some that answer likeliest, at most so many: most by embedding, a few by terms."""
        near = self.pool.vectors.search(self.asked.centred, most, among=among).rows
        by_terms = self.terms.scores(near[:0]).best(most // 4, among)
        return np.unique(np.concatenate([by_terms, near[: most - len(by_terms)]]))

    def best_sentences(self, rows: Rows) -> list[Sentence | None]:
        """The span of the sentence in each passage's text that answers best, and how far it falls short of the whole.

        By tokens where there are some: on XQuAD-R they name the sentence with the answer oftener than embeddings do.
        The shortfall counts deviations; None where there is no sentence.
        """
        sentences, offsets = self.pool.sentences.sentences_of(rows)
        if tokens := self.tokens:
            scores = tokens.similarities_of_parts(np.repeat(rows, np.diff(offsets)), sentences.tokens)
            wholes, deviation = tokens.similarities(rows), tokens.deviation
        else:
            dense = Sentences.of(self.asked)
            scores = sentences.embeddings @ dense.centred
            wholes, deviation = None, dense.deviation
        best: list[Sentence | None] = []
        for number, (first, end) in enumerate(pairwise(offsets.tolist())):
            if first == end:
                best.append(None)
                continue
            place = first + int(np.argmax(scores[first:end]))
            whole = scores[place] if wholes is None else wholes[number]
            start, stop = sentences.spans[place].tolist()
            best.append(((start, stop), max(float(whole - scores[place]), 0.0) / deviation))
        return best
