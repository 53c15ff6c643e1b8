"""When a request is sent again: the service is loading or overloaded, can't be reached, or doesn't answer in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenacity import (
    AsyncRetrying,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_fixed,
    wait_random_exponential,
)

from service.client.errors import Unavailable, Unreachable

if TYPE_CHECKING:
    from typing import Any

    from tenacity import RetryCallState

_POLL = 0.2


@dataclass(frozen=True, slots=True)
class Retries:
    """The number of attempts and the patience between them. All requests may be sent again: none changes anything.

    Attributes:
        attempts: how often a request is sent at most; 1 never sends it again.
        first_wait: seconds before the second attempt, at most. They double each time, and chance takes some away, so
            that many clients don't come back together (https://aws.amazon.com/builders-library/).
        longest_wait: a service that asks for a longer pause than this gets none: the error is raised at once.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 8.0

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}: a request is sent once at least. Give 1 or more.")

    def retrying(self) -> Retrying:
        """For one request."""
        return Retrying(**self._how())

    def retrying_async(self) -> AsyncRetrying:
        """For one request, in asyncio."""
        return AsyncRetrying(**self._how())

    def _how(self) -> dict[str, Any]:
        return {
            "stop": stop_after_attempt(self.attempts),
            "wait": self._wait,
            "retry": retry_if_exception(self._may_pass),
            "reraise": True,
        }

    def _wait(self, state: RetryCallState) -> float:
        asked = _retry_after(state.outcome.exception() if state.outcome else None)
        backoff = wait_random_exponential(multiplier=self.first_wait, max=self.longest_wait)
        return backoff(state) if asked is None else asked

    def _may_pass(self, error: BaseException) -> bool:
        return may_pass(error) and (_retry_after(error) or 0) <= self.longest_wait


def until_ready(seconds: float) -> dict[str, Any]:
    """Arguments for tenacity that ask until a service is ready or the time is over."""
    return {
        "stop": stop_after_delay(seconds),
        "wait": wait_fixed(_POLL),
        "retry": retry_if_exception(may_pass),
        "reraise": True,
    }


def may_pass(error: BaseException) -> bool:
    """Tell an error after which the same request may be answered a little later."""
    return isinstance(error, Unreachable | Unavailable)


def _retry_after(error: BaseException | None) -> float | None:
    return error.retry_after if isinstance(error, Unavailable) else None
