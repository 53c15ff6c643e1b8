"""Queries are remembered, and encoded together when they come at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from checks import wait_until
from fakes import FakeSecondEncoder

from indexer import EncoderError
from service.search.query.encoder import QueryEncoder


class GuardedEncoder:
    """The fake encoder; notes its calls, holds each until it may go on, and falls over if two overlap."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.calls = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self._alone = threading.Lock()

    def __getattr__(self, name):
        return getattr(self._encoder, name)

    def encode_queries_and_tokens(self, texts):
        assert self._alone.acquire(blocking=False), "two calls at once"
        try:
            self.calls.append(list(texts))
            assert self.may_go_on.wait(10)
            return self._encoder.encode_queries_and_tokens(texts)
        finally:
            self._alone.release()


@pytest.fixture
def guarded(encoder):
    return GuardedEncoder(encoder)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def _waiting(queries):
    return len(queries._waiting)


def _ask_while_busy(queries, guarded, pool, texts):
    """Have texts asked, each by its own thread and in this order, while the encoder is busy with another."""
    guarded.may_go_on.clear()
    busy = pool.submit(queries.encode, ["busy"])
    wait_until(lambda: guarded.calls)
    asked = []
    for number, text in enumerate(texts, start=1):
        asked.append(pool.submit(queries.encode, [text]))
        wait_until(lambda number=number: _waiting(queries) == number)
    guarded.may_go_on.set()
    busy.result(10)
    return asked


def _assert_encodes(encoder, found, texts):
    """As the encoder by itself does, text by text."""
    for one, text in zip(found, texts, strict=True):
        embeddings, tokens = encoder.encode_queries_and_tokens([text])
        np.testing.assert_array_equal(one.embedding, embeddings[0])
        np.testing.assert_array_equal(one.tokens, tokens[0].vectors)


def test_a_lone_query_goes_straight_through(encoder, guarded):
    """One call with one text, and no wait: a hundred take no time."""
    queries = QueryEncoder(guarded, with_tokens=True)
    began = time.perf_counter()
    for number in range(100):
        _assert_encodes(encoder, queries.encode([f"bus {number}"]), [f"bus {number}"])
    assert time.perf_counter() - began < 1
    assert guarded.calls == [[f"bus {number}"] for number in range(100)]


def test_queries_that_come_while_the_encoder_is_busy_share_one_call(encoder, guarded, pool):
    """And each gets its own vectors."""
    texts = ["公交", "budget", "rice", "港口", "chip", "museum"]
    queries = QueryEncoder(guarded, with_tokens=True)
    asked = _ask_while_busy(queries, guarded, pool, texts)
    for one, text in zip(asked, texts, strict=True):
        _assert_encodes(encoder, one.result(10), [text])
    assert guarded.calls == [["busy"], texts]


def test_the_same_text_asked_at_once_is_encoded_once(guarded, pool):
    """A popular question costs one."""
    queries = QueryEncoder(guarded, with_tokens=True)
    asked = _ask_while_busy(queries, guarded, pool, ["公交", "bus", "公交", "公交"])
    first, _, *others = [one.result(10)[0] for one in asked]
    assert guarded.calls == [["busy"], ["公交", "bus"]]
    assert all(np.array_equal(first.embedding, other.embedding) for other in others)


def test_a_text_that_is_too_long_fails_alone(encoder, guarded, pool):
    """Those that wait with it get their answers."""
    too_long = "bus " * 400
    queries = QueryEncoder(guarded, with_tokens=True)
    good, bad, other = _ask_while_busy(queries, guarded, pool, ["公交", too_long, "rice"])
    with pytest.raises(EncoderError, match="longer"):
        bad.result(10)
    _assert_encodes(encoder, good.result(10) + other.result(10), ["公交", "rice"])
    _assert_encodes(encoder, queries.encode(["port"]), ["port"])
    with pytest.raises(EncoderError, match="longer"):
        queries.encode([too_long])


def test_texts_of_one_caller_come_back_in_its_order(encoder, guarded):
    """Also where some are remembered and some are asked twice."""
    queries = QueryEncoder(guarded, with_tokens=True)
    queries.encode(["rice"])
    texts = ["bus", "rice", "公交", "bus"]
    _assert_encodes(encoder, queries.encode(texts), texts)
    assert guarded.calls == [["rice"], ["bus", "公交"]]
    assert queries.encode([]) == []


def test_what_was_asked_lately_is_not_encoded_again(encoder, guarded):
    """And gives the very same vectors."""
    queries = QueryEncoder(guarded, with_tokens=True)
    first, again = queries.encode(["公交"]), queries.encode(["公交"])
    assert guarded.calls == [["公交"]]
    _assert_encodes(encoder, again, ["公交"])
    np.testing.assert_array_equal(first[0].embedding, again[0].embedding)


def test_a_caller_cannot_change_what_is_remembered(guarded):
    """The arrays are shared."""
    found = QueryEncoder(guarded, with_tokens=True).encode(["公交"])[0]
    for array in found:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_memory_is_bounded_and_the_longest_unasked_goes_first(guarded):
    """With room for three, the fourth drives out the one that nobody asked for since."""
    room = 3 * _bytes_of(guarded, "bus")
    queries = QueryEncoder(guarded, with_tokens=True, remembered_bytes=room)
    for text in ("bus", "rice", "port", "bus", "chip", "bus", "port", "chip"):
        queries.encode([text])
    assert guarded.calls == [["bus"], ["rice"], ["port"], ["chip"]]
    queries.encode(["rice"])
    assert guarded.calls[-1] == ["rice"]
    for number in range(50):
        queries.encode([f"bus {number}"])
    assert queries._remembered.currsize <= room


def test_a_text_larger_than_the_memory_is_encoded_all_the_same(encoder, guarded):
    """Nothing is remembered where nothing may be."""
    queries = QueryEncoder(guarded, with_tokens=True, remembered_bytes=0)
    for _ in range(2):
        _assert_encodes(encoder, queries.encode(["公交"]), ["公交"])
    assert guarded.calls == [["公交"], ["公交"]]


def test_without_tokens_only_embeddings_are_asked_for(encoder_without_tokens):
    """An encoder that has none will do."""
    queries = QueryEncoder(encoder_without_tokens, with_tokens=False)
    found = queries.encode(["公交", "bus"])
    np.testing.assert_array_equal(
        [one.embedding for one in found], encoder_without_tokens.encode_queries(["公交", "bus"])
    )
    assert all(one.tokens.size == 0 for one in found)


def test_the_second_encoder_reads_the_same_queries(encoder, guarded):
    """Once each, and what was asked lately not again."""
    second = FakeSecondEncoder()
    queries = QueryEncoder(guarded, with_tokens=True, second=second)
    texts = ["公交", "bus", "公交"]
    found = queries.encode(texts)
    _assert_encodes(encoder, found, texts)
    np.testing.assert_array_equal([one.second for one in found], FakeSecondEncoder().encode(texts))
    queries.encode(["bus", "rice"])
    assert (guarded.calls, second.read) == ([["公交", "bus"], ["rice"]], ["公交", "bus", "rice"])


def test_without_a_second_encoder_there_is_nothing_of_it(guarded):
    """Nor does it take memory."""
    assert QueryEncoder(guarded, with_tokens=True).encode(["公交"])[0].second.size == 0


def test_the_second_encoder_reads_while_the_first_does(guarded):
    """On another core: the first one's call ends only after the second one's has begun."""
    began = threading.Event()

    class Announcing(FakeSecondEncoder):
        def encode(self, texts):
            began.set()
            return FakeSecondEncoder.encode(self, texts)

    class Waiting:
        def __getattr__(self, name):
            return getattr(guarded, name)

        def encode_queries_and_tokens(self, texts):
            assert began.wait(10)
            return guarded.encode_queries_and_tokens(texts)

        def encode_passages_and_tokens(self, texts):
            return guarded.encode_passages_and_tokens(texts)

    assert len(QueryEncoder(Waiting(), with_tokens=True, second=Announcing()).encode(["公交"])[0].second)


def test_what_fails_in_the_second_encoder_fails_for_who_asked(encoder, guarded):
    """And the next query is answered."""

    class Failing(FakeSecondEncoder):
        def encode(self, texts):
            if "rice" in texts:
                raise EncoderError("no rice")
            return FakeSecondEncoder.encode(self, texts)

    queries = QueryEncoder(guarded, with_tokens=True, second=Failing())
    with pytest.raises(EncoderError, match="no rice"):
        queries.encode(["rice"])
    _assert_encodes(encoder, queries.encode(["bus"]), ["bus"])


def test_many_threads_get_their_own_vectors(encoder, guarded, pool):
    """While the memory overflows all the time; and the encoder is never called by two at once."""
    texts = [f"bus {number % 40} {'rice' * (number % 3)}" for number in range(400)]
    queries = QueryEncoder(guarded, with_tokens=True, remembered_bytes=10 * _bytes_of(guarded, "bus 1"))
    found = list(pool.map(lambda text: queries.encode([text])[0], texts))
    _assert_encodes(encoder, found, texts)


def _bytes_of(guarded, text):
    """What is counted for one remembered text."""
    queries = QueryEncoder(guarded, with_tokens=True)
    queries.encode([text])
    guarded.calls.clear()
    return queries._remembered.currsize
