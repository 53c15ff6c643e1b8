"""What the service says of itself: the OpenAPI description."""

from __future__ import annotations

import json

import pytest

from indexer import Language, query_language
from service.http.schemas import SearchRequest, SearchResponse


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
        ("/v1/search", "post"), ("/v1/search", "get"), ("/v1/search:batch", "post"), ("/v1/documents/{document_id}", "get"),
        ("/v1/similar/{identifier}", "get"), ("/v1/index", "get"), ("/healthz", "get"), ("/readyz", "get"),
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
    for example in description["components"]["schemas"]["BatchRequest"]["examples"]:
        assert client.post("/v1/search:batch", json=example).status_code == 200
    parameters = description["paths"]["/v1/search"]["get"]["parameters"]
    examples = next(parameter for parameter in parameters if parameter["name"] == "q")["schema"]["examples"]
    assert {query_language(example) for example in examples} == set(Language)
    for example in examples:
        assert client.get("/v1/search", params={"q": example}).status_code == 200


def test_an_example_of_an_answer_is_an_answer():
    """With all that an answer has, and counts that add up."""
    (example,) = SearchResponse.model_json_schema()["examples"]
    answer = SearchResponse.model_validate(example)
    assert answer.model_dump(mode="json") == example
    assert set(example) == set(SearchResponse.model_fields)
    for facet in example["facets"].values():
        assert sum(found["count"] for found in facet) == example["total"]


def test_get_has_the_parameters_that_post_has(description):
    """Only the question is called `q` there."""
    parameters = {parameter["name"] for parameter in description["paths"]["/v1/search"]["get"]["parameters"]}
    assert parameters == {"q"} | set(SearchRequest.model_fields) - {"query"}


def test_get_describes_its_parameters_as_post_its_fields(description):
    """The same sentence, default and limits, whichever way one asks."""
    fields = dict(description["components"]["schemas"]["SearchRequest"]["properties"])
    fields["q"] = {**fields.pop("query"), "title": "Q"}
    parameters = description["paths"]["/v1/search"]["get"]["parameters"]
    assert {parameter["name"]: parameter["schema"] for parameter in parameters} == fields


def test_the_interface_can_be_read_in_a_browser(client):
    """`/docs` is a page."""
    response = client.get("/docs")
    assert response.status_code == 200
    assert "text/html" in response.headers["content-type"]
