"""The search page without a mouse, and for a screen reader."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import quote

import pytest
from corpus import ASKED, ELSEWHERE, STORIES

FOUND = f"/?q={quote(ASKED)}"


@pytest.fixture
def found(open_page):
    page = open_page(FOUND)
    page.wait_for_answer()
    return page


def test_a_search_is_done_by_keys_alone(open_page):
    """Ask, go to a hit, read, close, go on, ask again."""
    page = open_page()
    keys = page.page.keyboard
    assert page.focused == "query", "one can type at once"
    keys.type(ASKED)
    page.hits.first.wait_for()
    page.wait_for_answer()
    titles = page.titles
    keys.press("ArrowDown")
    assert page.focused == titles[0]
    keys.press("j")
    keys.press("ArrowDown")
    assert page.focused == titles[2]
    keys.press("k")
    assert page.focused == titles[1]
    keys.press("Enter")
    page.page.locator("dialog .passage").first.wait_for()
    keys.press("Escape")
    page.page.get_by_role("dialog").wait_for(state="hidden")
    assert page.focused == titles[1]
    keys.press("k")
    keys.press("ArrowUp")
    assert page.focused == "query"
    keys.press("ArrowDown")
    keys.press("/")
    assert page.focused == "query"
    assert page.box.input_value() == ASKED, "the key isn't typed"


def test_letters_are_typed_where_one_types(found):
    found.box.click()
    found.box.press("End")
    found.page.keyboard.type("/jk")
    assert found.box.input_value() == ASKED + "/jk"


def test_single_keys_can_be_switched_off(found):
    """WCAG 2.1.4: who speaks to the browser may not be surprised by them."""
    switch = found.page.get_by_role("checkbox", name="Single-key shortcuts")
    switch.uncheck()
    found.page.get_by_role("link").nth(1).focus()
    before = found.focused
    found.page.keyboard.press("j")
    assert found.focused == before
    found.page.reload()
    found.wait_for_answer()
    assert not switch.is_checked(), "remembered"


def test_the_timeline_is_one_stop_with_arrows_within(found):
    bars = found.page.locator("month-chart g")
    assert bars.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    bars.first.focus()
    found.page.keyboard.press("End")
    found.page.keyboard.press("ArrowLeft")
    found.page.keyboard.press("ArrowRight")
    assert "July 2025" in found.page.locator("month-chart .now").inner_text()
    found.page.keyboard.press("Enter")
    found.wait_for_answer()
    assert found.address["from"] == ["2025-07-01"]
    assert found.hits.count() == 1
    found.page.keyboard.press("Space")
    found.wait_for_answer()
    assert found.hits.count() == STORIES


def test_the_first_stop_skips_to_the_results(open_page):
    page = open_page(FOUND)
    page.wait_for_answer()
    page.page.keyboard.press("Tab")
    link = page.page.get_by_role("link", name="Skip to the results")
    assert link.evaluate("one => one === document.activeElement")
    assert link.bounding_box()["width"] > 50, "seen when it has the focus"
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_focus_is_seen_wherever_it_goes(found):
    seen = """() => {
        let found = document.activeElement;
        while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
        const target = found.matches("g") ? found.querySelector(".hit-area") : found;
        const style = getComputedStyle(target);
        return (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none") || parseFloat(style.strokeWidth) >= 2
            ? "" : found.outerHTML.slice(0, 120);
    }"""
    for _ in range(30):
        found.page.keyboard.press("Tab")
        if found.page.evaluate("document.activeElement !== document.body"):
            assert found.page.evaluate(seen) == ""


def test_counts_are_announced(found):
    """Politely, in a region that was there before."""
    region = found.page.locator("haihe-page > [role=status]")
    assert region.inner_text() == f"{STORIES} relevant articles"
    found.search(ELSEWHERE)
    assert region.inner_text() == "0 relevant articles"


def test_the_page_has_landmarks_and_one_order_of_headings(found):
    for role in ("banner", "search", "complementary", "main", "contentinfo"):
        assert found.page.get_by_role(role).first.is_visible(), role
    levels = found.page.evaluate("""() => {
        const found = [];
        const walk = root => root.querySelectorAll("*").forEach(one => {
            if (/^H[1-6]$/.test(one.tagName) && one.checkVisibility()) found.push(Number(one.tagName[1]));
            if (one.shadowRoot) walk(one.shadowRoot);
        });
        walk(document);
        return found;
    }""")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_passages_say_their_language(found):
    languages = found.page.locator("hit-card .passage").evaluate_all("all => all.map(one => [one.lang, /[\\u4e00-\\u9fff]/.test(one.textContent)])")  # fmt: skip
    assert len(languages) == STORIES
    assert all((language == "zh") is has_han for language, has_han in languages)


def test_who_wants_no_motion_gets_none(open_page):
    page = open_page(FOUND, reduced_motion="reduce")
    page.wait_for_answer()
    assert page.page.evaluate("document.getAnimations().every(one => one.effect.getTiming().duration < 1)")


STATES = {
    "start": ("/", ".facts"),
    "answer": (FOUND, None),
    "filtered": (f"{FOUND}&in=zh&from=2023-01-01&to=2024-12-31&source=%E5%A4%A9%E6%B4%A5%E6%97%A5%E6%8A%A5", None),
    "passages, newest first": (f"{FOUND}&group=passage&sort=published", None),
    "unlikely": (f"{FOUND}&unlikely=1", None),
    "nothing relevant": (f"/?q={quote(ELSEWHERE)}", None),
    "nothing at all": (f"{FOUND}&from=1990-01-01&to=1990-12-31", None),
    "refused": (f"/?q={'x' * 1200}", None),
    "similar": ("/?q=battery&like=zh/story-1&of=zh/story-1", None),
    "article": (f"{FOUND}&doc=zh/story-1", "dialog .passage"),
    "side by side": (f"{FOUND}&doc=zh/story-1&beside=en/story-1", "dialog .column + .column .passage"),
    "article that is gone": (f"{FOUND}&doc=none", "dialog [role=alert]"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page, state, scheme):
    """In each state, on a wide screen and a narrow one."""
    path, awaited = STATES[state]
    page = open_page(path, color_scheme=scheme, locale="zh-CN" if scheme == "dark" else "en-GB")
    page.expected = ("404", "422")
    if path != "/":
        page.wait_for_answer()
    if awaited:
        page.page.locator(awaited).first.wait_for()
    assert page.violations() == []
    page.page.set_viewport_size({"width": 360, "height": 740})
    assert page.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(open_page, scheme):
    """The explanation of a score, the filters on a narrow screen, the export."""
    page = open_page(FOUND, color_scheme=scheme, viewport={"width": 360, "height": 740})
    page.wait_for_answer()
    page.page.locator("summary", has_text="Filters").click()
    page.hits.first.get_by_role("button", name="Why here?").click()
    page.page.locator("score-explanation").wait_for()
    page.page.locator("month-chart g").first.focus()
    assert page.violations() == []
    page.page.get_by_role("button", name="Export").click()
    page.wait("document.querySelector('.export textarea').value.includes('[6]')")
    assert page.violations() == []
