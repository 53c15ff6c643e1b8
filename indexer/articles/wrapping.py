"""Texts that were wrapped to a width, with their paragraphs on one line each again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDS = re.compile(r"[。！？!?.…：:；;][\"'”’」』）)\]】]*$")
_LATIN_END = re.compile(r"[A-Za-z0-9,;:'’\"”)-]$")
_WRAP_LEAST, _WRAP_MOST = 18, 110
_WRAP_SHARE = 0.35
_FEWEST_WRAPPED = 4
_FULL, _SURELY_FULL = 0.7, 0.9
"""Of the width: a line that long may have been broken there; one that long was, even at the end of a sentence."""
_ITEM = re.compile(r"^(?:[*•·-]\s|\d{1,2}[.)、]\s?|[（(]\S{1,3}[）)])")


def join_wrapped(text: str) -> str:
    """A text without blank lines; lines that were wrapped to a width are joined again."""
    paragraphs = [[one_line(line) for line in block.split("\n")] for block in re.split(r"\n[^\S\n]*\n", text)]
    blocks = [[line for line in paragraph if line] for paragraph in paragraphs]
    width = _wrap_width([line for block in blocks for line in block])
    if width is None:
        return "\n".join(line for block in blocks for line in block)
    return "\n".join(line for block in blocks for line in _unwrap(block, width))


def _wrap_width(lines: Sequence[str]) -> float | None:
    """The column at which a text was wrapped, or None where each paragraph is a line."""
    long = [line for line in lines if len(line) >= _WRAP_LEAST]
    if len(long) < _FEWEST_WRAPPED or max(map(len, long)) > _WRAP_MOST:
        return None
    width = sorted(map(len, long))[int(0.9 * len(long))]
    full = [line for line in long if len(line) >= _FULL * width]
    after_break = [after for line, after in pairwise(lines) if len(line) >= _FULL * width and not _ENDS.search(line)]
    going_on = [line for line in after_break if line[0].islower() or not line[0].isascii()]
    is_wrapped = len(full) >= len(long) / 2 and len(going_on) > _WRAP_SHARE * len(long)
    return width if is_wrapped else None


def _unwrap(block: Sequence[str], width: float) -> list[str]:
    """Join each line to the one before it, as long as that one is full and doesn't end a sentence early."""
    joined: list[str] = []
    goes_on = False
    for line in block:
        if joined and goes_on and not _ITEM.match(line):
            glue = " " if _LATIN_END.search(joined[-1][-1:]) or line[:1].isascii() else ""
            joined[-1] += glue + line
        else:
            joined.append(line)
        ends_early = _ENDS.search(line) and len(line) < _SURELY_FULL * width
        goes_on = len(line) >= _FULL * width and not ends_early
    return joined
