"""The text of markup as lines: a paragraph, an item or a table's row each, all that is shown and nothing else.

The formats differ in the names of their elements (`Markup`); how they are walked, and how lines
come about, is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from indexer.articles.readers.archive import local
from indexer.articles.readers.markup.tables import row_lines
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.articles.readers.archive import Element

_BREAK_IN_HAN = re.compile(rf"(?<=[{HAN}，。、；：！？”’》）])[^\S\n]*\n\s*(?=[{HAN}“‘《（])")
_LINE_ENDS = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Markup:
    """The names of a format's elements, without namespaces, by what they are for. Others leave the text as it is."""

    blocks: frozenset[str]
    """On lines of their own."""
    cells: frozenset[str]
    """Of a table's row."""
    skipped: frozenset[str]
    """Not shown."""
    asides: frozenset[str] = frozenset()
    """Shown beside the paragraph in which they stand, such as text boxes: their lines follow it."""
    as_laid_out: frozenset[str] = frozenset()
    """Whose line ends are shown."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Elements that stand for characters; a line feed ends the line."""
    text: frozenset[str] | None = None
    """The only elements that hold text, where not all do."""


@dataclass(slots=True)
class _Frame:
    """The lines of a text, a cell or a text box, as they come."""

    done: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


class MarkupText:
    """A walk through markup that writes its text as lines; formats override `enters` and `leaves`."""

    markup: Markup
    watched: frozenset[str] = frozenset()
    """Elements whose end `leaves` is told of, besides those that end a line."""

    def __init__(self) -> None:
        self._frames = [_Frame()]
        self._laid_out = 0
        self._ending = (
            self.markup.blocks | self.markup.cells | self.markup.asides | self.markup.as_laid_out | self.watched
        )

    def lines(self, root: Element) -> list[str]:
        """The lines of an element, none blank."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        names: dict[str, str] = {}
        holds_text = self.markup.text is None
        is_shown = True
        for event, element in walk:
            if event == "start":
                name = names.get(tag := element.tag) or names.setdefault(tag, local(element))
                is_shown = self._open(element, name)
                if not is_shown:
                    walk.skip_subtree()
                continue
            if event == "end" and is_shown and (name := names[element.tag]) in self._ending:
                self._close(element, name)
            is_shown = True  # the end of what is skipped follows its start
            if holds_text and element is not root and element.tail:
                self.write(element.tail)
        self.end_line()
        done, self._frames[-1].done = self._frames[-1].done, []
        return done

    def enters(self, element: Element, name: str) -> bool:  # noqa: ARG002 - formats look at it
        """Tell an element whose contents are shown."""
        return name not in self.markup.skipped

    def leaves(self, element: Element, name: str) -> None:
        """Told of the end of the elements that are watched."""

    def write(self, text: str) -> None:
        """Add to the line."""
        if self._laid_out:
            first, *others = _LINE_ENDS.split(text)
            self._frames[-1].line.append(first)
            for other in others:
                self.end_line()
                self._frames[-1].line.append(other)
        else:
            self._frames[-1].line.append(_LINE_ENDS.sub(" ", _BREAK_IN_HAN.sub("", text)))

    def end_line(self) -> None:
        """Begin a new line where this one has text; what stands beside it follows it."""
        frame = self._frames[-1]
        if frame.line:
            if line := "".join(frame.line).strip():
                frame.done.append(line)
            frame.line = []
        if frame.cells:
            frame.done += row_lines(frame.cells)
            frame.cells = []
        if frame.asides:
            frame.done += frame.asides
            frame.asides = []

    def add_aside(self, lines: list[str]) -> None:
        """Add lines after the one that is being written."""
        self._frames[-1].asides += lines

    def _open(self, element: Element, name: str) -> bool:
        if not self.enters(element, name):
            return False
        markup = self.markup
        if name in markup.blocks:
            self.end_line()
        elif name in markup.cells or name in markup.asides:
            self._frames.append(_Frame())
        elif name in markup.marks:
            self._write_mark(markup.marks[name])
        self._laid_out += name in markup.as_laid_out
        if (markup.text is None or name in markup.text) and element.text:
            self.write(element.text)
        return True

    def _close(self, element: Element, name: str) -> None:
        markup = self.markup
        self._laid_out -= name in markup.as_laid_out
        if name in markup.blocks:
            self.end_line()
        elif name in markup.cells or name in markup.asides:
            self.end_line()
            done = self._frames.pop().done
            if name in markup.cells:
                self._frames[-1].cells.append(done)
            else:
                self.add_aside(done)
        self.leaves(element, name)

    def _write_mark(self, mark: str) -> None:
        if mark == "\n":
            self.end_line()
        else:
            self._frames[-1].line.append(mark)
