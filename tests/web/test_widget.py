"""`<haihe-search>` in pages of another site, in a real browser."""

from __future__ import annotations

import re

import pytest
from checks import wait_until

pytest_plugins = ["sites"]

STRICT = "default-src 'none'; script-src SERVICE; connect-src SERVICE; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html"
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Portal</title><script src="SERVICE/widget.js" async></script><main>{}</main></html>'
WIDE = {"width": 1000, "height": 900}


@pytest.fixture
def open_page(portal, visit):
    """Show what stands in a portal's page: `open_page(html)`; its policy lets nothing in but the service."""

    def show(body, *, policy=STRICT, **context):
        page = visit(**context)
        page.goto(portal.put("/page.html", PAGE.format(body), policy))
        return page

    return show


@pytest.fixture
def open_search(open_page):
    """A page with one search, shown when its hits are there."""

    def show(attributes='query="bus"', **context):
        page = open_page(f"<haihe-search {attributes}></haihe-search>", **context)
        page.locator("haihe-search li").first.wait_for()
        return page

    return show


def _told(page):
    """Have the page write down what it is told; gives a function that reads it."""
    page.evaluate("""() => {
      window.told = [];
      for (const name of ["haihe:search", "haihe:open", "haihe:error"])
        document.addEventListener(name, ({ type, detail }) => told.push([type, detail]));
    }""")
    return lambda: page.evaluate("told")


def test_one_line_shows_hits_of_both_languages_in_a_strict_page(open_search):
    """From another origin, under a policy that allows the service's scripts and answers, and nothing else."""
    page = open_search()
    search = page.locator("haihe-search")
    assert search.locator(".count").inner_text() == "12 articles"
    assert search.locator("li").count() == 10
    assert set(search.locator(".badge").all_inner_texts()) == {"中文", "EN"}
    assert "公交" in search.locator("mark:lang(zh)").first.inner_text()
    assert page.problems == []


def test_more_hits_follow_without_repeating_any(open_search):
    """Until all are there."""
    search = open_search('query="bus" size="5"').locator("haihe-search")
    for count in (10, 12):
        search.locator(".more").click()
        search.locator(f"li:nth-child({count})").wait_for()
    assert search.locator("li").count() == 12
    assert len(set(search.locator("h3").all_inner_texts())) == 12
    assert search.locator(".more").count() == 0


def test_typing_searches_after_a_pause_and_marks_what_answers(open_page):
    """Without a button; what is typed meanwhile stays."""
    page = open_page("<haihe-search></haihe-search>")
    page.locator("haihe-search input").press_sequentially("violin", delay=30)
    page.locator("haihe-search li:only-child").wait_for()  # the list of what was typed first goes
    search = page.locator("haihe-search")
    assert search.locator("h3").all_inner_texts() == ["<img src=x onerror=alert(1)> violin"], "text, not markup"
    assert search.locator("input").input_value() == "violin"
    assert search.get_attribute("query") == "violin"
    assert page.problems == []


def test_a_link_of_an_article_is_never_a_script(open_search):
    """What isn't an address of the web leads to the article on the service's own page."""
    page = open_search('query="violin"')
    link = page.locator("haihe-search h3 a")
    assert "/?doc=en%2Fviolin&at=" in link.get_attribute("href")


def test_where_nothing_is_relevant_the_closest_is_shown_and_said_to_be_that(open_search):
    """Neither an empty list, nor hits that pretend."""
    search = open_search('query="quasar"').locator("haihe-search")
    assert "Nothing relevant was found. These come closest." in search.locator(".notice").inner_text()
    assert search.locator("li").count() == 10
    assert search.locator(".count").inner_text() == ""


def test_what_is_unlikely_to_be_relevant_is_shown_on_demand(open_search):
    """After what is relevant, without another request."""
    search = open_search('query="violin" size="4"').locator("haihe-search")
    assert search.locator("li").count() == 1
    search.get_by_role("button", name="Show what is unlikely to be relevant, too").click()
    assert search.locator("li").count() == 4
    assert search.locator(".count").inner_text() == "1 article"


def test_where_nothing_can_match_the_box_says_so(open_page):
    """With what may be done."""
    page = open_page('<haihe-search query="bus" sources="Nobody"></haihe-search>')
    page.get_by_text("Nothing was found.").wait_for()
    assert page.locator("haihe-search li").count() == 0


_HOSTILE = """
* { all: unset !important; }
* { letter-spacing: 1em !important; text-transform: uppercase !important; direction: rtl !important; }
html { font: italic 900 60px/4 fantasy !important; color: yellow !important; text-indent: 5em !important; }
style, script, head { display: none !important; } main { display: block !important; width: 600px !important; }
haihe-search { display: inline !important; opacity: 0 !important; visibility: hidden !important; z-index: 2147483647 !important;
  transform: rotate(30deg) !important; filter: blur(9px) !important; writing-mode: vertical-rl !important; columns: 3 !important;
  zoom: 0.3 !important; clip-path: circle(1px) !important; pointer-events: none !important; font-size: 1px !important; }
li, a, mark, form, input, button, .root, .bar, :host { display: none !important; color: red !important; }
"""

_LAYOUT = """host => {
  const at = host.getBoundingClientRect();
  const shown = [...host.shadowRoot.querySelectorAll(".root, .root *")].filter((element) => element.checkVisibility());
  const { opacity, filter, transform, clipPath, zoom, pointerEvents, display, columnCount } = getComputedStyle(host);
  const whole = [opacity, filter, transform, clipPath, zoom, pointerEvents, display, columnCount, at.width, at.height];
  const parts = shown.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { color, fontFamily, fontSize, letterSpacing, direction, textTransform, display, cursor } = getComputedStyle(element);
    const box = [x - at.x, y - at.y, width, height].map((value) => Math.round(value * 8) / 8);
    return [element.localName, ...box, color, fontFamily, fontSize, letterSpacing, direction, textTransform, display, cursor];
  });
  return [whole, ...parts];
}"""


def test_hostile_styles_change_nothing(open_search, portal):
    """Every box and every colour is where it is in a page without styles, and can be clicked."""

    def layout(style):
        portal.put("/page.css", style)
        page = open_search(
            'query="bus" size="4"></haihe-search><link rel="stylesheet" href="page.css"><haihe-search hidden'
        )
        page.wait_for_load_state("networkidle")
        page.locator("haihe-search h3 a").first.click(trial=True)
        return page.locator("haihe-search").first.evaluate(_LAYOUT)

    calm = layout("main { display: block; width: 600px; }")
    assert len(calm) > 40
    assert layout(_HOSTILE) == calm


def test_the_sample_page_of_hostile_styles_shows_both_searches(portal, visit):
    """Two on one page, each with its own language and question."""
    portal_page = visit(viewport=WIDE)
    portal_page.goto(f"{portal.origin}/hostile.html")
    first, second = portal_page.locator("haihe-search").nth(0), portal_page.locator("haihe-search").nth(1)
    for search, query, button in ((first, "bus", "Search"), (second, "水稻", "搜索")):
        search.locator("input").fill(query)
        search.get_by_role("button", name=button, exact=True).click()
    wait_until(lambda: second.locator("h3").all_inner_texts() == ["水稻丰收"], 15)
    assert first.locator("li").count() == 3
    assert first.locator("input").input_value() == "bus"


def test_it_leaves_nothing_in_the_page(open_page):
    """No style, no name in the global scope, no element but its own."""
    state = """() => ({
      names: Object.getOwnPropertyNames(window).sort(),
      styles: document.adoptedStyleSheets.length + document.styleSheets.length,
      head: document.head.innerHTML,
      look: [...document.querySelectorAll("p, a, button, mark")].map((e) => JSON.stringify({ ...getComputedStyle(e) })),
    })"""
    own = '<p>Text <a href="#">link</a> <mark>mark</mark></p><button>button</button>'
    with_widget = open_page(f'{own}<haihe-search query="bus"></haihe-search>')
    with_widget.locator("haihe-search li").first.wait_for()
    without = open_page(f'{own}<haihe-search query="bus"></haihe-search>', policy="script-src 'none'")
    assert with_widget.evaluate(state) == without.evaluate(state)
    assert with_widget.evaluate("[typeof litElementVersions, typeof haihe]") == ["undefined", "undefined"]


def test_what_is_typed_isn_t_heard_by_the_page(open_page):
    """Whose shortcuts would take letters; Escape still reaches it, to close what the search is in."""
    page = open_page("<haihe-search></haihe-search>")
    page.evaluate("""() => {
      window.heard = [];
      for (const type of ["keydown", "keyup", "keypress", "input", "submit", "change"])
        document.addEventListener(type, (event) => heard.push(event.key ?? type));
    }""")
    field = page.locator("haihe-search input")
    field.press_sequentially("sea bus")
    field.press("Enter")
    page.locator("haihe-search li").first.wait_for()
    field.press("Escape")
    assert set(page.evaluate("heard")) == {"Escape"}


def test_the_keyboard_alone_finds_and_opens(open_page):
    """Tab into the box, Enter, arrows to the hits and back, Enter opens a new tab that can't reach this one."""
    page = open_page('<a href="#" id="before">before</a><haihe-search></haihe-search>')
    page.locator("#before").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("公交 bus")
    page.keyboard.press("Enter")
    page.locator("haihe-search li").first.wait_for()
    focused = "document.querySelector('haihe-search').shadowRoot.activeElement"
    titles = page.locator("haihe-search h3").all_inner_texts()
    for key, expected in (("ArrowDown", titles[0]), ("ArrowDown", titles[1]), ("ArrowUp", titles[0])):
        page.keyboard.press(key)
        assert page.evaluate(f"{focused}.textContent") == expected
    page.keyboard.press("ArrowUp")
    assert page.evaluate(f"{focused}.localName") == "input"
    page.keyboard.press("ArrowDown")
    page.context.route(
        "https://news.example/**", lambda route: route.fulfill(body="<title>article</title>", content_type="text/html")
    )
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    article = opened.value
    article.wait_for_load_state()
    assert article.evaluate("[opener, document.referrer]") == [None, ""]


def test_the_page_is_told_of_searches_and_failures(open_page, portal):
    """With what it needs to count or to show them."""
    page = open_page("<haihe-search></haihe-search>")
    told = _told(page)
    page.evaluate("document.querySelector('haihe-search').query = 'bus'")
    page.locator("haihe-search li").first.wait_for()
    page.evaluate("document.querySelector('haihe-search').size = 5000")
    page.get_by_text("This can’t be asked.").wait_for()
    (searched, detail), (failed, problem) = told()
    assert (searched, failed) == ("haihe:search", "haihe:error")
    assert detail.pop("tookMs") >= 0
    assert detail == {"query": "bus", "language": "en", "total": 12, "totalRelation": "eq", "hits": 10}
    assert problem["status"] == 422
    assert "5000" in problem["detail"]


def test_the_page_may_open_articles_its_own_way(open_search):
    """The link does nothing when the event is cancelled, with any button; the event says what was chosen."""
    page = open_search('query="bus" languages="en" size="1"')
    page.evaluate("document.addEventListener('haihe:open', (event) => event.preventDefault())")
    told = _told(page)
    link = page.locator("haihe-search h3 a")
    link.click()
    link.click(button="middle")
    page.wait_for_timeout(200)
    assert len(page.context.pages) == 1
    assert [name for name, _ in told()] == ["haihe:open", "haihe:open"]
    opened = told()[0][1]
    assert opened["document"]["id"].startswith("en/bus-")
    assert opened["url"] == opened["hit"]["document"]["url"]


def test_attributes_say_what_is_asked(portal, visit):
    """Each goes into the request; the token as a header, which the preflight allows."""
    page = visit()
    search = (
        '<haihe-search query="bus" languages="zh" sources="天津日报,China Daily" published-from="2023-02-01" '
        'published-to="2023-04-30" size="2" group-by="passage" sort="published" token="secret"></haihe-search>'
    )
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.goto(portal.put("/page.html", PAGE.format(search), STRICT))
    request = asked.value
    assert request.post_data_json == {
        "query": "bus", "k": 2, "languages": ["zh"], "sources": ["天津日报", "China Daily"], "published_from": "2023-02-01",
        "published_to": "2023-04-30", "group_by": "passage", "sort": "published",
    }  # fmt: skip
    assert request.all_headers()["authorization"] == "Bearer secret"
    assert "cookie" not in request.all_headers()
    page.locator("haihe-search li").first.wait_for()
    assert page.locator("haihe-search time").all_inner_texts() == ["5 April 2023", "5 March 2023"]
    assert page.locator("haihe-search .count").inner_text() == "3 passages"


def test_properties_are_written_back_but_for_the_token(open_search):
    """So that the page's markup says what is shown, and keeps a secret."""
    page = open_search()
    page.evaluate("""() => Object.assign(document.querySelector("haihe-search"), {
      languages: ["zh"], sources: ["天津日报", "Gazette, London"], publishedFrom: "2020-01-01", size: 3, token: "secret",
    })""")
    page.locator("haihe-search .count", has_text="6 articles").wait_for()
    attributes = page.locator("haihe-search").evaluate(
        "(e) => Object.fromEntries([...e.attributes].map((a) => [a.name, a.value]))"
    )
    assert attributes == {
        "query": "bus", "languages": "zh", "sources": '["天津日报","Gazette, London"]', "published-from": "2020-01-01", "size": "3",
    }  # fmt: skip


def test_the_visitor_chooses_language_and_order(open_search):
    """With two groups of buttons, which say what is chosen."""
    page = open_search('query="bus" size="12"')
    search = page.locator("haihe-search")
    search.get_by_role("button", name="中文").click()
    search.locator(".count", has_text="6 articles").wait_for()
    assert set(search.locator(".badge").all_inner_texts()) == {"中文"}
    search.get_by_role("button", name="Newest").click()
    search.get_by_role("button", name="Newest", pressed=True).wait_for()
    search.locator(".results[aria-busy=false]").wait_for()
    dates = search.locator("time").evaluate_all("(all) => all.map((time) => time.dateTime)")
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 6


def test_it_survives_being_taken_out_and_put_back(open_search, portal):
    """Also in the middle of a search, and elsewhere in the page; it isn't twice as loud afterwards."""
    page = open_search()
    told = _told(page)
    page.evaluate("""async () => {
      const search = document.querySelector("haihe-search");
      search.query = "公交";
      await search.updateComplete;
      search.remove();
      document.body.append(document.createElement("aside"));
      await new Promise((resolve) => setTimeout(resolve, 300));
      document.querySelector("aside").append(search);
    }""")
    wait_until(told)
    page.wait_for_timeout(300)
    assert [detail["query"] for _, detail in told()] == ["公交"]
    assert page.locator("aside haihe-search li").count() == 10
    page.locator("haihe-search input").fill("violin")
    wait_until(lambda: len(told()) > 1)
    assert [detail["query"] for _, detail in told()] == ["公交", "violin"]


def test_the_script_may_come_twice_and_at_any_time(open_page, portal):
    """Two plugins of one page may bring it."""
    page = open_page(
        '<haihe-search query="bus"></haihe-search><script src="SERVICE/widget.js"></script>'.replace(
            "SERVICE", portal.endpoint
        )
    )
    page.locator("haihe-search li").first.wait_for()
    assert page.locator("haihe-search li").count() == 10
    assert page.problems == []


@pytest.mark.parametrize(
    ("page_language", "own", "placeholder"),
    [
        ("zh-Hans", "", "用中文或英文提问"),
        ("en-US", "", "Ask in Chinese or English"),
        ("fr", "", "用中文或英文提问"),
        ("en", 'lang="zh"', "用中文或英文提问"),
        ("zh", 'lang="en"', "Ask in Chinese or English"),
    ],
)
def test_it_speaks_its_own_language_or_the_page_s_or_the_visitor_s(portal, visit, page_language, own, placeholder):
    """In this order; the visitor of this test reads Chinese."""
    page = visit(locale="zh-CN")
    body = PAGE.replace('lang="en"', f'lang="{page_language}"').format(f"<haihe-search {own}></haihe-search>")
    page.goto(portal.put("/page.html", body, STRICT))
    assert page.locator("haihe-search input").get_attribute("placeholder") == placeholder


def test_it_follows_when_the_page_changes_its_language(open_search):
    """A portal in two languages needn't be loaded anew."""
    page = open_search()
    page.evaluate("document.documentElement.lang = 'zh'")
    page.locator("haihe-search .count", has_text="12 篇文章").wait_for()


def _background(page):
    return page.locator("haihe-search .root").evaluate("(root) => getComputedStyle(root).backgroundColor")


@pytest.mark.parametrize(
    ("around", "theme", "visitor", "is_dark"),
    [
        ("", "", "dark", False),
        ("", "dark", "light", True),
        ("", "auto", "dark", True),
        ("", "auto", "light", False),
        ("dark", "", "light", True),
        ("light dark", "", "dark", True),
        ("light dark", "", "light", False),
        ("dark", "light", "dark", False),
    ],
)
def test_it_is_dark_where_the_page_is(open_page, portal, around, theme, visitor, is_dark):
    """A page that knows no dark has no dark box in it."""
    portal.put("/page.css", f":root {{ color-scheme: {around or 'normal'}; }}")
    page = open_page(
        f'<link rel="stylesheet" href="page.css"><haihe-search theme="{theme}"></haihe-search>', color_scheme=visitor
    )
    page.locator("haihe-search input").wait_for()
    assert _background(page) == ("rgb(22, 23, 20)" if is_dark else "rgb(251, 250, 247)")


@pytest.mark.parametrize("where", [":root", "main", "haihe-search"])
def test_custom_properties_dress_it_from_anywhere(open_page, portal, where):
    """On the element and on anything around it."""
    portal.put("/page.css", f"{where} {{ --haihe-paper: rgb(1, 2, 3); --haihe-font-size: 20px; --haihe-radius: 9px; }}")
    page = open_page('<link rel="stylesheet" href="page.css"><haihe-search></haihe-search>')
    page.locator("haihe-search input").wait_for()
    assert _background(page) == "rgb(1, 2, 3)"
    look = page.locator("haihe-search .root").evaluate(
        "(root) => [getComputedStyle(root).fontSize, getComputedStyle(root).borderRadius]"
    )
    assert look == ["20px", "9px"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_site_that_isn_t_let_in_is_told_so(stranger, visit, language):
    """In the visitor's language, with what the operator has to add; not as if the service were down."""
    page = visit()
    page.goto(stranger.put("/page.html", PAGE.format(f'<haihe-search lang="{language}" query="bus"></haihe-search>')))
    notice = page.locator("haihe-search .notice")
    notice.wait_for()
    text = notice.inner_text()
    assert {"zh": "本页面尚不能使用此搜索", "en": "This page may not use the search yet"}[language] in text
    assert "HAIHE_PORTALS" in text
    assert stranger.origin in text
    assert page.locator("haihe-search li").count() == 0


def test_a_service_that_is_down_is_told_from_one_that_refuses(open_page):
    """And a page whose policy keeps it away is told that this may be why."""
    page = open_page('<haihe-search endpoint="http://127.0.0.1:9" query="bus"></haihe-search>', policy=None)
    notice = page.locator("haihe-search .notice")
    notice.wait_for()
    assert "can’t be reached" in notice.inner_text()
    page = open_page('<haihe-search query="bus"></haihe-search>', policy="default-src 'none'; script-src SERVICE")
    notice = page.locator("haihe-search .notice")
    notice.wait_for()
    assert "connect-src" in notice.inner_text()


def test_a_failure_can_be_tried_again(open_page, portal):
    """Once the reason is gone."""
    page = open_page("<haihe-search></haihe-search>")
    search = page.locator("haihe-search")
    page.route(
        "**/v1/search",
        lambda route: route.fulfill(status=503, headers={"Access-Control-Allow-Origin": portal.origin}, json={}),
    )
    search.locator("input").fill("bus")
    search.get_by_text("Many people are searching.").wait_for()
    page.unroute("**/v1/search")
    search.get_by_role("button", name="Try again").click()
    search.locator("li").first.wait_for()
    assert search.locator(".notice").count() == 0


def test_an_older_answer_never_replaces_a_newer_one(open_page):
    """However late it comes."""
    page = open_page("<haihe-search></haihe-search>")
    held = []
    page.route(
        "**/v1/search",
        lambda route: held.append(route) if route.request.method == "POST" and not held else route.continue_(),
    )
    search = page.locator("haihe-search")
    search.locator("input").fill("bus")
    page.wait_for_timeout(600)
    search.locator("input").fill("violin")
    search.locator("li").first.wait_for()
    if held:
        held[0].continue_()
    page.wait_for_timeout(300)
    assert search.locator("li").count() == 1
    assert "violin" in search.locator("h3").inner_text()


def test_it_fits_a_narrow_column(open_search):
    """360 pixels, without scrolling sideways; what can be clicked is large enough."""
    page = open_search(viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator("haihe-search button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "query"), [("en", "bus"), ("zh", "公交"), ("en", "quasar"), ("zh", "")])
def test_axe_finds_no_violation(open_page, find_violations, language, query, scheme):
    """In both languages, light and dark, with hits and without."""
    page = open_page(
        f'<h1>Portal</h1><haihe-search lang="{language}" query="{query}" theme="{scheme}"></haihe-search>',
        viewport=WIDE,
    )
    page.locator("haihe-search input").wait_for()
    page.wait_for_load_state("networkidle")
    assert find_violations(page) == []


def test_axe_finds_no_violation_in_a_failure(stranger, visit, find_violations):
    """Where it tells why it doesn't work."""
    page = visit()
    page.goto(stranger.put("/page.html", PAGE.format('<h1>Stranger</h1><haihe-search query="bus"></haihe-search>')))
    page.locator("haihe-search .notice").wait_for()
    assert find_violations(page) == []


def test_what_stands_between_the_tags_is_there_until_the_script_is(open_page):
    """And stays where it never comes."""
    body = '<haihe-search><a href="/">search page</a></haihe-search>'
    page = open_page(body, policy="script-src 'none'")
    assert page.get_by_text("search page").is_visible()
    page = open_page(body)
    page.locator("haihe-search input").wait_for()
    assert not page.get_by_text("search page").is_visible()


def test_the_sample_portal_lists_what_it_was_told(portal, visit):
    """The page of the documentation works as it says, under the policy that it carries."""
    page = visit()
    page.goto(f"{portal.origin}/en.html")
    page.locator("haihe-search input").fill("bus")
    page.locator(".told li", has_text=re.compile("haihe:search “bus”: 12")).wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    page.locator(".told li", has_text="shortcut").wait_for()
    assert page.problems == []
