"""Figures as a picture: two bars a measurement, haihe's and the peer's, and how many times better. Plain SVG."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from service.laboratory.bench.records import HAIHE, PEER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.laboratory.bench.records import Measurement

_LABELS, _BARS, _VALUE, _FACTOR = 220, 260, 96, 72
_BAR, _LINE, _HEAD, _MARGIN = 9, 30, 34, 12
_WIDTH = _LABELS + _BARS + _VALUE + _FACTOR + 2 * _MARGIN
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a } .title { font-weight: 600; fill: #24292f }
.value { font-size: 10px } .end { text-anchor: end } .haihe { fill: #0969da } .txtai { fill: #8c959f }
.factor { text-anchor: end; font-weight: 600; fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #9ea7b3 } .title { fill: #d1d7e0 } .txtai { fill: #7d8590 } .haihe, .factor { fill: #4493f8 }
}
"""


def draw(title: str, measurements: Sequence[Measurement]) -> str:
    """The SVG of what both systems were measured in: a block a number of passages, a line a measurement.

    The longer bar of a line fills it. There is no background, and colours are for light and dark pages.
    """
    parts, top = list[str](), float(_MARGIN)
    compared = [measurement for measurement in measurements if measurement.peer]
    for passages, group in groupby(compared, key=lambda one: one.passages):
        block = list(group)
        heading = f"{title}, {passages:,} passages" if passages else title
        parts.append(_text(_MARGIN, top + 14, heading, "title"))
        parts.append(_text(_WIDTH - _MARGIN, top + 14, f"{HAIHE} above, {PEER} below", "end"))
        parts += [_line(measurement, top + _HEAD + row * _LINE) for row, measurement in enumerate(block)]
        top += _HEAD + _LINE * len(block) + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{top:g}" viewBox="0 0 {_WIDTH} {top:g}" '
        f'role="img">\n<title>{escape(title)}: {HAIHE} (blue) and {PEER} (grey)</title>\n<style>{_STYLE}</style>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def number(value: float) -> str:
    """Three figures, however large or small."""
    if value == 0:
        return "0"
    if abs(value) >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"  # noqa: PLR2004


def _line(measurement: Measurement, y: float) -> str:
    values = {HAIHE: median(measurement.haihe), PEER: median(measurement.peer)}
    longest = max(values.values()) or 1.0
    parts = [_text(_LABELS - 8, y + 12, measurement.name, "end")]
    for row, (system, value) in enumerate(values.items()):
        top, length = y + row * (_BAR + 1), _BARS * value / longest
        parts += [
            f'<rect class="{system}" x="{_LABELS}" y="{top:g}" width="{length:.1f}" height="{_BAR}" rx="2"/>',
            _text(_LABELS + length + 5, top + 8, f"{number(value)} {measurement.unit}", "value"),
        ]
    if measurement.factor is not None:
        parts.append(_text(_WIDTH - _MARGIN, y + 12, f"{number(measurement.factor)}×", "factor"))
    return "\n".join(parts)


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>'
