"""The two systems as a user starts them: haihe by its command, txtai as its documentation recommends for a service."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import yaml

from service.laboratory.bench.records import HAIHE, PEER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_HAIHE = ("-c", "from service.command import main; main()")


@dataclass(frozen=True, slots=True)
class Launch:
    """The command and the environment that a process is started with."""

    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class System:
    """A system that answers searches over HTTP.

    Attributes:
        name: as it is printed.
        ready: the path that answers 200 when the system can search.
        search: the path of a search, up to the question.
    """

    name: str
    ready: str
    search: str

    def serve(self, index: Path, port: int, workers: int) -> Launch:
        """The launch that serves an index on loopback, by so many processes."""
        launch = _serve_haihe(index, port) if self.name == HAIHE else _serve_txtai(index, port)
        return launch if workers == 1 else replace(launch, command=(*launch.command, "--workers", str(workers)))


OWN = System(HAIHE, "/readyz", "/v1/search?k=10&q=")
TXTAI = System(PEER, "/count", "/search?limit=10&query=")


def installed() -> tuple[System, ...]:
    """The systems that can be measured here."""
    return (OWN, TXTAI) if importlib.util.find_spec("txtai") else (OWN,)


def environment(**more: str) -> dict[str, str]:
    """The environment of every process: each system chooses its own threads, and no hub is asked for a model."""
    inherited = {name: value for name, value in os.environ.items() if name not in _THREADS}
    return {**inherited, "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1", **more}


def txtai_embeddings(model: Path) -> dict[str, object]:
    """Txtai's settings for the model that haihe uses, with its prompts; all else as txtai has it."""
    return {
        "path": str(model),
        "content": True,
        "instructions": {"query": QUERY_PROMPT, "data": PASSAGE_PROMPT},
    }


def _serve_haihe(index: Path, port: int) -> Launch:
    command = (sys.executable, *_HAIHE, "serve", "--index", str(index), "--host", "127.0.0.1", "--port", str(port))
    return Launch(command, environment())


def _serve_txtai(index: Path, port: int) -> Launch:
    """The launch of txtai as https://neuml.github.io/txtai/api says, without the access log.

    Haihe doesn't write one either. The index isn't writable: then txtai searches without a lock.
    """
    settings = index.with_name(f"{index.name}.yml")
    model = (index / "model").read_text("utf-8")
    settings.write_text(yaml.safe_dump({"path": str(index), "embeddings": {"path": model}}), "utf-8")
    server = ("-m", "uvicorn", "txtai.api:app", "--host", "127.0.0.1", "--port", str(port))
    return Launch(
        (sys.executable, *server, "--log-level", "warning", "--no-access-log"), environment(CONFIG=str(settings))
    )
