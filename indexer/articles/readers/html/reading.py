"""A web page, from its bytes to its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.html.accounts import read_scripted
from indexer.articles.readers.html.doubts import find_doubts
from indexer.articles.readers.html.extraction import pack, select, weigh
from indexer.articles.readers.html.markup import decode_page, parse
from indexer.articles.readers.html.scripted import reveal, scripted_trees
from indexer.articles.readers.html.statements import is_by_author, read_statements
from indexer.articles.readers.html.structured import read_structured
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from indexer.articles.readers.html.extraction import Line
    from indexer.articles.readers.html.statements import Statements
    from indexer.articles.readers.html.structured import Structured

_MOST_LEFT_OUT = 400
_LONGEST_LEFT_OUT = 300
_SHORT, _FAR_MORE, _SURELY_MORE = 1000, 2, 5
"""Letters and times: so much longer must a text of the page's scripts be than a short or a longer one that it shows."""
_LONGEST_BY_LINE = 120
_MOST_OF_A_FRAME = 200


@dataclass(frozen=True, slots=True)
class _Selection:
    """The lines of a page and the places of its article's."""

    lines: Sequence[Line]
    kept: Sequence[int]

    @property
    def text(self) -> str:
        """The article, a paragraph a line."""
        return "\n".join(self.lines[index].block.text for index in self.kept)

    @property
    def is_frame(self) -> bool:
        """It is only a little of the page's frame, as where scripts would have built the article."""
        lines = [self.lines[index] for index in self.kept]
        return all(line.zone for line in lines) and sum(len(line.packed) for line in lines) < _MOST_OF_A_FRAME

    @property
    def left_around(self) -> int:
        """The number of letters that are left out and that no part of the page's frame holds."""
        own = set(self.kept)
        return sum(len(line.packed) for index, line in enumerate(self.lines) if index not in own and line.zone is None)


def read_page(data: bytes, name: str) -> Page:
    """A web page's article, by its structure.

    Raises:
        ArticleError: the page holds no text.
    """
    text, warning = decode_page(data, name)
    tree = parse(text)
    if tree is None:
        raise _nothing(name)
    stated = read_structured(tree)
    selection = _select(tree, stated)
    if not selection.kept or selection.is_frame:
        raise _nothing(name)
    statements = read_statements(tree, selection.lines, selection.kept, stated)
    selection = _without_head(selection, statements)
    doubts = find_doubts(
        selection.text,
        title=statements.title,
        descriptions=stated.descriptions,
        bodies=stated.bodies,
        around=selection.left_around,
    )
    return _page(selection, statements, stated, [*filter(None, [warning]), *(f"{name}: {doubt}" for doubt in doubts)])


def _nothing(name: str) -> ArticleError:
    return ArticleError(f"{name}: no article was found in this page. Save the page's article as text instead.")


def _page(selection: _Selection, found: Statements, stated: Structured, warnings: list[str]) -> Page:
    return Page(
        selection.text,
        title=found.title or None,
        source=found.source,
        url=stated.url,
        author=found.author,
        published=found.published,
        language=stated.language,
        layout=Layout.STATED,
        left_out=tuple(_left_out(selection)),
        warnings=tuple(warnings),
    )


def _select(tree: HtmlElement, stated: Structured) -> _Selection:
    """The article as the page shows it, or as its scripts and its JSON-LD hold it where it shows far less."""
    hidden = scripted_trees(tree, stated.bodies)
    source, dates = read_scripted(tree)
    reveal(tree)
    etree.strip_elements(tree, "script", "style", "svg", with_tail=False)
    shown = _selection(tree)
    length = len(pack(shown.text))
    for other in hidden:
        lines = weigh(other, vote=False)
        if sum(len(line.packed) for line in lines) > (_FAR_MORE if length < _SHORT else _SURELY_MORE) * max(length, 1):
            stated.sources += filter(None, [source])
            stated.scripted_dates += dates
            return _Selection([*lines, *shown.lines], range(len(lines)))
    return shown


def _selection(tree: HtmlElement) -> _Selection:
    lines = weigh(tree)
    return _Selection(lines, select(lines))


def _without_head(selection: _Selection, found: Statements) -> _Selection:
    """The article without its title and the by-line, which are read as what the page states."""
    first = next((index for index in selection.kept if selection.lines[index].is_prose), None)
    rest = [
        index
        for index in selection.kept
        if not (first is None or index < first) or not _is_head(selection.lines[index], index, found)
    ]
    return _Selection(selection.lines, rest or selection.kept)


def _is_head(line: Line, index: int, found: Statements) -> bool:
    if index == found.title_line or line.packed in {
        pack(found.title),
        pack(found.author or ""),
        pack(found.source or ""),
    }:
        return True
    return len(line.block.text) <= _LONGEST_BY_LINE and (line.is_byline or is_by_author(line))


def _left_out(selection: _Selection) -> Iterator[LeftOut]:
    """The lines that aren't the article's, each with the reason; their number and length are bounded."""
    own = set(selection.kept)
    left = [line for index, line in enumerate(selection.lines) if index not in own]
    for line in left[:_MOST_LEFT_OUT]:
        yield LeftOut(line.block.text[:_LONGEST_LEFT_OUT], line.zone or "around the article")
    if len(left) > _MOST_LEFT_OUT:
        yield LeftOut(f"… {len(left) - _MOST_LEFT_OUT} more lines", "around the article")
