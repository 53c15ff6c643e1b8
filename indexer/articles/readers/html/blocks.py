"""A page's tree as the lines that a reader sees, in their order, each with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from indexer.articles.characters import one_line, visible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    (
        "html body address article aside blockquote center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr legend li main menu nav ol "
        "optgroup option p pre search section summary table caption tbody td tfoot th thead tr ul amp-img "
        "frameset noframes "
    ).split()
)
_UNREAD = frozenset(
    (
        "title script style noscript template svg annotation annotation-xml iframe object embed audio video canvas map "
        "select option textarea button input rt rp rtc datalist progress meter applet param source track "
    ).split()
)
_ANCHORS = frozenset("¶§#🔗")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NESTED_IN_CELLS = frozenset(("p div li h1 h2 h3 h4 h5 h6 section article blockquote ul ol dl pre figure ").split())
_LONGEST_CELL = 300
_GOES_ON = re.compile(r"[a-z,;(]")
_SENTENCE_END = re.compile(r"[.!?。！？:：;；…\"”』」)）]$")


@dataclass(slots=True, eq=False)
class Block:
    """A line of a page.

    Attributes:
        path: the elements around it, from the page's own to the nearest.
        linked: how many of its characters are in links.
        spaced: the line with a blank between its elements, which often touch: `2024-03-05` and `来源：海湾日报`.
    """

    text: str
    path: tuple[HtmlElement, ...]
    linked: int
    spaced: str

    @property
    def element(self) -> HtmlElement:
        """The nearest element around the line."""
        return self.path[-1]

    @property
    def tags(self) -> set[str]:
        """The names of the elements around the line."""
        return {element.tag for element in self.path}


@dataclass(slots=True)
class _Line:
    """A line that is being gathered."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0


class _Gatherer:
    """Walks a tree and gathers its lines."""

    def __init__(self, layout_rows: set[HtmlElement]) -> None:
        self.blocks: list[Block] = []
        self.layout_rows = layout_rows
        self.path: list[HtmlElement] = []
        self.line = _Line()
        self.links = self.data_rows = self.preformatted = 0

    def enter(self, element: HtmlElement) -> None:
        """Begin an element: a block ends the line before it."""
        tag = element.tag
        if tag in BLOCKS and not (self.data_rows and tag != "tr"):
            self.end_line()
        if tag in BLOCKS:
            self.path.append(element)
        if tag == "tr" and element not in self.layout_rows:
            self.data_rows += 1
        self.links += tag == "a"
        self.preformatted += tag in {"pre", "listing", "xmp"}
        if tag == "br":
            self.line.parts.append(" " if self.data_rows else "\n")
        self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        """End an element, and the line where it is a block; what stands after it belongs to the element around it."""
        tag = element.tag
        self.links -= tag == "a"
        if tag == "tr" and element not in self.layout_rows:
            self.data_rows -= 1
        if tag in BLOCKS and not (self.data_rows and tag != "tr"):
            self.end_line()
        elif tag in {"td", "th"} or (self.data_rows and tag in BLOCKS):
            self.line.parts.append(" ")
        self.preformatted -= tag in {"pre", "listing", "xmp"}
        if tag in BLOCKS:
            self.path.pop()
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        """Add text to the line; only `pre` and `br` break it."""
        if text and self.path:
            text = text if self.preformatted else re.sub(r"[\n\r\t]+", " ", text)
            self.line.parts.append(text)
            self.line.linked += len(text.strip()) if self.links else 0

    def end_line(self) -> None:
        """Keep what was gathered: a line, or several where `br` breaks it into paragraphs."""
        line, self.line = self.line, _Line()
        texts = [one_line(visible(part)) for part in "".join(line.parts).split("\n")]
        texts = texts if self.preformatted else _paragraphs(texts)
        texts = [text for text in texts if text]
        if not texts:
            return
        total, path = sum(map(len, texts)), tuple(self.path)
        spaced = one_line(visible(" ".join(line.parts))) if len(texts) == 1 else ""
        self.blocks += [Block(text, path, round(line.linked * len(text) / total), spaced or text) for text in texts]


def find_blocks(tree: HtmlElement) -> list[Block]:
    """The lines of a page: paragraphs, headings, items, rows of tables, lines of code."""
    gatherer = _Gatherer(_layout_rows(tree))
    skipped: HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if skipped is not None:
            if element is skipped and event == "end":
                skipped = None
                gatherer.add(element.tail)
        elif event == "end":
            gatherer.leave(element)
        elif _is_unread(element):
            skipped = element
        else:
            gatherer.enter(element)
    return gatherer.blocks


def _is_unread(element: HtmlElement) -> bool:
    """Tell an element without text of its own; the mark beside a heading that links to it is none either."""
    return (
        not isinstance(element.tag, str)
        or element.tag in _UNREAD
        or (element.tag == "a" and len(element) == 0 and (element.text or "").strip() in _ANCHORS)
    )


def _layout_rows(tree: HtmlElement) -> set[HtmlElement]:
    """The rows of tables that lay a page out: their cells hold blocks, other tables or long text."""
    layout: set[HtmlElement] = set()
    rows: list[HtmlElement] = []
    held: list[int] = []  # how many blocks the present cell of each row holds
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "end" and tag == "tr":
            rows.pop()
            held.pop()
        elif event == "end":
            continue
        elif tag == "table":
            layout.update(rows)
        elif tag == "tr":
            rows.append(element)
            held.append(0)
        elif rows and tag in {"td", "th"}:
            held[-1] = 0
            layout.update(rows[-1:] if _is_long(element) else ())
        elif rows and (tag in _NESTED_IN_CELLS or tag == "br"):
            held[-1] += 1
            layout.update(rows[-1:] if held[-1] > 1 else ())
    return layout


def _is_long(cell: HtmlElement) -> bool:
    length = 0
    for text in cell.itertext():
        length += len(text.strip())
        if length > _LONGEST_CELL:
            return True
    return False


def _paragraphs(texts: list[str]) -> list[str]:
    """Lines between breaks; one that was broken inside its sentence goes on."""
    joined: list[str] = []
    for index, text in enumerate(texts):
        before = texts[index - 1] if index else ""
        if joined and before and text and _GOES_ON.match(text) and not _SENTENCE_END.search(before):
            joined[-1] += f" {text}"
        else:
            joined.append(text)
    return joined
