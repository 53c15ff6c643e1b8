"""`haihe up`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer import BUNDLED_MODEL, SnapshotError, fingerprint_of_build, open_snapshot, verify_snapshot
from service.cli.opening import build, encoder_of, late_interaction, recognizer, searcher_of, second_encoder
from service.cli.options import (
    DEFAULT_INDEX,
    HostOption,
    IndexOption,
    ModelOption,
    OcrOption,
    PortOption,
    StrictOption,
    WorkersOption,
)
from service.cli.serving import serve
from service.cli.show.messages import say
from service.http.workers import Worker
from service.search.searcher import Searcher
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer import Encoder, Manifest, Recognizer, SecondEncoder

_SEEDS = Path("seeds")


def command(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Articles: files and folders.", show_default="seeds/")
    ] = None,
    index: IndexOption = DEFAULT_INDEX,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
    model: ModelOption = BUNDLED_MODEL,
    strict: StrictOption = False,
    ocr: OcrOption = False,
) -> None:
    """Index articles if needed, then serve them.

    Example: haihe up ~/articles --port 8080
    """
    settings = Settings(index=index, host=host, port=port, workers=workers)
    if Worker.is_here():  # the parent has indexed
        serve(settings, lambda: searcher_of(index))
    reads_pictures = recognizer(ocr=ocr)
    encoder, second = encoder_of(model), second_encoder()
    articles = paths or [_SEEDS]
    manifest = _current(articles, index, encoder, second, reads_pictures)
    if manifest:
        say(f"The index {index} is up to date.")
    else:
        manifest = build(
            articles,
            index,
            encoder,
            second,
            strict=strict,
            vector_index=Settings().vector_index,
            recognizer=reads_pictures,
        ).manifest
    serve(settings, lambda: _searcher(index, manifest, encoder, second))


def _searcher(index: Path, manifest: Manifest, encoder: Encoder, second: SecondEncoder | None) -> Searcher:
    settings = Settings()
    return Searcher(
        open_snapshot(index, verified=manifest),
        encoder,
        second=second,
        late_interaction=settings.late_interaction,
        query_cache=settings.query_cache * 2**20,
    )


def _current(
    paths: Sequence[Path],
    index: Path,
    encoder: Encoder,
    second: SecondEncoder | None,
    recognizer: Recognizer | None,
) -> Manifest | None:
    """The manifest of an index that is whole and of just these articles; None where it has to be built."""
    try:
        manifest = verify_snapshot(index)
        wanted = fingerprint_of_build(paths, encoder, late_interaction(), Settings().vector_index, second, recognizer)
    except SnapshotError:
        return None
    return manifest if manifest.corpus == wanted else None
