"""The read side of haihe: a query to ranked passages of both languages, over HTTP and on the command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.app import create_app
    from service.records import Hit, Query, Ranking, RankingMethod, ScoredPassage
    from service.search import Answer, Searcher
    from service.settings import Settings

__all__ = [
    "Answer",
    "Hit",
    "Query",
    "Ranking",
    "RankingMethod",
    "ScoredPassage",
    "Searcher",
    "Settings",
    "create_app",
]

_MODULES = ("service.app", "service.records", "service.search", "service.settings")


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: the command has something to settle before NumPy is there."""
    if name in __all__:
        for module in map(import_module, _MODULES):
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
