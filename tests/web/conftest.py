"""A real Chromium, and the service with a small index, for tests of what browsers show.

They need `pip install -e '.[test,browser]'` and a Chromium, which `HAIHE_CHROMIUM` may name. Where it is missing they are
skipped, unless `CI` is set: there they must run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from checks import wait_until
from corpus import write_corpus
from watching import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a browser is marked so, and stays out of the usual run."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as an index."""
    folder = tmp_path_factory.mktemp("page")
    write_corpus(folder)
    index = folder / "index"
    ended = _command("index", str(folder / "articles.jsonl"), "--index", str(index))
    assert ended.returncode == 0, ended.stderr
    return index


@pytest.fixture(scope="session")
def site(index: Path) -> Iterator[str]:
    """The address of a running `haihe serve`."""
    with _serving(index) as url:
        yield url


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Callable[..., Watched]]:
    """Opens the page at a path; at the end of the test nothing may have gone wrong in it.

    Options are those of a browser's context: `locale`, `color_scheme`, `viewport`, `permissions`.
    """
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def opened(path: str = "/", **options: object) -> Watched:
        context = chromium.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        watched = Watched(context.new_page(), site)
        pages.append(watched)
        watched.open(path)
        return watched

    yield opened
    for watched in pages:
        watched.assert_clean()
    for context in contexts:
        context.close()


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_HAIHE, *arguments], capture_output=True, text=True, env=_environment(), timeout=300, check=False
    )


@contextmanager
def _serving(index: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [*_HAIHE, "serve", "--index", str(index), "--port", "0"], stderr=subprocess.PIPE, text=True, env=_environment()
    )
    try:
        url = re.search(r"http://[\d.]+:\d+", process.stderr.readline())[0]
        wait_until(lambda: _is_ready(url), 120)
        httpx.get(f"{url}/v1/index", timeout=120).raise_for_status()  # made once, which no test should wait for
        yield url
    finally:
        process.kill()
        process.communicate()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False


_HAIHE = (sys.executable, "-c", "from service.command import main; main()")


def _environment() -> dict[str, str]:
    """The user's own cache has the model; settings of the user are none of the test's."""
    cache = os.environ.get("HAIHE_CACHE")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HAIHE_")}
    return {**environment, **({"HAIHE_CACHE": cache} if cache else {})}
