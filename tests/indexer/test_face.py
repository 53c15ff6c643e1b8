"""The public face of the package."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import indexer


@pytest.mark.parametrize("name", indexer.__all__)
def test_every_public_name_is_there_and_documented(name):
    """What the package promises can be imported, and says what it is."""
    value = getattr(indexer, name)
    assert isinstance(value, str) or inspect.getdoc(value)


@pytest.mark.parametrize("package", ["indexer", "service"])
def test_a_package_by_itself_loads_none_of_its_modules(package):
    """Searching needs none of what reads articles, and the command has something to settle before NumPy is there."""
    code = f"import sys, {package}; print(*[name for name in sys.modules if name.startswith('{package}.')], 'numpy' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["False"]


def test_a_name_that_is_not_public_is_refused():
    """As an import that is misspelt is in any package."""
    with pytest.raises(ImportError, match="Snapshots"):
        from indexer import Snapshots  # noqa: F401


def test_every_error_is_one_tree():
    """The command line catches one class to turn each error into a sentence."""
    errors = [
        value
        for name in indexer.__all__
        if isinstance(value := getattr(indexer, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 11
    assert all(issubclass(error, indexer.HaiheError) for error in errors)
