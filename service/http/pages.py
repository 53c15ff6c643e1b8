"""The pages and files that browsers are given: those built in `static/`, whose sources are in `web/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from service.records import GroupBy

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

STATIC = Path(__file__).parents[1] / "static"

_PAGES = {".": "index.html", "docs": "docs.html"}
_FOREVER = "public, max-age=31536000, immutable"  # what is named by its content
_AN_HOUR = "public, max-age=3600"
_ASK_AGAIN = "no-cache"

_FIELDS = {
    "query": "query",
    "size": "k",
    "count": "k",
    "sort": "sort",
    "group-by": "group_by",
    "published-from": "published_from",
    "published-to": "published_to",
}
"""Parameters of the iframe page's address and the fields of a request: the widget's attributes, and how many hits."""
_LISTS = ("languages", "sources")
_FIRST_ANSWER = "<!--first answer-->"


class BuiltFiles(StaticFiles):
    """The files of `static/`, each for as long as a browser may keep it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or that it hasn't changed."""
        response = await super().get_response(_PAGES.get(path, path), scope)
        response.headers["Cache-Control"] = (
            _FOREVER if path.startswith("assets/") else _AN_HOUR if path == "widget.js" else _ASK_AGAIN
        )
        return response


def install_pages(app: FastAPI) -> None:
    """Serve the pages and what they load."""
    files = GZipMiddleware(BuiltFiles(directory=STATIC, check_dir=False))
    for path in ("/", "/docs", "/widget.js", "/assets/{file:path}"):
        app.router.add_route(path, files, methods=["GET"], include_in_schema=False)  # type: ignore[arg-type]  # an app is one
    app.router.add_route("/embed", embedded_page, methods=["GET"], include_in_schema=False)


async def embedded_page(request: Request) -> Response:
    """The iframe page, with the answer to what its address asks in it.

    In a frame that is sandboxed without `allow-same-origin` a page is of no origin, as any page of any site may be, and
    its scripts aren't answered. So the first answer comes with the page, and there each search is a page of its own.
    """
    page = (STATIC / "embed.html").read_text("utf-8")
    answer = await _first_answer(request)
    return HTMLResponse(page.replace(_FIRST_ANSWER, answer), headers={"Cache-Control": _ASK_AGAIN})


async def _first_answer(request: Request) -> str:
    """The answer of `POST /v1/search`, be it a problem, as data for the page's script; empty without a query."""
    if not request.query_params.get("query", "").strip():
        return ""
    from httpx2 import ASGITransport, AsyncClient  # which only portals need

    app = ASGITransport(request.app, raise_app_exceptions=False)
    async with AsyncClient(transport=app, base_url="http://localhost", trust_env=False) as client:
        answer = await client.post("/v1/search", json=_asked(request.query_params))
    text = answer.text.replace("<", "\\u003c")  # an article can't end the element
    return f'<script type="application/json" id="first-answer" data-status="{answer.status_code}">{text}</script>'


def _asked(parameters: QueryParams) -> dict[str, object]:
    fields: dict[str, object] = {"group_by": GroupBy.DOCUMENT}  # as the widget asks
    fields |= {field: parameters[name] for name, field in _FIELDS.items() if parameters.get(name, "").strip()}
    return fields | {name: _read_list(parameters[name]) for name in _LISTS if parameters.get(name, "").strip()}


def _read_list(text: str) -> list[str]:
    """A list as the widget's attributes have it: separated by commas or, where entries have commas, as JSON."""
    try:
        entries = json.loads(text)
    except ValueError:
        entries = None
    listed = entries if isinstance(entries, list) else text.split(",")
    return [str(entry).strip() for entry in listed if str(entry).strip()]
