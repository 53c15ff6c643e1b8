"""Signals to scores, and the candidates of all languages to one order. Pure.

The score of a passage is a weighted sum of its signals: `Weights`. They were fitted on half of the development set and
checked on the other half, by `scripts/fit_ranking.py`; docs/relevance.md has what each signal adds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.records import Ranking, Signals

_LARGEST_EXPONENT = 30.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each signal.

    `reach` is how far scores across languages are brought up to those within one: the power of the encoder's
    attenuation (`indexer.reference.Reference`) that they are multiplied by. 0 leaves them, 1 would make the right
    passage of the other language stand out as far as that of the same, and chance hits with it.
    """

    dense: float = 0.0
    sentences: float = 0.0
    tokens: float = 0.0
    second: float = 0.0
    numbers: float = 0.0
    dates: float = 0.0
    names: float = 0.0
    words: float = 0.0
    glosses: float = 0.0
    missing: float = 0.0
    reach: float = 0.0

    @property
    def semantic(self) -> float:
        """The weight of all that the first encoder says, by which candidates are drawn."""
        return self.dense + self.sentences + self.tokens

    @property
    def has_terms(self) -> bool:
        """Tell whether terms count."""
        return any((self.numbers, self.dates, self.names, self.words, self.glosses))

    def focused(self, focus: float) -> Weights:
        """The weights for a query of which this share, 0 to 1, is numbers, dates and names: these count up to 1.

        A question with a year in it is about more than the year; a query that is only a name is answered by the name,
        and not by another of the family.
        """
        telling = {name: weight + (1 - weight) * focus**2 for name in _TELLING if (weight := getattr(self, name))}
        return replace(self, **telling, missing=-(focus**2) if telling else 0.0)

    def score(self, signals: Signals) -> float:
        """The weighted sum; what wasn't looked at counts nothing."""
        return float(sum(getattr(self, name) * (getattr(signals, name) or 0.0) for name in _COUNTED))


_TELLING = ("numbers", "dates", "names")
_COUNTED = ("dense", "sentences", "tokens", "second", *_TELLING, "words", "glosses", "missing")


WITH_TOKENS = Weights(tokens=1.0, second=0.3, numbers=0.4, dates=0.25, names=0.2, words=0.1, glosses=0.1, reach=1 / 3)
WITHOUT_TOKENS = replace(WITH_TOKENS, tokens=0.0, sentences=1.0)
"""Where the index has no tokens, or late interaction is off."""


def merge(rankings: Iterable[Ranking], k: int) -> Ranking:
    """The k best candidates of all rankings by score; equal ones by id, so no order of rankings matters."""
    candidates = [candidate for ranking in rankings for candidate in ranking]
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.score, candidate.id))[:k])


_FEWEST, _MOST = 20, 2000
"""The sizes of the pools that calibration was fitted on; beyond them it isn't extrapolated."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The coefficients in the log odds that a passage is relevant, by what they multiply: `scripts/fit_ranking.py`.

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

    def to_unit_interval(
        self, deviations: float, passages: int, *, missing: float = 0.0, shared: float = 0.0, corpus: float = 0.0
    ) -> float:
        """The likelihood, 0 to 1, that a passage with such a score is relevant.

        Within one answer it keeps the order of scores.

        Args:
            deviations: its score.
            passages: how many passages the index has.
            missing: the numbers, dates and names of the query that the first hit lacks, in nats.
            shared: the words of the query that the first hit has, in nats.
            corpus: how much better the passages of the first hit's language match the query than the reference does.
        """
        size = math.log(min(max(passages, _FEWEST), _MOST))
        words = self.shared * wording(shared, passages)
        of_answer = self.passages * size + self.missing * missing + words + self.corpus * corpus + self.bias
        logit = self.slope * deviations + of_answer
        odds = math.exp(max(min(logit, _LARGEST_EXPONENT), -_LARGEST_EXPONENT))
        return odds / (1 + odds)


def wording(shared: float, passages: int) -> float:
    """The extent, 0 to 1, to which a passage speaks in the query's words.

    1 is a word that one passage of all has: more tells no more, since an answer may be put otherwise.
    """
    return min(math.sqrt(max(shared, 0.0) / math.log(max(passages, _FEWEST))), 1.0)


CALIBRATION = Calibration(slope=1.19, passages=-1.37, missing=-0.87, shared=1.43, corpus=0.11, bias=-1.14)
"""Of a score in which every signal counts."""
_WITHOUT_SECOND = Calibration(slope=1.30, passages=-1.28, missing=-0.80, shared=2.06, corpus=0.32, bias=-1.50)
_WITHOUT_TOKENS = Calibration(slope=1.20, passages=-1.18, missing=-0.72, shared=1.39, corpus=0.0, bias=-2.07)
_WITHOUT_BOTH = Calibration(slope=1.40, passages=-1.31, missing=-0.64, shared=1.38, corpus=0.0, bias=-0.66)
_WITHOUT_TERMS = Calibration(slope=1.48, passages=-1.20, missing=0.0, shared=0.0, corpus=0.0, bias=-0.12)
"""Of embeddings alone: passages like another, and the plain ranking. Fitted once for sentences, without terms."""


def likelihood(deviations: float, passages: int, first: Signals) -> float:
    """The likelihood, 0 to 1, that a passage with such a score is relevant, by the signals there are.

    Args:
        deviations: its score.
        passages: how many passages the index has.
        first: the signals of the first hit.
    """
    if first.shared is None:
        return _WITHOUT_TERMS.to_unit_interval(deviations, passages)
    if first.tokens is None:
        calibration = _WITHOUT_BOTH if first.second is None else _WITHOUT_TOKENS
    else:
        calibration = _WITHOUT_SECOND if first.second is None else CALIBRATION
    return calibration.to_unit_interval(
        deviations, passages, missing=first.missing, shared=first.shared, corpus=first.corpus or 0.0
    )
