"""From the text of a query to what it is ranked by: taken apart, encoded, looked up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import Glossary, Language, QueryTokens, TokenEncoder, WordFilter
from service.records import RankingMethod
from service.search.fusion import DENSE_ALONE, fusion_of
from service.search.query.encoder import QueryEncoder
from service.search.query.pool_query import PoolQuery
from service.search.query.question import Question, QuestionTerms
from service.search.scorer import Scorer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Encoder, SecondEncoder, Snapshot
    from service.search.fusion import Fusion
    from service.search.query.encoder import EncodedQuery


@dataclass(frozen=True, slots=True, eq=False)
class PreparedQuery:
    """A query's text, encoded and looked up: all that ranking it takes, whatever the filters. Threads may share it.

    Attributes:
        question: the text, taken apart.
        terms: what it mentions.
        scorers: by language, what says something of its passages.
        filters: by language, which passages have its exact words and none that it excludes; empty where it has neither.
    """

    question: Question
    terms: QuestionTerms
    scorers: Mapping[Language, Scorer]
    filters: Mapping[Language, WordFilter]

    @property
    def embedding(self) -> NDArray[np.float32]:
        """The encoder's own embedding `(d,)`."""
        return self.scorers[self.question.language].asked.encoded.embedding

    def fusion_for(self, method: RankingMethod) -> Fusion:
        """The fusion of the signals that index and query have, as far as a method ranks by them."""
        if method is RankingMethod.PLAIN:
            return fusion_of(DENSE_ALONE)
        return fusion_of(frozenset.intersection(*(scorer.signals for scorer in self.scorers.values())))


class Preparation:
    """Prepares queries for the passages of a snapshot. Safe to use from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        second: SecondEncoder | None,
        *,
        late_interaction: bool,
        query_cache: int,
    ) -> None:
        self._snapshot = snapshot
        self._tokens = snapshot.token_reference if late_interaction and isinstance(encoder, TokenEncoder) else None
        self._queries = QueryEncoder(
            encoder, with_tokens=self._tokens is not None, second=second, remembered_bytes=query_cache
        )
        self._glossary = Glossary.open()  # the last that may fail: nothing is left open then
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="terms")  # starts when it is needed

    def close(self) -> None:
        """End the threads, and let go of the dictionary."""
        self._queries.close()
        self._beside.shutdown()
        self._glossary.close()

    def prepare(self, texts: Sequence[str]) -> list[PreparedQuery]:
        """Encode texts, many at once, and look up their terms meanwhile.

        Raises:
            EncoderError: a text is longer than the encoder reads.
        """
        questions = [Question.of(text) for text in texts]
        terms = [self._beside.submit(self._terms, question) for question in questions]
        encoded = self._queries.encode([question.text for question in questions])
        return [
            self._prepared(question, of_question, its_terms.result())
            for question, of_question, its_terms in zip(questions, encoded, terms, strict=True)
        ]

    def _terms(self, question: Question) -> QuestionTerms:
        """A question's terms: looked up while it is encoded, which leaves the interpreter idle."""
        indexes = {language: pool.terms for language, pool in self._snapshot.pools.items()}
        return QuestionTerms.of(question.text, question.language, indexes, self._glossary)

    def _prepared(self, question: Question, encoded: EncodedQuery, terms: QuestionTerms) -> PreparedQuery:
        pools, attenuation = self._snapshot.pools, self._snapshot.attenuation
        tokens = self._query_tokens(question, encoded)
        scorers = {
            language: Scorer.of(PoolQuery(language, pools, question, encoded, terms, tokens, attenuation))
            for language in Language
        }
        return PreparedQuery(question, terms, scorers, self._filters(question, scorers))

    def _query_tokens(self, question: Question, encoded: EncodedQuery) -> QueryTokens | None:
        if self._tokens is None:
            return None
        centred = self._tokens.spaces[question.language].centre_query(encoded.tokens)
        return QueryTokens(centred, self._tokens.quantizer)

    def _filters(self, question: Question, scorers: Mapping[Language, Scorer]) -> dict[Language, WordFilter]:
        """The filters of a question's exact and excluded words; none where it has none."""
        if not question.phrases and not question.excluded:
            return {}
        words = question.phrases, question.excluded
        return {
            language: WordFilter(self._snapshot, language, *words, scorer.likeliest)
            for language, scorer in scorers.items()
        }
