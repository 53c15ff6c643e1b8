"""The recipe of an index: all that it is made by and with, but for the articles."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, Any, Self

from indexer.encoding import EncoderIdentity
from indexer.errors import SnapshotMismatch
from indexer.indexes.vector_index import VectorIndexKind
from indexer.snapshot.analyzer_identity import AnalyzerIdentity, analyzer_identity, changed_values
from indexer.text.chunking import Budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.articles import Recognizer
    from indexer.encoding import Encoder, SecondEncoder

CONTEXT_SHARE = 0.3
"""How far a passage's embedding moves towards its title's: measured in docs/relevance.md."""
_WANTED = Budget()


class LateInteraction(Enum):
    """The choice whether an index keeps the tokens of its passages."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class IndexRecipe:
    """All that an index is made by and with: of equal recipes and equal articles, equal indexes come.

    Attributes:
        encoder: reads the passages.
        second_encoder: the name of the one that reads their sentences; None where it isn't asked.
        late_interaction: whether tokens are kept.
        vector_index: the kind that was wanted.
        analyzer: cuts texts into passages and terms.
        budget: the lengths of passages.
        context_share: the title's share of an embedding.
        recognizer: the name of what reads scanned pages; None where they are left out.
    """

    encoder: EncoderIdentity
    second_encoder: str | None
    late_interaction: LateInteraction
    vector_index: VectorIndexKind
    analyzer: AnalyzerIdentity
    budget: Budget
    context_share: float
    recognizer: str | None

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        *,
        second: SecondEncoder | None = None,
        late_interaction: LateInteraction = LateInteraction.ON,
        vector_index: VectorIndexKind = VectorIndexKind.AUTO,
        recognizer: Recognizer | None = None,
    ) -> Self:
        """The recipe that is followed when an index is made with these, here and now."""
        return cls(
            encoder.identity,
            second.name if second else None,
            late_interaction,
            vector_index,
            analyzer_identity(),
            budget_of(encoder),
            CONTEXT_SHARE,
            recognizer.name if recognizer else None,
        )

    @property
    def digest(self) -> str:
        """A digest of all of it."""
        return hashlib.sha256(json.dumps(self.to_record(), sort_keys=True).encode()).hexdigest()

    def to_record(self) -> dict[str, Any]:
        """The recipe as JSON has it."""
        return {
            **asdict(self),
            "late_interaction": self.late_interaction.value,
            "vector_index": self.vector_index.value,
            "budget": self.budget._asdict(),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Read a recipe.

        Raises:
            SnapshotMismatch: another version of haihe wrote it, with other fields.
            ValueError: it has values that are none.
        """
        _check_fields(record, [field.name for field in fields(cls)], "recipe")
        for name, kind in (("encoder", EncoderIdentity), ("analyzer", AnalyzerIdentity)):
            _check_fields(record[name], [field.name for field in fields(kind)], name)
        _check_fields(record["budget"], Budget._fields, "budget")
        return cls(
            **{
                **record,
                "encoder": EncoderIdentity(**record["encoder"]),
                "late_interaction": LateInteraction(record["late_interaction"]),
                "vector_index": VectorIndexKind(record["vector_index"]),
                "analyzer": AnalyzerIdentity(**record["analyzer"]),
                "budget": Budget(**record["budget"]),
            }
        )

    def change_to(self, now: IndexRecipe) -> str | None:
        """A clause on how another recipe differs from the one that an index was made by; None where it doesn't."""
        analyzer = self.analyzer.change_to(now.analyzer)
        clauses = [*changed_values(dict(self._values()), dict(now._values())), *([analyzer] if analyzer else [])]
        return "; ".join(clauses) or None

    def _values(self) -> Iterator[tuple[str, object]]:
        """Each value but the analyser's, by what a reader calls it."""
        for name, value in self.to_record().items():
            words = f"the {name.replace('_', ' ')}"
            if name == "analyzer":
                continue
            if isinstance(value, dict):
                yield from ((f"{words}'s {part.replace('_', ' ')}", content) for part, content in value.items())
            else:
                yield words, value


def budget_of(encoder: Encoder) -> Budget:
    """The budget that passages aim at, or what a model with a shorter window leaves."""
    return _WANTED._replace(
        passage=min(_WANTED.passage, encoder.max_tokens),
        context=min(_WANTED.context, encoder.max_tokens),
        sentence=min(_WANTED.sentence, encoder.max_tokens),
    )


def _check_fields(record: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    """Refuse fields that this version of haihe doesn't know, and the lack of those that it needs."""
    if strange := sorted(record.keys() ^ set(names)):
        verb = "says" if strange[0] in record else "doesn't say"
        message = (
            f"This index was made by another version of haihe: its {where} {verb} {strange[0]!r}. "
            "Use that version, or make the index anew with: haihe index …"
        )
        raise SnapshotMismatch(message)
