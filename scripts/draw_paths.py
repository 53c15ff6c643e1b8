"""Draw the write path and the read path from the code's own imports.

Writes docs/images/paths.svg and, in Chinese, docs/images/paths.zh.svg. What a box says is the first sentence of its
docstring; its Chinese is in docs/translations.yml. `tests/docs/test_pictures.py` fails where the code has moved on.

Example: python scripts/draw_paths.py
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from documentation.layers import Stop, layers_of
from documentation.svg import Picture
from documentation.words import Words
from grimp import build_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documentation.layers import Layers, Row
    from grimp import ImportGraph

_ROOT = Path(__file__).parents[1]
_WRITE, _READ = "indexer", "service.search"
_TITLES = {_WRITE: "The write path: articles to an index.", _READ: "The read path: a query to its hits."}
_LEGEND = "An arrow is an import, in whichever file of a folder; what other arrows imply is left out."
_ASKED = "The read path asks it, too."
_WIDTH, _MARGIN = 880.0, 10.0
_GAP, _LANE, _WIDEST = 22.0, 12.0, 270.0
_BETWEEN = 44.0
_LINE, _HEAD = 14.0, 26.0
_LATIN, _WIDE = 6.3, 11.0
"""The widths of characters of eleven pixels, on the safe side."""
_PIECE = re.compile(r"(?:[!-~–’]+|[^\s!-~–’])[，。、；：）》”]*\s*")
_SENTENCE = re.compile(r"(.+?[.?!])(?:\s|$)", re.DOTALL)


def main() -> None:
    """Draw both pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "images", help="where the pictures are written")
    out = parser.parse_args().out
    for name, picture in pictures().items():
        (out / name).write_text(picture, "utf-8")


def pictures() -> dict[str, str]:
    """The SVG files by name.

    Raises:
        MissingTranslationsError: a docstring has no Chinese.
    """
    sys.path.insert(0, str(_ROOT))
    graph = build_graph("indexer", "service", cache_dir=None)
    return {f"paths{ending}": _draw(graph, Words(language)) for language, ending in (("en", ".svg"), ("zh", ".zh.svg"))}


def _draw(graph: ImportGraph, words: Words) -> str:
    asked = _asked_through_face(graph)
    picture = Picture(" ".join(map(words, _TITLES.values())), _WIDTH, 0)
    y = 24.0
    for package, title in _TITLES.items():
        picture.text(_MARGIN, y, _plain(words(title)), "title")
        y = _draw_path(picture, package, layers_of(_imports(graph, package)), words, asked, y + 14) + 40
    picture.dot(_MARGIN + 5, y - 16, 4, "zh")
    picture.text(_MARGIN + 16, y - 12, words(_ASKED), "small")
    picture.text(_MARGIN, y + 6, words(_LEGEND), "small")
    picture.height = y + 16
    words.check()
    return picture.svg()


def _imports(graph: ImportGraph, package: str) -> dict[str, set[str]]:
    """The folders of a package that each of its folders imports; at the top of the read path, modules too."""
    members = {child for child in graph.find_children(package) if package == _READ or graph.find_children(child)}
    return {member: {other for other in members - {member} if _knows(graph, member, other)} for member in members}


def _knows(graph: ImportGraph, importer: str, imported: str) -> bool:
    return graph.direct_import_exists(importer=importer, imported=imported, as_packages=True)


def _asked_through_face(graph: ImportGraph) -> set[str]:
    """The folders of the write path whose names the read path imports from `indexer`."""
    face = ast.parse((_ROOT / _WRITE / "__init__.pyi").read_text("utf-8"))
    homes = {
        alias.name: f"{_WRITE}.{node.module.split('.')[0]}"
        for node in ast.walk(face)
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
        for alias in node.names
    }
    modules = {_READ, *graph.find_descendants(_READ)}
    return {
        homes[alias.name]
        for module in modules
        for node in ast.walk(_source(module))
        if isinstance(node, ast.ImportFrom) and node.module == _WRITE
        for alias in node.names
        if alias.name in homes
    }


def _source(module: str) -> ast.Module:
    path = _ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text("utf-8"))


def _caption(module: str) -> str:
    """The first sentence of a module's docstring."""
    docstring = ast.get_docstring(_source(module)) or ""
    sentence = _SENTENCE.match(docstring)
    if sentence is None:
        raise ValueError(f"{module} has no docstring that is a sentence. Write one: the picture of the paths shows it.")
    return sentence[1]


def _plain(text: str) -> str:
    return text.replace("`", "").rstrip(".。")


def _draw_path(picture: Picture, package: str, layers: Layers, words: Words, asked: set[str], y: float) -> float:
    """Draw a package's layers from a height on; gives where they end."""
    above: dict[Stop, float] = {}
    bottom = y
    for at, row in enumerate(layers.rows):
        width = min(_WIDEST, _room(row))
        captions = {stop: _wrapped(_plain(words(_caption(stop.name))), width - 18) for stop in row if not stop.target}
        height = _HEAD + 6 + _LINE * max(map(len, captions.values()), default=0)
        middles = _middles(row, width)
        if at:
            for start, end in layers.steps[at - 1]:
                _curve(picture, above[start], bottom, middles[end], y, is_end=not end.target)
        for stop in row:
            if stop.target:
                picture.path(f"M{middles[stop]:.1f} {y:.1f}v{height:.1f}", "line")
            else:
                left = middles[stop] - width / 2
                picture.rect(left, y, width, height, "box", 6)
                _write_in(picture, left, y, stop.name.removeprefix(f"{package}."), captions[stop])
                if stop.name in asked:
                    picture.dot(left + width - 11, y + 13, 4, "zh")
        above, bottom = middles, y + height
        y = bottom + _BETWEEN
    return bottom


def _room(row: Row) -> float:
    """The width that each box of a row can have."""
    boxes = sum(not stop.target for stop in row)
    taken = _LANE * (len(row) - boxes) + _GAP * (len(row) - 1)
    return (_WIDTH - 2 * _MARGIN - taken) / max(boxes, 1)


def _write_in(picture: Picture, left: float, top: float, name: str, caption: Sequence[str]) -> None:
    picture.text(left + 9, top + 18, name, "title")
    for number, line in enumerate(caption):
        picture.text(left + 9, top + _HEAD + 8 + number * _LINE, line, "small")


def _middles(row: Row, width: float) -> dict[Stop, float]:
    """The middle of each stop of a row, which is centred."""
    widths = [_LANE if stop.target else width for stop in row]
    x = (_WIDTH - sum(widths) - _GAP * (len(row) - 1)) / 2
    middles = {}
    for stop, own in zip(row, widths, strict=True):
        middles[stop] = x + own / 2
        x += own + _GAP
    return middles


def _curve(picture: Picture, x: float, y: float, to_x: float, to_y: float, *, is_end: bool) -> None:
    middle = (y + to_y) / 2
    head = "l-4 -6m4 6l4 -6" if is_end else ""
    picture.path(f"M{x:.1f} {y:.1f}C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}{head}", "line")


def _wrapped(text: str, width: float) -> Sequence[str]:
    """The lines of a text that is broken at blanks and between Chinese characters."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and _length(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _length(text: str) -> float:
    return sum(_WIDE if character >= "\u2e80" else _LATIN for character in text)


if __name__ == "__main__":
    main()
