"""The client asks a real server over a real socket."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import get_type_hints
from urllib.parse import unquote

import httpx2
import pytest
from serving import served

import service.client as face
from indexer import open_snapshot
from service import Searcher
from service.client import (
    Answer,
    Client,
    NotFound,
    Options,
    Refused,
    Search,
    UnexpectedAnswer,
    Unreachable,
    calls,
    hits,
    records,
)
from service.http import schemas

QUESTIONS = ["预算", "bus line in Baodi", "水稻丰收", "violin workshop", "port containers"]


def _ids(found):
    return [hit.passage.id for hit in found]


def test_an_answer_is_what_http_answers(asking, address):
    """Field by field, so that nothing is lost between JSON and Python."""
    wire = httpx2.post(f"{address}/v1/search", json={"query": "预算", "k": 3, "explain": True}).json()
    answer = asking.search("预算", k=3, explain=True)
    ours = json.loads(json.dumps(dataclasses.asdict(answer), default=str))
    assert len(answer) == 3
    assert {**ours, "took_ms": 0} == {**wire, "took_ms": 0}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (hits.Answer, schemas.SearchResponse),
        (hits.Similar, schemas.SimilarResponse),
        (calls.Batch, schemas.BatchResponse),
        (calls.Status, schemas.Status),
        (records.Hit, schemas.HitOut),
        (records.FoundPassage, schemas.FoundPassageOut),
        (records.Passage, schemas.PassageOut),
        (records.Highlight, schemas.HighlightOut),
        (records.Document, schemas.FoundDocumentOut),
        (records.Article, schemas.ArticleOut),
        (records.AlsoIn, schemas.AlsoInOut),
        (records.Counterpart, schemas.CounterpartOut),
        (records.Explanation, schemas.ExplanationOut),
        (records.MatchedTerm, schemas.MatchedTermOut),
        (records.Facets, schemas.FacetsOut),
        (records.Count, schemas.FacetValueOut),
        (records.Index, schemas.IndexOut),
        (records.Query, schemas.QueryOut),
    ],
)
def test_the_client_s_records_have_the_service_s_fields(ours, theirs):
    """They are written twice so that the client stays light; this keeps them the same."""
    assert {field.name for field in dataclasses.fields(ours)} == set(theirs.model_fields)


def test_the_client_s_options_are_the_service_s():
    assert Search.__annotations__.keys() | Options.__annotations__.keys() == set(schemas.SearchRequest.model_fields)


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        ({"languages": "en"}, lambda hit: hit.passage.language == "en"),
        ({"languages": ["zh"]}, lambda hit: hit.passage.language == "zh"),
        ({"sources": "天津日报"}, lambda hit: hit.document.source == "天津日报"),
        ({"sources": ("Xinhua", "农民日报")}, lambda hit: hit.document.source in {"Xinhua", "农民日报"}),
        ({"published_from": dt.date(2025, 1, 1)}, lambda hit: hit.document.published >= dt.date(2025, 1, 1)),
        ({"published_from": "2025-01-01"}, lambda hit: hit.document.published >= dt.date(2025, 1, 1)),
        (
            {"published_to": dt.datetime(2023, 5, 4, 23, 59, tzinfo=dt.UTC)},
            lambda hit: hit.document.published <= dt.date(2023, 5, 4),
        ),
        ({"min_score": 0.5}, lambda hit: hit.score >= 0.5),
        ({"explain": True}, lambda hit: hit.explanation is not None and "dense" in hit.explanation.signals),
        ({"explain": False}, lambda hit: hit.explanation is None),
    ],
)
def test_options_reach_the_service(asking, options, holds):
    """Each as the method takes it: dates as dates or text, one language or source without a list."""
    answer = asking.search("预算 budget bus 公交", k=50, **options)
    assert answer
    assert all(holds(hit) for hit in answer)
    if "explain" not in options:
        assert len(answer) < len(asking.search("预算 budget bus 公交", k=50))


def test_options_that_order_and_group(asking):
    """Newest first, each article once, another page, the plain ranking."""
    newest = [hit.document.published for hit in asking.search("预算 budget", sort="published")]
    dated = [day for day in newest if day]
    assert len(dated) > 1
    assert dated == sorted(dated, reverse=True)
    grouped = [hit.document.id for hit in asking.search("预算 budget", k=20, group_by="document")]
    assert len(grouped) == len(set(grouped)) == 8
    assert _ids(asking.search("预算", k=2, offset=2)) == _ids(asking.search("预算", k=4))[2:]
    assert _ids(asking.search("预算", k=9, ranking="plain")) != _ids(asking.search("预算", k=9))


def test_none_leaves_an_option_as_the_service_has_it(asking):
    """Options can be passed on from code that may not have them."""
    assert _ids(asking.search("预算", sources=None, published_from=None)) == _ids(asking.search("预算"))


def test_many_searches_are_the_same_as_one_by_one(asking, transport):
    """In their order, in as few requests as `batch` allows; options of one's own come before those of all."""
    single = [asking.search(question, k=3) for question in QUESTIONS]
    transport.sent.clear()
    many = asking.search_many([*QUESTIONS, {"query": "预算", "k": 1, "languages": "en"}], batch=4, k=3)
    assert [request.url.path for request in transport.sent] == ["/v1/search:batch"] * 2
    assert [answer.query.text for answer in many] == [*QUESTIONS, "预算"]
    assert [_ids(answer) for answer in many[:-1]] == [_ids(answer) for answer in single]
    assert [hit.passage.language for hit in many[-1]] == ["en"]


def test_many_long_searches_fit_the_bodies_that_the_service_reads(asking, transport):
    """32 questions may be more bytes than one request may have."""
    questions = [f"{number} " + "预算" * 110 for number in range(64)]
    transport.sent.clear()
    answers = asking.search_many([{"query": question, "sources": ["天津日报" * 100]} for question in questions], k=1)
    assert [answer.query.text for answer in answers] == questions
    assert len(transport.sent) > 2
    assert max(len(request.content) for request in transport.sent) < 65_536


def test_no_searches_ask_nothing(asking, transport):
    assert asking.search_many([]) == []
    assert transport.sent == []


def test_a_wrong_search_of_many_is_named(asking):
    with pytest.raises(Refused, match=r"searches\.1\.k"):
        asking.search_many(["预算", {"query": "bus", "k": 100_000}])


@pytest.mark.parametrize("sort", ["relevance", "published"])
@pytest.mark.parametrize("k", [1, 2, 5, 100])
def test_pages_are_the_relevant_hits_once_each(asking, k, sort):
    """What one large page has, whatever the size of the pages."""
    whole = asking.search("预算 budget bus 公交 铁路", k=100, sort=sort)
    assert whole.total > 2
    pages = list(asking.pages("预算 budget bus 公交 铁路", k=k, sort=sort))
    assert [len(page) for page in pages[:-1]] == [k] * (len(pages) - 1)
    assert [one for page in pages for one in _ids(page)] == _ids(whole)[: whole.total]
    assert _ids(asking.hits("预算 budget bus 公交 铁路", k=k, sort=sort)) == _ids(whole)[: whole.total]


def test_pages_begin_where_they_are_told_and_are_fetched_when_needed(asking, transport):
    whole = list(asking.hits("预算 budget", k=100))
    transport.sent.clear()
    pages = asking.pages("预算 budget", k=1, offset=1)
    assert transport.sent == []
    assert _ids(next(pages)) == _ids(whole)[1:2]
    assert len(transport.sent) == 1


def test_nothing_relevant_has_no_pages(asking):
    assert list(asking.pages("预算", sources="Nobody")) == []


def test_a_document_is_read_by_its_id(asking):
    """Ids have slashes and Chinese characters; passages are spans of the text in Python's own indexes."""
    article = asking.document("天津/水稻.md")
    assert article.title == "𠮷田水稻丰收"
    assert article.published == dt.date(2022, 10, 1)
    assert article.url is None
    assert article.passages
    assert all(article.text[passage.start : passage.end] == passage.text for passage in article.passages)


@pytest.mark.parametrize(
    ("question", "word", "is_later"), [("水稻 丰收", "水稻", False), ("医院 增加床位", "医院", True)]
)
def test_the_best_sentence_is_a_span_of_the_passage(asking, question, word, is_later):
    """Also of one in the middle of its document, and beyond the basic plane, where other languages count otherwise."""
    hit = asking.search(question, k=1, languages="zh")[0]
    (start, end), *_ = hit.sentences
    assert (hit.passage.start > 0) == is_later
    assert word in hit.best_sentence
    assert hit.best_sentence == hit.passage.text[start:end]
    whole = asking.document(hit.document.id).text
    assert whole[hit.passage.start + start : hit.passage.start + end] == hit.best_sentence


def test_similar_to_a_passage_and_to_a_document(asking):
    hit = asking.search("预算", k=1, languages="zh")[0]
    passages = asking.similar(hit.passage.id, k=3)
    assert len(passages) == 3
    assert hit.passage.id not in _ids(passages)
    assert hit.document.id not in {found.document.id for found in asking.similar(hit.document.id, k=8)}


@pytest.mark.parametrize(
    "identifier", ["a b", "a?b=c#d", "100%", "a//b", "../x", "./x", "x/..", "天津/公交", "a+b&c", "%2F", ":"]
)
def test_any_id_arrives_as_it_is(identifier):
    """An id may be an address, or have signs that addresses use."""
    seen = []

    def answer(request):
        seen.append(unquote(request.url.raw_path.decode().partition("?")[0]))  # as uvicorn does it
        return httpx2.Response(204)

    with Client("http://haihe.test", transport=httpx2.MockTransport(answer)) as client, pytest.raises(UnexpectedAnswer):
        client.document(identifier)
    assert seen == [f"/v1/documents/{identifier}"]


def test_a_real_server_finds_unusual_ids(search_corpus):
    """File names may have whatever signs their writers like."""
    names = ["50% off?#1.md", "a b/c+d&e.md", "é/文 章：一.md", "100%25.md"]
    searcher = search_corpus(
        {name: {"title": name, "text": "The bus runs all day long, and so does the train."} for name in names}
    )
    with served(lambda: searcher) as url, Client(url) as client:
        assert [client.document(name).title for name in names] == names
        assert all(client.similar(name) is not None for name in names)


def test_a_service_that_takes_fewer_at_once_says_how_many(index_folder, encoder):
    """`batch` then makes requests of that size."""
    with served(lambda: Searcher(open_snapshot(index_folder), encoder), max_batch=2) as url, Client(url) as client:
        with pytest.raises(Refused, match="at most 2 are allowed"):
            client.search_many(QUESTIONS)
        assert len(client.search_many(QUESTIONS, batch=2)) == len(QUESTIONS)


def test_what_is_not_there_says_so(asking):
    with pytest.raises(NotFound, match=r"nothing\.md") as raised:
        asking.document("nothing.md")
    assert raised.value.status == 404
    with pytest.raises(NotFound, match="Take ids from hits"):
        asking.similar("nothing")


def test_a_refusal_names_the_field(asking):
    with pytest.raises(Refused) as raised:
        asking.search("预算", k=100_000)
    assert raised.value.status == 422
    assert raised.value.errors == (("k", "is 100000, at most 100 are allowed"),)
    assert raised.value.detail in str(raised.value)
    with pytest.raises(Refused, match="colour"):
        asking.search("预算", colour="red")


def test_slices_are_answers(asking):
    answer = asking.search("预算", k=5)
    assert isinstance(answer[:2], Answer)
    assert _ids(answer[:2]) == _ids(answer)[:2]
    assert answer[1:3].total == answer.total
    assert answer[-1] is answer.hits[-1]
    assert answer[0] in answer
    assert repr(answer) == f"<Answer to '预算': 5 hits, {answer.total} relevant>"


def test_threads_may_share_a_client(asking):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(asking.search, QUESTIONS * 4))
    assert [answer.query.text for answer in answers] == QUESTIONS * 4
    assert threading.active_count() < 50


def test_readiness(asking, address):
    assert asking.ready()
    asking.wait_until_ready(5)
    closed = httpx2.URL(address).copy_with(port=1)
    with Client(str(closed)) as client:
        assert not client.ready()
        with pytest.raises(Unreachable, match=r"http://127.0.0.1:1.*haihe serve"):
            client.wait_until_ready(0.3)


def test_waiting_ends_when_the_service_is_ready():
    answers = iter([503, 503, 200])
    transport = httpx2.MockTransport(lambda _: httpx2.Response(next(answers), json={"status": "ready"}))
    with Client(transport=transport) as client:
        client.wait_until_ready(10)
    assert next(answers, None) is None


def test_a_service_on_this_machine_is_asked_without_a_proxy(asking, address, monkeypatch):
    """Notebooks often run where a proxy is set for the world outside."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with Client(address) as client:
        assert client.ready()


def _sent_by(**arguments):
    """The request that a client makes."""
    sent = []
    transport = httpx2.MockTransport(
        lambda request: sent.append(request) or httpx2.Response(200, json={"status": "ready"})
    )
    with Client(transport=transport, **arguments) as client:
        client.ready()
    return sent[0], client


def test_the_token_is_sent_and_not_shown():
    request, client = _sent_by(token="secret")
    assert request.headers["Authorization"] == "Bearer secret"
    assert "secret" not in repr(client)
    assert "Authorization" not in _sent_by()[0].headers


def test_address_and_token_come_from_the_environment(monkeypatch):
    """What is given goes before it."""
    assert str(_sent_by()[0].url) == "http://127.0.0.1:8000/readyz"
    monkeypatch.setenv("HAIHE_URL", "https://search.example/haihe/")
    monkeypatch.setenv("HAIHE_TOKEN", "other")
    request, _ = _sent_by()
    assert str(request.url) == "https://search.example/haihe/readyz"
    assert request.headers["Authorization"] == "Bearer other"
    assert _sent_by(url="http://here:1")[0].url.host == "here"


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://here", "here", "http://", "/v1"])
def test_an_address_that_is_none_is_refused_at_once(url):
    with pytest.raises(ValueError, match=r"Give one like http://127\.0\.0\.1:8000"):
        Client(url)


@pytest.mark.parametrize(
    ("response", "says"),
    [
        (httpx2.Response(200, html="<p>Welcome</p>"), "Is the address right"),
        (httpx2.Response(200, json={"hits": []}), "index: Field required"),
        (httpx2.Response(404, html="<p>Not here</p>"), "404 Not Found, which isn't an answer of haihe"),
        (httpx2.Response(301, headers={"Location": "https://there/"}), "moved to https://there/"),
        (httpx2.Response(418, headers={"Content-Type": "application/problem+json"}, content=b"{"), "418"),
        (httpx2.Response(418, headers={"Content-Type": "application/problem+json"}, content=b"[]"), "418"),
    ],
)
def test_another_program_s_answer_is_told_from_haihe_s(response, says):
    client = Client(transport=httpx2.MockTransport(lambda _: response))
    with client, pytest.raises(UnexpectedAnswer, match=says):
        client.search("预算")


def test_fields_of_a_newer_service_are_passed_over(asking):
    wire = asking._http.post("/v1/search", json={"query": "预算", "k": 1}).json()
    wire["new"] = wire["hits"][0]["new"] = wire["facets"]["new"] = 1
    with Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, json=wire))) as client:
        assert len(client.search("预算")) == 1


def test_public_names_are_there_once_and_sorted():
    assert face.__all__ == sorted(set(face.__all__))
    assert all(hasattr(face, name) for name in face.__all__)
    assert get_type_hints(Client.ready) == {"return": bool}


def test_a_note_reaches_programs_and_notebooks(asking):
    """As the service says it, in the language of the table."""
    answer = asking.search("버스 노선은 어디입니까")
    assert answer.query.note_code == "language"
    assert answer.query.note
    assert answer.query.note_zh
    shown = answer._repr_html_()
    assert escape(answer.query.note) in shown or answer.query.note_zh in shown


def test_what_only_leaves_words_out_is_refused(asking):
    """With what to do."""
    with pytest.raises(Refused, match="add what to look for"):
        asking.search("-bus")
    assert asking.search('"bus" -spring').query.excluded == ("spring",)


def test_an_overview_is_what_http_answers(asking, address):
    """Field by field, with days as days."""
    wire = httpx2.get(f"{address}/v1/index").json()
    overview = asking.overview()
    assert json.loads(json.dumps(dataclasses.asdict(overview), default=str)) == wire
    assert overview.documents == asking.search("预算").index.documents
    assert sum(overview.passages.values()) == asking.search("预算").index.passages
