"""The rankings that can be compared, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import HaiheError
from service.records import RankingMethod
from service.search.fusion import Weights, fusion_of
from service.search.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Iterable


class ConfigurationError(HaiheError):
    """A name that no configuration has."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A ranking; without weights of its own it has those that the searcher uses by default."""

    name: str
    weights: Weights | None = None
    method: RankingMethod = RankingMethod.FAIR

    @property
    def needs_tokens(self) -> bool:
        """Tell whether the ranking means something only where the index keeps tokens."""
        return self.weights is not None and self.weights["tokens"] > 0

    @property
    def needs_second(self) -> bool:
        """Tell whether the ranking means something only where the index keeps a second opinion."""
        return self.weights is not None and self.weights["second"] > 0


_FULL = fusion_of(frozenset(SIGNALS)).weights
_REACH, _SECOND = _FULL.reach, _FULL["second"]
CONFIGURATIONS = {
    configuration.name: configuration
    for configuration in (
        Configuration("plain", method=RankingMethod.PLAIN),
        Configuration("fair", Weights({"dense": 1.0})),
        Configuration("fair+reach", Weights({"dense": 1.0}, _REACH)),
        Configuration("fair+lexical", _FULL.but(dense=1.0, tokens=0.0, second=0.0)),
        Configuration("fair+sentences", Weights({"dense": 0.5, "sentences": 0.5}, _REACH)),
        Configuration("sentences", Weights({"sentences": 1.0}, _REACH)),
        Configuration("fair+tokens", Weights({"dense": 0.5, "tokens": 0.5}, _REACH)),
        Configuration("tokens", Weights({"tokens": 1.0}, _REACH)),
        Configuration("fair+second", Weights({"dense": 1.0, "second": _SECOND}, _REACH)),
        Configuration("one-encoder", _FULL.but(second=0.0)),
        Configuration("full"),
    )
}
"""From what everybody has to what haihe has; each signal beside the passages' embeddings, and by itself.

`one-encoder` is `full` without the second opinion.
"""
BASELINE = "fair"
DEFAULT = ("plain", "fair", "fair+lexical", "fair+sentences", "fair+tokens", "fair+second", "full")


def choose(names: Iterable[str]) -> tuple[Configuration, ...]:
    """The configurations of some names, in their order, each once.

    Raises:
        ConfigurationError: a name isn't known.
    """
    wanted = tuple(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in CONFIGURATIONS]
    if unknown or not wanted:
        raise ConfigurationError(f"No ranking is called {', '.join(unknown)!r}. Known: {', '.join(CONFIGURATIONS)}.")
    return tuple(CONFIGURATIONS[name] for name in wanted)
