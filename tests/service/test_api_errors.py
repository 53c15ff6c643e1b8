"""The HTTP contract of errors: problems, with the right status."""

from __future__ import annotations

import json

import pytest
from checks import assert_problem
from fakes import WatchedEncoder


def test_an_unknown_route_is_404(client):
    """As a problem, not as the framework's own JSON."""
    assert_problem(client.get("/v2/search"), 404)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/healthz"), ("DELETE", "/v1/search"), ("PUT", "/v1/documents/a")]
)
def test_a_wrong_method_is_405_and_names_the_right_ones(client, method, path):
    """RFC 9110 wants `Allow`."""
    response = client.request(method, path)
    problem = assert_problem(response, 405)
    assert response.headers["allow"]
    assert response.headers["allow"] in problem["detail"]


def test_all_methods_of_an_address_are_named(client):
    """Also where each has a route of its own."""
    assert set(client.put("/v1/search", json={}).headers["allow"].split(", ")) == {"GET", "POST"}


def test_a_body_that_is_not_utf_8_is_400_and_says_so(client):
    """Whoever sends GB18030 learns what to send instead."""
    content = '{"query": "公交"}'.encode("gb18030")
    response = client.post("/v1/search", content=content, headers={"content-type": "application/json"})
    assert "UTF-8" in assert_problem(response, 400)["detail"]


@pytest.mark.parametrize("path", ["/v1/search:batch", "/v1/search"])
def test_only_leaving_words_out_is_422_and_says_what_to_add(client, path):
    """A question is wanted beside it."""
    search = {"query": "-公交"}
    body = {"searches": [search]} if path.endswith("batch") else search
    assert "add what to look for" in assert_problem(client.post(path, json=body), 422)["detail"]


BAD_FIELDS = {
    "no query": ({}, "query"),
    "empty query": ({"query": ""}, "query"),
    "blank query": ({"query": " \u3000\n"}, "query"),
    "query is null": ({"query": None}, "query"),
    "query only leaves out": ({"query": '-公交 -"bus line"'}, "query"),
    "query too long": ({"query": "长" * 1001}, "query"),
    "k is 0": ({"query": "公交", "k": 0}, "k"),
    "k is negative": ({"query": "公交", "k": -1}, "k"),
    "k too large": ({"query": "公交", "k": 101}, "k"),
    "k is no number": ({"query": "公交", "k": "ten"}, "k"),
    "offset is negative": ({"query": "公交", "offset": -1}, "offset"),
    "offset too large": ({"query": "公交", "offset": 1001}, "offset"),
    "unknown ranking": ({"query": "公交", "ranking": "best"}, "ranking"),
    "unknown sort": ({"query": "公交", "sort": "newest"}, "sort"),
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
    problem = assert_problem(client.post("/v1/search", json=body), 422)
    assert field in problem["detail"]
    assert all(set(error) == {"field", "message"} for error in problem["errors"])


@pytest.mark.parametrize(("body", "field"), BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_bad_parameters_are_422_and_name_the_parameter(client, body, field):
    """GET has the same bounds as POST; only the question is called `q` there."""
    parameters = {"q" if name == "query" else name: value for name, value in body.items() if value is not None}
    problem = assert_problem(client.get("/v1/search", params=parameters), 422)
    assert {"query": "q"}.get(field, field) in problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "given", "known"),
    [
        ("GET", "/v1/search", {"params": {"q": "公交", "top_k": 3}}, {"q", "k", "published_from", "min_score"}),
        ("GET", "/v1/search", {"params": {"q": "公交", "Top_k": 3, "k": 0}}, {"q", "k"}),
        ("POST", "/v1/search", {"json": {"query": "公交", "top_k": 3}}, {"query", "k", "published_from", "min_score"}),
        ("POST", "/v1/search:batch", {"json": {"searches": [{"query": "公交", "top_k": 3}]}}, {"query", "k"}),
        ("POST", "/v1/search:batch", {"json": {"searches": [{"query": "公交"}], "top_k": 3}}, {"searches"}),
        ("GET", "/v1/similar/a.md", {"params": {"top_k": 3}}, {"k"}),
    ],
)
def test_what_is_not_known_is_422_and_told_with_what_is(client, method, path, given, known):
    """A misspelt filter that is passed over would be taken for one that found everything."""
    problem = assert_problem(client.request(method, path, **given), 422)
    (error,) = problem["errors"]
    assert error["field"].lower().endswith("top_k")
    assert known <= set(error["message"].partition("Use: ")[2].split(", "))


def test_the_question_is_named_as_it_was_given(client):
    """`query` isn't known where it is called `q`, and the other way round."""
    for given, called in ({"query": "公交"}, "query"), ({"q": "长" * 1001}, "q"):
        problem = assert_problem(client.get("/v1/search", params=given), 422)
        assert problem["errors"][0]["field"] == called
    problem = assert_problem(client.post("/v1/search", json={"q": "公交"}), 422)
    assert problem["errors"][0]["field"] == "q"


def test_a_body_of_nothing_known_gets_a_short_answer(client):
    """Whatever is sent: an answer that grew with it would be a way to tire the line."""
    response = client.post("/v1/search", json={f"field{number}": number for number in range(3000)})
    assert_problem(response, 422)
    assert len(response.content) < 4000


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"query"', b'{"query": "\xff\xfe"}', b'{"query": "\\ud800"}', b"[" * 60_000],
    ids=["nothing", "half", "list", "null", "text", "no UTF-8", "half a surrogate pair", "deep"],
)
def test_what_is_no_request_is_a_client_s_error(client, content):
    """Bytes that nobody meant are answered with a problem, never with a 500."""
    response = client.post("/v1/search", content=content, headers={"content-type": "application/json"})
    assert_problem(response, response.status_code)
    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("query", "\ud800"),
        ("sources", ["\udfff"]),
        ("languages", ["\udfff"]),
        ("published_from", "\udfff"),
        ("ranking", "\udfff"),
        ("group_by", "\udfff"),
        ("sort", "\udfff"),
        ("\udfff", 1),
    ],
)
def test_half_a_surrogate_pair_is_422_in_any_field(client, field, value):
    """JSON can escape what no text can have, and no database can look up."""
    content = json.dumps({"query": "公交", field: value})
    problem = assert_problem(
        client.post("/v1/search", content=content, headers={"content-type": "application/json"}), 422
    )
    assert field == "\udfff" or field in problem["detail"]


def test_a_query_longer_than_the_encoder_reads_is_422(client):
    """Rather than cut it unseen; within the allowed characters, one token each."""
    problem = assert_problem(client.post("/v1/search", json={"query": "长" * 900}), 422)
    assert "Shorten" in problem["detail"]


def test_the_operator_s_bounds_are_kept(open_client):
    """`HAIHE_MAX_K` and its sisters."""
    with open_client(max_k=2, max_offset=1, max_query_characters=4) as client:
        assert client.get("/v1/search", params={"q": "公交线路", "k": 2, "offset": 1}).status_code == 200
        assert_problem(client.get("/v1/search", params={"q": "公交", "k": 3}), 422)
        assert_problem(client.get("/v1/search", params={"q": "公交", "k": 2, "offset": 2}), 422)
        assert_problem(client.get("/v1/search", params={"q": "公交线路图", "k": 2}), 422)


def test_a_declared_body_that_is_too_large_is_413(client):
    """By its Content-Length, before it is read."""
    assert_problem(client.post("/v1/search", content=b" " * 70_000), 413)


def test_a_streamed_body_that_is_too_large_is_413(client):
    """Chunked bodies declare no length; they are counted."""
    response = client.post(
        "/v1/search", content=(b" " * 10_000 for _ in range(7)), headers={"content-type": "application/json"}
    )
    assert "content-length" not in response.request.headers
    assert_problem(response, 413)


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

    broken = WatchedEncoder(encoder, fail)
    with open_client(given=broken, lenient=True) as client:
        broken.in_service = True
        response = client.post("/v1/search", json={"query": "公交"})
    assert_problem(response, 500)
    assert "secret" not in response.text
    assert "a secret of the house" in caplog.text
