"""What the site must not do: load anything from another host."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

_LOADING = {
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("link", "href"), ("iframe", "src"), ("source", "src"),
    ("source", "srcset"), ("video", "src"), ("audio", "src"), ("object", "data"), ("embed", "src"), ("use", "href"),
    ("image", "href"), ("form", "action"),
}  # fmt: skip
_FETCHED_BY_SCRIPTS = ("mermaid", "arithmatex", "glightbox", "asciinema")
"""Classes for which the theme's script loads a library from elsewhere; without them it never does."""


def foreign_loads(site: Path) -> list[str]:
    """Every tag of the site that loads from another host, with its page."""
    return [
        f"{page.relative_to(site)}: {found}"
        for page in sorted(site.rglob("*.html"))
        for found in _of(page.read_text("utf-8"))
    ]


def _of(html: str) -> list[str]:
    parser = _Loads()
    parser.feed(html)
    return parser.found


class _Loads(HTMLParser):
    """Collects what a page loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag, name) in _LOADING and urlsplit(value or "").netloc:
                self.found.append(f"<{tag} {name}={value!r}>")
            if name == "class" and set((value or "").split()) & set(_FETCHED_BY_SCRIPTS):
                self.found.append(f"<{tag} class={value!r}> makes a script load a library")
