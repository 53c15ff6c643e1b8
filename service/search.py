"""The whole read path, top to bottom."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import Language, load_encoder, open_snapshot, query_language
from service.ranking import merge, to_unit_interval
from service.records import Hit, RankingMethod
from service.retrieval import EncodedQuery, FairRetriever, PlainRetriever

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer import Document, Encoder, Passage, Snapshot
    from service.records import Query, Ranking
    from service.retrieval import Retriever


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query, and the language it was taken to be in."""

    language: Language
    hits: tuple[Hit, ...]


class Searcher:
    """Answers queries from a snapshot with the encoder that made it. Safe to use from several threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        snapshot.check_encoder(encoder)
        self.snapshot = snapshot
        self._encoder = encoder
        self._encoding = threading.Lock()  # one text at a time: the model uses all cores by itself
        ids = {language: snapshot.passage_ids(language) for language in Language}
        self._retrievers: dict[RankingMethod, dict[Language, Retriever]] = {
            RankingMethod.FAIR: {
                language: FairRetriever(language, snapshot.indexes[language], snapshot.spaces[language], ids[language])
                for language in Language
            },
            RankingMethod.PLAIN: {
                language: PlainRetriever(language, snapshot.embeddings, ids[language]) for language in Language
            },
        }

    @classmethod
    def open(cls, directory: Path, *, announce: Callable[[str], None] = lambda _: None) -> Searcher:
        """Open an index and load the encoder that its manifest names.

        Raises:
            SnapshotError: the index is missing, damaged, or was made by another encoder.
            EncoderError: its encoder can't be loaded.
        """
        snapshot = open_snapshot(directory)
        return cls(snapshot, load_encoder(snapshot.manifest.encoder.model, announce=announce))

    def search(self, query: Query) -> Answer:
        """Answer a query.

        Raises:
            EncoderError: its text is longer than the encoder reads.
        """
        with self._encoding:
            embedding = self._encoder.encode_queries([query.text])[0]
        ranking = self.rank(query, embedding)
        return Answer(query_language(query.text), self._hits(ranking[query.offset :], first_rank=query.offset + 1))

    def rank(self, query: Query, embedding: NDArray[np.float32]) -> Ranking:
        """The first `offset + k` candidates of all languages for a query's embedding `(d,)`."""
        depth = query.offset + query.k
        encoded = self._encoded(query.text, embedding)
        retrievers = self._retrievers[query.ranking]
        rankings = [
            retrievers[language].retrieve(encoded, depth, self._rows(language, query)) for language in query.languages
        ]
        return merge(rankings, depth)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeddings `(n, d)` of many queries at once."""
        with self._encoding:
            return self._encoder.encode_queries(texts)

    def document(self, document_id: str) -> tuple[Document, list[Passage]] | None:
        """A document with its passages."""
        document = self.snapshot.document(document_id)
        return (document, self.snapshot.passages_of(document_id)) if document else None

    def _encoded(self, text: str, embedding: NDArray[np.float32]) -> EncodedQuery:
        own_space = self.snapshot.spaces[query_language(text)]
        return EncodedQuery(embedding, own_space.centre_query(embedding))

    def _rows(self, language: Language, query: Query) -> NDArray[np.int64] | None:
        return self.snapshot.rows(language, query.wanted) if query.wanted else None

    def _hits(self, ranking: Ranking, *, first_rank: int) -> tuple[Hit, ...]:
        passages: dict[str, Passage] = {}
        for language in Language:
            rows = [candidate.row for candidate in ranking if candidate.language == language]
            passages |= {passage.id: passage for passage in self.snapshot.passages_at(language, rows)}
        documents = {passage.document_id: self.snapshot.document(passage.document_id) for passage in passages.values()}
        hits = []
        for rank, candidate in enumerate(ranking, start=first_rank):
            passage = passages[candidate.id]
            document = documents[passage.document_id]
            assert document is not None  # noqa: S101 - the snapshot's foreign key
            hits.append(Hit(rank, to_unit_interval(candidate.score), passage, document))
        return tuple(hits)
