"""The blocks of Markdown as lines of plain text, through pulldown-cmark, which takes linear time for any input."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from indexer.articles.readers.markup.embedded_html import closed_tags, plain_markup
from indexer.articles.wrapping import HARD, join_soft_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyromark

_DUNDER = re.compile(rb"__[a-z]\w*?__")
_LONGEST_DUNDER = 64
_HEADING_ID = re.compile(r"\{#[\w:.-]+\}$")
_CJK = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’"
_UNSEEN_STRONG = re.compile(rf"(?<=[{_CJK}])\*\*|\*\*(?=[{_CJK}])")
"""Marks that CommonMark leaves as they are, since they touch Han or full-width punctuation; two of them are a pair."""
_UNSEEN = "\x1f"
"""Such a mark in a block that isn't complete yet: decoded texts have no control characters."""
_CALLOUT = re.compile(r"^\[!(\w+)\][+-]?[^\S\r\n]*")
_CODE_TITLE = re.compile(r"\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TASKS = {True: "☑ ", False: "☐ "}


@dataclass
class Blocks:
    """The lines of a document, and its headings: level and text."""

    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The first heading of the first level, or the first one."""
        first = [text for level, text in self.headings if level == 1] or [text for _, text in self.headings]
        return first[0] if first else None


def read_blocks(source: str) -> Blocks:
    """The paragraphs, items, rows of tables and lines of code of Markdown, a line each.

    Every word is kept: code and its comments, alternative texts of images, footnotes, the text of HTML and components.
    Addresses of links, markup and HTML comments aren't words.
    """
    import pyromark

    writer = _Writer(source)
    for event, place in pyromark.events_with_range(source, options=_options(), merge_text=True):
        writer.write(event, place["start"], place["end"])
    return writer.finish()


def _options() -> pyromark.Options:
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_GFM
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_WIKILINKS
        | Options.ENABLE_MATH
    )


class _Writer:
    """Writes a parser's events down as lines."""

    def __init__(self, source: str) -> None:
        self._source = source.encode(errors="replace")
        self._closed = closed_tags(source)
        self._blocks = Blocks()
        self._text: list[str] = []
        """Pieces of the block that is being written."""
        self._lists: list[int | None] = []
        """For each list around, the number of its next item."""
        self._mark = ""
        """Before the next line: an item's number."""
        self._cells: list[str] = []
        self._is_code = False

    def write(self, event: Any, start: int, end: int) -> None:  # noqa: ANN401 - a dict of one key, or a name
        """Write one event, which stands between two bytes of the source."""
        kind, value = _named(event)
        if kind in {"Start", "End"}:
            tag, details = _named(value)
            if tag in {"Strong", "Emphasis"}:
                self._text.append(self._literal_marks(start, end))
            elif handler := (self._STARTS if kind == "Start" else self._ENDS).get(tag):
                handler(self, details)
        elif handler := self._PIECES.get(kind):
            self._text.append(handler(self, value))

    def finish(self) -> Blocks:
        """The document, when all events are written."""
        self._flush()
        return self._blocks

    def _flush(self, _: object = None) -> str:
        """End a line, if one was begun."""
        text = "".join(self._text)
        self._text.clear()
        lines = join_soft_breaks(text.replace(_UNSEEN, "" if text.count(_UNSEEN) > 1 else "**"))
        if lines and self._mark:
            lines[0], self._mark = self._mark + lines[0], ""
        self._blocks.lines += lines
        return " ".join(lines)

    def _literal_marks(self, start: int, end: int) -> str:
        """Underscores of `__init__` and asterisks of `2*3*4`: parsers take them for emphasis, readers don't."""
        if end - start <= _LONGEST_DUNDER and _DUNDER.fullmatch(self._source, start, end):
            return "__"
        around = self._source[max(start - 1, 0) : start] + self._source[end : end + 1]
        is_inside = start > 0 and around.isalnum() and len(around) == 2  # noqa: PLR2004 - one on each side
        return ("**" if self._source.startswith(b"**", start) else "*") if is_inside else ""

    def _write_text(self, text: str) -> str:
        if self._is_code:
            return text.replace("\n", HARD)
        return _UNSEEN_STRONG.sub(_UNSEEN, text) if "**" in text else text

    def _write_markup(self, html: str) -> str:
        return plain_markup(html, closed=self._closed)

    def _begin_item(self, _: object) -> None:
        self._flush()
        if self._lists and self._lists[-1] is not None:
            self._mark = f"{self._lists[-1]}. "
            self._lists[-1] += 1

    def _begin_list(self, first: int | None) -> None:
        self._flush()
        self._lists.append(first)

    def _end_list(self, _: object) -> None:
        self._flush()
        self._lists.pop()

    def _begin_code(self, kind: Any) -> None:  # noqa: ANN401
        self._flush()
        self._is_code = True
        title = _CODE_TITLE.search(kind["Fenced"]) if isinstance(kind, dict) else None
        if title:
            self._text.append((title[1] or title[2] or "") + HARD)

    def _end_code(self, _: object) -> None:
        self._is_code = False
        self._flush()

    def _begin_quote(self, callout: str | None) -> None:
        self._flush()
        if callout:
            self._blocks.lines.append(callout)

    def _end_heading(self, level: str) -> None:
        self._text = [_HEADING_ID.sub("", "".join(self._text))]
        text = self._flush()
        if text:
            self._blocks.headings.append((int(level[1:]), text))

    def _end_markup(self, _: object) -> None:
        """A block of HTML: its first heading of the first level counts as one of Markdown's."""
        html = "".join(self._text)
        self._text = [self._write_markup(html)]
        begins = html.find("<h1")
        ends = html.find("</h1", begins)
        if 0 <= begins < ends and (title := " ".join(join_soft_breaks(self._write_markup(html[begins:ends])))):
            self._blocks.headings.append((1, title))
        self._flush()

    def _end_paragraph(self, _: object) -> None:
        if self._text and (callout := _CALLOUT.match(self._text[0])):  # with a title, which GitHub's don't have
            rest = self._text[0][callout.end() :]
            self._text[0] = (rest or callout[1].capitalize() + HARD) if rest or len(self._text) > 1 else callout[1]
        self._flush()

    def _begin_row(self, _: object) -> None:
        self._cells = []

    def _end_cell(self, _: object) -> None:
        self._cells.append(" ".join(join_soft_breaks("".join(self._text))))
        self._text.clear()

    def _end_row(self, _: object) -> None:
        self._text = [" ".join(filter(None, self._cells))]
        self._flush()

    _PIECES: ClassVar[dict[str, Callable[[_Writer, Any], str]]] = {
        "Text": _write_text,
        "Code": lambda _, code: code,
        "InlineMath": lambda _, formula: f"${formula}$",
        "DisplayMath": lambda _, formula: f"$${formula}$$",
        "InlineHtml": _write_markup,
        "Html": lambda _, html: html,
        "SoftBreak": lambda *_: "\n",
        "HardBreak": lambda *_: HARD,
        "TaskListMarker": lambda _, is_done: _TASKS[is_done],
    }
    _STARTS: ClassVar[dict[str, Callable[[_Writer, Any], object]]] = {
        **dict.fromkeys(("Paragraph", "Heading", "HtmlBlock", "DefinitionListTitle", "FootnoteDefinition"), _flush),
        **dict.fromkeys(("DefinitionListDefinition", "Table"), _flush),
        **dict.fromkeys(("TableHead", "TableRow"), _begin_row),
        "Item": _begin_item,
        "List": _begin_list,
        "CodeBlock": _begin_code,
        "BlockQuote": _begin_quote,
    }
    _ENDS: ClassVar[dict[str, Callable[[_Writer, Any], object]]] = {
        **dict.fromkeys(("Item", "DefinitionListTitle", "DefinitionListDefinition", "BlockQuote"), _flush),
        **dict.fromkeys(("TableHead", "TableRow"), _end_row),
        "Paragraph": _end_paragraph,
        "Heading": _end_heading,
        "HtmlBlock": _end_markup,
        "CodeBlock": _end_code,
        "List": _end_list,
        "TableCell": _end_cell,
    }


def _named(value: Any) -> tuple[str, Any]:  # noqa: ANN401 - the parser's own shape
    """A name and what belongs to it: the parser gives a dict of one key, or the name alone."""
    return (value, None) if isinstance(value, str) else next(iter(value.items()))


def spell_out(source: str) -> str:
    """Markdown in which what CommonMark doesn't know, and would lose or take for code, is plain paragraphs.

    Titles of containers (`::: tip 标题`, `/// note | 标题`, `!!! note "标题"`) stand alone, what is indented under one
    is indented no more, and a line such as `[来源]: 海湾日报` isn't taken for the address of a link.
    """
    return _without_false_definitions("\n".join(_paragraphs_of_containers(source.split("\n"))))


_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CONTAINER = re.compile(
    r"^\s*(?::{3,}|/{3,}(?=[^\S\n]*(?:$|[\w-]+[^\S\n]*(?:\||$))))[^\S\n]*\{?(?P<kind>[.\w-]*)\}?"
    r"[^\S\n]*\|?(?:\[(?P<bracketed>[^\]]*)\])?(?P<title>[^{\n]*)(?:\{[^}]*\})?\s*$"
)
_INDENTING = re.compile(r"^(?:!!!|\?\?\?\+?|===[!+]?)[^\S\n]+(?P<kind>[\w -]*?)[^\S\n]*(?:\"(?P<title>[^\"]*)\")?\s*$")
_INDENT = 4


def _paragraphs_of_containers(lines: list[str]) -> Iterator[str]:
    depth, fence = 0, ""
    for line in lines:
        bare = line
        while depth and line.strip() and not line.startswith(" " * _INDENT * depth):
            depth -= 1
        if depth:
            bare = line[_INDENT * depth :]
        mark = _FENCE.match(bare)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or mark or not bare.lstrip()[:1] or bare.lstrip()[0] not in ":/!?=":
            yield bare
        elif container := _CONTAINER.match(bare):
            yield from ("", container["bracketed"] or container["title"].strip() or container["kind"], "")
        elif container := _INDENTING.match(bare):
            depth += 1
            yield from ("", container["title"] or container["kind"], "")
        else:
            yield bare


_ADDRESS = re.compile(r"[/.#:?&=@%<\\]|^$")


def _without_false_definitions(source: str) -> str:
    """A source in which a definition whose address is no address, but a word, has its bracket escaped."""
    import pyromark

    definitions = pyromark.reference_definitions(source, options=_options()).values()
    spans = [definition["span"] for definition in definitions if not _ADDRESS.search(definition["dest"])]
    data, pieces, done = source.encode(), [], 0
    for span in sorted(spans, key=itemgetter("start")):
        pieces += [data[done : span["start"]], b"\\", data[span["start"] : span["end"]], b"\n"]
        done = span["end"]
    return b"".join([*pieces, data[done:]]).decode() if spans else source
