"""Texts to what the encoder gives for them, now or then."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
from fakes import FakeEncoder, FakeTokenEncoder

from indexer import Language, build_snapshot, read_manifest
from indexer.building.cached_encoder import EncodedText, Reader, Role, Text
from indexer.reference import reference_of
from indexer.storage.build_cache import DERIVED, DerivedStore

ENCODERS = {
    "mean of tokens": FakeTokenEncoder(),
    "pooled otherwise": FakeTokenEncoder(pools_by_mean=False),
    "no tokens": FakeEncoder(),
}
TEXTS = [
    Text(Role.PASSAGE, "天津港吞吐量创新高。新航线开通了。", Language.ZH),
    Text(Role.TITLE, "天津港吞吐量创新高。新航线开通了。", Language.ZH),
    Text(Role.PASSAGE, "The port opened three routes. It will grow.", Language.EN),
    Text(Role.PASSAGE, "The port opened three routes. It will grow.", Language.ZH),
]


@pytest.fixture
def store(tmp_path):
    with closing(DerivedStore(tmp_path / DERIVED)) as store:
        yield store


@pytest.fixture(params=ENCODERS.values(), ids=ENCODERS)
def any_encoder(request):
    return request.param


def reader_of(encoder, store):
    reference_of(encoder)  # measured once, and rounded when it is loaded again
    return Reader(encoder, reference_of(encoder).tokens, store)


def assert_equal(one: EncodedText, other: EncodedText) -> None:
    for left, right in zip(
        (one.embedding, *one.sentences, one.codes), (other.embedding, *other.sentences, other.codes), strict=True
    ):
        np.testing.assert_array_equal(left, right)


def test_what_is_read_again_is_the_same_to_the_bit(store, any_encoder):
    """In whatever company; and it isn't encoded again."""
    first = reader_of(any_encoder, store).read(TEXTS, lambda _: None)
    told = []
    again = reader_of(any_encoder, store).read(TEXTS[::-1], lambda done: told.append(len(done)))
    assert told == [len(TEXTS)]
    for one, other in zip(first, again[::-1], strict=True):
        assert_equal(one, other)


def test_an_embedding_is_the_encoder_s(store, any_encoder):
    """Of a passage and of a query, each with its own prompt."""
    reader = reader_of(any_encoder, store)
    (passage,) = reader.read(TEXTS[:1], lambda _: None)
    (query,) = reader.read([Text(Role.QUERY, TEXTS[0].text)], lambda _: None)
    np.testing.assert_array_equal(passage.embedding, any_encoder.encode_passages([TEXTS[0].text])[0])
    np.testing.assert_array_equal(query.embedding, any_encoder.encode_queries([TEXTS[0].text])[0])
    assert not np.array_equal(passage.embedding, query.embedding)


def test_only_passages_have_sentences(store, any_encoder):
    """A title is one."""
    passage, title, *_ = reader_of(any_encoder, store).read(TEXTS, lambda _: None)
    assert passage.sentences.spans.tolist() == [[0, 10], [10, 17]]
    assert len(title.sentences.spans) == 0
    np.testing.assert_array_equal(passage.codes, title.codes)


def test_tokens_are_centred_as_the_text_s_language_s(store, encoder):
    """The same text as a passage of another language has other codes."""
    *_, as_english, as_chinese = reader_of(encoder, store).read(TEXTS, lambda _: None)
    assert not np.array_equal(as_english.codes, as_chinese.codes)
    np.testing.assert_array_equal(as_english.embedding, as_chinese.embedding)


@pytest.mark.slow
def test_encoders_do_not_read_each_other_s(store):
    """Another revision, another prompt or another way of pooling makes other vectors."""
    readers = [
        reader_of(encoder, store)
        for encoder in (*ENCODERS.values(), FakeTokenEncoder(revision="2"), FakeTokenEncoder(passage_prompt=""))
    ]
    for number, reader in enumerate(readers):
        assert not reader.has(TEXTS[0])
        reader.read(TEXTS, lambda _: None)
        assert [each.has(TEXTS[0]) for each in readers] == [place <= number for place in range(len(readers))]


def test_the_size_of_windows_and_batches_changes_nothing(tmp_path, articles, encoder, monkeypatch):
    """A passage's title may come from the window before, its twin from the next."""
    reference_of(encoder)
    build_snapshot([articles], tmp_path / "one", encoder)
    monkeypatch.setattr("indexer.building.language_pools._WINDOW", 2)
    monkeypatch.setattr("indexer.building.cached_encoder._BLOCK", 1)
    monkeypatch.setattr("indexer.storage.mapped_arrays.BLOCK", 1)
    monkeypatch.setattr("indexer.storage.ragged_array.BLOCK", 1)
    build_snapshot([articles], tmp_path / "other", encoder)
    one, other = (read_manifest(tmp_path / name).files for name in ("one", "other"))
    assert {name for name in one if one[name] != other[name]} <= {"statistics.npz"}  # sums in another order
