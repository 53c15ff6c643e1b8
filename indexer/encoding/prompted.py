"""The common part of encoders that put their model's prompts before a text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.encoding.encoder import Embeddings, EncodedTexts, EncoderIdentity


class PromptedEncoder(ABC):
    """An encoder with one prompt for queries and one for passages.

    Args:
        identity: the model and its prompts.
        max_tokens: how many tokens of a text are read, prompt and special tokens not counted.
    """

    def __init__(self, identity: EncoderIdentity, max_tokens: int) -> None:
        self._identity = identity
        self._max_tokens = max_tokens

    @property
    def identity(self) -> EncoderIdentity:
        """The model and its prompts."""
        return self._identity

    @property
    def max_tokens(self) -> int:
        """The number of tokens of a text that are read, prompt and special tokens not counted."""
        return self._max_tokens

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of passages.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._identity.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of queries.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._identity.query_prompt)

    @abstractmethod
    def _encode(self, texts: Sequence[str], prompt: str) -> Embeddings:
        """Embeddings of texts behind a prompt."""


class PromptedTokenEncoder(PromptedEncoder):
    """An encoder with prompts that also gives the vectors that it pools."""

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of passages, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode_with_tokens(texts, self._identity.passage_prompt)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of queries, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode_with_tokens(texts, self._identity.query_prompt)

    @abstractmethod
    def _encode_with_tokens(self, texts: Sequence[str], prompt: str) -> EncodedTexts:
        """Embeddings and tokens of texts behind a prompt."""
