"""`haihe index`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer import BUNDLED_MODEL, VectorIndexKind
from service.cli.options import DEFAULT_INDEX, IndexOption, ModelOption, OcrOption, StrictOption, VectorIndexOption


def command(
    paths: Annotated[list[Path], typer.Argument(help="Articles: files and folders.")],
    index: IndexOption = DEFAULT_INDEX,
    model: ModelOption = BUNDLED_MODEL,
    strict: StrictOption = False,
    vector_index: VectorIndexOption = VectorIndexKind.AUTO,
    ocr: OcrOption = False,
) -> None:
    """Index the articles in files and folders; the index stays whole until the new one is.

    Reads .txt, .md (front matter in YAML, TOML or JSON), .html, .pdf, .docx, .odt, .rtf, .epub, .eml, .mhtml and
    .jsonl, each also packed as .gz; .doc where LibreOffice, antiword or catdoc is installed. Links are followed inside
    a folder, never out of it; what a folder holds besides is named and counted.

    Example: haihe index ~/articles --index ~/articles.index
    """
    from service.cli.opening import Makers, build

    build(paths, index, Makers.load(model, vector_index=vector_index, ocr=ocr), strict=strict)
