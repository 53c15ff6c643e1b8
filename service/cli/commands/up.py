"""`haihe up`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer import (
    BUNDLED_MODEL,
    SnapshotError,
    SnapshotMissing,
    fingerprint_of_build,
    open_snapshot,
    verify_snapshot,
)
from service.cli.opening import Makers, build, searcher_of
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

    from indexer import IndexRecipe, Manifest

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
    makers = Makers.load(model, vector_index=Settings().vector_index, ocr=ocr)
    articles = paths or [_SEEDS]
    manifest = _current(articles, index, makers.recipe)
    if manifest:
        say(f"The index {index} is up to date.")
    else:
        manifest = build(articles, index, makers, strict=strict).manifest
    serve(settings, lambda: _searcher(index, manifest, makers))


def _searcher(index: Path, manifest: Manifest, makers: Makers) -> Searcher:
    settings = Settings()
    return Searcher(
        open_snapshot(index, verified=manifest),
        makers.encoder,
        second=makers.second,
        late_interaction=settings.late_interaction,
        query_cache=settings.query_cache * 2**20,
    )


def _current(paths: Sequence[Path], index: Path, recipe: IndexRecipe) -> Manifest | None:
    """The manifest of an index that is whole and of just these articles by this recipe.

    None where it has to be built; says why where there is one.
    """
    try:
        manifest = verify_snapshot(index)
    except SnapshotMissing:
        return None
    except SnapshotError as error:
        wrong, _, _what_to_do = str(error).partition(". ")
        say(f"The articles are indexed anew, since the index can't be used. {wrong}.")
        return None
    if manifest.corpus == fingerprint_of_build(paths, recipe):
        return manifest
    change = manifest.recipe.change_to(recipe) or "they aren't the same as when the index was made"
    say(f"The articles are indexed anew: {change}.")
    return None
