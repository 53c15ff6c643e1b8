"""The service's address, and the meaning of its responses."""

from __future__ import annotations

import datetime as dt
import json
import os
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2 as httpx

from service.client.errors import UnexpectedAnswer, Unreachable, class_of

if TYPE_CHECKING:
    from service.client.calls import Call

A = TypeVar("A")

_URL = "http://127.0.0.1:8000"
_PROBLEM = "application/problem+json"
_GATEWAYS = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}


def options_of(url: str | None, token: str | None, timeout: float) -> dict[str, Any]:
    """The arguments that both kinds of httpx's clients are made with.

    Args:
        url: `HAIHE_URL` where it is left out, then this machine's port 8000.
        token: `HAIHE_TOKEN` where it is left out, then none.
        timeout: seconds.
    """
    address = _checked(url or os.environ.get("HAIHE_URL") or _URL)
    token = token or os.environ.get("HAIHE_TOKEN")
    return {
        "base_url": address,
        "headers": {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
        "timeout": timeout,
        "trust_env": not _is_loopback(address.host),  # a proxy can't reach this machine's own services
    }


def answer_of(call: Call[A], response: httpx.Response) -> A:
    """The answer in a response.

    Raises:
        ProblemError: the service answered with a problem.
        UnexpectedAnswer: it isn't haihe that answered.
    """
    if response.status_code == HTTPStatus.OK:
        return call.read(response.content)
    problem = _problem(response)
    if problem is None:
        raise UnexpectedAnswer(_what_answered(response))
    errors = tuple((str(detail.get("field")), str(detail.get("message"))) for detail in problem.get("errors") or ())
    raise class_of(response.status_code)(
        response.status_code,
        str(problem.get("detail") or response.reason_phrase),
        errors=errors,
        retry_after=_seconds(response.headers.get("Retry-After")),
    )


def unreachable(error: httpx.HTTPError, url: httpx.URL) -> Unreachable:
    """Why there was no answer, and what to do."""
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(f"{url}: no answer in time. Ask for less at once, or give Client(timeout=…) more seconds.")
    reason = str(error) or type(error).__name__
    return Unreachable(f"{url}: no connection ({reason}). Is it running? Start it with: haihe serve --index DIR")


def _checked(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    if address.scheme not in {"http", "https"} or not address.host:
        raise ValueError(f"{url!r} is no address of a service. Give one like {_URL}")
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _problem(response: httpx.Response) -> dict[str, Any] | None:
    """The problem in a response; what a proxy says of a service that it doesn't reach counts as one."""
    if response.headers.get("Content-Type", "").startswith(_PROBLEM):
        try:
            body = json.loads(response.content)
        except ValueError:
            return None
        return body if isinstance(body, dict) else None
    return {} if response.status_code in _GATEWAYS else None


def _what_answered(response: httpx.Response) -> str:
    where, status = response.request.url, response.status_code
    if response.is_redirect:
        return f"{where}: moved to {response.headers.get('Location')}. Give the client that address."
    return f"{where}: {status} {response.reason_phrase}, which isn't an answer of haihe. Is the address right?"


def _seconds(retry_after: str | None) -> float | None:
    """`Retry-After` in seconds: a number, or a time from now on (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    now = dt.datetime.now(dt.UTC)
    return max(0.0, (when.replace(tzinfo=when.tzinfo or dt.UTC) - now).total_seconds())
