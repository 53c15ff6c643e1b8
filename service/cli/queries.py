"""Queries from a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from indexer import HaiheError

if TYPE_CHECKING:
    from pathlib import Path

_STANDARD_INPUT = "-"


class NoQueries(HaiheError):  # noqa: N818 - reads as what it is
    """A file has no queries, or can't be read."""


def queries_of(path: Path) -> list[str]:
    """The queries in a text file, one a line; blank lines are passed over.

    Args:
        path: of a file in UTF-8, or `-` for standard input.

    Raises:
        NoQueries: it can't be read, or has none.
    """
    name = "standard input" if str(path) == _STANDARD_INPUT else str(path)
    try:
        content = sys.stdin.buffer.read() if str(path) == _STANDARD_INPUT else path.read_bytes()
        queries = [line.strip() for line in content.decode("utf-8-sig").splitlines() if line.strip()]
    except OSError as error:
        raise NoQueries(f"{name}: can't be read ({error.strerror or error}). Name a text file.") from None
    except UnicodeDecodeError:
        raise NoQueries(f"{name}: isn't UTF-8. Save it in this encoding, one question a line.") from None
    if not queries:
        raise NoQueries(f"{name}: has no questions. Write one a line.")
    return queries
