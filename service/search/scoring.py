"""One query against one language's passages: every signal, made comparable across languages."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer import Language, best_matches
from service.search.query.question import TermRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer import Pool, QueryTokens, TokenMoments
    from service.search.query.question import EncodedQuestion

    Scores = NDArray[np.float32]
    Rows = NDArray[np.int64]


_WHOLE_NAME = 0.75
"""The share of a name's weight from which on a passage has all of it, in one writing or another."""
_SMALLEST_VARIANCE = 1e-8
_EXPECTED = 0.75
"""The share of the words that its language's best passage has which a passage is expected to have, too: it loses what
it lacks of them, and the other language, where words are translations, gives away a quarter only."""
_DRAWING = (TermRole.NUMBERS, TermRole.DATES, TermRole.NAMES, TermRole.WORDS)
"""The roles of the terms that draw candidates."""
_COUNTED = (*_DRAWING, TermRole.GLOSSES)
_PAIR = 0.5
"""As how much of a word a pair of characters counts among the words that are shared: in text, a word is about two."""


class TermScores(NamedTuple):
    """The scores that terms give some rows: by kind, and together, as they draw candidates."""

    rows: Rows
    drawing: NDArray[np.float64]
    columns: Mapping[str, Scores]
    named: NDArray[np.bool_]

    def names(self, rows: Rows) -> NDArray[np.bool_]:
        """The rows among some that have every name of a query which is nothing but names, as a mask `(n,)`."""
        return self.named[np.searchsorted(self.rows, rows)]

    def at(self, rows: Rows) -> dict[str, Scores]:
        """The scores of some of the rows, by kind."""
        places = np.searchsorted(self.rows, rows)
        return {name: column[places] for name, column in self.columns.items()}

    def best(self, k: int, among: Rows | None, twins: Rows | None = None) -> Rows:
        """The k rows that share the rarest terms with the query, from the rows `among` or from all.

        With `twins`, for each row of the index the lowest with nearly the same text, the best of each such group alone.
        """
        return best_matches(self.rows, self.drawing, k, among, twins).rows


class Scorer:
    """Scores passages of one language for one query.

    What the encoder says counts standard deviations above all passages of the language, s(x) = (q'·x' - m(q)) /
    σ(q), and the same of sentences and tokens; what the second encoder says, above passages of the reference text. What
    terms say is in nats. What serves several calls is computed once.
    """

    def __init__(
        self,
        language: Language,
        pools: Mapping[Language, Pool],
        query: EncodedQuestion,
        *,
        attenuation: float,
        query_tokens: QueryTokens | None = None,
    ) -> None:
        self.language = language
        self.pool = pools[language]
        self.pools = pools
        self.query = query
        self.query_tokens = query_tokens
        self._asked_in = pools[query.question.language]
        self._attenuation = attenuation

    @cached_property
    def centred(self) -> NDArray[np.float32]:
        """The query's embedding, centred on the queries of its own language."""
        return self._asked_in.space.centre_query(self.query.embedding)

    @property
    def is_across(self) -> bool:
        """Tell whether the query is in the other language."""
        return self.query.question.language != self.language

    def reach(self, power: float) -> float:
        """The factor by which embeddings' scores are multiplied across languages."""
        return float(self._attenuation**power) if self.is_across else 1.0

    def token_reach(self, power: float) -> float:
        """The factor by which scores of late interaction are multiplied across languages."""
        return float(self.pool.tokens.attenuation**power) if self.is_across and self.pool.tokens else 1.0

    def likeliest(self, among: Rows, most: int) -> Rows:
        """The rows among some that answer likeliest, at most so many: most by embedding, a few by terms."""
        near = self.pool.vectors.search(self.centred, most, among=among).rows
        by_terms = self.term_scores(near[:0]).best(most // 4, among)
        return np.unique(np.concatenate([by_terms, near[: most - len(by_terms)]]))

    def dense(self, rows: Rows) -> Scores:
        """The scores of the passages' embeddings `(n,)`."""
        return self.dense_of(self.pool.vectors.products(self.centred, rows))

    def dense_of(self, products: Scores) -> Scores:
        """The same of passages whose inner products with the centred query are known."""
        mean, deviation = self._dense_moments
        return (products - mean) / deviation

    def sentences(self, rows: Rows) -> Scores:
        """The score of the embedding of each passage's best sentence `(n,)`."""
        mean, deviation = self._sentence_moments
        products = self.pool.sentences.best_products(self._centred_for_sentences, rows)
        scores: Scores = (products - mean) / deviation
        return scores

    @property
    def corpus(self) -> float:
        """The margin by which the language's passages, on the whole, match the query better than the reference text.

        In the reference's standard deviations. In a few articles on one subject, none stands out for a question on it.
        """
        passages, general = self._token_moments
        return float((passages.mean - general.mean) / max(general.variance, _SMALLEST_VARIANCE) ** 0.5)

    @property
    def has_tokens(self) -> bool:
        """Tell whether late interaction is possible."""
        return self.pool.tokens is not None and self.query_tokens is not None

    def tokens(self, rows: Rows) -> Scores:
        """The scores of late interaction `(n,)`.

        Raises:
            ValueError: there are no tokens.
        """
        if self.pool.tokens is None or self.query_tokens is None:
            raise ValueError("this index, or this query, has no tokens")
        moments, _ = self._token_moments
        scores: Scores = (self.pool.tokens.scores(self.query_tokens, rows) - moments.mean) / moments.variance**0.5
        return scores

    @property
    def has_second(self) -> bool:
        """Tell whether the second encoder was asked, of passages that it has read."""
        return self.pool.second is not None and self.query.second is not None

    def second(self, rows: Rows) -> Scores:
        """The score of each passage's best sentence by the second encoder `(n,)`.

        Raises:
            ValueError: it wasn't asked.
        """
        asked, pool = self._asked_in.second, self.pool.second
        if asked is None or pool is None or self.query.second is None:
            raise ValueError("this index, or this query, has no second opinion")
        return pool.scores(asked.space.centre_query(self.query.second), rows)

    def term_scores(self, rows: Rows) -> TermScores:
        """The scores of terms, by kind: for some rows, and for those that terms draw.

        Terms of all languages count as they are, those of one against its best passage.
        """
        terms = self.query.terms
        found = terms.found[self.language]
        everywhere, added = found.scores(rows)
        attainable, least = found.attainable(terms.shares), self._least_of_names
        columns = {role: np.zeros(len(everywhere)) for role in _COUNTED}
        missing, named = np.zeros(len(everywhere)), np.full(len(everywhere), bool(least))
        for number, scores in enumerate(added):
            role = terms.roles[number] if number < len(terms.roles) else TermRole.GLOSSES
            if role in columns:
                columns[role] += scores
            if number < len(terms.sure) and terms.sure[number]:
                missing += attainable[number] - scores
            if number in least:
                named &= scores >= least[number]
        drawing = sum((columns[role] for role in _DRAWING), start=np.zeros(len(everywhere)))
        shared = self._shared(columns)
        columns[TermRole.WORDS] = columns[TermRole.WORDS] - _EXPECTED * columns[TermRole.WORDS].max(initial=0.0)
        by_name = {str(role): column for role, column in columns.items()} | {"missing": missing, "shared": shared}
        typed = {name: column.astype(np.float32) for name, column in by_name.items()}
        return TermScores(everywhere, drawing, typed, named)

    @property
    def _least_of_names(self) -> dict[int, float]:
        """The least that each name which tells who is meant adds where a passage has it, by group.

        Empty where there is no such name, or no passage has one of them.
        """
        weights = self.query.terms.found[self.language].weights
        least = {
            name: _WHOLE_NAME * max(weights[name], default=0.0) for name in self.query.terms.telling_names.tolist()
        }
        return least if all(least.values()) else {}

    def _shared(self, columns: Mapping[TermRole, NDArray[np.float64]]) -> NDArray[np.float64]:
        """The query's words that each of n rows has, or translations of them, in nats `(n,)`.

        With the fourth power of their share of the query, its numbers, dates and names count as words.
        """
        telling = columns[TermRole.NUMBERS] + columns[TermRole.DATES] + columns[TermRole.NAMES]
        of_word = _PAIR if self.language is Language.ZH else 1.0
        words = of_word * columns[TermRole.WORDS] + columns[TermRole.GLOSSES]
        shared: NDArray[np.float64] = words + self.query.terms.focus**4 * telling
        return shared

    def best_sentences(self, rows: Rows) -> list[tuple[tuple[int, int], float] | None]:
        """The span of the sentence in each passage's text that answers best, and how far it falls short of the whole.

        By tokens where there are some: on XQuAD-R they name the sentence with the answer oftener than embeddings do.
        The shortfall counts deviations; None where there is no sentence.
        """
        sentences, offsets = self.pool.sentences.sentences_of(rows)
        if self.pool.tokens is None or self.query_tokens is None:
            scores = sentences.embeddings @ self._centred_for_sentences
            wholes, deviation = None, self._sentence_moments[1]
        else:
            owners = np.repeat(rows, np.diff(offsets))
            scores = self.pool.tokens.part_scores(self.query_tokens, owners, sentences.tokens)
            wholes, deviation = self.pool.tokens.scores(self.query_tokens, rows), self._token_moments[0].variance ** 0.5
        found: list[tuple[tuple[int, int], float] | None] = []
        for number, (first, end) in enumerate(pairwise(offsets.tolist())):
            if first == end:
                found.append(None)
                continue
            best = first + int(np.argmax(scores[first:end]))
            whole = scores[best] if wholes is None else wholes[number]
            start, stop = sentences.spans[best].tolist()
            found.append(((start, stop), max(float(whole - scores[best]), 0.0) / deviation))
        return found

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
    def _token_moments(self) -> tuple[TokenMoments, TokenMoments]:
        tokens, asked = self.pool.tokens, self.query_tokens
        assert tokens is not None  # noqa: S101 - asked for only where there are some
        assert asked is not None  # noqa: S101
        return tokens.moments(asked, self.dense_of(self.pool.sample_vectors @ self.centred))
