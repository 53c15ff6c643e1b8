"""Draw the search page, with real answers: docs/images/page-*.png.

Example: python scripts/screenshot_page.py --index ~/articles.index     (seeds/ are indexed where it is left out)

Fields for dates are in the browser's own language: Debian has Chinese in the package chromium-l10n.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from local_service import HAIHE, serving
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(_ROOT / "tests" / "web"))  # the invented articles are those that the page is tested with

from corpus import write_corpus  # noqa: E402

_LOCALES = {"en": "en-GB", "zh": "zh-CN"}
_BAODI = "What is Baodi building with Beijing?"
_BAODI_ZH = "宝坻的中关村科技城"
_RAIL = "Baodi high-speed rail to Beijing"
_BINHAI = "How much investment from Beijing has Binhai attracted in five years?"


@dataclass(frozen=True)
class Picture:
    """A question, and how its answer is shown."""

    name: str
    query: str
    language: Literal["en", "zh"]
    colors: Literal["light", "dark"] = "light"
    width: int = 1440
    height: int = 900
    pixels: int = 1
    """Pixels of the picture for one of the page."""
    opens_article: bool = False
    """Whether the first hit's article is open, the same story beside it."""
    of: Literal["seeds", "invented"] = "seeds"
    """The articles that are searched."""


_PICTURES = (
    Picture("page-en", _BAODI, "en"),
    Picture("page-zh", _BAODI_ZH, "zh"),
    Picture("page-en-dark", _RAIL, "en", colors="dark"),
    Picture("page-zh-narrow", _BAODI_ZH, "zh", width=390, height=800, pixels=2),
    Picture("page-start", "", "en", height=830),
    Picture("page-start-zh", "", "zh", colors="dark", height=830),
    Picture("page-start-other", "", "en", height=760, of="invented"),
    Picture("page-article", _BINHAI, "en", width=1100, height=700, opens_article=True),
)


def main() -> None:
    """Serve, ask, and draw."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_corpus(Path(folder))
        articles = {"seeds": _ROOT / "seeds", "invented": Path(folder) / "articles.jsonl"}
        for name, source in articles.items():
            pictures = [one for one in _PICTURES if one.of == name and one.name.startswith(options.only)]
            if not pictures:
                continue
            is_given = options.index and name == "seeds"
            index = options.index if is_given else _index(source, Path(folder) / f"{name}.index")
            with serving(index) as site:
                for picture in pictures:
                    browser = playwright.chromium.launch(executable_path=options.chromium, env=_environment(picture))
                    _draw(picture, browser, site, options.out)
                    browser.close()


def _environment(picture: Picture) -> dict[str, str | float | bool]:
    """What a browser takes its own language from, which its fields for dates are in; pages don't set it."""
    return {**os.environ, "LANGUAGE": _LOCALES[picture.language].replace("-", "_")}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="the index that is searched")
    parser.add_argument("--only", default="", help="draw only pictures whose names begin so, such as page-start")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "images", help="where the pictures go")
    parser.add_argument("--chromium", default=os.environ.get("HAIHE_CHROMIUM") or shutil.which("chromium"))
    return parser.parse_args()


def _index(articles: Path, index: Path) -> Path:
    subprocess.run([*HAIHE, "index", str(articles), "--index", str(index)], check=True)  # noqa: S603 - ourselves
    return index


def _draw(picture: Picture, browser: Browser, site: str, out: Path) -> None:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.pixels,
        color_scheme=picture.colors,
        locale=_LOCALES[picture.language],
        reduced_motion="reduce",
    )
    page.goto(f"{site}/?{urlencode({'q': picture.query})}", wait_until="networkidle")
    if not picture.query:
        page.locator(".facts").wait_for()
    if picture.opens_article:
        _open_article(page)
    page.screenshot(path=out / f"{picture.name}.png")
    page.close()


def _open_article(page: Page) -> None:
    page.locator("hit-card h3 a").first.click()
    page.get_by_role("button", name="Read side by side").first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
