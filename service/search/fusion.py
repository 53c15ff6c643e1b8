"""Signals to one score, and a score to a likelihood. Pure, but for reading its file.

The numbers are data: `fusion.toml` has them for each set of signals that there may be. `scripts/fit_ranking.py` fits
and writes them; docs/relevance.md has what each signal adds.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as validated

from service.search.signals import BY_FIRST_ENCODER, SIGNALS
from service.search.signals.dense import Dense
from service.search.signals.sentences import Sentences
from service.search.signals.terms import MISSING, TERM_SIGNALS
from service.search.signals.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from service.records import AnswerFeatures

FUSIONS_FILE = Path(__file__).with_name("fusion.toml")
_TELLING = ("numbers", "dates", "names")
_LARGEST_EXPONENT = 30.0
_FEWEST, _MOST = 20, 2000
"""The sizes of the pools that calibration was fitted on; beyond them it isn't extrapolated."""
_EXACTLY = ConfigDict(extra="forbid", allow_inf_nan=False)
DENSE_ALONE = frozenset({Dense.name})
"""The signals where nothing is known but embeddings."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each signal that counts, by its name.

    `reach` is how far scores across languages are brought up to those within one: the power of what a signal loses
    across languages that they are multiplied by. 0 leaves them, 1 would make the right passage of the other language
    stand out as far as that of the same, and chance hits with it.
    """

    by_signal: Mapping[str, float] = field(hash=False)
    reach: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a weight that no signal would get."""
        if unknown := set(self.by_signal) - set(SIGNALS):
            raise ValueError(f"no signal is called {', '.join(sorted(unknown))}: there are {', '.join(SIGNALS)}")

    def __getitem__(self, signal: str) -> float:
        """The weight of a signal; 0 where it doesn't count."""
        return self.by_signal.get(signal, 0.0)

    @property
    def first_encoder(self) -> float:
        """The weight of all that the first encoder says, by which candidates are drawn."""
        return sum(self[name] for name in BY_FIRST_ENCODER)

    @property
    def has_terms(self) -> bool:
        """Tell whether terms count."""
        return any(self[name] for name in TERM_SIGNALS)

    def but(self, **changed: float) -> Weights:
        """The same with some weights changed; one of 0 doesn't count any more."""
        by_signal = {**self.by_signal, **changed}
        return Weights({name: weight for name, weight in by_signal.items() if weight}, self.reach)

    def focused(self, focus: float) -> Weights:
        """The weights for a query of which this share, 0 to 1, is numbers, dates and names: these count up to 1.

        A question with a year in it is about more than the year; a query that is only a name is answered by the name,
        and not by another of the family.
        """
        telling = {name: weight + (1 - weight) * focus**2 for name in _TELLING if (weight := self[name])}
        return self.but(**telling, **({MISSING: -(focus**2)} if telling else {}))

    def score(self, signals: Mapping[str, float]) -> float:
        """The weighted sum; what wasn't looked at counts nothing."""
        return float(sum(weight * signals.get(name, 0.0) for name, weight in self.by_signal.items()))

    def scores(self, columns: Mapping[str, NDArray[np.floating]], count: int) -> NDArray[np.float64]:
        """The weighted sums of columns of signals `(n,)`."""
        total = np.zeros(count)
        for name, column in columns.items():
            total += self[name] * column.astype(np.float64)
        return total


@validated(frozen=True, config=_EXACTLY)
class Calibration:
    """The coefficients in the log odds that a passage is relevant, by what they multiply.

    Attributes:
        slope: its score.
        passages: the logarithm of how many there are to choose from, since the best of many stands out by chance.
        missing: what even the first hit lacks of the query, in nats.
        shared: how far the first hit speaks in the query's words, 0 to 1.
        corpus: how well all passages of the first hit's language match the query: where they do, few stand out.
        bias: beside these.
    """

    slope: float
    passages: float
    missing: float
    shared: float
    corpus: float
    bias: float

    def likelihood(self, deviations: float, features: AnswerFeatures) -> float:
        """The likelihood, 0 to 1, that a passage with such a score is relevant in such an answer.

        Within one answer it keeps the order of scores.
        """
        of_answer = (self.passages, self.missing, self.shared, self.corpus, self.bias)
        logit = self.slope * deviations + sum(map(mul, of_answer, design_of(features)))
        odds = math.exp(max(min(logit, _LARGEST_EXPONENT), -_LARGEST_EXPONENT))
        return odds / (1 + odds)


def design_of(features: AnswerFeatures) -> tuple[float, ...]:
    """The numbers of an answer that the coefficients of a calibration multiply, in the order of those after `slope`."""
    size = math.log(min(max(features.passages, _FEWEST), _MOST))
    return size, features.missing, wording(features.shared, features.passages), features.corpus, 1.0


def wording(shared: float, passages: int) -> float:
    """The extent, 0 to 1, to which a passage speaks in the query's words.

    1 is a word that one passage of all has: more tells no more, since an answer may be put otherwise.
    """
    return min(math.sqrt(max(shared, 0.0) / math.log(max(passages, _FEWEST))), 1.0)


@dataclass(frozen=True, slots=True)
class Fusion:
    """The numbers that make a score of one set of signals, and of the score a likelihood."""

    weights: Weights
    calibration: Calibration

    @classmethod
    def by(cls, weights: Weights) -> Self:
        """Other weights, with the calibration of the signals nearest to theirs; without terms, that of embeddings."""
        if not weights.has_terms:
            return cls(weights, fusion_of(DENSE_ALONE).calibration)
        signals = set(weights.by_signal)
        if Tokens.name not in signals:  # embeddings of passages and of their sentences are much alike
            signals.add(Sentences.name)
        return cls(weights, fusion_of(frozenset(signals)).calibration)

    @property
    def signals(self) -> frozenset[str]:
        """The names of the signals that count."""
        return frozenset(self.weights.by_signal)


@validated(config=_EXACTLY)
class _Entry:
    reach: float
    weights: dict[str, float]
    calibration: Calibration


@validated(config=_EXACTLY)
class _File:
    fusions: list[_Entry]


def read_fusions(path: Path = FUSIONS_FILE) -> tuple[Fusion, ...]:
    """The fusions of a file, each for another set of signals.

    Raises:
        ValueError: it has a name that is no signal's or no coefficient's, lacks one, or has a set twice.
    """
    return parse_fusions(path.read_text("utf-8"), str(path))


def parse_fusions(text: str, source: str) -> tuple[Fusion, ...]:
    """The fusions that a text in TOML has; an error names its source."""
    try:
        content = TypeAdapter(_File).validate_python(tomllib.loads(text))
        fusions = tuple(Fusion(Weights(entry.weights, entry.reach), entry.calibration) for entry in content.fusions)
    except ValueError as error:
        raise ValueError(f"{source}: {error}") from error
    if any(not all(fusion.weights.by_signal.values()) or not fusion.signals for fusion in fusions):
        raise ValueError(f"{source}: a signal that doesn't count is left out, and some signal counts in each set")
    if len({fusion.signals for fusion in fusions}) < len(fusions) or not fusions:
        raise ValueError(f"{source}: each set of signals is wanted once")
    return fusions


@cache
def fusion_of(available: frozenset[str]) -> Fusion:
    """The fusion that ships for the signals nearest to these, by their share of the union (Jaccard, 1901).

    Of equally near ones, the first of the file.

    Raises:
        ValueError: the file isn't as it should be.
    """

    def nearness(fusion: Fusion) -> float:
        return len(fusion.signals & available) / len(fusion.signals | available)

    return max(read_fusions(), key=nearness)
