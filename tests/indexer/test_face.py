"""The public face of the package."""

from __future__ import annotations

import inspect

import pytest

import indexer


@pytest.mark.parametrize("name", indexer.__all__)
def test_every_public_name_is_there_and_documented(name):
    """What the package promises can be imported, and says what it is."""
    value = getattr(indexer, name)
    assert isinstance(value, str) or inspect.getdoc(value)


def test_public_names_are_sorted_and_named_once():
    """Constants first, then classes, then functions: the order of ruff's RUF022."""
    kinds = [(not name.isupper(), not name[0].isupper(), name) for name in indexer.__all__]
    assert kinds == sorted(set(kinds))


def test_every_error_is_one_tree():
    """The command line catches one class to turn each error into a sentence."""
    errors = [
        value
        for name in indexer.__all__
        if isinstance(value := getattr(indexer, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 11
    assert all(issubclass(error, indexer.HaiheError) for error in errors)
