"""Requests, and how their answers are read: the same for both clients. Pure, it opens no connection."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Literal, Required, TypedDict, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from service.client.errors import UnexpectedAnswer
from service.client.hits import Answer, Similar
from service.client.records import Article, Language, Overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

A = TypeVar("A")

BATCH = 32
"""As many searches as a service takes at once, unless its operator sets another number."""
_BATCH_BYTES = 60_000
"""A little less than the body that a service reads."""


class Options(TypedDict, total=False):
    """The passages that may answer, and the form of the hits. What is left out is as the service has it."""

    k: int
    """How many hits; 10."""
    offset: int
    """How many hits to pass over first; 0."""
    sort: Literal["relevance", "published"]
    """Best first, or newest first among the relevant."""
    languages: Language | Sequence[Language]
    """Languages of the passages to find; both."""
    sources: str | Sequence[str]
    """Only articles of these sources."""
    published_from: dt.date | str
    """Only articles of this day or later."""
    published_to: dt.date | str
    """Only articles of this day or earlier."""
    group_by: Literal["passage", "document"]
    """What a hit is: a passage, or a document with its best one."""
    min_score: float
    """Only hits with at least this score, from 0 to 1."""
    ranking: Literal["fair", "plain"]
    """`plain` is there to compare."""
    explain: bool
    """Say what each signal gave."""


class Search(Options):
    """A question with options of its own, one of many."""

    query: Required[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers to several searches, in their order."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the service: ok where it lives, ready where it answers."""

    status: str


@dataclass(frozen=True, slots=True)
class Call(Generic[A]):
    """One request, and the type that its answer has."""

    method: str
    path: str
    answer: type[A]
    content: bytes | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell HTTP of the content."""
        return {"Content-Type": "application/json"} if self.content is not None else {}

    def read(self, body: bytes) -> A:
        """The answer in a body of JSON.

        Raises:
            UnexpectedAnswer: it isn't one.
        """
        try:
            answer: A = _reader(self.answer).validate_json(body)  # type: ignore[arg-type]  # a class is hashable
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the body"
            raise UnexpectedAnswer(
                f"{self.path}: this isn't an answer of haihe ({place}: {first['msg']}). Is the address right, and is "
                "the service of the client's version?"
            ) from error
        return answer


def search_call(query: str, options: Mapping[str, Any]) -> Call[Answer]:
    """Search."""
    return Call("POST", "/v1/search", Answer, _json(_body(query, options)))


def batch_calls(searches: Iterable[str | Search], options: Mapping[str, Any], most: int) -> Iterator[Call[Batch]]:
    """Many searches, at most `most` to a request and few enough that the service reads its body."""
    waiting: list[bytes] = []
    for search in searches:
        body = _json(_body(**_parts(search, options)))
        if waiting and (len(waiting) >= most or sum(map(len, waiting)) + len(body) > _BATCH_BYTES):
            yield _batch_call(waiting)
            waiting = []
        waiting.append(body)
    if waiting:
        yield _batch_call(waiting)


def document_call(document_id: str) -> Call[Article]:
    """Read an article."""
    return Call("GET", f"/v1/documents/{_segments(document_id)}", Article)


def similar_call(identifier: str, k: int) -> Call[Similar]:
    """More like a passage or a document."""
    return Call("GET", f"/v1/similar/{_segments(identifier)}?k={k}", Similar)


def overview_call() -> Call[Overview]:
    """The call for what there is to search."""
    return Call("GET", "/v1/index", Overview)


def ready_call() -> Call[Status]:
    """Is the service ready?"""
    return Call("GET", "/readyz", Status)


def _batch_call(bodies: Sequence[bytes]) -> Call[Batch]:
    return Call("POST", "/v1/search:batch", Batch, b'{"searches":[' + b",".join(bodies) + b"]}")


def _parts(search: str | Search, options: Mapping[str, Any]) -> dict[str, Any]:
    """A search's question, and its own options before those of all."""
    own: dict[str, Any] = {"query": search} if isinstance(search, str) else dict(search)
    return {"query": own.pop("query"), "options": {**options, **own}}


def _body(query: str, options: Mapping[str, Any]) -> dict[str, Any]:
    return {"query": query} | {name: _plain(name, value) for name, value in options.items() if value is not None}


def _plain(name: str, value: object) -> object:
    """A value as JSON has it; one language or source stands for a list of one."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if name in {"languages", "sources"}:
        return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]  # as Options says
    return value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _segments(identifier: str) -> str:
    """An id as part of a path: its slashes stay, and a segment of dots isn't taken for a step upwards."""
    return "/".join(
        segment.replace(".", "%2E") if segment in {".", ".."} else quote(segment, safe="")
        for segment in identifier.split("/")
    )


@cache
def _reader(answer: type[A]) -> TypeAdapter[A]:
    return TypeAdapter(answer)
