"""What an index keeps of single passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.indexes.sentence_index import SentenceIndex, Sentences
    from indexer.indexes.token_index import TokenIndex


def sentences_at(index: SentenceIndex, row: int) -> Sentences:
    """The sentences of the passage at a row."""
    return index.sentences_of(np.array([row]))[0]


def tokens_at(index: TokenIndex, row: int) -> NDArray[np.float32]:
    """The token vectors `(n, d)` of the passage at a row."""
    return index.quantizer.decode(index.codes.take(np.array([row])).values)
