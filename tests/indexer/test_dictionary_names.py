"""Names of a query, told from words by the dictionary."""

from __future__ import annotations

import pytest

from indexer import Glossary
from indexer.terms import TOGETHER


@pytest.fixture(scope="module")
def glossary():
    """The dictionary as it is installed."""
    found = Glossary.open()
    yield found
    found.close()


def _surfaces(glossary, query):
    return [name.surface for name in glossary.names(query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("饶贤君", ["饶贤君"]),
        ("饶贤君先生", ["饶贤君"]),
        ("馮德萊恩", ["馮德萊恩"]),
        ("总统蒋介石", ["蒋介石"]),
        ("龚乐凡被任命为馆长", ["龚乐凡"]),
        ("王建国在会上说了什么", ["王建国"]),
        ("姚明", ["姚明"]),
        ("Dr Townshend", ["Townshend"]),
        ("where is Pete Townshend now", ["Pete", "Townshend"]),
        ("pete townshend", ["pete", "townshend"]),
        ("Angela Merkel", ["Angela Merkel"]),
        ("United Nations report", ["United Nations"]),
        ("Obama的回忆录", ["Obama"]),
    ],
)
def test_a_name_is_what_the_dictionary_has_only_as_one_or_not_at_all(glossary, query, names):
    """Titles and what is asked about it are left out."""
    assert _surfaces(glossary, query) == names


@pytest.mark.parametrize(
    "query",
    [
        "后面",
        "一般公共预算收入是多少",
        "高收入人群的医疗",
        "如何改善营商环境",
        "research on climate change",
        "What did the committee say about trade?",
        "May I bring a brown bear",
        "2023年9月17日",
        "",
        "？！",
    ],
)
def test_words_are_no_names(glossary, query):
    """What the dictionary uses as words is left to the words."""
    assert _surfaces(glossary, query) == []


def test_a_name_is_asked_for_as_a_whole(glossary):
    """All of its characters count more than some of them, and its readings find it in letters."""
    (name,) = glossary.names("饶贤君")
    shares = dict(name.alternatives)
    assert shares[TOGETHER.join(["饶贤", "贤君"])] == shares["l_raoxianjun"] == 1.0
    assert shares["贤君"] < 1.0
    assert name.places == ((0, 3),)


def test_names_for_the_same_are_asked_for_too(glossary):
    """One that has two Chinese names, and an English one."""
    (name,) = glossary.names("川普")
    assert {"trump", TOGETHER.join(["特朗", "朗普"])} <= dict(name.alternatives).keys()
    (name,) = glossary.names("Trump")
    assert {"川普", TOGETHER.join(["特朗", "朗普"])} <= dict(name.alternatives).keys()


def test_places_point_into_the_query(glossary):
    """Where a name stands is known, not looked for again."""
    query = "请问Merkel和默克尔"
    assert [query[slice(*place)] for name in glossary.names(query) for place in name.places] == ["默克尔", "Merkel"]
