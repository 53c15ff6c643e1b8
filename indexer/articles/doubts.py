"""What may be wrong with an article that was told from a page: sentences for whoever indexes it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.furniture import text_words
from indexer.articles.lines import count_words
from indexer.articles.vocabulary import WALL
from indexer.language import CHINESE_SHARE, han_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.furniture import Article
    from indexer.records import Document

_SHORT_TEXT = 120
"""Words. A login wall has a teaser at most; a long text that speaks of logging in is an article."""
_LONG_TEXT = 60
_MUCH_LEFT = 0.35
_TERM = re.compile(r"[^\W\d_]{4,}")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def doubts(article: Article, document: Document) -> Iterator[str]:
    """What should be looked at: a wall in place of the article, another story's text, much text that was left out."""
    if article.is_doubtful:
        yield "looks like a saved page, but its article can't be told from what is around it; all of it was taken."
    left = [line for _, line in article.left_out]
    if not left and not article.is_doubtful:
        return
    words = count_words(document.text)
    if words < _SHORT_TEXT and any(WALL.search(text) for text in (document.text, *(line.text for line in left))):
        yield "seems to be a login or script wall, not the article. Save the page again once the article shows."
    elif words >= _LONG_TEXT and not _speaks_of(document.title, document.text):
        yield f"its text has nothing of its title, {document.title[:60]!r}. See whether it is another story's."
    lost = text_words(left)
    if lost > _MUCH_LEFT * (lost + words):
        yield f"{lost:.0f} words of text were left out beside {words:.0f} that were taken."


def _speaks_of(title: str, text: str) -> bool:
    """Tell a text that has some word of its title, or a pair of its Han characters.

    A title without any is no proof of the contrary, nor is one in the other language.
    """
    terms = [term.lower() for term in _TERM.findall(_HAN.sub(" ", title))]
    pairs = [one + two for run in _HAN.findall(title) for one, two in pairwise(run)]
    if han_share(text) >= CHINESE_SHARE and not pairs:
        return True
    lowered = text.lower()
    return not (terms or pairs) or any(term in lowered for term in (*terms, *pairs))
