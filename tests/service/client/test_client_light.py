"""The client runs where nothing of the service does."""

from __future__ import annotations

import json
import subprocess
import sys

_REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def test_importing_the_client_imports_nothing_of_the_service():
    """No index, no model, no web server, and no pandas before a data frame is asked for."""
    code = f"from service.client import Client; {_REPORT}"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = json.loads(found.stdout)
    own = [name for name in loaded if name.partition(".")[0] in {"service", "indexer"}]
    assert [name for name in own if name != "service" and not name.startswith("service.client")] == []
    heavy = {"numpy", "pandas", "faiss", "torch", "ctranslate2", "fastapi", "uvicorn", "typer", "mcp", "matplotlib"}
    assert heavy.isdisjoint(loaded)
