"""The HTTP contract, over a real app with the fake encoder."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from indexer import SnapshotDamaged, open_snapshot
from service import Searcher, Settings, create_app

HIT_FIELDS = {"rank", "score", "passage", "document", "also_in", "explanation"}
PASSAGE_FIELDS = {"id", "text", "language", "start", "end", "highlights"}
DOCUMENT_FIELDS = {"id", "title", "source", "url", "published", "language", "counterparts"}


@pytest.fixture(scope="module")
def open_client(index_folder, encoder):
    """A client of an app over the shared index: `with open_client(…) as client`."""

    @contextmanager
    def open_client(*, given=encoder, load=None, wait=True, **settings):
        made_by, lenient = (
            load or (lambda: Searcher(open_snapshot(index_folder), given)),
            settings.pop("lenient", False),
        )
        app = create_app(Settings(**settings), load=made_by)
        with TestClient(app, raise_server_exceptions=not lenient) as client:
            if wait:
                _wait_until(lambda: client.get("/readyz").status_code == 200)
            yield client

    return open_client


@pytest.fixture(scope="module")
def client(open_client):
    with open_client() as client:
        yield client


def _wait_until(condition, seconds=10):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.01)


def _assert_problem(response, status):
    """RFC 9457, as every error of the service."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in response.text
    return body


def _without_time(response):
    assert response.status_code == 200, response.text
    return {key: value for key, value in response.json().items() if key != "took_ms"}


class _Wrapped:
    """An encoder that does something before it reads a query, once it is in service."""

    def __init__(self, encoder, before):
        self._encoder = encoder
        self._before = before
        self.in_service = False

    def __getattr__(self, name):
        return getattr(self._encoder, name)

    def encode_queries_and_tokens(self, texts):
        if self.in_service:
            self._before()
        return self._encoder.encode_queries_and_tokens(texts)


# Searching


def test_an_answer_has_exactly_the_contract_s_fields(client):
    """Clients are written after the contract."""
    answer = client.post("/v1/search", json={"query": "武清区 预算", "k": 10}).json()
    assert set(answer) == {"query", "hits", "index", "took_ms"}
    assert answer["query"] == {"text": "武清区 预算", "language": "zh"}
    assert all(set(hit) == HIT_FIELDS for hit in answer["hits"])
    assert all(set(hit["passage"]) == PASSAGE_FIELDS for hit in answer["hits"])
    assert all(set(hit["document"]) == DOCUMENT_FIELDS for hit in answer["hits"])
    assert set(answer["index"]) == {"generation", "documents", "passages"}


def test_an_answer_s_values_mean_what_the_contract_says(client, searcher):
    """Ranks from 1, scores from 0 to 1, code point offsets, ISO dates or null, the index's counts."""
    answer = client.post("/v1/search", json={"query": "水稻 port", "k": 50}).json()
    hits = answer["hits"]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert all(0 <= hit["score"] <= 1 for hit in hits)
    texts = {document.id: document.text for document in searcher.snapshot.articles.documents()}
    assert all(
        texts[hit["document"]["id"]][hit["passage"]["start"] : hit["passage"]["end"]] == hit["passage"]["text"]
        for hit in hits
    )
    published = {hit["document"]["id"]: hit["document"]["published"] for hit in hits}
    assert (published["天津/水稻.md"], published["en/undated.md"]) == ("2022-10-01", None)
    assert answer["index"]["generation"] == searcher.snapshot.manifest.generation
    assert (answer["index"]["documents"], answer["index"]["passages"]) == (8, len(hits))
    assert answer["took_ms"] >= 0


def test_an_answer_is_readable_chinese_on_the_wire(client):
    """UTF-8, not escapes: people read it with curl."""
    assert "天津日报" in client.post("/v1/search", json={"query": "公交"}).content.decode("utf-8")


def test_defaults_are_the_contract_s(client):
    """A bare question is the same as one with every default written out."""
    written_out = {
        "query": "公交", "k": 10, "offset": 0, "ranking": "fair", "languages": ["zh", "en"], "sources": None,
        "published_from": None, "published_to": None, "group_by": "passage", "min_score": 0, "explain": False,
    }  # fmt: skip
    bare = _without_time(client.post("/v1/search", json={"query": "公交"}))
    assert bare == _without_time(client.post("/v1/search", json=written_out))
    assert len(bare["hits"]) == 10


def test_rankings_differ_only_where_asked(client):
    """`ranking` reaches the searcher."""
    fair, plain = (_without_time(client.post("/v1/search", json={"query": "铁路", "ranking": r})) for r in ("fair", "plain"))  # fmt: skip
    assert [hit["document"]["id"] for hit in fair["hits"][:2]] != [hit["document"]["id"] for hit in plain["hits"][:2]]


def test_filters_reach_the_searcher(client):
    """Each filter of the body narrows the hits."""
    body = {"query": "公交", "k": 50, "languages": ["zh"], "sources": ["天津日报"], "published_to": "2024-01-01"}
    hits = client.post("/v1/search", json=body).json()["hits"]
    assert {hit["document"]["id"] for hit in hits} == {"天津/公交.md"}


def test_offset_turns_the_page(client):
    """The second page goes on where the first ended, in rank and in passages."""
    whole = client.post("/v1/search", json={"query": "bus", "k": 4}).json()["hits"]
    second = client.post("/v1/search", json={"query": "bus", "k": 2, "offset": 2}).json()["hits"]
    assert second == whole[2:]


def test_get_answers_what_post_answers(client):
    """The same names as query parameters; lists are repeated."""
    parameters = [
        ("q", "公交 bus"), ("k", "5"), ("offset", "0"), ("ranking", "plain"), ("languages", "zh"), ("languages", "en"),
        ("sources", "天津日报"), ("sources", "china daily"), ("published_from", "2023-01-01"),
        ("published_to", "2025-01-01"), ("group_by", "document"), ("min_score", "0.05"), ("explain", "true"),
    ]  # fmt: skip
    body = {
        "query": "公交 bus", "k": 5, "offset": 0, "ranking": "plain", "languages": ["zh", "en"],
        "sources": ["天津日报", "china daily"], "published_from": "2023-01-01", "published_to": "2025-01-01",
        "group_by": "document", "min_score": 0.05, "explain": True,
    }  # fmt: skip
    answer = _without_time(client.get("/v1/search", params=parameters))
    assert answer == _without_time(client.post("/v1/search", json=body))
    assert {hit["document"]["source"] for hit in answer["hits"]} == {"天津日报", "China Daily"}


def test_get_needs_only_a_question(client):
    """For a browser's address bar."""
    bare = _without_time(client.get("/v1/search", params={"q": "公交"}))
    assert bare == _without_time(client.post("/v1/search", json={"query": "公交"}))


def test_repeated_languages_do_not_repeat_hits(client):
    """`languages=zh&languages=zh` asks for Chinese, once."""
    once = _without_time(client.get("/v1/search?q=公交&languages=zh"))
    assert _without_time(client.get("/v1/search?q=公交&languages=zh&languages=zh")) == once


def test_no_match_is_an_empty_answer(client):
    """Not an error."""
    response = client.post("/v1/search", json={"query": "公交", "sources": ["nobody"]})
    assert (response.status_code, response.json()["hits"]) == (200, [])


# Documents


@pytest.mark.parametrize("identifier", ["天津/公交.md", "en/buses.md"])
@pytest.mark.parametrize("safe", ["/", ""], ids=["slash", "%2F"])
def test_a_document_is_read_by_its_id(client, identifier, safe):
    """Ids are paths, in any script; the slash may be escaped or not."""
    response = client.get("/v1/documents/" + quote(identifier, safe=safe))
    article = response.json()
    assert response.status_code == 200
    assert article["id"] == identifier
    assert set(article) == DOCUMENT_FIELDS | {"author", "text", "passages"}
    assert all(article["text"][p["start"] : p["end"]] == p["text"] for p in article["passages"])
    assert article["passages"]


def test_every_hit_s_document_can_be_read(client):
    """An id of a hit is an id of this route."""
    hits = client.post("/v1/search", json={"query": "公交", "k": 50}).json()["hits"]
    for document in {hit["document"]["id"]: hit["document"] for hit in hits}.values():
        article = client.get("/v1/documents/" + quote(document["id"])).json()
        assert {name: article[name] for name in DOCUMENT_FIELDS} == document


@pytest.mark.parametrize("identifier", ["没有/这个.md", "en", "", "en/buses.md/"])
def test_an_unknown_document_is_404(client, identifier):
    """Also a folder's name, and nothing at all."""
    _assert_problem(client.get("/v1/documents/" + quote(identifier)), 404)


# Errors


def test_an_unknown_route_is_404(client):
    """As a problem, not as the framework's own JSON."""
    _assert_problem(client.get("/v2/search"), 404)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/healthz"), ("DELETE", "/v1/search"), ("PUT", "/v1/documents/a")]
)
def test_a_wrong_method_is_405_and_names_the_right_ones(client, method, path):
    """RFC 9110 wants `Allow`."""
    response = client.request(method, path)
    _assert_problem(response, 405)
    assert response.headers["allow"]


BAD_FIELDS = {
    "no query": ({}, "query"),
    "empty query": ({"query": ""}, "query"),
    "blank query": ({"query": " \u3000\n"}, "query"),
    "query is null": ({"query": None}, "query"),
    "query too long": ({"query": "长" * 1001}, "query"),
    "k is 0": ({"query": "公交", "k": 0}, "k"),
    "k is negative": ({"query": "公交", "k": -1}, "k"),
    "k too large": ({"query": "公交", "k": 101}, "k"),
    "k is no number": ({"query": "公交", "k": "ten"}, "k"),
    "offset is negative": ({"query": "公交", "offset": -1}, "offset"),
    "offset too large": ({"query": "公交", "offset": 1001}, "offset"),
    "unknown ranking": ({"query": "公交", "ranking": "best"}, "ranking"),
    "unknown language": ({"query": "公交", "languages": ["fr"]}, "languages"),
    "bad date": ({"query": "公交", "published_from": "2025-02-30"}, "published_from"),
    "no date": ({"query": "公交", "published_to": "yesterday"}, "published_to"),
    "dates out of order": (
        {"query": "公交", "published_from": "2025-01-02", "published_to": "2025-01-01"},
        "published_from",
    ),
    "unknown group_by": ({"query": "公交", "group_by": "source"}, "group_by"),
    "min_score below 0": ({"query": "公交", "min_score": -0.1}, "min_score"),
    "min_score above 1": ({"query": "公交", "min_score": 1.1}, "min_score"),
    "min_score is no number": ({"query": "公交", "min_score": "high"}, "min_score"),
    "explain is neither": ({"query": "公交", "explain": "perhaps"}, "explain"),
}
BAD_BODIES = {
    "unknown field": ({"query": "公交", "top_k": 3}, "top_k"),
    "no languages": ({"query": "公交", "languages": []}, "languages"),
    "sources is no list": ({"query": "公交", "sources": "天津日报"}, "sources"),
}


@pytest.mark.parametrize(("body", "field"), [*BAD_FIELDS.values(), *BAD_BODIES.values()], ids=[*BAD_FIELDS, *BAD_BODIES])  # fmt: skip
def test_a_bad_body_is_422_and_names_the_field(client, body, field):
    """The sentence says which field is wrong; so does the list of errors."""
    problem = _assert_problem(client.post("/v1/search", json=body), 422)
    assert field in problem["detail"]
    assert all(set(error) == {"field", "message"} for error in problem["errors"])


@pytest.mark.parametrize(("body", "field"), BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_bad_parameters_are_422_and_name_the_parameter(client, body, field):
    """GET has the same bounds as POST; only the question is called `q` there."""
    parameters = {"q" if name == "query" else name: value for name, value in body.items() if value is not None}
    problem = _assert_problem(client.get("/v1/search", params=parameters), 422)
    assert {"query": "q"}.get(field, field) in problem["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"query"', b'{"query": "\xff\xfe"}', b'{"query": "\\ud800"}', b"[" * 60_000],
    ids=["nothing", "half", "list", "null", "text", "no UTF-8", "half a surrogate pair", "deep"],
)
def test_what_is_no_request_is_a_client_s_error(client, content):
    """Bytes that nobody meant are answered with a problem, never with a 500."""
    response = client.post("/v1/search", content=content, headers={"content-type": "application/json"})
    _assert_problem(response, response.status_code)
    assert response.status_code in {400, 422}


def test_a_query_longer_than_the_encoder_reads_is_422(client):
    """Rather than cut it unseen; within the allowed characters, one token each."""
    problem = _assert_problem(client.post("/v1/search", json={"query": "长" * 900}), 422)
    assert "Shorten" in problem["detail"]


def test_the_operator_s_bounds_are_kept(open_client):
    """`HAIHE_MAX_K` and its sisters."""
    with open_client(max_k=2, max_offset=1, max_query_characters=4) as client:
        assert client.get("/v1/search", params={"q": "公交线路", "k": 2, "offset": 1}).status_code == 200
        _assert_problem(client.get("/v1/search", params={"q": "公交", "k": 3}), 422)
        _assert_problem(client.get("/v1/search", params={"q": "公交", "k": 2, "offset": 2}), 422)
        _assert_problem(client.get("/v1/search", params={"q": "公交线路图", "k": 2}), 422)


def test_a_declared_body_that_is_too_large_is_413(client):
    """By its Content-Length, before it is read."""
    _assert_problem(client.post("/v1/search", content=b" " * 70_000), 413)


def test_a_streamed_body_that_is_too_large_is_413(client):
    """Chunked bodies declare no length; they are counted."""
    response = client.post(
        "/v1/search", content=(b" " * 10_000 for _ in range(7)), headers={"content-type": "application/json"}
    )
    assert "content-length" not in response.request.headers
    _assert_problem(response, 413)


def test_a_body_of_the_allowed_size_is_read(client):
    """The bound itself is allowed."""
    body = json.dumps({"query": "公交"}).encode()
    content = body + b" " * (65_536 - len(body))
    response = client.post("/v1/search", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 200


def test_an_unforeseen_error_is_500_without_a_traceback(open_client, encoder, caplog):
    """The log has the traceback; the answer hasn't."""

    def fail():
        raise RuntimeError("a secret of the house")

    broken = _Wrapped(encoder, fail)
    with open_client(given=broken, lenient=True) as client:
        broken.in_service = True
        response = client.post("/v1/search", json={"query": "公交"})
    _assert_problem(response, 500)
    assert "secret" not in response.text
    assert "a secret of the house" in caplog.text


# Life of the service


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
                _assert_problem(response, 503)
                assert int(response.headers["retry-after"]) > 0
            _assert_problem(client.post("/v1/search", json={"query": "公交"}), 503)
        finally:
            may_load.set()
        _wait_until(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/v1/search?q=公交").json()["hits"]


def test_a_failure_to_load_is_told_and_never_ready(index_folder, caplog):
    """`on_failure` gets the error; the process still lives, and says that it can't answer."""
    failures = []
    damaged = SnapshotDamaged("zh.faiss: its contents are not what the manifest says.")

    def load():
        raise damaged

    with TestClient(create_app(Settings(index=index_folder), load=load, on_failure=failures.append)) as client:
        _wait_until(lambda: failures)
        assert failures == [damaged]
        assert client.get("/healthz").status_code == 200
        _assert_problem(client.get("/readyz"), 503)
        _assert_problem(client.post("/v1/search", json={"query": "公交"}), 503)
    assert str(damaged) in caplog.text
    assert "Traceback" not in caplog.text


def test_the_service_lets_go_of_the_index_at_its_end(open_client, index_folder, encoder):
    """Files are closed when the app is."""
    searcher = Searcher(open_snapshot(index_folder), encoder)
    with open_client(load=lambda: searcher) as client:
        assert client.get("/v1/documents/en/buses.md").status_code == 200
    with pytest.raises(Exception, match="closed"):
        searcher.document("en/buses.md")


def test_more_searches_than_may_wait_are_503(open_client, encoder):
    """Refused at once with Retry-After, while the process says that it lives; afterwards there is room again."""
    began, may_end = threading.Event(), threading.Event()
    slow = _Wrapped(encoder, lambda: (began.set(), may_end.wait(10)))
    with open_client(given=slow, max_waiting=1) as client, ThreadPoolExecutor(1) as pool:
        slow.in_service = True
        first = pool.submit(client.post, "/v1/search", json={"query": "公交"})
        try:
            assert began.wait(5)
            refused = client.post("/v1/search", json={"query": "bus"})
            _assert_problem(refused, 503)
            assert int(refused.headers["retry-after"]) > 0
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 200
        finally:
            may_end.set()
        assert first.result(10).status_code == 200
        assert client.post("/v1/search", json={"query": "bus"}).status_code == 200


def test_room_is_given_back_after_errors(open_client):
    """A failed request doesn't take a place forever."""
    with open_client(max_waiting=1) as client:
        statuses = [client.post("/v1/search", json=body).status_code for body in ({}, {"query": ""}, {"query": "公交"})]
    assert statuses == [422, 422, 200]


def test_encoding_does_not_hold_up_the_event_loop(open_client, encoder):
    """While a search takes a second, /healthz answers at once."""
    began = threading.Event()
    slow = _Wrapped(encoder, lambda: (began.set(), time.sleep(1)))
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
    alone = {question: _without_time(client.get("/v1/search", params={"q": question})) for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda question: client.get("/v1/search", params={"q": question}), questions))
    assert [_without_time(answer) for answer in answers] == [alone[question] for question in questions]


# The description


@pytest.fixture(scope="module")
def description(client):
    return client.get("/openapi.json").json()


def _references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_every_reference_of_the_description_leads_somewhere(description):
    """A client can be generated from it."""
    references = set(_references(description))
    assert description["openapi"].startswith("3.")
    assert references
    for reference in references:
        node = description
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert node


def test_the_description_lists_the_contract_s_routes(description):
    """All of them, and each with a summary."""
    routes = {(path, method): route for path, methods in description["paths"].items() for method, route in methods.items()}  # fmt: skip
    assert {
        ("/v1/search", "post"), ("/v1/search", "get"), ("/v1/documents/{document_id}", "get"),
        ("/v1/similar/{identifier}", "get"), ("/healthz", "get"), ("/readyz", "get"),
    } == set(routes)  # fmt: skip
    assert all(route["summary"] for route in routes.values())
    assert len({route["operationId"] for route in routes.values()}) == len(routes)


def test_every_described_error_is_a_problem(description):
    """One shape of errors; the framework's own is gone."""
    assert "HTTPValidationError" not in json.dumps(description)
    errors = [
        answer
        for methods in description["paths"].values()
        for route in methods.values()
        for status, answer in route["responses"].items()
        if status.startswith(("4", "5"))
    ]
    assert errors
    for answer in errors:
        assert set(answer["content"]) == {"application/problem+json"}
        assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_search_describes_the_errors_it_answers(description):
    """413, 422 and 503, for both methods."""
    for method in ("get", "post"):
        assert {"413", "422", "503"} <= set(description["paths"]["/v1/search"][method]["responses"])


def test_the_description_has_examples_in_both_languages(description, client):
    """And each example of a body is one that the service answers."""
    examples = description["components"]["schemas"]["SearchRequest"]["examples"]
    questions = [example["query"] for example in examples]
    assert any(question.isascii() for question in questions)
    assert any("\u4e00" <= character <= "\u9fff" for question in questions for character in question)
    for example in examples:
        assert client.post("/v1/search", json=example).status_code == 200
    parameters = description["paths"]["/v1/search"]["get"]["parameters"]
    assert {"中文", "English"} <= set(next(p for p in parameters if p["name"] == "q")["examples"])


def test_the_interface_can_be_read_in_a_browser(client):
    """`/docs` is a page."""
    response = client.get("/docs")
    assert response.status_code == 200
    assert "text/html" in response.headers["content-type"]
