"""A client of haihe's HTTP interface: `Client`, and `AsyncClient` for asyncio. Light: no model, no index, no NumPy."""

from service.client.asynchronous import AsyncClient
from service.client.calls import Options, Search
from service.client.errors import (
    ClientError,
    Denied,
    Failed,
    NotFound,
    ProblemError,
    Refused,
    TooMany,
    Unavailable,
    UnexpectedAnswer,
    Unreachable,
)
from service.client.hits import Answer, Hits, Similar
from service.client.records import Article, Counterpart, Document, Facets, Hit, Overview, Passage
from service.client.retries import Retries
from service.client.synchronous import Client

__all__ = [
    "Answer",
    "Article",
    "AsyncClient",
    "Client",
    "ClientError",
    "Counterpart",
    "Denied",
    "Document",
    "Facets",
    "Failed",
    "Hit",
    "Hits",
    "NotFound",
    "Options",
    "Overview",
    "Passage",
    "ProblemError",
    "Refused",
    "Retries",
    "Search",
    "Similar",
    "TooMany",
    "Unavailable",
    "UnexpectedAnswer",
    "Unreachable",
]
