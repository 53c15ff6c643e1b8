"""The machine that was measured on, and what it could do at most."""

from __future__ import annotations

import os
import platform
import re
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from service.laboratory.bench.records import Better, Measurement, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGES = ("haihe", "txtai", "torch", "sentence-transformers", "ctranslate2", "onnxruntime", "faiss-cpu", "numpy")
_BUSY = 0.4
"""The share of the cores that others may use."""
_SIDE = 2048
_WALK = 2**28


def describe() -> dict[str, str]:
    """Processor, cores, memory and the versions of what takes part."""
    cpu, memory = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    model = re.search(r"model name\s*:\s*(.+)", cpu.read_text("utf-8")) if cpu.exists() else None
    total = re.search(r"MemTotal:\s*(\d+)", memory.read_text("utf-8")) if memory.exists() else None
    return {
        "processor": model[1] if model else platform.processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{int(total[1]) / 2**20:.0f} GB" if total else "unknown",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        **{name: version for name in _PACKAGES if (version := _version(name))},
    }


def busyness() -> str | None:
    """A sentence where other programs are at work, so that figures mean little; None on a quiet machine."""
    cores = os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if load < _BUSY * cores:
        return None
    return f"The machine was busy before the run (load {load:.1f} on {cores} cores): repeat it on a quiet one."


def measure_limit(repeats: int) -> list[Measurement]:
    """Arithmetic and memory at their best: a large product of float32 matrices, and a walk through an array."""
    chance = np.random.default_rng(0)
    square = chance.standard_normal((_SIDE, _SIDE), np.float32)
    many = np.ones(_WALK // 4, np.float32)
    gflops = _best(lambda: square @ square, 2 * _SIDE**3, repeats)
    gigabytes = _best(many.max, many.nbytes, repeats)
    return [
        Measurement(Stage.LIMIT, "matrix product, float32", "GFLOP/s", gflops, better=Better.MORE, note="NumPy's BLAS"),
        Measurement(Stage.LIMIT, "reading memory, one core", "GB/s", gigabytes, better=Better.MORE),
    ]


def _best(work: Callable[[], object], amount: float, repeats: int) -> tuple[float, ...]:
    work()
    rates = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        rates.append(amount / (time.perf_counter() - began) / 1e9)
    return tuple(rates)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
