"""The documentation's site: builds in both languages, loads nothing from other hosts, and says what the service says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from documentation import api, checks  # noqa: E402
from documentation.links import Links, MissingPictureError  # noqa: E402
from documentation.settings import settings_table  # noqa: E402
from documentation.words import MissingTranslationsError, Words  # noqa: E402

from service.settings import Settings  # noqa: E402

pytestmark = pytest.mark.slow

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Built as CI builds it."""
    for package in ("zensical", "nbconvert"):
        pytest.importorskip(package, reason="pip install -e '.[docs]' brings it")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, ROOT / "scripts" / "build_docs.py", "--out", folder / "site", "--work", folder / "work"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def _nav():
    def pages(node):
        if isinstance(node, str):
            yield node
        for each in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            yield from pages(each)

    return list(pages(yaml.safe_load((ROOT / "docs" / "site.yml").read_text("utf-8"))["nav"]))


def _html(site, page, language):
    folder = "" if page == "index.md" else page.removesuffix("index.md").removesuffix(".md")
    return site.joinpath("zh" if language == "zh" else "", folder, "index.html").read_text("utf-8")


@pytest.mark.slow
def test_every_page_is_there_in_both_languages(site):
    for page in _nav():
        assert '<html lang="en"' in _html(site, page, "en")
        assert '<html lang="zh"' in _html(site, page, "zh")


@pytest.mark.parametrize(
    "page",
    [page for page in _nav() if page not in {"dependencies.md", "contributing.md", "changelog.md", "notebook.md"}],
)
def test_chinese_pages_are_in_chinese(page):
    """All that people use; what developers write stands in, in English."""
    text = (ROOT / "docs" / page.replace(".md", ".zh.md")).read_text("utf-8")
    assert len(CHINESE.findall(text)) > 100


@pytest.mark.parametrize("index", ["index.md", "index.zh.md"])
def test_every_decision_is_listed(index):
    decisions = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\(([^)]+)\)", (decisions / index).read_text("utf-8")))
    assert {path.name for path in decisions.glob("0*.md")} <= listed


@pytest.mark.slow
def test_nothing_is_loaded_from_another_host(site):
    assert checks.foreign_loads(site) == []


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        '<img src="https://badge.example/a.svg">',
        '<pre class="mermaid"><code>graph</code></pre>',
    ],
)
def test_what_would_be_loaded_from_another_host_is_found(html, tmp_path):
    (tmp_path / "index.html").write_text(html, "utf-8")
    assert len(checks.foreign_loads(tmp_path)) == 1


def test_links_to_other_hosts_are_no_loads(tmp_path):
    (tmp_path / "index.html").write_text('<a href="https://other.example/">there</a><img src="a.svg">', "utf-8")
    assert checks.foreign_loads(tmp_path) == []


def test_every_setting_is_in_the_table():
    for language in ("en", "zh"):
        words = Words(language)
        table = settings_table(words)
        words.check()
        assert {f"`HAIHE_{name.upper()}`" for name in Settings.model_fields} <= set(re.findall(r"`[^`]+`", table))


@pytest.mark.slow
def test_every_route_and_record_is_in_the_reference(site):
    described = api.description()
    for language in ("en", "zh"):
        html = _html(site, "api.md", language)
        for path, methods in described["paths"].items():
            assert all(f"{method.upper()} {path}</code>" in html for method in methods)
        assert all(f'id="{name.lower()}"' in html for name in described["components"]["schemas"])
    assert json.loads((site / "openapi.json").read_text("utf-8"))["paths"] == described["paths"]


def test_a_sentence_without_chinese_is_named():
    words = Words("zh")
    words("A sentence that nobody translated.")
    with pytest.raises(MissingTranslationsError, match="A sentence that nobody translated"):
        words.check()


@pytest.fixture
def links():
    return Links(
        pages={"docs/a.md": "a.md", "docs/a.zh.md": "a.md", "docs/b/c.md": "b/c.md", "docs/b/c.zh.md": "b/c.md"},
        own={"docs/a.zh.md", "docs/b/c.zh.md"},
        files={"docs/images/x.svg"},
        other_root="../",
    )


@pytest.mark.parametrize(
    ("source", "text", "rewritten"),
    [
        ("docs/a.zh.md", "[c](b/c.zh.md)", "[c](b/c.md)"),
        ("docs/a.zh.md", "[c](b/c.md)", "[c](b/c.md)"),
        ("docs/b/c.zh.md", "[a](../a.zh.md#x)", "[a](../a.md#x)"),
        ("docs/a.zh.md", "[c](b/c.md#x)", "[c](../../b/c/#x)"),
        ("docs/b/c.zh.md", "![x](../images/x.svg)", "![x](../images/x.svg)"),
        ("docs/a.zh.md", "[there](https://other.example/)", "[there](https://other.example/)"),
        ("docs/a.zh.md", "[code](../service/http/app.py)", "code"),
        ("docs/a.zh.md", "# 题\n\n[English](a.md)\n\n文", "# 题\n\n文"),
        ("docs/a.zh.md", "```md\n[c](b/c.zh.md)\n```\n", "```md\n[c](b/c.zh.md)\n```\n"),
        ("docs/a.zh.md", "一行\n二行", "一行二行"),
    ],
)
def test_links_lead_to_pages_of_the_same_language(links, source, text, rewritten):
    assert links.rewritten(text, source) == rewritten


def test_a_picture_that_is_missing_is_named(links):
    with pytest.raises(MissingPictureError, match=r"docs/a\.zh\.md: docs/images/y\.png"):
        links.rewritten("![y](images/y.png)", "docs/a.zh.md")


@pytest.fixture
def address(site):
    """Where the site is served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(address, chromium):
    """A page of a real browser, and all that it asked for elsewhere."""
    context = chromium.new_context()
    opened = context.new_page()
    opened.elsewhere = []
    context.on("request", lambda request: _is_elsewhere(request.url, address) and opened.elsewhere.append(request.url))
    yield opened
    context.close()


def _is_elsewhere(url, address):
    return url.startswith(("http", "ws")) and not url.startswith(address)


@pytest.mark.browser
def test_a_browser_asks_no_other_host(page, address):
    """Neither while a page loads nor afterwards; they come to rest side by side."""
    for language in ("", "zh/"):
        tabs = [page.context.new_page() for _ in _nav()]
        for tab, each in zip(tabs, _nav(), strict=True):
            tab.goto(address + language + each.removesuffix("index.md").removesuffix(".md"))
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
            tab.close()
    assert page.elsewhere == []


@pytest.mark.browser
@pytest.mark.parametrize(("start", "asked", "found"), [("", "calibrated", "How"), ("zh/", "标准差", "同一把尺子")])
def test_the_site_can_be_searched(page, address, start, asked, found):
    page.goto(address + start)
    page.locator(".md-search__button").first.click()
    page.keyboard.type(asked)
    page.get_by_text(found).first.wait_for(timeout=10_000)


@pytest.mark.browser
def test_the_other_language_is_the_same_page(page, address):
    page.goto(address + "ranking/")
    page.locator(".haihe-language").click()
    page.wait_for_url(address + "zh/ranking/")
    page.locator(".haihe-language").click()
    page.wait_for_url(address + "ranking/")
