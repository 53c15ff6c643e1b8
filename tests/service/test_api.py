"""The HTTP contract of searching and reading, over a real app with the fake encoder."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from checks import assert_problem, without_time

from service.search.totals import RELEVANT

HIT_FIELDS = {"rank", "score", "passage", "document", "also_in", "also_in_count", "explanation"}
PASSAGE_FIELDS = {"id", "text", "language", "start", "end", "highlights", "opening"}
DOCUMENT_FIELDS = {"id", "title", "source", "url", "published", "language", "counterparts"}


# Searching


def test_an_answer_has_exactly_the_contract_s_fields(client):
    """Clients are written after the contract."""
    answer = client.post("/v1/search", json={"query": "武清区 预算", "k": 10}).json()
    assert set(answer) == {"query", "hits", "total", "total_relation", "facets", "index", "took_ms"}
    assert set(answer["facets"]) == {"language", "source", "month"}
    assert all(set(found) == {"value", "count"} for facet in answer["facets"].values() for found in facet)
    note = {"note": None, "note_zh": None, "note_code": None}
    assert answer["query"] == {"text": "武清区 预算", "language": "zh", "exact": [], "excluded": [], **note}
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
        "sort": "relevance",
    }  # fmt: skip
    bare = without_time(client.post("/v1/search", json={"query": "公交"}))
    assert bare == without_time(client.post("/v1/search", json=written_out))
    assert len(bare["hits"]) == 10


def test_rankings_differ_only_where_asked(client):
    """`ranking` reaches the searcher."""
    fair, plain = (without_time(client.post("/v1/search", json={"query": "铁路", "ranking": r})) for r in ("fair", "plain"))  # fmt: skip
    assert [hit["document"]["id"] for hit in fair["hits"][:2]] != [hit["document"]["id"] for hit in plain["hits"][:2]]


def test_filters_reach_the_searcher(client):
    """Each filter of the body narrows the hits."""
    body = {"query": "公交", "k": 50, "languages": ["zh"], "sources": ["天津日报"], "published_to": "2024-01-01"}
    hits = client.post("/v1/search", json=body).json()["hits"]
    assert {hit["document"]["id"] for hit in hits} == {"天津/公交.md"}


def test_a_highlight_is_a_span_of_the_document(client):
    """Within its passage, with a score from 0 to 1."""
    for hit in client.post("/v1/search", json={"query": "水稻 bus", "k": 50}).json()["hits"]:
        (found,) = hit["passage"]["highlights"]
        assert set(found) == {"start", "end", "score"}
        assert hit["passage"]["start"] <= found["start"] < found["end"] <= hit["passage"]["end"]
        assert 0 <= found["score"] <= 1


def test_an_explanation_is_given_where_it_is_asked_for(client):
    """Every signal by name, null where it wasn't looked at; and the terms that matched."""
    plain, explained = (
        client.post("/v1/search", json={"query": "宝坻 公交", "explain": explain}).json()["hits"]
        for explain in (False, True)
    )
    assert {hit["explanation"] for hit in plain} == {None}
    assert all(set(hit["explanation"]) == {"deviations", "signals", "matched"} for hit in explained)
    assert {"dense", "sentences", "tokens", "numbers", "dates", "names", "words"} <= set(
        explained[0]["explanation"]["signals"]
    )
    terms = explained[0]["explanation"]["matched"]
    assert {"公交"} <= {term["text"] for term in terms}
    assert all(set(term) == {"text", "kind", "weight"} and term["weight"] >= 0 for term in terms)


def test_grouped_by_document_each_article_comes_once(client):
    """As many hits as articles."""
    hits = client.post("/v1/search", json={"query": "公交", "k": 50, "group_by": "document"}).json()["hits"]
    assert len({hit["document"]["id"] for hit in hits}) == len(hits) == 8


def test_a_least_score_leaves_out_what_has_less(client):
    """1 asks for what hardly any hit has, and is no error."""
    hits = client.post("/v1/search", json={"query": "公交", "k": 50}).json()["hits"]
    least = hits[3]["score"] - 0.0001
    found = client.post("/v1/search", json={"query": "公交", "k": 50, "min_score": least}).json()["hits"]
    assert found == hits[:4]
    assert client.post("/v1/search", json={"query": "公交", "min_score": 1}).json()["hits"] == []


def test_offset_turns_the_page(client):
    """The second page goes on where the first ended, in rank and in passages."""
    whole = client.post("/v1/search", json={"query": "bus", "k": 4}).json()["hits"]
    second = client.post("/v1/search", json={"query": "bus", "k": 2, "offset": 2}).json()["hits"]
    assert second == whole[2:]


def test_total_and_facets_say_what_is_relevant(client):
    """As many as there are relevant hits, the same on the second page; null for what an article doesn't state."""
    answer = client.post("/v1/search", json={"query": "港口 port", "k": 50}).json()
    relevant = [hit for hit in answer["hits"] if hit["score"] >= RELEVANT]
    assert 0 < answer["total"] == len(relevant) < len(answer["hits"])
    assert answer["total_relation"] == "eq"
    assert {"value": None, "count": 1} in answer["facets"]["source"]
    for facet in answer["facets"].values():
        assert sum(found["count"] for found in facet) == answer["total"]
    second = client.post("/v1/search", json={"query": "港口 port", "k": 1, "offset": 1, "sort": "published"}).json()
    for name in ("total", "total_relation", "facets"):
        assert second[name] == answer[name]


def test_sorted_by_day_the_newest_relevant_hit_comes_first(client):
    """Those that no date is known of last, and nothing that isn't relevant."""
    body = {"query": "预算 公交 port 港口", "k": 50, "group_by": "document", "sort": "published"}
    answer = client.post("/v1/search", json=body).json()
    days = [hit["document"]["published"] for hit in answer["hits"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == [*dated, *[None] * (len(days) - len(dated))]
    assert len(dated) < len(days) == answer["total"] < 8
    assert min(hit["score"] for hit in answer["hits"]) >= RELEVANT


def test_get_answers_what_post_answers(client):
    """The same names as query parameters; lists are repeated."""
    parameters = [
        ("q", "公交 bus"), ("k", "5"), ("offset", "0"), ("ranking", "plain"), ("languages", "zh"), ("languages", "en"),
        ("sources", "天津日报"), ("sources", "china daily"), ("published_from", "2023-01-01"),
        ("published_to", "2025-01-01"), ("group_by", "document"), ("min_score", "0.05"), ("explain", "true"),
        ("sort", "published"),
    ]  # fmt: skip
    body = {
        "query": "公交 bus", "k": 5, "offset": 0, "ranking": "plain", "languages": ["zh", "en"],
        "sources": ["天津日报", "china daily"], "published_from": "2023-01-01", "published_to": "2025-01-01",
        "group_by": "document", "min_score": 0.05, "explain": True,
        "sort": "published",
    }  # fmt: skip
    answer = without_time(client.get("/v1/search", params=parameters))
    assert answer == without_time(client.post("/v1/search", json=body))
    assert {hit["document"]["source"] for hit in answer["hits"]} == {"天津日报"}, "no other is relevant"


def test_get_needs_only_a_question(client):
    """For a browser's address bar."""
    bare = without_time(client.get("/v1/search", params={"q": "公交"}))
    assert bare == without_time(client.post("/v1/search", json={"query": "公交"}))


def test_repeated_languages_do_not_repeat_hits(client):
    """`languages=zh&languages=zh` asks for Chinese, once."""
    once = without_time(client.get("/v1/search?q=公交&languages=zh"))
    assert without_time(client.get("/v1/search?q=公交&languages=zh&languages=zh")) == once


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


def test_the_same_story_in_the_other_language_is_named(client):
    """With a hit, and with the article itself; an article that only one language has names none."""
    hits = client.post("/v1/search", json={"query": "公交 violin", "k": 50}).json()["hits"]
    found = {hit["document"]["id"]: hit["document"]["counterparts"] for hit in hits}
    (counterpart,) = found["en/buses.md"]
    assert set(counterpart) == {"id", "title", "language", "score"}
    assert (counterpart["id"], counterpart["title"], counterpart["language"]) == (
        "天津/公交.md",
        "宝坻智能公交上路",
        "zh",
    )
    assert 0 < counterpart["score"] <= 1
    assert [each["id"] for each in found["天津/公交.md"]] == ["en/buses.md"]
    assert found["en/music.md"] == []
    assert client.get("/v1/documents/en/buses.md").json()["counterparts"] == [counterpart]


@pytest.mark.parametrize("identifier", ["没有/这个.md", "en", "", "en/buses.md/"])
def test_an_unknown_document_is_404(client, identifier):
    """Also a folder's name, and nothing at all."""
    assert_problem(client.get("/v1/documents/" + quote(identifier)), 404)


# The question as it was understood


def test_an_answer_says_what_must_and_must_not_appear(client):
    """As it was read out of the question; by GET as by POST."""
    query = '"bus line" -train -“火车 站”'
    for response in (
        client.post("/v1/search", json={"query": query}),
        client.get("/v1/search", params={"q": query}),
    ):
        answer = response.json()
        assert answer["query"]["text"] == query
        assert answer["query"]["exact"] == ["bus line"]
        assert answer["query"]["excluded"] == ["train", "火车 站"]
        assert answer["total"] == len(answer["hits"]) == 0


@pytest.mark.parametrize(
    ("query", "code", "english", "chinese"),
    [("駅はどこですか", "language", "Japanese", "日文"), ("?!", "nothing", "nothing to look for", "没有")],
)
def test_a_note_says_in_both_languages_what_is_wrong_with_a_question(client, query, code, english, chinese):
    """For readers of either, and for programs."""
    found = client.post("/v1/search", json={"query": query}).json()["query"]
    assert found["note_code"] == code
    assert english in found["note"]
    assert chinese in found["note_zh"]
