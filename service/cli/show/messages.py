"""Messages on standard error: sentences, progress, and why a command failed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NoReturn, TypeVar

from service.cli.show.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.progress import Progress, TaskID

A = TypeVar("A")


@cache
def errors() -> Console:
    """Standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(sentence: str) -> None:
    """One sentence for the operator; what a file's name would have the terminal do is shown, not done."""
    from rich.text import Text

    errors().print(Text(visible(sentence)))


def fail(sentence: str) -> NoReturn:
    """Say why it failed, and end."""
    say(sentence)
    sys.exit(1)


@contextmanager
def status(what: str) -> Iterator[None]:
    """Show that something takes a moment, in a terminal."""
    if errors().is_terminal:
        with errors().status(what):
            yield
    else:
        yield


def counting(things: Iterable[A], total: int, what: str) -> Iterator[A]:
    """The same things, with a bar that moves as they come, where they aren't seen in the terminal themselves."""
    if not errors().is_terminal or sys.stdout.isatty():
        yield from things
        return
    with progress_bar() as bar:
        bar.begin(what, total)
        for thing in things:
            bar.advance()
            yield thing


class Bar:
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
        from rich.text import Text

        self._progress.console.print(Text(visible(sentence)))


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """Bars for as long as it lasts."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # rich would send what is printed meanwhile to standard error
    with Progress(*columns, console=errors(), redirect_stdout=False) as progress:
        yield Bar(progress)
