"""The `haihe` command: which index it asks, whether that is whole; measuring; and the command as a process."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from checks import Ended, assert_failed, assert_wrong_usage

import service.cli.commands.up
import service.search.searcher
from indexer import fingerprint_of_build, read_manifest
from indexer.snapshot.manifest import replace_manifest


def _flip_a_bit(index, name):
    path = index / read_manifest(index).generation / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


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
    assert_failed(ended, naming=tmp_path / "none")
    assert "haihe index" in ended.err


@pytest.mark.parametrize("command", [["search", "公交"], ["verify"], ["serve"]], ids=lambda command: command[0])
def test_an_index_that_is_a_file_is_an_error_in_a_sentence(haihe, tmp_path, command):
    """`--index articles.txt` is easily typed."""
    (tmp_path / "articles.txt").write_text("The bus.")
    assert_failed(haihe(*command, "--index", tmp_path / "articles.txt"), naming="articles.txt")


def test_a_flipped_bit_is_found_before_anything_is_answered(haihe, own_index):
    """Search and verify name the file, whichever of all files it is."""
    names = list(read_manifest(own_index).files)
    assert {"articles.sqlite", "statistics.npz", "zh.tokens.npy", "en.sentences.offsets.npy"} <= set(names)
    for name in names:
        damaged = _flip_a_bit(own_index, name)
        assert_failed(haihe("search", "公交", "--index", own_index), naming=damaged)
        assert_failed(haihe("verify", "--index", own_index), naming=damaged)
        _flip_a_bit(own_index, name)
    assert haihe("verify", "--index", own_index).code == 0


def test_a_file_that_is_gone_is_named(haihe, own_index):
    """Not only changed contents."""
    gone = own_index / read_manifest(own_index).generation / "en.faiss"
    gone.unlink()
    assert_failed(haihe("verify", "--index", own_index), naming=gone)


def test_a_damaged_manifest_is_named(haihe, own_index):
    """The one file that no other vouches for."""
    manifest = own_index / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"documents": 8', '"documents": 9'), "utf-8")
    assert_failed(haihe("verify", "--index", own_index), naming=manifest)


def test_a_whole_index_is_said_to_be_whole(haihe, index_folder):
    """On standard output, with what is in it."""
    ended = haihe("verify", "--index", index_folder)
    assert (ended.code, ended.err) == (0, "")
    assert f"{len(read_manifest(index_folder).files)} files" in ended.out
    assert "8 articles" in ended.out


def test_an_index_of_another_encoder_is_refused(haihe, index_folder, make_encoder, monkeypatch):
    """In a sentence, with the way out."""
    monkeypatch.setattr(service.search.searcher, "load_encoder", lambda *_, **__: make_encoder(turned=True))
    assert_failed(haihe("search", "公交", "--index", index_folder), naming="haihe index")


def test_recognition_that_is_not_installed_is_said_before_anything_is_read(haihe, tmp_path, monkeypatch):
    """With the commands that install one."""
    (tmp_path / "bus.txt").write_text("A bus stops at the corner, and the bus leaves at noon.")
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert_failed(haihe("index", tmp_path, "--index", tmp_path / "index", "--ocr"), naming="pip install 'haihe[ocr]'")


@pytest.mark.parametrize("command", ["index", "up"])
def test_commands_that_build_encode_with_the_threads_that_are_set(
    haihe, articles_folder, tmp_path, monkeypatch, encoder, command
):
    """`HAIHE_THREADS` holds wherever something is encoded, not only where it is served."""
    given = []
    monkeypatch.setattr(
        service.cli.opening, "load_encoder", lambda *_, threads=None, **__: (given.append(threads), encoder)[1]
    )
    monkeypatch.setattr(service.cli.commands.up, "serve", lambda *_: None)
    monkeypatch.setenv("HAIHE_THREADS", "3")
    assert haihe(command, articles_folder, "--index", tmp_path / "index").code == 0
    assert given == [3]


def test_up_reads_the_files_of_an_index_once_to_check_them(haihe, articles_folder, own_index, monkeypatch):
    """A large index isn't hashed a second time before it is served."""
    read, digest = [], hashlib.file_digest
    monkeypatch.setattr("hashlib.file_digest", lambda file, *how: (read.append(Path(file.name)), digest(file, *how))[1])
    monkeypatch.setattr(service.cli.commands.up, "serve", lambda _, load: load().snapshot.close())
    monkeypatch.setenv("HAIHE_SECOND_OPINION", "false")
    ended = haihe("up", articles_folder, "--index", own_index)
    assert "up to date" in ended.err
    names = [path.name for path in read if path.is_relative_to(own_index)]
    assert sorted(names) == sorted(read_manifest(own_index).files)


@pytest.fixture
def made_by(own_index, articles_folder, monkeypatch):
    """Have the index say that it was made by another recipe, as an earlier haihe's would; gives its folder."""
    monkeypatch.setattr(service.cli.commands.up, "serve", lambda _, load: load().snapshot.close())
    monkeypatch.setenv("HAIHE_SECOND_OPINION", "false")

    def remade(*, pypinyin=None, **changed):
        manifest = read_manifest(own_index)
        recipe = manifest.recipe
        libraries = recipe.analyzer.libraries | ({"pypinyin": pypinyin} if pypinyin else {})
        analyzer = {name: changed.pop(name) for name in ("terms", "code") if name in changed}
        recipe = replace(recipe, **changed, analyzer=replace(recipe.analyzer, libraries=libraries, **analyzer))
        corpus = fingerprint_of_build([articles_folder], recipe)
        replace_manifest(own_index, replace(manifest, recipe=recipe, corpus=corpus))
        return own_index

    return remade


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"pypinyin": "0.1", "terms": "others"}, "pypinyin is .* now, the index was made with 0\\.1"),
        ({"pypinyin": "0.1"}, "pypinyin is .* now, the index was made with 0\\.1"),
        ({"code": "other", "terms": "others"}, "haihe's own analysis of texts has changed since the index was made"),
        ({"context_share": 0.2}, "the context share is 0\\.3 now, the index was made with 0\\.2"),
        ({"recognizer": "tesseract 5"}, "the recognizer is none now, the index was made with tesseract 5"),
    ],
    ids=["terms of a library", "a library", "terms of haihe", "embeddings", "recognizer"],
)
def test_up_makes_an_index_of_another_recipe_anew_and_says_why(haihe, articles_folder, made_by, changed, because):
    """Before it takes its time; the next time there is nothing to do."""
    index = made_by(**changed)
    before = read_manifest(index).generation
    ended = haihe("up", articles_folder, "--index", index)
    assert re.search(f"The articles are indexed anew: {because}\\.\n", ended.err)
    after = read_manifest(index).generation
    assert after != before
    ended = haihe("up", articles_folder, "--index", index)
    assert "up to date" in ended.err
    assert "anew" not in ended.err
    assert read_manifest(index).generation == after


def test_up_says_that_articles_have_changed(haihe, write_corpus, made_by, tmp_path):
    """Where the recipe is the same."""
    index = made_by()
    write_corpus(tmp_path / "others", {"one.md": {"title": "Bus", "text": "The bus runs all day long."}})
    ended = haihe("up", tmp_path / "others", "--index", index)
    assert "The articles are indexed anew: they aren't the same as when the index was made." in ended.err


@pytest.mark.parametrize("command", [["search", "公交"], ["shell"]], ids=lambda command: command[0])
def test_an_index_of_other_terms_is_refused_in_one_sentence(haihe, made_by, command):
    """Hits would be missing in silence; the sentence says what was upgraded, and what to do."""
    index = made_by(pypinyin="0.1", terms="others")
    ended = haihe(*command, "--index", index)
    assert_failed(ended, naming="the index was made with 0.1")
    assert "haihe up" in ended.err


def test_an_index_of_the_same_terms_by_other_code_is_searched(haihe, made_by, caplog):
    """With a warning, since rare terms may differ."""
    index = made_by(pypinyin="0.1")
    ended = haihe("search", "公交", "--index", index, "--format", "json")
    assert json.loads(ended.out)["hits"]
    assert "pypinyin" in caplog.text


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
    assert_failed(Ended(ended.returncode, ended.stdout, ended.stderr), naming=tmp_path / "none")


def test_wrong_usage_of_the_process_is_code_2():
    """As a shell sees it."""
    ended = _run("search", "公交", "-k", "0")
    assert_wrong_usage(Ended(ended.returncode, ended.stdout, ended.stderr))


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


def test_what_a_folder_holds_besides_is_said(haihe, tmp_path):
    """Files of kinds that aren't read are counted; what is left out is named."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("The bus to the harbour is late, and nobody knows why it is.")
    (tmp_path / "articles" / "b.xlsx").write_bytes(b"PK")
    ended = haihe("index", tmp_path / "articles", "--index", tmp_path / "index")
    assert ended.code == 0
    assert "1 file of kinds that aren't read: 1 .xlsx" in ended.err


def test_a_file_name_commands_no_terminal(haihe, tmp_path):
    """Names of files that somebody sent are shown, not obeyed."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("The bus to the harbour is late, and nobody knows why it is.")
    (tmp_path / "articles" / "esc\x1b]0;PWN\x07\x1b[2J\x9b31m.txt").write_bytes(b"")
    (tmp_path / "articles" / "esc\x1b[2J").symlink_to("nowhere")
    ended = haihe("index", tmp_path / "articles", "--index", tmp_path / "index")
    assert "PWN" in ended.err
    assert not set("\x1b\x07\x9b") & set(ended.err)
