"""The rooms of each package, the arrows between them, and how full its folders are: docs/decisions/0019-folders.md.

A room is a folder or a module at the top of a package; an arrow is any number of imports from one room into another.

    python scripts/measure_folders.py
"""

import sys
from pathlib import Path

from grimp import build_graph

ROOT = Path(__file__).parents[1]
PACKAGES = ("indexer", "service")


def main() -> None:
    """Print a line for each package."""
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


def _room(module: str) -> str:
    return module.split(".")[1]


def _folders(package: Path) -> list[Path]:
    return [package, *(path.parent for path in package.rglob("__init__.py") if path.parent != package)]


def _modules(folder: Path) -> int:
    return sum(path.name != "__init__.py" for path in folder.glob("*.py"))


if __name__ == "__main__":
    main()
