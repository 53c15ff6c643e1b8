"""Reference statistics: what a small corpus is shrunk towards.

`passages.tsv` holds short passages on many subjects, each in English and in Chinese with the same meaning, and what one
would type to find it. The statistics of the bundled model ship beside it (`scripts/measure_reference.py` makes
them); those of any other encoder are measured from the same text once, and kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.encoding import TokenEncoder
from indexer.records import Language
from indexer.reference.measure import Reference, measure_reference
from indexer.reference.second import second_spaces_of
from indexer.spaces.language_space import LanguageSpace
from indexer.spaces.token_space import TokenReference
from indexer.storage.cache_directory import kept_file
from indexer.storage.named_arrays import pack, save_arrays, unpack
from indexer.text.reference_corpus import TEXT, ReferenceText, reference_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from indexer.encoding import Encoder

__all__ = [
    "Reference",
    "ReferenceText",
    "load_reference",
    "measure_reference",
    "reference_of",
    "reference_text",
    "save_reference",
    "second_spaces_of",
    "shipped_path",
]

_HERE = Path(__file__).parent
_VERSION = 2
"""Of the files of statistics: a file of another version isn't looked at."""


def reference_of(encoder: Encoder, *, announce: Callable[[str], None] = lambda _: None) -> Reference:
    """An encoder's statistics on the reference text; measured on the first call for an encoder.

    Args:
        encoder: whose statistics.
        announce: called with one sentence before they are measured.
    """

    def measure(path: Path) -> None:
        announce("Measuring the reference statistics of this encoder (once)")
        save_reference(measure_reference(encoder), path)

    shipped = shipped_path(encoder)
    # what was just measured is read, too: as every later build will have it, rounded
    return load_reference(shipped if shipped.exists() else kept_file(shipped.name, measure))


def shipped_path(encoder: Encoder) -> Path:
    """The path of an encoder's statistics among those that ship with haihe."""
    kind = f"{_VERSION} {isinstance(encoder, TokenEncoder)} "
    content = kind.encode() + json.dumps(asdict(encoder.identity), sort_keys=True).encode() + TEXT.read_bytes()
    return _HERE / f"reference-{hashlib.sha256(content).hexdigest()[:16]}.npz"


def save_reference(reference: Reference, path: Path) -> None:
    """Write statistics to a file, in one step."""
    arrays: dict[str, NDArray[Any]] = {"attenuation": np.array(reference.attenuation)}
    for language, space in reference.spaces.items():
        arrays |= pack(f"{language}.space", space)
    if reference.tokens:
        arrays |= reference.tokens.to_arrays()
    save_arrays({name: _halved(array) for name, array in arrays.items()}, path)


def load_reference(path: Path) -> Reference:
    """Read what `save_reference` wrote."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: _doubled(array) for name, array in file.items()}
    spaces = {language: unpack(LanguageSpace, f"{language}.space", arrays) for language in Language}
    return Reference(spaces, float(arrays["attenuation"]), TokenReference.from_arrays(arrays))


def _halved(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float16) if array.dtype == np.float32 else array


def _doubled(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float16 else array
