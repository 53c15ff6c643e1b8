"""Models of other families: compiled where CTranslate2 knows them, run as they are where it doesn't."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from checks import wait_until

from indexer import load_encoder
from indexer.encoding import bundled_model

pytestmark = pytest.mark.slow  # torch and the converter, in a process of their own

TEXTS = ["the bus runs all day long", "武清的财政收入", "a second text, beside the first one"]


@pytest.fixture
def model_of(tmp_path, monkeypatch):
    """A small model with random weights and the bundled model's tokenizer, by its configuration's class."""
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoModel, AutoTokenizer

    def make(family: str):
        torch.manual_seed(7)
        configuration = getattr(transformers, f"{family}Config")(
            vocab_size=len(tokenizer), hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128
        )
        AutoModel.from_config(configuration).save_pretrained(tmp_path / "plain")
        tokenizer.save_pretrained(tmp_path / "plain")
        transformer = Transformer(str(tmp_path / "plain"), max_seq_length=64)
        SentenceTransformer(modules=[transformer, Pooling(64)]).save(str(tmp_path / family))
        return tmp_path / family

    tokenizer = AutoTokenizer.from_pretrained(bundled_model())
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path / "cache"))
    return make


@pytest.mark.parametrize("family", ["Bert", "XLMRoberta"])
def test_a_model_of_a_known_family_is_compiled(model_of, family):
    """And its vectors stay what they were, though its word embeddings are pruned."""
    model = str(model_of(family))
    compiled, plain = load_encoder(model), load_encoder(model, precision="float32")
    assert type(compiled).__name__ == "CompiledEncoder"
    cosines = (compiled.encode_passages(TEXTS) * plain.encode_passages(TEXTS)).sum(axis=1)
    assert np.asarray(cosines).min() > 0.99
    assert compiled.count_tokens(TEXTS) == plain.count_tokens(TEXTS)


def test_a_model_of_an_unknown_family_runs_as_it_is(model_of):
    """The reason is said, and kept: it isn't tried again."""
    model, said = str(model_of("MPNet")), []
    for _ in range(2):
        encoder = load_encoder(model, announce=said.append)
    assert "Compiled" not in type(encoder).__name__
    assert encoder.encode_queries(TEXTS).shape == (3, 64)
    assert len([line for line in said if "Compiling" in line]) == 1
    assert len([line for line in said if "runs in float32, since it can't be converted" in line]) == 2


_COMPILE = "from indexer import load_encoder; load_encoder({model!r}, announce=lambda one: print(one, flush=True))"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=lambda end: end.name)
def test_who_compiles_ends_with_who_asked_for_it(model_of, tmp_path, end):
    """A service that is stopped while it starts leaves no process at work and no draft."""
    code = _COMPILE.format(model=str(model_of("Bert")))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True
    ) as process:
        assert process.stdout.readline().startswith("Compiling")
        wait_until(lambda: _children(process))
        (compiler,) = _children(process)
        wait_until(lambda: list((tmp_path / "cache").glob(".*.draft-*")), 100)
        process.send_signal(end)
    wait_until(lambda: not _lives(compiler), 60)  # it is told between two steps, of which an import is one
    assert not list((tmp_path / "cache").glob(".*.draft-*"))


def _children(process):
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
    return found.stdout.split()


def _lives(number):
    state = subprocess.run(["ps", "-o", "stat=", "-p", number], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")
