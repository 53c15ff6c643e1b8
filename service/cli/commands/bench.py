"""`haihe bench`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class BenchFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


def command(
    quick: Annotated[bool, typer.Option("--quick", help="A few minutes: small, and noisy.")] = False,
    only: Annotated[
        str | None,
        typer.Option(help="Parts, with commas between: limit,indexing,update,startup,http,ann.", show_default="all"),
    ] = None,
    sizes: Annotated[
        str | None,
        typer.Option(help="Passages of the indexes to search, with commas between.", show_default="10000"),
    ] = None,
    repeats: Annotated[int | None, typer.Option(min=1, help="Turns.", show_default="5")] = None,
    requests: Annotated[
        int | None, typer.Option(min=1, help="What one client asks in a turn.", show_default="300")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve, of each system.")] = 1,
    late_interaction: Annotated[
        bool, typer.Option(help="Keep tokens in haihe's indexes: as usual, but 4 kB a passage.")
    ] = True,
    format: Annotated[BenchFormat, typer.Option(help="How figures are printed.")] = BenchFormat.TABLE,  # noqa: A002
    plot: Annotated[Path | None, typer.Option(help="A folder to draw SVG files in.", metavar="DIR")] = None,
    work: Annotated[
        Path | None, typer.Option(help="Keep texts and indexes here for another run.", metavar="DIR")
    ] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Only say where the time of one query goes (pyinstrument).")
    ] = False,
) -> None:
    """Measure speed and memory, side by side with txtai where it is installed (pip install 'haihe[bench]').

    Example: haihe bench --quick
    """
    from service.cli.opening import write_text
    from service.cli.show.messages import say
    from service.laboratory import bench

    try:
        options = bench.options_of(
            quick=quick,
            only=only,
            sizes=sizes,
            repeats=repeats,
            requests=requests,
            workers=workers,
            late_interaction=late_interaction,
            work=work,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if profile:
        print(bench.show_profile(bench.profile(options, say), format))
        return
    report = bench.run(options, say)
    print(bench.show(report, format))
    if plot is not None:
        plot.mkdir(parents=True, exist_ok=True)
        for name, picture in bench.pictures(report).items():
            write_text(plot / name, picture)
