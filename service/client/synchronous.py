"""The client for programs and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar, Unpack

import httpx2 as httpx
from tenacity import Retrying

from service.client.calls import (
    BATCH,
    batch_calls,
    document_call,
    overview_call,
    ready_call,
    search_call,
    similar_call,
)
from service.client.errors import ClientError
from service.client.retries import Retries, may_pass, until_ready
from service.client.wire import answer_of, options_of, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from service.client.calls import Call, Options, Search
    from service.client.hits import Answer, Similar
    from service.client.records import Article, Hit, Overview

A = TypeVar("A")


class Client:
    """Asks a running haihe. Safe to use from several threads; close it, or use it in a `with` block.

    Args:
        url: where the service is; `HAIHE_URL` where it is left out, then http://127.0.0.1:8000.
        token: sent as `Authorization: Bearer …`; `HAIHE_TOKEN` where it is left out.
        timeout: seconds that one attempt may take.
        retries: how often and how patiently a request is sent again.
        transport: another way to the service than the network, for tests.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        timeout: float = 30.0,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(**options_of(url, token, timeout), transport=transport)
        self._retries = retries or Retries()

    def search(self, query: str, **options: Unpack[Options]) -> Answer:
        """Passages of both languages that answer a question in either, best first.

        Args:
            query: the question, in Chinese or English. `"exact words"` in straight quotes must appear; `-word` and
                `-"exact words"` leave out what has them. `answer.query.note` tells what is wrong with the question.
            **options: see `Options`; for example `k=5, languages="en", published_from="2023-01-01"`.

        Raises:
            ClientError: there is no answer; the message says why, and what to do.
        """
        return self._answer(search_call(query, options))

    def search_many(
        self, searches: Iterable[str | Search], *, batch: int = BATCH, **options: Unpack[Options]
    ) -> list[Answer]:
        """The answers to many questions, in their order, with few requests.

        Args:
            searches: questions, or mappings of a `query` and options of its own.
            batch: how many go into one request at most; a service takes 32 unless its operator says otherwise.
            **options: of all questions that have none of their own.

        Raises:
            ClientError: one of them can't be answered; the message says which, and why.
        """
        return [answer for call in batch_calls(searches, options, batch) for answer in self._answer(call).answers]

    def pages(self, query: str, **options: Unpack[Options]) -> Iterator[Answer]:
        """All relevant hits, `k` at a time; no page is empty.

        Raises:
            Refused: there are more than the service gives; narrow the question, its dates or its sources.
        """
        at = options.get("offset", 0)
        while page := (self.search(query, **(options | {"offset": at}))).relevant(at):
            yield page
            at += len(page)

    def hits(self, query: str, **options: Unpack[Options]) -> Iterator[Hit]:
        """All relevant hits, one after the other; pages are fetched as they are needed."""
        for page in self.pages(query, **options):
            yield from page

    def document(self, document_id: str) -> Article:
        """A whole article with its passages.

        Raises:
            NotFound: there is no such article.
        """
        return self._answer(document_call(document_id))

    def similar(self, identifier: str, k: int = 10) -> Similar:
        """The passages of both languages most like a passage, or the documents most like a document.

        Raises:
            NotFound: there is no such passage and no such document.
        """
        return self._answer(similar_call(identifier, k))

    def overview(self) -> Overview:
        """Ask for the number of articles, their days and sources, and examples of what to ask them.

        Raises:
            ClientError: there is no answer.
        """
        return self._answer(overview_call())

    def ready(self) -> bool:
        """Ask once whether the service answers searches now."""
        try:
            self._send(ready_call())
        except ClientError as error:
            if may_pass(error):
                return False
            raise
        return True

    def wait_until_ready(self, seconds: float = 60.0) -> None:
        """Come back when the service answers searches.

        Raises:
            ClientError: it still doesn't when the time is over.
        """
        Retrying(**until_ready(seconds))(self._send, ready_call())

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._http.base_url}>"

    def _answer(self, call: Call[A]) -> A:
        answer: A = self._retries.retrying()(self._send, call)  # tenacity's own types lose it
        return answer

    def _send(self, call: Call[A]) -> A:
        try:
            response = self._http.request(call.method, call.path, content=call.content, headers=call.headers)
        except httpx.HTTPError as error:
            raise unreachable(error, self._http.base_url) from error
        return answer_of(call, response)
