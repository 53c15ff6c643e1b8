"""A sentence-transformers model made fast for processors: exported once, and quantised to static int8.

The last hidden layer is traced from torch and converted by OpenVINO; NNCF then measures how large its activations get
on passages and queries of the reference text, and fixes the scales of integers by that, after moving outliers from
activations to weights (Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language
Models", 2023). Word embeddings stay float16 and out of the network: a table that is looked up needs no memory but for
the rows of the text.

It runs in a process of its own, which ends with torch in it: `python -m indexer.encoding.compiling MODEL FOLDER`.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.cache import publish
from indexer.encoding.bundled import BUNDLED_MODEL, bundled_model
from indexer.encoding.compiled import MODEL, REFUSED, TOKENIZER, WORDS, CompiledEncoder, CompiledModel
from indexer.encoding.sentence_transformer import TokenTransformerEncoder, load_sentence_transformer
from indexer.errors import EncoderError
from indexer.reference_text import reference_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.encoding.encoder import EncoderIdentity

_CALIBRATION, _HELD_OUT = 128, 32
"""Texts that scales are measured on, and those that the result is checked on."""
_LEAST_AGREEMENT = 0.98
"""The cosine with float32 below which a model isn't worth its speed."""
_POOLINGS = ("mean", "cls")
_SCRIPTS = ("LATIN", "CJK", "IDEOGRAPHIC", "BOPOMOFO", "GREEK", "HIRAGANA", "KATAKANA", "COMBINING", "MODIFIER")
"""What the names of letters begin with that Chinese and English text has. Single letters of other scripts stay, too."""


class _NotCompilable(Exception):  # noqa: N818 - a finding, no error
    """A model that runs as it is only."""


def compile_model(model: str, folder: Path) -> None:
    """Write the compiled form of a model to a folder, or the reason why there is none.

    Args:
        model: the bundled model's name, or a folder with a sentence-transformers model.
        folder: what `CompiledEncoder` opens.

    Raises:
        EncoderError: the model can't be loaded.
        OSError: the folder can't be written.
    """
    source = str(bundled_model()) if model == BUNDLED_MODEL else model
    loaded = load_sentence_transformer(source)

    def write(draft: Path) -> None:
        try:
            _write(loaded, draft)
        except _NotCompilable as reason:
            for path in draft.iterdir():
                path.unlink()
            CompiledModel(reason=str(reason)).save(draft)

    publish(folder, write)


def _write(model: Any, folder: Path) -> None:  # noqa: ANN401 - untyped library
    pooling = _pooling(model)
    encoder = TokenTransformerEncoder(model, name="", revision=None)
    pieces, words = _pruned(json.loads(model.tokenizer.backend_tokenizer.to_str()), _word_embeddings(model))
    (folder / TOKENIZER).write_text(json.dumps(pieces, ensure_ascii=False), "utf-8")
    np.save(folder / WORDS, words)
    texts = list(_texts(encoder.identity))
    _quantise(model, folder, words, texts[:_CALIBRATION])
    compiled = CompiledModel(
        query_prompt=encoder.identity.query_prompt,
        passage_prompt=encoder.identity.passage_prompt,
        dimension=encoder.identity.dimension,
        window=int(model.max_seq_length or 512),
        pooling=pooling,
    )
    compiled.save(folder)
    agreement = _agreement(encoder, CompiledEncoder(folder, name="", revision=None))
    if agreement < _LEAST_AGREEMENT:
        raise _NotCompilable(f"as int8 its vectors have only a cosine of {agreement:.3f} with its own")
    replace(compiled, agreement=agreement).save(folder)


def _pooling(model: Any) -> str:  # noqa: ANN401
    """How a model makes one vector of its tokens, where `CompiledEncoder` can do the same."""
    names = [type(module).__name__ for module in model]
    mode = getattr(model[1], "pooling_mode", None) if names[:2] == ["Transformer", "Pooling"] else None
    if names not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or mode not in _POOLINGS:
        raise _NotCompilable(f"it is made of {', '.join(names)}, and pools by {mode}")
    if not getattr(model[1], "include_prompt", True) or not hasattr(model[0], "auto_model"):
        raise _NotCompilable("its prompt isn't pooled")
    return str(mode)


def _word_embeddings(model: Any) -> np.ndarray[Any, np.dtype[np.float16]]:  # noqa: ANN401
    import torch

    table = model[0].auto_model.get_input_embeddings()
    with torch.no_grad():
        words: np.ndarray[Any, np.dtype[np.float16]] = table(torch.arange(table.num_embeddings)).half().numpy()
    return words


def _pruned(tokenizer: dict[str, Any], words: np.ndarray[Any, Any]) -> tuple[dict[str, Any], np.ndarray[Any, Any]]:
    """A SentencePiece tokenizer and its embeddings without the pieces that neither language can have.

    A piece is only ever chosen where the text has all its letters, so the tokens of Chinese and English text stay what
    they were.
    """
    if tokenizer["model"]["type"] != "Unigram":
        return tokenizer, words
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["id"] for token in tokenizer["added_tokens"]} | {tokenizer["model"]["unk_id"]}
    kept = [number for number, (piece, _) in enumerate(vocabulary) if number in special or _is_used(piece)]
    renumbered = {old: new for new, old in enumerate(kept)}
    tokenizer["model"]["vocab"] = [vocabulary[number] for number in kept]
    tokenizer["model"]["unk_id"] = renumbered[tokenizer["model"]["unk_id"]]
    for token in tokenizer["added_tokens"]:
        token["id"] = renumbered[token["id"]]
    for token in ((tokenizer["post_processor"] or {}).get("special_tokens") or {}).values():
        token["ids"] = [renumbered[number] for number in token["ids"]]
    return tokenizer, words[kept]


def _is_used(piece: str) -> bool:
    letters = piece.strip("▁")
    return len(letters) <= 1 or all(
        unicodedata.category(letter)[0] not in "LM" or unicodedata.name(letter, "").startswith(_SCRIPTS)
        for letter in letters
    )


def _texts(identity: EncoderIdentity) -> Iterator[str]:
    """Passages and queries of both languages in turn, prompts before them."""
    for entries in zip(
        *(zip(text.passages, text.queries, strict=True) for text in reference_text().values()), strict=True
    ):
        for passage, query in entries:
            yield identity.passage_prompt + passage
            yield identity.query_prompt + query


def _quantise(model: Any, folder: Path, words: np.ndarray[Any, Any], texts: Sequence[str]) -> None:  # noqa: ANN401
    """Write the network in int8."""
    import nncf
    import openvino
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.enable_truncation(int(model.max_seq_length or 512))
    tokenizer.no_padding()

    def inputs(text: str) -> list[np.ndarray[Any, Any]]:
        ids = tokenizer.encode(text).ids
        return [words[ids][None].astype(np.float32), np.ones((1, len(ids)), np.int64)]

    quantised = nncf.quantize(
        _exported(model, words.shape[1]),
        nncf.Dataset(list(texts), inputs),
        model_type=nncf.ModelType.TRANSFORMER,
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(texts),
        # Correcting biases takes as long as all the rest and changes nothing: cosine .9990 with it, .9990 without.
        advanced_parameters=nncf.AdvancedQuantizationParameters(disable_bias_correction=True),
    )
    openvino.save_model(quantised, folder / MODEL, compress_to_fp16=False)


def _exported(model: Any, width: int) -> Any:  # noqa: ANN401
    """The network from word embeddings `(n, t, w)` and a mask `(n, t)` to the last hidden layer `(n, t, d)`."""
    import openvino
    import torch

    class LastLayer(torch.nn.Module):
        def __init__(self, transformer: torch.nn.Module) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, inputs_embeds: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            layer: torch.Tensor = self.transformer(
                inputs_embeds=inputs_embeds, attention_mask=attention_mask
            ).last_hidden_state
            return layer

    example = {"inputs_embeds": torch.zeros(2, 7, width), "attention_mask": torch.ones(2, 7, dtype=torch.int64)}
    shapes = [
        ("inputs_embeds", [-1, -1, width], openvino.Type.f32),
        ("attention_mask", [-1, -1], openvino.Type.i64),
    ]
    try:
        return openvino.convert_model(LastLayer(model[0].auto_model.eval()), example_input=example, input=shapes)
    except Exception as error:  # whatever tracing meets in a model's own code
        raise _NotCompilable(f"it can't be exported ({str(error).strip().splitlines()[0][:200]})") from error


def _agreement(encoder: TokenTransformerEncoder, compiled: CompiledEncoder) -> float:
    """The least cosine between the two on texts that had no part in calibration."""
    texts = [passage for text in reference_text().values() for passage in text.passages[-_HELD_OUT // 2 :]]
    theirs, ours = encoder.encode_passages(texts), compiled.encode_passages(texts)
    return float((theirs * ours).sum(axis=1).min())


if __name__ == "__main__":
    try:
        compile_model(sys.argv[1], Path(sys.argv[2]))
    except (EncoderError, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(REFUSED)
