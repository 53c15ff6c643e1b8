"""The `haihe` command: what it prints, where, and the exit code it ends with."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import pytest
from checks import assert_failed, assert_wrong_usage
from fastapi.testclient import TestClient

from indexer import open_snapshot, read_manifest
from service import Searcher, Settings, create_app
from service.cli import commands

COMMANDS = ("up", "index", "read", "search", "shell", "serve", "mcp", "eval", "verify", "bench")
COLUMNS = [
    "rank", "score", "language", "text", "best_sentence", "passage_id", "start", "end",
    "document_id", "title", "source", "url", "published",
]  # fmt: skip


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(haihe, command, flag):
    """Help is data: standard output, exit code 0."""
    ended = haihe(command, flag)
    assert (ended.code, ended.err) == (0, "")
    assert f"Example: haihe {command}" in ended.out


def test_the_list_of_commands_says_of_each_what_its_own_help_says(haihe):
    """The list is written by hand, so that showing it imports no command."""
    assert tuple(commands.COMMANDS) == COMMANDS
    for name, summary in commands.COMMANDS.items():
        begins = re.split(r"[.:;(]", summary)[0].strip()
        assert begins in " ".join(haihe(name, "--help").out.split())


def test_help_needs_no_command_and_no_index():
    """It is answered at once: what searching, serving and indexing need isn't imported."""
    code = (
        "import sys\nfrom service.cli import main\nsys.argv = ['haihe', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "slow = {'fastapi', 'uvicorn', 'rich.progress', 'service.search.searcher', 'service.cli.commands.search', 'indexer.building.build'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout.splitlines()[-1] == "[]"


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
        default = "none" if field.default in {None, ()} else field.default
        assert re.search(rf"HAIHE_{name.upper()} +{re.escape(field.description)} \[{re.escape(str(default))}\]", out), (
            name
        )


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
    assert_wrong_usage(haihe(*arguments))


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
        "published_from": "2023-01-01", "published_to": "2026-01-01", "group_by": "passage", "min_score": 0.01,
        "explain": True,
    }  # fmt: skip
    with TestClient(app) as client:
        while client.get("/readyz").status_code != 200:
            pass
        over_http = client.post("/v1/search", json=body).json()
    ended = haihe(
        "search", "公交 bus", "--index", index_folder, "-k", 4, "--offset", 1, "--ranking", "plain", "--language", "zh",
        "--source", "天津日报", "--from", "2023-01-01", "--to", "2026-01-01", "--format", "json", "--explain",
        "--group-by", "passage", "--min-score", "0.01",
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


def test_grouped_by_document_each_article_comes_once(haihe, index_folder):
    """As over HTTP, with the passage that was best."""
    hits = _hits(haihe, index_folder, "公交", "-k", 100)
    grouped = _hits(haihe, index_folder, "公交", "-k", 100, "--group-by", "document")
    assert [hit["document"]["id"] for hit in grouped] == list(dict.fromkeys(hit["document"]["id"] for hit in hits))
    assert len(grouped) == 8 < len(hits)


def test_a_least_score_leaves_out_what_has_less(haihe, index_folder):
    """A script takes only what is sure."""
    hits = _hits(haihe, index_folder, "公交", "-k", 100)
    least = hits[2]["score"] - 0.0001
    assert _hits(haihe, index_folder, "公交", "-k", 100, "--min-score", least) == hits[:3]


def test_an_explanation_is_given_where_it_is_asked_for(haihe, index_folder):
    """In json with every signal, in the table a line each; else null, and no line."""
    (plain,) = _hits(haihe, index_folder, "公交", "-k", 1)
    (explained,) = _hits(haihe, index_folder, "公交", "-k", 1, "--explain")
    assert plain["explanation"] is None
    assert {key: value for key, value in explained.items() if key != "explanation"} == {
        key: value for key, value in plain.items() if key != "explanation"
    }
    assert {"deviations", "signals", "matched"} == set(explained["explanation"])
    assert {"dense", "tokens", "numbers", "names", "words"} <= set(explained["explanation"]["signals"])
    table, explained_table = (
        haihe("search", "公交", "--index", index_folder, "-k", 1, *more).out for more in ((), ("--explain",))
    )
    assert re.search(r"tokens +\+\d", explained_table)
    assert "matched: 公交" in explained_table
    assert "tokens" not in table


def test_the_best_sentence_is_a_column(haihe, index_folder):
    """A spreadsheet has the sentence that answers beside the passage."""
    ended = haihe("search", "铁路", "--index", index_folder, "--format", "csv", "-k", 100)
    for row, hit in zip(
        csv.DictReader(io.StringIO(ended.out)), _hits(haihe, index_folder, "铁路", "-k", 100), strict=True
    ):
        (best,) = hit["passage"]["highlights"]
        start = hit["passage"]["start"]
        assert row["best_sentence"] == hit["passage"]["text"][best["start"] - start : best["end"] - start]
        assert row["best_sentence"] in row["text"]


def test_reprints_and_the_other_language_are_named_in_the_table(haihe, build, write_corpus, tmp_path):
    """What else prints the same is said once, by its source."""
    text = "The bus to the railway left at noon, and nobody who was at the hospital that day had seen the bus."
    corpus = write_corpus(
        tmp_path / "corpus",
        {f"{name}.md": {"title": "Noon", "source": name, "text": text} for name in ("Xinhua", "Gazette")},
    )
    index = build(corpus, tmp_path / "index")
    ended = haihe("search", "bus", "--index", index)
    assert ended.out.count("Noon") == 1
    (hit,) = _hits(haihe, index, "bus")
    assert f"also in: {hit['also_in'][0]['source']}" in ended.out
    assert {hit["document"]["source"], hit["also_in"][0]["source"]} == {"Xinhua", "Gazette"}


def test_a_minus_leaves_words_out_in_the_terminal(haihe, index_folder):
    """Behind two minuses where it comes first, so that it is no option."""
    everything = {hit["document"]["id"] for hit in _hits(haihe, index_folder, "bus")}
    found = {hit["document"]["id"] for hit in _hits(haihe, index_folder, "bus -spring")}
    ended = haihe("search", "--index", index_folder, "--format", "json", "--", "-spring bus")
    assert {hit["document"]["id"] for hit in json.loads(ended.out)["hits"]} == found
    assert everything >= found
    assert "-spring" not in found
    assert_wrong_usage(haihe("search", "--index", index_folder, "--", "-spring"))


@pytest.mark.parametrize("printed", ["table", "md", "csv", "jsonl"])
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_a_language_that_is_not_served_is_said(haihe, index_folder, monkeypatch, printed, locale):
    """In the language of the locale; beside the answer where its format has no place for it."""
    monkeypatch.setenv("LC_ALL", locale)
    ended = haihe("search", "버스 노선은 어디입니까", "--index", index_folder, "--format", printed)
    said = ended.out if printed in {"table", "md"} else ended.err
    assert ("韩文" if locale.startswith("zh") else "Korean") in said


def test_a_search_without_late_interaction_uses_the_same_index(haihe, index_folder, monkeypatch):
    """`HAIHE_LATE_INTERACTION=false`: faster, and the tokens of the index are left alone."""
    monkeypatch.setenv("HAIHE_LATE_INTERACTION", "false")
    hits = _hits(haihe, index_folder, "公交", "--explain")
    assert {hit["explanation"]["signals"]["tokens"] for hit in hits} == {None}
    assert {hit["document"]["id"] for hit in hits[:3]} == {"天津/公交.md", "en/buses.md"}


def test_an_index_without_late_interaction_is_searched_without(haihe, articles_folder, tmp_path, monkeypatch):
    """Smaller, and found with whatever the setting is afterwards."""
    monkeypatch.setenv("HAIHE_LATE_INTERACTION", "false")
    assert haihe("index", articles_folder, "--index", tmp_path / "index").code == 0
    assert not [name for name in read_manifest(tmp_path / "index").files if "tokens" in name]
    without = _hits(haihe, tmp_path / "index", "公交")
    monkeypatch.delenv("HAIHE_LATE_INTERACTION")
    assert _hits(haihe, tmp_path / "index", "公交") == without
    assert {hit["document"]["id"] for hit in without[:3]} == {"天津/公交.md", "en/buses.md"}


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
        ["公交", "--group-by", "source"],
        ["公交", "--min-score", "1.5"],
        ["公交", "--min-score", "-0.1"],
        [""],
        [" \u3000"],
    ],
    ids=lambda arguments: " ".join(arguments) or "empty query",
)
def test_a_wrong_option_is_wrong_usage(haihe, index_folder, arguments):
    """Exit code 2, and how it is used."""
    assert_wrong_usage(haihe("search", *arguments, "--index", index_folder))


def test_a_query_longer_than_the_encoder_reads_fails_with_a_sentence(haihe, index_folder):
    """The command line has no bound on characters; the encoder has."""
    assert_failed(haihe("search", "长" * 900, "--index", index_folder), naming="Shorten")
