"""The encoder that a model's name means, and how it is run here."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer.encoding.bundled import BUNDLED_MODEL, BUNDLED_REVISION, bundled_model
from indexer.encoding.compiled import REFUSED, CompiledEncoder, CompiledModel
from indexer.encoding.encoder import not_loadable
from indexer.errors import EncoderError
from indexer.storage.cache_directory import cache_directory, is_whole, making

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.encoding.encoder import Encoder

_VERSION = 2
"""Of what `compiling` makes: other versions are made anew."""
_BLOCK = 1 << 22


class Precision(StrEnum):
    """The precision with which a model is run."""

    INT8 = "int8"
    """Compiled to 8-bit integers, where that is possible; as it is, elsewhere."""
    FLOAT32 = "float32"
    """As it is, by torch."""


class _Source(NamedTuple):
    """A model: what the manifest calls it, where it is read from, and what tells it from others of the same name."""

    name: str
    place: str
    revision: str | None
    fingerprint: str


def load_encoder(
    model: str = BUNDLED_MODEL,
    *,
    precision: Precision = Precision.INT8,
    threads: int | None = None,
    announce: Callable[[str], None] = lambda _: None,
) -> Encoder:
    """The bundled model, or any sentence-transformers model by folder or by name.

    Args:
        model: `multilingual-e5-small` is the bundled model, a path names a folder, anything else a model of the hub.
        precision: whether it is compiled, once for each model, which takes some seconds.
        threads: how many the compiled model uses; as many as there are cores where it is left out.
        announce: called with one sentence before anything that takes long.

    Raises:
        EncoderError: there is no such model, or it can't be loaded.
    """
    source = _source(model, announce)
    if precision is Precision.INT8:
        folder = _compiled(source, announce)
        if reason := CompiledModel.open(folder).reason:
            announce(f"{model} runs in float32, since {reason}.")
        else:
            return CompiledEncoder(folder, name=source.name, revision=source.revision, threads=threads)
    return _float32(source, announce)


def _source(model: str, announce: Callable[[str], None]) -> _Source:
    if model == BUNDLED_MODEL:
        return _Source(model, model, BUNDLED_REVISION, BUNDLED_REVISION)
    folder = Path(model).expanduser()
    if folder.exists():
        return _Source(str(folder.resolve()), str(folder), None, _fingerprint(folder))
    folder = _from_hub(model, announce)
    return _Source(model, str(folder), folder.name, folder.name)


def _from_hub(model: str, announce: Callable[[str], None]) -> Path:
    """The folder of a model of the hub, which is named by its revision; fetched where it isn't here yet."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except Exception:  # noqa: BLE001 - not here, or no such name: the next one tells
        announce(f"Loading {model} from the hub of models")
    try:
        return Path(snapshot_download(model))
    except Exception as error:
        raise not_loadable(model, error) from error


def _fingerprint(folder: Path) -> str:
    """The fingerprint of the files of a model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()[:16]


def _compiled(source: _Source, announce: Callable[[str], None]) -> Path:
    """The folder of the compiled model, made where it is missing."""
    folder = cache_directory() / f"{Path(source.name).name}-{source.fingerprint}-int8-{_VERSION}"
    try:
        if not is_whole(folder):
            with making(folder) as is_needed:  # of several processes that start at once, one compiles
                if is_needed:
                    _compile(source, folder, announce)
    except OSError as error:
        message = (
            f"{folder}: the compiled model can't be written ({error}). "
            "Free some space (100 MB) or set HAIHE_CACHE to another folder."
        )
        raise EncoderError(message) from error
    return folder


def _compile(source: _Source, folder: Path, announce: Callable[[str], None]) -> None:
    if source.name == BUNDLED_MODEL:
        bundled_model(announce)  # says what it does, and what is wrong
    announce(f"Compiling {source.name} in {folder} (once, some seconds)")
    done = _run_while_we_live([sys.executable, "-m", "indexer.encoding.compiling", source.place, str(folder)])
    if is_whole(folder):
        return
    reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    if done.returncode == REFUSED:
        raise EncoderError(reason)
    message = f"{source.name!r} can't be compiled ({reason[:300]}). Run it as it is: HAIHE_PRECISION=float32"
    raise EncoderError(message)


def _run_while_we_live(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard input ends when this process does, however that ends."""
    given, held = os.pipe()
    try:
        environment = os.environ | {"HF_HUB_OFFLINE": "1"}
        return subprocess.run(  # noqa: S603
            command, env=environment, stdin=given, capture_output=True, text=True, check=False
        )
    finally:
        os.close(given)
        os.close(held)


def _float32(source: _Source, announce: Callable[[str], None]) -> Encoder:
    from indexer.encoding.sentence_transformer import as_encoder, load_sentence_transformer

    place = str(bundled_model(announce)) if source.name == BUNDLED_MODEL else source.place
    return as_encoder(load_sentence_transformer(place), name=source.name, revision=source.revision)
