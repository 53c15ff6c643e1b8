"""`haihe serve`."""

from __future__ import annotations

from indexer import read_manifest
from service.cli import opening, serving
from service.cli.options import DEFAULT_INDEX, HostOption, IndexOption, PortOption, WorkersOption
from service.settings import Settings


def command(
    index: IndexOption = DEFAULT_INDEX,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
) -> None:
    """Serve an index over HTTP; /docs describes the interface.

    Example: haihe serve --index ~/articles.index --port 8080
    """
    read_manifest(index)  # a missing index is an error now, not after the model was loaded
    settings = Settings(index=index, host=host, port=port, workers=workers)
    serving.serve(settings, lambda: opening.searcher_of(index))
