"""Rows of tables as lines."""

from __future__ import annotations

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
