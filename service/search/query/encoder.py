"""Queries to embeddings: what was asked lately is remembered, what is asked at once is encoded together."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from cachetools import LRUCache

from indexer import TokenEncoder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer import Encoder, SecondEncoder

REMEMBERED_BYTES = 32 * 2**20
"""About a thousand everyday questions with their tokens."""
_OVERHEAD = 1024
"""What Python's objects around one encoded query take, roughly."""


class EncodedQuery(NamedTuple):
    """The embedding `(d,)` of a query, the vectors `(t, d)` of its tokens, and the second encoder's embedding.

    The latter two are empty where they aren't needed. All may be shared with other threads, so none can be written to.
    """

    embedding: NDArray[np.float32]
    tokens: NDArray[np.float32]
    second: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """The texts of one caller, and what becomes of them."""

    texts: Sequence[str]
    encoded: Future[dict[str, EncodedQuery]] = field(default_factory=Future)


class QueryEncoder:
    """Encodes queries for several threads at once, one call of the encoder at a time.

    A query that finds the encoder free is encoded at once and alone. Those that come while it is busy wait, and are
    encoded by one call as soon as it is free: there is no timer, so that batches grow with the load and a lone query
    is never held up (the same rule as group commit in databases).
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        with_tokens: bool,
        second: SecondEncoder | None = None,
        remembered_bytes: int = REMEMBERED_BYTES,
    ) -> None:
        """An encoder for queries.

        Args:
            encoder: what encodes; it needn't be safe to use from several threads.
            with_tokens: whether its tokens are wanted; it has to be a `TokenEncoder` then.
            second: encodes the same queries beside it, in a thread of its own.
            remembered_bytes: the memory that queries which were asked lately may take; 0 remembers none.
        """
        self._encoder = encoder
        self._with_tokens = with_tokens
        self._second = second
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="second-encoder")  # starts when it is needed
        self._changed = threading.Condition()  # held to look at or change what follows
        self._remembered: LRUCache[str, EncodedQuery] = LRUCache(remembered_bytes, getsizeof=_size)
        self._waiting: list[_Order] = []
        self._is_busy = False

    def close(self) -> None:
        """End the second encoder's thread; nothing may be encoded any more."""
        self._beside.shutdown()

    def encode(self, texts: Sequence[str]) -> list[EncodedQuery]:
        """The texts encoded, in their order.

        Raises:
            EncoderError: a text is longer than the encoder reads. Texts of other callers are none the worse for it.
        """
        with self._changed:
            found = {text: self._remembered.get(text) for text in texts}
            encoded = {text: query for text, query in found.items() if query is not None}
            order = _Order([text for text in found if text not in encoded])
            if order.texts:
                self._waiting.append(order)
        if order.texts:
            while self._may_encode(order):
                self._encode_waiting()
            encoded |= order.encoded.result()
        return [encoded[text] for text in texts]

    def _may_encode(self, order: _Order) -> bool:
        """Wait until an order is done (False), or the encoder is free and now the caller's (True)."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_busy or order.encoded.done())
            if order.encoded.done():
                return False
            self._is_busy = True
            return True

    def _encode_waiting(self) -> None:
        """Encode everything that waits, then let the next in."""
        with self._changed:
            orders, self._waiting = self._waiting, []
        try:
            self._fulfil(orders)
        finally:
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()

    def _fulfil(self, orders: Sequence[_Order]) -> None:
        texts = list(dict.fromkeys(text for order in orders for text in order.texts))
        try:
            encoded = dict(zip(texts, self._encode(texts), strict=True))
        except BaseException as error:  # noqa: BLE001 - it belongs to those who wait, whatever it is
            if len(orders) > 1 and isinstance(error, Exception):
                for order in orders:  # one of them is at fault: the others get their answers
                    self._fulfil([order])
            else:
                for order in orders:
                    order.encoded.set_exception(error)
            return
        self._remember(encoded)
        for order in orders:
            order.encoded.set_result({text: encoded[text] for text in order.texts})

    def _remember(self, encoded: Mapping[str, EncodedQuery]) -> None:
        with self._changed:
            for text, query in encoded.items():
                if _size(query) <= self._remembered.maxsize:
                    self._remembered[text] = query

    def _encode(self, texts: Sequence[str]) -> list[EncodedQuery]:
        """By both encoders at once: each leaves the interpreter to the other while it multiplies."""
        if self._second is None:
            return [_kept(*found, np.empty(0, np.float32)) for found in self._encode_first(texts)]
        asked = self._beside.submit(self._second.encode, texts)
        first = self._encode_first(texts)
        return [_kept(*found, second) for found, second in zip(first, asked.result(), strict=True)]

    def _encode_first(self, texts: Sequence[str]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Embeddings, each with the vectors of its tokens."""
        if self._with_tokens and isinstance(self._encoder, TokenEncoder):
            embeddings, tokens = self._encoder.encode_queries_and_tokens(texts)
            return [(row, found.vectors) for row, found in zip(embeddings, tokens, strict=True)]
        return [(row, np.empty((0, 0), np.float32)) for row in self._encoder.encode_queries(texts)]


def _kept(*arrays: NDArray[np.float32]) -> EncodedQuery:
    """Copy arrays: rows of a batch would keep the whole batch in memory, and an encoder may use its arrays again."""
    encoded = EncodedQuery(*(array.copy() for array in arrays))
    for array in encoded:
        array.setflags(write=False)
    return encoded


def _size(encoded: EncodedQuery) -> int:
    return sum(array.nbytes for array in encoded) + _OVERHEAD
