"""Stand-ins for what is slow or outside: an encoder without a model."""

from __future__ import annotations

import functools
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer import EncoderError
from indexer.encoding import EncodedTexts, EncoderIdentity, TokenEmbeddings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer import TokenEncoder
    from indexer.articles.readers.pdf.recognition import RecognizedLine

_TOKEN = re.compile(r"[A-Za-z]{1,4}|\S")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OFFSET_LENGTH = 1.0
"""How far a language lies from the other, where a text's own part has length 1: plain cosine then prefers a language."""
_QUERY_OFFSET_LENGTH = 0.3


@dataclass(frozen=True, slots=True)
class FakeEncoder:
    """An `Encoder` of hashed character bigrams: texts that share characters are near, and each language has a bias.

    Attributes:
        seed: another one gives other vectors under the same identity, as exchanged weights would.
        max_tokens: one token is a character that isn't blank, or up to four ASCII letters.
    """

    model: str = "fake"
    revision: str | None = "1"
    query_prompt: str = "query: "
    passage_prompt: str = "passage: "
    dimension: int = 32
    max_tokens: int = 300
    seed: int = 0

    @property
    def identity(self) -> EncoderIdentity:
        return EncoderIdentity(self.model, self.revision, self.query_prompt, self.passage_prompt, self.dimension)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_TOKEN.findall(text)) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts, is_query=False)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts, is_query=True)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> NDArray[np.float32]:
        if max(self.count_tokens(texts), default=0) > self.max_tokens:
            raise EncoderError(f"A text is longer than the {self.max_tokens} tokens that the model reads. Shorten it.")
        rows = np.empty((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            rows[row] = self._embed(text, is_query=is_query)
        return rows

    def _embed(self, text: str, *, is_query: bool) -> NDArray[np.float64]:
        return _unit(_unit(_bigrams(text, self.seed, self.dimension)) + self._offset(text, is_query=is_query))

    def _offset(self, text: str, *, is_query: bool) -> NDArray[np.float64]:
        """What a text has of its language and its role."""
        zh, en, query = _directions(self.dimension)
        return _OFFSET_LENGTH * (zh if _HAN.search(text) else en) + is_query * _QUERY_OFFSET_LENGTH * query


@dataclass(frozen=True, slots=True)
class FakeTokenEncoder(FakeEncoder):
    """A `TokenEncoder` of the same kind: a token's vector has its own bigrams, and the offsets of its whole text.

    Attributes:
        pools_by_mean: an embedding is the mean of its tokens; else it is `FakeEncoder`'s, as with models that pool
            another way.
    """

    pools_by_mean: bool = True

    @property
    def identity(self) -> EncoderIdentity:
        model = f"{self.model} with tokens{'' if self.pools_by_mean else ' pooled otherwise'}"
        return EncoderIdentity(model, self.revision, self.query_prompt, self.passage_prompt, self.dimension)

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        return EncodedTexts(self.encode_passages(texts), [self._tokens(text, is_query=False) for text in texts])

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        return EncodedTexts(self.encode_queries(texts), [self._tokens(text, is_query=True) for text in texts])

    def _embed(self, text: str, *, is_query: bool) -> NDArray[np.float64]:
        if not self.pools_by_mean:
            return FakeEncoder._embed(self, text, is_query=is_query)
        vectors = self._tokens(text, is_query=is_query).vectors
        return _unit(vectors.mean(axis=0) if len(vectors) else self._offset(text, is_query=is_query))

    def _tokens(self, text: str, *, is_query: bool) -> TokenEmbeddings:
        found = list(_TOKEN.finditer(text))
        own = [_unit(_bigrams(token[0], self.seed, self.dimension)) for token in found]
        vectors = np.array(own, np.float32).reshape(len(found), self.dimension) + self._offset(text, is_query=is_query)
        spans = np.array([token.span() for token in found], np.int32).reshape(-1, 2)
        return TokenEmbeddings(vectors.astype(np.float32), spans)


@dataclass(frozen=True, slots=True)
class FakeEngine:
    """A recognition `Engine` that reads the same line in every picture.

    Attributes:
        name: its name.
        lines: what it reads.
    """

    name: str = "fake engine 1"
    lines: tuple[RecognizedLine, ...] = ()

    def read(self, picture: NDArray[np.uint8]) -> list[RecognizedLine]:
        """Its lines, whatever the picture."""
        return list(self.lines)


@dataclass(frozen=True, slots=True)
class FakeSecondEncoder:
    """A `SecondEncoder` of hashed bigrams, others than `FakeEncoder`'s, with a bias of each language.

    Attributes:
        read: what it was given, in order.
    """

    name: str = "fake second 1"
    dimension: int = 24
    read: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read.extend(texts)
        rows = [self._embed(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def _embed(self, text: str) -> NDArray[np.float64]:
        zh, en, _ = _directions(self.dimension)
        return _unit(_unit(_bigrams(text, 7, self.dimension)) + _OFFSET_LENGTH * (zh if _HAN.search(text) else en))


class WatchedEncoder:
    """A `TokenEncoder` that does something before it reads a query, once it is in service."""

    def __init__(self, encoder: TokenEncoder, before: Callable[[], object]) -> None:
        self._encoder = encoder
        self._before = before
        self.in_service = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        if self.in_service:
            self._before()
        return self._encoder.encode_queries_and_tokens(texts)


@functools.cache
def _directions(dimension: int) -> NDArray[np.float64]:
    """Unit vectors: of Chinese, of English, of questions."""
    directions = np.random.default_rng(17).normal(size=(3, dimension))
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


@functools.lru_cache(maxsize=65536)
def _bigrams(text: str, seed: int, dimension: int) -> NDArray[np.float64]:
    """Signed counts of bigrams, each in the bucket that its checksum names."""
    padded = f" {text.lower()} "
    hashes = np.array(
        [zlib.crc32(f"{seed}{padded[at : at + 2]}".encode(errors="replace")) for at in range(len(padded) - 1)],
        np.int64,
    )
    return np.bincount(hashes % dimension, np.where(hashes & 65536, 1.0, -1.0), dimension)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
