"""Fixtures of all tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
# pytest puts tests/ on the path, where tests/indexer would be taken for the package of an editable installation.
sys.path.insert(0, str(ROOT))

from fakes import FakeSecondEncoder, FakeTokenEncoder  # noqa: E402

from indexer import BUNDLED_MODEL, Precision, load_encoder, load_second_encoder  # noqa: E402
from indexer.encoding.second import SECOND_MODEL  # noqa: E402
from indexer.reference import second_spaces_of  # noqa: E402
from indexer.storage.cache_directory import cache_directory  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from indexer import Encoder, SecondEncoder

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_WHERE_TO_GET_IT = "Install Chromium (Debian: apt-get install chromium), or name it in HAIHE_CHROMIUM."

settings.register_profile(
    "haihe",
    database=None,
    deadline=None,
    derandomize=True,  # a failure in CI is the same failure at home
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the cache folder, the same for all examples
)
settings.load_profile("haihe")

_REAL_CACHE = cache_directory()


_REAL = {"real_encoder", "real_second", "float_encoder"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the real model into its own process is slow: where it isn't compiled yet, that takes a minute.

    Of the usual run, only the end-to-end test has it compiled, by the command that it starts.
    """
    for item in items:
        if _REAL & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all tests, so that nothing of a fake lands in the user's; it knows the user's model and dictionaries."""
    folder = tmp_path_factory.mktemp("cache")
    _link_model(folder)
    for kind in ("cc-cedict-*.sqlite*", "pinyin-*.tsv*", "analyzer-*.json*", f"{SECOND_MODEL}-*"):
        for made in _REAL_CACHE.glob(kind):
            (folder / made.name).symlink_to(made.resolve())
    return folder


@pytest.fixture(scope="session", autouse=True)
def _quick_reference() -> Iterator[None]:
    """A fake encoder's statistics are measured on fewer tokens and questions: in two seconds, not ten."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("indexer.reference.measure._TRAINING_TOKENS", 2000)
        monkeypatch.setattr("indexer.reference.measure._ATTENUATION_QUERIES", 20)
        yield


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("HAIHE_CACHE", str(cache))


@pytest.fixture
def encoder() -> FakeTokenEncoder:
    """A small and fast encoder with tokens, and with a bias towards the language of the question."""
    return FakeTokenEncoder()


@pytest.fixture
def second() -> FakeSecondEncoder:
    """A second encoder without a model."""
    return FakeSecondEncoder()


@pytest.fixture(scope="session")
def real_encoder(cache: Path) -> Encoder:
    """The bundled model, compiled; made in the user's cache folder where it isn't there yet."""
    return _load_real(cache, Precision.INT8)


@pytest.fixture(scope="session")
def real_second(cache: Path) -> SecondEncoder:
    """The second encoder with its weights; its statistics are measured."""
    encoder = load_second_encoder()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HAIHE_CACHE", str(cache))
        second_spaces_of(encoder)
    return encoder


@pytest.fixture(scope="session")
def float_encoder(cache: Path) -> Encoder:
    """The bundled model as it is."""
    return _load_real(cache, Precision.FLOAT32)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of articles and evaluation sets beside the project, which isn't part of it."""
    folder = Path(os.environ.get("HAIHE_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing; set HAIHE_SHARED to the folder with articles/ and relevance/")
    return folder


def _load_real(cache: Path, precision: Precision) -> Encoder:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HAIHE_CACHE", str(_REAL_CACHE))
        encoder = load_encoder(precision=precision)
    _link_model(cache)
    return encoder


def _link_model(cache: Path) -> None:
    for model in _REAL_CACHE.glob(f"{BUNDLED_MODEL}-*"):
        if model.is_dir() and not (cache / model.name).exists():
            (cache / model.name).symlink_to(model.resolve(), target_is_directory=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without a window, for the tests of a file.

    One fixture for all pages: two browsers would not live in one process. And no longer than a file: Playwright's event
    loop counts as running until it is closed, and another file's `asyncio.run` would be refused.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _miss("Playwright is missing. Run: pip install -e '.[test,browser]'")
    executable = os.environ.get("HAIHE_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not executable:
        _miss(_WHERE_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        yield browser
        browser.close()


def _miss(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
