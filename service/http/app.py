"""Builds the HTTP service and wires everything, once."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI

from service.http.headers import SecurityHeaders
from service.http.limits import BodyLimit, WaitingLimit
from service.http.pages import install_pages
from service.http.problems import install_problems
from service.http.routes import router
from service.http.schemas import Problem
from service.opening import open_searcher
from service.origins import allow_portals
from service.overview import Overviews
from service.records import Query
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from typing import Any

    from starlette.types import ASGIApp

    from service.search.searcher import Searcher

_LOG = logging.getLogger("haihe")

_THREADS = 8
"""Searches that are worked on at once: Python runs one at a time, but those that meet in the encoder are one batch."""
_FIRST_QUESTIONS = (
    "2025年天津一般公共预算收入增长3.5%，共多少亿元？",
    "How many million yuan did Tianjin invest in May 2025?",
)

_DESCRIPTION = """
Ask in Chinese or English; find passages of both, with their sources.

用中文或英文提问，同时找到两种语言的段落及其出处。
"""


def _log_failure(error: Exception) -> None:
    _LOG.error("%s", error)


@dataclass(frozen=True, slots=True)
class _Loading:
    """The searcher's way into the app, in a thread of its own, and out of it when the app ends.

    Attributes: see `create_app`.
    """

    load: Callable[[], Searcher]
    on_failure: Callable[[Exception], None]
    on_ready: Callable[[], None]
    is_patient: bool

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        """Load while the app answers already, and close what was loaded."""
        ended = threading.Event()
        loading = threading.Thread(target=self._load_into, args=(app, ended), name="loading", daemon=True)
        loading.start()
        if self.is_patient:
            await asyncio.to_thread(loading.join)
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="search") as app.state.pool:
            yield
        ended.set()  # what is loaded from now on is let go of by the thread that loads it
        if app.state.searcher is not None:
            app.state.searcher.close()

    def _load_into(self, app: FastAPI, ended: threading.Event) -> None:
        try:
            searcher = self.load()
            warm_up(searcher)
            app.state.searcher = searcher
            if ended.is_set():
                searcher.close()
            else:
                self.on_ready()
        except Exception as error:  # noqa: BLE001 - a thread's error would be lost
            self.on_failure(error)


def create_app(
    settings: Settings | None = None,
    *,
    load: Callable[[], Searcher] | None = None,
    on_failure: Callable[[Exception], None] = _log_failure,
    on_ready: Callable[[], None] = lambda: None,
    is_patient: bool = False,
) -> FastAPI:
    """The service as an ASGI app. It answers `/healthz` at once, and searches when model and index are loaded.

    Args:
        settings: read from the environment where they are left out.
        load: opens the index; the one that the settings name where it is left out.
        on_failure: told why loading failed, which is logged otherwise; `/readyz` stays at 503.
        on_ready: told when searches are answered.
        is_patient: take no request, not even `/healthz`, before model and index are loaded.
    """
    settings = settings or Settings()
    loading = _Loading(load or (lambda: open_searcher(settings)), on_failure, on_ready, is_patient)
    app = FastAPI(
        title="haihe",
        version=version("haihe"),
        description=_DESCRIPTION,
        lifespan=loading.lifespan,
        docs_url=None,  # the framework's pages load scripts from other hosts
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.searcher = None
    app.state.overviews = Overviews()
    app.include_router(router)
    install_pages(app)
    install_problems(app, [*router.routes, *app.routes])
    app.add_middleware(WaitingLimit, most=settings.max_waiting)
    app.add_middleware(BodyLimit, most=settings.max_body_bytes)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's own way to extend it
    app.build_middleware_stack = lambda: _outermost(app, settings)  # type: ignore[method-assign]
    return app


def warm_up(searcher: Searcher) -> None:
    """Ask what everybody asks: dictionaries and pages of the index are read before the first user waits for them."""
    for text in _FIRST_QUESTIONS:
        searcher.search(Query(text=text))


def _outermost(app: FastAPI, settings: Settings) -> ASGIApp:
    """The app's layers within those that every answer passes, the one to an unforeseen failure too."""
    return SecurityHeaders(allow_portals(FastAPI.build_middleware_stack(app), settings.portals), settings.portals)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description, with our one shape of errors in place of its own."""
    if app.openapi_schema is None:
        schema = FastAPI.openapi(app)
        schemas = schema["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        status = str(HTTPStatus.UNPROCESSABLE_ENTITY.value)
        for path in schema["paths"].values():
            for route in path.values():
                if "HTTPValidationError" in str(route["responses"].get(status, "")):
                    route["responses"][status]["content"] = {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                    }
        app.openapi_schema = schema
    return app.openapi_schema
