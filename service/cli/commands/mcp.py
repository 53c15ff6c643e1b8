"""`haihe mcp`."""

from __future__ import annotations

from importlib.util import find_spec

from indexer import read_manifest
from service.cli import opening
from service.cli.options import DEFAULT_INDEX, IndexOption
from service.cli.show.messages import fail
from service.settings import Settings


def command(index: IndexOption = DEFAULT_INDEX) -> None:
    """Let assistants search, read and cite an index: a server of the Model Context Protocol on standard streams.

    Example: haihe mcp --index ~/articles.index
    """
    if find_spec("mcp") is None:
        fail("haihe mcp needs the protocol's SDK. Install it with: pip install 'haihe[mcp]'")
    from service.mcp_server import serve_stdio

    read_manifest(index)  # a missing index is an error now, not one of every tool
    settings = Settings(index=index)
    serve_stdio(lambda: opening.searcher_of(index), max_query_characters=settings.max_query_characters)
