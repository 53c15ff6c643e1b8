"""Passages to what the second encoder gives for their sentences: encoded now, or by an earlier build."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.indexes.sentence_index import Sentences
from indexer.records import Language
from indexer.reference import second_spaces_of
from indexer.storage.build_cache import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.encoding import SecondEncoder
    from indexer.progress import Progress
    from indexer.snapshot.draft import SnapshotDraft
    from indexer.spaces.language_space import LanguageSpace
    from indexer.storage.build_cache import DerivedStore
    from indexer.storage.ragged_array import RaggedArray

    Matrix = NDArray[np.float32]

_VERSION = b"1"
"""Of entries: those of another version aren't looked at."""
_BLOCK = 64
"""Passages encoded between two commits."""


class SpannedText(NamedTuple):
    """A text, and its sentences: `spans` `(n, 2)`."""

    text: str
    spans: NDArray[np.int32]

    @property
    def sentences(self) -> list[str]:
        """Their texts."""
        return [self.text[start:end] for start, end in self.spans]


class SecondReader:
    """A second encoder that remembers.

    What is read comes out of the store, with half precision, also when it was encoded just now.
    """

    def __init__(self, encoder: SecondEncoder, store: DerivedStore) -> None:
        self._encoder = encoder
        self._store = store

    def read(self, texts: Sequence[SpannedText]) -> list[Matrix]:
        """The embeddings `(n, d)` of the sentences of each text, not centred."""
        keys = [key_of(_VERSION, "second", self._encoder.name, text.text, text.spans.tobytes()) for text in texts]
        contents = {key: content for key in keys if (content := self._store.get(key)) is not None}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in contents}
        if missing:
            contents |= zip(missing, self._encode(list(missing.values())), strict=True)
            for key in missing:
                self._store.put(key, contents[key])
            self._store.commit()
        return [self._decoded(contents[key]) for key in keys]

    def _encode(self, texts: Sequence[SpannedText]) -> list[bytes]:
        embeddings = self._encoder.encode([sentence for text in texts for sentence in text.sentences])
        ends = np.cumsum([len(text.spans) for text in texts])
        return [part.astype("<f2").tobytes() for part in np.split(embeddings, ends[:-1])]

    def _decoded(self, content: bytes) -> Matrix:
        return np.frombuffer(content, "<f2").reshape(-1, self._encoder.dimension).astype(np.float32)


def add_second_opinion(
    draft: SnapshotDraft, sentences: Mapping[Language, RaggedArray], encoder: SecondEncoder, progress: Progress
) -> None:
    """Store what the second encoder says of all passages of a draft.

    Args:
        draft: the passages.
        sentences: where the sentences of each are, by language: records with a `span`.
        encoder: reads them.
        progress: told how many passages are done.
    """
    spaces, reader = second_spaces_of(encoder, announce=progress.say), SecondReader(encoder, draft.derived)
    for language in Language:
        progress.begin(f"Second opinion ({language})", draft.counts[language])
        passages = (
            SpannedText(passage.text, records["span"])
            for passage, records in zip(draft.passages(language), sentences[language], strict=True)
        )
        centred = _centred(passages, reader, spaces[language], progress)
        draft.add_second(language, centred, encoder.dimension, spaces[language])


def _centred(
    passages: Iterator[SpannedText], reader: SecondReader, space: LanguageSpace, progress: Progress
) -> Iterator[Sentences]:
    """The sentences of each passage, centred."""
    while block := list(islice(passages, _BLOCK)):
        for passage, embeddings in zip(block, reader.read(block), strict=True):
            yield Sentences(space.centre_passages(embeddings), passage.spans, np.zeros_like(passage.spans))
        progress.advance(len(block))
