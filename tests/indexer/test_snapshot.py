"""The published index: whole or refused."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from checks import open_databases
from fakes import FakeTokenEncoder
from filelock import FileLock

from indexer import (
    Document,
    Language,
    Passage,
    PassageFilter,
    SnapshotBusy,
    SnapshotDamaged,
    SnapshotError,
    SnapshotMismatch,
    SnapshotMissing,
    build_snapshot,
    index_passages,
    open_snapshot,
    read_manifest,
    verify_snapshot,
)
from indexer.articles import list_files, read_articles
from indexer.snapshot.draft import draft_snapshot
from indexer.snapshot.manifest import FORMAT, FileRecord, Manifest
from indexer.text.chunking import Budget, chunk

POOL_FILES = (
    "rows.npy",
    "ids.npy",
    "ids.offsets.npy",
    "faiss",
    "npy",
    "terms",
    "sentences.npy",
    "sentences.offsets.npy",
    "tokens.npy",
    "tokens.offsets.npy",
    "second.npy",
    "second.offsets.npy",
)
FILES = [
    "manifest.json",
    "articles.sqlite",
    "statistics.npz",
    "documents.npy",
    "documents.ids.npy",
    "documents.ids.offsets.npy",
    "documents.sources.npy",
    "documents.sources.offsets.npy",
    *(f"{language}.{name}" for language in Language for name in POOL_FILES),
]


def path_of(index: Path, name: str) -> Path:
    return index / name if name == "manifest.json" else index / read_manifest(index).generation / name


def contents(index: Path) -> dict[str, bytes]:
    """All that is published."""
    return {
        path.relative_to(index).as_posix(): path.read_bytes()
        for path in index.rglob("*")
        if path.is_file() and path.name not in {".lock", "derived.sqlite"}
    }


def test_the_parametrised_files_are_all_that_an_index_has(index):
    """No file of an index goes untested below."""
    assert {Path(name).name for name in contents(index)} == set(FILES)


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0], ids=["first byte", "middle byte", "last byte"])
@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_is_refused_by_name(index, name, place):
    """A damaged file gives an error that names it, never a wrong answer."""
    path = path_of(index, name)
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    path.write_bytes(data)
    for look in (verify_snapshot, open_snapshot):
        with pytest.raises(SnapshotDamaged, match=re.escape(name)):
            look(index)


def test_every_flipped_bit_of_a_manifest_is_refused(index):
    """The manifest vouches for the other files, so it vouches for itself too."""
    data = (index / "manifest.json").read_bytes()
    accepted = []
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            Manifest.from_json(flipped.decode())
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        accepted.append(bit)
    assert accepted == []


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_refused_by_name(index, name, keep):
    """A copy that broke off isn't an index."""
    path = path_of(index, name)
    data = path.read_bytes()
    path.write_bytes(data[: min(int(keep * len(data)), len(data) - 2)])
    with pytest.raises(SnapshotDamaged, match=re.escape(name)):
        open_snapshot(index)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_missing_file_is_refused_by_name(index, name):
    """A file that was left behind in copying is named."""
    path_of(index, name).unlink()
    with pytest.raises(SnapshotDamaged, match=re.escape(name)):
        open_snapshot(index)


def test_what_was_just_verified_is_not_read_again(index, articles, encoder):
    """Only that very generation: one that was published since is checked."""
    verified = verify_snapshot(index)
    with closing(open_snapshot(index, verified=verified)) as snapshot:
        assert snapshot.manifest == verified
    build_snapshot([articles / "en-bus.md", articles / "zh-port.md"], index, encoder)
    path_of(index, "en.sentences.npy").write_bytes(b"")
    with pytest.raises(SnapshotDamaged, match=r"en\.sentences\.npy"):
        open_snapshot(index, verified=verified)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '"x"', "not json", '{"format": 1}'])
def test_a_manifest_that_is_none_is_refused(index, text):
    """Whatever lies in its place, the error is one that says what to do."""
    (index / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(SnapshotDamaged, match=r"manifest\.json.*haihe index"):
        open_snapshot(index)


def test_a_missing_index_is_said_to_be_missing(tmp_path):
    """The message names the place, and the command that makes an index there."""
    with pytest.raises(SnapshotMissing, match=r"nowhere.*haihe index PATH --index .*nowhere"):
        open_snapshot(tmp_path / "nowhere")


@pytest.mark.parametrize("other", [FORMAT - 1, FORMAT + 1], ids=["earlier", "later"])
def test_another_format_is_refused_as_such(index, other):
    """An index of another haihe isn't called damaged."""
    manifest = replace(read_manifest(index), format=other)
    (index / "manifest.json").write_text(manifest.to_json(), "utf-8")
    with pytest.raises(SnapshotMismatch, match=rf"format {other}.*reads {FORMAT}"):
        open_snapshot(index)


def publish_again(index: Path, *names: str) -> None:
    """Let the manifest say of some files what they are now."""
    manifest = read_manifest(index)
    changed = {name: FileRecord.of(path_of(index, name)) for name in names}
    (index / "manifest.json").write_text(replace(manifest, files={**manifest.files, **changed}).to_json(), "utf-8")


@pytest.mark.parametrize("name", ["rows.npy", "ids.npy", "faiss", "terms", "sentences.npy", "tokens.npy", "second.npy"])
def test_rows_that_drifted_apart_are_refused(index, name):
    """An index with fewer rows than there are passages would return the wrong text with a high score."""
    offsets = f"{name.removesuffix('npy')}offsets.npy"
    names = [f"zh.{each}" for each in (name, offsets) if each in POOL_FILES]
    for each in names:
        shutil.copy(path_of(index, each.replace("zh.", "en.")), path_of(index, each))
    publish_again(index, *names)
    with pytest.raises(SnapshotDamaged, match=rf"zh\.{re.escape(name)} has 2 rows of zh, the manifest says 4"):
        open_snapshot(index)


def test_a_refused_snapshot_leaves_no_file_open(index):
    """A service that tries again and again doesn't run out of descriptors; the error is held all the while."""
    shutil.copy(path_of(index, "en.terms"), path_of(index, "zh.terms"))
    publish_again(index, "zh.terms")
    before = open_databases()
    with pytest.raises(SnapshotDamaged, match=r"zh\.terms has 2 rows"):
        open_snapshot(index)
    assert open_databases() == before


def test_columns_of_fewer_documents_are_refused(index):
    """A document without its day would pass no filter by date."""
    path = path_of(index, "documents.npy")
    np.save(path, np.load(path)[:-1])
    publish_again(index, "documents.npy")
    with pytest.raises(SnapshotDamaged, match=r"documents\.npy has \d documents, the manifest says \d"):
        open_snapshot(index)


def test_articles_of_fewer_passages_are_refused(index):
    """The texts have to be as many as the vectors."""
    with closing(sqlite3.connect(path_of(index, "articles.sqlite"))) as file:
        file.execute("DELETE FROM passages WHERE language = 'zh' AND row = 3")
        file.commit()
    publish_again(index, "articles.sqlite")
    with pytest.raises(SnapshotDamaged, match=r"articles\.sqlite has 3 rows of zh, the manifest says 4"):
        open_snapshot(index)


def test_a_manifest_reads_back_as_it_was_written(index):
    """Nothing of a manifest is lost on disk."""
    manifest = read_manifest(index)
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert manifest.passages == {"zh": 4, "en": 2}


def test_documents_and_passages_read_back_as_they_were_read(index, articles, encoder):
    """What is found is what the article says, with all that is known of it."""
    snapshot = open_snapshot(index)
    read = [article for file in list_files([articles]) for article in read_articles(file)]
    assert snapshot.articles.documents() == sorted(read, key=lambda document: document.id)
    for document in read:
        assert snapshot.articles.document(document.id) == document
        assert snapshot.articles.passages_of(document.id) == list(
            chunk(document, encoder.count_tokens, Budget()).passages
        )
    assert snapshot.articles.document("nowhere.md") is None


def test_rows_lead_to_the_passages_whose_vectors_they_are(index, encoder):
    """The text of a hit is the text that its vector was made of."""
    snapshot = open_snapshot(index)
    for language, embeddings in snapshot.embeddings.items():
        passages = snapshot.articles.passages_at(language, range(len(embeddings)))
        assert [(passage.id, passage.document_id) for passage in passages] == list(snapshot.pools[language].ids)
        assert {passage.language for passage in passages} == {language}
        likeness = encoder.encode_passages([passage.text for passage in passages]) @ embeddings.T
        assert likeness.argmax(axis=1).tolist() == list(range(len(passages)))


def test_passages_come_in_the_order_of_the_rows_asked_for(index):
    """A ranking keeps its order when its texts are fetched, also with a row twice and more rows than SQLite takes."""
    snapshot = open_snapshot(index)
    by_row = snapshot.articles.passages_at(Language.ZH, [0, 1, 2, 3])
    rows = [3, 0, 0, 2] * 300
    assert snapshot.articles.passages_at(Language.ZH, rows) == [by_row[row] for row in rows]


def test_search_after_opening_equals_search_over_the_embeddings(index, encoder):
    """Save, open, search is search: ids and scores are those of brute force over centred embeddings."""
    snapshot = open_snapshot(index)
    for language in Language:
        space = snapshot.pools[language].space
        query = space.centre_query(encoder.encode_queries(["天津港 port record"])[0])
        products = space.centre_passages(np.asarray(snapshot.embeddings[language])) @ query
        found = snapshot.pools[language].vectors.search(query, 10)
        assert found.rows.tolist() == np.argsort(-products, kind="stable").tolist()
        np.testing.assert_allclose(found.products, products[found.rows], atol=1e-6)


@pytest.mark.parametrize(
    ("wanted", "documents"),
    [
        (PassageFilter(), {"zh-budget.md", "zh-port.md"}),
        (PassageFilter(sources=("海河日报",)), {"zh-port.md"}),
        (PassageFilter(sources=("The Haihe Herald",)), set()),
        (PassageFilter(sources=("武清发布", "海河日报")), {"zh-budget.md", "zh-port.md"}),
        (PassageFilter(sources=()), set()),
        (PassageFilter(published_from=dt.date(2024, 3, 1)), {"zh-port.md"}),
        (PassageFilter(published_from=dt.date(2024, 3, 2)), set()),
        (PassageFilter(published_to=dt.date(2024, 3, 1)), {"zh-port.md"}),
        (PassageFilter(published_to=dt.date(2024, 2, 29)), set()),
        (PassageFilter(sources=("武清发布",), published_to=dt.date(2024, 3, 1)), set()),
    ],
)
def test_a_filter_keeps_the_rows_of_the_documents_that_pass(index, wanted, documents):
    """Both ends of a range count; an article without a date passes no filter by date."""
    snapshot = open_snapshot(index)
    ids = list(snapshot.pools[Language.ZH].ids)
    rows = snapshot.rows(Language.ZH, wanted)
    assert {ids[row][1] for row in rows} == documents
    assert rows.tolist() == [row for row, (_, document) in enumerate(ids) if document in documents]


def test_a_source_is_found_in_any_case(index):
    """Nobody remembers how a paper writes its name."""
    rows = open_snapshot(index).rows(Language.EN, PassageFilter(sources=("the haihe herald",)))
    assert rows.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (FakeTokenEncoder(model="other"), "model is 'fake with tokens', not 'other with tokens'"),
        (FakeTokenEncoder(revision="2"), "revision is '1', not '2'"),
        (FakeTokenEncoder(query_prompt="ask: "), "query prompt is 'query: ', not 'ask: '"),
        (FakeTokenEncoder(passage_prompt=""), "passage prompt is 'passage: ', not ''"),
        (FakeTokenEncoder(dimension=16), "dimension is 32, not 16"),
        (FakeTokenEncoder(seed=1), "no longer gives the vectors"),
    ],
    ids=["model", "revision", "query prompt", "passage prompt", "dimension", "vectors"],
)
def test_another_encoder_is_refused_with_the_difference(index, other, message):
    """Queries of another model would find something, but nothing sensible."""
    with pytest.raises(SnapshotMismatch, match=re.escape(message)):
        open_snapshot(index).check_encoder(other)


def test_the_same_encoder_is_let_in(index, encoder):
    """An encoder that was loaded again is the same."""
    assert open_snapshot(index).check_encoder(encoder) is None


def test_nothing_is_pickled(index):
    """To open an index runs no code from it."""
    folder = index / read_manifest(index).generation
    arrays = {path.name: np.load(path, allow_pickle=False) for path in folder.glob("*.np*")}
    assert set(arrays) == {name for name in FILES if name.endswith(("npy", "npz"))}
    with arrays["statistics.npz"] as statistics:
        assert all(statistics[name].dtype.kind in "fiu" for name in statistics.files)


def test_a_folder_that_holds_something_else_is_refused_and_kept(tmp_path, articles, encoder):
    """A mistyped --index costs nobody their files."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(SnapshotError, match=r"thesis\.txt.*--index"):
        build_snapshot([articles], tmp_path / "home", encoder)
    assert contents(tmp_path / "home") == {"thesis.txt": b"years of work"}


def test_a_file_in_the_place_of_the_index_is_refused(tmp_path, articles, encoder):
    """The error is one sentence with the place in it."""
    (tmp_path / "index").write_text("", "utf-8")
    with pytest.raises(SnapshotError, match=r"can't be written there"):
        build_snapshot([articles], tmp_path / "index", encoder)


def test_a_second_writer_is_refused_while_the_first_writes(index, articles, encoder):
    """Two builds at once can't mix; readers aren't disturbed."""
    before = contents(index)
    with FileLock(index / ".lock"), pytest.raises(SnapshotBusy, match="another process"):
        build_snapshot([articles], index, encoder)
    assert contents(index) == before
    assert build_snapshot([articles], index, encoder).manifest == read_manifest(index)


def test_drafts_that_a_kill_left_are_swept(index, articles, encoder):
    """Killed builds don't fill the disk."""
    (index / ".draft-killed").mkdir()
    (index / ".draft-killed" / "zh.npy").write_bytes(b"half")
    build_snapshot([articles], index, encoder)
    assert not list(index.glob(".draft-*"))


def test_old_generations_go_but_the_last_one_stays_for_those_who_read_it(index, articles, encoder):
    """A process that has just read the manifest still finds its files; the disk holds two generations at most."""
    generations = [read_manifest(index).generation]
    for _ in range(3):
        reader = open_snapshot(index)
        generations.append(build_snapshot([articles], index, encoder).manifest.generation)
        assert len(reader.embeddings[Language.ZH]) == 4
        assert sorted(path.name for path in index.glob("2*Z")) == generations[-2:]


def test_an_abandoned_draft_leaves_nothing(index):
    """A generation that is written but not published leaves the published one as it was."""
    before = contents(index)
    with draft_snapshot(index) as draft:
        draft.add(Document("x", "", "text", None), [])
        assert contents(index) != before
    assert contents(index) == before


def test_a_draft_reads_its_passages_back(index):
    """While they are encoded they are on disk, not in memory: by row, all of them or one."""
    text = "天津港。Tianjin port.武清区。"
    document = Document("d", "t", text, Language.ZH)
    spans = [(0, 4, Language.ZH), (4, 17, Language.EN), (17, 21, Language.ZH)]
    passages = [
        Passage(str(row), "d", text[start:end], language, start, end, "t")
        for row, (start, end, language) in enumerate(spans)
    ]
    with draft_snapshot(index) as draft:
        draft.add(document, passages)
        draft.add(replace(document, id="e"), [replace(passages[0], id="3", document_id="e")])
        texts = draft.texts(Language.ZH)
        assert list(draft.passages(Language.EN)) == [passages[1]]
        assert [passage.id for passage in draft.passages(Language.ZH)] == ["0", "2", "3"]
        assert list(texts) == [texts[row] for row in range(len(texts))] == ["天津港。", "武清区。", "天津港。"]
        assert draft.characters == sum(len(passage.text) for passage in passages) + 4


def test_a_passage_that_is_no_span_of_its_document_is_refused(tmp_path, encoder):
    """Offsets that point elsewhere would highlight the wrong words."""
    document = Document("d", "", "天津港", Language.ZH)
    wrong = Passage("p", "d", "天津", Language.ZH, 1, 3)
    with pytest.raises(SnapshotError, match="isn't a span"):
        index_passages([(document, [wrong])], tmp_path / "index", encoder)


def test_offsets_count_code_points(tmp_path, encoder):
    """Characters beyond the basic plane count once, in SQLite as in Python."""
    text = "𠮷野家🚄开业。天津港。"
    document = Document("d", "", text, Language.ZH)
    passage = Passage("p", "d", "天津港。", Language.ZH, 7, 11)
    index_passages([(document, [passage])], tmp_path / "index", encoder)
    assert open_snapshot(tmp_path / "index").articles.passages_of("d") == [passage]


def test_a_manifest_is_json_that_people_can_read(index):
    """What made an index can be looked up without haihe."""
    content = json.loads((index / "manifest.json").read_text("utf-8"))
    assert content["recipe"]["encoder"]["model"] == "fake with tokens"
    assert content["documents"] == 4
