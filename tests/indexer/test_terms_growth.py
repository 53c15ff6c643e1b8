"""The time that terms take grows as their text does."""

from __future__ import annotations

import time

import pytest

from indexer import Glossary
from indexer.terms import passage_terms, query_terms
from indexer.terms.slips import meant_terms

PIECES = """1 ( [ 12. 刘松林 霾 零下 百分之 第 3亿 2023年 may -5_ 5-10_ v1.2. 1.1.1. GB/T_1- A1- a1-é no.1/ x++ .net ° ℃ minus_ Kai-
Tsang_Yam-kuen_ Ch'ien_ Li_ Mr_ Shenzen_ 国发〔2021〕 {[( — million_
2.31-4+deb11u6_ 1.1+a a.1. a/b/c1""".split()
SMALL, GROWTH = 400, 4
MOST = 10
"""Times as long for four times the text: twice and a half what is right, half of what a square would be."""
FLOOR = 0.005
"""Seconds, below which nothing is compared."""


@pytest.fixture(scope="module")
def names():
    """What finds the names of a query."""
    glossary = Glossary.open()
    yield glossary.names
    glossary.close()


def _seconds(work, text):
    """Of the processor, so that other processes don't count; the least of two."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        work(text)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.parametrize("piece", [piece.replace("_", " ") for piece in PIECES])
def test_time_grows_as_the_text_does(names, piece):
    """No pattern goes back over what it has read: 1,600 characters are read in the time of 400, four times."""
    small = piece * (SMALL // len(piece))
    for work in (passage_terms, query_terms, names):
        work(small)
        assert _seconds(work, small * GROWTH) < MOST * max(_seconds(work, small), FLOOR)


def test_slips_of_a_long_word_are_none():
    """So the words that one may stand for are bounded."""
    assert len(meant_terms("shenzen")) < 2000
    assert meant_terms("s" * 1000) == meant_terms("an") == []


def test_names_of_a_long_query_are_bounded(names):
    """Each is looked up in hundreds of spellings."""
    query = "，".join(f"{family}贤君" for family in "饶龚覃谌邝阙郗臧麦鄢庹亓逄郜娄")
    assert len(names(query * 20)) <= 24
