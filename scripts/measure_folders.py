"""The rooms of each package, the arrows between them, how full its folders are, and how long its functions.

A room is a folder or a module at the top of a package; an arrow is any number of imports from one room into another
(docs/decisions/0019-folders.md). A function's length is its lines from `def` on, its docstring included.

    python scripts/measure_folders.py
"""

import ast
import sys
from pathlib import Path
from statistics import median, quantiles

from grimp import build_graph

ROOT = Path(__file__).parents[1]
PACKAGES = ("indexer", "service")


def main() -> None:
    """Print two lines for each package."""
    sys.path.insert(0, str(ROOT))
    graph = build_graph(*PACKAGES, cache_dir=None)
    for package in PACKAGES:
        imports = [
            (_room(module), _room(imported))
            for module in graph.modules
            if module.startswith(f"{package}.")
            for imported in graph.find_modules_directly_imported_by(module)
            if imported.startswith(f"{package}.")
        ]
        arrows = {(one, other) for one, other in imports if one != other}
        rooms = {_room(module) for module in graph.modules if module.startswith(f"{package}.")}
        most, folder = max((_modules(folder), str(folder.relative_to(ROOT))) for folder in _folders(ROOT / package))
        print(f"{package}: {len(rooms)} rooms, {len(arrows)} arrows; the fullest folder is {folder}, {most} modules")
        lengths = _lengths(ROOT / package)
        longest, function = max(lengths)
        print(
            f"  {len(lengths)} functions: {median(length for length, _ in lengths):g} lines in the median, "
            f"{quantiles([length for length, _ in lengths], n=10)[-1]:g} at the 90th percentile; "
            f"the longest is {function}, {longest}"
        )


def _room(module: str) -> str:
    return module.split(".")[1]


def _folders(package: Path) -> list[Path]:
    return [package, *(path.parent for path in package.rglob("__init__.py") if path.parent != package)]


def _modules(folder: Path) -> int:
    return sum(path.name != "__init__.py" for path in folder.glob("*.py"))


def _lengths(package: Path) -> list[tuple[int, str]]:
    """The lines of each function, and where it is."""
    return [
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


if __name__ == "__main__":
    main()
