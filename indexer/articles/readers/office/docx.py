"""Word documents: all that Word shows of them, from their XML.

python-docx, which writes such files well, reads neither insertions, content controls, text boxes nor notes, and opens
no file that names a missing part; its tables take a step for each column that a cell says it spans.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.archive import value
from indexer.articles.readers.office.properties import believed_author, said_title
from indexer.articles.readers.office.word_package import WordPackage, first
from indexer.articles.readers.office.word_text import WordText
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found
    from indexer.articles.readers.archive import Element

OLE = b"\xd0\xcf\x11\xe0"
"""How the files of old Office programs begin, and today's that a password locks."""
_TITLES = frozenset({"title", "标题", "標題"})
_HEADINGS = frozenset({"heading 1", "heading1", "标题 1", "标题1", "標題 1"})
_HEAD_LINES = 5
_MOST_LOOKED_AT = 100
_AROUND = {"header": "page head", "footer": "page foot", "comments": "comment"}
"""Parts that stand around the text, by the kinds of their relations."""


def read_docx(data: bytes, name: str) -> Iterator[Found]:
    """A Word document: its text in order, then its notes; what stands around it is left out by name."""
    if data.startswith(OLE):
        raise ArticleError(f"{name}: is locked by a password, or a .doc under another name. Save a copy as .docx.")
    package = WordPackage(data, name)
    text = WordText(package)
    body = text.lines(package.body)
    lines = body + _notes(package, text)
    yield (
        None,
        Page(
            "\n".join(lines),
            title=_title(package) or said_title(package.property("title"), body),
            author=believed_author(package.property("creator"), package.property("title"), body),
            layout=Layout.ARTICLE,
            left_out=(*text.left_out, *_left_out_around(package)),
            warnings=tuple(dict.fromkeys(package.warnings)),
        ),
    )


def _notes(package: WordPackage, text: WordText) -> list[str]:
    """The notes to which a text refers, in that order."""
    lines: list[str] = []
    parts = {kind: package.part(kind) for kind in dict.fromkeys(kind for kind, _ in text.notes)}
    notes = {(kind, value(note, "id")): note for kind, part in parts.items() if part is not None for note in part}
    for key in list(text.notes):
        if key in notes:
            lines += text.lines(notes[key])
    if len(notes.keys() & text.notes.keys()) < len(text.notes):
        package.warnings.append(
            f"{package.name}: some of its notes are missing from the file. Open it and save a copy."
        )
    return lines


def _left_out_around(package: WordPackage) -> list[LeftOut]:
    """The lines of heads, feet and comments, each once."""
    lines = [
        LeftOut(line, reason)
        for kind, reason in _AROUND.items()
        for part in package.parts(kind)
        for line in WordText(package).lines(part)
    ]
    return list(dict.fromkeys(lines))


def _title(package: WordPackage) -> str | None:
    """The paragraph at the head that is styled as the title, or the only heading of the first level."""
    head = _head(package)
    styles = Counter(value(style, "val") for style in package.body.iter("{*}pStyle"))
    headings = sum(count for style, count in styles.items() if package.style_name(style) in _HEADINGS)
    titles = [line for style, line in head if style in _TITLES]
    first_level = [line for style, line in head[: None if headings == 1 else 1] if style in _HEADINGS]
    return next(iter(titles + first_level), None)


def _head(package: WordPackage) -> list[tuple[str, str]]:
    """The first lines, each with its paragraph's style."""
    text = WordText(package)
    head: list[tuple[str, str]] = []
    for paragraph in islice(package.body.iter("{*}p"), _MOST_LOOKED_AT):
        if (lines := text.lines(paragraph)) and len(head) < _HEAD_LINES:
            head.append((_style(package, paragraph), lines[0]))
    return head


def _style(package: WordPackage, paragraph: Element) -> str:
    properties = first(paragraph, "pPr")
    style = None if properties is None else first(properties, "pStyle")
    return "" if style is None else package.style_name(value(style, "val"))
