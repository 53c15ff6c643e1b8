"""Doubts about an article that was told from a page: sentences for whoever indexes it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.saved_pages.furniture import text_words
from indexer.articles.saved_pages.lines import count_words
from indexer.articles.saved_pages.vocabulary import WALL
from indexer.text.language_identification import CHINESE_SHARE, HAN, han_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.saved_pages.furniture import Article
    from indexer.records import Document

_SHORT_TEXT = 120
"""Words. A login wall has a teaser at most; a long text that speaks of logging in is an article."""
_LONG_TEXT = 60
_MUCH_LEFT = 0.35
_FEW_TERMS = 3
_TITLE_SHARE = 0.1
_STEM = 4
_LONGEST_LOOK = 2000
_WORD = re.compile(r"[^\W\d_]{4,}")
_HAN = re.compile(f"[{HAN}]+")


def doubts(article: Article, document: Document) -> Iterator[str]:
    """Tell what should be looked at: a wall, another story's text, much text that was left out."""
    if article.is_doubtful:
        yield "looks like a saved page, but its article can't be told from what is around it; all of it was taken."
    left = [line for _, line in article.left_out]
    if not left and not article.is_doubtful:
        return
    words = count_words(document.text)
    if words < _SHORT_TEXT and any(WALL.search(text) for text in (document.text, *(line.text for line in left))):
        yield "seems to be a login or script wall, not the article. Save the page again once the article shows."
    elif words >= _LONG_TEXT and not speaks_of(document.title, document.text):
        yield f"its text has nothing of its title, {document.title[:60]!r}. See whether it is another story's."
    lost = text_words(left)
    if lost > _MUCH_LEFT * (lost + words):
        yield f"{lost:.0f} words of text were left out beside {words:.0f} that were taken."


def speaks_of(title: str, text: str) -> bool:
    """Tell a text that has some words of its title, by how they begin, or pairs of its Han characters.

    A title of a word or two is no proof of the contrary, nor is one in the other language.
    """
    terms = _terms(title)
    if len(terms) < _FEW_TERMS or _is_chinese(title) != _is_chinese(text[:_LONGEST_LOOK]):
        return True
    lowered = text.lower()
    return sum(term in lowered for term in terms) >= _TITLE_SHARE * len(terms)


def _terms(title: str) -> set[str]:
    words = {word[:_STEM].lower() for word in _WORD.findall(_HAN.sub(" ", title))}
    return words | {one + two for run in _HAN.findall(title) for one, two in pairwise(run)}


def _is_chinese(text: str) -> bool:
    return han_share(text) >= CHINESE_SHARE
