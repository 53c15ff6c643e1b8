"""The parts of a page's frame, as its markup names them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

    from indexer.articles.readers.html.blocks import Block

_TAGS = {"nav": "navigation", "menu": "navigation", "aside": "aside", "footer": "footer", "dialog": "dialog"}
_ROLES = {
    "navigation": "navigation",
    "search": "search",
    "complementary": "aside",
    "contentinfo": "footer",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "navigation",
}
_NAMES = {
    "comments": r"comments?|commentlist|disqus|pinglun|gentie|replies|respond|liuyan|commentary",
    "related": r"related|recommend(?:ed|ation|ations)?|tuijian|xiangguan|readmore|morenews|outbrain|taboola|hotnews|"
    r"mostread|mostpopular|trending|popular|hot(?:list|rank|news|box|article|words?)?|ranklist|rankinglist|upnext|seealso|alsolike|hotspot",
    "navigation": r"nav|navbar|navigation|menu|breadcrumbs?|crumbs?|mbx|pagination|pager|paging|sitemap|"
    r"skiplinks?|prevnext|catlinks",
    "sharing": r"share|sharing|sharebar|social|addthis|jiathis|bdsharebuttonbox|bshare|fenxiang|sharedaddy|likes",
    "advertising": r"ads?|ad(?:box|wrap|wrapper|container|slot|unit|area|banner)|advert|advertisement|advertising|sponsor|sponsored|promo|promotion|guanggao|adsbygoogle",
    "sign-up": r"newsletter|subscribe|subscription|signup|paywall|regwall|cookie|cookies|consent|gdpr|modal|popup|"
    r"login|appdownload|download-?app|qrcode|ewm|erweima",
    "footer": r"footer|foot|copyright|beian|colophon|disclaimer|banquan",
    "aside": r"sidebar|sidebar1|aside|rail|rightrail|widget|widgets|rightbar|right-?col",
}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ZONES = [(zone, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for zone, pattern in _NAMES.items()]
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def zone_of(block: Block, articles: Collection[HtmlElement] = ()) -> str | None:
    """The part of the page's frame that a line stands in, by the outermost element that is one.

    Args:
        block: the line.
        articles: elements that hold the article, which are none whatever their names say.
    """
    return next(
        (zone for element in block.path if element not in articles and (zone := _zone_of_element(element))), None
    )


def is_hidden(element: HtmlElement) -> bool:
    """Tell an element that no browser shows."""
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "") is not None


def _zone_of_element(element: HtmlElement) -> str | None:
    if element.tag in {"html", "body", "main"}:
        return None
    if zone := _ROLES.get((element.get("role") or "").lower()):
        return zone
    if is_hidden(element):
        return "hidden"
    if zone := _TAGS.get(element.tag):
        return zone
    return _zone_of_name(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=4096)
def _zone_of_name(names: str) -> str | None:
    """The zone that a class or an id names, as a whole word or as one: `related-posts`, `shareBar`."""
    tokens = {
        token
        for name in names.split()
        for token in (
            name.lower(),
            re.sub(r"[-_\d]", "", name.lower()),
            *(word.lower() for word in _WORDS.findall(name)),
        )
    }
    return next((zone for zone, pattern in _ZONES if any(pattern.fullmatch(token) for token in tokens)), None)
