"""The console script: settles what libraries read once, when they are imported, and runs the command."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_SERVING = {"mcp", "serve", "search", "shell", "up"}
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main() -> NoReturn:
    """Run `haihe`.

    A query's matrices are small: threads that wait for each other over them double what it costs, so searching has one.
    The encoder has threads of its own.
    """
    if sys.argv[1:2] and sys.argv[1] in _SERVING:
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
    from service.cli import main as run

    run()
