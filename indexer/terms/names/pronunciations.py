"""The readings of Han characters and phrases, by pypinyin's dictionaries, held in little memory.

They take 57 MB as Python objects, though six phrases of seven are read as their characters are. So they are put into a
file of the user's cache folder on first use, without tones, and read from there.
"""

from __future__ import annotations

import functools
from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.storage.cache_directory import kept_file
from indexer.text.normalization import without_marks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VERSION = 1
"""Of the file: one of another version isn't looked at."""
LONGEST_PHRASE = 4
"""Characters. Idioms have four; longer ones are proverbs."""


@functools.cache
def read_dictionary() -> Mapping[str, str]:
    """Characters and phrases, and their syllables with a space between; empty for a phrase read as its characters."""
    path = kept_file(f"pinyin-{version('pypinyin')}-r{_VERSION}.tsv", _write)
    syllables: dict[str, str] = {}  # one string for all that are read alike
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {text: syllables.setdefault(read, read) for text, read in lines}


def spellings(syllable: str) -> tuple[str, ...]:
    """The ways in which a syllable without its tone may be written: ü as u, v and, in passports, yu."""
    if "ü" not in syllable:
        return (syllable,) if syllable else ()
    stem, _, rest = syllable.partition("ü")
    return (stem + "v" + rest, stem + "u" + rest, *((stem + "yu",) if not rest else ()))


def _write(path: Path) -> None:
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    chars = {chr(code): _toneless(options.split(",")[0]) for code, options in pinyin_dict.items()}
    lines = [f"{char}\t{syllable}\n" for char, syllable in chars.items()]
    for phrase, options in phrases_dict.items():
        if len(phrase) <= LONGEST_PHRASE:
            syllables = [_toneless(readings[0]) for readings in options]
            is_plain = syllables == [chars.get(char) for char in phrase]
            lines.append(f"{phrase}\t{'' if is_plain else ' '.join(syllables)}\n")
    path.write_text("".join(lines), "utf-8")


def _toneless(syllable: str) -> str:
    """A syllable without its tone; the dots of ü stay."""
    return "".join("ü" if char in "üǖǘǚǜ" else without_marks(char) for char in syllable)
