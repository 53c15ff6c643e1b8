"""What holds for any text."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.terms import folded, passage_terms, query_terms
from indexer.text.language_identification import HAN

PIECES = "刘松林 武清区 单 三千亿元 十四五 2023年 9月 17日 上半年 第 百分之 点 多 Liu Song-lin Xi'an's May September 17, 2023 $3.5bn billion yuan % hundred and twenty US R&D COVID-19 ü ǚ ﷺ ㎡ Ⅷ ½ ，".split()
PIECED = st.lists(st.sampled_from([*PIECES, " ", "\ud800", "\x00"]), max_size=25).map("".join)
TEXTS = st.one_of(st.text(st.characters(), max_size=80), PIECED)
NEWS_CHARACTERS = st.one_of(
    st.characters(max_codepoint=0x17F), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
)
TERM = re.compile(r"[\w.]+")


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_terms_of_any_text_are_storable_and_repeatable(text):
    """They are tokens of a full-text index whose token characters are `_` and `.`, distinct and sorted."""
    terms = passage_terms(text)
    assert terms == sorted(set(terms)) == passage_terms(text)
    assert all(TERM.fullmatch(term) for term in terms)
    assert all(term.encode() for term in terms)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_groups_of_any_query_are_sound(text):
    """Each has a surface and distinct terms with shares in (0, 1], the heaviest of them a whole one."""
    asked = query_terms(text)
    assert asked == query_terms(text)
    for group in asked:
        terms, shares = zip(*group.alternatives, strict=True)
        assert group.surface
        assert len(set(terms)) == len(terms)
        assert all(TERM.fullmatch(term) for term in terms)
        assert all(0 < share <= 1 for share in shares)
        assert list(shares) == sorted(shares, reverse=True)


@settings(deadline=None)
@given(st.one_of(st.text(NEWS_CHARACTERS, max_size=80), PIECED))
def test_sqlite_keeps_every_term_whole(text):
    """Its tokenizer `unicode61` splits no term, as far as it knows the characters (those of Unicode 6.1)."""
    terms = passage_terms(text)
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            """CREATE VIRTUAL TABLE t USING fts5(x, tokenize = "unicode61 remove_diacritics 0 tokenchars '_.'")"""
        )
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, col)")
        database.execute("INSERT INTO t VALUES (?)", [" ".join(terms)])
        assert sorted(row[0] for row in database.execute("SELECT term FROM v")) == terms


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_terms_do_not_depend_on_what_was_read_before(one, other):
    expected = passage_terms(one)
    passage_terms(other)
    assert passage_terms(one) == expected


@settings(deadline=None)
@given(TEXTS)
def test_folding_is_stable(text):
    assert folded(folded(text)) == folded(text)


@given(st.integers(1, 10**15))
@settings(deadline=None)
def test_a_value_is_exact_however_it_is_scaled(value):
    """No float comes between."""
    digits = f"{value:,}"
    terms = set(passage_terms(f"{digits} yuan"))
    assert f"n_{value}_cny" in terms
    assert f"n_{value * 10**3}_cny" in passage_terms(f"{value} thousand yuan") or value * 10**3 >= 10**18


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "一",
        "十",
        "an",
        "nan ",
        "million ",
        "two ",
        "1,",
        "1.",
        "刘松林",
        "2023年",
        "may ",
        "'s",
        "3亿",
        "Xi-",
        "A ",
        "a&",
        "u.",
        "-",
        " ",
    ],
)
def test_time_grows_with_the_text_only(piece):
    """100 kB of anything is read in a few seconds: no pattern goes back over what it has read."""
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    passage_terms(text)
    query_terms(text)
    assert time.perf_counter() - start < 20


def test_a_term_is_in_no_two_kinds():
    """What comes before the first `_` tells the kind; a word has none."""
    terms = passage_terms("刘松林 Liu Songlin, 81.7亿元, 2023年9月17日, districts, A350")
    assert {re.match("[a-z]_", term)[0] for term in terms if re.match("[a-z]_", term)} == {"d_", "l_", "n_", "p_"}
    assert all(re.fullmatch(f"[a-z0-9]+|[{HAN}]{{1,2}}", term) for term in terms if not re.match("[a-z]_", term))


@given(st.text(st.characters(max_codepoint=127)))
def test_a_text_in_plain_letters_is_folded_as_it_is_beside_a_character(text):
    """It takes a shorter way, to the same."""
    assert folded(f"字{text}") == f"字{folded(f'x{text}')[1:]}"
