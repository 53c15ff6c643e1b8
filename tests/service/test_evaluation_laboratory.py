"""Named rankings of the same questions, how they are printed, and the command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from fakes import FakeSecondEncoder
from rich.console import Console

import service.cli.opening
from indexer import CorpusError, LateInteraction, Silent
from service.laboratory.evaluation import (
    CONFIGURATIONS,
    DEFAULT,
    ConfigurationError,
    Figures,
    Row,
    choose,
    draw,
    evaluate,
    records,
    tables,
)
from service.records import Query
from service.search.fusion import Fusion, Weights
from service.search.searcher import Searcher
from service.search.signals.tokens import Tokens

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def dataset(write_corpus, tmp_path):
    """Three questions; for bus the plain ranking is wrong and the fair one right."""
    texts = {
        "zh.md": "公交在这里停靠，公交又开走了。",
        "a.md": "A bus takes us to the museum.",
        "b.md": "The orchard is sold, and the orchard is gone.",
        "c.md": "They play football, and only football.",
    }
    folder = write_corpus(tmp_path / "dataset", {name: {"text": text} for name, text in texts.items()})
    (folder / "queries.tsv").write_text("q1\tbus\nq2\torchard\nq3\t公交\n", "utf-8")
    (folder / "qrels.tsv").write_text("q1\tzh.md\t1\nq2\tb.md\t1\nq3\tzh.md\t1\n", "utf-8")
    return folder


class Listener(Silent):
    """Keeps what is said."""

    def __init__(self):
        self.said = []

    def say(self, sentence):
        self.said.append(sentence)


# Configurations


def test_the_usual_configurations_are_known_and_hold_the_baseline():
    """Whatever is asked for by default can be run and compared."""
    assert [configuration.name for configuration in choose(DEFAULT)] == list(DEFAULT)
    assert {"plain", "fair", "full"} <= set(DEFAULT) <= set(CONFIGURATIONS)


def test_an_unknown_ranking_is_refused_with_those_that_are_known():
    """So that nobody has to read the source."""
    with pytest.raises(ConfigurationError, match=r"'fare'.*plain, fair, .*full"):
        choose(["plain", "fare"])


def test_a_ranking_that_is_named_twice_is_run_once():
    """In the place where it is first."""
    assert [configuration.name for configuration in choose(["full", "plain", "full"])] == ["full", "plain"]


def test_rankings_by_tokens_are_left_out_where_there_are_none(dataset, encoder):
    """With a sentence, since otherwise they would be another ranking under their name."""
    listener = Listener()
    rows = evaluate(
        dataset,
        encoder,
        progress=listener,
        rankings=("fair", "fair+tokens", "tokens", "full"),
        late_interaction=LateInteraction.OFF,
    )
    assert {row.ranking for row in rows} == {"fair", "full"}
    assert [sentence for sentence in listener.said if "fair+tokens" in sentence]


def test_nothing_but_rankings_by_tokens_is_refused_where_there_are_none(dataset, encoder):
    """An empty table would say nothing."""
    with pytest.raises(ConfigurationError, match="tokens"):
        evaluate(dataset, encoder, rankings=("tokens",), late_interaction=LateInteraction.OFF)


def test_rankings_by_tokens_are_run_where_there_are_some(dataset, encoder):
    """The fake encoder has tokens."""
    rows = evaluate(dataset, encoder, rankings=("fair", "fair+tokens", "tokens"))
    assert {row.ranking for row in rows} == {"fair", "fair+tokens", "tokens"}


def test_rankings_by_a_second_opinion_are_left_out_where_there_is_none(dataset, encoder):
    """With a sentence; the usual one is run without it."""
    listener = Listener()
    rankings = ("fair+second", "one-encoder", "full")
    rows = evaluate(dataset, encoder, progress=listener, rankings=rankings)
    assert {row.ranking for row in rows} == {"one-encoder", "full"}
    assert [sentence for sentence in listener.said if "fair+second" in sentence and "second opinion" in sentence]
    with pytest.raises(ConfigurationError, match="second opinion"):
        evaluate(dataset, encoder, rankings=("fair+second",))


def test_rankings_by_a_second_opinion_are_run_where_there_is_one(dataset, encoder):
    """It is asked of every question, once."""
    second = FakeSecondEncoder()
    rows = evaluate(dataset, encoder, second=second, rankings=("fair+second", "one-encoder", "full"))
    assert {row.ranking for row in rows} == {"fair+second", "one-encoder", "full"}
    assert sorted(second.read[-3:]) == sorted(["bus", "orchard", "公交"])


def test_each_question_is_encoded_once(dataset, encoder, monkeypatch):
    """However many rankings there are."""
    asked, prepare = [], Searcher.prepare
    monkeypatch.setattr(Searcher, "prepare", lambda self, texts: asked.extend(texts) or prepare(self, texts))
    evaluate(dataset, encoder)
    assert sorted(asked) == sorted(["bus", "orchard", "公交"])


def test_what_is_kept_is_not_encoded_again(dataset, encoder, monkeypatch, tmp_path):
    """And the figures are those of an index made anew."""
    anew = evaluate(dataset, encoder, rankings=("plain", "fair"))
    assert evaluate(dataset, encoder, rankings=("plain", "fair"), work=tmp_path / "work") == anew
    read, encode = [], type(encoder).encode_passages_and_tokens
    monkeypatch.setattr(
        type(encoder), "encode_passages_and_tokens", lambda self, texts: read.extend(texts) or encode(self, texts)
    )
    assert evaluate(dataset, encoder, rankings=("plain", "fair"), work=tmp_path / "work") == anew
    assert not read
    assert evaluate(dataset, encoder, rankings=("plain", "fair")) == anew
    assert read


def test_a_folder_to_keep_indexes_in_that_is_a_file_is_refused(dataset, encoder, tmp_path):
    (tmp_path / "work").write_text("")
    with pytest.raises(CorpusError, match="--work"):
        evaluate(dataset, encoder, rankings=("plain",), work=tmp_path / "work")


@pytest.mark.parametrize("weights", [{"dense": 0.5, "sentences": 0.5}, {"tokens": 1.0, "names": 0.2, "words": 0.1}])
def test_scores_that_another_ranking_asked_for_are_the_scores(searcher, weights):
    """Each ranking has the same prepared question."""
    query, fusion = Query("bus on the railway", k=100), Fusion.by(Weights(weights))
    prepared, anew = (searcher.prepare([query.text])[0] for _ in range(2))
    searcher.rank(replace(query, k=2), prepared, fusion)
    searcher.rank(query, prepared)
    assert searcher.rank(query, prepared, fusion) == searcher.rank(query, anew, fusion)


def test_no_passage_is_scored_twice(searcher, monkeypatch):
    """Late interaction is most of the work."""
    scored, scores = [], Tokens.scores

    def counted(self, rows):
        scored.extend((self._asked.language, row) for row in rows.tolist())
        return scores(self, rows)

    monkeypatch.setattr(Tokens, "scores", counted)
    (prepared,) = searcher.prepare(["bus"])
    for name in ("fair+tokens", "tokens", "one-encoder"):
        searcher.rank(Query("bus", k=100), prepared, Fusion.by(CONFIGURATIONS[name].weights))
    assert scored
    assert len(set(scored)) == len(scored)


# Comparing


def test_each_ranking_is_compared_with_the_baseline(dataset, encoder):
    """Which isn't compared with itself; one that ranks alike has p 1."""
    rows = evaluate(dataset, encoder, rankings=("plain", "fair"), baseline="plain")
    by_name = {(row.ranking, row.language): row for row in rows}
    assert by_name["plain", "mean"].p is None
    assert by_name["fair", "zh"].p == 1.0  # both have 公交 first
    assert 0.4 < by_name["fair", "en"].p <= 1.0  # one question differs: half of the exchanges are as extreme
    assert [row.p for row in evaluate(dataset, encoder, rankings=("plain",), baseline="full")] == [None] * 3


def test_directions_are_by_languages_of_question_and_answer(dataset, encoder):
    """Only those that are asked for."""
    row = next(row for row in evaluate(dataset, encoder, rankings=("fair",)) if row.language == "mean")
    counts = {direction: figures.questions for direction, figures in row.directions.items()}
    assert counts == {"en→zh": 1, "en→en": 1, "zh→zh": 1}


# Printing


@pytest.fixture
def rows():
    """Two rankings of a set with two kinds of questions."""

    def row(ranking, value, p):
        figures = Figures(4, {"mAP": value, "RR": value, "R@10": 1.0}, p)
        return Row(
            task="a <set>", ranking=ranking, language="mean", questions=4, measures={"mAP": value, "RR": value},
            figure="RR", p=p, kinds={"name": figures}, directions={"zh→en": figures},
        )  # fmt: skip

    return [row("fair", 0.25, None), row("full", 0.75, 0.0004)]


def test_records_have_the_measures_and_the_parts(rows):
    """Task, ranking, questions and measures as ever; JSON can hold them."""
    record = json.loads(json.dumps(records(rows)))[1]
    assert (record["task"], record["ranking"], record["questions"], record["RR"]) == ("a <set>", "full", "mean", 0.75)
    assert record["directions"]["zh→en"] == {"mAP": 0.75, "RR": 0.75, "R@10": 1.0, "count": 4, "p of RR": 0.0004}
    assert record["top_scores"] is None


def test_tables_show_measures_parts_and_p(rows):
    """A very small p is bounded, not rounded to 0; the baseline has none."""
    console = Console(width=100)
    with console.capture() as captured:
        for table in tables(rows):
            console.print(table)
    out = captured.get()
    assert "zh→en" in out
    assert "name" in out
    fair, full = (next(line.split() for line in out.splitlines() if f" {name} " in line) for name in ("fair", "full"))
    assert fair[-3:] == ["mean", ".250", ".250"]
    assert full[-1] == "<.001"


def test_the_plot_has_a_bar_for_each_ranking_and_direction_as_long_as_its_value(rows):
    """Three quarters of the ground for .75."""
    image = ET.fromstring(draw(rows))
    widths = {
        kind: [float(bar.get("width")) for bar in image.iter(f"{SVG}rect") if bar.get("class") == kind]
        for kind in ("ground", "bar", "best")
    }
    assert len(widths["ground"]) == 4
    assert widths["bar"] == pytest.approx([widths["ground"][0] / 4] * 2, abs=0.1)
    assert widths["best"] == pytest.approx([widths["ground"][0] * 3 / 4] * 2, abs=0.1)


def test_the_plot_names_what_it_shows(rows):
    """Whatever characters the names have."""
    texts = {text.text for text in ET.fromstring(draw(rows)).iter(f"{SVG}text")}
    assert {"a <set>: RR", "fair", "full", "all", "zh→en", ".750"} <= texts


# The command


@pytest.fixture
def haihe(monkeypatch, capsys, encoder):
    """Run `haihe eval` in this process with the fake encoder: exit code, output, errors."""
    monkeypatch.setattr(service.cli.opening, "load_encoder", lambda *_, **__: encoder)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["haihe", "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            service.cli.main()
        return ended.value.code or 0, *capsys.readouterr()

    return run


@pytest.mark.slow
def test_the_command_compares_the_rankings_that_are_named(haihe, dataset):
    """As JSON: a record a ranking and question language."""
    code, out, _ = haihe(dataset, "--rankings", "plain, full", "--baseline", "plain", "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert [record["ranking"] for record in found] == ["plain"] * 3 + ["full"] * 3
    assert found[-1]["p of RR"] is not None


def test_the_command_draws_where_it_is_told_to(haihe, dataset, tmp_path):
    """Beside printing."""
    code, out, _ = haihe(dataset, "--rankings", "plain,fair", "--plot", tmp_path / "plot.svg")
    assert code == 0
    assert "nDCG@10" in out
    assert ET.parse(tmp_path / "plot.svg").getroot().tag == f"{SVG}svg"


@pytest.mark.parametrize("option", ["--rankings", "--baseline"])
def test_an_unknown_ranking_is_wrong_usage(haihe, dataset, option):
    """Said before anything is indexed, with the names that are known."""
    code, out, err = haihe(dataset, option, "fare")
    assert (code, out) == (2, "")
    assert "fare" in err
    assert "fair+sentences" in err


def test_a_plot_that_cannot_be_written_is_one_sentence(haihe, dataset, tmp_path):
    """The measures were printed all the same."""
    code, out, err = haihe(dataset, "--rankings", "plain", "--plot", tmp_path / "no" / "plot.svg")
    assert code == 1
    assert "plain" in out
    assert "plot.svg" in err
