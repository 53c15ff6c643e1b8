"""The sources of answers: an index that is opened here, or a server."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from indexer import EncoderError, HaiheError
from service.http.schemas import ArticleOut, HitOut, IndexOut, SearchResponse, SimilarResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from service.client import Client
    from service.client.calls import Options, Search
    from service.http.schemas import SearchRequest
    from service.search.prepared import PreparedQuery
    from service.search.searcher import Searcher

BATCH = 32
"""Queries that are encoded at once."""

A = TypeVar("A")


class NotAnswered(HaiheError):  # noqa: N818 - reads as what it is
    """A server gave no answer; the message says why."""


class UnknownId(HaiheError):  # noqa: N818
    """There is no such article or passage."""


class Answerer(Protocol):
    """A source of answers."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """The answer to a request."""

    def search_many(self, requests: Iterable[SearchRequest]) -> Iterator[SearchResponse]:
        """The answers to many, in their order, as they come."""

    def article(self, document_id: str) -> ArticleOut:
        """A whole article."""

    def similar(self, passage_id: str, k: int) -> SimilarResponse:
        """The passages most like a passage."""

    def close(self) -> None:
        """Let go of what was opened."""


class IndexHere:
    """An index that is opened in this process."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def search(self, request: SearchRequest) -> SearchResponse:
        """The answer to a request."""
        began = time.perf_counter()
        (prepared,) = self._searcher.prepare([request.query])
        return self._answer(request, prepared, began)

    def search_many(self, requests: Iterable[SearchRequest]) -> Iterator[SearchResponse]:
        """The answers to many; queries are encoded in batches, and those of a batch share the time it took."""
        waiting = iter(requests)
        while batch := list(islice(waiting, BATCH)):
            began = time.perf_counter()
            asked = self._prepared([request.query for request in batch])
            shared = (time.perf_counter() - began) / len(batch)
            for request, query in zip(batch, asked, strict=True):
                yield self._answer(request, query, time.perf_counter() - shared)

    def article(self, document_id: str) -> ArticleOut:
        """A whole article."""
        document_and_passages = self._searcher.document(document_id)
        if document_and_passages is None:
            raise UnknownId(f"No document has the id {document_id!r}.")
        return ArticleOut.with_passages(*document_and_passages, self._searcher.counterparts(document_id))

    def similar(self, passage_id: str, k: int) -> SimilarResponse:
        """The passages most like a passage."""
        hits = self._searcher.similar(passage_id, k)
        if hits is None:
            raise UnknownId(f"No passage has the id {passage_id!r}.")
        index = IndexOut.of(self._searcher.snapshot.manifest)
        return SimilarResponse(hits=[HitOut.of(hit) for hit in hits], index=index)

    def close(self) -> None:
        """Close the index."""
        self._searcher.close()

    def _answer(self, request: SearchRequest, prepared: PreparedQuery, began: float) -> SearchResponse:
        query = request.to_query()
        answer = self._searcher.answer(query, prepared)
        took_ms = 1000 * (time.perf_counter() - began)
        return SearchResponse.of(query, answer, self._searcher.snapshot.manifest, took_ms)

    def _prepared(self, texts: Sequence[str]) -> list[PreparedQuery]:
        try:
            return self._searcher.prepare(texts)
        except EncoderError:
            for text in texts:
                self._ask_alone(text)
            raise

    def _ask_alone(self, text: str) -> None:
        """Find the query that can't be encoded."""
        try:
            self._searcher.prepare([text])
        except EncoderError as error:
            raise EncoderError(f"“{text[:60]}…”: {error}") from None


class Server:
    """A server that is asked over HTTP."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def search(self, request: SearchRequest) -> SearchResponse:
        """The answer to a request."""
        options = request.model_dump(mode="json", exclude={"query"}, exclude_none=True)
        answer = _sent(lambda: self._client.search(request.query, **cast("Options", options)))
        return SearchResponse.model_validate(asdict(answer))

    def search_many(self, requests: Iterable[SearchRequest]) -> Iterator[SearchResponse]:
        """The answers to many, in batches."""
        waiting = iter(requests)
        while batch := list(islice(waiting, BATCH)):
            answers = _sent(partial(self._client.search_many, [_sendable(request) for request in batch]))
            yield from (SearchResponse.model_validate(asdict(answer)) for answer in answers)

    def article(self, document_id: str) -> ArticleOut:
        """A whole article."""
        return ArticleOut.model_validate(asdict(_sent(lambda: self._client.document(document_id))))

    def similar(self, passage_id: str, k: int) -> SimilarResponse:
        """The passages most like a passage."""
        return SimilarResponse.model_validate(asdict(_sent(lambda: self._client.similar(passage_id, k))))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _sendable(request: SearchRequest) -> Search:
    return cast("Search", request.model_dump(mode="json", exclude_none=True))


def _sent(ask: Callable[[], A]) -> A:
    from service.client import ClientError

    try:
        return ask()
    except ClientError as error:
        raise NotAnswered(str(error)) from error
