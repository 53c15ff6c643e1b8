"""Rows of pipes as lines of cells."""

from __future__ import annotations

import re

_TABLE_RULE = re.compile(r"^\s{0,3}\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$\n?", re.MULTILINE)
_TABLE_ROW = re.compile(r"^\s{0,3}\|(.*)\|[^\S\n]*$", re.MULTILINE)


def plain_tables(text: str) -> str:
    """Rows of pipes as lines of cells."""
    text = _TABLE_RULE.sub("", text)
    return _TABLE_ROW.sub(lambda row: " ".join(filter(None, (cell.strip() for cell in row[1].split("|")))), text)
