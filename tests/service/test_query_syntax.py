"""A query's signs: straight quotes ask for exact words, a minus leaves words out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.query.syntax import MOST_WORDS, QuerySyntax

SIGNS = st.text(st.sampled_from('-－"＂“” 12.℃ab汽车\u3000'), max_size=40)


@pytest.mark.parametrize(
    ("query", "text", "excluded"),
    [
        ("harbour -ferry", "harbour", ("ferry",)),
        ("-ferry harbour", "harbour", ("ferry",)),
        ("码头 -渡轮", "码头", ("渡轮",)),
        ("码头\u3000－渡轮", "码头", ("渡轮",)),
        ('harbour -"ferry line" night', "harbour night", ("ferry line",)),
        ("码头 －＂渡轮 航线＂", "码头", ("渡轮 航线",)),
        ("码头 -“渡轮 航线”", "码头", ("渡轮 航线",)),
        ("-渡轮，码头的夜晚", "，码头的夜晚", ("渡轮",)),
        ("ports -state-owned -AT&T -C++ now", "ports now", ("state-owned", "AT&T", "C++")),
        ("harbour -ferry -ferry", "harbour", ("ferry",)),
        ('harbour -"2023"', "harbour", ("2023",)),
    ],
)
def test_a_minus_before_a_word_or_a_quote_leaves_it_out(query, text, excluded):
    """At the beginning or after a blank; what is left is what is asked."""
    assert QuerySyntax.of(query) == QuerySyntax(text, (), excluded)


@pytest.mark.parametrize(
    "query",
    [
        "long-term loans",
        "2023-09-01",
        "5-10 years",
        "-38.2℃ in Mohe",
        "from -5 to 5",
        "码头-渡轮",
        "harbour - ferry",
        "--help me",
        'harbour -"ferry',
        'harbour -""',
        "pages 5 -10",
    ],
)
def test_other_minuses_leave_nothing_out(query):
    """Inside a word, before a number, alone, before another or before an open quote."""
    assert QuerySyntax.of(query) == QuerySyntax(query, (), ())


def test_exact_words_may_be_asked_for_and_left_out_at_once():
    """Each sign does its own."""
    found = QuerySyntax.of('"night ferry" -"day ferry" "渡轮"')
    assert found == QuerySyntax("night ferry 渡轮", ("night ferry", "渡轮"), ("day ferry",))


@pytest.mark.parametrize(
    "query",
    [
        'a 9" valve on a 12" main',
        '9"阀门和12"管道',
        "９＂ valve on a １２＂ main",
        '½" elbow or ¾" elbow',
        '3"x5" boards, 4"x8" boards',
        'a 6"-8" range',
        "5'10\" and 6'1\" tall",
        '27"/32" screens (68 cm")',
        'nine" pipe and twelve" pipe',
    ],
)
def test_a_quote_as_a_measure_opens_nothing(query):
    """It stands for the unit, whatever follows it."""
    assert QuerySyntax.of(query) == QuerySyntax(query, (), ())


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ('a 9" "gate valve"', ("gate valve",)),
        ('9"的"闸阀"', ("闸阀",)),
        ('"Falcon 9"', ("Falcon 9",)),
        ('"Falcon 9" and a 12" "dish"', ("Falcon 9", "dish")),
        ('关于"海水淡化"的"两个"办法', ("海水淡化", "两个")),
        ('("gate valve")', ("gate valve",)),
    ],
)
def test_exact_words_stand_beside_measures(query, phrases):
    """They may end with a number, and stand between characters."""
    assert QuerySyntax.of(query).phrases == phrases


@pytest.mark.parametrize("query", ["?", "？！……", "AND OR NOT", "NOT", "7", "x", "１", '""', "-", "  . ", "+"])
def test_punctuation_and_operators_ask_nothing(query):
    """Nor does one letter or digit."""
    assert QuerySyntax.of(query).asks_nothing


@pytest.mark.parametrize("query", ["霾", "5G", "20", "and", "🚌", "€", '"7"', '"?"', "NOT here", "C++", "F#", "Ｃ＋＋"])
def test_words_numbers_and_pictures_ask_something(query):
    """Whatever stands in quotes does, too."""
    assert not QuerySyntax.of(query).asks_nothing


def test_only_leaving_out_is_a_problem_that_says_what_to_do():
    """Everything but ferries is no question."""
    problem = QuerySyntax.of("-ferry -渡轮").problem
    assert problem
    assert "add what to look for" in problem
    assert QuerySyntax.of("harbour -ferry").problem is None


def test_more_words_than_can_be_looked_up_are_a_problem():
    """The bound itself is none."""
    words = [f'"w{number}"' for number in range(MOST_WORDS)]
    assert QuerySyntax.of(" ".join(words)).problem is None
    assert str(MOST_WORDS) in (QuerySyntax.of(" ".join([*words, "-more"])).problem or "")


@given(SIGNS)
def test_whatever_is_typed_can_be_taken_apart(query):
    """Nothing blank is asked for or left out, and without either the text stays as it is."""
    found = QuerySyntax.of(query)
    assert all(word.strip() == word != "" for word in (*found.phrases, *found.excluded))
    assert found.phrases or found.excluded or found.text == query


@pytest.mark.parametrize("part", ['-"', "-“", '"', ' -a"', "-a.", '1"', "-AND "])
def test_the_time_grows_no_faster_than_the_query(part):
    """Four times the signs take no more than about four times as long."""

    def seconds(count):
        began = time.process_time()
        QuerySyntax.of(part * count)
        return time.process_time() - began

    seconds(1000)
    assert min(seconds(40_000) for _ in range(3)) < 12 * max(min(seconds(10_000) for _ in range(3)), 0.002)
