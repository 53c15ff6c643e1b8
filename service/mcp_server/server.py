"""Wires the tools to the official SDK."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, redirect_stdout
from importlib.metadata import version
from typing import TYPE_CHECKING

from mcp.server.mcpserver import MCPServer, ResourceSecurity
from mcp.types import ToolAnnotations

from service.mcp_server.instructions import INSTRUCTIONS
from service.mcp_server.tools import Tools

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from service.search.searcher import Searcher

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def build_server(load: Callable[[], Searcher], *, max_query_characters: int = 1000) -> MCPServer[None]:
    """The server. It answers at once, and tools wait until the index is open.

    Args:
        load: opens the index; called once, in a thread.
        max_query_characters: the longest question.
    """
    opening = ThreadPoolExecutor(1, thread_name_prefix="opening")
    opened = opening.submit(load)
    opening.shutdown(wait=False)

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncIterator[None]:
        # The SDK turns the descriptor aside, but what Python has held back would be written when it is itself again.
        with redirect_stdout(sys.stderr):
            yield
        if opened.done() and opened.exception() is None:
            opened.result().close()

    server = MCPServer(
        "haihe",
        title="haihe 海河",
        description="Chinese and English articles, searched in either language. 用中文或英文检索中英文文章。",
        instructions=INSTRUCTIONS,
        version=version("haihe"),
        log_level="WARNING",
        lifespan=lifespan,
    )
    _add_tools(server, Tools(opened.result, max_query_characters))
    return server


def serve_stdio(load: Callable[[], Searcher], *, max_query_characters: int) -> None:
    """Speak the protocol on standard input and output until the input ends."""
    build_server(load, max_query_characters=max_query_characters).run("stdio")


def _add_tools(server: MCPServer[None], tools: Tools) -> None:
    server.add_tool(tools.search, title="Search 检索", annotations=_READS)
    server.add_tool(tools.read, title="Read 阅读", annotations=_READS)
    server.add_tool(tools.similar, title="Similar 相近", annotations=_READS)
    server.resource(
        "haihe://documents/{+document_id}",
        name="document",
        title="Article 文章",
        description="An article's text with its source. 一篇文章的全文及出处。",
        mime_type="text/plain",
        security=ResourceSecurity(exempt_params={"document_id"}),  # an id is looked up in the index, no file is opened
    )(tools.document)
