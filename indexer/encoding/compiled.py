"""A sentence-transformers model as `compiling` made it: int8, run by OpenVINO, without torch or transformers.

    model.xml, model.bin   the network from word embeddings to the last hidden layer, static int8
    words.npy              the word embeddings `(v, w)`, float16: only the rows that are used are read
    tokenizer.json         the tokenizer, with the pieces that Chinese and English text can have
    compiled.json          the rest: `CompiledModel`

The scales of static int8 are fixed when the model is compiled, so a text's vectors don't depend on the texts beside it
in a batch, as those of dynamic int8 do.
"""

from __future__ import annotations

import json
import os
import threading
import weakref
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock

from indexer.encoding.encoder import EncodedTexts, EncoderIdentity, TokenEmbeddings, is_own, own_tokens, too_long
from indexer.errors import EncoderError
from indexer.language_space import unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

    Embeddings = NDArray[np.float32]

MODEL, WORDS, TOKENIZER, DESCRIPTION = "model.xml", "words.npy", "tokenizer.json", "compiled.json"

REFUSED = 3
"""How the process that compiles ends where its last line says what is wrong."""

_BATCH_TOKENS = 2048
"""Padded tokens of a batch: more don't make it faster, and take memory."""
_STEP = 16
"""Lengths are padded to a multiple of it: for each shape that it meets, the network is prepared once."""
_SHORT = 32
"""Tokens of a short text, as nearly all questions are. It is run alone, by a network of that one shape: it takes half
the time of one for any shape, and in a batch short texts gain nothing."""
_KERNELS = 256
"""Kernels that are kept, each made for one shape of input: about four shapes."""


@dataclass(frozen=True, slots=True)
class CompiledModel:
    """What a compiled model is, besides its files.

    Attributes:
        query_prompt: stands before each query.
        passage_prompt: stands before each passage.
        dimension: of an embedding.
        window: tokens that the model reads, prompt and special tokens counted.
        pooling: `mean` of the tokens, or `cls`, the first one.
        agreement: the least cosine with what the float32 model gives, on texts it wasn't calibrated on.
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


class CompiledEncoder:
    """A compiled model as an encoder. Safe to use from several threads, one of them at a time runs it."""

    pools_by_mean: bool

    def __init__(self, folder: Path, *, name: str, revision: str | None, threads: int | None = None) -> None:
        from tokenizers import Tokenizer

        self._model = CompiledModel.open(folder)
        self.pools_by_mean = self._model.pooling == "mean"
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._words = _WordTable(folder / WORDS)
            self._short = _Network(folder / MODEL, threads, (1, _SHORT))
        except Exception as error:  # the tokenizer and the runtime raise bare ones
            message = f"{folder}: can't be loaded ({str(error).strip()[:200]}). Remove the folder; it is made anew."
            raise EncoderError(message) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._lock = threading.Lock()
        self._identity = EncoderIdentity(
            name, revision, self._model.query_prompt, self._model.passage_prompt, self._model.dimension
        )
        prompts = self._model.query_prompt, self._model.passage_prompt
        self._max_tokens = self._model.window - max(len(self._tokenizer.encode(prompt).ids) for prompt in prompts)
        self._folder, self._threads = folder, threads
        self._run([[0]])

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is."""
        return self._identity

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, prompt and special tokens not counted."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""
        return [len(found.ids) for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of passages.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self.encode_passages_and_tokens(texts).embeddings

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of queries.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self.encode_queries_and_tokens(texts).embeddings

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of passages, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._model.passage_prompt)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of queries, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._model.query_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> EncodedTexts:
        encoded = self._tokenizer.encode_batch([prompt + text for text in texts])
        spans = [_spans(found, prompt) for found in encoded]
        longest = max((int(is_own(found).sum()) for found in spans), default=0)
        if longest > self._max_tokens:
            raise too_long(longest, self._max_tokens)
        embeddings = np.empty((len(texts), self._model.dimension), np.float32)
        tokens: dict[int, TokenEmbeddings] = {}
        for rows in _batches([len(found.ids) for found in encoded]):
            hidden = self._run([encoded[row].ids for row in rows])
            for row, vectors in zip(rows, hidden, strict=True):
                embeddings[row] = vectors.mean(axis=0) if self.pools_by_mean else vectors[0]
                tokens[row] = own_tokens(spans[row], vectors)
        return EncodedTexts(unit(embeddings), [tokens[row] for row in range(len(texts))])

    def _run(self, ids: Sequence[Sequence[int]]) -> list[Embeddings]:
        """The last hidden layer `(t, d)` of each text."""
        longest = max(map(len, ids))
        is_short = len(ids) == 1 and longest <= _SHORT
        padded = np.zeros((len(ids), _SHORT if is_short else longest + -longest % _STEP), np.int64)
        mask = np.zeros_like(padded)
        for row, found in enumerate(ids):
            padded[row, : len(found)] = found
            mask[row, : len(found)] = 1
        words = self._words.rows(padded)
        with self._lock:
            hidden = (self._short if is_short else self._any)(words, mask)
            return [hidden[row, : len(found)].copy() for row, found in enumerate(ids)]

    @cached_property
    def _any(self) -> _Network:
        """For texts of any length. It takes as much memory again, so it's loaded with the first longer one."""
        return _Network(self._folder / MODEL, self._threads)


class _Network:
    """The network, from word embeddings `(n, t, w)` and a mask `(n, t)` to the last hidden layer `(n, t, d)`.

    Args:
        path: the model's.
        threads: how many it may use; every core for one text at a time if unset.
        shape: `(n, t)`, if it is to take no other.
    """

    def __init__(self, path: Path, threads: int | None, shape: tuple[int, int] | None = None) -> None:
        import openvino

        # Where the processor has bfloat16, OpenVINO would use it between the integer layers, and lose what int8 keeps.
        settings: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",
            "CPU_RUNTIME_CACHE_CAPACITY": str(_KERNELS),
        }
        if threads is not None:
            settings["INFERENCE_NUM_THREADS"] = threads
        core = openvino.Core()
        network = core.read_model(str(path))
        if shape:
            words, mask = network.inputs
            network.reshape({words: [*shape, words.partial_shape[2]], mask: list(shape)})
        with _kept(core, path.parent):
            self._request = core.compile_model(network, "CPU", settings).create_infer_request()

    def __call__(self, words: Embeddings, mask: NDArray[np.int64]) -> Embeddings:
        """The last hidden layer; the next call overwrites it."""
        hidden: Embeddings = self._request.infer([words, mask], share_inputs=True, share_outputs=True)[0]
        return hidden


@contextmanager
def _kept(core: Any, folder: Path) -> Iterator[None]:  # noqa: ANN401 - of the runtime's own types
    """Keep what the runtime works out for this processor: the next start takes a third of the time.

    One process at a time writes it; where the folder can't be written, nothing is kept.
    """
    if not os.access(folder, os.W_OK):
        yield
        return
    with FileLock(folder / ".lock"):
        core.set_property({"CACHE_DIR": str(folder / "openvino")})
        yield


class _WordTable:
    """Rows of a matrix in an `.npy` file, read when they are asked for.

    Mapped, all of it would soon count as this process's memory: the system maps whole stretches around a row.
    """

    def __init__(self, path: Path) -> None:
        matrix: np.memmap[Any, Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        self._type, self._width, self._start = matrix.dtype, matrix.shape[1], matrix.offset
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    def rows(self, numbers: NDArray[np.int64]) -> Embeddings:
        """The rows `(…, w)`, float32, of numbers `(…)`."""
        wanted, places = np.unique(numbers, return_inverse=True)
        found = np.empty((len(wanted), self._width), self._type)
        for row, number in zip(found, wanted.tolist(), strict=True):
            os.preadv(self._file, [row], self._start + number * row.nbytes)
        return found.astype(np.float32)[places.reshape(numbers.shape)]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of like length together, longest first; short ones alone."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (-lengths[row], row)):
        if batch and (lengths[row] <= _SHORT or (len(batch) + 1) * lengths[batch[0]] > _BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _spans(encoded: Encoding, prompt: str) -> NDArray[np.int32]:
    """Where in the text each token is: `(t, 2)`, before 0 for the prompt's."""
    return np.array(encoded.offsets, np.int32).reshape(-1, 2) - len(prompt)
