"""The table of settings, from the class that reads them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from documentation.tables import table
from service.settings import Settings

if TYPE_CHECKING:
    from documentation.words import Words


def settings_table(words: Words) -> str:
    """Every setting: its variable, what it is unless it is set, what it means."""
    rows = [
        (f"`HAIHE_{name.upper()}`", _shown(field.default), words(field.description or ""))
        for name, field in Settings.model_fields.items()
    ]
    return table((words("Variable"), words("Default"), words("Meaning")), rows)


def _shown(default: object) -> str:
    if default is None or default == ():
        return "–"
    if isinstance(default, Enum):
        default = default.value
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
