"""`haihe read`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.cli.show.console import Color


class ReadingFormat(StrEnum):
    """How readings are printed."""

    TABLE = "table"
    JSON = "json"


def command(
    files: Annotated[list[Path], typer.Argument(help="Articles: files and folders.")],
    format: Annotated[  # noqa: A002 - the option's name
        ReadingFormat, typer.Option(help="For people, or a line of JSON an article for programs.")
    ] = ReadingFormat.TABLE,
    color: Annotated[Color, typer.Option(help="Whether output has colours.")] = Color.AUTO,
) -> None:
    """Show what would be indexed of files, and beside it what would be left out and why.

    Exit code 1 where a file can't be read.

    Example: haihe read page.txt report.pdf
    """
    from indexer import ArticleError, list_files, read_file
    from service.cli.messages import fail, say
    from service.cli.show.console import console_of
    from service.cli.show.reading import reading_fields, show_reading

    console = console_of(color)
    failures = 0
    for file in list_files(files):
        for reading in read_file(file):
            if isinstance(reading, ArticleError):
                failures += 1
                say(str(reading))
            elif format is ReadingFormat.JSON:
                print(json.dumps(reading_fields(reading), ensure_ascii=False))
            else:
                show_reading(reading, console)
    if failures:
        fail(f"{failures} article(s) can't be read; see above.")
