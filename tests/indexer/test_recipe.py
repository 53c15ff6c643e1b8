"""The recipe of an index: what it says, how it is read back, and which change of it is noticed where."""

from __future__ import annotations

import functools
import json
import logging
import re
import zlib
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from fakes import FakeEngine, FakeSecondEncoder, FakeTokenEncoder
from opencc import OpenCC
from Stemmer import Stemmer

from indexer import (
    IndexRecipe,
    LateInteraction,
    Recognizer,
    SnapshotMismatch,
    VectorIndexKind,
    build_snapshot,
    open_snapshot,
    read_manifest,
)
from indexer.building import cached_terms
from indexer.snapshot import analyzer_identity as analyzer
from indexer.snapshot.analyzer_identity import analyzer_identity
from indexer.snapshot.manifest import _digest_of, replace_manifest
from indexer.terms import words
from indexer.terms.names.pronunciations import read_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch, request) -> Iterator[Callable[[str], str]]:
    """Have another version of a library from now on; gives the version, which no other test measures."""

    def install(library: str) -> str:
        other = f"99.{zlib.crc32(request.node.name.encode())}"
        monkeypatch.setattr(analyzer, "version", lambda name: other if name == library else version(name))
        analyzer_identity.cache_clear()
        return other

    yield install
    analyzer_identity.cache_clear()


def _stems_otherwise(patch):
    patch.setattr(words, "_stemmer", lambda _: Stemmer("porter"))
    patch.setattr(words, "_stems", words._stems.__wrapped__)  # an upgrade begins without what was remembered


def _folds_otherwise(patch):
    patch.setattr("indexer.text.normalization._converter", functools.cache(lambda: OpenCC("s2hk")))


def _reads_otherwise(patch):
    patch.setattr(analyzer, "read_dictionary", lambda: {**read_dictionary(), "重庆": "zhong qing"})


def test_the_manifest_says_in_words_what_an_index_was_made_by(index):
    """What made an index can be looked up without haihe, and compared by one digest."""
    content = json.loads((index / "manifest.json").read_text("utf-8"))
    recipe = content["recipe"]
    assert recipe["second_encoder"] == FakeSecondEncoder().name
    assert (recipe["late_interaction"], recipe["vector_index"], recipe["recognizer"]) == ("on", "auto", None)
    assert recipe["analyzer"]["libraries"]["pypinyin"] == version("pypinyin")
    assert recipe["budget"]["passage"] == 112
    assert content["recipe_sha256"] == read_manifest(index).recipe.digest


def test_a_recipe_reads_back_as_it_was_written(encoder, second):
    """No part is lost on the way through JSON."""
    recipe = IndexRecipe.of(encoder, second=second, late_interaction=LateInteraction.OFF)
    assert IndexRecipe.from_record(json.loads(json.dumps(recipe.to_record()))) == recipe


@pytest.mark.parametrize("place", [(), ("encoder",), ("analyzer",), ("budget",)], ids=str)
@pytest.mark.parametrize("verb", ["says", "doesn't say"])
def test_fields_of_another_version_are_refused_by_name(index, place, verb):
    """An index with a part that this haihe doesn't know can't be searched as if it had none."""
    record = read_manifest(index).recipe.to_record()
    part = functools.reduce(dict.__getitem__, place, record)
    name = "stopwords" if verb == "says" else min(part)
    if verb == "says":
        part[name] = True
    else:
        del part[name]
    message = f"{place[0] if place else 'recipe'} {verb} '{name}'"
    with pytest.raises(SnapshotMismatch, match=f"another version of haihe.*{message}.*haihe index"):
        IndexRecipe.from_record(record)


def test_a_manifest_without_a_recipe_is_another_version_s(index):
    """It isn't called damaged."""
    manifest = index / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    del content["sha256"], content["recipe"], content["recipe_sha256"]
    manifest.write_text(json.dumps({**content, "sha256": _digest_of(content)}), "utf-8")
    with pytest.raises(SnapshotMismatch, match="another version of haihe"):
        open_snapshot(index)


@pytest.mark.parametrize(
    ("other", "clause"),
    [
        (FakeTokenEncoder(model="other"), "the encoder's model is other with tokens now, .* with fake with tokens"),
        (FakeTokenEncoder(max_tokens=99), "the budget's passage is 99 now, the index was made with 112"),
    ],
    ids=["encoder", "budget"],
)
def test_a_change_of_the_encoder_is_named(encoder, other, clause):
    """`haihe up` says why it takes its time."""
    assert re.search(clause, IndexRecipe.of(encoder).change_to(IndexRecipe.of(other)))


@pytest.mark.parametrize(
    ("choice", "clause"),
    [
        ({"second": FakeSecondEncoder()}, "the second encoder is fake second 1 now, the index was made with none"),
        ({"late_interaction": LateInteraction.OFF}, "the late interaction is off now, the index was made with on"),
        ({"vector_index": VectorIndexKind.IVF}, "the vector index is ivf now, the index was made with auto"),
        (
            {"recognizer": Recognizer(FakeEngine("tesseract 5"), lambda _: None)},
            "the recognizer is tesseract 5 now, the index was made with none",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_change_of_what_is_kept_is_named(encoder, choice, clause):
    """Each part by its own name, and nothing beside it."""
    recipe = IndexRecipe.of(encoder)
    assert recipe.change_to(IndexRecipe.of(encoder, **choice)) == clause
    assert recipe.change_to(IndexRecipe.of(encoder)) is None


@pytest.mark.parametrize(
    ("library", "change"),
    [("pystemmer", _stems_otherwise), ("opencc", _folds_otherwise), ("pypinyin", _reads_otherwise)],
)
def test_a_library_that_makes_other_terms_is_refused_by_its_name(index, upgrade, monkeypatch, library, change):
    """Questions in new terms would miss passages in old ones, and nothing would tell."""
    change(monkeypatch)
    clause = f"{library} is {upgrade(library)} now, the index was made with {re.escape(version(library))}"
    with pytest.raises(SnapshotMismatch, match=rf"{clause}\. .*haihe up"):
        open_snapshot(index).check_analyzer()


def test_a_library_that_makes_the_same_terms_is_let_in_with_a_warning(index, upgrade, caplog):
    """The probe may have missed a rare term, so that the log says what makes sure."""
    other = upgrade("pypinyin")
    with caplog.at_level(logging.WARNING):
        open_snapshot(index).check_analyzer()
    assert f"pypinyin is {other} now" in caplog.text
    assert "haihe up" in caplog.text


def test_an_analyser_that_is_the_same_is_let_in_in_silence(index, caplog):
    """As at every opening."""
    open_snapshot(index).check_analyzer()
    assert caplog.text == ""


def test_the_analyser_is_measured_once_for_all_processes(monkeypatch):
    """An opening costs no second: the cache folder has what was measured."""
    known = analyzer_identity()
    monkeypatch.setattr(analyzer, "index_terms", None)
    analyzer_identity.cache_clear()
    assert analyzer_identity() == known


def test_another_library_derives_terms_again_and_nothing_else(index, articles, upgrade, encoder, second, monkeypatch):
    """The cache of the terms goes by the identity that the manifest has; what was encoded is taken over."""
    encoded, derived = [], []
    encode, derive = FakeTokenEncoder.encode_passages_and_tokens, cached_terms.index_terms
    monkeypatch.setattr(
        FakeTokenEncoder,
        "encode_passages_and_tokens",
        lambda self, texts: (encoded.extend(texts), encode(self, texts))[1],
    )
    monkeypatch.setattr(cached_terms, "index_terms", lambda *text: (derived.append(text), derive(*text))[1])
    build_snapshot([articles], index, encoder, second=second)
    assert (encoded, derived) == ([], [])
    other = upgrade("pystemmer")
    manifest = build_snapshot([articles], index, encoder, second=second).manifest
    assert (encoded, len(derived)) == ([], sum(manifest.passages.values()))
    assert manifest.recipe.analyzer.libraries["pystemmer"] == other


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("def f():\n    return 1\n", 'def f():\n    """One."""\n    return 1  # at last\n', True),
        ("def f():\n    return 1\n", "def f():\n    return 2\n", False),
    ],
    ids=["a comment", "a statement"],
)
def test_code_is_the_same_whatever_is_said_of_it(before, after, is_same):
    """A reworded comment makes no index anew."""
    digests = {analyzer._digest_of_code([analyzer._Source("a.py", text.encode())]) for text in (before, after)}
    assert (len(digests) == 1) is is_same


def test_changed_code_is_haihe_s_own_change_where_python_is_the_same(index):
    """Another Python reads the same code in another way, and is named itself."""
    then = read_manifest(index).recipe.analyzer
    assert "haihe's own analysis" in then.change_to(replace(then, code="other"))
    newer = replace(then, code="other", libraries={**then.libraries, "Python": "4.0"})
    assert then.change_to(newer).startswith("Python is 4.0 now")
    assert "haihe" not in then.change_to(newer)


def test_an_index_of_unknown_libraries_is_named_by_them(index):
    """A library that haihe no longer asks, or asks only now, is a change like another version."""
    manifest = read_manifest(index)
    recipe = manifest.recipe
    made_with = replace(recipe.analyzer, libraries={**recipe.analyzer.libraries, "jieba": "0.42"}, terms="others")
    replace_manifest(index, replace(manifest, recipe=replace(recipe, analyzer=made_with)))
    with pytest.raises(SnapshotMismatch, match=r"jieba is none now, the index was made with 0\.42"):
        open_snapshot(index).check_analyzer()
