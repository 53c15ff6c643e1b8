"""Measures against values that were worked out by hand.

With the fake encoder a plain cosine is known beforehand. For the question "bus" it is about .95 for English that says
bus twice, .82 for English that says bus and museum, .63 for Chinese that says 公交 twice, .32 for other English.
"""

from __future__ import annotations

import json
import math

import pytest

from indexer import CorpusError, Silent
from service.laboratory.evaluation import evaluate

TEXTS = {
    "a.md": "A bus stops here and the bus leaves.",
    "b.md": "The bus takes us to the museum.",
    "c.md": "They play football, and only football.",
    "zh.md": "公交在这里停靠，公交又开走了。",
}
QUERIES = "q1\tbus\nq2\tthe bus\nq3\t公交\n"
QRELS = "q1\tb.md\t1\nq2\ta.md\t2\nq2\tzh.md\t1\nq3\ta.md\t1\n"
SECOND = 1 / math.log2(3)
"""What nDCG gives a right answer in second place."""


@pytest.fixture
def dataset(write_corpus, tmp_path):
    """Four articles, two English questions and a Chinese one."""
    folder = write_corpus(tmp_path / "dataset", {name: {"text": text} for name, text in TEXTS.items()})
    (folder / "queries.tsv").write_text(QUERIES, "utf-8")
    (folder / "qrels.tsv").write_text(QRELS, "utf-8")
    return folder


@pytest.fixture
def measure(encoder):
    """The measures of a dataset by task, ranking and questions."""

    def measured(folder):
        rows = evaluate(folder, encoder, progress=Silent(), rankings=("plain", "fair"))
        return {(row.task, str(row.ranking), str(row.language)): row.measures for row in rows}

    return measured


def test_measures_are_those_worked_out_by_hand(dataset, measure):
    """The plain order for bus is a, b, zh, c; for 公交 it is zh, a, b, c."""
    rows = measure(dataset)
    graded = (2 + 1 / 2) / (2 + SECOND)  # a in first place is worth 2, zh in third 1
    assert rows["dataset", "plain", "en"] == pytest.approx({
        "mAP": (1 / 2 + (1 + 2 / 3) / 2) / 2, "nDCG@10": (SECOND + graded) / 2, "RR": (1 / 2 + 1) / 2,
        "R@10 same": 1.0, "R@10 across": 1.0,
    })  # fmt: skip
    assert rows["dataset", "plain", "zh"] == pytest.approx({
        "mAP": 1 / 2, "nDCG@10": SECOND, "RR": 1 / 2, "R@10 same": None, "R@10 across": 1.0,
    })  # fmt: skip


def test_the_mean_gives_each_language_the_same_weight(dataset, measure):
    """Not each question; and what one language has no value for is the other's alone."""
    rows = measure(dataset)
    zh, en, mean = (rows["dataset", "plain", name] for name in ("zh", "en", "mean"))
    assert mean["mAP"] == pytest.approx((zh["mAP"] + en["mAP"]) / 2)
    assert (zh["R@10 same"], mean["R@10 same"]) == (None, en["R@10 same"])


def test_rankings_are_measured_in_the_order_in_which_they_are_named(dataset, measure):
    """Each with a row a language, and one for their mean."""
    assert list(measure(dataset)) == [
        ("dataset", ranking, questions) for ranking in ("plain", "fair") for questions in ("zh", "en", "mean")
    ]


def test_recall_across_sees_what_the_plain_ranking_hides(write_corpus, tmp_path, measure):
    """Eleven Chinese articles push the English answer off the plain ranking's first page, not off the fair one's."""
    texts = {f"zh{number}.md": "提琴" * (2 + number) + f"的声音第{number}次响起。" for number in range(11)}
    folder = write_corpus(
        tmp_path / "strings",
        {name: {"text": text} for name, text in {**texts, "en.md": "A violin is a violin."}.items()},
    )
    (folder / "queries.tsv").write_text("q\t提琴\n", "utf-8")
    (folder / "qrels.tsv").write_text("q\ten.md\t1\n", "utf-8")
    rows = measure(folder)
    plain, fair = rows["strings", "plain", "zh"], rows["strings", "fair", "zh"]
    assert (plain["mAP"], plain["R@10 across"]) == (pytest.approx(1 / 12), 0.0)
    assert fair["R@10 across"] == 1.0


def test_a_document_ranks_where_its_best_passage_does(write_corpus, tmp_path, measure):
    """Two passages of one article are one answer, and take one place."""
    texts = {
        "long.md": "公交在这里停靠，公交又从这里开走了，大家都知道这里的公交从来不会迟到的，真好。\n\n"
        "公交在那里停靠，公交又从那里开走了，大家都知道那里的公交从来不会早到的，真好。",
        "short.md": "公交带我们去看博物馆。",
    }
    folder = write_corpus(tmp_path / "parts", {name: {"text": text} for name, text in texts.items()})
    (folder / "queries.tsv").write_text("q\t公交\n", "utf-8")
    (folder / "qrels.tsv").write_text("q\tshort.md\t1\n", "utf-8")
    assert measure(folder)["parts", "plain", "zh"]["mAP"] == pytest.approx(1 / 2)


def test_a_reprint_counts_as_the_article_that_is_judged(write_corpus, tmp_path, measure):
    """Of near-duplicates only the best is shown: whoever judged another one of them judged the same text."""
    text = "A bus stops here and the bus leaves for the station behind the market, where another bus is waiting for it."
    folder = write_corpus(
        tmp_path / "reprints", {name: {"title": "Buses", "text": text} for name in ("a.md", "b.md", "c.md")}
    )
    (folder / "queries.tsv").write_text("q\tbus\n", "utf-8")
    (folder / "qrels.tsv").write_text("q\tc.md\t1\n", "utf-8")
    assert measure(folder)["reprints", "plain", "en"]["RR"] == 1.0


# How datasets may be written


@pytest.mark.parametrize(
    "qrels",
    [
        "query_id\tdocument_id\trelevance\n" + QRELS,
        "\ufeff" + QRELS,
        QRELS.replace("\n", "\r\n"),
        QRELS.replace("\t", "\t0\t", 1).replace("q2\t", "q2\t0\t").replace("q3\t", "q3\t0\t"),
        QRELS.replace("\tb", " 0 b").replace("\ta", " 0 a").replace("\tzh", " 0 zh").replace("\t", " "),
        QRELS + "\n\n",
    ],
    ids=["header", "byte order mark", "CRLF", "TREC with tabs", "TREC with blanks", "blank lines"],
)
def test_judgements_may_be_written_in_several_ways(dataset, measure, qrels):
    """All mean the same, and so measure the same."""
    expected = measure(dataset)
    (dataset / "qrels.tsv").write_bytes(qrels.encode())
    assert measure(dataset) == expected


@pytest.mark.parametrize(
    "queries",
    [
        "query_id\ttext\n" + QUERIES,
        "query-id\tlanguage\ttext\nq1\ten\tbus\nq2\ten\tthe bus\nq3\tzh\t公交\n",
        "id\tquery\tnote\nq1\tbus\t-\nq2\tthe bus\t-\nq3\t公交\t-\n",
        QUERIES + "q9\tnobody judged this\n",
    ],
    ids=["header", "more columns", "text is called query", "a query without judgements"],
)
def test_queries_may_be_written_in_several_ways(dataset, measure, queries):
    """A header names the column of the text; what isn't judged isn't asked."""
    expected = measure(dataset)
    (dataset / "queries.tsv").write_text(queries, "utf-8")
    assert measure(dataset) == expected


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("qrels.tsv", "q1\tno-such.md\t1\n", "no-such.md"),
        ("qrels.tsv", "other\ta.md\t1\n", "qrels.tsv"),
        ("qrels.tsv", QRELS + "q1\ta.md\n", "line 5"),
        ("qrels.tsv", QRELS + "q1\ta.md\tvery\n", "line 5"),
        ("queries.tsv", "q1\tbus\nq2\n", "query 2"),
    ],
    ids=["unknown document", "no query judged", "two columns", "relevance is a word", "query without text"],
)
def test_files_that_contradict_each_other_are_refused(dataset, measure, name, content, named):
    """The message names what to mend."""
    (dataset / name).write_text(content, "utf-8")
    with pytest.raises(CorpusError, match=named):
        measure(dataset)


@pytest.mark.parametrize("name", ["queries.tsv", "qrels.tsv"])
def test_files_that_are_not_utf_8_are_refused_by_name(dataset, measure, name):
    """A table saved by a spreadsheet in GB18030 is a mistake of the dataset, not of haihe."""
    (dataset / name).write_bytes((dataset / name).read_text("utf-8").replace("the bus", "公交").replace("q3", "问三").encode("gb18030"))  # fmt: skip
    with pytest.raises(CorpusError, match=name):
        measure(dataset)


def test_a_folder_without_a_dataset_is_refused(tmp_path, measure):
    """The message says which files make one."""
    with pytest.raises(CorpusError, match=r"queries\.tsv and qrels\.tsv"):
        measure(tmp_path)


# XQuAD-R


def _xquad(paragraphs):
    """Paragraphs as lists of (sentence, questions), where each question's answer lies in its sentence."""
    written = []
    for sentences in paragraphs:
        context, breaks, questions = "", [], []
        for sentence, asked in sentences:
            breaks.append([len(context), len(context) + len(sentence)])
            answer = {"text": sentence[-3:], "answer_start": len(context) + len(sentence) - 3}
            questions += [{"id": name, "question": text, "answers": [answer]} for name, text in asked]
            context += sentence + " "
        written.append({"context": context.rstrip(), "sentence_breaks": breaks, "qas": questions})
    return json.dumps({"data": [{"title": "T", "paragraphs": written}]})


@pytest.fixture
def xquad(tmp_path):
    """Two paragraphs of two sentences in each language; the second question's answer is in the second sentence."""
    english = [
        [("The bus is a bus.", [("1", "bus")]), ("The bus went to the museum.", [("2", "museum")])],
        [("Rice and more rice.", []), ("An orchard by an orchard.", [])],
    ]
    chinese = [
        [("公交就是公交。", [("1", "公交")]), ("公交开到博物馆。", [("2", "博物馆")])],
        [("水稻还是水稻。", []), ("果园旁边是果园。", [])],
    ]
    (tmp_path / "en.json").write_text(_xquad(english), "utf-8")
    (tmp_path / "zh.json").write_text(_xquad(chinese), "utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_xquad_sentences_are_those_worked_out_by_hand(xquad, measure, language):
    """For bus the plain order is: bus bus, bus museum, then 公交公交, the other right answer; museum has no rival."""
    measures = measure(xquad)["XQuAD-R sentences", "plain", language]
    assert measures == pytest.approx({
        "mAP": ((1 + 2 / 3) / 2 + 1) / 2, "nDCG@10": ((1 + 1 / 2) / (1 + SECOND) + 1) / 2,
        "RR": 1.0, "R@10 same": 1.0, "R@10 across": 1.0,
    })  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_xquad_paragraphs_are_those_worked_out_by_hand(xquad, measure, language):
    """Asked for a museum, one word of many, the wrong paragraph of the same language (.24) goes before 博物馆 (.21)."""
    measures = measure(xquad)["XQuAD-R paragraphs", "plain", language]
    assert measures["mAP"] == pytest.approx((1 + (1 + 2 / 3) / 2) / 2)


def test_xquad_has_two_tasks_with_two_rankings_each(xquad, measure):
    """And rows for the questions of each language, and their mean."""
    tasks = ("XQuAD-R paragraphs", "XQuAD-R sentences")
    assert set(measure(xquad)) == {
        (task, ranking, questions)
        for task in tasks
        for ranking in ("plain", "fair")
        for questions in ("zh", "en", "mean")
    }


def test_quotation_marks_of_xquad_ask_for_no_exact_words(xquad, measure):
    """Who types straight quotes wants these words, and no passage of the other language has them; XQuAD-R just quotes."""
    expected = measure(xquad)
    for name in ("en.json", "zh.json"):
        content = json.loads((xquad / name).read_text("utf-8"))
        for paragraph in content["data"][0]["paragraphs"]:
            for question in paragraph["qas"]:
                question["question"] = f'"{question["question"]}"'
        (xquad / name).write_text(json.dumps(content), "utf-8")
    found = measure(xquad)["XQuAD-R paragraphs", "fair", "mean"]
    assert found["R@10 across"] == expected["XQuAD-R paragraphs", "fair", "mean"]["R@10 across"] == 1.0


@pytest.mark.parametrize("content", ["{", "[]", '{"version": "1.1"}'], ids=["half", "a list", "no data"])
def test_an_xquad_file_of_another_shape_is_refused_by_name(xquad, measure, content):
    """A broken download is said to be one."""
    (xquad / "zh.json").write_text(content, "utf-8")
    with pytest.raises(CorpusError, match=r"zh\.json"):
        measure(xquad)
