"""What a user sees first, with the real model, and how good the rankings are on whole datasets."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Silent, build_snapshot, open_snapshot
from service.laboratory.evaluation import evaluate
from service.records import Query, RankingMethod
from service.search.searcher import Searcher

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def originals(shared, real_encoder, tmp_path_factory):
    """A searcher over the five original articles."""
    index = tmp_path_factory.mktemp("originals") / "index"
    build_snapshot([shared / "articles"], index, real_encoder)
    searcher = Searcher(open_snapshot(index), real_encoder)
    yield searcher
    searcher.snapshot.close()


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("How much Beijing-sourced investment has Binhai New Area attracted over five years?", "3000亿元"),
        ("2022年有多少北京企业来天津", "1,406"),
    ],
)
def test_a_question_finds_the_fact_in_the_other_language_first(originals, question, fact):
    """The first hit holds the answer, though five passages of the question's own language speak of the same."""
    assert fact in originals.search(Query(question)).hits[0].passage.text
    plain = originals.search(Query(question, ranking=RankingMethod.PLAIN)).hits
    assert all(fact not in hit.passage.text for hit in plain)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Liu Songlin", "刘松林"),
        ("Shan Zefeng", "单泽峰"),
        ("Lian Maojun", "连茂君"),
        ("8.17 billion yuan", "81.7亿元"),
        ("1721亿元", "172.1 billion yuan"),
        ("300 billion yuan", "3000亿元"),
        ("24.37亿元 budget revenue", "24.37亿元"),
    ],
)
def test_a_name_or_an_amount_finds_the_fact_first(originals, question, fact):
    """What an encoder alone hardly tells apart, though only the other language or script has it."""
    assert fact in originals.search(Query(question)).hits[0].passage.text


def measures(rows, task, ranking):
    """The mean over both question languages."""
    return next(row.measures for row in rows if (row.task, row.ranking, row.language) == (task, ranking, "mean"))


@pytest.mark.slow
def test_fair_ranking_answers_the_questions_on_the_sample_articles(real_encoder):
    """Most answers are in the other language: the fair ranking puts them high, the plain one doesn't."""
    rows = evaluate(SEEDS, real_encoder, progress=Silent(), rankings=("plain", "fair"))
    assert measures(rows, "seeds", "fair")["nDCG@10"] > 0.8
    assert measures(rows, "seeds", "fair")["nDCG@10"] > measures(rows, "seeds", "plain")["nDCG@10"] + 0.25


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_usual_ranking_crosses_languages_on_xquad_r(shared, real_encoder):
    """Answers in the other language come into the top ten; those in the question's own language stay there."""
    rows = evaluate(
        shared / "relevance" / "xquad-r",
        real_encoder,
        progress=Silent(),
        rankings=("plain", "full"),
        baseline="plain",
        every=10,
    )
    for row in rows:
        print(row.task, row.ranking, row.language, {name: round(value, 3) for name, value in row.measures.items()})
    full, plain = (measures(rows, "XQuAD-R paragraphs", ranking) for ranking in ("full", "plain"))
    assert full["mAP"] >= 0.92  # measured: .940
    assert full["R@10 across"] >= 0.95  # .971
    assert full["R@10 same"] >= 0.98  # 1
    assert plain["R@10 across"] <= 0.2
    sentences = measures(rows, "XQuAD-R sentences", "full")
    assert sentences["mAP"] >= 0.75  # .769
    assert sentences["R@10 across"] >= 0.83  # .853
