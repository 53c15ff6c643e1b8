"""What generated pages say, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "docs" / "translations.yml"


class MissingTranslationsError(Exception):
    """The Chinese of some sentences is missing; says which, and where it belongs."""


@dataclass(slots=True)
class Words:
    """English sentences in one language. Asks all, then tells at once what is missing."""

    language: str
    missing: dict[str, None] = field(default_factory=dict)
    _chinese: dict[str, str] = field(default_factory=lambda: yaml.safe_load(_FILE.read_text("utf-8")))

    def __call__(self, english: str) -> str:
        """The sentence; itself in English."""
        sentence = " ".join(english.split())
        if self.language == "en" or not sentence:
            return sentence
        if sentence not in self._chinese:
            self.missing[sentence] = None
        return self._chinese.get(sentence, sentence)

    def check(self) -> None:
        """Raises `MissingTranslationsError`."""
        if self.missing:
            lines = yaml.safe_dump(dict.fromkeys(self.missing, "…"), allow_unicode=True, width=10_000)
            raise MissingTranslationsError(f"docs/translations.yml lacks the Chinese of these; add them:\n{lines}")
