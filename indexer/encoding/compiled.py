"""A sentence-transformers model as `compiling` made it: int8, run by CTranslate2, without torch or transformers.

    network/         the weights, int8, from token ids to the last hidden layer
    tokenizer.json   the tokenizer, with the pieces that Chinese and English text can have
    compiled.json    the rest: `CompiledModel`

Weights have a scale for each row, activations one for each token, so a text's vectors don't depend on the texts beside
it in a batch.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.encoding.encoder import EncodedTexts, EncoderIdentity, TokenEmbeddings, is_own, own_tokens, too_long
from indexer.encoding.prompted import PromptedTokenEncoder
from indexer.errors import EncoderError
from indexer.spaces.language_space import unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

    Embeddings = NDArray[np.float32]

NETWORK, TOKENIZER, DESCRIPTION = "network", "tokenizer.json", "compiled.json"

REFUSED = 3
"""How the process that compiles ends where its last line says what is wrong."""

_BATCH_TOKENS = 512
"""Padded tokens of a batch: with more, what lies between two layers no longer fits into the processor's cache."""
_AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}
"""What CTranslate2 asks of a processor before it uses AVX-512."""


@dataclass(frozen=True, slots=True)
class CompiledModel:
    """The description of a compiled model: all that it is besides its files.

    Attributes:
        query_prompt: stands before each query.
        passage_prompt: stands before each passage.
        dimension: of an embedding.
        window: tokens that the model reads, prompt and special tokens counted.
        pooling: `mean` of the tokens, or `cls`, the first one.
        agreement: the least cosine with what the float32 model gives, on some texts of the reference.
        reason: why the model can't be compiled; empty where it is.
    """

    query_prompt: str = ""
    passage_prompt: str = ""
    dimension: int = 0
    window: int = 0
    pooling: str = "mean"
    agreement: float = 0.0
    reason: str = ""

    def save(self, folder: Path) -> None:
        """Write it to a folder."""
        (folder / DESCRIPTION).write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False), "utf-8")

    @classmethod
    def open(cls, folder: Path) -> CompiledModel:
        """Read what `save` wrote.

        Raises:
            EncoderError: it can't be read.
        """
        try:
            return cls(**json.loads((folder / DESCRIPTION).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise EncoderError(
                f"{folder}: not a compiled model ({error}). Remove the folder; it is made anew."
            ) from error


class CompiledEncoder(PromptedTokenEncoder):
    """A compiled model as an encoder. Safe to use from several threads.

    Each text, or batch of texts, is run by one thread: two threads on one question would mostly wait for each other.
    """

    pools_by_mean: bool

    def __init__(self, folder: Path, *, name: str, revision: str | None, threads: int | None = None) -> None:
        import ctranslate2
        from tokenizers import Tokenizer

        self._model = CompiledModel.open(folder)
        self.pools_by_mean = self._model.pooling == "mean"
        self._threads = threads or os.cpu_count() or 1
        _use_widest_registers()
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._network = ctranslate2.Encoder(str(folder / NETWORK), inter_threads=self._threads, intra_threads=1)
        except Exception as error:  # the tokenizer and the runtime raise bare ones
            message = f"{folder}: can't be loaded ({str(error).strip()[:200]}). Remove the folder; it is made anew."
            raise EncoderError(message) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        prompts = self._model.query_prompt, self._model.passage_prompt
        longest = max(len(self._tokenizer.encode(prompt).ids) for prompt in prompts)
        super().__init__(EncoderIdentity(name, revision, *prompts, self._model.dimension), self._model.window - longest)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _encode(self, texts: Sequence[str], prompt: str) -> Embeddings:
        return self._encode_with_tokens(texts, prompt).embeddings

    def _encode_with_tokens(self, texts: Sequence[str], prompt: str) -> EncodedTexts:
        encoded = self._tokenizer.encode_batch([prompt + text for text in texts])
        spans = [_spans(encoding, prompt) for encoding in encoded]
        longest = max((int(is_own(places).sum()) for places in spans), default=0)
        if longest > self._max_tokens:
            raise too_long(longest, self._max_tokens)
        embeddings = np.empty((len(texts), self._model.dimension), np.float32)
        tokens: dict[int, TokenEmbeddings] = {}
        batches = list(_batches([len(encoding.ids) for encoding in encoded]))
        hidden_layers = self._run_all([[encoded[row].ids for row in rows] for rows in batches])
        for rows, hidden in zip(batches, hidden_layers, strict=True):
            for row, vectors in zip(rows, hidden, strict=True):
                embeddings[row] = vectors.mean(axis=0) if self.pools_by_mean else vectors[0]
                tokens[row] = own_tokens(spans[row], vectors)
        return EncodedTexts(unit(embeddings), [tokens[row] for row in range(len(texts))])

    def _run_all(self, batches: Sequence[Sequence[Sequence[int]]]) -> Iterator[list[Embeddings]]:
        """The last hidden layer of each batch; as many at a time as there are threads."""
        if len(batches) <= 1:
            yield from map(self._run, batches)
            return
        with ThreadPoolExecutor(self._threads) as threads:
            yield from threads.map(self._run, batches)

    def _run(self, ids: Sequence[Sequence[int]]) -> list[Embeddings]:
        """The last hidden layer `(t, d)` of each text."""
        hidden = np.array(self._network.forward_batch(ids).last_hidden_state)
        return [hidden[row, : len(tokens)] for row, tokens in enumerate(ids)]


def _use_widest_registers() -> None:
    """Have CTranslate2 use AVX-512 where the processor has it: a third faster than AVX2, which it would take by itself.

    It avoids what made processors slow down in 2017. It reads its setting once, before it runs anything.
    """
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8").split())
    except OSError:  # another system: it chooses
        return
    if flags >= _AVX512:
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of like length together, longest first."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (-lengths[row], row)):
        if batch and (len(batch) + 1) * lengths[batch[0]] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _spans(encoded: Encoding, prompt: str) -> NDArray[np.int32]:
    """The place of each token in the text: `(t, 2)`, before 0 for the prompt's."""
    return np.array(encoded.offsets, np.int32).reshape(-1, 2) - len(prompt)
