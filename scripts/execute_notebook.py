"""Execute docs/notebook.ipynb, and keep its outputs without what differs from machine to machine.

python scripts/execute_notebook.py
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
_PICTURES = ("image/png", "image/svg+xml")


def executed(path: Path = NOTEBOOK) -> nbformat.NotebookNode:
    """The notebook with fresh outputs; a cell that fails is an error."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return stable(notebook)


def stable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without times and versions."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number}", {}
    return notebook


def texts(notebook: nbformat.NotebookNode) -> list[list[object]]:
    """What each code cell shows, but for its pictures, of which only the kind is given."""
    return [[_shown(output) for output in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def _shown(output: nbformat.NotebookNode) -> object:
    if "data" not in output:
        return output.get("text", output.output_type)
    pictures = [kind for kind in output.data if kind in _PICTURES]
    return pictures or dict(sorted(output.data.items()))


if __name__ == "__main__":
    nbformat.write(executed(), NOTEBOOK)
