"""Passages that have exact words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from indexer.terms import folded, passage_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.records import Language
    from indexer.snapshot import Snapshot

_MARKED = "_"
"""Terms with it are read out of a text, and may differ with what is around; the others stand in it."""


def rows_with_phrases(
    snapshot: Snapshot, language: Language, phrases: Sequence[str], among: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """The rows of a language whose passage, or its title, has every phrase as whole words.

    Case, width, blanks, and simplified or traditional characters make no difference.

    Args:
        snapshot: where they are.
        language: whose passages.
        phrases: what must appear.
        among: the rows to choose from; None for all.
    """
    terms = sorted(
        {term for phrase in phrases for term in passage_terms(phrase) if _MARKED not in term and len(term) > 1}
    )
    rows = snapshot.pools[language].terms.rows_with(terms)
    if among is not None:
        rows = np.intersect1d(rows, among)
    patterns = [_pattern(phrase) for phrase in phrases]
    kept = [
        row
        for row, passage in zip(rows, snapshot.articles.passages_at(language, rows.tolist()), strict=True)
        for title, text in [(folded(passage.context), folded(passage.text))]
        if all(pattern.search(title) or pattern.search(text) for pattern in patterns)
    ]
    return np.array(kept, np.int64)


def _pattern(phrase: str) -> re.Pattern[str]:
    """The folded phrase; not inside a longer word of letters or digits, nor inside a number: 5 isn't in 3.5."""
    text = folded(phrase)
    before = r"(?<![a-z0-9])" if text[:1].isascii() and text[:1].isalnum() else ""
    after = r"(?![a-z0-9])" if text[-1:].isascii() and text[-1:].isalnum() else ""
    before += r"(?<!\d[.,])" if text[:1].isdecimal() else ""
    after += r"(?![.,]\d)" if text[-1:].isdecimal() else ""
    return re.compile(f"{before}{re.escape(text)}{after}")
