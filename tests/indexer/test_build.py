"""The write path: what is indexed, what is left out, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, FakeEngine, FakeSecondEncoder, FakeTokenEncoder

from indexer import (
    CorpusError,
    Document,
    IndexRecipe,
    Language,
    Recognizer,
    SnapshotMissing,
    build_snapshot,
    fingerprint_of_build,
    index_passages,
    open_snapshot,
    read_manifest,
    verify_snapshot,
    whole_passages,
)
from indexer.reference import reference_of
from indexer.snapshot import draft as snapshot_draft

ROOT = Path(__file__).resolve().parents[2]
GERMAN = (
    "Die Bundesregierung hat am Montag ein neues Gesetz zur Förderung der erneuerbaren Energien beschlossen, "
    "das im kommenden Jahr in Kraft treten soll."
)
ARTICLE = "Electric buses now serve all of the district's villages, and the fare is two yuan.\n"


class Listener:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.stages: dict[str, list[int]] = {}
        self.sentences: list[str] = []

    def begin(self, what: str, total: int) -> None:
        self.stages[what] = [total, 0]

    def advance(self, units: int = 1) -> None:
        self.stages[next(reversed(self.stages))][1] += units

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


def vectors_by_id(directory: Path) -> dict[str, np.ndarray]:
    snapshot = open_snapshot(directory)
    return {
        passage: snapshot.embeddings[language][row]
        for language in Language
        for row, (passage, _) in enumerate(list(snapshot.pools[language].ids))
    }


def test_the_order_of_files_does_not_matter(tmp_path, articles, encoder):
    """The same articles give the same index in whatever order they are named."""
    files = [path for path in articles.rglob("*.md") if path.parent == articles]
    one = build_snapshot([*files, articles / "sub"], tmp_path / "one", encoder).manifest
    other = build_snapshot([articles / "sub", *reversed(files)], tmp_path / "other", encoder).manifest
    assert one.corpus == other.corpus
    assert one.documents == other.documents == 4
    for language in Language:
        first, second = (open_snapshot(tmp_path / name) for name in ("one", "other"))
        assert list(first.pools[language].ids) == list(second.pools[language].ids)
        np.testing.assert_array_equal(first.embeddings[language], second.embeddings[language])


def test_the_same_corpus_gives_the_same_files(tmp_path, articles, encoder):
    """A rebuild changes nothing but the name of the generation."""
    manifests = [build_snapshot([articles], tmp_path / name, encoder).manifest for name in ("one", "other")]
    assert manifests[0].generation != manifests[1].generation
    assert manifests[0].files == manifests[1].files


def test_ids_and_vectors_stay_when_an_article_is_added(tmp_path, articles, encoder):
    """A new article moves no other passage's embedding, whatever batch it came in."""
    build_snapshot([articles], tmp_path / "before", encoder)
    (articles / "aaa-new.txt").write_text(ARTICLE * 3, "utf-8")
    build_snapshot([articles], tmp_path / "after", encoder)
    before, after = vectors_by_id(tmp_path / "before"), vectors_by_id(tmp_path / "after")
    assert before.keys() < after.keys()
    for identifier, vector in before.items():
        np.testing.assert_allclose(after[identifier], vector, atol=1e-6)


def test_an_id_that_another_article_has_is_left_out_and_named(tmp_path, encoder):
    """Nothing is overwritten in silence; which one stays doesn't depend on the order."""
    for name, text in (("one", ARTICLE), ("two", f"Trains. {ARTICLE}")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(text, "utf-8")
    kept = []
    for paths in ([tmp_path / "one", tmp_path / "two"], [tmp_path / "two", tmp_path / "one"]):
        report = build_snapshot(paths, tmp_path / "index", encoder)
        assert report.manifest.documents == 1
        (failure,) = report.failures
        assert "news.txt" in str(failure)
        assert "same id" in str(failure)
        kept.append(open_snapshot(tmp_path / "index").articles.document("news.txt"))
    assert kept[0] == kept[1]


def test_a_repeated_id_in_json_lines_is_left_out(tmp_path, encoder):
    """The first line with an id stays."""
    lines = [{"id": "a", "title": "First", "text": ARTICLE}, {"id": "a", "title": "Second", "text": ARTICLE}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    report = build_snapshot([tmp_path / "news.jsonl"], tmp_path / "index", encoder)
    assert len(report.failures) == 1
    assert [document.title for document in open_snapshot(tmp_path / "index").articles.documents()] == ["First"]


def test_an_unreadable_file_is_left_out_named_and_counted(tmp_path, articles, encoder):
    """One broken file doesn't keep the others from being found."""
    (articles / "broken.txt").write_bytes(b"")
    progress = Listener()
    report = build_snapshot([articles], tmp_path / "index", encoder, progress=progress)
    assert report.manifest.documents == 4
    assert ["broken.txt" in str(failure) for failure in report.failures] == [True]
    assert any("Left out" in sentence and "broken.txt" in sentence for sentence in progress.sentences)


def test_strict_publishes_nothing_where_a_file_cannot_be_read(index, articles, encoder):
    """Who wants all or nothing keeps the index that was there."""
    (articles / "broken.txt").write_bytes(b"")
    before = verify_snapshot(index)
    with pytest.raises(CorpusError, match=r"broken\.txt.*Nothing was published"):
        build_snapshot([articles], index, encoder, strict=True)
    assert verify_snapshot(index) == before
    assert not list(index.glob(".draft-*"))


def test_strict_publishes_where_all_can_be_read(tmp_path, articles, encoder):
    """Strictness asks nothing of a good corpus."""
    assert build_snapshot([articles], tmp_path / "index", encoder, strict=True).manifest.documents == 4


def test_an_empty_folder_is_an_error_that_says_what_is_read(tmp_path, encoder):
    """The user learns which kinds of files are articles."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match=r"empty: no article files.*\.md"):
        build_snapshot([tmp_path / "empty"], tmp_path / "index", encoder)
    with pytest.raises(SnapshotMissing):
        read_manifest(tmp_path / "index")


def test_a_missing_path_is_an_error_that_names_it(tmp_path, articles, encoder):
    """A typing error isn't an empty corpus."""
    with pytest.raises(CorpusError, match="nowhere: no such file"):
        build_snapshot([articles, tmp_path / "nowhere"], tmp_path / "index", encoder)


def test_a_corpus_in_a_third_language_is_an_error(tmp_path, encoder):
    """An index in which nothing can be found isn't published."""
    (tmp_path / "de.txt").write_text(f"{GERMAN}\n\n{GERMAN}\n", "utf-8")
    with pytest.raises(CorpusError, match="No Chinese or English text"):
        build_snapshot([tmp_path / "de.txt"], tmp_path / "index", encoder)
    with pytest.raises(SnapshotMissing):
        open_snapshot(tmp_path / "index")


def test_text_in_a_third_language_is_counted_in_the_manifest(tmp_path, articles, encoder):
    """The user is told that part of an article isn't found."""
    (articles / "de.txt").write_text(f"{ARTICLE}{ARTICLE}{ARTICLE}\n{GERMAN} {GERMAN}\n", "utf-8")
    manifest = build_snapshot([articles], tmp_path / "index", encoder).manifest
    assert manifest.foreign == 1
    assert all(
        "Bundesregierung" not in p.text for p in open_snapshot(tmp_path / "index").articles.passages_of("de.txt")
    )


@pytest.mark.parametrize(("language", "other"), [(Language.ZH, Language.EN), (Language.EN, Language.ZH)])
def test_a_corpus_in_one_language_is_searched_from_both(tmp_path, articles, encoder, language, other):
    """The missing language has an empty index and usable statistics."""
    paths = sorted(articles.rglob(f"{language}-*.md"))
    build_snapshot(paths, tmp_path / "index", encoder)
    snapshot = open_snapshot(tmp_path / "index")
    assert (len(snapshot.pools[language]) > 0, len(snapshot.pools[other])) == (True, 0)
    for pool in snapshot.pools.values():
        query = pool.space.centre_query(encoder.encode_queries(["天津港 port"])[0])
        assert np.isfinite(query).all()
        assert len(snapshot.pools[language].vectors.search(query, 1).rows) == 1
        mean, deviation = snapshot.pools[other].space.moments(query)
        assert np.isfinite(mean)
        assert deviation > 0


def test_progress_ends_where_it_said_it_would(tmp_path, articles, encoder):
    """A bar that stops at 80 % looks like a hang."""
    progress = Listener()
    build_snapshot([articles], tmp_path / "index", encoder, progress=progress)
    assert list(progress.stages) == [
        "Reading",
        *(f"Near-duplicates ({language})" for language in ("en", "zh")),
        "Encoding",
        *(f"Terms ({language})" for language in ("en", "zh")),
    ]
    assert all(total == done > 0 for total, done in progress.stages.values())


def test_the_fingerprint_is_the_manifest_s_and_follows_files_and_encoders(index, articles, second):
    """`haihe up` rebuilds exactly where something has changed."""
    recipe = IndexRecipe.of(FakeTokenEncoder(), second=second)
    fingerprint = fingerprint_of_build([articles], recipe)
    assert fingerprint == read_manifest(index).corpus
    for other in (
        IndexRecipe.of(FakeTokenEncoder(revision="2"), second=second),
        IndexRecipe.of(FakeTokenEncoder()),
        IndexRecipe.of(FakeTokenEncoder(), second=FakeSecondEncoder(name="fake second 2")),
    ):
        assert fingerprint_of_build([articles], other) != fingerprint
    path = articles / "en-bus.md"
    path.write_text(path.read_text("utf-8") + ".", "utf-8")
    assert fingerprint_of_build([articles], recipe) != fingerprint


def test_what_is_recognised_is_part_of_the_fingerprint(articles):
    """An index without the text of scans is another one than that with it, and so is one by another engine."""
    names = ["one", "other"]
    recognizers = [Recognizer(FakeEngine(name), lambda _: None) for name in names]
    fingerprints = {
        fingerprint_of_build([articles], IndexRecipe.of(FakeTokenEncoder(), recognizer=one))
        for one in (None, *recognizers)
    }
    assert len(fingerprints) == 3


def test_passages_move_towards_their_title(tmp_path, encoder):
    """A paragraph that never names its subject is found by the title above it."""
    for name, title in (("with", "title: 天津港\n"), ("without", "")):
        (tmp_path / f"{name}.md").write_text(
            f"---\n{title}source: x\n---\n一季度同比增长百分之八，创历史新高。", "utf-8"
        )
        build_snapshot([tmp_path / f"{name}.md"], tmp_path / name, encoder)
    title = encoder.encode_passages(["天津港"])[0]
    (near,), (far,) = (vectors_by_id(tmp_path / name).values() for name in ("with", "without"))
    assert near @ title > far @ title + 0.05
    assert np.linalg.norm(near) == pytest.approx(1, abs=1e-5)


def test_whole_passages_are_cut_only_where_the_encoder_reads_no_further():
    """Evaluations rank the units that their judges judged."""
    encoder = FakeEncoder(max_tokens=40)
    short, long = (
        Document("s", "t", "天津港。", Language.ZH),
        Document("l", "t", "天津港一季度增长。" * 12, Language.ZH),
    )
    (whole,) = whole_passages(short, encoder)
    assert (whole.text, whole.context) == (short.text, "")
    parts = whole_passages(long, encoder)
    assert "".join(part.text for part in parts) == long.text
    assert max(encoder.count_tokens([part.text for part in parts])) <= 40
    assert {part.context for part in parts} == {""}


def test_indexed_passages_are_found_under_their_ids(tmp_path, encoder):
    """An evaluation's judgements name the passages of the index."""
    documents = [Document(f"d{number}", "", text, Language.ZH) for number, text in enumerate(["天津港。", "武清区。"])]
    index_passages([(each, whole_passages(each, encoder)) for each in documents], tmp_path / "index", encoder)
    assert list(open_snapshot(tmp_path / "index").pools[Language.ZH].ids) == [("d0", "d0"), ("d1", "d1")]


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\0", id="NUL"),
        pytest.param("\ud800", id="lone surrogate"),
        pytest.param("\u0085", id="control character"),
        pytest.param("\ufeff", id="byte order mark"),
        pytest.param("\U0001f684", id="beyond the basic plane"),
    ],
)
def test_no_character_of_an_article_stops_a_build_or_shifts_a_passage(tmp_path, encoder, character):
    """JSON can hold what no text file does; whatever is kept of it, passages stay exact spans."""
    text = f"天津港{character}一季度集装箱吞吐量同比增长百分之八，创历史新高。"
    lines = [{"id": "odd", "title": "t", "text": text}, {"id": "plain", "title": "t", "text": ARTICLE}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    build_snapshot([tmp_path / "news.jsonl"], tmp_path / "index", encoder)
    snapshot = open_snapshot(tmp_path / "index")
    assert snapshot.articles.document("plain") is not None
    if (document := snapshot.articles.document("odd")) is not None:
        (passage,) = snapshot.articles.passages_of("odd")
        assert passage.text == document.text[passage.start : passage.end]
        assert "创历史新高" in passage.text


@dataclass(frozen=True, slots=True)
class BrokenEncoder(FakeTokenEncoder):
    """An encoder that fails on one article's text."""

    def encode_passages_and_tokens(self, texts):
        if any("buses" in text for text in texts):
            raise MemoryError
        return FakeTokenEncoder.encode_passages_and_tokens(self, texts)


def test_an_error_while_encoding_leaves_the_index_whole(index, articles):
    """A build that fails changes nothing."""
    before = verify_snapshot(index)
    (articles / "new.txt").write_text(ARTICLE * 3, "utf-8")
    with pytest.raises(MemoryError):
        build_snapshot([articles], index, BrokenEncoder())
    assert verify_snapshot(index) == before
    assert not list(index.glob(".draft-*"))


_ANNOUNCE_AND_WAIT = "print('here', flush=True); time.sleep(60)"
_BUILD = """
import sys, time
from pathlib import Path
sys.path[:0] = {paths!r}
import indexer.snapshot.draft, indexer.building.build
from fakes import FakeEncoder, FakeTokenEncoder

def wait(*_):
    {wait}

{replace}
indexer.building.build.build_snapshot([Path({articles!r})], Path({index!r}), FakeTokenEncoder())
"""
_KILL_POINTS = {
    "while encoding": "indexer.building.build.encode_pools = wait",
    "before the generation is in its place": "indexer.snapshot.manifest.sha256_of = wait",
    "before the manifest is replaced": "indexer.snapshot.draft.replace_manifest = wait",
}


def kill_a_build(articles: Path, index: Path, replace: str) -> None:
    """Start a build in another process, and kill it when it has come to what `replace` replaces."""
    paths = [str(ROOT), str(ROOT / "tests")]
    code = _BUILD.format(
        paths=paths, wait=_ANNOUNCE_AND_WAIT, replace=replace, articles=str(articles), index=str(index)
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("replace", _KILL_POINTS.values(), ids=_KILL_POINTS)
def test_a_kill_leaves_the_last_index_whole_and_the_next_build_works(index, articles, encoder, replace):
    """Whenever the machine goes down, what was published is still there; the next build clears up."""
    before = verify_snapshot(index)
    (articles / "new.txt").write_text(ARTICLE * 3, "utf-8")
    kill_a_build(articles, index, replace)
    assert verify_snapshot(index) == before
    assert open_snapshot(index).articles.document("new.txt") is None
    after = build_snapshot([articles], index, encoder).manifest
    assert verify_snapshot(index) == after
    assert after.documents == before.documents + 1
    leftovers = {path.name for path in index.iterdir()} - {
        ".lock",
        "derived.sqlite",
        "manifest.json",
        before.generation,
        after.generation,
    }
    assert leftovers == set()


@dataclass(frozen=True, slots=True)
class CountingEncoder(FakeTokenEncoder):
    """An encoder that notes what it reads, but for the probe's texts."""

    read: list[str] = field(default_factory=list)

    def encode_passages_and_tokens(self, texts):
        self.read.extend(texts)
        return FakeTokenEncoder.encode_passages_and_tokens(self, texts)


@dataclass(frozen=True, slots=True)
class DyingEncoder(FakeTokenEncoder):
    """An encoder whose process is killed at its third batch."""

    batches: list[int] = field(default_factory=list)

    def encode_passages_and_tokens(self, texts):
        self.batches.append(len(texts))
        if len(self.batches) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeTokenEncoder.encode_passages_and_tokens(self, texts)


def many_articles(folder: Path, count: int = 150) -> Path:
    """A file of articles of both languages, one passage each."""
    lines = [
        {
            "id": f"{number:04}",
            "title": f"Bus line {number}" if number % 2 else f"公交{number}路",
            "text": f"Line {number}: {ARTICLE}"
            if number % 2
            else f"天津港第{number}条远洋航线开通，连接东南亚和欧洲。",
        }
        for number in range(count)
    ]
    folder.mkdir(exist_ok=True)
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return folder


def published_files(index: Path) -> dict[str, bytes]:
    generation = index / read_manifest(index).generation
    return {path.name: path.read_bytes() for path in generation.iterdir()}


def test_a_killed_build_is_resumed_and_ends_as_if_nothing_had_happened(tmp_path, encoder):
    """What was encoded before the kill isn't encoded again; every file is the same to the byte."""
    articles = many_articles(tmp_path / "articles")
    reference_of(encoder)  # measured once, and rounded when it is loaded again
    build_snapshot([articles], tmp_path / "whole", encoder)
    code = _BUILD.format(
        paths=[str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "indexer")],
        wait="pass",
        replace="from test_build import DyingEncoder as FakeTokenEncoder",
        articles=str(articles),
        index=str(tmp_path / "index"),
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    whole, rest = CountingEncoder(), CountingEncoder()
    build_snapshot([articles], tmp_path / "counted", whole)
    build_snapshot([articles], tmp_path / "index", rest)
    assert len(whole.read) == 300
    assert len(rest.read) == 300 - 2 * 64
    assert published_files(tmp_path / "index") == published_files(tmp_path / "whole")


def test_only_what_is_new_is_encoded(tmp_path):
    """The update of one article costs its own passages; what it gives is what a build from nothing gives."""
    articles = many_articles(tmp_path / "articles")
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder())
    (articles / "new.md").write_text(f"---\ntitle: Another one\n---\nAnother bus. {ARTICLE}", "utf-8")
    encoder, progress = CountingEncoder(), Listener()
    build_snapshot([articles], tmp_path / "index", encoder, progress=progress)
    assert sorted(encoder.read) == ["Another bus. " + ARTICLE.strip(), "Another one"]
    total, done = progress.stages["Encoding"]
    assert total == done
    build_snapshot([articles], tmp_path / "anew", FakeTokenEncoder())
    assert published_files(tmp_path / "index") == published_files(tmp_path / "anew")


def test_what_earlier_builds_encoded_is_counted_first(tmp_path):
    """So the speed that the time left is told by is the encoder's, not that of the disk."""
    articles = many_articles(tmp_path / "articles")
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder())
    old = characters_of(tmp_path / "index")
    (articles / "new.txt").write_text(f"Another bus. {ARTICLE}", "utf-8")
    steps = []

    class Steps(Listener):
        def advance(self, units: int = 1) -> None:
            steps.append((next(reversed(self.stages)), units))
            super().advance(units)

    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder(), progress=Steps())
    assert sum(units for stage, units in steps if stage == "Encoding") > old
    encoding = [units for stage, units in steps if stage == "Encoding"]
    assert sum(encoding[:2]) == old  # a step for each language


def characters_of(index: Path) -> int:
    snapshot = open_snapshot(index)
    return sum(
        len(passage.text)
        for language, pool in snapshot.pools.items()
        for passage in snapshot.articles.passages_at(language, range(len(pool)))
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_store_never_comes_into_an_index(tmp_path, second, seed):
    """Whatever was changed in it, the index is the one that a build from nothing gives."""
    articles = many_articles(tmp_path / "articles", 40)
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder(), second=second)
    before = published_files(tmp_path / "index")
    store, rng = tmp_path / "index" / "derived.sqlite", random.Random(seed)
    data = bytearray(store.read_bytes())
    for _ in range(rng.choice([5, 50, 500])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    store.write_bytes(data)
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder(), second=second)
    assert published_files(tmp_path / "index") == before


def test_an_encoder_with_other_vectors_under_the_same_name_reuses_nothing(tmp_path):
    """A folder whose weights were exchanged."""
    articles = many_articles(tmp_path / "articles", 20)
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder())
    exchanged = CountingEncoder(seed=1)
    build_snapshot([articles], tmp_path / "index", exchanged)
    assert len(exchanged.read) == 40
    build_snapshot([articles], tmp_path / "anew", FakeTokenEncoder(seed=1))
    assert published_files(tmp_path / "index") == published_files(tmp_path / "anew")


def test_what_no_article_has_any_more_is_forgotten(tmp_path):
    """The store is as large as the index is, not as its history."""
    articles = many_articles(tmp_path / "articles")
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder())
    before = (tmp_path / "index" / "derived.sqlite").stat().st_size
    many_articles(tmp_path / "articles", 10)
    build_snapshot([articles], tmp_path / "index", FakeTokenEncoder())
    assert (tmp_path / "index" / "derived.sqlite").stat().st_size < before / 4
    many_articles(tmp_path / "articles", 150)
    encoder = CountingEncoder()
    build_snapshot([articles], tmp_path / "index", encoder)
    assert len(encoder.read) == 280


def test_a_store_that_can_not_be_pruned_is_no_failure_of_the_build(index, articles, encoder, second, monkeypatch):
    """The index is published by then: a full disk, or a backup that reads the store, is said and nothing else."""
    replace_manifest, progress = snapshot_draft.replace_manifest, Listener()
    (articles / "en-bus.md").unlink()
    with closing(sqlite3.connect(index / "derived.sqlite", isolation_level=None)) as backup:

        def publish_and_read(*arguments):
            replace_manifest(*arguments)
            backup.execute("BEGIN")
            backup.execute("SELECT count(*) FROM entries").fetchall()

        with monkeypatch.context() as patch:
            patch.setattr(snapshot_draft, "replace_manifest", publish_and_read)
            report = build_snapshot([articles], index, encoder, second=second, progress=progress)
        (entries,) = backup.execute("SELECT count(*) FROM entries").fetchone()
        backup.execute("COMMIT")
        build_snapshot([articles], index, encoder, second=second)
        assert backup.execute("SELECT count(*) FROM entries").fetchone()[0] < entries
    assert report.manifest.documents == 3
    assert read_manifest(index).corpus == report.manifest.corpus
    (sentence,) = [said for said in progress.sentences if "derived.sqlite" in said]
    assert sentence.startswith("The index is published")
    assert not list(index.glob(".draft-*"))


def test_a_generation_is_on_the_disk_before_the_manifest_that_names_it(index, articles, encoder, monkeypatch):
    """After a loss of power, the manifest names no folder that the disk doesn't have."""
    done = []

    def record(name, original):
        monkeypatch.setattr(
            snapshot_draft, name, lambda path, *rest: (done.append((name, path)), original(path, *rest))
        )

    record("flush_to_disk", snapshot_draft.flush_to_disk)
    record("replace_manifest", snapshot_draft.replace_manifest)
    build_snapshot([articles], index, encoder)
    assert done[-2:] == [("flush_to_disk", index), ("replace_manifest", index)]


def test_a_build_without_its_store_gives_the_same(index, articles, encoder, second):
    """Deleting the file costs time, nothing else."""
    before = published_files(index)
    (index / "derived.sqlite").unlink()
    build_snapshot([articles], index, encoder, second=second)
    assert published_files(index) == before


def test_a_kill_of_the_first_build_leaves_no_index_and_the_next_works(tmp_path, articles, encoder):
    """A half-made first index isn't taken for one."""
    kill_a_build(articles, tmp_path / "index", _KILL_POINTS["while encoding"])
    with pytest.raises(SnapshotMissing):
        open_snapshot(tmp_path / "index")
    assert build_snapshot([articles], tmp_path / "index", encoder).manifest == verify_snapshot(tmp_path / "index")


def test_a_kill_while_the_manifest_is_written_does_not_lock_the_index(index, articles, encoder):
    """The draft of a manifest is swept like every other draft."""
    (index / ".draft-manifest.json").write_text("{", "utf-8")
    after = build_snapshot([articles], index, encoder).manifest
    assert verify_snapshot(index) == after
    assert not list(index.glob(".draft-*"))


def test_a_copied_index_is_whole(index, tmp_path, encoder):
    """An index can be moved to another machine as a folder."""
    shutil.copytree(index, tmp_path / "elsewhere")
    shutil.rmtree(index)
    open_snapshot(tmp_path / "elsewhere").check_encoder(encoder)
    assert verify_snapshot(tmp_path / "elsewhere").documents == 4
