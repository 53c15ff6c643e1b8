"""An index is opened as the settings say: without HTTP, whose imports a search in a terminal can spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.settings import Settings


def open_searcher(settings: Settings, announce: Callable[[str], None] = lambda _: None) -> Searcher:
    """The index that the settings name, with its encoder.

    Raises:
        SnapshotError: the index is missing, damaged, or was made by another encoder.
        EncoderError: its encoder can't be loaded.
    """
    return Searcher.open(
        settings.index,
        late_interaction=settings.late_interaction,
        second_opinion=settings.second_opinion,
        query_cache=settings.query_cache * 2**20,
        precision=settings.precision,
        threads=settings.threads,
        announce=announce,
    )
