"""The notebook as a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nbconvert import MarkdownExporter

if TYPE_CHECKING:
    from pathlib import Path


def notebook_page(notebook: Path, images: Path) -> str:
    """Its cells and what they gave, as Markdown; pictures are written to `images`."""
    exporter = MarkdownExporter()
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    text, resources = exporter.from_filename(
        str(notebook), resources={"output_files_dir": "images", "unique_key": "notebook"}
    )
    for name, picture in resources["outputs"].items():
        (images / name.rsplit("/", 1)[-1]).write_bytes(picture)
    return re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
