"""What an index keeps of a second encoder's opinion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeSecondEncoder, FakeTokenEncoder
from stored import sentences_at
from test_build import Listener, many_articles, published_files

from indexer import Document, Language, SnapshotMismatch, build_snapshot, index_passages, open_snapshot, whole_passages
from indexer.encoding import EncodedTexts, TokenEmbeddings
from indexer.reference import reference_of, reference_text, second_spaces_of
from indexer.text.chunking import sentence_spans

ROOT = Path(__file__).resolve().parents[2]


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def _passages(snapshot):
    """Each passage with its language's pool and its row there."""
    for language, pool in snapshot.pools.items():
        for row, passage in enumerate(snapshot.articles.passages_at(language, range(len(pool)))):
            yield passage, pool, row


def _sentences(passage):
    return [passage.text[start:end] for start, end in sentence_spans(passage.text)]


def _deviations(second, question, asked_in, sentences, language):
    """s(x) = (q'·x' - m) / σ of the best sentence, written out: means, m and σ are the reference text's alone."""
    text = reference_text()
    reference = second.encode(text[language].passages).astype(float)
    mean = reference.mean(axis=0)
    query = _unit(second.encode([question])[0] - second.encode(text[asked_in].queries).astype(float).mean(axis=0))
    general = _unit(reference - mean) @ query
    return ((_unit(second.encode(sentences) - mean) @ query).max() - general.mean()) / general.std()


def test_every_sentence_is_kept_as_the_second_encoder_reads_it(index, second):
    """Beside the first encoder's, with the same places; centred by the reference text."""
    spaces = second_spaces_of(second)
    for passage, pool, row in _passages(open_snapshot(index)):
        found = sentences_at(pool.second.sentences, row)
        np.testing.assert_array_equal(found.spans, sentences_at(pool.sentences, row).spans)
        expected = spaces[passage.language].centre_passages(second.encode(_sentences(passage)))
        np.testing.assert_allclose(found.embeddings, expected, atol=0.005)


@pytest.mark.parametrize(
    ("question", "asked_in"), [("天津港的新航线", Language.ZH), ("buses for villages", Language.EN)]
)
def test_a_score_is_what_the_formula_gives(index, second, question, asked_in):
    """Of the best sentence, by the language of the question and that of the passage."""
    pools = open_snapshot(index).pools
    asked = pools[asked_in].second.space.centre_query(second.encode([question])[0])
    for passage, pool, row in _passages(open_snapshot(index)):
        expected = _deviations(second, question, asked_in, _sentences(passage), passage.language)
        assert pool.second.scores(asked, np.array([row])) == pytest.approx([expected], abs=0.03)


def test_nothing_of_it_depends_on_the_corpus(tmp_path, articles, encoder, second):
    """What is kept of a passage is the same to the byte, whatever is beside it."""
    build_snapshot([articles / "en-bus.md"], tmp_path / "alone", encoder, second=second)
    build_snapshot([articles], tmp_path / "together", encoder, second=second)
    kept = [
        {passage.id: (pool.second, row) for passage, pool, row in _passages(open_snapshot(tmp_path / name))}
        for name in ("alone", "together")
    ]
    for identifier, (opinion, row) in kept[0].items():
        other, place = kept[1][identifier]
        np.testing.assert_array_equal(
            sentences_at(opinion.sentences, row).embeddings, sentences_at(other.sentences, place).embeddings
        )
        np.testing.assert_array_equal(opinion.space.covariance, other.space.covariance)


def test_without_a_second_encoder_nothing_of_it_is_kept(tmp_path, articles, encoder, second):
    """Everything else is as it was."""
    manifests = {
        name: build_snapshot([articles], tmp_path / name, encoder, second=given).manifest
        for name, given in (("with", second), ("without", None))
    }
    more = set(manifests["with"].files) - set(manifests["without"].files)
    assert {name.split(".", 1)[1] for name in more} == {"second.npy", "second.offsets.npy"}
    assert (manifests["with"].second_encoder, manifests["without"].second_encoder) == (second.name, None)
    for name, record in manifests["without"].files.items():
        assert manifests["with"].files[name] == record or name == "statistics.npz"
    assert all(pool.second is None for pool in open_snapshot(tmp_path / "without").pools.values())


def test_another_second_encoder_is_refused(index, second):
    """Its vectors would mean something else."""
    snapshot = open_snapshot(index)
    snapshot.check_second_encoder(second)
    with pytest.raises(SnapshotMismatch, match=r"'fake second 1', not 'fake second 2'.*haihe index"):
        snapshot.check_second_encoder(FakeSecondEncoder(name="fake second 2"))


def test_its_statistics_are_measured_once(second):
    """The reference text is read by the first call for an encoder only."""
    own, said = FakeSecondEncoder(name="fake second, measured once"), []
    first = second_spaces_of(own, announce=said.append)
    assert (len(own.read), len(said)) == (sum(len(column) for part in reference_text().values() for column in part), 1)
    own.read.clear()
    again = second_spaces_of(own, announce=said.append)
    assert (own.read, len(said)) == ([], 1)
    np.testing.assert_array_equal(first[Language.ZH].covariance, again[Language.ZH].covariance)


def test_statistics_that_were_cut_are_measured_anew(tmp_path, monkeypatch, caplog):
    """A build doesn't fail for half a file of the cache folder."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    first = second_spaces_of(FakeSecondEncoder())
    (path,) = tmp_path.glob("second-*.npz")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    again = second_spaces_of(FakeSecondEncoder())
    np.testing.assert_array_equal(first[Language.ZH].covariance, again[Language.ZH].covariance)
    assert caplog.text.count(f"{path} isn't whole") == 1


def test_progress_ends_where_it_said_it_would(tmp_path, articles, encoder, second):
    """It has a bar of its own, in passages."""
    second_spaces_of(second)
    progress = Listener()
    manifest = build_snapshot([articles], tmp_path / "index", encoder, second=second, progress=progress).manifest
    bars = {stage: found for stage, found in progress.stages.items() if stage.startswith("Second opinion")}
    assert bars == {f"Second opinion ({language})": [count, count] for language, count in manifest.passages.items()}


def test_a_corpus_in_one_language_has_an_empty_opinion_of_the_other(tmp_path, articles, encoder, second):
    """And is asked in both."""
    build_snapshot([articles / "en-bus.md"], tmp_path / "index", encoder, second=second)
    pools = open_snapshot(tmp_path / "index").pools
    asked = pools[Language.ZH].second.space.centre_query(second.encode(["公交"])[0])
    assert pools[Language.ZH].second.scores(asked, np.empty(0, np.int64)).shape == (0,)
    assert np.isfinite(pools[Language.EN].second.scores(asked, np.array([0]))).all()


def test_only_what_is_new_is_read(tmp_path, encoder):
    """The update of one article costs its own sentences; what it gives is what a build from nothing gives."""
    articles = many_articles(tmp_path / "articles")
    build_snapshot([articles], tmp_path / "index", encoder, second=FakeSecondEncoder())
    (articles / "new.txt").write_text("Another bus is here. It has come to stay.\n", "utf-8")
    second = FakeSecondEncoder()
    build_snapshot([articles], tmp_path / "index", encoder, second=second)
    assert second.read == ["Another bus is here.", "It has come to stay."]
    build_snapshot([articles], tmp_path / "anew", encoder, second=FakeSecondEncoder())
    assert published_files(tmp_path / "index") == published_files(tmp_path / "anew")


def test_what_repeats_is_read_once(tmp_path, encoder, second):
    """A reprint has the same sentences."""
    second_spaces_of(second)
    second.read.clear()
    documents = [Document(f"d{number}", "", "天津港。新航线。", Language.ZH) for number in range(5)]
    corpus = [(each, whole_passages(each, encoder)) for each in documents]
    index_passages(corpus, tmp_path / "index", encoder, second=second)
    assert second.read == ["天津港。", "新航线。"]


@dataclass(frozen=True, slots=True)
class DyingSecondEncoder(FakeSecondEncoder):
    """A second encoder whose process is killed at its third batch."""

    batches: list[int] = field(default_factory=list)

    def encode(self, texts):
        self.batches.append(len(texts))
        if len(self.batches) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeSecondEncoder.encode(self, texts)


_BUILD = """
import sys
from pathlib import Path
sys.path[:0] = {paths!r}
from fakes import FakeTokenEncoder
from indexer import build_snapshot
from test_second_index import DyingSecondEncoder
build_snapshot([Path({articles!r})], Path({index!r}), FakeTokenEncoder(), second=DyingSecondEncoder())
"""


def test_a_killed_build_is_resumed_and_ends_as_if_nothing_had_happened(tmp_path, encoder):
    """What was read before the kill isn't read again, by either encoder; every file is the same to the byte."""
    articles, whole, rest = many_articles(tmp_path / "articles"), FakeSecondEncoder(), FakeSecondEncoder()
    reference_of(encoder)  # both are measured once, and kept
    second_spaces_of(FakeSecondEncoder())
    build_snapshot([articles], tmp_path / "whole", encoder, second=whole)
    paths = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "indexer")]
    code = _BUILD.format(paths=paths, articles=str(articles), index=str(tmp_path / "index"))
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    build_snapshot([articles], tmp_path / "index", encoder, second=rest)
    assert rest.read == [sentence for sentence in whole.read if sentence in set(rest.read)]
    assert len(rest.read) < len(whole.read) - 64  # two batches of 64 passages, each of a sentence at least
    assert published_files(tmp_path / "index") == published_files(tmp_path / "whole")


@dataclass(frozen=True, slots=True)
class ForgetfulEncoder(FakeTokenEncoder):
    """An encoder that knows no token of some passages, which have no sentences then."""

    def encode_passages_and_tokens(self, texts):
        embeddings, tokens = FakeTokenEncoder.encode_passages_and_tokens(self, texts)
        nothing = TokenEmbeddings(np.empty((0, self.dimension), np.float32), np.empty((0, 2), np.int32))
        return EncodedTexts(
            embeddings, [nothing if "港" in text else own for text, own in zip(texts, tokens, strict=True)]
        )


def test_a_passage_without_sentences_keeps_its_neighbours_apart(tmp_path, second):
    """Its rows are empty, and the next passage's are its own."""
    texts = ["武清区公布预算。", "天津港口吞吐量。", "水稻丰收了。"]
    documents = [Document(str(number), "", text, Language.ZH) for number, text in enumerate(texts)]
    encoder = ForgetfulEncoder()
    index_passages(
        [(each, whole_passages(each, encoder)) for each in documents], tmp_path / "index", encoder, second=second
    )
    opinion = open_snapshot(tmp_path / "index").pools[Language.ZH].second
    assert [len(sentences_at(opinion.sentences, row).spans) for row in range(3)] == [1, 0, 1]
    asked = opinion.space.centre_query(second.encode(["水稻丰收了。"])[0])
    assert opinion.scores(asked, np.arange(3)).argmax() == 2
