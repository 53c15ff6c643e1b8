"""What other code may import from `service`."""

from __future__ import annotations

import service


def test_every_public_name_is_there():
    """`__all__` promises nothing that is missing."""
    assert all(hasattr(service, name) for name in service.__all__)


def test_public_names_are_listed_once_and_sorted():
    """So that a change shows as one line."""
    assert service.__all__ == sorted(set(service.__all__))


def test_the_contract_s_names_are_public():
    """What is relied on elsewhere."""
    assert {"Searcher", "Query", "Hit", "create_app", "Settings"} <= set(service.__all__)
