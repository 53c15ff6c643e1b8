"""Texts to vectors: what an encoder is, whatever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

import numpy as np

from indexer.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Embeddings = NDArray[np.float32]

PROBES = ("海河流经天津，注入渤海。", "The Hai River flows through Tianjin into the Bohai Sea.")


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """The manifest's record of an encoder, so that queries meet the model that read the passages."""

    model: str
    revision: str | None
    query_prompt: str
    passage_prompt: str
    dimension: int


class Encoder(Protocol):
    """Texts to embeddings: matrices `(n, dimension)`, float32, rows of unit length."""

    @property
    def identity(self) -> EncoderIdentity:
        """The model and its prompts."""

    @property
    def max_tokens(self) -> int:
        """The number of tokens of a text that are read, prompt and special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings of passages, one row a text."""

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings of queries, one row a text."""


class TokenEmbeddings(NamedTuple):
    """The tokens of one text; prompt and special tokens are left out.

    `vectors` `(t, d)`, float32, as the model gives them; `spans` `(t, 2)`, code points, where in the text each token
    is.
    """

    vectors: Embeddings
    spans: NDArray[np.int32]


class EncodedTexts(NamedTuple):
    """Embeddings `(n, dimension)` of n texts, and the tokens of each."""

    embeddings: Embeddings
    tokens: list[TokenEmbeddings]


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also gives the vectors that it pools, of the same pass over the text."""

    @property
    def pools_by_mean(self) -> bool:
        """Tell whether an embedding is the mean of its tokens: then that of a sentence's tokens embeds the sentence."""

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings of passages, with their tokens."""

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings of queries, with their tokens."""


def probe(encoder: Encoder) -> Embeddings:
    """Embeddings `(4, dimension)` of fixed texts, as passages and as queries: the model's fingerprint by behaviour.

    Names and revisions stay the same when a folder's weights, tokenizer or prompts are exchanged; these don't.
    """
    return np.concatenate([encoder.encode_passages(PROBES), encoder.encode_queries(PROBES)])


def own_tokens(spans: NDArray[np.int32], vectors: Embeddings) -> TokenEmbeddings:
    """The tokens that a text itself has, though a prompt stood before it.

    Args:
        spans: `(t, 2)`, where in the text each token is; before 0 for the prompt's, nowhere for special ones.
        vectors: `(t, d)`.
    """
    own = is_own(spans)
    return TokenEmbeddings(vectors[own], np.maximum(spans[own], 0))


def is_own(spans: NDArray[np.int32]) -> NDArray[np.bool_]:
    """A mask `(t,)` of the tokens that are of the text itself, by their spans `(t, 2)` in it."""
    # A piece may take the blank before the text with it; special tokens cover nothing.
    own: NDArray[np.bool_] = (spans[:, 1] > np.maximum(spans[:, 0], 0)) & (spans[:, 1] > 0)
    return own


def too_long(tokens: int, most: int) -> EncoderError:
    """The refusal of a text that would be cut unseen."""
    return EncoderError(f"A text of {tokens} tokens is longer than the {most} that the model reads. Shorten it.")


def not_loadable(model: str, error: Exception) -> EncoderError:
    """The error about a model that its library can't load."""
    reason = str(error).strip().split("\n")[0][:200]
    return EncoderError(
        f"The model {model!r} can't be loaded ({reason}). "
        "Name a folder with a sentence-transformers model, or leave --model out for the bundled one."
    )
