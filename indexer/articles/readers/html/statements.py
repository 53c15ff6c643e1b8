"""Title, source, author and day of a page: what it prints, then what it states for machines; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.articles.dates import day_first_by_locale, day_first_in, parse_stated_date
from indexer.articles.readers.html.extraction import pack
from indexer.articles.readers.html.titles import find_title, site_parts
from indexer.articles.saved_pages.furniture import Article
from indexer.articles.saved_pages.metadata import (
    is_no_name,
    read_author,
    read_date,
    read_dateline_source,
    read_labelled_source,
    read_source,
    without_by_label,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from indexer.articles.readers.html.extraction import Line
    from indexer.articles.readers.html.structured import Structured

_HEAD_LINES = 12
_LONGEST_HEAD_LINE = 200
_LONGEST_OUTLET = 60
_NEAR = dt.timedelta(days=1)
_AUTHOR_CLASS = re.compile(r"\b(?:author|byline|by-line|writer|zuozhe)(?:[-_]?(?:name|link))?\b", re.IGNORECASE)
_NAME = re.compile(
    r"[A-Z][\w'’.-]*(?: (?:de|van|von|der|al|bin|da|la|[A-Z][\w'’.-]*)){1,4}(?:(?:,| and| &) .{3,50})?"
    r"|[\u4e00-\u9fff·]{2,8}"
)
_RIGHTS = re.compile(r"(?:copyright|©|\(c\)|版权所有|版權所有|著作權)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of a page on its article, and the line that prints its title."""

    title: str
    title_line: int | None
    source: str | None
    author: str | None
    published: dt.date | None


def read_statements(tree: HtmlElement, lines: Sequence[Line], kept: Sequence[int], stated: Structured) -> Statements:
    """Read what a page states of the article in the lines that are kept."""
    window = " ".join((tree.findtext(".//title") or "").split())
    sites = list(dict.fromkeys(filter(None, [stated.account, *stated.publishers, *stated.sites])))
    first = next((index for index in kept if lines[index].is_prose), kept[0] if kept else 0)
    title, title_line = find_title(lines, window, stated.titles, [*sites, *_owners(lines)], first)
    article = _article(lines, kept, title, title_line, first)
    source = _source(article, stated, window, title, lines)
    author = _author(
        article, lines, stated, [*sites, *site_parts(window)[1:], *filter(None, [source])], title_line, first
    )
    return Statements(title, title_line, source, author, _published(article, tree, stated))


def _article(lines: Sequence[Line], kept: Sequence[int], title: str, title_line: int | None, first: int) -> Article:
    """The lines around the title and the text as the by-line's rules read them."""
    begin = title_line if title_line is not None and title_line <= first else first - _HEAD_LINES
    head = [
        _spaced(line)
        for index, line in enumerate(lines[max(0, begin - 3) : first + 1], start=max(0, begin - 3))
        if index != title_line and len(line.block.text) <= _LONGEST_HEAD_LINE and line.zone in {None, "sharing"}
    ]
    body = [lines[index].block.text for index in kept if index >= first]
    after = range(kept[-1] + 1, min(kept[-1] + 4, len(lines))) if kept else ()
    return Article(title, tuple(head), tuple(body), tuple(_spaced(lines[index]) for index in after))


def _spaced(line: Line) -> str:
    """A line with a blank between its elements: `来源：` and a name, a date and a label, often touch in the markup."""
    return line.block.spaced


def _source(article: Article, stated: Structured, window: str, title: str, lines: Sequence[Line]) -> str | None:
    """The publisher: by a printed label, the account, what is stated for machines, the dateline, the site's name."""
    candidates = [
        read_labelled_source(article),
        stated.account,
        *stated.sources,
        *stated.publishers,
        *stated.sites,
        read_dateline_source(article),
        _named_by_window(window, title, [*article.head, *_rights(lines)], lines),
        _beside_date(article, lines),
    ]
    return next((name for name in candidates if name and _is_outlet(name)), None)


def _is_outlet(name: str) -> bool:
    is_address = re.match(r"https?:|@|//", name) is not None
    return len(name) <= _LONGEST_OUTLET and not is_address and parse_stated_date(name) is None and bool(pack(name))


def _named_by_window(window: str, title: str, printed: Sequence[str], lines: Sequence[Line]) -> str | None:
    """The last part of the window's title, where the rights or the by-line name it too or it stands alone as a sign."""
    parts = [part for part in site_parts(window) if pack(part) and "." not in part]
    if not parts or pack(parts[-1]) in pack(title):
        return None
    is_printed = pack(parts[-1]) in pack(" ".join(printed)) or any(line.packed == pack(parts[-1]) for line in lines)
    return parts[-1] if is_printed else None


def _beside_date(article: Article, lines: Sequence[Line]) -> str | None:
    """The name beside the date, where the page shows it alone elsewhere too, as it does with accounts."""
    name = read_source(article)
    return name if name and any(line.packed == pack(name) for line in lines) else None


def _rights(lines: Sequence[Line]) -> list[str]:
    return [
        line.block.text
        for line in lines
        if len(line.block.text) < _LONGEST_HEAD_LINE and _RIGHTS.search(line.block.text)
    ]


def _owners(lines: Sequence[Line]) -> list[str]:
    """The names in a page's rights, such as `Copyright 2023 Brindle Courier. All rights reserved.` has one."""
    texts = [re.split(r"[.。]\s|ICP|备案", _RIGHTS.sub("", text))[0] for text in _rights(lines)]
    return [
        owner
        for text in texts
        if (owner := re.sub(r"[\d\s–—-]*\d[\d\s–—-]*", " ", text).strip(" .:：,")) and len(owner) < _LONGEST_OUTLET
    ]


def _author(
    article: Article,
    lines: Sequence[Line],
    stated: Structured,
    outlets: Sequence[str],
    title_line: int | None,
    first: int,
) -> str | None:
    """The author: by the printed by-line, then what is stated for machines; roles and outlets are none."""
    printed = read_author(article)
    if printed and not is_no_name(printed, outlets):
        return printed
    begin = title_line if title_line is not None and title_line <= first else max(0, first - _HEAD_LINES)
    classed = [
        without_by_label(line.block.spaced) for line in lines[max(0, begin - 3) : first + 1] if is_by_author(line)
    ]
    names = [name for name in map(without_by_label, stated.authors) if not is_no_name(name, outlets)]
    if names:
        return ", ".join(dict.fromkeys(names[:6]))
    return next((name for name in classed if _NAME.fullmatch(name) and not is_no_name(name, outlets)), None)


def is_by_author(line: Line) -> bool:
    """Tell a line that names the author, by the markup around it."""
    return any(
        _AUTHOR_CLASS.search(
            f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-component') or ''}"
        )
        for element in line.block.path[-3:]
    )


def _published(article: Article, tree: HtmlElement, stated: Structured) -> dt.date | None:
    """The day that the page prints; one for machines where it prints none, or one that is far from it."""
    locale = _locale(stated)
    order = day_first_in((*article.head, *article.body))
    order = day_first_by_locale(locale) if order is None else order
    printed = read_date(article, locale=locale)
    values = [*stated.dates, *_times(tree), *stated.scripted_dates]
    machine = next((date for value in values if (date := parse_stated_date(value, day_first=order))), None)
    if printed is None or machine is None:
        return printed or machine
    return machine if printed - machine > _NEAR and not _is_labelled(article) else printed


def _is_labelled(article: Article) -> bool:
    return any(re.search(r"publish|posted|发布|發布|发表|發表|刊", line, re.IGNORECASE) for line in article.head)


def _times(tree: HtmlElement) -> list[str]:
    """The days of `time` elements that say that they are the publication's."""
    return [
        time.get("datetime") or ""
        for time in tree.iter("time")
        if "pubdate" in time.attrib
        or "published" in (time.get("class") or "").split()
        or time.get("itemprop") == "datePublished"
    ]


def _locale(stated: Structured) -> str | None:
    """The page's language, with the country of its address where the language comes without one."""
    language = (stated.language or "").replace("_", "-")
    host = re.match(r"https?://[^/]*\.([a-z]{2})(?:[:/]|$)", stated.url or "")
    if language.lower() in {"en", ""} and host:
        return f"en-{'GB' if host[1] == 'uk' else host[1].upper()}"
    return language or None
