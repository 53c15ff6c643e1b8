"""The iframe page `/embed`, in frames of another site, in a real browser."""

from __future__ import annotations

import pytest

pytest_plugins = ["sites"]

_SANDBOX = "allow-scripts allow-forms allow-popups"
_NO_SCRIPTS = "default-src 'none'; frame-src SERVICE"


@pytest.fixture
def frame(portal, visit):
    """Show the iframe page in a portal that lets no script run; gives the page and the frame in it."""

    def show(query, sandbox=_SANDBOX, site=portal):
        page = visit()
        frame = (
            f'<iframe title="Search" width="700" height="700" sandbox="{sandbox}" src="SERVICE/embed?{query}"></iframe>'
        )
        page.goto(
            site.put(
                "/frame.html",
                f'<!doctype html><html lang="en"><title>Portal</title><main><h1>Portal</h1>{frame}</main></html>',
                _NO_SCRIPTS,
            )
        )
        return page, page.frame_locator("iframe")

    return show


def test_a_sandboxed_frame_shows_the_answer_to_its_address(frame):
    """It is of no origin, so the answer came with the page."""
    page, inside = frame("query=bus&size=5&lang=zh")
    inside.locator("li").first.wait_for()
    assert inside.locator("li").count() == 5
    assert inside.locator(".count").inner_text() == "12 篇文章"
    assert page.frames[1].evaluate("self.origin") == "null"
    assert page.problems == []


def test_a_sandboxed_frame_searches_by_loading_anew(frame):
    """Typed and sent, filtered, more: each is answered with a page."""
    page, inside = frame("size=5")
    inside.locator("input").fill("bus")
    inside.locator("input").press("Enter")
    inside.locator("li").first.wait_for()
    assert inside.locator("li").count() == 5
    inside.get_by_role("button", name="More results").click()
    inside.locator("li:nth-child(10)").wait_for()
    inside.get_by_role("button", name="中文").click()
    inside.locator(".count", has_text="6 articles").wait_for()
    assert inside.locator("li").count() == 5
    assert set(inside.locator(".badge").all_inner_texts()) == {"中文"}
    inside.locator("input").fill("violin")
    inside.get_by_role("button", name="Search", exact=True).click()
    inside.get_by_text("Nothing relevant was found. These come closest.").wait_for()
    assert inside.locator("li").count() == 5
    assert page.problems == []


def test_a_wrong_option_is_a_sentence_in_the_frame(frame):
    """Not JSON."""
    _, inside = frame("query=bus&languages=fr")
    inside.get_by_text("This can’t be asked.").wait_for()


def test_a_frame_with_its_origin_searches_while_one_types(frame):
    """And its address follows, to be reloaded as it is."""
    page, inside = frame("size=5", f"{_SANDBOX} allow-same-origin")
    inside.locator("input").press_sequentially("bus")
    inside.locator("li").first.wait_for()
    assert "query=bus" in page.frames[1].evaluate("location.search")
    assert page.problems == []


def test_an_article_opens_in_a_new_tab_that_can_t_reach_the_frame(frame):
    """Out of the sandbox."""
    page, inside = frame("query=bus&languages=en", f"{_SANDBOX} allow-popups-to-escape-sandbox")
    page.context.route(
        "https://news.example/**", lambda route: route.fulfill(body="<title>article</title>", content_type="text/html")
    )
    with page.expect_popup() as opened:
        inside.locator("h3 a").first.click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith("https://news.example/bus-")
    assert opened.value.evaluate("[opener, document.referrer, self.origin]") == [None, "", "https://news.example"]


def test_a_site_that_isn_t_let_in_can_t_frame_it(frame, stranger):
    """The browser refuses, since the service says who may."""
    page, inside = frame("query=bus", site=stranger)
    page.wait_for_timeout(500)
    assert inside.locator("haihe-search").count() == 0
    assert any("frame-ancestors" in problem for problem in page.problems)


@pytest.mark.parametrize("path", ["/", "/docs", "/v1/search?q=bus", "/widget.js"])
def test_nothing_else_can_be_framed_even_by_a_portal(portal, visit, path):
    """A page that somebody else lays over could take clicks."""
    page = visit()
    page.goto(portal.put("/frame.html", f'<iframe src="SERVICE{path}"></iframe>'))
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in problem or "X-Frame-Options" in problem for problem in page.problems)


def test_axe_finds_no_violation_in_the_frame(frame, find_violations):
    """Nor in the page around it."""
    page, inside = frame("query=bus&lang=en", f"{_SANDBOX} allow-same-origin")
    inside.locator("li").first.wait_for()
    assert find_violations(page) == []


def test_the_sample_page_without_scripts_works_as_it_is(portal, visit):
    """Under the policy that it carries."""
    page = visit()
    page.goto(f"{portal.origin}/frame.html")
    inside = page.frame_locator("iframe")
    inside.locator("input").fill("水稻")
    inside.locator("input").press("Enter")
    inside.locator("h3", has_text="水稻丰收").wait_for()
    assert page.problems == []


def test_the_description_of_the_interface_is_read_and_tried_without_leaving_the_host(portal, visit):
    """`/docs` needs no other host, nor an exception from the page's policy."""
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{portal.endpoint}/docs")
    page.locator("#operations-default-healthz_healthz_get button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table", has_text='"status": "ok"').wait_for()
    assert all(url.startswith((portal.endpoint, "data:")) for url in asked)
    assert page.problems == []
