"""Limits that refuse requests before any work: bodies that are too large, and more searches than may wait."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from service.http.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from starlette.requests import HTTPConnection
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LIMIT = "haihe.waiting_limit"
_INTERFACE = "/v1/"
_TOO_MANY = "Too many searches are waiting. Try again in a moment."
_LATER = {"Retry-After": "1"}


class BodyLimit:
    """Answers 413 to a request whose body is larger than `most` bytes, declared or sent."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.most:
            await self._refusal()(scope, receive, send)
            return
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._detail())
            return message

        await self.app(scope, limited, send)

    def _detail(self) -> str:
        return f"The body is larger than the {self.most} bytes that are read. Send a shorter query."

    def _refusal(self) -> ASGIApp:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._detail())


class WaitingLimit:
    """Answers 503 with `Retry-After` when `most` searches are being worked on, instead of slowing everybody.

    Each request of the interface counts as one. Pages and their files don't count: they ask nothing of the index.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request."""
        if scope["type"] != "http" or not scope["path"].startswith(_INTERFACE):  # what a page asks counts by itself
            await self.app(scope, receive, send)
            return
        if self.now >= self.most:
            refusal = problem(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MANY, headers=_LATER)
            await refusal(scope, receive, send)
            return
        with self.counting(1):
            await self.app({**scope, _LIMIT: self}, receive, send)

    @contextmanager
    def counting(self, more: int) -> Iterator[None]:
        """Count so many more searches.

        Raises:
            HTTPException: they would be too many.
        """
        if self.now + more > self.most:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MANY, _LATER)
        self.now += more
        try:
            yield
        finally:
            self.now -= more


def counted_as(searches: int, connection: HTTPConnection) -> AbstractContextManager[None]:
    """While a request is worked on, it counts as so many searches instead of one; as `most`, where it has more.

    Raises:
        HTTPException: they would be too many.
    """
    limit: WaitingLimit = connection.scope[_LIMIT]
    return limit.counting(min(searches, limit.most) - 1)
