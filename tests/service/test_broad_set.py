"""The broad queries in relevance/broad: their files fit together."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

BROAD = Path(__file__).parents[2] / "relevance" / "broad"
CORPORA = ("tianjin", "ntrex", "xquad-r")
UNANSWERED = {"near", "none"}


def _rows(corpus, name):
    with (BROAD / corpus / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("corpus", CORPORA)
def test_exactly_the_queries_that_something_answers_have_judgements(corpus):
    """Each article once for a query, about it (2) or only mentioning it (1)."""
    queries, judgements = _rows(corpus, "queries.tsv"), _rows(corpus, "judgements.tsv")
    answered = {query["query_id"] for query in queries if query["kind"] not in UNANSWERED}
    assert answered == {judgement["query_id"] for judgement in judgements}
    assert {judgement["relevance"] for judgement in judgements} == {"1", "2"}
    assert max(Counter((each["query_id"], each["document_id"]) for each in judgements).values()) == 1


def test_no_query_has_another_s_id_or_its_text():
    """In a corpus and a language each is asked once; there are enough of both sorts to judge by."""
    queries = [(corpus, query) for corpus in CORPORA for query in _rows(corpus, "queries.tsv")]
    assert max(Counter(query["query_id"] for _, query in queries).values()) == 1
    assert max(Counter((corpus, query["language"], query["text"]) for corpus, query in queries).values()) == 1
    none = sum(query["kind"] in UNANSWERED for _, query in queries)
    assert none >= 80
    assert len(queries) - none >= 150


@pytest.mark.parametrize("corpus", CORPORA[1:])
def test_translations_of_each_other_share_a_judgement(corpus):
    """Their articles are pairs: who judges one has judged the other."""
    judged = {(row["query_id"], row["document_id"]): row["relevance"] for row in _rows(corpus, "judgements.tsv")}
    for (query, document), relevance in judged.items():
        other = document.replace("en-", "zh-") if "en-" in document else document.replace("zh-", "en-")
        assert judged[query, other] == relevance
