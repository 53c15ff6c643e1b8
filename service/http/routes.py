"""One function a route, no logic."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Executor
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi import Query as Parameters
from fastapi.exceptions import RequestValidationError

from indexer import EncoderError
from service.http.limits import counted_as
from service.http.problems import problem_responses
from service.http.schemas import (
    ArticleOut,
    BatchRequest,
    BatchResponse,
    HitOut,
    IndexOut,
    OverviewResponse,
    SearchParameters,
    SearchRequest,
    SearchResponse,
    SimilarParameters,
    SimilarResponse,
    Status,
)
from service.overview import Overviews
from service.search.prepared import PreparedQuery
from service.search.searcher import Searcher
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel

router = APIRouter()


async def get_settings(request: Request) -> Settings:
    """The app's settings."""
    settings: Settings = request.app.state.settings
    return settings


async def get_searcher(request: Request) -> Searcher:
    """The searcher, once model and index are loaded."""
    searcher: Searcher | None = request.app.state.searcher
    if searcher is None:
        raise HTTPException(
            HTTPStatus.SERVICE_UNAVAILABLE, "Model and index are being loaded. Try again.", {"Retry-After": "2"}
        )
    return searcher


async def get_pool(request: Request) -> Executor:
    """The threads that search, so that the event loop stays free."""
    pool: Executor = request.app.state.pool
    return pool


async def get_overviews(request: Request) -> Overviews:
    """The cache of the index's overview."""
    overviews: Overviews = request.app.state.overviews
    return overviews


SettingsDependency = Annotated[Settings, Depends(get_settings)]
SearcherDependency = Annotated[Searcher, Depends(get_searcher)]
PoolDependency = Annotated[Executor, Depends(get_pool)]
OverviewsDependency = Annotated[Overviews, Depends(get_overviews)]

_SEARCH_PROBLEMS = problem_responses(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


@router.post(
    "/v1/search", response_model=SearchResponse, responses=_SEARCH_PROBLEMS, summary="Search in both languages"
)
async def search(
    request: SearchRequest, searcher: SearcherDependency, settings: SettingsDependency, pool: PoolDependency
) -> Response:
    """Passages of both languages that answer a question in either, best first, with their sources."""
    _check_bounds(request, settings)
    return await _answered(pool, lambda: _found(request, searcher))


@router.get("/v1/search", response_model=SearchResponse, responses=_SEARCH_PROBLEMS, summary="Search in both languages")
async def search_by_parameters(
    request: Annotated[SearchParameters, Parameters()],
    searcher: SearcherDependency,
    settings: SettingsDependency,
    pool: PoolDependency,
) -> Response:
    """The same with query parameters, for a browser's address bar."""
    return await search(request, searcher, settings, pool)


@router.post(
    "/v1/search:batch", response_model=BatchResponse, responses=_SEARCH_PROBLEMS, summary="Several searches at once"
)
async def search_batch(
    request: BatchRequest,
    http_request: Request,
    searcher: SearcherDependency,
    settings: SettingsDependency,
    pool: PoolDependency,
) -> Response:
    """The answers to several searches, in their order. One that is wrong refuses all, and is named by its place."""
    _refuse_over({"searches": (len(request.searches), settings.max_batch)}, ("body",))
    for place, single in enumerate(request.searches):
        _check_bounds(single, settings, ("body", "searches", place))
    with counted_as(len(request.searches), http_request):
        return await _answered(pool, lambda: _found_together(request.searches, searcher))


@router.get(
    "/v1/documents/{document_id:path}",
    response_model=ArticleOut,
    responses=problem_responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
    summary="Read an article",
)
async def read_document(document_id: str, searcher: SearcherDependency, pool: PoolDependency) -> Response:
    """A cleaned article with its passages."""
    return await _answered(pool, lambda: _article(document_id, searcher))


@router.get(
    "/v1/similar/{identifier:path}",
    response_model=SimilarResponse,
    responses=problem_responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE),
    summary="More like this",
)
async def similar(
    identifier: str,
    searcher: SearcherDependency,
    settings: SettingsDependency,
    pool: PoolDependency,
    request: Annotated[SimilarParameters, Parameters()],
) -> Response:
    """The passages of both languages that are most like a passage, or the documents most like a document."""
    _refuse_over({"k": (request.k, settings.max_k)}, ("query",))
    return await _answered(pool, lambda: _similar(identifier, request.k, searcher))


@router.get(
    "/v1/index",
    response_model=OverviewResponse,
    responses=problem_responses(HTTPStatus.SERVICE_UNAVAILABLE),
    summary="What there is to search",
)
async def overview(searcher: SearcherDependency, overviews: OverviewsDependency, pool: PoolDependency) -> Response:
    """The number of articles, their days and sources, and example questions. Kept until the index changes."""
    return await _answered(pool, lambda: OverviewResponse.of(overviews.of(searcher)))


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Status:
    """Always ok: the process lives."""
    return Status(status="ok")


@router.get("/readyz", responses=problem_responses(HTTPStatus.SERVICE_UNAVAILABLE), summary="Can it answer?")
async def readyz(_: SearcherDependency) -> Status:
    """Ok once model and index are loaded."""
    return Status(status="ready")


async def _answered(pool: Executor, work: Callable[[], BaseModel]) -> Response:
    """Work in a thread, and answer with its result.

    Straight to bytes: what the models of this package were made of is checked already, FastAPI would do it again.
    """
    body = await asyncio.get_running_loop().run_in_executor(pool, lambda: work().model_dump_json())
    return Response(body, media_type="application/json")


def _found(request: SearchRequest, searcher: Searcher) -> SearchResponse:
    began = time.perf_counter()
    query = request.to_query()
    answer = searcher.search(query)
    took_ms = 1000 * (time.perf_counter() - began)
    return SearchResponse.of(query, answer, searcher.snapshot.manifest, took_ms)


def _found_together(requests: Sequence[SearchRequest], searcher: Searcher) -> BatchResponse:
    queries = [request.to_query() for request in requests]
    began = time.perf_counter()
    prepared = _prepared_together([query.text for query in queries], searcher)
    share = (time.perf_counter() - began) / len(queries)
    answers = []
    for query, of_query in zip(queries, prepared, strict=True):
        began = time.perf_counter()
        answer = searcher.answer(query, of_query)
        took_ms = 1000 * (share + time.perf_counter() - began)
        answers.append(SearchResponse.of(query, answer, searcher.snapshot.manifest, took_ms))
    return BatchResponse(answers=answers)


def _prepared_together(texts: Sequence[str], searcher: Searcher) -> list[PreparedQuery]:
    """The texts, prepared; where the encoder refuses them, each by itself tells which it is."""
    try:
        return searcher.prepare(texts)
    except EncoderError:
        errors = []
        for place, text in enumerate(texts):
            try:
                searcher.prepare([text])
            except EncoderError as error:
                errors.append({"loc": ("body", "searches", place, "query"), "msg": str(error), "type": "bound"})
        if not errors:
            raise
        raise RequestValidationError(errors) from None


def _article(document_id: str, searcher: Searcher) -> ArticleOut:
    document_and_passages = searcher.document(document_id)
    if document_and_passages is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"No document has the id {document_id!r}.")
    return ArticleOut.with_passages(*document_and_passages, searcher.counterparts(document_id))


def _similar(identifier: str, k: int, searcher: Searcher) -> SimilarResponse:
    hits = searcher.similar(identifier, k)
    if hits is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"No passage and no document has the id {identifier!r}.")
    return SimilarResponse(hits=[HitOut.of(hit) for hit in hits], index=IndexOut.of(searcher.snapshot.manifest))


def _check_bounds(request: SearchRequest, settings: Settings, place: tuple[str | int, ...] = ("body",)) -> None:
    """The bounds that an operator sets."""
    bounds = {
        "k": (request.k, settings.max_k),
        "offset": (request.offset, settings.max_offset),
        type(request).model_fields["query"].alias or "query": (len(request.query), settings.max_query_characters),
    }
    _refuse_over(bounds, place)


def _refuse_over(bounds: dict[str, tuple[int, int]], place: tuple[str | int, ...]) -> None:
    """Refuse the values that are over their most."""
    errors = [
        {"loc": (*place, name), "msg": f"is {value}, at most {most} are allowed", "type": "bound"}
        for name, (value, most) in bounds.items()
        if value > most
    ]
    if errors:
        raise RequestValidationError(errors)
