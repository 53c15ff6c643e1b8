"""What the search page costs to load, and how long its first answer takes: a table for docs/performance.md.

    pip install -e '.[browser]' && haihe serve --index DIR &
    python scripts/measure_page.py http://127.0.0.1:8000 --query "滨海新区来自北京的投资"

Each row is the median of several loads in a Chromium (`HAIHE_CHROMIUM` names it where it isn't in the path). `cold` has
an empty cache, `warm` has the files of the load before. Times are of this machine, over loopback; `slow` is a phone's
network (1.6 Mbit/s, 150 ms round trip) and a fourth of the processor, as Lighthouse has it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
_PATIENCE = 30
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_WATCH = """() => {
    window.answeredAt = 0;
    window.shifted = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) shifted += entry.value; })
        .observe({type: "layout-shift", buffered: true});
    const look = () => {
        const isThere = document.querySelector("hit-card") && !document.querySelector(".progress.busy");
        if (isThere) answeredAt ||= performance.now();
        requestAnimationFrame(look);
    };
    look();
}"""


@dataclass(frozen=True)
class Load:
    """What one load cost."""

    requests: int
    kilobytes: float
    painted_ms: float
    answered_ms: float
    shift: float


def main() -> None:
    """Measure, and print the table."""
    arguments = _arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium())
        print("| page | requests | kB over the wire | first paint, ms | first hit, ms | layout shift |")
        print("|---|---:|---:|---:|---:|---:|")
        path = f"{arguments.url}/?q={quote(arguments.query)}"
        for name, is_slow in (("", False), (", slow", True)):
            loads = [_cold_and_warm(browser, path, is_slow=is_slow) for _ in range(arguments.loads)]
            for state, measured in zip(("cold", "warm"), zip(*loads, strict=True), strict=True):
                print(_row(state + name, measured))
        pauses = sorted(_typed(browser, arguments.url, arguments.query, arguments.loads))
        print(f"\nTyping, last key to answer: median {statistics.median(pauses):.0f} ms, most {pauses[-1]:.0f} ms.")
        browser.close()


def _cold_and_warm(browser: Browser, path: str, *, is_slow: bool) -> tuple[Load, Load]:
    context = browser.new_context()
    loads = (_load(context, path, is_slow=is_slow), _load(context, path, is_slow=is_slow))
    context.close()
    return loads


def _load(context: BrowserContext, path: str, *, is_slow: bool) -> Load:
    page = context.new_page()
    session = context.new_cdp_session(page)
    received = _count(session)
    if is_slow:
        session.send("Network.emulateNetworkConditions", _SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(f"({_WATCH})()")
    page.goto(path)
    _wait(page, "window.answeredAt > 0")
    requests, size = received()
    load = Load(requests, size / 1000, page.evaluate(_PAINTED), page.evaluate("answeredAt"), page.evaluate("shifted"))
    page.close()
    return load


def _count(session: CDPSession) -> Callable[[], tuple[int, float]]:
    """Counts what comes over the network: what the browser had itself is no request."""
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    return lambda: (sum(size > 0 for size in sizes), sum(sizes))


def _typed(browser: Browser, url: str, query: str, times: int) -> Iterator[float]:
    """Milliseconds from the last key to the answer, with a warm page."""
    page = browser.new_page()
    page.goto(url)
    for number in range(times):
        page.get_by_role("searchbox").fill("")
        _wait(page, "!document.querySelector('hit-card')")
        text = f"{query} {number}"  # another question each time: the service remembers those that it was asked
        page.get_by_role("searchbox").press_sequentially(text[:-1], delay=30)
        page.wait_for_timeout(500)
        page.evaluate(
            """() => {
                const before = document.title;
                const box = document.querySelector("#query");
                box.addEventListener("input", () => {
                    const began = performance.now();
                    const look = () => document.title !== before && !document.querySelector(".progress.busy")
                        ? window.pause = performance.now() - began : requestAnimationFrame(look);
                    window.pause = 0;
                    look();
                }, {once: true});
            }"""
        )
        page.keyboard.press(text[-1])
        _wait(page, "window.pause > 0")
        yield page.evaluate("pause")


def _wait(page: Page, condition: str) -> None:
    """Playwright's own way evaluates strings in the page, which the page's policy forbids."""
    ends = time.monotonic() + _PATIENCE
    while not page.evaluate(condition):
        if time.monotonic() > ends:
            raise SystemExit(f"{page.url}: no answer in {_PATIENCE} s. Ask for something that has hits: --query.")
        page.wait_for_timeout(5)


def _row(name: str, loads: tuple[Load, ...]) -> str:
    def median(field: str) -> float:
        return statistics.median(getattr(load, field) for load in loads)

    return (
        f"| {name} | {median('requests'):.0f} | {median('kilobytes'):.0f} | {median('painted_ms'):.0f} "
        f"| {median('answered_ms'):.0f} | {median('shift'):.3f} |"
    )


def _chromium() -> str | None:
    return os.environ.get("HAIHE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="where haihe serves")
    parser.add_argument("--query", default="滨海新区来自北京的投资", help="a question that has hits")
    parser.add_argument("--loads", type=int, default=7, help="loads a row is the median of")
    return parser.parse_args()


if __name__ == "__main__":
    main()
