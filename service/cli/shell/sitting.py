"""The keyboard's side of the shell: lines are read until the user ends it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from service.cli.shell.shell import MARK

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from service.cli.shell.shell import Shell

_PROMPT = "haihe> "


def sit(shell: Shell) -> None:
    """Read lines and obey them: from the keyboard with history and completion, or from standard input as they are."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            if _obey(shell, line) == "end":
                return
        return
    session = _session(shell)
    shell.say(shell.words.welcome)
    while True:
        try:
            line = session.prompt()
        except KeyboardInterrupt:  # the line is thrown away
            continue
        except EOFError:
            return
        if _obey(shell, line) == "end":
            return


def _obey(shell: Shell, line: str) -> str:
    """Obey a line; Ctrl-C ends only that."""
    try:
        return shell.obey(line)
    except KeyboardInterrupt:
        shell.say(shell.words.interrupted)
        return "go on"


def _session(shell: Shell) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory

    from service.cli.shell.completion import ShellCompleter
    from service.cli.shell.history import open_history

    history = open_history()
    return PromptSession(
        _PROMPT,
        history=history,
        completer=ShellCompleter(shell, history),
        auto_suggest=AutoSuggestFromHistory(),
        bottom_toolbar=lambda: f"{shell.set_options()} · {MARK}help",
        complete_while_typing=True,
        enable_history_search=False,
    )
