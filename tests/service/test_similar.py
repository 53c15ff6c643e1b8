"""What is most like a passage or a document."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from checks import assert_problem

from indexer import Language
from service import Query

TEXT = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
SHIFTED = "The bus to the railway left at {}, and the bus to the hospital {} had gone without a {}."


def _similar(client, identifier, **parameters):
    response = client.get("/v1/similar/" + quote(identifier), params=parameters)
    assert response.status_code == 200, response.text
    return response.json()["hits"]


@pytest.mark.parametrize(
    ("identifier", "other"),
    [
        ("天津/公交.md", "en/buses.md"),
        ("en/buses.md", "天津/公交.md"),
        ("天津/预算.md", "en/budget.md"),
        ("en/budget.md", "天津/预算.md"),
    ],
)
def test_the_article_on_the_same_subject_is_found_in_the_other_language(client, identifier, other):
    """Ids are paths, in any script; an article is not like itself."""
    hits = _similar(client, identifier)
    assert hits[0]["document"]["id"] == other
    found = [hit["document"]["id"] for hit in hits]
    assert identifier not in found
    assert len(found) == len(set(found)) == 7
    assert {hit["passage"]["language"] for hit in hits} == {"zh", "en"}


def test_a_passage_has_passages_that_are_like_it(client, searcher):
    """Of its own article too, but never itself."""
    for hit in searcher.search(Query("公交 铁路", k=100)).hits:
        found = _similar(client, hit.passage.id, k=100)
        ids = [each["passage"]["id"] for each in found]
        assert hit.passage.id not in ids
        assert len(ids) == len(set(ids)) == 9
    (first, *_) = _similar(client, searcher.search(Query("公交", k=1)).hits[0].passage.id)
    assert first["document"]["id"] == "en/buses.md"


def test_hits_are_as_those_of_a_search(client):
    """Ranks from 1, scores falling from 0 to 1, spans of the article; nothing is highlighted without a question."""
    hits = _similar(client, "天津/公交.md", k=100)
    scores = [hit["score"] for hit in hits]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(hit["passage"]["highlights"] == [] and hit["explanation"] is None for hit in hits)
    assert set(client.get("/v1/similar/en/buses.md").json()) == {"hits", "index"}


def test_k_is_how_many(client):
    """Ten where nothing is said; a shorter answer is the beginning of a longer one."""
    everything = _similar(client, "en/buses.md", k=100)
    assert _similar(client, "en/buses.md") == everything[:10]
    for k in (1, 2, 3, 5):
        assert _similar(client, "en/buses.md", k=k) == everything[:k]


@pytest.mark.parametrize("identifier", ["没有/这个.md", "en", "0" * 20, ""])
def test_an_unknown_id_is_404(client, identifier):
    """A folder's name, and an id like a passage's, too."""
    assert_problem(client.get("/v1/similar/" + quote(identifier)), 404)


@pytest.mark.parametrize("k", ["0", "-1", "101", "many"])
def test_a_bad_k_is_422(client, k):
    """The bounds of a search."""
    assert "k" in assert_problem(client.get("/v1/similar/en/buses.md", params={"k": k}), 422)["detail"]


def test_the_operator_s_bound_is_kept(open_client):
    """`HAIHE_MAX_K`."""
    with open_client(max_k=2) as client:
        assert len(_similar(client, "en/buses.md", k=2)) == 2
        assert_problem(client.get("/v1/similar/en/buses.md", params={"k": 3}), 422)


def _articles(texts):
    return {name: {"title": "", "text": text} for name, text in texts.items()}


def test_reprints_of_a_passage_are_not_what_it_is_like(search_corpus):
    """They are it: what is like it comes after them, however many there are, and in both languages."""
    others = {
        f"en/{number}.md": SHIFTED.format(*words.split())
        for number, words in enumerate(["one two word", "dawn ten sound"])
    }
    chinese = {
        f"zh/{number}.md": f"水稻的收成非常好，{farm}的粮库已经装满了。"
        for number, farm in enumerate("甲乙丙丁戊己庚辛壬")
    }
    searcher = search_corpus(
        _articles({**{f"en/reprint{number}.md": TEXT for number in range(9)}, **others, **chinese})
    )
    (first, *_) = searcher.search(Query('"had seen the bus"')).hits
    for k in (1, 2, 3):
        found = [hit.document.id for hit in searcher.similar(first.passage.id, k)]
        assert set(found[:2]) <= set(others), k
        assert len(found) == k
    assert {hit.document.id for hit in searcher.similar("en/reprint3.md", 2)} == set(others)


def test_an_article_of_many_passages_does_not_keep_others_out(search_corpus):
    """The nearest articles are found though the passages of one alone would fill the answer."""
    long = "\n\n".join(
        f"The bus to the railway left at {word}, and the {word} bus to the railway was the last one of {word}, they say, "
        f"so that everybody in the {word} street who wanted a bus went to the other {word} bus."
        for word in "noon dawn dusk night three seven nine eleven twelve".split()
    )
    near = "The bus to the railway stops at the hospital too, where the rice for the museum is unloaded twice a day."
    texts = {
        "en/asked.md": "The bus and the railway are what this is about, for a bus stops at the railway more than once.",
        "en/long.md": long,
        "en/near.md": near,
        **{
            f"zh/{number}.md": f"{name}的水稻丰收了，果园里也摘下了不少果子。"
            for number, name in enumerate("甲乙丙丁戊己庚")
        },
    }
    searcher = search_corpus(_articles(texts))
    assert len(searcher.snapshot.articles.passages_of("en/long.md")) > 4
    passages = searcher.similar(searcher.snapshot.articles.passages_of("en/asked.md")[0].id, 4)
    assert {hit.document.id for hit in passages} == {"en/long.md"}
    for k in (2, 3):
        assert {hit.document.id for hit in searcher.similar("en/asked.md", k)[:2]} == {"en/long.md", "en/near.md"}


def test_an_article_without_passages_is_like_nothing(search_corpus):
    """It is there, so it's no 404."""
    texts = {
        "en.md": TEXT,
        "de.md": "Die Bundesregierung hat am Montag ein neues Gesetz zur Förderung der Windkraft beschlossen, das im kommenden Jahr in Kraft treten soll.",
    }
    searcher = search_corpus(_articles(texts))
    assert searcher.snapshot.articles.passages_of("de.md") == []
    assert searcher.similar("de.md", 5) == ()
    assert searcher.similar("en.md", 5) == ()
    assert searcher.similar("fr.md", 5) is None


def test_a_corpus_in_one_language_has_similar_passages_too(search_corpus):
    """The other language's pool is empty."""
    searcher = search_corpus(_articles({"a.md": TEXT, "b.md": SHIFTED.format("ten", "then", "sound")}))
    assert [hit.document.id for hit in searcher.similar("a.md", 5)] == ["b.md"]
    assert len(searcher.snapshot.pools[Language.ZH]) == 0
