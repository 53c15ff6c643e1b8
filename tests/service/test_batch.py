"""Several searches in one request."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import assert_problem, wait_until, without_time
from fakes import WatchedEncoder

SEARCHES = (
    {"query": "公交"},
    {"query": "the budget of the hospital", "k": 3, "group_by": "document"},
    {"query": "公交", "sort": "published", "languages": ["zh"]},
    {"query": "水稻 port", "k": 2, "offset": 2, "ranking": "plain", "explain": True},
    {"query": "violin", "sources": ["天津日报"], "min_score": 0.5, "published_from": "2023-01-01"},
    {"query": '"had built"'},
)


def _batch(client, searches):
    return client.post("/v1/search:batch", json={"searches": list(searches)})


def _timeless(response):
    assert response.status_code == 200, response.text
    return [{name: value for name, value in one.items() if name != "took_ms"} for one in response.json()["answers"]]


def test_a_batch_answers_what_its_searches_answer_singly(client):
    """Each with its own options, in their order; a question may come twice."""
    alone = [without_time(client.post("/v1/search", json=search)) for search in SEARCHES]
    assert _timeless(_batch(client, SEARCHES)) == alone
    assert _timeless(_batch(client, SEARCHES[::-1])) == alone[::-1]
    assert len({json.dumps(answer) for answer in alone}) == len(SEARCHES)


def test_each_answer_says_how_long_it_took(client):
    """Its share of the encoding included."""
    assert all(answer["took_ms"] > 0 for answer in _batch(client, SEARCHES).json()["answers"])


def test_the_questions_of_a_batch_are_encoded_together(open_client, encoder):
    """By one call, each text once."""
    calls = []

    class Counted(WatchedEncoder):
        def encode_queries_and_tokens(self, texts):
            calls.append(list(texts))
            return super().encode_queries_and_tokens(texts)

    with open_client(given=Counted(encoder, lambda: None), query_cache=0) as client:
        calls.clear()
        assert _batch(client, SEARCHES).status_code == 200
    (texts,) = calls
    assert len(texts) == len(set(texts)) == len(SEARCHES) - 1


BAD = {
    "no query": ({"k": 3}, "searches.1.query"),
    "blank query": ({"query": " "}, "searches.1.query"),
    "k too large": ({"query": "公交", "k": 101}, "searches.1.k"),
    "offset too large": ({"query": "公交", "offset": 1001}, "searches.1.offset"),
    "query too long": ({"query": "长" * 1001}, "searches.1.query"),
    "longer than the encoder reads": ({"query": "长" * 900}, "searches.1.query"),
    "unknown sort": ({"query": "公交", "sort": "size"}, "searches.1.sort"),
    "unknown field": ({"query": "公交", "limit": 3}, "searches.1.limit"),
    "dates out of order": (
        {"query": "公交", "published_from": "2025-01-02", "published_to": "2025-01-01"},
        "searches.1",
    ),
    "no search": ("公交", "searches.1"),
}


@pytest.mark.parametrize(("search", "field"), BAD.values(), ids=BAD)
def test_one_bad_search_refuses_the_batch_and_is_named_by_its_place(client, search, field):
    """So that it can be mended; none is answered."""
    problem = assert_problem(_batch(client, [{"query": "公交"}, search, {"query": "bus"}]), 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert field in problem["detail"]


def test_every_bad_search_is_named(client):
    """Not one at a time."""
    too_long = {"query": "长" * 900}
    problem = assert_problem(_batch(client, [too_long, {"query": "公交"}, too_long]), 422)
    assert [error["field"] for error in problem["errors"]] == ["searches.0.query", "searches.2.query"]
    problem = assert_problem(_batch(client, [{"query": "公交", "k": 0}, {"query": "公交"}, {"query": ""}]), 422)
    assert [error["field"] for error in problem["errors"]] == ["searches.0.k", "searches.2.query"]


@pytest.mark.parametrize(
    "body", [{}, {"searches": []}, {"searches": None}, {"searches": [{"query": "公交"}], "k": 3}, []]
)
def test_what_is_no_batch_is_422(client, body):
    """Nothing to search for, or something that isn't known."""
    assert_problem(client.post("/v1/search:batch", json=body), 422)


def test_the_operator_bounds_a_batch(open_client):
    """`HAIHE_MAX_BATCH`, and the bounds of single searches in it."""
    with open_client(max_batch=2, max_k=5) as client:
        search = {"query": "公交", "k": 5}
        assert _batch(client, [search] * 2).status_code == 200
        problem = assert_problem(_batch(client, [search] * 3), 422)
        assert problem["errors"] == [{"field": "searches", "message": "is 3, at most 2 are allowed"}]
        assert_problem(_batch(client, [search, {"query": "公交", "k": 6}]), 422)


def test_by_default_a_batch_has_at_most_32_searches(client):
    """As the contract says."""
    assert _batch(client, [{"query": "公交", "k": 1}] * 32).status_code == 200
    assert_problem(_batch(client, [{"query": "公交", "k": 1}] * 33), 422)


def test_a_batch_is_only_posted(client):
    """Its path isn't a document's, nor another method's."""
    assert_problem(client.get("/v1/search:batch"), 405)


# Overload


@pytest.fixture
def held(open_client, encoder):
    """A client of a service that takes four searches, one of which waits for its encoder until it is let go."""
    is_held, may_go = threading.Event(), threading.Event()

    def wait():
        is_held.set()
        assert may_go.wait(20)

    watched = WatchedEncoder(encoder, wait)
    with open_client(given=watched, max_waiting=4, query_cache=0) as client, ThreadPoolExecutor(2) as pool:
        yield client, lambda searches: pool.submit(_batch, client, searches), watched, is_held, may_go
        may_go.set()


def test_a_batch_counts_as_its_searches(held):
    """While three are searched together, one more is taken, two more are not."""
    client, send, watched, is_held, may_go = held
    watched.in_service = True
    first = send([{"query": "公交"}, {"query": "bus"}, {"query": "预算"}])
    assert is_held.wait(20)
    refused = _batch(client, [{"query": "水稻"}, {"query": "port"}])
    assert_problem(refused, 503)
    assert refused.headers["retry-after"] == "1"
    second = send([{"query": "水稻"}])
    may_go.set()
    assert [one.result(20).status_code for one in (first, second)] == [200, 200]


def test_what_was_refused_or_failed_takes_no_room(held):
    """Room is given back, whatever became of the batch."""
    client, _, _, _, may_go = held
    may_go.set()
    for _ in range(5):
        assert_problem(_batch(client, [{"query": "长" * 900}] * 3), 422)
        assert _batch(client, [{"query": "公交"}] * 4).status_code == 200


def test_a_batch_of_more_than_is_taken_at_once_is_taken_by_an_idle_service(held):
    """Else it never were."""
    client, _, _, _, may_go = held
    may_go.set()
    wait_until(lambda: _batch(client, [{"query": "公交"}] * 9).status_code == 200)
