"""The `haihe` command: what it prints, where, and the exit code it ends with."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

import service.cli
import service.search
from indexer import open_snapshot, read_manifest
from service import Searcher, Settings, create_app

COMMANDS = ("up", "index", "search", "serve", "eval", "verify")
COLUMNS = [
    "rank", "score", "language", "text", "best_sentence", "passage_id", "start", "end",
    "document_id", "title", "source", "url", "published",
]  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def haihe(monkeypatch, capsys, encoder):
    """Run the command in this process with the fake encoder."""
    for module in (service.cli, service.search):
        monkeypatch.setattr(module, "load_encoder", lambda *_, **__: encoder)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["haihe", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            service.cli.main()
        out, err = capsys.readouterr()
        return Ended(ended.value.code or 0, out, err)

    return run


@pytest.fixture
def own_index(index_folder, tmp_path):
    """A copy of the index that may be damaged."""
    return shutil.copytree(index_folder, tmp_path / "own.index")


def _flip_a_bit(index, name):
    path = index / read_manifest(index).generation / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def _assert_failed(ended, *, naming):
    """Exit code 1, nothing on standard output, and one line on standard error that names the thing."""
    assert ended.code == 1, ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err
    sentence = ended.err.strip()
    assert len(sentence.splitlines()) == 1, ended.err
    assert str(naming) in sentence


def _assert_wrong_usage(ended):
    assert ended.code == 2, ended.err
    assert ended.out == ""
    assert "Usage:" in ended.err
    assert "Traceback" not in ended.err


# Help


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(haihe, command, flag):
    """Help is data: standard output, exit code 0."""
    ended = haihe(command, flag)
    assert (ended.code, ended.err) == (0, "")
    assert f"Example: haihe {command}" in ended.out


def test_help_lists_every_setting_with_its_default(haihe):
    """Each is an environment variable."""
    ended = haihe("--help")
    assert ended.code == 0
    assert "Example" in ended.out
    for name in [*Settings.model_fields, "cache"]:
        assert f"HAIHE_{name.upper()} " in ended.out
    assert all(command in ended.out for command in COMMANDS)


def test_help_s_defaults_are_the_settings_defaults(haihe):
    """Words in brackets behind each description."""
    out = " ".join(haihe("--help").out.split())
    for name, field in Settings.model_fields.items():
        assert re.search(rf"HAIHE_{name.upper()} +{re.escape(field.description)} \[{field.default}\]", out), name


def test_the_version_is_printed(haihe):
    """One line."""
    ended = haihe("--version")
    assert ended.code == 0
    assert re.fullmatch(r"haihe \d+\.\d+\.\d+\S*\n", ended.out)


@pytest.mark.parametrize(
    "arguments", [["sarch", "q"], ["search"], ["index"], ["search", "q", "--frmat", "json"], ["eval"]], ids=" ".join
)
def test_what_is_no_command_line_is_wrong_usage(haihe, arguments):
    """A misspelt command or option, and what was left out."""
    _assert_wrong_usage(haihe(*arguments))


# Indexing


def test_indexing_reports_on_standard_error_only(haihe, articles_folder, tmp_path):
    """Progress and the summary are no data."""
    ended = haihe("index", articles_folder, "--index", tmp_path / "index")
    assert (ended.code, ended.out) == (0, "")
    assert "8 articles" in ended.err
    manifest = read_manifest(tmp_path / "index")
    assert (manifest.documents, manifest.passages) == (8, {"zh": 6, "en": 4})


def test_an_unreadable_article_is_named_counted_and_passed_over(haihe, write_corpus, tmp_path):
    """The rest is indexed."""
    corpus = write_corpus(tmp_path / "corpus", {"good.md": {"title": "Bus", "text": "The bus runs all day long."}})
    (corpus / "empty.txt").write_bytes(b"")
    ended = haihe("index", corpus, "--index", tmp_path / "index")
    assert ended.code == 0
    assert "empty.txt" in ended.err
    assert re.search(r"\b1 article", ended.err)
    assert read_manifest(tmp_path / "index").documents == 1


def test_strict_fails_at_an_unreadable_article_and_keeps_the_old_index(haihe, write_corpus, tmp_path):
    """Nothing half is published."""
    corpus = write_corpus(tmp_path / "corpus", {"good.md": {"title": "Bus", "text": "The bus runs all day long."}})
    assert haihe("index", corpus, "--index", tmp_path / "index").code == 0
    before = read_manifest(tmp_path / "index")
    (corpus / "empty.txt").write_bytes(b"")
    ended = haihe("index", corpus, "--index", tmp_path / "index", "--strict")
    assert (ended.code, ended.out) == (1, "")
    assert "empty.txt" in ended.err.strip().splitlines()[-1]
    assert "Traceback" not in ended.err
    assert read_manifest(tmp_path / "index") == before


def test_articles_that_are_not_there_are_an_error(haihe, tmp_path):
    """The path is named."""
    ended = haihe("index", tmp_path / "nowhere", "--index", tmp_path / "index")
    assert (ended.code, ended.out) == (1, "")
    assert str(tmp_path / "nowhere") in ended.err
    assert "Traceback" not in ended.err


def test_a_folder_with_other_things_is_not_taken_for_an_index(haihe, articles_folder, tmp_path):
    """Nobody's files are swept away by a mistyped --index."""
    (tmp_path / "letter.txt").write_text("dear all")
    ended = haihe("index", articles_folder, "--index", tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert "letter.txt" in ended.err
    assert (tmp_path / "letter.txt").read_text() == "dear all"


# Searching


def test_json_is_what_post_answers(haihe, index_folder, encoder):
    """The same fields and values, apart from the time it took."""
    app = create_app(Settings(), load=lambda: Searcher(open_snapshot(index_folder), encoder))
    body = {
        "query": "公交 bus", "k": 4, "offset": 1, "ranking": "plain", "languages": ["zh"], "sources": ["天津日报"],
        "published_from": "2023-01-01", "published_to": "2026-01-01",
    }  # fmt: skip
    with TestClient(app) as client:
        while client.get("/readyz").status_code != 200:
            pass
        over_http = client.post("/v1/search", json=body).json()
    ended = haihe(
        "search", "公交 bus", "--index", index_folder, "-k", 4, "--offset", 1, "--ranking", "plain", "--language", "zh",
        "--source", "天津日报", "--from", "2023-01-01", "--to", "2026-01-01", "--format", "json",
    )  # fmt: skip
    printed = json.loads(ended.out)
    assert printed.pop("took_ms") >= 0
    del over_http["took_ms"]
    assert printed == over_http
    assert len(printed["hits"]) == 3
    assert "天津日报" in ended.out  # readable, not escaped


def _hits(haihe, index, *arguments):
    ended = haihe("search", *arguments, "--index", index, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)["hits"]


def test_jsonl_is_one_hit_a_line(haihe, index_folder):
    """The hits of json, in its order."""
    ended = haihe("search", "公交", "--index", index_folder, "--format", "jsonl")
    assert [json.loads(line) for line in ended.out.splitlines()] == _hits(haihe, index_folder, "公交")


def test_csv_reads_back_as_the_hits(haihe, index_folder):
    """A header, then a row a hit, with commas and Chinese intact."""
    ended = haihe("search", "预算 budget", "--index", index_folder, "--format", "csv", "-k", 100)
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    hits = _hits(haihe, index_folder, "预算 budget", "-k", 100)
    assert list(rows[0]) == COLUMNS
    assert [row["passage_id"] for row in rows] == [hit["passage"]["id"] for hit in hits]
    assert [row["text"] for row in rows] == [hit["passage"]["text"] for hit in hits]
    assert [float(row["score"]) for row in rows] == [hit["score"] for hit in hits]
    assert [row["published"] or None for row in rows] == [hit["document"]["published"] for hit in hits]


def test_csv_has_no_formula(haihe, index_folder):
    """A title that a spreadsheet would run is made a text; the same with a source."""
    ended = haihe("search", "violin", "--index", index_folder, "--format", "csv", "-k", 1)
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert (row["title"], row["source"]) == ("'=SUM(violin)", "'+Gazette")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_the_table_shows_what_a_reader_needs(haihe, index_folder):
    """Text, title, source, date and language of the best hit, on standard output."""
    ended = haihe("search", "水稻", "--index", index_folder, "-k", 1)
    assert (ended.code, ended.err) == (0, "")
    for part in ("𠮷田水稻丰收", "农民日报", "2022-10-01", "zh", "天津/水稻.md", "这是十年来水稻收成最好的一年"):
        assert part in ended.out


def test_the_table_takes_markup_for_text(haihe, build, write_corpus, tmp_path):
    """Square brackets of an article are neither colours nor an error."""
    corpus = write_corpus(tmp_path / "c", {"a.md": {"title": "[bold]Bus[/nothing]", "text": "The [red]bus[/] ran."}})
    ended = haihe("search", "bus", "--index", build(corpus, tmp_path / "index"))
    assert ended.code == 0
    assert "[bold]Bus[/nothing]" in ended.out


def test_the_table_says_that_nothing_was_found(haihe, index_folder):
    """A blank answer would look like a failure."""
    ended = haihe("search", "公交", "--index", index_folder, "--source", "nobody")
    assert ended.code == 0
    assert ended.out.strip()


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--language", "en"], {"en/buses.md", "en/budget.md", "en/undated.md", "en/music.md"}),
        (["--source", "china daily"], {"en/buses.md", "en/undated.md"}),
        (["--source", "Xinhua", "--source", "农民日报"], {"en/budget.md", "天津/水稻.md"}),
        (["--from", "2025-01-01"], {"en/budget.md", "天津/预算.md"}),
        (["--to", "2023-05-04"], {"en/buses.md", "天津/水稻.md"}),
        (["--from", "2023-05-05", "--to", "2023-05-05"], {"天津/公交.md"}),
    ],
    ids=["language", "source", "sources", "from", "to", "one day"],
)
def test_options_filter(haihe, index_folder, options, documents):
    """The same filters as over HTTP."""
    hits = _hits(haihe, index_folder, "公交", "-k", 100, *options)
    assert {hit["document"]["id"] for hit in hits} == documents


def test_k_is_how_many(haihe, index_folder):
    """Ten where nothing is said."""
    assert len(_hits(haihe, index_folder, "公交", "-k", 3)) == 3
    assert len(_hits(haihe, index_folder, "公交")) == 10


@pytest.mark.parametrize(
    "arguments",
    [
        ["公交", "-k", "0"],
        ["公交", "-k", "many"],
        ["公交", "--offset", "-1"],
        ["公交", "--from", "2025-02-30"],
        ["公交", "--to", "20250101"],
        ["公交", "--from", "2025-01-02", "--to", "2025-01-01"],
        ["公交", "--language", "fr"],
        ["公交", "--ranking", "best"],
        ["公交", "--format", "xml"],
        [""],
        [" \u3000"],
    ],
    ids=lambda arguments: " ".join(arguments) or "empty query",
)
def test_a_wrong_option_is_wrong_usage(haihe, index_folder, arguments):
    """Exit code 2, and how it is used."""
    _assert_wrong_usage(haihe("search", *arguments, "--index", index_folder))


def test_a_query_longer_than_the_encoder_reads_fails_with_a_sentence(haihe, index_folder):
    """The command line has no bound on characters; the encoder has."""
    _assert_failed(haihe("search", "长" * 900, "--index", index_folder), naming="Shorten")


# The index that is asked


def test_the_index_is_named_by_the_environment(haihe, index_folder, monkeypatch):
    """`HAIHE_INDEX` where --index is left out."""
    monkeypatch.setenv("HAIHE_INDEX", str(index_folder))
    assert json.loads(haihe("search", "公交", "--format", "json").out)["hits"]
    assert str(index_folder) in haihe("verify").out


def test_the_option_goes_before_the_environment(haihe, index_folder, monkeypatch, tmp_path):
    """What is typed is meant."""
    monkeypatch.setenv("HAIHE_INDEX", str(tmp_path / "nothing"))
    assert haihe("verify", "--index", index_folder).code == 0


def test_the_index_is_dot_haihe_where_nothing_is_said(haihe, index_folder, monkeypatch, tmp_path):
    """In the current folder."""
    shutil.copytree(index_folder, tmp_path / ".haihe")
    monkeypatch.chdir(tmp_path)
    assert haihe("search", "公交").code == 0


@pytest.mark.parametrize("command", [["search", "公交"], ["verify"], ["serve"]], ids=lambda command: command[0])
def test_a_missing_index_says_how_to_make_one(haihe, tmp_path, command):
    """Exit code 1 and one sentence with the command to type."""
    ended = haihe(*command, "--index", tmp_path / "none")
    _assert_failed(ended, naming=tmp_path / "none")
    assert "haihe index" in ended.err


@pytest.mark.parametrize("command", [["search", "公交"], ["verify"], ["serve"]], ids=lambda command: command[0])
def test_an_index_that_is_a_file_is_an_error_in_a_sentence(haihe, tmp_path, command):
    """`--index articles.txt` is easily typed."""
    (tmp_path / "articles.txt").write_text("The bus.")
    _assert_failed(haihe(*command, "--index", tmp_path / "articles.txt"), naming="articles.txt")


def test_a_flipped_bit_is_found_before_anything_is_answered(haihe, own_index):
    """Search and verify name the file, whichever of all files it is."""
    names = list(read_manifest(own_index).files)
    assert {"articles.sqlite", "statistics.npz", "zh.tokens.npy", "en.sentences.offsets.npy"} <= set(names)
    for name in names:
        damaged = _flip_a_bit(own_index, name)
        _assert_failed(haihe("search", "公交", "--index", own_index), naming=damaged)
        _assert_failed(haihe("verify", "--index", own_index), naming=damaged)
        _flip_a_bit(own_index, name)
    assert haihe("verify", "--index", own_index).code == 0


def test_a_file_that_is_gone_is_named(haihe, own_index):
    """Not only changed contents."""
    gone = own_index / read_manifest(own_index).generation / "en.faiss"
    gone.unlink()
    _assert_failed(haihe("verify", "--index", own_index), naming=gone)


def test_a_damaged_manifest_is_named(haihe, own_index):
    """The one file that no other vouches for."""
    manifest = own_index / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"documents": 8', '"documents": 9'), "utf-8")
    _assert_failed(haihe("verify", "--index", own_index), naming=manifest)


def test_a_whole_index_is_said_to_be_whole(haihe, index_folder):
    """On standard output, with what is in it."""
    ended = haihe("verify", "--index", index_folder)
    assert (ended.code, ended.err) == (0, "")
    assert f"{len(read_manifest(index_folder).files)} files" in ended.out
    assert "8 articles" in ended.out


def test_an_index_of_another_encoder_is_refused(haihe, index_folder, make_encoder, monkeypatch):
    """In a sentence, with the way out."""
    monkeypatch.setattr(service.search, "load_encoder", lambda *_, **__: make_encoder(turned=True))
    _assert_failed(haihe("search", "公交", "--index", index_folder), naming="haihe index")


# Measuring


@pytest.fixture
def dataset(write_corpus, tmp_path):
    folder = write_corpus(
        tmp_path / "dataset",
        {
            "en.md": {"title": "The line", "text": "A bus stops at the corner, and the bus leaves at noon."},
            "zh.md": {"title": "线路", "text": "公交在街角停靠，中午之前公交就从那里离开了。"},
            "other.md": {"title": "A farm", "text": "The orchard is full, and the orchard is sold."},
        },
    )
    (folder / "queries.tsv").write_text("q1\tbus\nq2\t公交\n", "utf-8")
    (folder / "qrels.tsv").write_text("q1\ten.md\t1\nq1\tzh.md\t1\nq2\ten.md\t1\nq2\tzh.md\t1\n", "utf-8")
    return folder


def test_measures_as_json_have_a_record_a_row(haihe, dataset):
    """The rankings that were asked for, questions of each language and their mean; data on standard output alone."""
    ended = haihe("eval", dataset, "--rankings", "plain,fair", "--format", "json")
    records = json.loads(ended.out)
    assert ended.code == 0
    assert {(record["ranking"], record["questions"]) for record in records} == {
        (ranking, questions) for ranking in ("fair", "plain") for questions in ("zh", "en", "mean")
    }
    fair = [record for record in records if record["ranking"] == "fair"]
    assert [record["mAP"] for record in fair] == [1.0, 1.0, 1.0]


def test_measures_as_a_table_name_their_columns(haihe, dataset):
    """For people."""
    ended = haihe("eval", dataset)
    assert ended.code == 0
    for name in ("mAP", "nDCG@10", "R@10 same", "R@10 across", "fair", "plain", "dataset"):
        assert name in ended.out


def test_what_is_no_dataset_says_what_one_is(haihe, tmp_path):
    """Exit code 1, and the files that are missed."""
    ended = haihe("eval", tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert "queries.tsv" in ended.err
    assert "Traceback" not in ended.err


# The command itself


def _run(*arguments, **options):
    command = [sys.executable, "-c", "from service.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def test_a_failure_of_the_process_is_one_sentence_and_code_1(tmp_path):
    """As a shell sees it."""
    ended = _run("search", "公交", "--index", tmp_path / "none")
    _assert_failed(Ended(ended.returncode, ended.stdout, ended.stderr), naming=tmp_path / "none")


def test_wrong_usage_of_the_process_is_code_2():
    """As a shell sees it."""
    ended = _run("search", "公交", "-k", "0")
    _assert_wrong_usage(Ended(ended.returncode, ended.stdout, ended.stderr))


def test_success_of_the_process_is_code_0(index_folder):
    """As a shell sees it; verify needs no model."""
    ended = _run("verify", "--index", index_folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert str(index_folder) in ended.stdout


def test_a_reader_that_goes_away_is_no_traceback(index_folder):
    """`haihe … | head -0` closes the pipe before anything is printed."""
    command = f"{sys.executable} -c 'from service.cli import main; main()' verify --index {index_folder}"
    ended = subprocess.run(f"{command} | true", shell=True, capture_output=True, text=True, check=True, timeout=60)
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
