"""The sample articles, indexed with the bundled model, for the examples of the documentation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from serving import served

from indexer import build_snapshot, open_snapshot
from service import Searcher

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def as_a_reader(monkeypatch):
    """`haihe` is on the path, and no setting of the machine's changes what it does."""
    for name in [name for name in os.environ if name.startswith("HAIHE_") and name != "HAIHE_CACHE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


@pytest.fixture(scope="session")
def seeds_index(real_encoder, tmp_path_factory):
    """Only to be read."""
    index = tmp_path_factory.mktemp("docs") / "index"
    build_snapshot([ROOT / "seeds"], index, real_encoder)
    return index


@pytest.fixture(scope="session")
def seeds_address(seeds_index, real_encoder):
    """Where they are served."""
    with served(lambda: Searcher(open_snapshot(seeds_index), real_encoder)) as url:
        yield url
