"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer import VectorIndexKind
from service.cli.show.console import Color

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="HAIHE_INDEX", help="The folder of the index.", show_default=".haihe")
]
UrlOption = Annotated[
    str | None,
    typer.Option(help="Ask a server instead, such as http://127.0.0.1:8000.", metavar="URL", show_default=False),
]
HostOption = Annotated[str, typer.Option(envvar="HAIHE_HOST", help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(envvar="HAIHE_PORT", min=0, max=65535, help="The port; 0 takes a free one.")]
WorkersOption = Annotated[int, typer.Option(envvar="HAIHE_WORKERS", min=1, help="Processes that serve.")]
ModelOption = Annotated[
    str,
    typer.Option(help="The bundled model, or a sentence-transformers model by folder or name.", metavar="NAME|DIR"),
]
VectorIndexOption = Annotated[
    VectorIndexKind, typer.Option(envvar="HAIHE_VECTOR_INDEX", help="How neighbours are found; auto: by their number.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Fail if an article can't be read.")]

OcrOption = Annotated[
    bool,
    typer.Option(
        "--ocr",
        envvar="HAIHE_OCR",
        help="Recognise the text of PDF pages that are pictures, by RapidOCR or Tesseract; seconds a page.",
    ),
]

ColorOption = Annotated[Color, typer.Option(help="Colours and marks; auto: in a terminal, unless NO_COLOR is set.")]

DEFAULT_INDEX = Path(".haihe")
