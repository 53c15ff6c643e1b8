"""The text of a Word document's parts, as Word shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.articles.page import LeftOut
from indexer.articles.readers.archive import local, value
from indexer.articles.readers.markup.html_text import html_lines
from indexer.articles.readers.markup.markup_text import Markup, MarkupText
from indexer.articles.readers.office.list_numbers import ListNumbers
from indexer.articles.readers.office.word_package import first

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.articles.readers.archive import Element
    from indexer.articles.readers.office.word_package import WordPackage

_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""How the namespaces begin that Word knows; what needs another one has a fallback."""
_SHOWN = ("{*}t", "{*}sym", "{*}drawing", "{*}pict", "{*}footnoteReference", "{*}endnoteReference", "{*}altChunk")
"""What can be seen of a row."""
_OFF = frozenset({"0", "false", "off"})
_PRIVATE = range(0xE000, 0xF900)


class WordText(MarkupText):
    """The text of a document's parts. Fields show their results, formulas a line of signs, lists their numbers."""

    markup = Markup(
        blocks=frozenset({"tbl", "tr", "oMathPara"}),
        cells=frozenset({"tc"}),
        skipped=frozenset(
            {"delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr"}
            | {"sectPr", "rubyPr", "dPr"}
        ),
        asides=frozenset({"txbxContent"}),
        marks={"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"},
        text=frozenset({"t"}),
    )
    watched = frozenset({"p", "num", "d"})

    def __init__(self, package: WordPackage) -> None:
        """Begin with the document's first list at its first number."""
        super().__init__()
        self._package = package
        self._numbers = ListNumbers(package)
        self._goes_on = False
        self._unended: set[Element] = set()
        self.notes: dict[tuple[str, str], None] = {}
        """The kind and id of each note that it refers to, in order."""
        self.left_out: list[LeftOut] = []

    def enters(self, element: Element, name: str) -> bool:
        """Tell an element whose contents Word shows; write what stands before its text."""
        if name in self.markup.skipped:
            return False
        special = _SPECIAL.get(name)
        return special is None or special(self, element)

    def leaves(self, element: Element, name: str) -> None:
        """Write what stands after an element's text; a paragraph whose end is deleted goes on in the next."""
        if name == "p":
            self._goes_on = element in self._unended
            if not self._goes_on:
                self.end_line()
        elif name == "num":
            self.write("/")
        elif name == "d":
            self.write(_bracket(element, "endChr", ")"))

    def begin_paragraph(self, paragraph: Element) -> bool:
        """A paragraph on a line of its own, after its number."""
        properties = first(paragraph, "pPr") if len(paragraph) else None
        if properties is None:
            if not self._goes_on:
                self.end_line()
            return True
        style = first(properties, "pStyle")
        if style is not None and self._is_hidden_style(value(style, "val")):
            return self._leave_out(paragraph, "hidden text")
        if not self._goes_on:
            self.end_line()
        if _property(properties, "rPr", "del") is not None:
            self._unended.add(paragraph)
        if (number := self._numbers.next(properties)) and next(paragraph.iter("{*}t"), None) is not None:
            self.write(number)
        return True

    def begin_run(self, run: Element) -> bool:
        """A run of text, unless it is hidden."""
        properties = run[0] if len(run) and local(run[0]) == "rPr" else None
        if properties is None:
            return True
        hidden, style = first(properties, "vanish"), first(properties, "rStyle")
        if hidden is not None:
            is_hidden = value(hidden, "val") not in _OFF
        else:
            is_hidden = style is not None and self._is_hidden_style(value(style, "val"))
        return not is_hidden or self._leave_out(run, "hidden text")

    def begin_row(self, row: Element) -> bool:
        """A table's row, unless it is deleted or empty."""
        if next(row.iter(*_SHOWN), None) is None:
            return False  # a form's thousands of empty cells cost no time
        is_deleted = _property(row, "trPr", "del") is not None
        return not is_deleted or self._leave_out(row, "deleted text")

    def pass_deleted(self, element: Element) -> bool:
        """Pass over text that a tracked change takes away."""
        return self._leave_out(element, "deleted text")

    def refer(self, reference: Element) -> bool:
        """A note's reference; its text comes after the document's."""
        kind = "footnotes" if local(reference) == "footnoteReference" else "endnotes"
        self.notes[kind, value(reference, "id") or ""] = None
        return False

    def write_symbol(self, symbol: Element) -> bool:
        """A character of a named font; those of fonts without characters of their own have no text."""
        try:
            code = int(value(symbol, "char") or "", 16)
            self.write("" if code in _PRIVATE else chr(code))
        except (ValueError, OverflowError):
            pass
        return False

    def draw(self, drawing: Element) -> bool:
        """A chart or a diagram, whose words are in another part."""
        part = self._package.related(value(drawing, "dm") or value(drawing, "id"))
        if part is not None:
            self.add_aside(_DrawingText().lines(part))
        return False

    def include(self, chunk: Element) -> bool:
        """Another document inside this one, read where it is a web page."""
        path = self._package.related_path(value(chunk, "id"))
        data = self._package.read(path)
        lines = html_lines(data, path) if data else []
        self.end_line()
        self.add_aside(lines)
        self.end_line()
        if not lines:
            self._package.warnings.append(
                f"{self._package.name}: holds another document ({path}) that isn't read. Save a copy in Word."
            )
        return False

    def choose(self, alternative: Element) -> bool:
        """The first alternative that Word knows how to show, and no other."""
        alternatives = alternative.getparent()
        return (
            next((candidate for candidate in alternatives if _is_understood(candidate)), alternatives[-1])
            is alternative
        )

    def open_bracket(self, delimiter: Element) -> bool:
        """Open the brackets of a formula."""
        self.write(_bracket(delimiter, "begChr", "("))
        return True

    def raise_power(self, exponent: Element) -> bool:
        """A formula's exponent, which mustn't become the last digit of its base."""
        self.write("^" if next(exponent.iter("{*}t"), None) is not None else "")
        return True

    def write_shaped(self, path: Element) -> bool:
        """Text that is drawn as a shape (WordArt)."""
        self.add_aside(list(filter(None, [(value(path, "string") or "").strip()])))
        return False

    def _is_hidden_style(self, style: str | None) -> bool:
        chain = self._package.style_chain(style)
        marks = [mark for definition in chain if (mark := _property(definition, "rPr", "vanish")) is not None]
        return bool(marks) and value(marks[0], "val") not in _OFF

    def _leave_out(self, element: Element, reason: str) -> bool:
        if text := "".join(part.text or "" for part in element.iter("{*}t", "{*}delText")).strip():
            self.left_out.append(LeftOut(text, reason))
        return False


class _DrawingText(MarkupText):
    """The words of a chart or a diagram, without the numbers that it draws."""

    markup = Markup(
        blocks=frozenset({"p", "pt"}),
        cells=frozenset(),
        skipped=frozenset({"numCache", "numLit", "formatCode", "f"}),
        text=frozenset({"t", "v"}),
    )


_SPECIAL: dict[str, Callable[[WordText, Element], bool]] = {
    "p": WordText.begin_paragraph,
    "r": WordText.begin_run,
    "tr": WordText.begin_row,
    "del": WordText.pass_deleted,
    "moveFrom": WordText.pass_deleted,
    "footnoteReference": WordText.refer,
    "endnoteReference": WordText.refer,
    "sym": WordText.write_symbol,
    "relIds": WordText.draw,
    "chart": WordText.draw,
    "altChunk": WordText.include,
    "Choice": WordText.choose,
    "Fallback": WordText.choose,
    "d": WordText.open_bracket,
    "sup": WordText.raise_power,
    "textpath": WordText.write_shaped,
}
"""Elements whose text isn't simply what is in them, by their names."""


def _property(element: Element, *path: str) -> Element | None:
    descendant: Element | None = element
    for name in path:
        descendant = None if descendant is None else first(descendant, name)
    return descendant


def _is_understood(alternative: Element) -> bool:
    prefixes = (value(alternative, "Requires") or "").split()
    return local(alternative) == "Fallback" or all(
        (alternative.nsmap.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in prefixes
    )


def _bracket(delimiter: Element, name: str, usual: str) -> str:
    stated = _property(delimiter, "dPr", name)
    return usual if stated is None else value(stated, "val") or ""
