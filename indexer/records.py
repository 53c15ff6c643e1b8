"""The values that pass from stage to stage. All are frozen; none knows a file, a model or an index."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Language(StrEnum):
    """A language that haihe searches. Traditional characters are Chinese too."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Document:
    """One article, cleaned.

    `text` holds the article's paragraphs, one a line, without its title and without page furniture.
    What the page doesn't state is None, never guessed.
    """

    id: str
    title: str
    text: str
    language: Language | None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous span of a document: `document.text[start:end] == text`, counted in code points.

    `context` is the document's title or lead: it is embedded with the text, and never shown as text.
    `opening` are the first words of the sentence that the passage goes on with, where one is longer than the model
    reads at once; it is shown before the text. All other passages begin and end with a sentence.
    """

    id: str
    document_id: str
    text: str
    language: Language
    start: int
    end: int
    context: str = ""
    opening: str = ""
