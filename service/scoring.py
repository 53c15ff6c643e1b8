"""One query against one language's passages: every signal, made comparable across languages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer import TokenRows, late_interaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer import Language, Pool, TokenMoments
    from service.question import EncodedQuestion

    Scores = NDArray[np.float32]
    Rows = NDArray[np.int64]


class Scorer:
    """Scores passages of one language for one query.

    What the encoder says counts standard deviations above all passages of the language, s(x) = (q'·x' - m(q)) /
    σ(q), and the same of sentences and tokens; what terms say is in nats. What serves several calls is computed once.
    """

    def __init__(
        self, language: Language, pools: Mapping[Language, Pool], query: EncodedQuestion, *, attenuation: float
    ) -> None:
        self.language = language
        self.pool = pools[language]
        self.query = query
        self._asked_in = pools[query.question.language]
        self._attenuation = attenuation

    @cached_property
    def centred(self) -> NDArray[np.float32]:
        """The query's embedding, centred on the queries of its own language."""
        return self._asked_in.space.centre_query(self.query.embedding)

    @property
    def is_across(self) -> bool:
        """Whether the query is in the other language."""
        return self.query.question.language != self.language

    def reach(self, power: float) -> float:
        """What embeddings' scores are multiplied by across languages."""
        return float(self._attenuation**power) if self.is_across else 1.0

    def token_reach(self, power: float) -> float:
        """What scores of late interaction are multiplied by across languages."""
        return float(self.pool.tokens.attenuation**power) if self.is_across and self.pool.tokens else 1.0

    def dense(self, rows: Rows) -> Scores:
        """Of the passages' embeddings `(n,)`."""
        mean, deviation = self._dense_moments
        return (self.pool.vectors.products(self.centred, rows) - mean) / deviation

    def sentences(self, rows: Rows) -> Scores:
        """Of the embedding of each passage's best sentence `(n,)`."""
        mean, deviation = self._sentence_moments
        products = self.pool.sentences.best_products(self._centred_for_sentences, rows)
        scores: Scores = (products - mean) / deviation
        return scores

    @property
    def has_tokens(self) -> bool:
        """Whether late interaction is possible."""
        return self.pool.tokens is not None and self.query.tokens is not None

    def tokens(self, rows: Rows) -> Scores:
        """Of late interaction `(n,)`.

        Raises:
            ValueError: there are no tokens.
        """
        if self.pool.tokens is None or self.query.tokens is None:
            raise ValueError("this index, or this query, has no tokens")
        moments = self._token_moments
        scores: Scores = (self.pool.tokens.scores(self.query.tokens, rows) - moments.mean) / moments.variance**0.5
        return scores

    def terms(self, rows: Rows) -> dict[str, Scores]:
        """Of terms, by kind. Those of all languages count as they are, those of one against its best passage."""
        index, terms = self.pool.terms, self.query.terms
        return {
            "numbers": index.scores_of(terms.numbers, rows),
            "dates": index.scores_of(terms.dates, rows),
            "names": index.scores_of(terms.names, rows),
            "words": self._words[rows],
            "glosses": index.scores_of(terms.glosses.get(self.language, ()), rows),
            "missing": self._attainable - index.scores_of(terms.sure, rows),
        }

    def best_sentence(self, row: int) -> tuple[tuple[int, int], float] | None:
        """The span of the sentence in a passage's text that answers best, and by how far it falls short of the whole.

        By tokens where there are some: on XQuAD-R they name the sentence with the answer oftener than embeddings do.
        The shortfall counts deviations; None where there is no sentence.
        """
        sentences = self.pool.sentences.sentences_at(row)
        if not len(sentences.spans):
            return None
        if self.pool.tokens is None or self.query.tokens is None:
            scores = sentences.embeddings @ self._centred_for_sentences
            whole, deviation = float(scores.max()), self._sentence_moments[1]
        else:
            tokens = self.pool.tokens.tokens_at(np.array([row]))
            parts = (TokenRows.of(tokens.vectors[first:end]) for first, end in sentences.tokens)
            scores = np.array([late_interaction(self.query.tokens, part)[0] for part in parts])
            whole = float(late_interaction(self.query.tokens, tokens)[0])
            deviation = self._token_moments.variance**0.5
        best = int(np.argmax(scores))
        start, end = sentences.spans[best]
        return (int(start), int(end)), max(whole - float(scores[best]), 0.0) / deviation

    @cached_property
    def _dense_moments(self) -> tuple[float, float]:
        return self.pool.space.moments(self.centred)

    @cached_property
    def _centred_for_sentences(self) -> NDArray[np.float32]:
        return self._asked_in.sentence_space.centre_query(self.query.embedding)

    @cached_property
    def _sentence_moments(self) -> tuple[float, float]:
        return self.pool.sentence_space.moments(self._centred_for_sentences)

    @cached_property
    def _token_moments(self) -> TokenMoments:
        tokens, asked = self.pool.tokens, self.query.tokens
        assert tokens is not None  # noqa: S101 - asked for only where there are some
        assert asked is not None  # noqa: S101
        return tokens.moments(asked, self.dense(tokens.sample.rows))

    @cached_property
    def _attainable(self) -> np.float32:
        """What a passage with all numbers, dates and romanised names of the query would get for them."""
        return np.float32(sum(self.pool.terms.attainable(self.query.terms.sure)))

    @cached_property
    def _words(self) -> Scores:
        """Of every row: what it has of the words bound to its language, over what the best row has."""
        found = self.pool.terms.scores_of(self.query.terms.words, np.arange(len(self.pool)))
        scores: Scores = found - found.max(initial=0.0)
        return scores
