"""Indexes grown without the model, served with it."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEncoder, FakeSecondEncoder, FakeTokenEncoder

from indexer import EncoderError, Language, TokenEncoder, index_passages, open_snapshot
from indexer.encoding import probe
from service.laboratory.bench.corpora.corpus import grown_articles, grown_texts, sentences
from service.laboratory.bench.corpora.growth import (
    GrownEncoder,
    GrownSecondEncoder,
    SentenceVectors,
    all_sentences,
    grown_vectors,
    nearness,
    read_sentences,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known():
    return read_sentences(FakeTokenEncoder(), ["天津的公交", "the bridge of Tianjin"])


@pytest.fixture
def grown(known):
    return GrownEncoder(FakeTokenEncoder(), known)


def test_a_grown_passage_lies_near_its_sentences_and_is_no_other_s(grown, known):
    """Neighbours stay neighbours, and no two passages have one vector."""
    texts = list(grown_texts(Language.EN, 200))
    found = grown.encode_passages(texts)
    rows = {sentence: row for row, sentence in enumerate(all_sentences())}
    means = np.array([known.embeddings[[rows[line] for line in text.split("\n")]].mean(axis=0) for text in texts])
    cosines = (found * means).sum(axis=1) / np.linalg.norm(means, axis=1)
    assert cosines.min() > 0.97
    assert np.linalg.norm(found, axis=1) == pytest.approx(1)
    assert (found @ found.T - 2 * np.eye(200)).max() < 0.9999


def test_a_grown_passage_s_tokens_point_into_it(grown):
    """Highlights and late interaction use the places of tokens."""
    texts = list(grown_texts(Language.ZH, 5))
    real = FakeTokenEncoder().encode_passages_and_tokens(texts)
    for text, tokens, own in zip(texts, grown.encode_passages_and_tokens(texts).tokens, real.tokens, strict=True):
        assert [text[start:end] for start, end in tokens.spans] == [text[start:end] for start, end in own.spans]


def test_other_texts_are_read_by_the_real_encoder(grown):
    """What an index keeps to know its encoder by is the encoder's own."""
    assert isinstance(grown, TokenEncoder)
    assert grown.identity == FakeTokenEncoder().identity
    assert np.array_equal(probe(grown), probe(FakeTokenEncoder()))


def test_a_grown_index_is_accepted_by_the_real_encoder(grown, tmp_path):
    """It is served like any other."""
    manifest = index_passages(grown_articles(60), tmp_path / "index", grown)
    assert sum(manifest.passages.values()) == 60
    snapshot = open_snapshot(tmp_path / "index")
    snapshot.check_encoder(FakeTokenEncoder())
    snapshot.close()


def test_vectors_are_grown_in_blocks_to_any_number(known):
    """Unit, distinct, the same on every run."""
    found = np.concatenate(list(grown_vectors(known, 501)))
    assert found.shape == (501, 32)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1)
    assert len(np.unique(found, axis=0)) == 501
    assert np.array_equal(found, np.concatenate(list(grown_vectors(known, 501))))


def test_grown_vectors_are_as_near_to_each_other_as_real_ones(known):
    """Or an index of them would be easier, or harder, to search than one of real passages."""
    zh = len(sentences()[Language.ZH])
    grown = np.concatenate(list(grown_vectors(known, 2 * zh)))[:zh]
    assert nearness(grown) == pytest.approx(nearness(known.embeddings[:zh]), abs=0.02)


def test_what_was_read_is_kept_whole(known, tmp_path):
    """A second run needs no model."""
    known.save(tmp_path / "sentences.npz")
    assert all(
        np.array_equal(one, other)
        for one, other in zip(known, SentenceVectors.open(tmp_path / "sentences.npz"), strict=True)
    )


def test_an_encoder_without_tokens_is_refused(known):
    """With a sentence that says so, rather than an index that is like no other."""
    with pytest.raises(EncoderError, match="tokens"):
        GrownEncoder(FakeEncoder(), known)


def test_the_second_encoder_reads_no_sentence_twice():
    """A million grown passages have a few hundred sentences."""
    real = FakeSecondEncoder()
    grown = GrownSecondEncoder(real)
    for texts in (["a", "b", "a"], ["b", "c"], []):
        np.testing.assert_array_equal(grown.encode(texts), FakeSecondEncoder().encode(texts))
    assert real.read == ["a", "b", "c"]
