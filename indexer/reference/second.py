"""The second encoder's statistics on the reference text: all that makes its scores comparable across languages.

A passage's score depends on nothing else of the corpus, so what is kept of it never changes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from indexer.errors import EncoderError
from indexer.records import Language
from indexer.spaces.language_space import LanguageSpace, measure_space
from indexer.storage.cache_directory import kept_file
from indexer.storage.named_arrays import pack, save_arrays, unpack
from indexer.text.reference_corpus import TEXT, reference_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from indexer.encoding import SecondEncoder

    Spaces = Mapping[Language, LanguageSpace]

_VERSION = "1"
"""Of the file: one of another version isn't looked at."""


def second_spaces_of(encoder: SecondEncoder, *, announce: Callable[[str], None] = lambda _: None) -> Spaces:
    """A second encoder's statistics by language; measured on the first call for an encoder, and kept.

    Args:
        encoder: whose statistics.
        announce: called with one sentence before they are measured.

    Raises:
        EncoderError: what was kept is damaged.
    """
    digest = hashlib.sha256(f"{_VERSION} {encoder.name} ".encode() + TEXT.read_bytes()).hexdigest()

    def measure(path: Path) -> None:
        announce("Measuring the reference statistics of the second encoder (once)")
        _save(measure_second(encoder), path)

    path = kept_file(f"second-{digest[:16]}.npz", measure)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {language: unpack(LanguageSpace, language, arrays) for language in Language}
    except (OSError, ValueError, EOFError, KeyError, BadZipFile) as error:
        raise EncoderError(f"{path}: can't be read ({error}). Remove it; it is made anew.") from error


def measure_second(encoder: SecondEncoder) -> Spaces:
    """The statistics of whole passages of the reference text, and of its queries."""
    return {
        language: measure_space(encoder.encode(part.passages), encoder.encode(part.queries))
        for language, part in reference_text().items()
    }


def _save(spaces: Spaces, path: Path) -> None:
    arrays = {name: array for language, space in spaces.items() for name, array in pack(language, space).items()}
    save_arrays(arrays, path)
