"""Standard output as a console: colours in a terminal, and none where they aren't wanted."""

from __future__ import annotations

from enum import StrEnum

from rich.console import Console
from rich.theme import Theme


class Color(StrEnum):
    """When output has colours and marks."""

    AUTO = "auto"
    """In a terminal, unless NO_COLOR is set."""
    ALWAYS = "always"
    NEVER = "never"


THEME = Theme(
    {
        "rank": "bold",
        "likely": "bold green",
        "perhaps": "green",
        "unlikely": "dim",
        "zh": "magenta",
        "en": "blue",
        "title": "bold",
        "about": "dim",
        "marked": "bold not dim",
        "around": "dim",
        "other": "cyan",
        "against": "red",
        "heading": "bold cyan",
        "passage": "",
    },
    inherit=False,
)
"""Only colours that each terminal has as its reader likes them, on light and on dark."""

_MEASURE = 104
"""Cells: longer lines are hard to follow."""


def console_of(color: Color) -> Console:
    """Standard output."""
    if color is Color.ALWAYS:
        return Console(theme=THEME, highlight=False, force_terminal=True, color_system="standard", no_color=False)
    if color is Color.NEVER:
        return Console(theme=THEME, highlight=False, color_system=None)
    return Console(theme=THEME, highlight=False)


def measure(console: Console) -> int | None:
    """The width of text in cells; None where it isn't wrapped, since a program reads it."""
    return max(20, min(_MEASURE, console.width)) if console.is_terminal else None
