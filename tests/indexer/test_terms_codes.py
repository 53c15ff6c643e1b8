"""Versions, standards, order numbers and other codes are terms as they are written."""

from __future__ import annotations

import pytest

from indexer.terms import TermKind, passage_terms, query_terms

CODES = [
    ("7.4.12.1", "Corvid Billing 7.4.12.1 prints labels.", "7.4.12.1"),
    ("v3.9.1", "Version v3.9.1 of the tool is out.", "3.9.1"),
    ("3.9.1", "工具发布v3.9.1版本。", "3.9.1"),
    ("v0.12", "see v0.12 for the fix", "0.12"),
    ("2.0.0-rc1", "The candidate 2.0.0-rc1 is for testers.", "2.0.0.rc1"),
    ("GB/T 3095-2012", "环境空气质量标准GB/T 3095—2012发布", "gbt3095.2012"),
    ("ISO 14001:2015", "an ISO 14001:2015 certificate", "iso14001.2015"),
    ("ISO 14001", "an ISO 14001:2015 certificate", "iso14001"),
    ("ISO14001", "an ISO-14001 certificate", "iso14001"),
    ("RFC 8259", "as RFC 8259 says", "rfc8259"),
    ("IEEE 802.3bz", "the IEEE 802.3bz standard", "ieee802.3bz"),
    ("CVE-2021-44228", "影响CVE-2021-44228漏洞", "cve2021.44228"),
    ("国发〔2021〕23号", "《方案》（国发〔2021〕23号）要求", "国发2021.23"),
    ("国发[2021]23号", "根据国发〔2021〕23号文件", "国发2021.23"),
    ("No. 7/2019", "Regulation No 7/2019 applies.", "no7.2019"),
    ("CZ3101", "南航CZ 3101航班", "cz3101"),
    ("QX-9", "The pump QX9 is old.", "qx9"),
    ("C++", "用C++编写", "cplusplus"),
    ("F#", "F# and others", "fsharp"),
    (".NET", "基于.NET平台", ".net"),
    ("4K", "4K电视", "4k"),
    ("2.31-4+deb11u6", "Package glibc 2.31-4+deb11u6 is out.", "2.31.4.deb11u6"),
    ("1.9.13-3~bpo12", "更新到1.9.13-3~bpo12版本", "1.9.13.3.bpo12"),
    ("2.1.0-beta.2+build.8", "see 2.1.0-beta.2+build.8", "2.1.0.beta.2.build.8"),
    ("H.266", "采用H.266编码", "h266"),
    ("h.266", "an H.266 stream", "h266"),
    ("H266", "an H.266 stream", "h266"),
    ("G.722.1", "as G.722.1 says", "g722.1"),
    ("B.1.351", "the lineage B.1.351", "b1.351"),
    ("7.0.4", "redis7.0.4", "7.0.4"),
    ("ISO/IEC 20000", "通过ISO/IEC 20000认证", "isoiec20000"),
    ("G7", "G7峰会", "g7"),
]


@pytest.mark.parametrize(("query", "passage", "term"), CODES)
def test_a_code_is_one_term_however_it_is_divided(query, passage, term):
    """The query asks for it with the whole weight, and for a code rather than a word."""
    assert term in passage_terms(passage)
    kind, shares = next((group.kind, dict(group.alternatives)) for group in query_terms(query))
    assert kind is TermKind.CODE
    assert shares[term] == 1.0


@pytest.mark.parametrize(
    ("query", "passage", "term"),
    [
        ("ISO 20000", "an ISO/IEC 20000-1 audit", "iso20000"),
        ("ISO/IEC 20000", "an ISO 20000 audit", "iso20000"),
        ("GB 3095-2012", "GB/T 3095-2012", "gb3095.2012"),
        ("python3.9", "Python 3.9 is old", "n_3.9"),
        ("Python 3.9", "runs on python3.9", "n_3.9"),
        ("2.31-4+deb11u6", "glibc 2.31 of last year", "n_2.31"),
    ],
)
def test_a_looser_writing_of_a_code_is_found(query, passage, term):
    """A standard by the first of its publishers, a version of two numbers beside its product's name."""
    assert term in passage_terms(passage)
    assert any(term in dict(group.alternatives) for group in query_terms(query))


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("2.31-4+deb11u6", "glibc 2.31-4+deb11u7"),
        ("B.1.351", "the lineage B.1.1.351"),
        ("H.266", "H.265 and 266 films"),
        ("v3.9.1", "version v3.9.10"),
        ("v3.9.1", "version 3.9"),
        ("7.4.12.1", "7.4.1.21"),
        ("C++", "class C of C# code"),
        ("C#", "written in C++"),
        ("RFC 8259", "RFC 8295"),
        ("国发〔2021〕23号", "津政办发〔2021〕23号"),
        ("CVE-2021-44228", "CVE-2021-45046"),
    ],
)
def test_the_whole_of_a_code_is_no_other_code(query, passage):
    """What is nearly the same is something else: no more than a part of it may be shared."""
    whole = {term for group in query_terms(query) for term, share in group.alternatives if share == 1.0}
    assert not whole.intersection(passage_terms(passage))


@pytest.mark.parametrize(
    "query",
    [
        "GDP 2023",
        "in 2023",
        "2023.9.17",
        "CNY300 billion",
        "Q1 2024",
        "H2",
        "20,000 m2",
        "SEPT 17, 2023",
        "top 10 cities",
        "3.5 million",
        "example.com",
        "20℃-25℃",
        "No. 7",
        "p.266",
        "c.1900",
        "2.5+3.5",
        "5.2~6.3万",
        "revenue of 500 million yuan",
        "REVENUE OF 500 MILLION YUAN",
        "MINUS 12 DEGREES",
    ],
)
def test_amounts_dates_and_words_are_no_codes(query):
    """A number beside a word is a number, a day with full stops is a day."""
    assert all(group.kind is not TermKind.CODE for group in query_terms(query))


def test_a_single_character_is_asked_for_among_others():
    """A passage has each of its characters, a query asks for one that stands by itself."""
    assert "雾" in passage_terms("今晨雾很大")
    assert [group.alternatives for group in query_terms("雾")] == [(("雾", 1.0),)]
    assert all(term != "雾" for group in query_terms("雾天开车") for term, _ in group.alternatives)


@pytest.mark.parametrize(
    ("written", "term"),
    [("D.C.", "dc"), ("D.C", "dc"), ("d.c", "dc"), ("W.H.O", "who"), ("u.s", "usa"), ("U.S.A", "usa")],
)
def test_initials_are_one_term_in_any_case_with_a_last_stop_or_without(written, term):
    """In a query and in a passage."""
    assert [group.alternatives for group in query_terms(written)] == [((term, 1.0),)]
    assert term in passage_terms(f"Flights to {written} resumed.")


def test_a_country_with_full_stops_is_the_same_in_any_case():
    """Its stops tell it from the pronoun; without them its capitals do."""
    assert {"usa"} == {term for query in ("U.S.", "u.s.", "US") for term in passage_terms(query)} & {"usa", "us"}
    assert "usa" not in passage_terms("give us a hand")
