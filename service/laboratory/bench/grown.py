"""Indexes of any size, made once: of grown passages, for both systems."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from indexer import SnapshotError, read_manifest
from service.laboratory.bench.records import HAIHE, BenchError
from service.laboratory.bench.systems.processes import run_task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from service.laboratory.bench.systems.systems import System

QUESTIONS = 600
"""Real questions whose vectors the index of vectors is asked with."""
_BYTES, _TOKEN_BYTES = 22_000, 9_000
"""Disk that a passage takes while both indexes are made, and its tokens."""


def sentence_vectors(work: Path, say: Callable[[str], None]) -> Path:
    """The file of the sentences' real vectors."""
    path = work / "sentences.npz"
    if not path.exists():
        say("Encoding the sentences that everything is grown from")
        run_task("read", vectors=str(path), asked=QUESTIONS)
    return path


def grown_index(system: System, work: Path, count: int, say: Callable[[str], None], *, late_interaction: bool) -> Path:
    """The folder of a system's index of `count` grown passages.

    Raises:
        BenchError: there isn't enough disk, or it can't be made.
    """
    kind = "" if late_interaction or system.name != HAIHE else "-no-tokens"
    index = work / f"grown-{count}{kind}" / system.name
    if _is_made(system, index):
        return index
    shutil.rmtree(index, ignore_errors=True)
    index.parent.mkdir(parents=True, exist_ok=True)
    _check_disk(index.parent, count, late_interaction=late_interaction)
    vectors = sentence_vectors(work, say)
    say(f"Growing {system.name}'s index to {count:,} passages")
    if system.name == HAIHE:
        run_task("grow_haihe", vectors=str(vectors), index=str(index), count=count, late_interaction=late_interaction)
    else:
        run_task("grow_txtai", vectors=str(vectors), index=str(index), count=count)
    return index


def _is_made(system: System, index: Path) -> bool:
    if system.name != HAIHE:
        return (index / "model").exists()  # written last
    try:
        read_manifest(index)
    except SnapshotError:
        return False
    return True


def _check_disk(folder: Path, count: int, *, late_interaction: bool) -> None:
    needed = count * (_BYTES + _TOKEN_BYTES * late_interaction)
    free = shutil.disk_usage(folder).free
    if free < needed:
        message = f"{folder}: {count:,} passages need {needed / 2**30:.0f} GB of disk, {free / 2**30:.0f} GB are free."
        raise BenchError(f"{message} Choose smaller --sizes, or another --work folder.")
