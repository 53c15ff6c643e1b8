"""Plain SVG in the style of docs/images: no background, colours for light and dark pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a } .title { font-weight: 600; fill: #24292f }
.small { font-size: 11px } .end { text-anchor: end } .middle { text-anchor: middle } .ground { fill: #afb8c133 }
.line { stroke: #afb8c1; fill: none } .zh { fill: #c4552d } .en { fill: #0969da } .faint { fill-opacity: .35 }
.ring { fill: none; stroke: #24292f; stroke-width: 1.4 } .asked { fill: #24292f } .bar { fill: #8c959f }
.curve { fill: none; stroke-width: 2 } .curve.zh { stroke: #c4552d } .curve.en { stroke: #0969da }
.curve.zh, .curve.en { fill: none } .box { fill: #afb8c122; stroke: #afb8c1 } .dashed { stroke-dasharray: 4 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #9ea7b3 } .title { fill: #d1d7e0 } .zh { fill: #f0883e } .en { fill: #4493f8 } .bar { fill: #7d8590 }
  .ring { stroke: #f0f6fc } .asked { fill: #f0f6fc } .line, .box { stroke: #57606a }
  .curve.zh { stroke: #f0883e } .curve.en { stroke: #4493f8 } .curve.zh, .curve.en { fill: none }
}
"""


@dataclass(slots=True)
class Picture:
    """A picture that grows by parts."""

    title: str
    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, kind: str = "") -> None:
        """A line of text; y is its baseline."""
        self.parts.append(f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>')

    def rect(self, x: float, y: float, width: float, height: float, kind: str, radius: float = 2) -> None:
        """A rectangle."""
        self.parts.append(
            f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
            f'rx="{radius:g}"/>'
        )

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """A circle."""
        self.parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>')

    def star(self, x: float, y: float, kind: str = "asked") -> None:
        """A diamond, for the question."""
        self.parts.append(f'<path class="{kind}" d="M{x:.1f} {y - 8:.1f}l6 8l-6 8l-6 -8z"/>')

    def path(self, commands: str, kind: str) -> None:
        """Any path."""
        self.parts.append(f'<path class="{kind}" d="{commands}"/>')

    def arrow(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight arrow to the right or down."""
        head = "l-6 -4m6 4l-6 4" if abs(to_x - x) >= abs(to_y - y) else "l-4 -6m4 6l4 -6"
        self.path(f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}{head}", "line")

    def svg(self) -> str:
        """The whole."""
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n<title>{escape(self.title)}</title>\n'
            f"<style>{_STYLE}</style>\n{body}\n</svg>\n"
        )
