"""Signs that what was taken from a page is no article, or not the one that the page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.readers.html.extraction import pack
from indexer.articles.saved_pages.doubts import speaks_of
from indexer.articles.saved_pages.vocabulary import WALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT = 400
_FAR_MORE = 4
_HELD_SHARE = 0.2
_LONG_DESCRIPTION = 60
_BODY_SHARE = 0.5


def find_doubts(
    text: str, *, title: str, descriptions: Sequence[str], bodies: Sequence[str], around: int = 0
) -> Iterator[str]:
    """Tell what speaks against a text being its page's article, in sentences without the file's name."""
    packed = pack(text)
    if len(packed) < _SHORT and (message := WALL.search(text)):
        yield f"what is left looks like a message of the site (“{message[0]}”) and no article. Save the page where its text is shown."
        return
    if len(packed) < _SHORT and around > _FAR_MORE * len(packed):
        yield "little text was found, much more was left out. Compare it with the page, or save the article as text."
    elif any(len(packed) < _BODY_SHARE * len(pack(body)) for body in bodies):
        yield "far less text was found than the page states for its article. Compare it with the page, or save the article as text."
    elif not speaks_of(title, text) and not any(_is_held(description, packed) for description in descriptions):
        yield "the words of its title don't stand in the text that was found: it may be another story's. Compare it with the page."
    elif any(len(pack(words)) > max(len(packed), _LONG_DESCRIPTION) for words in descriptions):
        yield "its description is longer than the text that was found. Compare it with the page, or save the article as text."


def _is_held(words: str, packed: str) -> bool:
    """Tell a description whose beginning or some of whose pieces stand in a text."""
    pieces = [pack(words)[start : start + 8] for start in range(0, min(len(pack(words)), 400) - 7, 4)]
    return bool(pieces) and sum(piece in packed for piece in pieces) >= _HELD_SHARE * len(pieces)
