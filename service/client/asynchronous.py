"""The client for asyncio: the same methods, to be awaited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar, Unpack

import httpx2 as httpx
from tenacity import AsyncRetrying

from service.client.calls import BATCH, batch_calls, document_call, overview_call, ready_call, search_call, similar_call
from service.client.errors import ClientError
from service.client.retries import Retries, may_pass, until_ready
from service.client.wire import answer_of, options_of, unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from types import TracebackType

    from service.client.calls import Call, Options, Search
    from service.client.hits import Answer, Similar
    from service.client.records import Article, Hit, Overview

A = TypeVar("A")


class AsyncClient:
    """`Client` for asyncio: the same arguments, the same answers, the same errors.

    Args:
        url: where the service is; `HAIHE_URL` where it is left out, then http://127.0.0.1:8000.
        token: sent as `Authorization: Bearer …`; `HAIHE_TOKEN` where it is left out.
        timeout: seconds that one attempt may take.
        retries: how often and how patiently a request is sent again.
        transport: another way to the service than the network, such as `httpx2.ASGITransport` to an app.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        timeout: float = 30.0,
        retries: Retries | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(**options_of(url, token, timeout), transport=transport)
        self._retries = retries or Retries()

    async def search(self, query: str, **options: Unpack[Options]) -> Answer:
        """Search like `Client.search`."""
        return await self._answer(search_call(query, options))

    async def search_many(
        self, searches: Iterable[str | Search], *, batch: int = BATCH, **options: Unpack[Options]
    ) -> list[Answer]:
        """Search like `Client.search_many`; one request after the other, to leave the service to others too."""
        answers: list[Answer] = []
        for call in batch_calls(searches, options, batch):
            answers += (await self._answer(call)).answers
        return answers

    async def pages(self, query: str, **options: Unpack[Options]) -> AsyncIterator[Answer]:
        """Turn pages like `Client.pages`, for `async for`."""
        at = options.get("offset", 0)
        while page := (await self.search(query, **(options | {"offset": at}))).relevant(at):
            yield page
            at += len(page)

    async def hits(self, query: str, **options: Unpack[Options]) -> AsyncIterator[Hit]:
        """Yield hits like `Client.hits`, for `async for`."""
        async for page in self.pages(query, **options):
            for hit in page:
                yield hit

    async def document(self, document_id: str) -> Article:
        """Read like `Client.document`."""
        return await self._answer(document_call(document_id))

    async def similar(self, identifier: str, k: int = 10) -> Similar:
        """Find what is similar like `Client.similar`."""
        return await self._answer(similar_call(identifier, k))

    async def overview(self) -> Overview:
        """Ask like `Client.overview`."""
        return await self._answer(overview_call())

    async def ready(self) -> bool:
        """Ask like `Client.ready`."""
        try:
            await self._send(ready_call())
        except ClientError as error:
            if may_pass(error):
                return False
            raise
        return True

    async def wait_until_ready(self, seconds: float = 60.0) -> None:
        """Wait like `Client.wait_until_ready`."""
        await AsyncRetrying(**until_ready(seconds))(self._send, ready_call())

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._http.base_url}>"

    async def _answer(self, call: Call[A]) -> A:
        return await self._retries.retrying_async()(self._send, call)

    async def _send(self, call: Call[A]) -> A:
        try:
            response = await self._http.request(call.method, call.path, content=call.content, headers=call.headers)
        except httpx.HTTPError as error:
            raise unreachable(error, self._http.base_url) from error
        return answer_of(call, response)
