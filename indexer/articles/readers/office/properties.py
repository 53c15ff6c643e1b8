"""The title and author that a file's properties state, as far as they can be believed.

Programs fill these fields by themselves: with the name of a template ("PowerPoint Presentation"), of the file from
which it was copied, or of the computer's user ("User", "admin"). A title counts only where the text says it too; an
author where the text says the name, or where it is somebody's full name beside a title that isn't known to be stale.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD_LINES = 12
_BY_LINES = 6
_FULL_NAME = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]|['’-])*(?: [^\W\d_](?:[^\W\d_]|['’.-])*){1,3}|[\u4e00-\u9fff]{2,4}")
_PLACEHOLDER = re.compile(
    r"\b(?:users?|admin|administrator|author|owner|microsoft|office|windows|word|wps|apple|google|libreoffice|computer|"
    r"pc|laptop|desktop|company|unknown|default|guest|test|python)\b|用户|用戶|管理员|管理員|作者|微软|微軟|电脑|電腦|未知",
    re.IGNORECASE,
)


def said_title(title: str | None, lines: Sequence[str]) -> str | None:
    """A stated title, where the first lines of the text say it."""
    wanted = _compact(title or "")
    return title if wanted and wanted in _compact("".join(lines[:_HEAD_LINES])) else None


def believed_author(author: str | None, title: str | None, lines: Sequence[str]) -> str | None:
    """A stated author, where the text or a full name beside a title that isn't stale confirms it."""
    wanted = _compact(author or "")
    if wanted and wanted in map(_compact, (*lines[:_BY_LINES], *lines[-2:])):
        return author
    is_stale = bool(title) and said_title(title, lines) is None
    is_name = _FULL_NAME.fullmatch(author or "") and not _PLACEHOLDER.search(author or "")
    return author if is_name and not is_stale else None


def _compact(text: str) -> str:
    return "".join(text.split()).lower()
