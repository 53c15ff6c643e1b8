"""The answers that a candidate is judged as.

A candidate stands for all passages with nearly the same text, of which only it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from indexer import Language, Snapshot
    from service.laboratory.evaluation.records import Answers
    from service.records import ScoredPassage


def by_document(snapshot: Snapshot) -> Answers:
    """Its document, or those documents of its twins that are judged."""

    def answers(candidate: ScoredPassage, judged: Container[str]) -> Sequence[str]:
        ids = snapshot.pools[candidate.language].ids
        documents = [candidate.document_id, *(ids[row][1] for row in candidate.twins)]
        return [document for document in documents if document in judged] or documents[:1]

    return answers


def by_passage(snapshot: Snapshot) -> Answers:
    """Its passage, under the name that it shares with its twins."""
    return lambda candidate, _: [shared_name(snapshot, candidate.language, candidate.row)]


def shared_name(snapshot: Snapshot, language: Language, row: int) -> str:
    """The id of the first passage with nearly the same text as the one in this row."""
    pool = snapshot.pools[language]
    return pool.ids[int(pool.twins[row])][0]
