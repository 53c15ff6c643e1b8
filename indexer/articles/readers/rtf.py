"""Rich Text Format, through striprtf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.articles.page import Layout, Page
from indexer.articles.readers.properties import believed_author, said_title
from indexer.articles.readers.tables import row_lines
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_START = re.compile(rb"\s*\{\\rtf")
_PICTURE = re.compile(rb"[0-9a-fA-F\s]{1000,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CELL_ON_NEXT_LINE = re.compile(r"\n\|")
_LARGEST_TEXT = 8 * 2**20
_INFO = re.compile(r"\{\\(title|author) ((?:[^{}\\]|\\'[0-9a-f]{2}|\\u-?\d+ ?\??)*)\}")


def read_rtf(data: bytes, name: str) -> Iterator[Found]:
    """A text of WordPad, Word or TextEdit, in whichever code page it says it is written."""
    from striprtf.striprtf import rtf_to_text

    if not _START.match(data):
        raise ArticleError(f"{name}: is no RTF. Open it and save a copy as .docx.")
    markup = _in_ascii(_PICTURE.sub(b" ", data))
    if len(markup) > _LARGEST_TEXT:
        raise ArticleError(f"{name}: holds more than {_LARGEST_TEXT // 2**20} MB of text. Split it.")
    text = _CELL_ON_NEXT_LINE.sub("|", rtf_to_text(markup, errors="replace"))
    lines = [line for row in text.split("\n") for line in _row(row)]
    stated = {field: rtf_to_text("{\\rtf1 " + text + "}") for field, text in _INFO.findall(markup)}
    yield (
        None,
        Page(
            "\n".join(lines),
            title=said_title(stated.get("title"), lines),
            author=believed_author(stated.get("author"), stated.get("title"), lines),
            layout=Layout.ARTICLE,
        ),
    )


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
