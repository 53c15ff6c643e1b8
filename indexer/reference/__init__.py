"""Reference statistics: what a small corpus is shrunk towards.

`passages.tsv` holds short passages on many subjects, each in English and in Chinese with the same meaning, and what one
would type to find it. The statistics of the bundled model ship beside it (`scripts/measure_reference.py` makes
them); those of any other encoder are measured from the same text once, and kept in the user's cache folder.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from dataclasses import asdict, fields
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.encoding import cache_directory
from indexer.errors import EncoderError
from indexer.language_space import LanguageSpace, measure_space
from indexer.records import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.encoding import Encoder, EncoderIdentity

_HERE = Path(__file__).parent
_TEXT = _HERE / "passages.tsv"


class ReferenceText(NamedTuple):
    """One language's half of the reference text."""

    passages: list[str]
    queries: list[str]


def reference_text() -> dict[Language, ReferenceText]:
    """The reference text by language; entry i means the same in each."""
    with _TEXT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        language: ReferenceText([row[language] for row in rows], [row[f"query_{language}"] for row in rows])
        for language in Language
    }


def reference_spaces(
    encoder: Encoder, *, announce: Callable[[str], None] = lambda _: None
) -> dict[Language, LanguageSpace]:
    """An encoder's statistics on the reference text, by language; measured on the first call for an encoder.

    Args:
        encoder: whose statistics.
        announce: called with one sentence before they are measured.
    """
    name = f"{_key(encoder.identity)}.npz"
    for folder in (_HERE, cache_directory()):
        if (folder / name).exists():
            return load_spaces(folder / name)
    announce("Measuring the reference statistics of this encoder (once)")
    spaces = measure_reference(encoder)
    save_spaces(spaces, cache_directory() / name)
    return spaces


def measure_reference(encoder: Encoder) -> dict[Language, LanguageSpace]:
    """Encode the reference text and measure it; entries longer than the encoder reads are left out."""
    text = reference_text()
    fits = [
        max(encoder.count_tokens(entry)) <= encoder.max_tokens
        for entry in zip(*(column for part in text.values() for column in part), strict=True)
    ]
    if not any(fits):
        reads = f"{encoder.identity.model!r} reads {encoder.max_tokens} tokens at a time"
        raise EncoderError(f"{reads}, too few for passages. Name another model.")
    return {
        language: measure_space(
            encoder.encode_passages(list(compress(part.passages, fits))),
            encoder.encode_queries(list(compress(part.queries, fits))),
        )
        for language, part in text.items()
    }


def shipped_path(encoder: Encoder) -> Path:
    """Where the statistics of an encoder lie that ship with haihe."""
    return _HERE / f"{_key(encoder.identity)}.npz"


def save_spaces(spaces: dict[Language, LanguageSpace], path: Path) -> None:
    """Write statistics to a file, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.npz")
    arrays = {
        f"{language}.{field.name}": getattr(space, field.name).astype(np.float16)
        for language, space in spaces.items()
        for field in fields(LanguageSpace)
    }
    np.savez(draft, **arrays)
    draft.replace(path)


def load_spaces(path: Path) -> dict[Language, LanguageSpace]:
    """Read what `save_spaces` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return {
            language: LanguageSpace(
                *(arrays[f"{language}.{field.name}"].astype(np.float32) for field in fields(LanguageSpace))
            )
            for language in Language
        }


def _key(identity: EncoderIdentity) -> str:
    """A file name for an encoder on this text."""
    content = json.dumps(asdict(identity), sort_keys=True).encode() + _TEXT.read_bytes()
    return f"reference-{hashlib.sha256(content).hexdigest()[:16]}"
