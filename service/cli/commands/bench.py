"""`haihe bench`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from service.laboratory.bench import Report


class BenchFormat(StrEnum):
    """A way to print figures."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


QuickOption = Annotated[bool, typer.Option("--quick", help="A few minutes: small, and noisy.")]
OnlyOption = Annotated[
    str | None,
    typer.Option(help="Parts, with commas between: limit,indexing,update,startup,http,ann.", show_default="all"),
]
SizesOption = Annotated[
    str | None, typer.Option(help="Passages of the indexes to search, with commas between.", show_default="10000")
]
RepeatsOption = Annotated[int | None, typer.Option(min=1, help="Turns.", show_default="5")]
RequestsOption = Annotated[int | None, typer.Option(min=1, help="What one client asks in a turn.", show_default="300")]
WorkersOption = Annotated[int, typer.Option(min=1, help="Processes that serve, of each system.")]
LateInteractionOption = Annotated[
    bool, typer.Option(help="Keep tokens in haihe's indexes: as usual, but 4 kB a passage.")
]
FormatOption = Annotated[BenchFormat, typer.Option(help="How figures are printed.")]
PlotOption = Annotated[Path | None, typer.Option(help="A folder to draw SVG files in.", metavar="DIR")]
WorkOption = Annotated[Path | None, typer.Option(help="Keep texts and indexes here for another run.", metavar="DIR")]
ProfileOption = Annotated[
    bool, typer.Option("--profile", help="Only say where the time of one query goes (pyinstrument).")
]


def command(
    quick: QuickOption = False,
    only: OnlyOption = None,
    sizes: SizesOption = None,
    repeats: RepeatsOption = None,
    requests: RequestsOption = None,
    workers: WorkersOption = 1,
    late_interaction: LateInteractionOption = True,
    format: FormatOption = BenchFormat.TABLE,  # noqa: A002 - the option's name
    plot: PlotOption = None,
    work: WorkOption = None,
    profile: ProfileOption = False,
) -> None:
    """Measure speed and memory, side by side with txtai where it is installed (pip install 'haihe[bench]').

    Example: haihe bench --quick
    """
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
        _draw(report, plot)


def _draw(report: Report, folder: Path) -> None:
    """Write the report's pictures, and the folder where it is missing."""
    from service.cli.opening import write_text
    from service.laboratory.bench import pictures

    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(report).items():
        write_text(folder / name, picture)
