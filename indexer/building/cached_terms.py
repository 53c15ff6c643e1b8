"""Terms, and outlines for near-duplicates, derived from texts without the encoder: now, or by an earlier build.

Both take milliseconds a passage, which is nothing beside encoding it, and everything where only one article is new.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import terms
from indexer.linking import near_duplicates
from indexer.linking.near_duplicates import OUTLINE_BYTES, outline_of
from indexer.storage.build_cache import key_of
from indexer.terms import dated_terms, exact_terms
from indexer.text import language_identification, normalization

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import Passage
    from indexer.storage.build_cache import DerivedStore

_LIBRARIES = ("datasketch", "opencc", "pypinyin", "pystemmer", "tojyutping")


def derived_terms(passage: Passage, published: dt.date | None, store: DerivedStore) -> list[str]:
    """Every index term of a passage and its title, as of the day it was published, sorted."""
    text = f"{passage.context}\n{passage.text}"
    key = key_of(_maker(), "terms", text, str(published))
    content = store.get(key)
    if content is None:
        exact = exact_terms(passage.context) | exact_terms(passage.text)  # no phrase reaches from one into the other
        found = sorted({*dated_terms(text, published), *exact})
        store.put(key, zlib.compress("\n".join(found).encode("utf-8", "surrogatepass"), 1))
        return found
    joined = zlib.decompress(content).decode("utf-8", "surrogatepass")
    return joined.split("\n") if joined else []


def derived_outline(text: str, store: DerivedStore) -> bytes:
    """The outline that `near_duplicates` compares a text by."""
    key = key_of(_maker(), "outline", text)
    content = store.get(key)
    if content is None or len(content) != OUTLINE_BYTES:
        content = outline_of(text)
        store.put(key, content)
    return content


@cache
def _maker() -> bytes:
    """A digest of the code that derives them, so that another version of it begins anew."""
    package = Path(str(terms.__file__)).parent
    sources = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    modules = [Path(str(module.__file__)) for module in (near_duplicates, language_identification, normalization)]
    return key_of(*(path.read_bytes() for path in [*sources, *modules, Path(__file__)]), *map(version, _LIBRARIES))
