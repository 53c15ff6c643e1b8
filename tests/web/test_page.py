"""The search page in a real browser: what is found, narrowed, read, kept and handed on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from corpus import ASKED, ASKED_ZH, ELSEWHERE, STORIES

if TYPE_CHECKING:
    from watching import Watched

FOUND = f"/?q={quote(ASKED)}"
FOUND_ZH = f"/?q={quote(ASKED_ZH)}"
ZH_STORY = f"{FOUND_ZH}&doc=zh/story-1"


@pytest.fixture
def found(open_page) -> Watched:
    """The page with an answer."""
    page = open_page(FOUND)
    page.wait_for_answer()
    return page


# What is found


@pytest.mark.parametrize("question", [ASKED, ASKED_ZH])
def test_a_question_in_either_language_finds_passages_of_both(open_page, question):
    page = open_page()
    page.search(question)
    assert page.languages == {"zh", "en"}
    assert page.hits.count() == STORIES
    assert page.page.locator(".total").inner_text() == f"{STORIES} relevant articles"


def test_a_hit_says_what_it_is(found):
    """Title, source, date, language; the best sentence is marked; what the article doesn't state is said to be so."""
    text = found.page.locator("hit-card article", has_text="names the price").first.inner_text()
    assert "China Daily" in text
    assert "20 April 2023" in text
    assert "EN" in text
    undated = found.page.locator("hit-card .meta", has_text="滨城时报")
    assert undated.inner_text().endswith("undated")
    for card in found.hits.all():
        mark = card.locator("mark").all_inner_texts()
        assert mark
        assert "".join(mark) in card.locator(".passage").inner_text()


def test_the_same_story_in_the_other_language_stands_beside(found):
    card = found.page.locator("hit-card", has=found.page.locator("h3", has_text="names the price"))
    beside = card.locator("aside")
    assert beside.locator("h4").inner_text() == "The same story in Chinese"
    assert beside.locator("a").first.get_attribute("lang") == "zh"
    passage, other = card.locator(".passage").bounding_box(), beside.bounding_box()
    assert other["x"] > passage["x"] + passage["width"], "beside, not below"
    title = beside.locator("a").first.inner_text()
    beside.locator("a").first.click()
    found.page.get_by_role("dialog").get_by_role("heading", name=title).wait_for()


def test_characters_outside_the_basic_plane_shift_no_mark(open_page):
    """The service counts code points, browsers count UTF-16 units: 𠮷 is one of the first and two of the second."""
    page = open_page(FOUND_ZH)
    page.wait_for_answer()
    card = page.page.locator("hit-card", has_text="𠮷林")
    assert card.locator("mark").inner_text().startswith("武清区负责人")


def test_typing_asks_after_a_pause_and_gives_up_older_questions(open_page):
    """The last answer stays on screen until the next one comes."""
    page = open_page()
    page.box.press_sequentially("Liu Songlin", delay=20)
    page.hits.first.wait_for()
    page.page.evaluate("window.seen = []; new MutationObserver(() => seen.push(document.querySelectorAll('hit-card').length))"
                       ".observe(document.querySelector('haihe-page'), {childList: true, subtree: true})")  # fmt: skip
    page.box.press_sequentially(" battery factory", delay=20)
    page.wait("document.title.startsWith('Liu Songlin battery factory')")
    page.wait_for_answer()
    asked = [body["query"] for body in page.asked("/v1/search")]
    assert asked[-1] == "Liu Songlin battery factory"
    assert len(asked) < len("Liu Songlin battery factory") / 2, "a pause asks, not each key"
    assert 0 not in page.page.evaluate("seen")


def test_a_composition_is_not_searched_until_it_ends(open_page):
    """Who types Chinese composes: what stands in the box meanwhile is not yet a question."""
    page = open_page()
    page.box.focus()
    session = page.page.context.new_cdp_session(page.page)
    for text in ("d", "di", "dian", "电池"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.page.wait_for_timeout(200)
    assert page.asked("/v1/search") == []
    session.send("Input.insertText", {"text": "电池"})
    page.hits.first.wait_for()
    assert {body["query"] for body in page.asked("/v1/search")} == {"电池"}


def test_an_answer_moves_nothing_that_was_there(found):
    """Typing on shifts neither the box nor the place where hits begin."""
    places = "['#query', 'month-chart', '.results-bar', '.hits'].map(name => document.querySelector(name).getBoundingClientRect().top)"
    before = found.page.evaluate(places)
    found.search(ASKED_ZH)
    assert found.page.evaluate(places) == before


# Narrowing down


def test_a_language_is_chosen_by_its_button_and_by_its_share_of_the_chart(found):
    button = found.page.get_by_role("button", name=re.compile("^Chinese"))
    assert re.sub(r"\s+", " ", button.inner_text()) == "Chinese 3 50\u202f%".replace("\u202f", " ")
    button.click()
    found.wait_for_answer()
    assert found.languages == {"zh"}
    assert found.address["in"] == ["zh"]
    assert button.get_attribute("aria-pressed") == "true"
    found.wait("document.querySelector('[data-language=en] .count').textContent.startsWith('3')")
    found.page.locator("svg.shares rect.en").click()
    found.wait_for_answer()
    assert found.languages == {"en"}
    found.page.get_by_role("button", name=re.compile("^English")).last.click()
    found.wait_for_answer()
    assert found.languages == {"zh", "en"}


def test_sources_are_counted_and_chosen_together(found):
    for source in ("China Daily", "天津日报"):
        found.page.get_by_role("checkbox", name=re.compile(source)).check()
        found.wait_for_answer()
    assert found.page.locator(".total").inner_text() == "2 relevant articles"
    assert found.address["source"] == ["China Daily", "天津日报"]
    assert found.page.locator(".sources label").count() == STORIES, "one can still choose the others"
    found.page.get_by_role("button", name="Remove the filter China Daily, 天津日报").click()
    found.wait_for_answer()
    assert found.hits.count() == STORIES


def test_days_bound_the_hits_and_are_exchanged_where_they_are_the_wrong_way_round(found):
    found.page.get_by_label("From").fill("2024-07-31")
    found.page.get_by_label("To", exact=True).fill("2024-06-01")
    found.wait_for_answer()
    assert (found.address["from"], found.address["to"]) == (["2024-06-01"], ["2024-07-31"])
    assert found.page.locator(".total").inner_text() == "2 relevant articles"


def test_a_bar_of_the_timeline_keeps_its_month(found):
    bars = found.page.locator("month-chart g")
    assert bars.first.get_attribute("aria-label") == "March 2023: 1 hit"
    assert bars.last.get_attribute("aria-label") == "July 2025: 1 hit"
    assert "1 more without a date" in found.page.locator("month-chart .now").inner_text()
    bar = found.page.locator("month-chart g[data-key='2024-06']")
    bar.click()
    found.wait_for_answer()
    assert found.titles == ["81.7亿元电池工厂封顶"]
    assert (found.address["from"], found.address["to"]) == (["2024-06-01"], ["2024-06-30"])
    assert bar.get_attribute("aria-pressed") == "true"
    assert bars.count() == 29, "the other months are still there to be chosen"
    bar.click()
    found.wait_for_answer()
    assert found.hits.count() == STORIES


def test_order_and_what_a_hit_is_can_be_chosen(found):
    found.page.get_by_label("Order").select_option("published")
    found.wait_for_answer()
    days = found.page.locator("hit-card time").evaluate_all("all => all.map(one => one.dateTime)")
    assert days == sorted(days, reverse=True)
    assert "undated" in found.hits.last.locator(".meta").inner_text()
    found.page.get_by_label("A hit is").select_option("passage")
    found.wait_for_answer()
    assert "relevant passages" in found.page.locator(".total").inner_text()
    assert {body.get("group_by") for body in found.asked("/v1/search")[-1:]} == {"passage"}


def test_more_hits_follow_and_the_address_remembers_how_many(open_page):
    page = open_page(f"{FOUND}&n=2")
    page.wait_for_answer()
    assert page.hits.count() == 2
    page.page.get_by_role("button", name=f"Show more (2 of {STORIES})").click()
    page.wait("document.querySelectorAll('hit-card').length > 2")
    assert page.hits.count() == STORIES
    assert len(set(page.titles)) == STORIES
    page.page.get_by_role("button", name="unlikely").click()
    page.wait(f"document.querySelectorAll('hit-card').length > {STORIES}")
    assert page.page.locator(".divider").inner_text() == "Unlikely to be relevant"
    page.page.reload()
    page.wait_for_answer()
    assert page.hits.count() > STORIES


def test_more_like_this_and_back(found):
    found.page.locator("hit-card", has_text="封顶").get_by_role("button", name="More like this").last.click()
    found.page.locator(".like b").get_by_text("81.7亿元电池工厂封顶").wait_for()
    assert "81.7亿元电池工厂封顶" not in found.titles
    assert any("battery" in title for title in found.titles[:4])
    found.page.get_by_role("button", name="Back to the search").click()
    found.wait_for_answer()
    assert found.hits.count() == STORIES


def test_a_score_is_explained_when_asked_in_words_and_bars(found):
    assert not any(body.get("explain") for body in found.asked("/v1/search"))
    button = found.hits.nth(1).get_by_role("button", name="Why here?")
    button.click()
    explanation = found.hits.nth(1).locator("score-explanation")
    explanation.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    text = "\n".join(explanation.locator("p, table, div.note").all_inner_texts())
    assert text.startswith("Very likely relevant")
    assert "Same numbers" in text
    assert "8.17 billion yuan" in text
    assert explanation.locator("rect.for").count() >= 3
    assert found.asked("/v1/search")[-1]["explain"] is True
    button.click()
    assert explanation.count() == 0


# Reading


def test_an_article_opens_at_the_passage_and_closes_where_it_was_opened(found):
    title = found.titles[1]
    found.hits.nth(1).locator("h3 a").click()
    dialog = found.page.get_by_role("dialog")
    dialog.locator(".passage mark").wait_for()
    assert dialog.get_by_role("heading").first.inner_text() == title
    assert dialog.locator("mark").inner_text() == found.hits.nth(1).locator("mark").inner_text()
    assert dialog.locator(".passage").first.evaluate("one => one === document.activeElement")
    found.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert found.focused == title
    assert "doc" not in found.address


def test_a_link_to_a_passage_opens_the_article_there(found, open_page):
    """In another browser, that has never seen the search."""
    found.hits.first.locator("h3 a").click()
    found.page.locator("dialog .passage").first.wait_for()
    link = found.page.url.removeprefix(found.site)
    passage = found.page.locator("dialog .passage").first.inner_text()
    other = open_page(link, viewport={"width": 360, "height": 300})
    shown = other.page.locator("dialog .passage").first
    shown.wait_for()
    assert shown.inner_text() == passage
    other.page.locator("dialog mark").first.wait_for()
    top = shown.evaluate("one => one.getBoundingClientRect().top")
    assert 0 < top < 300, "scrolled to"
    other.page.get_by_role("button", name="Close").click()
    other.page.get_by_role("dialog").wait_for(state="hidden")
    assert other.hits.count() == STORIES


def test_both_languages_are_read_side_by_side(open_page):
    page = open_page(ZH_STORY, viewport={"width": 1440, "height": 900})
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Read side by side").first.click()
    columns = dialog.locator("article.column")
    columns.nth(1).wait_for()
    assert columns.evaluate_all("all => all.map(one => one.lang)") == ["zh", "en"]
    assert columns.nth(1).bounding_box()["x"] > columns.nth(0).bounding_box()["x"]
    page.page.go_back()
    columns.nth(1).wait_for(state="hidden")
    assert columns.count() == 1


def test_an_article_that_is_gone_is_said_to_be_gone(open_page):
    page = open_page(f"{FOUND}&doc=no/such")
    page.expected = ("404",)
    alert = page.page.get_by_role("dialog").get_by_role("alert")
    alert.wait_for()
    assert "no such article" in alert.inner_text()
    assert "No document has the id 'no/such'." in alert.inner_text()


# Addresses and history


def test_an_address_reopens_exactly_this_search(found, open_page):
    found.page.get_by_role("button", name=re.compile("^English")).last.click()
    found.wait_for_answer()
    found.page.get_by_label("Order").select_option("published")
    found.wait_for_answer()
    other = open_page(found.page.url.removeprefix(found.site))
    other.wait_for_answer()
    assert other.titles == found.titles
    assert other.box.input_value() == ASKED
    assert other.page.get_by_label("Order").input_value() == "published"
    assert other.page.locator("[data-language=en]").get_attribute("aria-pressed") == "true"


def test_back_and_forward_follow_what_was_done(found):
    found.search(ASKED_ZH)
    found.page.get_by_role("button", name=re.compile("^Chinese")).first.click()
    found.wait_for_answer()
    found.hits.first.locator("h3 a").click()
    found.page.get_by_role("dialog").wait_for()
    found.page.go_back()
    found.page.get_by_role("dialog").wait_for(state="hidden")
    assert found.languages == {"zh"}
    found.page.go_back()
    found.wait(f"document.querySelectorAll('hit-card').length === {STORIES}")
    assert found.box.input_value() == ASKED_ZH
    found.page.go_back()
    found.wait("document.title.startsWith('Liu Songlin')")
    assert found.box.input_value() == ASKED
    found.page.go_forward()
    found.wait("document.title.startsWith('刘松林')")


def test_what_is_typed_is_one_step_of_the_history(open_page):
    page = open_page()
    page.box.press_sequentially("battery", delay=120)
    page.hits.first.wait_for()
    page.page.go_back()
    page.page.get_by_role("heading", name="Ask in English or Chinese").wait_for()
    assert page.box.input_value() == ""


def test_an_example_is_a_link_that_asks_and_finds(open_page):
    """Both languages have examples; what an example asks is in the first article that it finds."""
    page = open_page()
    examples = page.page.locator(".examples a")
    examples.first.wait_for()
    assert examples.evaluate_all("all => [...new Set(all.map(one => one.closest('[lang]').lang))]") == ["zh", "en"]
    text = examples.first.inner_text()
    examples.first.click()
    page.wait_for_answer()
    assert page.box.input_value() == text
    assert any(text in shown for shown in page.page.locator("hit-card article").all_inner_texts()[:3])


def test_the_first_screen_says_what_there_is_to_search(open_page):
    """Of the reader's own articles, in the language of the page."""
    facts = open_page().page.locator(".facts")
    facts.wait_for()
    text = " ".join(facts.inner_text().split())
    assert "Articles 134" in text
    assert re.search(r"Passages \d+ in Chinese \d+ in English", text)
    assert "14 March 2023 to 30 July 2025 129 undated" in text
    assert "天津日报 (1)" in text
    assert "128 without a source" in text
    chinese = open_page("/?ui=zh").page.locator(".facts")
    chinese.wait_for()
    assert "2023年3月14日至2025年7月30日" in "".join(chinese.inner_text().split())


def test_what_is_told_of_the_articles_moves_nothing(open_page):
    """It comes below what was there."""
    page = open_page("/?q=x")
    page.page.route("**/v1/index", lambda route: None)
    page.page.get_by_role("link", name="haihe").click()
    places = (
        "['#query', '.start h2', '.start .quiet'].map(name => document.querySelector(name).getBoundingClientRect().top)"
    )
    before = page.page.evaluate(places)
    assert page.page.locator(".examples").count() == 0
    page.page.unroute_all(behavior="ignoreErrors")
    other = open_page()
    other.page.locator(".facts").wait_for()
    assert other.page.evaluate(places) == before


def test_the_first_screen_works_where_nothing_can_be_told(open_page):
    """No examples then, and no error: the box asks as ever."""
    page = open_page("/?q=x")
    page.page.route("**/v1/index", lambda route: route.fulfill(status=500, json={"title": "Failed"}))
    page.expected = ("500",)
    page.page.get_by_role("link", name="haihe").click()
    page.page.get_by_role("heading", name="Ask in English or Chinese").wait_for()
    page.search(ASKED)
    assert page.hits.count() == STORIES


def test_a_service_that_is_starting_is_asked_again(open_page):
    """The examples come when it is ready."""
    page = open_page("/?q=x")
    answers = iter([True])
    page.page.route(
        "**/v1/index",
        lambda route: (
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"title": "Loading"})
            if next(answers, False)
            else route.continue_()
        ),
    )
    page.expected = ("503",)
    page.page.get_by_role("link", name="haihe").click()
    page.page.locator(".examples a").first.wait_for()


def test_no_question_is_built_in(site):
    """The page's files know nothing of any articles."""
    page = httpx.get(site).text
    scripts = [httpx.get(f"{site}{path}").text for path in re.findall(r'src="([^"]+\.js)"', page)]
    assert scripts
    for script in scripts:
        assert not re.search("天津|武清|滨海新区|刘松林|Tianjin|Wuqing|Binhai|Liu Songlin", script)


# Handing on


def test_hits_are_exported_as_they_are_shown(found):
    found.page.get_by_role("button", name="Export").click()
    dialog = found.page.get_by_role("dialog", name=f"Export {STORIES} hits")
    preview = dialog.get_by_label("Preview")
    found.wait("document.querySelector('.export textarea').value.includes('[6]')")
    references = preview.input_value()
    assert re.search(r"\[\d\] 张明, 李红\. 刘松林：电池工厂总投资81\.7亿元\[EB/OL\]\. 天津日报, \(2023-03-14\)\[\d{4}-\d\d-\d\d\]\. https://news\.example/zh/1\.", references)  # fmt: skip
    dialog.get_by_text("APA 7").click()
    assert "Ann Lee, & Bo Chen. (2023, April 20). Liu Songlin names the price" in preview.input_value()
    dialog.get_by_text("CSV").click()
    with found.page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    written = download.value.path().read_bytes()
    assert written.startswith(b"\xef\xbb\xbf"), "as spreadsheets need it for Chinese"
    assert b"\"'=First batteries leave the line" in written, "a title is no formula"
    assert written.count(b"\r\n") == STORIES + 1
    dialog.get_by_text("JSON").click()
    with found.page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    hits = json.loads(download.value.path().read_text("utf-8"))
    assert [hit["document"]["title"] for hit in hits] == found.titles


def test_references_are_copied(open_page):
    page = open_page(FOUND, permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_answer()
    page.hits.first.get_by_role("button", name="Cite").click()
    dialog = page.page.get_by_role("dialog", name="Export 1 hit")
    dialog.get_by_role("button", name="Copy").click()
    dialog.get_by_text("Copied.").wait_for()
    assert page.page.evaluate("navigator.clipboard.readText()").startswith("[1] ")


# Languages and looks


@pytest.mark.parametrize(
    ("locale", "text"), [("zh-TW", "用中文或英文提问"), ("en-US", "Ask in English"), ("fr-FR", "Ask in English")]
)
def test_the_browser_chooses_the_language(open_page, locale, text):
    page = open_page(locale=locale)
    assert text in page.page.get_by_role("heading", level=2).inner_text()
    assert page.page.evaluate("document.documentElement.lang") == ("zh-CN" if locale == "zh-TW" else "en")


def test_a_language_chosen_by_hand_stays_and_is_in_the_address(found, open_page):
    found.page.get_by_role("button", name="中文").first.click()
    assert found.page.locator(".total").inner_text() == f"{STORIES} 篇相关文章"
    assert found.address["ui"] == ["zh"]
    assert found.hits.count() == STORIES, "the search is the same"
    found.open("/")
    assert "用中文" in found.page.get_by_role("heading", level=2).inner_text(), "remembered"
    other = open_page(f"{FOUND}&ui=zh")
    other.wait_for_answer()
    assert other.page.locator(".total").inner_text().endswith("相关文章")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_chosen(open_page, scheme):
    page = open_page(color_scheme=scheme)
    brightness = "parseInt(getComputedStyle(document.documentElement).backgroundColor.split('(')[1]) > 128"
    assert page.page.evaluate(brightness) is (scheme == "light")
    page.page.locator("[data-action=theme]").click()
    assert page.page.evaluate(brightness) is (scheme == "dark")
    page.page.reload()
    page.page.locator("search-box").wait_for()
    assert page.page.evaluate(brightness) is (scheme == "dark"), "remembered"


@pytest.mark.parametrize("path", ["/", FOUND, ZH_STORY])
@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_nothing_is_wider_than_the_screen(open_page, width, path):
    page = open_page(path, viewport={"width": width, "height": 800})
    if path != "/":
        page.wait_for_answer()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog = page.page.locator("dialog.reader")
    assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth || !one.open")


def test_print_leaves_out_what_cannot_be_clicked(found):
    found.page.emulate_media(media="print")
    assert not found.box.is_visible()
    assert not found.page.locator("month-chart").is_visible()
    assert found.hits.first.is_visible()


# Nothing and errors


def test_nothing_relevant_is_said_and_the_nearest_is_shown(open_page):
    page = open_page()
    page.search(ELSEWHERE)
    assert page.page.locator(".total").inner_text() == "0 relevant articles"
    assert "Nothing relevant was found" in page.page.locator(".notice").inner_text()
    assert page.hits.count() > 0


def test_filters_that_nothing_passes_can_be_cleared(open_page):
    page = open_page(f"{FOUND}&from=1990-01-01&to=1990-12-31")
    page.wait_for_answer()
    assert "Nothing passes these filters." in page.page.locator(".notice").inner_text()
    page.page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_answer()
    assert page.hits.count() == STORIES


def test_what_the_service_refuses_is_said_with_its_reason(open_page):
    page = open_page()
    page.expected = ("422",)
    page.box.fill("x" * 1200)
    page.box.press("Enter")
    alert = page.page.get_by_role("alert")
    alert.wait_for()
    assert "Change the question" in alert.inner_text()
    assert "at most 1000 are allowed" in alert.inner_text()
    page.search(ASKED)
    assert page.hits.count() == STORIES


def test_a_service_that_cannot_be_reached_is_asked_again_by_hand(open_page):
    page = open_page()
    page.expected = ("ERR_",)
    page.page.route("**/v1/search", lambda route: route.abort())
    page.box.fill(ASKED)
    page.page.get_by_role("alert").wait_for()
    assert "can’t be reached" in page.page.get_by_role("alert").inner_text()
    page.page.unroute("**/v1/search")
    page.page.get_by_role("button", name="Try again").click()
    page.hits.first.wait_for()
    assert page.page.get_by_role("alert").count() == 0


def test_a_busy_service_is_asked_again_when_it_says(open_page):
    page = open_page()
    page.expected = ("503",)
    answers = iter([1])

    def busy_once(route):
        if next(answers, None) is None:
            route.fallback()
        else:
            problem = json.dumps(
                {"title": "Service Unavailable", "status": 503, "detail": "Model and index are being loaded."}
            )
            route.fulfill(
                status=503, headers={"Retry-After": "2", "Content-Type": "application/problem+json"}, body=problem
            )

    page.page.route("**/v1/search", busy_once)
    page.box.fill(ASKED)
    page.page.get_by_role("alert").wait_for()
    assert "Model and index are being loaded." in page.page.get_by_role("alert").inner_text()
    page.page.get_by_text("Trying again in 2 s").wait_for()
    page.page.wait_for_timeout(1200)
    assert len(page.asked("/v1/search")) == 1, "not before its time"
    page.hits.first.wait_for()
    assert page.hits.count() == STORIES


def test_a_total_that_is_a_lower_bound_says_so(open_page):
    page = open_page()

    def bounded(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "total": 4000, "total_relation": "gte"})

    page.page.route("**/v1/search", bounded)
    page.search(ASKED)
    assert page.page.locator(".total").inner_text() == "At least 4,000 relevant articles"


def test_a_slow_answer_is_waited_for_visibly(open_page):
    """With words on the first question; later ones keep the answer that is there."""
    page = open_page()
    held = []
    page.page.route("**/v1/search", lambda route: held.append(route))  # noqa: PLW0108 - no builtin there
    page.box.fill(ASKED)
    page.page.get_by_text("Searching…").last.wait_for()
    held.pop().continue_()
    page.hits.first.wait_for()
    page.box.fill(ASKED_ZH)
    page.wait("document.querySelector('.hits').ariaBusy === 'true' || document.querySelector('.hits[aria-busy=true]')")
    assert page.hits.count() == STORIES
    held.pop().continue_()
    page.wait_for_answer()


# Headers


def test_the_page_loads_only_its_own_files_and_keeps_those_that_never_change(open_page):
    page = open_page()
    document, *others = page.requests
    files = [request for request in others if not request.url.endswith("/v1/index")]
    policy = document.response().headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert document.response().headers["cache-control"] == "no-cache"
    assert files
    for file in files:
        assert "/assets/" in file.url
        assert "immutable" in file.response().headers["cache-control"]
        assert file.response().headers["x-content-type-options"] == "nosniff"
