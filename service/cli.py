"""The `haihe` command. Data goes to standard output; progress, warnings and errors go to standard error."""

from __future__ import annotations

import datetime as dt
import json
import socket
import sys
import time
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from indexer import (
    BUNDLED_MODEL,
    HaiheError,
    Language,
    LateInteraction,
    SnapshotError,
    VectorIndexKind,
    build_snapshot,
    fingerprint_of_build,
    load_encoder,
    open_snapshot,
    read_manifest,
    verify_snapshot,
)
from service.app import open_searcher
from service.console import Format, print_hits
from service.records import GroupBy, RankingMethod
from service.schemas import SearchRequest, SearchResponse
from service.search import Searcher
from service.settings import Settings
from service.workers import Worker, supervise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer import BuildReport, Encoder, Manifest
    from service.evaluation import Row

_SETTINGS_HELP = "Settings, each an environment variable:\n\n" + "\n\n".join(
    f"HAIHE_{name.upper()}  {field.description} [{field.default}]" for name, field in Settings.model_fields.items()
) + "\n\nHAIHE_CACHE  Where the bundled model is kept. [the user's cache folder]"  # fmt: skip

app = typer.Typer(
    name="haihe",
    help="Search Chinese and English articles in either language, and find the passages of both.\n\n"
    "用中文或英文提问，同时找到中英文文章里的段落。\n\n"
    "Example: haihe up        indexes seeds/ and serves it on http://127.0.0.1:8000/docs",
    epilog=_SETTINGS_HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="HAIHE_INDEX", help="The folder of the index.", show_default=".haihe")
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
DateOption = dt.datetime

_DEFAULT_INDEX = Path(".haihe")
_TABLE_WIDTH = 100
_SEEDS = Path("seeds")


class TableFormat(StrEnum):
    """How measures are printed."""

    TABLE = "table"
    JSON = "json"


class BenchFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


@app.command()
def up(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Articles: files and folders.", show_default="seeds/")
    ] = None,
    index: IndexOption = _DEFAULT_INDEX,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
    model: ModelOption = BUNDLED_MODEL,
    strict: StrictOption = False,
) -> None:
    """Index articles if needed, then serve them.

    Example: haihe up ~/articles --port 8080
    """
    settings = Settings(index=index, host=host, port=port, workers=workers)
    if Worker.is_here():  # the parent has indexed
        _serve(settings, lambda: _open(index))
    encoder = _load_encoder(model)
    articles = paths or [_SEEDS]
    if _is_current(articles, index, encoder):
        _say(f"The index {index} is up to date.")
    else:
        _build(articles, index, encoder, strict=strict, vector_index=Settings().vector_index)
    _serve(settings, lambda: _searcher(index, encoder))


@app.command(name="index")
def index_articles(
    paths: Annotated[list[Path], typer.Argument(help="Articles: files and folders.")],
    index: IndexOption = _DEFAULT_INDEX,
    model: ModelOption = BUNDLED_MODEL,
    strict: StrictOption = False,
    vector_index: VectorIndexOption = VectorIndexKind.AUTO,
) -> None:
    """Index the articles in files and folders; the index stays whole until the new one is.

    Reads .txt, .md (YAML front matter), .html, .pdf, .docx and .jsonl.

    Example: haihe index ~/articles --index ~/articles.index
    """
    _build(paths, index, _load_encoder(model), strict=strict, vector_index=vector_index)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="The question, in Chinese or English.")],
    index: IndexOption = _DEFAULT_INDEX,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many hits.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many hits to pass over first.")] = 0,
    format: Annotated[Format, typer.Option(help="How hits are printed.")] = Format.TABLE,  # noqa: A002 - the option's name
    ranking: Annotated[RankingMethod, typer.Option(help="plain is there to compare.")] = RankingMethod.FAIR,
    language: Annotated[list[Language] | None, typer.Option(help="Only passages in this language.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only articles of this source; may be repeated.")] = None,
    published_from: Annotated[
        DateOption | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only articles of this day or later."),
    ] = None,
    published_to: Annotated[
        DateOption | None,
        typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only articles of this day or earlier."),
    ] = None,
    group_by: Annotated[
        GroupBy, typer.Option(help="document: each article once, with its best passage.")
    ] = GroupBy.PASSAGE,
    min_score: Annotated[float, typer.Option(min=0, max=1, help="Only hits with at least this score.")] = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each signal gave, and which terms matched.")
    ] = False,
) -> None:
    """Search an index in both languages.

    Example: haihe search "武清区一般公共预算收入" -k 3 --format json
    """
    try:
        request = SearchRequest(
            query=query,
            k=k,
            offset=offset,
            ranking=ranking,
            languages=language or list(Language),
            sources=source,
            published_from=published_from.date() if published_from else None,
            published_to=published_to.date() if published_to else None,
            group_by=group_by,
            min_score=min_score,
            explain=explain,
        )
    except ValidationError as error:
        raise typer.BadParameter("; ".join(str(found["msg"]) for found in error.errors())) from None
    with _status("Opening the index"):
        searcher = _open(index)
    began = time.perf_counter()
    asked = request.to_query()
    answer = searcher.search(asked)
    took_ms = 1000 * (time.perf_counter() - began)
    print_hits(SearchResponse.of(asked, answer, searcher.snapshot.manifest, took_ms), format)


@app.command()
def serve(
    index: IndexOption = _DEFAULT_INDEX,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: WorkersOption = 1,
) -> None:
    """Serve an index over HTTP; /docs describes the interface.

    Example: haihe serve --index ~/articles.index --port 8080
    """
    read_manifest(index)  # a missing index is an error now, not after the model was loaded
    _serve(Settings(index=index, host=host, port=port, workers=workers), lambda: _open(index))


@app.command(name="eval")
def evaluate_dataset(
    dataset: Annotated[
        Path,
        typer.Argument(
            help="XQuAD-R, a folder with queries.tsv and qrels.tsv beside articles, or a development set "
            "(questions.tsv, evidence.tsv, corpus.txt)."
        ),
    ],
    rankings: Annotated[
        str | None, typer.Option(help="Which to compare, with commas between.", show_default="from plain to full")
    ] = None,
    baseline: Annotated[str, typer.Option(help="The ranking that p compares the others with.")] = "fair",
    articles: Annotated[
        list[Path] | None,
        typer.Option(help="Ask a development set of these instead; may be repeated.", show_default="its corpus.txt"),
    ] = None,
    noise: Annotated[Path | None, typer.Option(help="A folder of XQuAD-R to mix into a development set.")] = None,
    format: Annotated[TableFormat, typer.Option(help="How measures are printed.")] = TableFormat.TABLE,  # noqa: A002
    every: Annotated[int, typer.Option(min=1, help="Ask only every N-th question.", metavar="N")] = 1,
    plot: Annotated[Path | None, typer.Option(help="An SVG file to draw the rankings in.")] = None,
    model: ModelOption = BUNDLED_MODEL,
) -> None:
    """Measure rankings side by side: what each signal adds.

    Example: haihe eval seeds --rankings plain,fair,full
    """
    from service.evaluation import DEFAULT, ConfigurationError, choose, draw, evaluate

    names = [name.strip() for name in rankings.split(",")] if rankings is not None else DEFAULT
    try:
        choose([*names, baseline])
    except ConfigurationError as error:
        raise typer.BadParameter(str(error)) from None
    with _progress() as progress:
        rows = evaluate(
            dataset,
            _load_encoder(model),
            progress=progress,
            rankings=names,
            baseline=baseline,
            articles=articles or (),
            noise=noise,
            late_interaction=_late_interaction(),
            every=every,
        )
    _print_measures(rows, format)
    if plot is not None:
        _write(plot, draw(rows))


@app.command()
def bench(
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
    from service import bench as benchmark

    try:
        options = benchmark.options_of(
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
        print(benchmark.show_profile(benchmark.profile(options, _say), format))
        return
    report = benchmark.run(options, _say)
    print(benchmark.show(report, format))
    if plot is not None:
        plot.mkdir(parents=True, exist_ok=True)
        for name, picture in benchmark.pictures(report).items():
            _write(plot / name, picture)


@app.command()
def verify(index: IndexOption = _DEFAULT_INDEX) -> None:
    """Check every file of an index against its manifest.

    Example: haihe verify --index ~/articles.index
    """
    manifest = verify_snapshot(index)
    open_snapshot(index).close()
    size = sum(record.bytes for record in manifest.files.values())
    print(f"{index}: {len(manifest.files)} files, {size / 2**20:.1f} MB, all as the manifest says.")
    print(_summary(manifest))


def main() -> NoReturn:
    """Run the command; an error is one sentence on standard error, and exit code 1."""
    try:
        app()
    except HaiheError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("Stopped.")
    sys.exit(0)


def _fail(sentence: str) -> NoReturn:
    _errors.print(Text(sentence))
    sys.exit(1)


def _say(sentence: str) -> None:
    _errors.print(Text(sentence))


@contextmanager
def _status(what: str) -> Iterator[None]:
    with _errors.status(what) if _errors.is_terminal else _nothing():
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield


class _Bar:
    """A progress bar a stage, on standard error."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, what: str, total: int) -> None:
        """Open the next bar."""
        if self._task is not None:
            self._progress.stop_task(self._task)
        self._task = self._progress.add_task(what, total=total)

    def advance(self, units: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._progress.advance(self._task, units)

    def say(self, sentence: str) -> None:
        """Print above the bars."""
        self._progress.console.print(Text(sentence))


@contextmanager
def _progress() -> Iterator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_errors) as progress:
        yield _Bar(progress)


def _load_encoder(model: str) -> Encoder:
    with _status("Loading the model"):
        return load_encoder(model, precision=Settings().precision, announce=_say)


def _late_interaction() -> LateInteraction:
    """As the environment has it."""
    return LateInteraction.ON if Settings().late_interaction else LateInteraction.OFF


def _open(index: Path) -> Searcher:
    return open_searcher(Settings(index=index), announce=_say)


def _searcher(index: Path, encoder: Encoder) -> Searcher:
    settings = Settings()
    return Searcher(
        open_snapshot(index),
        encoder,
        late_interaction=settings.late_interaction,
        query_cache=settings.query_cache * 2**20,
    )


def _is_current(paths: Sequence[Path], index: Path, encoder: Encoder) -> bool:
    try:
        return verify_snapshot(index).corpus == fingerprint_of_build(
            paths, encoder, _late_interaction(), Settings().vector_index
        )
    except SnapshotError:
        return False


def _build(
    paths: Sequence[Path], index: Path, encoder: Encoder, *, strict: bool, vector_index: VectorIndexKind
) -> BuildReport:
    with _progress() as progress:
        report = build_snapshot(
            paths,
            index,
            encoder,
            progress=progress,
            strict=strict,
            late_interaction=_late_interaction(),
            vector_index=vector_index,
        )
    _say(_summary(report.manifest))
    if report.failures:
        _say(f"{len(report.failures)} article(s) left out; see the warnings above.")
    return report


def _summary(manifest: Manifest) -> str:
    passages = ", ".join(f"{count} {language}" for language, count in manifest.passages.items())
    foreign = f", {manifest.foreign} left out in other languages" if manifest.foreign else ""
    return (
        f"{manifest.documents} articles, {sum(manifest.passages.values())} passages ({passages}{foreign}), "
        f"encoder {manifest.encoder.model}, generation {manifest.generation}"
    )


def _serve(settings: Settings, load: Callable[[], Searcher]) -> NoReturn:
    """Serve until that is ended from outside, in this process or in several."""
    from service.server import serve as serve_alone

    worker = Worker.handed()
    listener = worker.listener if worker else _listen(settings.host, settings.port)
    if not worker:
        address = f"http://{settings.host}:{listener.getsockname()[1]}"
        _say(f"Serving {settings.index} on {address} (interface: /docs). Press Ctrl+C to stop.")
    if settings.workers > 1 and not worker:
        sys.exit(supervise(listener, settings.workers, announce=_say))
    failure = serve_alone(settings, load, listener, worker)
    if failure:
        _fail(str(failure))
    sys.exit(0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or error
        _fail(f"{host}:{port}: can't listen there ({reason}; in use by another program?). Choose another with --port.")


def _print_measures(rows: Sequence[Row], format: TableFormat) -> None:  # noqa: A002
    from service.evaluation import records, tables

    if format is TableFormat.JSON:
        print(json.dumps(records(rows), indent=2, ensure_ascii=False))
        return
    console = Console(width=max(_TABLE_WIDTH, Console().width))
    for table in tables(rows):
        console.print(table)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        _fail(f"{path}: can't be written ({error.strerror or error}). Name another file.")


@app.callback(invoke_without_command=True)
def _about(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if show_version:
        print(f"haihe {version('haihe')}")
        raise typer.Exit
