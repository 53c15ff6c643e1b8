"""Hits as a data frame of pandas, where that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from service.client.records import Hit

COLUMNS = (
    "rank", "score", "language", "title", "source", "published", "best_sentence", "text", "url",
    "document_id", "passage_id", "start", "end", "counterpart_id",
)  # fmt: skip
"""`published` is a time stamp of pandas, or NaT; `counterpart_id` is the same story in the other language."""


def frame_of(hits: Iterable[Hit]) -> pd.DataFrame:
    """One row a hit, with the columns in their order even where there is no hit.

    Raises:
        ImportError: pandas isn't installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("A data frame needs pandas. Install it with: pip install pandas") from error
    frame = pd.DataFrame.from_records([_row(hit) for hit in hits], columns=list(COLUMNS))
    frame["published"] = pd.to_datetime(frame["published"])
    return frame


def _row(hit: Hit) -> tuple[object, ...]:
    passage, document = hit.passage, hit.document
    counterpart = next(iter(document.counterparts), None)
    return (
        hit.rank, hit.score, passage.language, document.title, document.source, document.published,
        hit.best_sentence, passage.text, document.url, document.id, passage.id, passage.start, passage.end,
        counterpart.id if counterpart else None,
    )  # fmt: skip
