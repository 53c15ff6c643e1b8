"""The tools, one method each. What goes wrong is a sentence for the assistant, never a traceback."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

from mcp.server.mcpserver.exceptions import MCPServerError, ResourceError, ResourceNotFoundError, ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel, Field, ValidationError

from indexer import HaiheError, Language
from service.http.schemas import SearchRequest, Text
from service.mcp_server.readable import article_text, passages_text, search_text
from service.mcp_server.records import Found, ReadResult, SearchResult, SimilarResult
from service.records import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from service.search.searcher import Searcher

_MOST_HITS = 50
_MOST_CHARACTERS = 20_000

Hits = Annotated[int, Field(ge=1, le=_MOST_HITS, description="How many passages.")]


class Tools:
    """Search, read, similar.

    Args:
        opened: gives the searcher, waiting for it where it is still being opened.
        max_query_characters: the longest question.
    """

    def __init__(self, opened: Callable[[], Searcher], max_query_characters: int) -> None:
        self._opened = opened
        self._max_query_characters = max_query_characters

    def search(
        self,
        query: Annotated[
            str,
            Field(
                description="A question or key words, in Chinese or English. "
                '"Exact words" in straight quotes must appear, -word and -"exact words" must not.'
            ),
        ],
        k: Hits = 5,
        offset: Annotated[int, Field(ge=0, le=1000, description="How many passages to pass over first.")] = 0,
        languages: Annotated[
            list[Language] | None, Field(description="Languages of the passages; both if left out.")
        ] = None,
        sources: Annotated[list[Text] | None, Field(description="Only articles of these publishers.")] = None,
        published_from: Annotated[dt.date | None, Field(description="Only articles of this day or later.")] = None,
        published_to: Annotated[dt.date | None, Field(description="Only articles of this day or earlier.")] = None,
        sort: Annotated[
            Literal["relevance", "published"], Field(description="Best first, or newest first among the relevant.")
        ] = "relevance",
    ) -> Annotated[CallToolResult, SearchResult]:
        """Find passages of Chinese and English articles that answer a question in either language, with their sources.

        One question finds both languages: don't translate it. 一次提问同时检索中英文文章，无需翻译问题。
        """
        with _told():
            self._check_length(query)
            request = SearchRequest(
                query=query,
                k=k,
                offset=offset,
                languages=languages or list(Language),
                sources=sources,
                published_from=published_from,
                published_to=published_to,
                sort=Sort(sort),
            )
            result = SearchResult.of(self._opened().search(request.to_query()))
        return _both(result, search_text(result))

    def read(
        self,
        document_id: Annotated[Text, Field(description="From a passage that was found.")],
        start: Annotated[int, Field(ge=0, description="Where to begin, in Unicode code points.")] = 0,
        characters: Annotated[int, Field(ge=1, le=_MOST_CHARACTERS, description="How many at most.")] = 8000,
    ) -> Annotated[CallToolResult, ReadResult]:
        """Read an article, or a part of a long one, with its source and its counterpart in the other language.

        阅读一篇文章的全文或其中一部分，附出处及另一语言的同一报道。
        """
        with _told():
            result = self._read(document_id, start, characters)
        if result is None:
            raise ToolError(f"No article has the id {document_id!r}. Take ids from what `search` finds.")
        return _both(result, article_text(result))

    def similar(
        self,
        identifier: Annotated[Text, Field(description="A passage_id, or a document_id.")],
        k: Hits = 5,
    ) -> Annotated[CallToolResult, SimilarResult]:
        """Find the passages of both languages most like a passage, or the articles most like an article.

        查找与某段落（或某文章）最相近的中英文段落（文章）。
        """
        with _told():
            hits = self._opened().similar(identifier, k)
        if hits is None:
            raise ToolError(f"No passage and no article has the id {identifier!r}. Take ids from what `search` finds.")
        result = SimilarResult(passages=[Found.of(hit) for hit in hits])
        return _both(result, passages_text(result.passages))

    def document(self, document_id: str) -> str:
        """A whole article as text, with its source; the resource `haihe://documents/{id}`."""
        with _told(ResourceError):
            result = self._read(document_id, 0, None)
        if result is None:
            raise ResourceNotFoundError(f"No article has the id {document_id!r}. Take ids from what `search` finds.")
        return article_text(result)

    def _check_length(self, query: str) -> None:
        if len(query) > self._max_query_characters:
            raise ToolError(f"The question is longer than {self._max_query_characters} characters. Shorten it.")

    def _read(self, document_id: str, start: int, most: int | None) -> ReadResult | None:
        searcher = self._opened()
        document_and_passages = searcher.document(document_id)
        if document_and_passages is None:
            return None
        document = document_and_passages[0]
        return ReadResult.of(document, searcher.counterparts(document_id), start, most or max(1, len(document.text)))


@contextmanager
def _told(failure: type[MCPServerError] = ToolError) -> Iterator[None]:
    """Expected failures as sentences that the assistant reads."""
    try:
        yield
    except HaiheError as error:
        raise failure(str(error)) from error
    except ValidationError as error:
        raise failure("; ".join(f"{_field(detail['loc'])}{detail['msg']}" for detail in error.errors())) from error


def _field(place: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, place))}: " if place else ""


def _both(result: BaseModel, text: str) -> CallToolResult:
    """An answer for programs, and the same for readers."""
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=result.model_dump(mode="json")
    )
