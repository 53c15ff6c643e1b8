"""What several tests say of answers of the service and of runs of the command."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Response


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


def assert_problem(response: Response, status: int) -> dict[str, Any]:
    """RFC 9457, as every error of the service; gives its fields."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in response.text
    return body


def without_time(response: Response) -> dict[str, Any]:
    """An answer without the time that it took."""
    assert response.status_code == 200, response.text
    return {key: value for key, value in response.json().items() if key != "took_ms"}


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.01)


def open_databases() -> Counter[str]:
    """The SQLite files that this process has open, each as often as it is."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("this system doesn't say which files are open")
    found: Counter[str] = Counter()
    for descriptor in list(descriptors.iterdir()):
        with suppress(OSError):  # the one that lists them is closed
            if (target := descriptor.readlink()).suffix in {".sqlite", ".terms"}:
                found[str(target)] += 1
    return found


def assert_failed(ended: Ended, *, naming: object) -> None:
    """Exit code 1, nothing on standard output, and one line on standard error that names the thing."""
    assert ended.code == 1, ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err
    sentence = ended.err.strip()
    assert len(sentence.splitlines()) == 1, ended.err
    assert str(naming) in sentence


def assert_wrong_usage(ended: Ended) -> None:
    """Exit code 2, and how it is used."""
    assert ended.code == 2, ended.err
    assert ended.out == ""
    assert "Usage:" in ended.err
    assert "Traceback" not in ended.err
