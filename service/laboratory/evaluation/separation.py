"""A measure of whether the first hit's score tells a question with an answer from one without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from service.laboratory.evaluation.records import Quartiles, TopScores

if TYPE_CHECKING:
    from collections.abc import Sequence


def separation(answered: Sequence[float], unanswered: Sequence[float]) -> TopScores | None:
    """The figures of how the first hits' scores of both kinds of questions lie; None where there is but one kind."""
    if not answered or not unanswered:
        return None
    return TopScores(_quartiles(answered), _quartiles(unanswered), auc(answered, unanswered))


def auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The area under the ROC curve: how often one of `higher` is above one of `lower`, where equal counts half."""
    differences = np.subtract.outer(higher, lower)
    return float((differences > 0).mean() + (differences == 0).mean() / 2)


def _quartiles(scores: Sequence[float]) -> Quartiles:
    return Quartiles(*map(float, np.quantile(scores, (0.25, 0.5, 0.75))))
