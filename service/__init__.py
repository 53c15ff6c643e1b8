"""The read side of haihe: a query to ranked passages of both languages, over HTTP and on the command line."""

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
