"""Measure indexing and search as a user meets them: whole processes, real model, real HTTP, on loopback.

The corpus is the reference text, each of its 600 passages as an article: python scripts/measure_speed.py
"""

import json
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from indexer.reference import reference_text

QUERIES = 200
WARM_UP = 10


def main() -> None:
    """Print one line a figure."""
    text = reference_text()
    with tempfile.TemporaryDirectory(prefix="haihe-speed-") as folder:
        articles, index = Path(folder) / "articles.jsonl", Path(folder) / "index"
        lines = [json.dumps({"text": passage}) for part in text.values() for passage in part.passages]
        articles.write_text("\n".join(lines), "utf-8")
        passages = measure_indexing(articles, index)
        queries = [query for part in text.values() for query in part.queries][: QUERIES + WARM_UP]
        measure_search(index, queries)
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        print(f"index on disk          {size / passages:8.0f} bytes a passage")


def measure_indexing(articles: Path, index: Path) -> int:
    """Index in a process of its own; the model is loaded once before, so that it is prepared."""
    command = ["haihe", "index", str(articles), "--index", str(index)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    seconds = time.perf_counter() - began
    found = re.search(rb"(\d+) passages", done.stderr)
    passages = int(found[1]) if found else sys.exit("haihe index didn't say how many passages it made")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"haihe index            {seconds:8.1f} s, start to end")
    print(f"                       {passages / seconds:8.1f} passages a second, {passages} in all")
    print(f"peak memory, indexing  {peak:8.0f} MB")
    return passages


def measure_search(index: Path, queries: list[str]) -> None:
    """Ask a server of its own, one query after the other."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    command = ["haihe", "serve", "--index", str(index), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_until_ready(port)
        print(f"start to /readyz       {time.perf_counter() - began:8.1f} s")
        times = [ask(port, query) for query in queries][WARM_UP:]
        print(f"/v1/search, p50        {1000 * statistics.median(times):8.1f} ms ({len(times)} queries, one client)")
        print(f"/v1/search, p95        {1000 * statistics.quantiles(times, n=20)[-1]:8.1f} ms")
        status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
        resident = re.search(r"VmRSS:\s*(\d+)", status)
        print(f"resident, serving      {int(resident[1]) / 1024 if resident else 0:8.0f} MB")
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(port: int) -> None:
    """Until the service answers, two minutes at most."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    sys.exit("the service wasn't ready within two minutes")


def ask(port: int, query: str) -> float:
    """The seconds that one search takes."""
    address = f"http://127.0.0.1:{port}/v1/search?{urllib.parse.urlencode({'q': query})}"
    began = time.perf_counter()
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
    return time.perf_counter() - began


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
