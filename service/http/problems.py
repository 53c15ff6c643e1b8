"""Errors to `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from indexer import EncoderError
from service.http.schemas import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from fastapi import FastAPI, Request
    from starlette.routing import BaseRoute

_LOG = logging.getLogger("haihe")


def problem(
    status: HTTPStatus,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error as an answer."""
    body = Problem(title=status.phrase, status=status, detail=detail, errors=errors)
    return JSONResponse(
        body.model_dump(exclude_none=True), status, headers=headers, media_type="application/problem+json"
    )


def install_problems(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Answer every error of the app, which has these routes, as a problem."""
    app.add_exception_handler(HTTPStatus.METHOD_NOT_ALLOWED, _WrongMethod(routes))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(EncoderError, _unreadable)
    app.add_exception_handler(Exception, _unforeseen)


def problem_responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for OpenAPI."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status.value: {"description": status.phrase, "content": content} for status in statuses}


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    errors = [
        {"field": ".".join(str(part) for part in entry["loc"][1:]) or "body", "message": str(entry["msg"])}
        for entry in error.errors()
    ]
    detail = "; ".join(f"{entry['field']}: {entry['message']}" for entry in errors[:5])
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    if isinstance(error.__cause__, UnicodeDecodeError):
        return problem(HTTPStatus.BAD_REQUEST, "The body isn't UTF-8. Encode its JSON as UTF-8 and send it again.")
    return problem(HTTPStatus(error.status_code), str(error.detail), headers=error.headers)


class _WrongMethod:
    """Answers 405, naming the methods of all routes with the path: the framework names those of one."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, request: Request, error: Exception) -> JSONResponse:
        """The problem."""
        routes = [route for route in self._routes if route.matches(request.scope)[0] is not Match.NONE]
        methods = {method for route in routes for method in getattr(route, "methods", None) or ()}
        allowed = ", ".join(sorted(methods)) or (getattr(error, "headers", None) or {}).get("Allow", "")
        detail = f"{request.method} isn't served at this address. Use one of: {allowed}."
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})


async def _unreadable(_: Request, error: Exception) -> JSONResponse:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed at this request; its log says why.")
