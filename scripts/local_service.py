"""A `haihe serve` on this machine, for scripts that take pictures of its pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HAIHE = (sys.executable, "-c", "from service.command import main; main()")
"""The command, of this Python."""


@contextmanager
def serving(index: Path, **settings: str) -> Iterator[str]:
    """The address of a service with an index, ready; settings are added to the environment."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [*HAIHE, "serve", "--index", str(index), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    )
    try:
        said = process.stderr.readline() if process.stderr else ""
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        if not found:
            sys.exit(said.strip())
        while not _is_ready(found[0]):
            time.sleep(0.1)
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def _is_ready(site: str) -> bool:
    try:
        with urllib.request.urlopen(f"{site}/readyz"):  # noqa: S310 - http, to ourselves
            return True
    except urllib.error.URLError:
        return False
