"""One function a route, no logic."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from concurrent.futures import Executor
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi import Query as Parameter
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from indexer import EncoderError, Language
from service.limits import counted_as
from service.overview import Overviews
from service.problems import problem_responses
from service.records import GroupBy, RankingMethod, Sort
from service.schemas import (
    ArticleOut,
    BatchRequest,
    BatchResponse,
    HitOut,
    IndexOut,
    OverviewResponse,
    SearchRequest,
    SearchResponse,
    SimilarResponse,
    Status,
)
from service.search import Asked, Searcher
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel

router = APIRouter()

_GET_PARAMETERS = {"q"} | (SearchRequest.model_fields.keys() - {"query"})


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


async def query_parameters(
    http_request: Request,
    q: Annotated[
        str,
        Parameter(
            description='The question, in Chinese or English; `"exact words"` must appear, `-word` must not.',
            openapi_examples={
                "中文": {"value": "武清区一般公共预算收入"},
                "English": {"value": "companies from Beijing that came to Tianjin"},
            },
        ),
    ],
    k: Annotated[int, Parameter(description="How many hits.")] = 10,
    offset: Annotated[int, Parameter(description="How many hits to pass over first.")] = 0,
    ranking: Annotated[RankingMethod, Parameter(description="`fair`, or `plain` to compare.")] = RankingMethod.FAIR,
    languages: Annotated[list[Language] | None, Parameter(description="Languages of the passages to find.")] = None,
    sources: Annotated[list[str] | None, Parameter(description="Only articles of these sources.")] = None,
    published_from: Annotated[dt.date | None, Parameter(description="Only articles of this day or later.")] = None,
    published_to: Annotated[dt.date | None, Parameter(description="Only articles of this day or earlier.")] = None,
    group_by: Annotated[GroupBy, Parameter(description="What a hit is: `passage` or `document`.")] = GroupBy.PASSAGE,
    min_score: Annotated[float, Parameter(description="Only hits with at least this score, 0 to 1.")] = 0.0,
    explain: Annotated[bool, Parameter(description="Say what each signal gave.")] = False,
    sort: Annotated[Sort, Parameter(description="`relevance`, or `published`: newest first.")] = Sort.RELEVANCE,
) -> SearchRequest:
    """The query parameters of GET as the body that POST takes; unknown ones are refused as they are there."""
    unknown = sorted(set(http_request.query_params) - _GET_PARAMETERS)
    if unknown:
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": "is no parameter of this route"} for name in unknown]
        )
    fields = {
        "query": q,
        "k": k,
        "offset": offset,
        "ranking": ranking,
        "languages": languages or list(Language),
        "sources": sources,
        "published_from": published_from,
        "published_to": published_to,
        "group_by": group_by,
        "min_score": min_score,
        "explain": explain,
        "sort": sort,
    }
    try:
        return SearchRequest.model_validate(fields)
    except ValidationError as error:
        raise RequestValidationError(
            [{**found, "loc": ("query", *found["loc"])} for found in error.errors()]
        ) from error


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
    request: Annotated[SearchRequest, Depends(query_parameters)],
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
    k: Annotated[int, Parameter(ge=1, description="How many hits.")] = 10,
) -> Response:
    """The passages of both languages that are most like a passage, or the documents most like a document."""
    _refuse_over({"k": (k, settings.max_k)}, ("query",))
    return await _answered(pool, lambda: _similar(identifier, k, searcher))


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
    """What the work gives, as an answer.

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
    encoded = _encoded_together([query.text for query in queries], searcher)
    share = (time.perf_counter() - began) / len(queries)
    answers = []
    for query, asked in zip(queries, encoded, strict=True):
        began = time.perf_counter()
        answer = searcher.answer(query, asked)
        took_ms = 1000 * (share + time.perf_counter() - began)
        answers.append(SearchResponse.of(query, answer, searcher.snapshot.manifest, took_ms))
    return BatchResponse(answers=answers)


def _encoded_together(texts: Sequence[str], searcher: Searcher) -> list[Asked]:
    """The texts, encoded; where the encoder refuses them, each by itself tells which it is."""
    try:
        return searcher.ask(texts)
    except EncoderError:
        errors = []
        for place, text in enumerate(texts):
            try:
                searcher.ask([text])
            except EncoderError as error:
                errors.append({"loc": ("body", "searches", place, "query"), "msg": str(error), "type": "bound"})
        if not errors:
            raise
        raise RequestValidationError(errors) from None


def _article(document_id: str, searcher: Searcher) -> ArticleOut:
    found = searcher.document(document_id)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"No document has the id {document_id!r}.")
    return ArticleOut.with_passages(*found, searcher.counterparts(document_id))


def _similar(identifier: str, k: int, searcher: Searcher) -> SimilarResponse:
    found = searcher.similar(identifier, k)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"No passage and no document has the id {identifier!r}.")
    return SimilarResponse(hits=[HitOut.of(hit) for hit in found], index=IndexOut.of(searcher.snapshot.manifest))


def _check_bounds(request: SearchRequest, settings: Settings, place: tuple[str | int, ...] = ("body",)) -> None:
    """The bounds that an operator sets."""
    bounds = {
        "k": (request.k, settings.max_k),
        "offset": (request.offset, settings.max_offset),
        "query": (len(request.query), settings.max_query_characters),
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
