"""Terms, and outlines for near-duplicates, derived from texts without the encoder: now, or by an earlier build.

Both take milliseconds a passage, which is nothing beside encoding it, and everything where only one article is new.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from indexer.linking.near_duplicates import OUTLINE_BYTES, outline_of
from indexer.snapshot.analyzer_identity import analyzer_identity
from indexer.storage.build_cache import key_of
from indexer.terms import index_terms

if TYPE_CHECKING:
    import datetime as dt

    from indexer.records import Passage
    from indexer.storage.build_cache import DerivedStore


def derived_terms(passage: Passage, published: dt.date | None, store: DerivedStore) -> list[str]:
    """Every index term of a passage and its title, as of the day it was published, sorted."""
    key = key_of(analyzer_identity().key, "terms", passage.context, passage.text, str(published))
    content = store.get(key)
    if content is None:
        found = index_terms(passage.context, passage.text, published)
        store.put(key, zlib.compress("\n".join(found).encode("utf-8", "surrogatepass"), 1))
        return found
    joined = zlib.decompress(content).decode("utf-8", "surrogatepass")
    return joined.split("\n") if joined else []


def derived_outline(text: str, store: DerivedStore) -> bytes:
    """The outline that `near_duplicates` compares a text by."""
    key = key_of(analyzer_identity().key, "outline", text)
    content = store.get(key)
    if content is None or len(content) != OUTLINE_BYTES:
        content = outline_of(text)
        store.put(key, content)
    return content
