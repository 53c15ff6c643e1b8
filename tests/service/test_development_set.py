"""The development set as a gate: what the ranking could do once it must go on doing.

Thresholds lie .03 under what was measured when they were set, since processors round otherwise: of two that ran the same
code, one had zh→en at .812, the other at .777.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from statistics import fmean

import pytest

from indexer import Silent, build_snapshot, open_snapshot
from service import Query, Searcher
from service.laboratory.evaluation import evaluate
from service.laboratory.evaluation.datasets.kinds import find_datasets

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


class _Strict(Silent):
    """Whatever is left out would make the figures better than they are."""

    def say(self, sentence: str) -> None:
        assert not sentence.startswith("Left out"), sentence


@pytest.fixture(scope="module")
def dataset(shared):
    """The seeds and the originals among 480 paragraphs on other subjects, and the questions."""
    articles = (ROOT / "seeds", shared / "articles")
    (found,) = find_datasets(ROOT / "relevance", articles=articles, noise=shared / "relevance" / "xquad-r")
    return found


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """What one build has encoded is there for the next."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def full(dataset, work, real_encoder, real_second):
    """The usual ranking of all questions."""
    rows = evaluate(
        dataset.folder,
        real_encoder,
        second=real_second,
        progress=_Strict(),
        rankings=("full",),
        articles=dataset.articles,
        noise=dataset.noise,
        work=work,
    )
    for row in rows:
        print(row.language, row.measures, row.kinds, row.directions, row.top_scores, sep="\n")
    return next(row for row in rows if row.language == "mean")


def test_every_question_is_asked(full):
    """All 258 but the 40 that nothing answers."""
    assert full.questions == 218


def test_questions_find_their_answer_first(full):
    """Mostly: measured were RR .912 and mAP .809."""
    assert full.measures["RR"] >= 0.882
    assert full.measures["mAP"] >= 0.779


@pytest.mark.parametrize(("kind", "measured"), [("name", 0.942), ("amount", 0.961), ("date", 0.911), ("topic", 0.837)])
def test_each_kind_of_question_finds_its_passages(full, kind, measured):
    """Names in the other script, amounts in other units, subjects in other words."""
    assert full.kinds[kind].measures["RR"] >= measured - 0.03


@pytest.mark.parametrize(
    ("direction", "measured"), [("zh→zh", 0.907), ("zh→en", 0.784), ("en→zh", 0.715), ("en→en", 0.864)]
)
def test_questions_are_answered_in_both_languages(full, direction, measured):
    assert full.directions[direction].measures["RR"] >= measured - 0.03


def test_scores_tell_what_is_answered(full):
    """Measured was .944: how often an answered question's first hit has a higher score than an unanswered one's."""
    assert full.top_scores.auc >= 0.924


@pytest.fixture(scope="module")
def evaluated(full, work):
    """The folder with the index that was evaluated."""
    (folder,) = work.iterdir()
    return folder


@pytest.fixture(scope="module")
def searcher(evaluated, real_encoder, real_second):
    """Over what was evaluated."""
    with closing(open_snapshot(evaluated / "index")) as snapshot:
        yield Searcher(snapshot, real_encoder, second=real_second)


@pytest.fixture(scope="module")
def task(dataset, searcher):
    """The questions, judged."""
    return dataset.task(searcher.snapshot, Silent())


def test_nothing_that_no_article_answers_is_likely(task, searcher):
    """None of the 40 has a first hit far over .5; the highest measured was .48."""
    scores = [searcher.search(Query(one.text, k=1)).hits[0].score for one in task.unanswered]
    print(sorted(scores)[-4:])
    assert len(scores) == 40
    assert max(scores) <= 0.53


@pytest.fixture(scope="module")
def totals(task, searcher):
    """Of each answered question the total and how many passages answer it; of the others the total."""
    answered = [(searcher.search(Query(one.text, k=1)).counts.total, len(task.qrels[one.id])) for one in task.topics]
    return answered, [searcher.search(Query(one.text, k=1)).counts.total for one in task.unanswered]


def test_as_many_passages_are_counted_as_are_relevant(totals):
    """On the whole, within a quarter (docs/decisions/0013-…)."""
    answered, _ = totals
    print(fmean(total for total, _ in answered), fmean(there for _, there in answered))
    assert fmean(total for total, _ in answered) == pytest.approx(fmean(there for _, there in answered), rel=0.25)


def test_questions_that_nothing_answers_have_mostly_no_total(totals):
    """At most one in six."""
    _, unanswered = totals
    print(sum(total > 0 for total in unanswered), len(unanswered))
    assert sum(total > 0 for total in unanswered) <= len(unanswered) / 6


@pytest.fixture(scope="module")
def amid_noise(evaluated, shared, real_encoder, real_second, tmp_path_factory):
    """A searcher over the originals alone, among the paragraphs on other subjects."""
    folder = tmp_path_factory.mktemp("noise") / "originals"
    shutil.copytree(evaluated, folder)
    build_snapshot([shared / "articles", folder / "noise.jsonl"], folder / "index", real_encoder, second=real_second)
    with closing(open_snapshot(folder / "index")) as snapshot:
        yield Searcher(snapshot, real_encoder, second=real_second)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Liu Songlin", "刘松林"),
        ("Shan Zefeng", "单泽峰"),
        ("Lian Maojun", "连茂君"),
        ("8.17 billion yuan", "81.7亿元"),
        ("1721亿元", "172.1 billion"),
        ("300 billion yuan", "3000亿元"),
        ("24.37亿元 budget revenue", "24.37亿元"),
    ],
)
def test_a_name_or_an_amount_alone_has_the_passage_with_the_fact_first(amid_noise, text, fact):
    """In the other script, in other units, and not another Liu among the noise."""
    first, second = amid_noise.search(Query(text, k=2)).hits
    print(f"{text}: {first.score:.2f} {first.document.id}; then {second.score:.2f} {second.document.id}")
    assert fact in first.passage.text
    assert first.score > 0.5
