"""Development sets: judged by passage, by kind, by direction, and by what has no answer.

With the fake encoder the plain order for "bus" is a, b, zh, c (test_evaluation.py), and for 公交 it is zh, a, b, c.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from indexer import CorpusError, LateInteraction, Silent, open_snapshot
from service.laboratory.evaluation import evaluate
from service.laboratory.evaluation.datasets.kinds import find_datasets

TEXTS = {
    "a.md": "A bus stops here and the bus leaves.",
    "b.md": "The bus takes us to the museum.",
    "c.md": "They play football, and only football.",
    "zh.md": "公交在这里停靠，公交又开走了。",
}
QUESTIONS = """query_id\tlanguage\tkind\ttext
e1\ten\tname\tbus
z1\tzh\ttopic\t公交
n1\ten\tnone\tviolin
"""
EVIDENCE = """query_id\tdocument_id\tevidence
e1\tb.md\tthe museum
e1\tzh.md\t公交在
z1\ta.md\tstops here
"""


@pytest.fixture
def folder(write_corpus, tmp_path):
    """Four articles, and beside them two questions with an answer and one without."""
    write_corpus(tmp_path / "articles", {name: {"text": text} for name, text in TEXTS.items()})
    folder = tmp_path / "development"
    folder.mkdir()
    for name, content in {"questions.tsv": QUESTIONS, "evidence.tsv": EVIDENCE, "corpus.txt": "../articles\n"}.items():
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture
def measure(encoder):
    """The plain ranking's rows of a development set, by language of the questions."""

    def measured(folder, **options):
        rows = evaluate(folder, encoder, progress=Silent(), rankings=("plain",), **options)
        return {row.language: row for row in rows}

    return measured


def _replace(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_passage_is_relevant_if_it_contains_the_evidence(folder, measure):
    """For bus the second and the third are, for 公交 the second is."""
    rows = measure(folder)
    assert (rows["en"].questions, rows["zh"].questions) == (1, 1)
    assert rows["en"].measures["mAP"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert (rows["zh"].measures["RR"], rows["zh"].measures["R@10 same"]) == (1 / 2, None)


def test_another_passage_of_the_same_article_is_not_relevant(folder, measure, write_corpus, tmp_path):
    """An article on the subject is no answer; the paragraph with the fact is."""
    long = (
        "A bus is a bus, as everybody knows who has ever taken a bus, and the bus has known it for longer than they. "
    )
    text = long * 2 + "\n\n" + "An orchard and a hospital stand beside it, and rice, and a tunnel to the port. " * 3
    write_corpus(tmp_path / "articles", {"a.md": {"text": text}})
    _replace(folder / "evidence.tsv", "stops here", "tunnel to the port")
    assert measure(folder)["zh"].measures["RR"] < 1 / 2


def test_kinds_have_their_own_measures(folder, measure):
    """What nothing answers has none."""
    kinds = measure(folder)["mean"].kinds
    assert {kind: (figures.questions, figures.measures["RR"]) for kind, figures in kinds.items()} == {
        "name": (1, 1 / 2),
        "topic": (1, 1 / 2),
    }


def test_a_direction_sees_only_answers_in_its_language(folder, measure):
    """From English to Chinese, b isn't in the way of zh, since it is right as well; a still is."""
    rows = measure(folder)
    directions = {name: figures.measures["RR"] for name, figures in rows["mean"].directions.items()}
    assert directions == {"en→en": 1 / 2, "en→zh": 1 / 2, "zh→en": 1 / 2}
    assert rows["zh"].directions.keys() == {"zh→en"}


def test_what_has_no_answer_is_told_by_its_first_hit_s_score(folder, measure):
    """Nothing is on violins, so the first hit stands less far above the others."""
    scores = measure(folder)["en"].top_scores
    assert scores.answered.median > scores.unanswered.median
    assert scores.auc == 1.0
    assert measure(folder)["zh"].top_scores is None


def test_near_duplicates_are_one_answer(folder, measure, write_corpus, tmp_path):
    """Only one of them is shown: that one is right, whichever of them the evidence is from, and none is missed."""
    text = "The bus takes us to the museum behind the market, where another bus waits for those who want to see more."
    write_corpus(tmp_path / "articles", {name: {"title": "Buses", "text": text} for name in ("b.md", "d.md", "e.md")})
    _replace(folder / "evidence.tsv", "e1\tzh.md\t公交在", "e1\td.md\tthe museum\ne1\te.md\tthe museum")
    assert measure(folder)["en"].measures["mAP"] == pytest.approx(1 / 2)


def test_noise_is_indexed_as_articles_in_both_languages(folder, encoder, tmp_path, xquad):
    """With ids that tell it from what is asked for."""
    (dataset,) = find_datasets(folder, noise=xquad)
    index = dataset.build(tmp_path, encoder, progress=Silent(), late_interaction=LateInteraction.OFF)
    with closing(open_snapshot(index)) as snapshot:
        ids = {document.id for document in snapshot.articles.documents()}
        assert ids == {*TEXTS, "xquad-en-0", "xquad-en-1", "xquad-zh-0", "xquad-zh-1"}
        assert dataset.task(snapshot, Silent()).name == "development + noise"


def test_other_articles_can_be_asked(folder, measure, tmp_path):
    """Evidence in articles that aren't there is left out, and questions without any left."""
    rows = measure(folder, articles=[tmp_path / "articles" / "b.md", tmp_path / "articles" / "c.md"])
    assert list(rows) == ["en"]
    assert rows["en"].measures["mAP"] == 1.0


def test_articles_that_answer_nothing_are_refused(folder, measure, tmp_path):
    """There would be nothing to measure."""
    with pytest.raises(CorpusError, match="answers"):
        measure(folder, articles=[tmp_path / "articles" / "c.md"])


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("evidence.tsv", "b.md", "no-such.md", "no-such.md"),
        ("evidence.tsv", "e1", "e7", "e1"),
        ("evidence.tsv", "z1\ta.md\tstops here\n", "", "z1"),
        ("evidence.tsv", "z1\t", "n1\t", "n1"),
        ("questions.tsv", "topic\t", "", "row 2"),
        ("questions.tsv", "kind", "sort", "query_id, language, kind, text"),
        ("questions.tsv", "zh\t", "fr\t", "fr"),
        ("corpus.txt", "../articles", "../no-articles", "--articles"),
        ("corpus.txt", "../articles", "", "--articles"),
    ],
    ids=[
        "unknown document", "unknown question", "question without evidence", "evidence for what has none",
        "a column is missing", "another header", "another language", "no such folder", "no folder",
    ],
)  # fmt: skip
def test_files_that_contradict_each_other_are_refused(folder, measure, name, old, new, named):
    """The message names what to mend."""
    _replace(folder / name, old, new)
    with pytest.raises(CorpusError, match=named):
        measure(folder)


def test_evidence_that_no_passage_has_is_named(folder, encoder):
    """A question must not fall out of the measures unseen."""
    _replace(folder / "evidence.tsv", "the museum", "the theatre")
    said = []

    class Listener(Silent):
        def say(self, sentence):
            said.append(sentence)

    evaluate(folder, encoder, progress=Listener(), rankings=("plain",))
    assert any("the theatre" in sentence and "b.md" in sentence for sentence in said)


def test_only_a_development_set_takes_noise(xquad, measure):
    """Elsewhere it would be ignored."""
    with pytest.raises(CorpusError, match="development set"):
        measure(xquad, noise=xquad)


def test_noise_that_is_none_is_refused(folder, measure, tmp_path):
    """Not silently left out."""
    with pytest.raises(CorpusError, match=r"en\.json"):
        measure(folder, noise=tmp_path)


@pytest.fixture
def xquad(tmp_path):
    """Two paragraphs in each language."""
    folder = tmp_path / "xquad"
    folder.mkdir()
    texts = {"en": ("Rice and more rice.", "An orchard by an orchard."), "zh": ("水稻还是水稻。", "果园旁边是果园。")}
    for language, paragraphs in texts.items():
        written = ", ".join(f'{{"context": "{text}", "sentence_breaks": [], "qas": []}}' for text in paragraphs)
        (folder / f"{language}.json").write_text(f'{{"data": [{{"paragraphs": [{written}]}}]}}', "utf-8")
    return folder
