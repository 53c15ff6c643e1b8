"""Draw the widget in the sample portal, with real answers: docs/images/widget-*.png.

Portal and service run on free ports; the portal's pages are served with the service's address in place of their own.

Example: python scripts/screenshot_portal.py --index ~/articles.index     (seeds/ are indexed where it is left out)
"""

from __future__ import annotations

import argparse
import mimetypes
import os
import shutil
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from local_service import HAIHE, serving
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

_ROOT = Path(__file__).parents[1]
_DEMO = _ROOT / "docs" / "portal-demo"
_IN_THE_DEMO = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Picture:
    """A page of the portal, which asks by itself, and how wide it is shown."""

    name: str
    page: str
    width: int = 1000
    height: int = 760


_PICTURES = (
    Picture("widget-zh-light", "index.html"),
    Picture("widget-en-dark", "en.html"),
    Picture("widget-zh-narrow", "index.html", width=360, height=800),
    Picture("widget-hostile", "hostile.html", height=900),
    Picture("widget-frame", "frame.html"),
)


def main() -> None:
    """Serve, ask, and draw."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = options.index or _index(Path(folder) / "index")
        browser = playwright.chromium.launch(executable_path=options.chromium)
        with _portal() as portal, serving(index, HAIHE_PORTALS=portal) as _Portal.endpoint:
            for picture in _PICTURES:
                _draw(picture, browser, portal, options.out)
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="the index that is searched")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "images", help="where the pictures go")
    parser.add_argument("--chromium", default=os.environ.get("HAIHE_CHROMIUM") or shutil.which("chromium"))
    return parser.parse_args()


def _index(folder: Path) -> Path:
    subprocess.run([*HAIHE, "index", str(_ROOT / "seeds"), "--index", str(folder)], check=True)  # noqa: S603 - ourselves
    return folder


class _Portal(BaseHTTPRequestHandler):
    """The sample portal."""

    endpoint = ""

    def do_GET(self) -> None:
        """Answer a page, a style or a script."""
        path = _DEMO / self.path.lstrip("/")
        body = path.read_text("utf-8") if path.is_file() else ""
        self.send_response(HTTPStatus.OK if body else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", f"{mimetypes.guess_type(path)[0]}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.replace(_IN_THE_DEMO, self.endpoint).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _portal() -> Iterator[str]:
    """The portal's address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Portal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _draw(picture: Picture, browser: Browser, portal: str, out: Path) -> None:
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height}, reduced_motion="reduce")
    page.goto(f"{portal}/{picture.page}", wait_until="networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=out / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    main()
