"""Tables with tabs between fields and no quoting."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from indexer import CorpusError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_tsv(path: Path) -> list[list[str]]:
    """The rows that aren't blank, a header included.

    Raises:
        CorpusError: the file isn't UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path}: no tab-separated text in UTF-8 ({error}). Save it as UTF-8.") from error


def read_columns(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """The rows below a header that names these columns, in this order.

    Raises:
        CorpusError: the header or a row is another.
    """
    header, *rows = read_tsv(path) or [[]]
    if header != list(columns):
        raise CorpusError(f"{path}: begins with {header}. Begin it with these columns: {', '.join(columns)}")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise CorpusError(f"{path}: row {number} has {len(row)} column(s). Write: {', tab, '.join(columns)}")
    return rows
