"""Rich Text Format, through striprtf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.markup.tables import row_lines
from indexer.articles.readers.office.properties import believed_author, said_title
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_START = re.compile(rb"\s*\{\\rtf")
_PICTURE = re.compile(rb"[0-9a-fA-F\s]{1000,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CELL_ON_NEXT_LINE = re.compile(r"\n\|")
_LARGEST_TEXT = 4 * 2**20
_HEAD = 2**16
_INFO = re.compile(r"\{\\(title|author) ((?:[^{}\\]|\\'[0-9a-f]{2}|\\u-?\d+ ?\??)*)\}")

_UNSEEN = re.compile(r"\{[^{}]*\\(?:deleted|v)(?![a-z0-9])[^{}]*\}")
_GROUP = re.compile(r"\{(?:\\\*)?\\(?P<kind>footnote|header|footer)[lrf]?(?![a-z])")
_NOTHING = "{}"
"""In place of a group: a command before it mustn't run into the text after it."""
_BRACE = re.compile(r"\\[{}\\]|[{}]")
_FONTS = re.compile(r"\{\\fonttbl(?:[^{}]|\{[^{}]*\})*\}")
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
_REASONS = {"header": "page head", "footer": "page foot"}


def read_rtf(data: bytes, name: str) -> Iterator[Found]:
    """A text of WordPad, Word or TextEdit, in whichever code page it says it is written; its notes follow the text."""
    if not _START.match(data):
        raise ArticleError(f"{name}: is no RTF. Open it and save a copy as .docx.")
    markup = _in_ascii(_PICTURE.sub(b" ", data))
    if len(markup) > _LARGEST_TEXT:
        raise ArticleError(f"{name}: holds more than {_LARGEST_TEXT // 2**20} MB of text. Split it.")
    head = markup[:_HEAD]
    unseen = _UNSEEN.findall(markup)
    markup, groups = _without_groups(_UNSEEN.sub(_NOTHING, markup))
    lines = _lines(markup)
    notes = [line for kind, group in groups if kind == "footnote" for line in _lines(_inside(group, markup))]
    around = [(line, kind) for kind, group in groups if kind != "footnote" for line in _lines(_inside(group, markup))]
    hidden = [(line, "deleted or hidden text") for group in unseen for line in _lines(_inside(group, markup))]
    stated = {field: "".join(_lines(_inside(text, markup))) for field, text in _INFO.findall(head)}
    yield (
        None,
        Page(
            "\n".join(lines + notes),
            title=said_title(stated.get("title"), lines),
            author=believed_author(stated.get("author"), stated.get("title"), lines),
            layout=Layout.ARTICLE,
            left_out=tuple(dict.fromkeys(LeftOut(line, _REASONS.get(kind, kind)) for line, kind in around + hidden)),
        ),
    )


def _lines(markup: str) -> list[str]:
    from striprtf.striprtf import rtf_to_text

    text = _CELL_ON_NEXT_LINE.sub("|", rtf_to_text(markup, errors="replace"))
    return [line for row in text.split("\n") for line in _row(row)]


def _inside(group: str, markup: str) -> str:
    """A part of a file as a file of its own, in the same code page and with the same fonts."""
    fonts = _FONTS.search(markup[:_HEAD])
    page = _CODE_PAGE.search(markup[:_HEAD])
    return "{\\rtf1\\ansi" + (page[0] if page else "") + (fonts[0] if fonts else "") + " " + group + "}"


def _without_groups(markup: str) -> tuple[str, list[tuple[str, str]]]:
    """The markup without its notes, heads and feet, which striprtf drops; and each of those, with its kind."""
    pieces: list[str] = []
    groups: list[tuple[str, str]] = []
    at = 0
    while start := _GROUP.search(markup, at):
        end = _end_of_group(markup, start.end())
        if end is None:
            break
        pieces += markup[at : start.start()], _NOTHING
        groups.append((start["kind"], markup[start.end() : end - 1]))
        at = end
    return "".join([*pieces, markup[at:]]), groups


def _end_of_group(markup: str, at: int) -> int | None:
    depth = 1
    for brace in _BRACE.finditer(markup, at):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.end()
    return None


def _row(text: str) -> list[str]:
    """A line, or the row of a table, whose cells come with bars between them."""
    cells = text.split("|") if text.rstrip().endswith("|") else [text]
    return row_lines([[cell.strip()] for cell in cells if cell.strip()])


def _in_ascii(data: bytes) -> str:
    """The file in ASCII, as it should be: programs write bytes of their code page, or UTF-8, as they are."""
    try:
        return "".join(character if character.isascii() else _escaped(character) for character in data.decode("utf-8"))
    except UnicodeDecodeError:
        return _HIGH.sub(lambda byte: b"\\'%02x" % byte[0][0], data).decode("ascii")


def _escaped(character: str) -> str:
    units = character.encode("utf-16-le")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2))
