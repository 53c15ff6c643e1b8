"""The errors that a client raises, as one tree. Each message says what happened and what to do.

ClientError
├── Unreachable         no connection, or no answer in time
├── UnexpectedAnswer    an answer, but not one of haihe's
└── ProblemError        haihe answered with a problem (RFC 9457)
    ├── Denied          401, 403
    ├── NotFound        404
    ├── TooMany         429
    ├── Refused         every other 4xx
    ├── Unavailable     503; 502 and 504 of a proxy before it
    └── Failed          every other 5xx
"""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar


class ClientError(Exception):
    """Whatever goes wrong between a client and its service."""


class Unreachable(ClientError):  # noqa: N818 - reads as what it is
    """There is no connection, or there was no answer in time."""


class UnexpectedAnswer(ClientError):  # noqa: N818
    """Something answered, but not as haihe does: another program, a proxy, or another version."""


class ProblemError(ClientError):
    """The service answered with a problem.

    Attributes:
        status: of HTTP.
        detail: the service's own words.
        errors: which fields are wrong, and why, as (field, message).
        retry_after: in how many seconds the service wants to be asked again; None where it doesn't say.
    """

    advice: ClassVar[str] = ""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: tuple[tuple[str, str], ...] = (),
        retry_after: float | None = None,
    ) -> None:
        pause = f"It wants to be asked again in {retry_after:.0f} s." if retry_after else ""
        super().__init__(" ".join(part for part in (f"{status}: {detail}", self.advice, pause) if part))
        self.status = status
        self.detail = detail
        self.errors = errors
        self.retry_after = retry_after


class Denied(ProblemError):  # noqa: N818
    """The service wants a token, or another one."""

    advice = "Give the client a token that the service knows: Client(url, token=…) or HAIHE_TOKEN."


class NotFound(ProblemError):  # noqa: N818
    """There is no such document or passage."""

    advice = "Take ids from hits; another index has other ids."


class Refused(ProblemError):  # noqa: N818
    """The request is wrong, or over a bound of the service. Asking again doesn't help."""

    advice = "Change the request and ask again."


class TooMany(ProblemError):  # noqa: N818
    """The service takes fewer requests of one client."""

    advice = "Ask less often."


class Unavailable(ProblemError):  # noqa: N818
    """The service is loading, has too much to do, or isn't reached by the proxy before it."""

    advice = "Wait until client.ready(), or ask less at once."


class Failed(ProblemError):  # noqa: N818
    """The service failed at the request."""

    advice = "Its log says why."


_CLASSES: dict[int, type[ProblemError]] = {
    HTTPStatus.UNAUTHORIZED: Denied,
    HTTPStatus.FORBIDDEN: Denied,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.TOO_MANY_REQUESTS: TooMany,
    HTTPStatus.BAD_GATEWAY: Unavailable,
    HTTPStatus.SERVICE_UNAVAILABLE: Unavailable,
    HTTPStatus.GATEWAY_TIMEOUT: Unavailable,
}


def class_of(status: int) -> type[ProblemError]:
    """The error that a status of HTTP is."""
    return _CLASSES.get(status, Refused if status < HTTPStatus.INTERNAL_SERVER_ERROR else Failed)
