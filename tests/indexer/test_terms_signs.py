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
        "2 minutes",
        "负责人5名",
        "-0.0",
    ],
)
def test_a_range_a_date_and_a_score_are_above_zero(text):
    """Their dash is no sign."""
    assert not any("minus" in term for term in passage_terms(text))
