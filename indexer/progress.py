"""Listeners that long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A listener that a build tells how far it is."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` units begins; the one before has ended."""

    def advance(self, units: int = 1) -> None:
        """Some units are done."""

    def say(self, sentence: str) -> None:
        """Something that the user should know."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, what: str, total: int) -> None:
        """Nothing."""

    def advance(self, units: int = 1) -> None:
        """Nothing."""

    def say(self, sentence: str) -> None:
        """Nothing."""
