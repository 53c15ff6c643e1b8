"""`haihe read`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import OcrOption
from service.cli.show.console import Color


class ReadingFormat(StrEnum):
    """A way to print readings."""

    TABLE = "table"
    JSON = "json"


def command(
    files: Annotated[list[Path], typer.Argument(help="Articles: files and folders.")],
    format: Annotated[  # noqa: A002 - the option's name
        ReadingFormat, typer.Option(help="For people, or a line of JSON an article for programs.")
    ] = ReadingFormat.TABLE,
    ocr: OcrOption = False,
    color: Annotated[Color, typer.Option(help="Whether output has colours.")] = Color.AUTO,
) -> None:
    """Show what would be indexed of files, and beside it what would be left out and why.

    Of folders, files that aren't read are named or counted. Exit code 1 where an article can't be read.

    Example: haihe read page.txt report.pdf
    """
    from indexer import ArticleError, find_files, read_file
    from service.cli.opening import recognizer
    from service.cli.show.console import console_of
    from service.cli.show.messages import fail, say
    from service.cli.show.reading import reading_fields, show_reading

    console, reads_pictures = console_of(color), recognizer(ocr=ocr)
    listing = find_files(files)
    for sentence in listing.passed_over:
        say(f"Passed over: {sentence}")
    failures = 0
    for file in listing.files:
        for reading in read_file(file, reads_pictures):
            if isinstance(reading, ArticleError):
                failures += 1
                say(str(reading))
            elif format is ReadingFormat.JSON:
                print(json.dumps(reading_fields(reading), ensure_ascii=False))
            else:
                show_reading(reading, console)
    if failures:
        fail(f"{failures} article(s) can't be read; see above.")
