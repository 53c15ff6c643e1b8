"""A page that is watched while it is used: what it complains of, and whom it asks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from checks import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Locator, Page, Request

_AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watched:
    """A page of the service in a browser."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        self.requests: list[Request] = []
        self.expected: tuple[str, ...] = ()
        """Parts of complaints that a test provokes."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - Playwright can't take a builtin

    def open(self, path: str) -> None:
        """Go to a path of the service."""
        self.page.goto(self.site + path)

    def search(self, text: str) -> None:
        """Type a question, and wait for its answer."""
        self.box.fill(text)
        self.box.press("Enter")
        self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Wait until nothing is being asked."""
        self.wait("!document.querySelector('.progress.busy') && !!document.querySelector('.total')")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true. Playwright's own way evaluates strings in the page, which its policy forbids."""
        wait_until(lambda: self.page.evaluate(condition), 15)

    @property
    def box(self) -> Locator:
        """The search box."""
        return self.page.get_by_role("searchbox")

    @property
    def hits(self) -> Locator:
        """The hits that are shown."""
        return self.page.locator("hit-card")

    @property
    def titles(self) -> list[str]:
        """Theirs."""
        return self.page.locator("hit-card h3 a").all_inner_texts()

    @property
    def languages(self) -> set[str]:
        """Of the passages that are shown."""
        return set(self.page.locator("hit-card .passage").evaluate_all("all => all.map(one => one.lang)"))

    @property
    def address(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    @property
    def focused(self) -> str:
        """The text of what has the focus, through shadow roots."""
        return self.page.evaluate(
            """() => {
                let found = document.activeElement;
                while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
                return found?.id || found?.textContent.trim() || "";
            }"""
        )

    def asked(self, path: str) -> list[Any]:
        """The bodies of requests to a path."""
        return [request.post_data_json for request in self.requests if urlsplit(request.url).path == path]

    def violations(self) -> list[str]:
        """What axe finds, each rule with the elements that break it."""
        if not _AXE.is_file():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{_AXE} is missing. Run: cd web && npm ci")
        self.page.evaluate(_AXE.read_text("utf-8"))
        found = self.page.evaluate("rules => axe.run({runOnly: rules})", _RULES)["violations"]
        return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]

    def assert_clean(self) -> None:
        """It complained of nothing, and nothing left the host."""
        complaints = [text for text in self.complaints if not any(part in text for part in self.expected)]
        assert not complaints, complaints
        hosts = {urlsplit(request.url).netloc for request in self.requests if request.url.startswith("http")}
        assert hosts <= {urlsplit(self.site).netloc}, hosts

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
