"""What an index keeps of its passages: sentences, tokens, terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pytest
from fakes import FakeEncoder, FakeTokenEncoder
from stored import sentences_at, tokens_at

from indexer import (
    Document,
    Language,
    LateInteraction,
    Passage,
    QueryTokens,
    build_snapshot,
    index_passages,
    open_snapshot,
)
from indexer.encoding import EncodedTexts, TokenEmbeddings
from indexer.terms import passage_terms
from indexer.text.chunking import sentence_spans
from indexer.text.language_identification import query_language

ENCODERS = {
    "mean of tokens": FakeTokenEncoder(),
    "pooled otherwise": FakeTokenEncoder(pools_by_mean=False),
    "no tokens": FakeEncoder(),
}


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def _passages(snapshot):
    """Each passage with its language's pool and its row there."""
    for language, pool in snapshot.pools.items():
        for row, passage in enumerate(snapshot.articles.passages_at(language, range(len(pool)))):
            yield passage, pool, row


@pytest.fixture(params=ENCODERS.values(), ids=ENCODERS)
def any_encoder(request):
    return request.param


@pytest.fixture
def snapshot(tmp_path, articles, any_encoder):
    """The articles as an index of each kind of encoder."""
    build_snapshot([articles], tmp_path / "index", any_encoder)
    snapshot = open_snapshot(tmp_path / "index")
    yield snapshot
    snapshot.close()


def test_every_sentence_of_a_passage_is_kept_with_its_place(snapshot):
    """In its order; the spans point into the passage's text."""
    for passage, pool, row in _passages(snapshot):
        assert sentences_at(pool.sentences, row).spans.tolist() == [list(span) for span in sentence_spans(passage.text)]


def test_a_sentence_is_the_mean_of_its_tokens_or_encoded_by_itself(snapshot, any_encoder):
    """Of a model that pools by the mean, its tokens have seen the whole passage; of another, means mean nothing."""
    for passage, pool, row in _passages(snapshot):
        spans = sentence_spans(passage.text)
        expected = any_encoder.encode_passages([passage.text[start:end] for start, end in spans])
        if getattr(any_encoder, "pools_by_mean", False):
            (tokens,) = any_encoder.encode_passages_and_tokens([passage.text]).tokens
            inside = [(tokens.spans[:, 0] >= start) & (tokens.spans[:, 1] <= end) for start, end in spans]
            expected = np.array([_unit(tokens.vectors[chosen].mean(axis=0)) for chosen in inside])
        found = sentences_at(pool.sentences, row).embeddings
        np.testing.assert_allclose(found, pool.sentence_space.centre_passages(expected), atol=0.005)


def test_the_tokens_of_a_sentence_are_those_that_stand_in_it(snapshot, any_encoder):
    """By which the best sentence of a hit is chosen."""
    for passage, pool, row in _passages(snapshot):
        ranges = sentences_at(pool.sentences, row).tokens
        if isinstance(any_encoder, FakeEncoder) and not isinstance(any_encoder, FakeTokenEncoder):
            assert not ranges.any()
            continue
        (tokens,) = any_encoder.encode_passages_and_tokens([passage.text]).tokens
        for (start, end), (first, last) in zip(sentence_spans(passage.text), ranges, strict=True):
            texts = [passage.text[left:right] for left, right in tokens.spans[first:last]]
            assert "".join(texts) == re.sub(r"\s", "", passage.text[start:end])


def test_a_passage_s_tokens_are_its_own_and_then_its_title_s(tmp_path, articles, encoder):
    """What the title names, the passage is found by; each is centred as its own language's are."""
    build_snapshot([articles], tmp_path / "index", encoder)
    snapshot = open_snapshot(tmp_path / "index")
    spaces = snapshot.token_reference.spaces
    for passage, pool, row in _passages(snapshot):
        own, title = encoder.encode_passages_and_tokens([passage.text, passage.context]).tokens
        assert len(title.vectors) > 0
        expected = np.concatenate(
            [
                spaces[passage.language].centre_passage(own.vectors),
                spaces[query_language(passage.context)].centre_passage(title.vectors),
            ]
        )
        found = tokens_at(pool.tokens, row)
        assert found.shape == expected.shape
        assert (_unit(found) * expected).sum(axis=1).mean() > 0.9


def test_terms_are_those_of_text_and_title(snapshot):
    """By the index's own rows."""
    for passage, pool, row in _passages(snapshot):
        for term in passage_terms(f"{passage.context}\n{passage.text}"):
            assert row in pool.terms.rows_with([term])


def test_without_late_interaction_no_tokens_are_kept(tmp_path, articles, encoder):
    """They are most of an index's size; everything else is as it was."""
    manifests = {
        choice: build_snapshot([articles], tmp_path / choice.value, encoder, late_interaction=choice).manifest
        for choice in LateInteraction
    }
    on, off = (set(manifests[choice].files) for choice in (LateInteraction.ON, LateInteraction.OFF))
    assert off < on
    assert {name.split(".", 1)[1] for name in on - off} == {"tokens.npy", "tokens.offsets.npy"}
    snapshot = open_snapshot(tmp_path / "off")
    assert snapshot.token_reference is None
    assert all(pool.tokens is None and len(pool) for pool in snapshot.pools.values())
    assert all(
        manifests[LateInteraction.ON].files[name] == manifests[LateInteraction.OFF].files[name]
        for name in off - {"statistics.npz"}
    )


def test_an_encoder_without_tokens_makes_an_index_without_them(tmp_path, articles):
    """Also where late interaction is asked for: it is the default."""
    manifest = build_snapshot([articles], tmp_path / "index", FakeEncoder()).manifest
    assert not [name for name in manifest.files if "tokens" in name]
    assert open_snapshot(tmp_path / "index").token_reference is None


@dataclass(frozen=True, slots=True)
class ForgetfulEncoder(FakeTokenEncoder):
    """An encoder that has no tokens of some texts, as one that knows no character of them."""

    def encode_passages_and_tokens(self, texts):
        embeddings, tokens = FakeTokenEncoder.encode_passages_and_tokens(self, texts)
        nothing = TokenEmbeddings(np.empty((0, self.dimension), np.float32), np.empty((0, 2), np.int32))
        return EncodedTexts(
            embeddings, [nothing if "港" in text else own for text, own in zip(texts, tokens, strict=True)]
        )


@pytest.mark.parametrize("pools_by_mean", [True, False], ids=["mean of tokens", "pooled otherwise"])
def test_a_passage_without_tokens_is_kept_and_keeps_its_neighbours_apart(tmp_path, pools_by_mean):
    """Its rows are empty, and the next passage's are its own."""
    encoder = ForgetfulEncoder(pools_by_mean=pools_by_mean)
    texts = ["武清区公布预算。", "天津港口吞吐量。", "水稻丰收了。"]
    corpus = [
        (Document(str(row), "", text, Language.ZH), [Passage(str(row), str(row), text, Language.ZH, 0, len(text))])
        for row, text in enumerate(texts)
    ]
    index_passages(corpus, tmp_path / "index", encoder)
    pool = open_snapshot(tmp_path / "index").pools[Language.ZH]
    query = pool.tokens.space.centre_query(encoder.encode_queries_and_tokens(["水稻"]).tokens[0].vectors)
    scores = pool.tokens.scores(QueryTokens(query, pool.tokens.quantizer), np.arange(3))
    assert np.diff(pool.tokens.codes.offsets).tolist() == [len(texts[0]), 0, len(texts[2])]
    assert scores[1] == 0
    assert scores.argmax() == 2


def test_statistics_of_tokens_are_finite_in_a_pool_without_passages(tmp_path, articles, encoder):
    """A corpus in one language: the other's moments are the reference's."""
    build_snapshot(sorted(articles.rglob("zh-*.md")), tmp_path / "index", encoder)
    pools = open_snapshot(tmp_path / "index").pools
    query = pools[Language.EN].tokens.space.centre_query(
        encoder.encode_queries_and_tokens(["port record"]).tokens[0].vectors
    )
    for pool in pools.values():
        asked = QueryTokens(query, pool.tokens.quantizer)
        (mean, variance), _ = pool.tokens.moments(asked, np.zeros(len(pool.tokens.sample.rows), np.float32))
        assert np.isfinite(mean)
        assert variance > 0
    assert pools[Language.EN].tokens.scores(asked, np.empty(0, np.int64)).shape == (0,)
