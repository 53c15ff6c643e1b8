"""The shell's completions: commands, what follows them, and questions that were asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.completion import Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from service.cli.shell.shell import LANGUAGES, MARK, SWITCH
from service.cli.show.text import one_line
from service.records import GroupBy, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.history import History

    from service.cli.shell.shell import Shell

_CHOICES: dict[str, Iterable[str]] = {
    "lang": list(LANGUAGES),
    "explain": list(SWITCH),
    "sort": list(Sort),
    "group": list(GroupBy),
}
_QUESTIONS = 20


class ShellCompleter(Completer):
    """Completes a line of a shell."""

    def __init__(self, shell: Shell, history: History) -> None:
        self._shell = shell
        self._history = history
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The completions of the line; questions only where they were asked for, since most are typed anew."""
        line = document.text_before_cursor
        name, space, argument = line.removeprefix(MARK).partition(" ")
        if not line.startswith(MARK):
            return self._questions(line) if complete_event.completion_requested else ()
        if not space:
            return self._commands(name)
        if name == "export":
            return self._paths.get_completions(Document(argument, len(argument)), complete_event)
        return self._arguments(name, argument.lstrip())

    def _commands(self, begun: str) -> Iterator[Completion]:
        for name, (argument, does) in self._shell.words.commands.items():
            if name.startswith(begun):
                yield Completion(name, -len(begun), display=f"{MARK}{name} {argument}".strip(), display_meta=does)

    def _arguments(self, name: str, begun: str) -> Iterator[Completion]:
        if name in {"open", "similar"}:
            for hit in self._shell.shown:
                if str(hit.rank).startswith(begun):
                    yield Completion(str(hit.rank), -len(begun), display_meta=one_line(hit.document.title))
            return
        choices = sorted(self._shell.sources) if name == "source" else _CHOICES.get(name, [])
        for choice in choices:
            if str(choice).lower().startswith(begun.lower()):
                yield Completion(str(choice), -len(begun))

    def _questions(self, begun: str) -> Iterator[Completion]:
        """The earlier questions that have what was typed, the latest first."""
        questions = dict.fromkeys(
            line for line in reversed(self._history.get_strings()) if begun in line and not line.startswith(MARK)
        )
        for question in list(questions)[:_QUESTIONS]:
            yield Completion(question, -len(begun))
