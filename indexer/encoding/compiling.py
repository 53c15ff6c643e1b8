"""A sentence-transformers model made fast for processors: its weights as 8-bit integers, in the form of CTranslate2.

Weights are rounded once, activations while it runs, each token by its own scale; so nothing has to be calibrated.

It runs in a process of its own, which ends with torch in it: `python -m indexer.encoding.compiling MODEL FOLDER`.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
import threading
import unicodedata
from _thread import interrupt_main
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.encoding.bundled import BUNDLED_MODEL, bundled_model
from indexer.encoding.compiled import NETWORK, REFUSED, TOKENIZER, CompiledEncoder, CompiledModel
from indexer.encoding.sentence_transformer import TokenTransformerEncoder, load_sentence_transformer
from indexer.errors import EncoderError
from indexer.storage.cache_directory import publish
from indexer.text.reference_corpus import reference_text

_CHECKED_ON = 16
"""Passages and queries of each language of the reference that the result is checked on."""
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
            shutil.rmtree(draft)
            draft.mkdir()
            CompiledModel(reason=str(reason)).save(draft)

    publish(folder, write)


def _write(model: Any, folder: Path) -> None:  # noqa: ANN401 - untyped library
    pooling = _pooling(model)
    encoder = TokenTransformerEncoder(model, name="", revision=None)
    texts = _texts(encoder)
    expected = encoder.encode_passages(texts)
    pieces, numbers = _pruned(json.loads(model.tokenizer.backend_tokenizer.to_str()))
    (folder / TOKENIZER).write_text(json.dumps(pieces, ensure_ascii=False), "utf-8")
    _convert(model, numbers, folder)
    compiled = CompiledModel(
        query_prompt=encoder.identity.query_prompt,
        passage_prompt=encoder.identity.passage_prompt,
        dimension=encoder.identity.dimension,
        window=int(model.max_seq_length or 512),
        pooling=pooling,
    )
    compiled.save(folder)
    actual = CompiledEncoder(folder, name="", revision=None).encode_passages(texts)
    agreement = float((expected * actual).sum(axis=1).min())
    if agreement < _LEAST_AGREEMENT:
        raise _NotCompilable(f"as int8 its vectors have only a cosine of {agreement:.3f} with its own")
    replace(compiled, agreement=agreement).save(folder)


def _texts(encoder: TokenTransformerEncoder) -> list[str]:
    """Passages and queries of the reference text, as far as the model reads them whole."""
    texts = [
        text
        for reference in reference_text().values()
        for text in (*reference.passages[-_CHECKED_ON:], *reference.queries[-_CHECKED_ON:])
    ]
    counts = encoder.count_tokens(texts)
    return [text for text, tokens in zip(texts, counts, strict=True) if tokens <= encoder.max_tokens]


def _pooling(model: Any) -> str:  # noqa: ANN401
    """The pooling by which a model makes one vector of its tokens, where `CompiledEncoder` can do the same."""
    names = [type(module).__name__ for module in model]
    mode = getattr(model[1], "pooling_mode", None) if names[:2] == ["Transformer", "Pooling"] else None
    if names not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or mode not in _POOLINGS:
        raise _NotCompilable(f"it is made of {', '.join(names)}, and pools by {mode}")
    if not getattr(model[1], "include_prompt", True) or not hasattr(model[0], "auto_model"):
        raise _NotCompilable("its prompt isn't pooled")
    return str(mode)


def _pruned(tokenizer: dict[str, Any]) -> tuple[dict[str, Any], list[int] | None]:
    """A SentencePiece tokenizer without the pieces that neither language can have, and the numbers of those it keeps.

    A piece is only ever chosen where the text has all its letters, so the tokens of Chinese and English text stay what
    they were. Other kinds of tokenizers keep all: None.
    """
    if tokenizer["model"]["type"] != "Unigram":
        return tokenizer, None
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["id"] for token in tokenizer["added_tokens"]} | {tokenizer["model"]["unk_id"]}
    numbers = [number for number, (piece, _) in enumerate(vocabulary) if number in special or _is_used(piece)]
    renumbered = {old: new for new, old in enumerate(numbers)}
    tokenizer["model"]["vocab"] = [vocabulary[number] for number in numbers]
    tokenizer["model"]["unk_id"] = renumbered[tokenizer["model"]["unk_id"]]
    for token in tokenizer["added_tokens"]:
        token["id"] = renumbered[token["id"]]
    for token in ((tokenizer["post_processor"] or {}).get("special_tokens") or {}).values():
        token["ids"] = [renumbered[number] for number in token["ids"]]
    return tokenizer, numbers


def _is_used(piece: str) -> bool:
    letters = piece.strip("▁")
    return len(letters) <= 1 or all(
        unicodedata.category(letter)[0] not in "LM" or unicodedata.name(letter, "").startswith(_SCRIPTS)
        for letter in letters
    )


def _convert(model: Any, kept: list[int] | None, folder: Path) -> None:  # noqa: ANN401
    """Write the network in int8, with the word embeddings that are kept.

    Args:
        model: it has no others afterwards.
        kept: the numbers of their pieces; None for all.
        folder: with the tokenizer, which the converter reads, too.
    """
    from ctranslate2.converters import TransformersConverter
    from transformers import PreTrainedTokenizerFast

    transformer = model[0].auto_model
    # CTranslate2 4.8 asks for what transformers 5 no longer says, since it knows no other.
    transformer.config.position_embedding_type = "absolute"
    if kept is not None:
        _keep_words(transformer, kept)
    untyped: Any = PreTrainedTokenizerFast
    tokenizer = untyped(tokenizer_file=str(folder / TOKENIZER), **model.tokenizer.special_tokens_map)
    with tempfile.TemporaryDirectory(prefix="haihe-compile-") as source:
        transformer.save_pretrained(source)
        tokenizer.save_pretrained(source)
        try:
            TransformersConverter(source).convert(str(folder / NETWORK), quantization="int8")
        except Exception as error:  # whatever the converter meets in a model that it doesn't know
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise _NotCompilable(f"it can't be converted ({reason})") from error


def _keep_words(transformer: Any, kept: list[int]) -> None:  # noqa: ANN401
    """Leave a transformer only some of its word embeddings."""
    words = transformer.get_input_embeddings()
    words.weight.data = words.weight.data[kept]
    words.num_embeddings = len(kept)
    transformer.config.vocab_size = len(kept)


def _end_with_parent() -> None:
    """End as at Ctrl+C, drafts removed, when the parent is gone: its end of our standard input closes then."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        interrupt_main()

    if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        threading.Thread(target=watch, name="orphaned", daemon=True).start()


if __name__ == "__main__":
    _end_with_parent()
    try:
        compile_model(sys.argv[1], Path(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except (EncoderError, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(REFUSED)
