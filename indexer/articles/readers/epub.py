"""Electronic books (EPUB): the chapters in their order, without the tables of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexer.articles.dates import parse_date
from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.archive import Archive, beside, value
from indexer.articles.readers.markup.html_text import html_lines
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found
    from indexer.articles.readers.archive import Element

_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "image/svg+xml"})
_OTHER_EVENTS = frozenset({"modification", "creation", "conversion", "ops-publication"})


def read_epub(data: bytes, name: str) -> Iterator[Found]:
    """A book as one article, with the title, authors, publisher and date that its package states."""
    archive = Archive(data, name)
    place = _package_path(archive, name)
    package = archive.xml(place)
    if package is None:
        raise ArticleError(f"{name}: lacks its list of chapters. Open the book and save a copy.")
    _check_open(archive, name)
    lines: list[str] = []
    left_out: list[LeftOut] = []
    warnings: list[str] = []
    contents = _contents(package)
    for target in _spine(package):
        path = beside(place, unquote(target))
        chapter = archive.read(path)
        if chapter is None:
            warnings.append(f"{name}: its chapter {path} is missing from the file. Look for another copy of the book.")
        elif target in contents:
            left_out += [LeftOut(line, "table of contents") for line in html_lines(chapter, name)]
        else:
            lines += html_lines(chapter, name)
    yield None, _page(package, lines, left_out, warnings)


def _page(package: Element, lines: list[str], left_out: list[LeftOut], warnings: list[str]) -> Page:
    def stated(field: str) -> list[str]:
        texts = (" ".join("".join(element.itertext()).split()) for element in package.iter(f"{{*}}{field}"))
        return [text for text in texts if text]

    dates = [element for element in package.iter("{*}date") if value(element, "event") not in _OTHER_EVENTS]
    dates.sort(key=lambda element: value(element, "event") != "publication")
    return Page(
        "\n".join(lines),
        title=next(iter(stated("title")), None),
        author=", ".join(stated("creator")) or None,
        source=next(iter(stated("publisher")), None),
        language=next(iter(stated("language")), None),
        published=next((date for element in dates if (date := parse_date(element.text or ""))), None),
        layout=Layout.ARTICLE,
        left_out=tuple(left_out),
        warnings=tuple(warnings),
    )


def _package_path(archive: Archive, name: str) -> str:
    """The path of the list of chapters: as the container says, or the only file of its kind."""
    container = archive.xml("META-INF/container.xml")
    stated = [] if container is None else [value(root, "full-path") for root in container.iter("{*}rootfile")]
    packages = [path for path in stated if path] or [path for path in archive.paths if path.endswith(".opf")]
    if not packages:
        raise ArticleError(f"{name}: is no book that could be read. Open it and save a copy as EPUB.")
    return packages[0]


def _spine(package: Element) -> list[str]:
    """The addresses of the chapters, in the order of reading."""
    items = {value(item, "id"): item for item in package.iter("{*}item")}
    chapters = [items.get(value(reference, "idref")) for reference in package.iter("{*}itemref")]
    if not chapters:
        chapters = list(items.values())
    return [
        value(item, "href") or ""
        for item in dict.fromkeys(chapters)
        if item is not None and value(item, "media-type") in _PAGES
    ]


def _contents(package: Element) -> set[str]:
    """The addresses of the tables of contents."""
    navigation = [item for item in package.iter("{*}item") if "nav" in (value(item, "properties") or "").split()]
    guides = [guide for guide in package.iter("{*}reference") if value(guide, "type") == "toc"]
    return {(value(element, "href") or "").partition("#")[0] for element in navigation + guides}


def _check_open(archive: Archive, name: str) -> None:
    """Refuse a book whose chapters are locked; fonts may be."""
    locks = archive.xml("META-INF/encryption.xml")
    paths = [] if locks is None else [value(lock, "URI") or "" for lock in locks.iter("{*}CipherReference")]
    if any(path.lower().endswith(("html", "htm", "xml")) for path in paths):
        raise ArticleError(f"{name}: is locked against copying. Save a copy without protection.")
