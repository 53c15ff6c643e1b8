"""The docstrings that don't begin with their noun, and the names that could hold anything.

A docstring that opens with "What" or "Whether" leaves its noun to be guessed (CONTRIBUTING.md); a variable called
`found` says where its value came from, not what it is. Variables are counted where they get a value, those of
comprehensions apart.

    python scripts/measure_words.py
    python scripts/measure_words.py --list indexer/terms service/http
"""

from __future__ import annotations

import argparse
import ast
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = [Path("indexer"), Path("service")]
_OPENINGS = ("What", "Whether", "How", "Which", "Where", "Those", "As", "Of")
_VAGUE = {"found", "known", "each", "one", "kept"}
_FIRST_WORD = re.compile(r"\w+")
_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Print two lines for each folder that is named, and each place where that is wanted."""
    options = _options()
    for folder in options.folders:
        trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}
        docstrings = [(path, *docstring) for path, tree in trees.items() for docstring in _docstrings(tree)]
        vague = [entry for entry in docstrings if _first_word(entry[2]) in _OPENINGS]
        share = len(vague) / max(1, len(docstrings))
        print(f"{folder}: {len(vague)} of {len(docstrings)} docstrings ({share:.1%}) begin with {', '.join(_OPENINGS)}")
        names = [(path, *name) for path, tree in trees.items() for name in _vague_names(tree)]
        in_comprehensions = sum(is_in_comprehension for *_, is_in_comprehension in names)
        print(
            f"  {len(names) - in_comprehensions} variables are called {', '.join(sorted(_VAGUE))}, "
            f"and {in_comprehensions} in comprehensions"
        )
        if options.list:
            for path, line, text, *_ in chain(vague, names):
                print(f"  {path}:{line}: {text}")


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line of each module, class and function with a docstring, and the docstring's first line."""
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and (docstring := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), docstring.splitlines()[0]


def _first_word(text: str) -> str:
    match = _FIRST_WORD.search(text)
    return match[0] if match else ""


def _vague_names(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """The line and name of each vague variable, and whether it is a comprehension's."""
    comprehended = {
        id(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in _VAGUE:
            yield node.lineno, node.id, id(node) in comprehended


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=_PACKAGES, help="indexer and service unless named")
    parser.add_argument("--list", action="store_true", help="name each place")
    options = parser.parse_args()
    for folder in options.folders:
        if not any(folder.rglob("*.py")):
            parser.error(f"{folder} is no folder with Python files. Name one, such as {_PACKAGES[0]}.")
    return options


if __name__ == "__main__":
    main()
