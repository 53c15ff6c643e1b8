"""Hits as a sequence, as a data frame, and as a table in a notebook."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Self, overload

from service.client.frame import frame_of
from service.client.records import Facets, Hit, Index, Query
from service.client.table import Caption, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from service.client.records import Language


@dataclass(frozen=True, slots=True, repr=False)
class Hits(Collection[Hit]):
    """Hits, in order. `hits[0]` is the first; a slice, `hits[:3]`, is the same with fewer hits."""

    hits: tuple[Hit, ...]
    index: Index

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __contains__(self, hit: object) -> bool:
        return hit in self.hits

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> Self: ...

    def __getitem__(self, place: int | slice) -> Hit | Self:
        """The hit at a place, counted from 0, or those of a slice."""
        return replace(self, hits=self.hits[place]) if isinstance(place, slice) else self.hits[place]

    def to_frame(self) -> pd.DataFrame:
        """One row a hit (`service.client.frame.COLUMNS`); needs pandas.

        Raises:
            ImportError: pandas isn't installed; the message says how to install it.
        """
        return frame_of(self.hits)

    @property
    def _language(self) -> Language:
        """The language that a table of these speaks."""
        return self.hits[0].passage.language if self.hits else "en"

    def _caption(self) -> Caption:
        return Caption(self._language, len(self), None)

    def _repr_html_(self) -> str:
        return table(self.hits, self._caption())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} hits>"


@dataclass(frozen=True, slots=True, repr=False)
class Similar(Hits):
    """The hits most like a passage or a document."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Hits):
    """The hits of a question, and how many there are in all.

    Attributes:
        total: how many passages are relevant, or documents where hits are grouped by them. The best come first, and
            hits that aren't relevant may follow them.
        total_relation: `eq` where `total` is exact, `gte` where there may be more.
        facets: how the relevant ones are distributed.
    """

    query: Query
    total: int
    total_relation: Literal["eq", "gte"]
    facets: Facets
    took_ms: float

    def relevant(self, offset: int = 0) -> Self:
        """The hits among these that `total` counts, where these begin at an offset of the ranking."""
        return self if self.total_relation == "gte" else self[: max(0, self.total - offset)]

    @property
    def _language(self) -> Language:
        return self.query.language

    def _caption(self) -> Caption:
        note = self.query.note_zh if self._language == "zh" else self.query.note
        return Caption(self._language, len(self), self.total, is_exact=self.total_relation == "eq", note=note)

    def __repr__(self) -> str:
        more = "" if self.total_relation == "eq" else "+"
        return f"<Answer to {self.query.text!r}: {len(self)} hits, {self.total}{more} relevant>"
