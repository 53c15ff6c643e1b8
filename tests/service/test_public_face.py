"""What other code may import from `service`."""

from __future__ import annotations

import service


def test_every_public_name_is_there():
    """`__all__` promises nothing that is missing."""
    assert all(hasattr(service, name) for name in service.__all__)


def test_the_contract_s_names_are_public():
    """What is relied on elsewhere."""
    assert {"Searcher", "Query", "Hit", "create_app", "Settings"} <= set(service.__all__)
