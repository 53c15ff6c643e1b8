"""What a hit shows besides its passage: the best sentence, where else it was printed, and why it is where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer import dated_terms
from service.records import Explanation, Highlight, MatchedTerm

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer import Document, Passage, Snapshot
    from service.records import ScoredPassage
    from service.scoring import Scorer


def highlights(
    candidate: ScoredPassage, passage: Passage, scorer: Scorer, calibrate: Callable[[float], float]
) -> tuple[Highlight, ...]:
    """The sentence of a passage that answers best, with the score of its passage less what it falls short of it.

    Args:
        candidate: the passage's place in the pool, and its score in deviations.
        passage: the same with its text.
        scorer: the query's, for its language.
        calibrate: deviations to a score from 0 to 1.
    """
    best = scorer.best_sentence(candidate.row)
    if best is None:
        return ()
    (start, end), shortfall = best
    return (Highlight(passage.start + start, passage.start + end, calibrate(candidate.score - shortfall)),)


def also_in(snapshot: Snapshot, candidate: ScoredPassage) -> tuple[Document, ...]:
    """The other articles that have nearly the same passage, by id."""
    ids = {snapshot.pools[candidate.language].ids[row][1] for row in candidate.twins} - {candidate.document_id}
    found = (snapshot.articles.document(identifier) for identifier in sorted(ids))
    return tuple(document for document in found if document is not None)


def explanation(candidate: ScoredPassage, passage: Passage, document: Document, scorer: Scorer) -> Explanation:
    """What each signal gave, and the terms that matched, weightiest first."""
    present = set(dated_terms(f"{passage.context}\n{passage.text}", document.published))
    groups = scorer.query.terms.groups
    weights = scorer.pool.terms.weights([group.alternatives for group in groups])
    matched = []
    for group, found in zip(groups, weights, strict=True):
        worth = [weight for (term, _), weight in zip(group.alternatives, found, strict=True) if term in present]
        if worth:
            matched.append(MatchedTerm(group.surface, str(group.kind), max(worth)))
    matched.sort(key=lambda term: (-term.weight, term.text))
    return Explanation(candidate.score, candidate.signals, tuple(matched))
