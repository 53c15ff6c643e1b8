"""An ablation as a picture: a bar for each ranking, over all questions and by direction. Plain SVG."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.laboratory.evaluation.records import Row

_LABELS, _PANEL, _GAP, _BAR, _LINE = 118, 118, 26, 14, 22
_HEAD, _MARGIN, _VALUE = 50, 12, 34
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a } .title { font-weight: 600; fill: #24292f }
.value { font-size: 11px } .end { text-anchor: end } .ground { fill: #afb8c133 } .bar { fill: #8c959f }
.best { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #9ea7b3 } .title { fill: #d1d7e0 } .bar { fill: #7d8590 } .best { fill: #4493f8 }
}
"""


@dataclass(frozen=True, slots=True)
class _Panel:
    """One column of bars: what it shows, and a value for each ranking."""

    title: str
    values: tuple[float, ...]


def draw(rows: Sequence[Row]) -> str:
    """The SVG of an ablation: a block a task, in it a line a ranking and a column of bars a direction.

    Bars begin at 0 and could reach 1; the longest of a column is blue. It has no background, and colours for light
    and dark pages.
    """
    blocks, top, width = [], float(_MARGIN), 0.0
    for task, found in groupby(rows, key=lambda row: row.task):
        whole = list({row.ranking: row for row in found}.values())
        panels = _panels(whole)
        blocks.append(_block(f"{task}: {whole[0].figure}", [row.ranking for row in whole], panels, top))
        top += _HEAD + _LINE * len(whole) + _MARGIN
        width = max(width, _LABELS + len(panels) * (_PANEL + _VALUE + _GAP) + _MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{top:g}" viewBox="0 0 {width:g} {top:g}" '
        f'role="img">\n<title>Rankings compared, by direction</title>\n<style>{_STYLE}</style>\n'
        + "\n".join(blocks)
        + "\n</svg>\n"
    )


def _panels(rows: Sequence[Row]) -> list[_Panel]:
    figure = rows[0].figure
    everything = _Panel("all", tuple(row.measures[figure] or 0.0 for row in rows))
    return [everything] + [
        _Panel(direction, tuple(row.directions[direction].measures[figure] or 0.0 for row in rows))
        for direction in rows[0].directions
    ]


def _block(title: str, rankings: Sequence[str], panels: Sequence[_Panel], top: float) -> str:
    """A task: its title, the rankings' names at the left, and its panels beside each other."""
    parts = [_text(_MARGIN, top + 14, title, "title")]
    for line, name in enumerate(rankings):
        parts.append(_text(_LABELS - 8, _baseline(top, line), name, "end"))
    for number, panel in enumerate(panels):
        parts.append(_bars(panel, _LABELS + number * (_PANEL + _VALUE + _GAP), top))
    return "\n".join(parts)


def _bars(panel: _Panel, left: float, top: float) -> str:
    parts = [_text(left, top + _HEAD - 12, panel.title, "title")]
    for line, value in enumerate(panel.values):
        y = top + _HEAD + line * _LINE
        kind = "best" if value == max(panel.values) else "bar"
        parts += [
            f'<rect class="ground" x="{left:g}" y="{y:g}" width="{_PANEL}" height="{_BAR}" rx="2"/>',
            f'<rect class="{kind}" x="{left:g}" y="{y:g}" width="{_PANEL * value:.1f}" height="{_BAR}" rx="2"/>',
            _text(left + _PANEL + 5, _baseline(top, line), f"{value:.3f}".lstrip("0"), "value"),
        ]
    return "\n".join(parts)


def _baseline(top: float, line: int) -> float:
    return top + _HEAD + line * _LINE + 11


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>'
