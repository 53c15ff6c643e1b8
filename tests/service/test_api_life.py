"""The life of the service: loading, waiting, ending."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from checks import assert_problem, wait_until, without_time
from fakes import WatchedEncoder
from fastapi.testclient import TestClient

from indexer import Language, SnapshotDamaged, open_snapshot, query_language
from service import Searcher, Settings, create_app


def test_before_loading_has_ended_only_healthz_answers(open_client, index_folder, encoder):
    """503 with Retry-After while model and index are loaded; then 200."""
    may_load = threading.Event()

    def load():
        may_load.wait(10)
        return Searcher(open_snapshot(index_folder), encoder)

    with open_client(load=load, wait=False) as client:
        try:
            assert client.get("/healthz").status_code == 200
            for path in ("/readyz", "/v1/search?q=公交", "/v1/documents/en/buses.md"):
                response = client.get(path)
                assert_problem(response, 503)
                assert int(response.headers["retry-after"]) > 0
            assert_problem(client.post("/v1/search", json={"query": "公交"}), 503)
        finally:
            may_load.set()
        wait_until(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/v1/search?q=公交").json()["hits"]


DAMAGED = SnapshotDamaged("zh.faiss: its contents are not what the manifest says.")


def _fail_to_load():
    raise DAMAGED


def test_a_failure_to_load_is_told_and_never_ready(index_folder, caplog):
    """`on_failure` gets the error; the process still lives, and says that it can't answer."""
    failures = []

    app = create_app(Settings(index=index_folder), load=_fail_to_load, on_failure=failures.append)
    with TestClient(app) as client:
        wait_until(lambda: failures)
        assert failures == [DAMAGED]
        assert client.get("/healthz").status_code == 200
        assert_problem(client.get("/readyz"), 503)
        assert_problem(client.post("/v1/search", json={"query": "公交"}), 503)
    assert caplog.text == ""  # who is told says it once


def test_a_failure_to_load_that_nobody_is_told_is_logged(index_folder, caplog):
    """In one sentence."""
    with TestClient(create_app(Settings(index=index_folder), load=_fail_to_load)) as client:
        wait_until(lambda: caplog.text)
        assert_problem(client.get("/readyz"), 503)
    assert str(DAMAGED) in caplog.text
    assert "Traceback" not in caplog.text


def test_ready_means_that_everything_is_warm(index_folder, encoder):
    """What the first question of each language needs was read before: both were asked."""
    asked, ready = [], threading.Event()

    def load():
        searcher = Searcher(open_snapshot(index_folder), encoder)
        original = searcher.search
        searcher.search = lambda query: (asked.append(query_language(query.text)), original(query))[1]
        return searcher

    app = create_app(Settings(index=index_folder), load=load, on_ready=ready.set)
    with TestClient(app) as client:
        assert ready.wait(10)
        assert set(asked) == set(Language)
        assert client.get("/readyz").status_code == 200


def test_a_patient_service_takes_no_request_before_it_can_answer(index_folder, encoder):
    """Its first answer is a good one, though loading takes a while."""

    def load():
        time.sleep(0.3)
        return Searcher(open_snapshot(index_folder), encoder)

    with TestClient(create_app(Settings(index=index_folder), load=load, is_patient=True)) as client:
        assert client.get("/v1/search?q=公交").json()["hits"]


def test_the_service_lets_go_of_the_index_at_its_end(open_client, index_folder, encoder):
    """Files are closed when the app is."""
    searcher = Searcher(open_snapshot(index_folder), encoder)
    with open_client(load=lambda: searcher) as client:
        assert client.get("/v1/documents/en/buses.md").status_code == 200
    with pytest.raises(Exception, match="closed"):
        searcher.document("en/buses.md")


@contextmanager
def _searching(client, slow, began, may_end):
    """While this lasts, a search is under way; then it is answered."""
    with ThreadPoolExecutor(1) as pool:
        slow.in_service = True
        first = pool.submit(client.post, "/v1/search", json={"query": "公交"})
        try:
            assert began.wait(5)
            yield
        finally:
            may_end.set()
        assert first.result(10).status_code == 200


@pytest.fixture
def open_slow_client(open_client, encoder):
    """A client of a service that takes one search, and what keeps one under way."""

    @contextmanager
    def opened():
        began, may_end = threading.Event(), threading.Event()
        slow = WatchedEncoder(encoder, lambda: (began.set(), may_end.wait(10)))
        with open_client(given=slow, max_waiting=1) as client:
            yield client, _searching(client, slow, began, may_end)

    return opened


def test_more_searches_than_may_wait_are_503(open_slow_client):
    """Refused at once with Retry-After, while the process says that it lives; afterwards there is room again."""
    with open_slow_client() as (client, searching):
        with searching:
            refused = client.post("/v1/search", json={"query": "bus"})
            assert_problem(refused, 503)
            assert int(refused.headers["retry-after"]) > 0
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 200
        assert client.post("/v1/search", json={"query": "bus"}).status_code == 200


_PAGES = ("/", "/docs", "/openapi.json", "/embed?theme=dark", "/widget.js", "/assets/nothing.js")


def test_pages_are_answered_while_no_search_is_taken(open_slow_client):
    """Whoever loads the page at a busy moment gets the page; a search that comes with one is refused within it."""
    with open_slow_client() as (client, searching):
        with searching:
            assert [client.get(page).status_code for page in _PAGES] == [200, 200, 200, 200, 200, 404]
            page = client.get("/embed", params={"query": "bus"})
            assert page.status_code == 200
            assert 'data-status="503"' in page.text
        assert 'data-status="200"' in client.get("/embed", params={"query": "bus"}).text


def test_page_loads_take_no_room_from_searches(open_client):
    """Twenty browsers that are slow to read a page, where one search is taken: the search is answered."""

    async def search_among_readers(app):
        may_read = asyncio.Event()

        async def slow_reader(scope, receive, send):
            async def send_slowly(message):
                await may_read.wait()
                await send(message)

            await app(scope, receive, send_slowly)

        def reader_of(application):
            return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://testserver")

        async with reader_of(slow_reader) as slow, reader_of(app) as quick:
            pages = [asyncio.create_task(slow.get(page)) for page in ("/", "/docs", "/widget.js", "/embed") * 5]
            await asyncio.sleep(0.2)
            answer = await quick.get("/v1/search?q=bus")
            assert not any(page.done() for page in pages)
            may_read.set()
            return answer.status_code, {page.status_code for page in await asyncio.gather(*pages)}

    with open_client(max_waiting=1) as client:
        assert client.portal.call(search_among_readers, client.app) == (200, {200})


def test_room_is_given_back_after_errors(open_client):
    """A failed request doesn't take a place forever."""
    with open_client(max_waiting=1) as client:
        statuses = [client.post("/v1/search", json=body).status_code for body in ({}, {"query": ""}, {"query": "公交"})]
    assert statuses == [422, 422, 200]


def test_encoding_does_not_hold_up_the_event_loop(open_client, encoder):
    """While a search takes a second, /healthz answers at once."""
    began = threading.Event()
    slow = WatchedEncoder(encoder, lambda: (began.set(), time.sleep(1)))
    with open_client(given=slow) as client, ThreadPoolExecutor(1) as pool:
        slow.in_service = True
        search = pool.submit(client.post, "/v1/search", json={"query": "公交"})
        assert began.wait(5)
        asked = time.perf_counter()
        assert client.get("/healthz").status_code == 200
        took = time.perf_counter() - asked
        assert not search.done()
        assert search.result(10).status_code == 200
    assert took < 0.2


def test_searches_at_once_get_their_own_answers(client):
    """Eight clients, two questions: nobody gets another's hits."""
    questions = ["公交", "budget"] * 20
    alone = {question: without_time(client.get("/v1/search", params={"q": question})) for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda question: client.get("/v1/search", params={"q": question}), questions))
    assert [without_time(answer) for answer in answers] == [alone[question] for question in questions]
