"""Runs a task of `service.laboratory.bench.systems.tasks` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from service.laboratory.bench.records import BenchError
from service.laboratory.bench.systems.systems import environment

LONGEST = 4 * 3600.0
"""Seconds that a task may take: a million passages are grown in less."""


def run_task(task: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Run a task, and give its answer with `whole`, the seconds from the start of its process to its end.

    Raises:
        BenchError: it failed or took too long.
    """
    command = [sys.executable, "-m", "service.laboratory.bench.systems.tasks", task, json.dumps(arguments)]
    began = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=environment(), capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        raise BenchError(f"{task} took longer than {LONGEST:.0f} s. Choose smaller --sizes.") from None
    whole = time.perf_counter() - began
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise BenchError(f"{task} failed: {lines[-1]}")
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "whole": whole}
