"""Texts of a corpus that stand in for the queries it will get, whose statistics are measured."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from indexer.records import Language
from indexer.text.chunking import sentence_spans
from indexer.text.language_identification import passage_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.records import Passage

_SIZE = 256
"""Texts a language."""


class QuerySample:
    """Some titles and first sentences of the passages that were added, the same whatever their order.

    They are those with the lowest digests, so that most texts are passed over by a look at theirs.
    """

    def __init__(self) -> None:
        self._found: dict[Language, dict[bytes, str]] = {language: {} for language in Language}
        self._highest: dict[Language, bytes] = dict.fromkeys(Language, b"\xff" * 32)

    def add(self, passages: Iterable[Passage]) -> None:
        """Look at some passages."""
        for passage in passages:
            for start, end in sentence_spans(passage.text)[:2]:
                self._add(passage.language, passage.text[start:end], is_title=False)
            if passage.context:
                self._add(passage.language, passage.context, is_title=True)

    def texts(self) -> dict[Language, list[str]]:
        """The sample of each language."""
        return {language: list(_lowest(texts).values()) for language, texts in self._found.items()}

    def _add(self, language: Language, text: str, *, is_title: bool) -> None:
        digest = hashlib.sha256(text.encode()).digest()
        if digest > self._highest[language] or (is_title and passage_language(text, None) != language):
            return
        texts = self._found[language]
        texts[digest] = text
        if len(texts) > 2 * _SIZE:
            self._found[language] = _lowest(texts)
            self._highest[language] = max(self._found[language])


def _lowest(found: dict[bytes, str]) -> dict[bytes, str]:
    return {digest: found[digest] for digest in sorted(found)[:_SIZE]}
