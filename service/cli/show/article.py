"""A whole article for people, with the passage that was found marked in it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text

from service.cli.show.console import measure
from service.cli.show.text import lines, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from service.http.schemas import ArticleOut, HitOut

_PASSAGE = "passage"
_BESIDE = "▌ "
_ABOVE = 4
"""Lines that a pager shows above the passage."""


def show_article(article: ArticleOut, hit: HitOut | None, console: Console) -> None:
    """Print an article: in a terminal in a pager that begins at the passage, plain where a program reads it."""
    shown = list(article_lines(article, hit, measure(console)))
    pager = _pager(shown) if console.is_terminal and len(shown) >= console.height else None
    if pager is None:
        _print(shown, console)
        return
    with console.capture() as capture:
        _print(shown, console)
    with _left_to_the_pager(signal.SIGINT):
        content = capture.get().encode(errors="replace")
        subprocess.run(pager, input=content, env={"LESS": "-R", **os.environ}, check=False)  # noqa: S603 - the user's


@contextmanager
def _left_to_the_pager(number: signal.Signals) -> Iterator[None]:
    """Ctrl-C is for the pager, which stays; it comes to this process too."""
    before = signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(number, before)


def article_lines(article: ArticleOut, hit: HitOut | None, width: int | None) -> Iterator[Text]:
    """The lines of an article; those with some of the passage have a mark beside them.

    Args:
        article: the article.
        hit: what was found in it.
        width: cells of a line; where it is None, a paragraph is a line and nothing is marked.
    """
    yield Text(one_line(article.title), "title")
    yield Text(_about(article), "about")
    if article.url:
        yield Text(one_line(article.url), "about")
    for other in article.counterparts:
        yield Text(f"↔ {other.language} {one_line(other.title)} · {one_line(other.id)}", "other")
    for paragraph in _marked(article, hit).split("\n", allow_blank=False):
        if paragraph.plain.strip():
            yield Text()
            yield from [paragraph] if width is None else map(_beside, lines(paragraph, width - len(_BESIDE)))


def _marked(article: ArticleOut, hit: HitOut | None) -> Text:
    text = Text(visible(article.text))
    if hit is not None:
        text.stylize(_PASSAGE, hit.passage.start, hit.passage.end)
        for sentence in hit.passage.highlights:
            text.stylize("marked", sentence.start, sentence.end)
    return text


def _beside(line: Text) -> Text:
    return Text.assemble((_BESIDE, "other") if _has_passage(line) else " " * len(_BESIDE), line)


def _has_passage(line: Text) -> bool:
    return any(span.style == _PASSAGE for span in line.spans)


def _about(article: ArticleOut) -> str:
    parts = (article.source, article.author, article.published, article.language, article.id)
    return " · ".join(one_line(str(part)) for part in parts if part)


def _print(shown: Sequence[Text], console: Console) -> None:
    for line in shown:
        console.print(line, soft_wrap=True)


def _pager(shown: Sequence[Text]) -> list[str] | None:
    """The user's pager, or less; less begins at the passage."""
    command = shlex.split(os.environ.get("PAGER") or "less")
    if not command or shutil.which(command[0]) is None:
        return None
    first = next((at for at, line in enumerate(shown, 1) if _has_passage(line)), 1)
    is_less = os.path.basename(command[0]) == "less"  # noqa: PTH119 - a name
    return [*command, *([f"+{max(1, first - _ABOVE)}"] if is_less else [])]
