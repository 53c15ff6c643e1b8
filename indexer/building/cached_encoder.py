"""Texts to what the encoder gives for them: encoded now, or by an earlier build."""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from indexer.encoding import TokenEncoder, probe
from indexer.indexes.sentence_index import Sentences
from indexer.records import Language
from indexer.spaces.language_space import unit
from indexer.storage.build_cache import key_of
from indexer.text.chunking import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import Encoder, TokenEmbeddings
    from indexer.spaces.token_space import TokenReference
    from indexer.storage.build_cache import DerivedStore

    Vector = NDArray[np.float32]
    Codes = NDArray[np.uint8]

_VERSION = b"1"
"""Of entries: those of another version aren't looked at. It changes with what is made of a text, and how."""
_BLOCK = 64
"""Texts encoded between two commits, which are two steps of the progress bar, too."""
_SAME_ENCODER = 0.999
_HEADER = struct.Struct("<4I")


class Role(StrEnum):
    """The role that a text is read in. Only of passages, sentences are kept; only queries have the query's prompt."""

    PASSAGE = "passage"
    TITLE = "title"
    QUERY = "query"


class Text(NamedTuple):
    """A text, and the language whose tokens its tokens are centred as."""

    role: Role
    text: str
    language: Language = Language.EN


class EncodedText(NamedTuple):
    """The encoder's result for a text of t tokens.

    `embedding` `(d,)`; `sentences`, not centred yet; `codes` `(t, parts)`, empty where no tokens are kept.
    """

    embedding: Vector
    sentences: Sentences
    codes: Codes

    def to_bytes(self) -> bytes:
        """The result as it is stored, the sentences with half precision."""
        embeddings, spans, tokens = self.sentences
        header = _HEADER.pack(len(self.embedding), len(spans), *self.codes.shape)
        places = np.concatenate([spans, tokens], axis=1).astype("<i4")
        arrays = self.embedding.astype("<f4"), embeddings.astype("<f2"), places, self.codes
        return b"".join([header, *(array.tobytes() for array in arrays)])

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """From what `to_bytes` gave."""
        dimension, sentences, tokens, parts = _HEADER.unpack_from(content)
        ends = np.cumsum([_HEADER.size, 4 * dimension, 2 * dimension * sentences, 16 * sentences]).tolist()
        embedding = np.frombuffer(content, "<f4", dimension, ends[0])
        vectors = np.frombuffer(content, "<f2", dimension * sentences, ends[1]).reshape(sentences, dimension)
        places = np.frombuffer(content, "<i4", 4 * sentences, ends[2]).reshape(sentences, 4)
        codes = np.frombuffer(content, np.uint8, tokens * parts, ends[3]).reshape(tokens, parts)
        return cls(embedding, Sentences(vectors.astype(np.float32), places[:, :2], places[:, 2:]), codes)


class Reader:
    """An encoder that remembers.

    What is read comes out of the store, also when it was encoded just now: so a vector is the same to the bit, whether
    it was made by this build or by one before.
    """

    def __init__(self, encoder: Encoder, tokens: TokenReference | None, store: DerivedStore) -> None:
        self._encoder = encoder
        self._tokens = tokens if isinstance(encoder, TokenEncoder) else None
        self._store = store
        arrays = self._tokens.to_arrays() if self._tokens else {}
        self._maker = key_of(
            _VERSION,
            str(encoder.identity),
            str(isinstance(encoder, TokenEncoder) and encoder.pools_by_mean),
            *(part for name in sorted(arrays) for part in (name, arrays[name].tobytes())),
        )
        self._forget_exchanged()

    @property
    def dimension(self) -> int:
        """The number of components of an embedding."""
        return self._encoder.identity.dimension

    @property
    def code_size(self) -> int:
        """The number of bytes that a token takes; 0 where none are kept."""
        return len(self._tokens.quantizer.centroids) if self._tokens else 0

    def has(self, text: Text) -> bool:
        """Tell whether a text was encoded before."""
        return self._key(text) in self._store

    def read(self, texts: Sequence[Text], done: Callable[[Sequence[Text]], None]) -> list[EncodedText]:
        """The encoder's results for texts of one kind of prompt, none twice, in their order.

        Args:
            texts: passages and titles, or queries.
            done: told of texts as they are there.
        """
        stored = [self._store.get(self._key(text)) for text in texts]
        missing = [text for text, content in zip(texts, stored, strict=True) if content is None]
        done([text for text, content in zip(texts, stored, strict=True) if content is not None])
        new: dict[Text, bytes] = {}
        missing.sort(key=lambda text: (-len(text.text), text))  # batches of one length waste no padding
        for start in range(0, len(missing), _BLOCK):
            block = missing[start : start + _BLOCK]
            for text, encoded in zip(block, self._encode(block), strict=True):
                new[text] = encoded.to_bytes()
                self._store.put(self._key(text), new[text])
            self._store.commit()
            done(block)
        return [
            EncodedText.from_bytes(new[text] if content is None else content)
            for text, content in zip(texts, stored, strict=True)
        ]

    def _key(self, text: Text) -> bytes:
        return key_of(self._maker, *text)

    def _forget_exchanged(self) -> None:
        """Drop all that is stored where an encoder of the same name gave other vectors."""
        key, now = key_of(self._maker, "probe"), probe(self._encoder)
        stored = self._store.get(key)
        if stored is not None:
            then = np.frombuffer(stored, np.float32).reshape(-1, self.dimension)
            if float((then * now).sum(axis=1).min()) >= _SAME_ENCODER:
                return
            self._store.clear()
        self._store.put(key, now.tobytes())

    def _encode(self, texts: Sequence[Text]) -> list[EncodedText]:
        plain = [text.text for text in texts]
        if texts[0].role is Role.QUERY:
            return [self._without_tokens(embedding) for embedding in self._encoder.encode_queries(plain)]
        if not isinstance(self._encoder, TokenEncoder):
            embeddings = self._encoder.encode_passages(plain)
            sentences = self._encode_sentences(texts, [None] * len(texts))
            return [
                self._without_tokens(embedding)._replace(sentences=rows)
                for embedding, rows in zip(embeddings, sentences, strict=True)
            ]
        embeddings, tokens = self._encoder.encode_passages_and_tokens(plain)
        sentences = (
            [_pooled_sentences(*pair) for pair in zip(texts, tokens, strict=True)]
            if self._encoder.pools_by_mean
            else self._encode_sentences(texts, tokens)
        )
        return [
            EncodedText(embedding, places, self._codes(text, own))
            for text, embedding, places, own in zip(texts, embeddings, sentences, tokens, strict=True)
        ]

    def _codes(self, text: Text, tokens: TokenEmbeddings) -> Codes:
        return self._tokens.encode(tokens.vectors, text.language) if self._tokens else np.empty((0, 0), np.uint8)

    def _without_tokens(self, embedding: Vector) -> EncodedText:
        return EncodedText(embedding, _no_sentences(self.dimension), np.empty((0, self.code_size), np.uint8))

    def _encode_sentences(self, texts: Sequence[Text], tokens: Sequence[TokenEmbeddings | None]) -> list[Sentences]:
        """The sentences of texts, each encoded by itself."""
        spans = [_spans(text) for text in texts]
        flat = [text.text[start:end] for text, places in zip(texts, spans, strict=True) for start, end in places]
        embeddings = self._encoder.encode_passages(flat) if flat else np.empty((0, self.dimension), np.float32)
        ends = np.cumsum([len(places) for places in spans])
        return [
            Sentences(embeddings[end - len(places) : end], places, _token_ranges(places, own))
            for places, end, own in zip(spans, ends, tokens, strict=True)
        ]


def _pooled_sentences(text: Text, tokens: TokenEmbeddings) -> Sentences:
    """The sentences of a text, each the mean of its tokens; one without tokens is left out."""
    spans = _spans(text)
    ranges = _token_ranges(spans, tokens)
    has_tokens = ranges[:, 0] < ranges[:, 1]
    means = [tokens.vectors[first:end].mean(axis=0) for first, end in ranges[has_tokens]]
    embeddings = np.array(means, np.float32).reshape(len(means), tokens.vectors.shape[1])
    return Sentences(unit(embeddings), spans[has_tokens], ranges[has_tokens])


def _spans(text: Text) -> NDArray[np.int32]:
    """The sentences `(n, 2)` of a passage; a title has none."""
    places = sentence_spans(text.text) if text.role is Role.PASSAGE else []
    return np.array(places, np.int32).reshape(-1, 2)


def _token_ranges(spans: NDArray[np.int32], tokens: TokenEmbeddings | None) -> NDArray[np.int32]:
    """The ranges `(n, 2)` of the sentences' tokens: the first and the one after the last; 0 and 0 without tokens."""
    if tokens is None:
        return np.zeros_like(spans)
    first = np.searchsorted(tokens.spans[:, 1], spans[:, 0], side="right")
    end = np.searchsorted(tokens.spans[:, 0], spans[:, 1], side="left")
    return np.stack([first, np.maximum(first, end)], axis=1).astype(np.int32)


def _no_sentences(dimension: int) -> Sentences:
    nothing = np.empty((0, 2), np.int32)
    return Sentences(np.empty((0, dimension), np.float32), nothing, nothing)
