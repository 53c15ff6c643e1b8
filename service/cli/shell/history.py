"""The lines typed in earlier sittings: a file of the user's own."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_state_path
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

_OWN_FILE = 0o600


def open_history() -> History:
    """The user's history, which nobody else can read; one for this sitting alone where it can't be kept."""
    path = Path(user_state_path("haihe", appauthor=False)) / "history"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=_OWN_FILE)
        path.chmod(_OWN_FILE)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
