"""HTML that stands inside another format, as text.

Blocks and breaks are `HARD` there; `wrapping.join_soft_breaks` makes lines of it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from indexer.articles.wrapping import HARD

if TYPE_CHECKING:
    from collections.abc import Callable, Container

_BLOCKS = frozenset(
    """
    address article aside blockquote br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 - read as a text
)
_APART = frozenset({"td", "th"})
_INLINE = frozenset(
    """
    a abbr acronym area audio b base bdi bdo big body button canvas caption cite code col colgroup data datalist del dfn
    em embed font head html i iframe img input ins kbd label legend link map mark meta meter nobr noscript object
    optgroup output param picture progress q rp rt ruby s samp script select slot small source span strike strong style
    sub sup svg path g template textarea time title track tt u var video wbr
    """.split()  # noqa: SIM905
)
_UNSEEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][\w.:-]*+)(?P<attributes>(?:[^<>\"']|\"[^\"]{0,500}+\"|'[^']{0,500}+')*+)>"
)
_SHOWN = re.compile(r"\b(?:alt|title|label|summary|description|caption)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_CLOSING = re.compile(r"</([A-Za-z][\w.:-]*)")
_EVIDENT = re.compile(
    r"</(?:p|div|span|b|strong|em|i|a|h[1-6]|li|ul|ol|td|table|blockquote)\s*>|<(?:br|p|hr)\s*/?>", re.IGNORECASE
)


def closed_tags(text: str) -> frozenset[str]:
    """The names of the tags that are closed somewhere in a text."""
    return frozenset(_CLOSING.findall(text))


def is_markup(text: str) -> bool:
    """A text has tags as only HTML has them: one that closes a common element, or one that breaks a line."""
    return "<" in text and _EVIDENT.search(text) is not None


def plain_markup(html: str, *, closed: Container[str]) -> str:
    """The text of a piece of HTML: tags, comments and scripts gone, blocks and breaks apart, entities resolved.

    Args:
        html: a piece, perhaps a single tag.
        closed: the names of the tags that are closed in the whole text. Another name without attributes, as in
            `git clone <repository>`, is a place for a word and stays.
    """
    for opening, ending in _UNSEEN:
        html = _without(html, opening, ending)
    html = _with_lines_of_pre(html)
    return unescape(_TAG.sub(lambda tag: _shown(tag, closed), html))


def _without(text: str, opening: str, ending: str) -> str:
    """A text without what stands between two marks; an opening mark that nothing ends stays."""
    return _between(text, opening, ending, lambda _: "")


def _with_lines_of_pre(text: str) -> str:
    return _between(text, "<pre", "</pre>", lambda inner: inner.replace("\n", HARD))


def _between(text: str, opening: str, ending: str, change: Callable[[str], str]) -> str:
    """A text with each piece from an opening mark to its ending changed, in one walk."""
    folded = text.casefold() if text.isascii() else text
    pieces, done = [], 0
    while (start := folded.find(opening, done)) >= 0 and (end := folded.find(ending, start + len(opening))) >= 0:
        pieces += [text[done:start], change(text[start : end + len(ending)])]
        done = end + len(ending)
    return "".join([*pieces, text[done:]])


def _shown(tag: re.Match[str], closed: Container[str]) -> str:
    name, attributes = tag["name"], tag["attributes"]
    lower = name.lower()
    if lower in _BLOCKS:
        return HARD
    if lower in _APART:
        return " "
    if lower in {"img", "area"}:
        return _first(_ALT.search(attributes))
    if lower in _INLINE:
        return ""
    if not attributes and not tag["closing"] and name not in closed:
        return tag[0].replace("<", "&lt;")  # it will be unescaped with the rest
    return " ".join(["", *(_first(shown) for shown in _SHOWN.finditer(attributes)), ""])


def _first(attribute: re.Match[str] | None) -> str:
    return next(filter(None, attribute.groups()), "") if attribute else ""
