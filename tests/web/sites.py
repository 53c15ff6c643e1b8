"""A portal and a service on two origins, both of this machine, for the tests of the widget and of the iframe page."""

from __future__ import annotations

import json
import mimetypes
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from checks import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "docs" / "portal-demo"
_DEMO_ENDPOINT = "http://127.0.0.1:8000"
_COMMAND = ROOT / "tests" / "service" / "conftest.py"  # `haihe` with an encoder that needs no model

_WAYS = ("to the sea", "at night", "for pupils", "in the rain", "by the river", "without a driver")
_ZH_WAYS = ("通往海边", "夜间运行", "接送学生", "雨天不停", "沿河而行", "无人驾驶")
_OTHERS = (("railway", "铁路"), ("budget", "预算"), ("hospital", "医院"), ("port", "港口"), ("chip", "芯片"), ("museum", "博物馆"), ("football", "足球"), ("orchard", "果园"), ("tunnel", "隧道"))  # fmt: skip
ARTICLES = (
    *(
        {
            "id": f"en/bus-{number}",
            "title": f"The bus runs {way}",
            "source": "China Daily",
            "url": f"https://news.example/bus-{number}",
            "published": f"2024-0{number + 1}-11",
            "text": f"The district has a new bus that runs {way}, and every bus of line {number} is on time.",
        }
        for number, way in enumerate(_WAYS)
    ),
    *(
        {
            "id": f"zh/bus-{number}",
            "title": f"公交{way}",
            "source": "天津日报",
            "published": f"2023-0{number + 1}-05",
            "text": f"全区新开的公交{way}，{number + 1}路公交每天准点到站，乘坐公交的居民越来越多。",
        }
        for number, way in enumerate(_ZH_WAYS)
    ),
    *(
        {
            "id": f"en/{word}-{number}",
            "title": f"The {word}",
            "text": f"The {word} was opened {way}, and the {word} pleases.",
        }
        for word, _ in _OTHERS
        for number, way in enumerate(_WAYS[:4])
    ),
    *(
        {
            "id": f"zh/{word}-{number}",
            "title": f"{word}落成",
            "text": f"新的{word}{way}，前来参观{word}的居民都很满意。",
        }
        for _, word in _OTHERS
        for number, way in enumerate(_ZH_WAYS[:4])
    ),
    {
        "id": "en/violin",
        "title": "<img src=x onerror=alert(1)> violin",
        "source": "Gazette, London",
        "url": "javascript:alert(1)",
        "text": "The violin was played by a woman who had built the violin herself, in a workshop by the river.",
    },
    {
        "id": "zh/rice",
        "title": "水稻丰收",
        "text": "今年的水稻获得了丰收，农民说这是十年来水稻收成最好的一年，粮库已经装满。",
    },
)


@dataclass
class Portal:
    """A site of somebody else: the demo's files, and pages that a test gives it."""

    origin: str
    endpoint: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def put(self, path: str, body: str, policy: str | None = None) -> str:
        """Give it a page, with a Content-Security-Policy that knows `SERVICE`; gives the page's address."""
        headers = {"Content-Security-Policy": policy.replace("SERVICE", self.endpoint)} if policy else {}
        self.pages[path] = (body.replace("SERVICE", self.endpoint), headers)
        return self.origin + path

    def read(self, path: str) -> tuple[str, dict[str, str]] | None:
        """What it answers."""
        if path in self.pages:
            return self.pages[path]
        demo = DEMO / path.lstrip("/")
        if not demo.is_file():
            return None
        return demo.read_text("utf-8").replace(_DEMO_ENDPOINT, self.endpoint), {}


@contextmanager
def serve_portal() -> Iterator[Portal]:
    """A portal, for as long as it lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body, headers = portal.read(path) or ("", None)
            self.send_response(200 if headers is not None else 404)
            kind = mimetypes.guess_type(path)[0] or "text/html"
            for name, value in {"Content-Type": f"{kind}; charset=utf-8", **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    portal = Portal(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield portal
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def _serve_buses(index: Path, cache: Path, *, portals: str) -> Iterator[str]:
    """The service with the corpus, for as long as it lasts; gives its origin."""
    environment = {"HAIHE_CACHE": str(cache), "HAIHE_PORTALS": portals}
    with _haihe("serve", "--index", str(index), "--port", "0", environment=environment) as process:
        assert process.stderr is not None
        endpoint = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())[0]
        wait_until(lambda: httpx.get(f"{endpoint}/readyz").is_success, seconds=60)
        yield endpoint


@contextmanager
def _haihe(*arguments: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("HAIHE_")}
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    with subprocess.Popen(
        [sys.executable, str(_COMMAND), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**outside, "PYTHONPATH": paths, **environment},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="session")
def bus_index(cache, tmp_path_factory) -> Path:
    """The corpus as an index."""
    folder = tmp_path_factory.mktemp("buses")
    lines = [json.dumps(article, ensure_ascii=False) for article in ARTICLES]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    index = folder / "index"
    with _haihe("index", str(folder), "--index", str(index), environment={"HAIHE_CACHE": str(cache)}) as process:
        assert process.wait(120) == 0, process.stderr.read()
    return index


@pytest.fixture(scope="session")
def portal(bus_index, cache) -> Iterator[Portal]:
    """A portal that the service lets in."""
    with serve_portal() as portal, _serve_buses(bus_index, cache, portals=portal.origin) as portal.endpoint:
        yield portal


@pytest.fixture(scope="session")
def stranger(portal) -> Iterator[Portal]:
    """Another site, which the service doesn't let in."""
    with serve_portal() as stranger:
        stranger.endpoint = portal.endpoint
        yield stranger


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own: `visit(locale=…)`; what it complains of is in the page's `problems`."""
    contexts = []

    def open_browser(**options: object) -> Page:
        contexts.append(chromium.new_context(**{"locale": "en-GB", **options}))
        page = contexts[-1].new_page()
        page.problems = []
        page.on("console", lambda said: page.problems.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def find_violations() -> Callable[[Page], list[tuple[str, str]]]:
    """What axe finds in a page and its frames: rule and element. It is told of no exception."""
    source = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def find(page: Page) -> list[tuple[str, str]]:
        for frame in page.frames:
            frame.evaluate(source)
        found = page.evaluate("axe.run()")["violations"]
        return [(violation["id"], node["html"]) for violation in found for node in violation["nodes"]]

    return find
