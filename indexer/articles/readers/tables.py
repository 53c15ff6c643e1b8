"""Rows of pipes as lines of cells."""

from __future__ import annotations

import re

_TABLE_RULE = re.compile(r"^\s{0,3}\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\s{0,3}\|(.*)\|[^\S\n]*$", re.MULTILINE)


def plain_tables(text: str) -> str:
    """Rows of pipes as lines of cells."""
    text = _TABLE_RULE.sub("", text)
    return _TABLE_ROW.sub(lambda row: " ".join(filter(None, (cell.strip() for cell in row[1].split("|")))), text)


_LONGEST_ROW = 400
"""Characters of a row whose cells have several paragraphs; in a longer one they lay out a text."""


def row_lines(cells: list[list[str]]) -> list[str]:
    """The lines of a row: one for all its cells, but the cells' own where they lay out a text rather than a table.

    Args:
        cells: the lines of each cell.
    """
    filled = [cell for cell in cells if cell]
    row = " ".join(line for cell in filled for line in cell)
    is_row = all(len(cell) == 1 for cell in filled) or len(row) <= _LONGEST_ROW
    return [row] if len(filled) > 1 and is_row else [line for cell in filled for line in cell]
