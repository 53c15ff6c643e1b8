"""`haihe eval`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer import BUNDLED_MODEL
from service.cli.options import ModelOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.laboratory.evaluation import Row

_TABLE_WIDTH = 100


class TableFormat(StrEnum):
    """A way to print measures."""

    TABLE = "table"
    JSON = "json"


DatasetArgument = Annotated[
    Path,
    typer.Argument(
        help="XQuAD-R, a folder with queries.tsv and qrels.tsv beside articles, or a development set "
        "(questions.tsv, evidence.tsv, corpus.txt)."
    ),
]
RankingsOption = Annotated[
    str | None, typer.Option(help="Which to compare, with commas between.", show_default="from plain to full")
]
BaselineOption = Annotated[str, typer.Option(help="The ranking that p compares the others with.")]
ArticlesOption = Annotated[
    list[Path] | None,
    typer.Option(help="Ask a development set of these instead; may be repeated.", show_default="its corpus.txt"),
]
NoiseOption = Annotated[Path | None, typer.Option(help="A folder of XQuAD-R to mix into a development set.")]
FormatOption = Annotated[TableFormat, typer.Option(help="How measures are printed.")]
EveryOption = Annotated[int, typer.Option(min=1, help="Ask only every N-th question.", metavar="N")]
PlotOption = Annotated[Path | None, typer.Option(help="An SVG file to draw the rankings in.")]
WorkOption = Annotated[
    Path | None, typer.Option(help="Keep the indexes here: another run encodes only what is new.", metavar="DIR")
]


def command(
    dataset: DatasetArgument,
    rankings: RankingsOption = None,
    baseline: BaselineOption = "fair",
    articles: ArticlesOption = None,
    noise: NoiseOption = None,
    format: FormatOption = TableFormat.TABLE,  # noqa: A002 - the option's name
    every: EveryOption = 1,
    plot: PlotOption = None,
    work: WorkOption = None,
    model: ModelOption = BUNDLED_MODEL,
) -> None:
    """Measure rankings side by side: what each signal adds.

    Example: haihe eval seeds --rankings plain,fair,full
    """
    from service.cli.opening import encoder_of, late_interaction, second_encoder, write_text
    from service.cli.show.messages import progress_bar
    from service.laboratory.evaluation import draw, evaluate

    names = _names(rankings, baseline)
    with progress_bar() as progress:
        rows = evaluate(
            dataset,
            encoder_of(model),
            second=second_encoder(),
            progress=progress,
            rankings=names,
            baseline=baseline,
            articles=articles or (),
            noise=noise,
            late_interaction=late_interaction(),
            every=every,
            work=work,
        )
    _print_measures(rows, format)
    if plot is not None:
        write_text(plot, draw(rows))


def _names(rankings: str | None, baseline: str) -> Sequence[str]:
    """The rankings to compare; refuses names that no ranking has, the baseline's too."""
    from service.laboratory.evaluation import DEFAULT, ConfigurationError, choose

    names = [name.strip() for name in rankings.split(",")] if rankings is not None else DEFAULT
    try:
        choose([*names, baseline])
    except ConfigurationError as error:
        raise typer.BadParameter(str(error)) from None
    return names


def _print_measures(rows: Sequence[Row], format: TableFormat) -> None:  # noqa: A002
    from rich.console import Console

    from service.laboratory.evaluation import records, tables

    if format is TableFormat.JSON:
        print(json.dumps(records(rows), indent=2, ensure_ascii=False))
        return
    console = Console(width=max(_TABLE_WIDTH, Console().width))
    for table in tables(rows):
        console.print(table)
