"""What is below zero isn't what is above."""

from __future__ import annotations

import pytest

from indexer.terms import passage_terms, query_terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("-12.5℃", "n_minus12.5_degc"),
        ("－１２.５℃", "n_minus12.5_degc"),
        ("−12.5°C", "n_minus12.5_degc"),
        ("零下12.5摄氏度", "n_minus12.5_degc"),
        ("气温为-12.5℃", "n_minus12.5_degc"),
        ("minus 12.5 degrees Celsius", "n_minus12.5_degc"),
        ("12.5 degrees Celsius below zero", "n_minus12.5_degc"),
        ("minus 12.5 degrees", "n_minus12.5"),
        ("12.5 degrees below zero", "n_minus12.5"),
        ("零下十二度", "n_minus12"),
        ("零下七度", "n_minus7_degc"),
        ("零下7度", "n_minus7_degc"),
        ("零下七至零下二度", "n_minus7"),
        ("负12.5", "n_minus12.5"),
        ("negative 4", "n_minus4"),
        ("fell by -3.2%", "n_minus3.2_pct"),
        ("同比-3.2%", "n_minus3.2_pct"),
        ("a loss of -$5 million", "n_minus5000000_usd"),
    ],
)
def test_a_sign_or_a_word_puts_a_value_below_zero(text, term):
    """Both of passages and of queries; the value above zero isn't there."""
    positive = term.replace("minus", "")
    asked = {term for group in query_terms(text) for term, _ in group.alternatives}
    for terms in (asked, set(passage_terms(text))):
        assert term in terms
        assert positive not in terms


@pytest.mark.parametrize(
    "text",
    [
        "5-10",
        "5–10 people",
        "5 -10 people",
        "2023-09-01",
        "20℃-25℃",
        "5米-10米",
        "5月3日-10日",
        "9:00-17:00",
        "COVID-19",
        "pages 3-7, 9-12",
        "order 555-0199",
        "the 2010-2015 plan",
        "第3-5名",
        "beat them 3-2",
        'pipes of 6"-8"',
        "boards 5'–7' long",
        "2 minutes",
        "负责人5名",
        "-0.0",
    ],
)
def test_a_range_a_date_and_a_score_are_above_zero(text):
    """Their dash is no sign."""
    assert not any("minus" in term for term in passage_terms(text))


@pytest.mark.parametrize("text", ["零上七度", "零上 7 度", "气温零下二到零上七度"])
def test_above_zero_is_a_value_without_a_sign(text):
    """A temperature of one character counts, and 度 is in degrees Celsius."""
    for terms in (passage_terms(text), [term for group in query_terms(text) for term, _ in group.alternatives]):
        assert {"n_7_degc", "n_7"} <= set(terms)
        assert "n_minus7" not in terms
