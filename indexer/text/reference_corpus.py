"""The reference text: short passages on many subjects, each in both languages, and what one would type to find it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from indexer.records import Language

TEXT = Path(__file__).parents[1] / "reference" / "passages.tsv"


class ReferenceText(NamedTuple):
    """One language's half of the reference text."""

    passages: list[str]
    queries: list[str]


def reference_text() -> dict[Language, ReferenceText]:
    """The reference text by language; entry i means the same in each."""
    with TEXT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        language: ReferenceText([row[language] for row in rows], [row[f"query_{language}"] for row in rows])
        for language in Language
    }
