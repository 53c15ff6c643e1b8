"""Statements for machines about a page's article: JSON-LD, OpenGraph, microdata, Dublin Core and other meta tags."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from indexer.articles.readers.html.accounts import read_account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|\w*Statement|PressRelease|TechArticle)$")
_MOST_NODES = 20_000
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "articletitle", "parsely-title", "sailthru.title")
_SITES = (
    "og:site_name",
    "application-name",
    "sitename",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "al:android:app_name",
)
_SOURCES = ("source", "contentsource", "article:source", "dc.source", "mediaid", "og:article:source")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:article:author",
    "citation_author",
)
_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date", "dcterms.date", "og:release_date", "citation_publication_date"),
    *("weibo:article:create_at", "firstpublishedtime", "originalpublicationdate"),
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")


@dataclass(slots=True)
class Structured:
    """The statements of a page for machines, in the order of trust; each may be missing."""

    titles: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    account: str | None = None
    """The official account, on WeChat."""
    scripted_dates: list[str] = field(default_factory=list)
    url: str | None = None
    language: str | None = None
    bodies: list[str] = field(default_factory=list)
    """The article's text as JSON-LD or microdata give it, as plain text."""


def read_structured(tree: HtmlElement) -> Structured:
    """Everything that a page states for machines."""
    stated = Structured()
    graphs = [
        _loads(script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()
    ]
    named = _named(graphs)
    for node in _articles(graphs):
        _add_json_ld(stated, {key: _resolved(value, named) for key, value in node.items()})
    stated.account, stated.scripted_dates = read_account(tree)
    _add_microdata(stated, tree)
    _add_meta(stated, tree)
    return stated


def _loads(text: str) -> object:
    """The JSON of a script; `None` where it is broken beyond what browsers' tools forgive."""
    text = (
        re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$", "", text)
        .strip()
        .rstrip(";")
    )
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _named(data: object) -> dict[str, dict[str, Any]]:
    """The nodes of JSON-LD that have a name, by their ids: others refer to them by these."""
    waiting, seen, named = [data], 0, dict[str, dict[str, Any]]()
    while waiting and seen < _MOST_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            if isinstance(identifier := node.get("@id"), str) and "name" in node:
                named[identifier] = node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return named


def _resolved(value: object, named: dict[str, dict[str, Any]]) -> object:
    """A property with the node that it refers to in its place: `{"@id": "#author"}`."""
    if isinstance(value, list):
        return [_resolved(item, named) for item in value if not isinstance(item, list)]
    identifier = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(identifier, value) if isinstance(identifier, str) else value


def _articles(data: object) -> Iterator[dict[str, Any]]:
    """The nodes of JSON-LD that describe an article, wherever they stand in lists and graphs."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0) if len(waiting) < 50 else waiting.pop()  # noqa: PLR2004 - a queue while it is short
        seen += 1
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            types = node.get("@type")
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in _listed(types)):
                yield node
            else:
                waiting += [value for key in ("@graph", "mainEntity", "mainEntityOfPage") if (value := node.get(key))]


def _add_json_ld(stated: Structured, node: dict[str, Any]) -> None:
    stated.titles += _texts(node.get("headline")) or _texts(node.get("name"))
    for publisher in _listed(node.get("publisher")) + _listed(node.get("sourceOrganization")):
        stated.publishers += _names([publisher])
    stated.authors += _names(person for person in _listed(node.get("author")) if not _is_organization(person))
    stated.dates += _texts(node.get("datePublished")) or _texts(node.get("dateCreated"))
    stated.descriptions += _texts(node.get("description"))
    stated.bodies += [_plain(text) for text in _texts(node.get("articleBody")) or _texts(node.get("text"))]
    stated.language = stated.language or next(iter(_texts(node.get("inLanguage"))), None)


def _is_organization(person: object) -> bool:
    kinds = _listed(person.get("@type")) if isinstance(person, dict) else []
    return any(isinstance(kind, str) and kind.endswith(("Organization", "Corporation")) for kind in kinds)


def _add_microdata(stated: Structured, tree: HtmlElement) -> None:
    fields = {
        "headline": stated.titles,
        "datePublished": stated.dates,
        "author": stated.authors,
        "publisher": stated.publishers,
        "articleBody": stated.bodies,
    }
    for element in tree.iter(etree.Element):
        for name in (element.get("itemprop") or "").split():
            if name in fields and len(fields[name]) < 8:  # noqa: PLR2004
                value = _item_value(element, name)
                fields[name] += [value] if value else []


def _item_value(element: HtmlElement, name: str) -> str:
    if name == "articleBody":
        return ""  # the extractors see it
    if value := element.get("content") or element.get("datetime"):
        return str(value).strip()
    named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), element)
    return " ".join((named.get("content") or named.text_content()).split())


def _add_meta(stated: Structured, tree: HtmlElement) -> None:
    contents: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "").lower()
        if key and (content := " ".join((meta.get("content") or "").split())):
            contents.setdefault(key, []).append(content)
    for names, values in (
        (_TITLES, stated.titles),
        (_SITES, stated.sites),
        (_SOURCES, stated.sources),
        (_AUTHORS, stated.authors),
        (_DATES, stated.dates),
        (_DESCRIPTIONS, stated.descriptions),
    ):
        values += [value for name in names for value in contents.get(name, [])]
    canonical = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    addresses = [address for address in (*canonical, *contents.get("og:url", [])) if (address or "").startswith("http")]
    stated.url = addresses[0] if addresses else None
    languages = [tree.get("lang"), *contents.get("og:locale", []), *contents.get("content-language", [])]
    stated.language = next((code for code in languages if code), stated.language)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> list[str]:
    return [text.strip() for text in _listed(value) if isinstance(text, str) and text.strip()]


def _names(things: Iterable[object]) -> list[str]:
    """The names of people or organisations, which may be plain text or nodes."""
    named = [thing.get("name") if isinstance(thing, dict) else thing for thing in things]
    return [text for name in named for text in _texts(name)]


def _plain(text: str) -> str:
    """A text that may hold markup, without it."""
    if not re.search(r"<(?:p|br|div|h\d|li|span|a)\b", text, re.IGNORECASE):
        return text
    from indexer.articles.readers.html.blocks import find_blocks

    return "\n".join(block.text for block in find_blocks(html.document_fromstring(text)))
