"""`haihe search`."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from indexer import Language
from service.citations import CitationStyle
from service.cli.options import DEFAULT_INDEX, ColorOption, IndexOption, UrlOption
from service.cli.queries import queries_of
from service.cli.show.console import Color
from service.cli.show.formats import Format, Style, print_answer, print_answers, print_article, style_of
from service.cli.show.messages import counting, fail
from service.http.schemas import SearchRequest
from service.records import GroupBy, RankingMethod, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.cli.asking import Answerer

_DAY = {"formats": ["%Y-%m-%d"], "metavar": "YYYY-MM-DD"}

QueryArgument = Annotated[
    str | None,
    typer.Argument(
        help='The question, in Chinese or English; "exact words" must appear, -word and -"exact words" must not.',
        show_default=False,
    ),
]
QueriesOption = Annotated[
    Path | None,
    typer.Option(help="Ask each line of a file; - is standard input.", metavar="FILE", show_default=False),
]
KOption = Annotated[int, typer.Option("-k", min=1, max=1000, help="How many hits.")]
OffsetOption = Annotated[int, typer.Option(min=0, help="How many hits to pass over first.")]
FormatOption = Annotated[Format, typer.Option(help="How hits are printed.")]
OpenOption = Annotated[
    int | None,
    typer.Option("--open", min=1, metavar="N", help="Read the whole article of the N-th hit.", show_default=False),
]
LanguageOption = Annotated[list[Language] | None, typer.Option(help="Only passages in this language.")]
SourceOption = Annotated[list[str] | None, typer.Option(help="Only articles of this source; may be repeated.")]
FromOption = Annotated[dt.datetime | None, typer.Option("--from", help="Only articles of this day or later.", **_DAY)]
ToOption = Annotated[dt.datetime | None, typer.Option("--to", help="Only articles of this day or earlier.", **_DAY)]
SortOption = Annotated[Sort, typer.Option(help="published: only relevant hits, the newest first.")]
GroupByOption = Annotated[GroupBy, typer.Option(help="document: each article once, with its best passage.")]
MinScoreOption = Annotated[float, typer.Option(min=0, max=1, help="Only hits with at least this score.")]
RankingOption = Annotated[RankingMethod, typer.Option(help="plain is there to compare.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Say what each signal gave, and which terms matched.")]
CitationOption = Annotated[
    CitationStyle | None,
    typer.Option(help="How --format md refers to articles.", show_default="gb7714 in a Chinese locale, else apa7"),
]


def command(
    query: QueryArgument = None,
    queries: QueriesOption = None,
    index: IndexOption = DEFAULT_INDEX,
    url: UrlOption = None,
    k: KOption = 10,
    offset: OffsetOption = 0,
    format: FormatOption = Format.TABLE,  # noqa: A002 - the option's name
    open_: OpenOption = None,
    language: LanguageOption = None,
    source: SourceOption = None,
    published_from: FromOption = None,
    published_to: ToOption = None,
    sort: SortOption = Sort.RELEVANCE,
    group_by: GroupByOption = GroupBy.PASSAGE,
    min_score: MinScoreOption = 0.0,
    ranking: RankingOption = RankingMethod.FAIR,
    explain: ExplainOption = False,
    color: ColorOption = Color.AUTO,
    citation: CitationOption = None,
) -> None:
    """Search an index in both languages.

    Example: haihe search "武清区一般公共预算收入" -k 3 --format json

    Example: haihe search "companies from Beijing" --language zh --open 1

    Example: haihe search '"bus line" -Wuqing'

    Example: haihe search --queries questions.txt --format csv > hits.csv

    A question that begins with a minus goes behind two: haihe search -- "-Wuqing bus"
    """
    from service.cli.opening import answerer_of

    texts = _texts(query, queries)
    if open_ is not None:
        _check_open(queries, format)
        k, offset = 1, open_ - 1
    shape = {"k": k, "offset": offset, "sort": sort, "group_by": group_by, "ranking": ranking, "explain": explain}
    scope = _scope(language, source, published_from, published_to)
    requests = _requests(texts, {**shape, **scope, "min_score": min_score})
    with closing(answerer_of(index, url)) as answerer:
        style = style_of(format, color, citation, lambda one: answerer.article(one).author)
        if open_ is not None:
            _open(requests[0], answerer, style)
        else:
            _answer(requests, answerer, style, is_batch=queries is not None)


def _scope(
    languages: Sequence[Language] | None,
    sources: Sequence[str] | None,
    published_from: dt.datetime | None,
    published_to: dt.datetime | None,
) -> Mapping[str, object]:
    """The fields of a request that say which passages may answer."""
    return {
        "languages": languages or list(Language),
        "sources": sources,
        "published_from": published_from.date() if published_from else None,
        "published_to": published_to.date() if published_to else None,
    }


def _texts(query: str | None, queries: Path | None) -> Sequence[str]:
    """The questions: one, or those of a file."""
    if query is not None and queries is None:
        return [query]
    if queries is not None and query is None:
        return queries_of(queries)
    raise typer.BadParameter("name a question, or a file of questions with --queries")


def _check_open(queries: Path | None, format: Format) -> None:  # noqa: A002 - the option's name
    """Refuse what can't be opened."""
    if queries is not None:
        raise typer.BadParameter("--open goes with one query, not with --queries")
    if format is Format.CSV:
        raise typer.BadParameter("an article is no table: open it with --format table, json, jsonl or md")


def _requests(texts: Sequence[str], options: Mapping[str, object]) -> list[SearchRequest]:
    """A request for each text."""
    try:
        return [SearchRequest.model_validate({"query": text, **options}) for text in texts]
    except ValidationError as error:
        raise typer.BadParameter("; ".join(str(detail["msg"]) for detail in error.errors())) from None


def _answer(requests: Sequence[SearchRequest], answerer: Answerer, style: Style, *, is_batch: bool) -> None:
    """Ask and print: one question, or all of a file with progress."""
    if is_batch:
        print_answers(counting(answerer.search_many(requests), len(requests), style.words.asking), style)
    else:
        print_answer(answerer.search(requests[0]), style)


def _open(request: SearchRequest, answerer: Answerer, style: Style) -> None:
    """Show the article of the one hit that is asked for."""
    response = answerer.search(request)
    if not response.hits:
        fail(f"There is no hit {request.offset + 1}: fewer were found. Name a smaller number with --open.")
    (hit,) = response.hits
    print_article(answerer.article(hit.document.id), hit, style)
