"""What other sites may do with the service: nothing, unless they are named."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import ValidationError

from service import Settings
from service.http.pages import STATIC
from service.origins import frame_ancestors, read_origin, read_portals

PORTAL = "https://news.example"
STRANGER = "https://evil.example"


@pytest.fixture(scope="module")
def open_to_portal(open_client):
    """A client of a service that lets one portal in."""
    with open_client(portals=PORTAL) as client:
        yield client


def _policy(answer):
    """A Content-Security-Policy as a mapping."""
    directives = answer.headers["content-security-policy"].split("; ")
    return {name: sources for name, *sources in (directive.split() for directive in directives)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://news.example", "https://news.example"),
        ("https://News.Example/", "https://news.example"),
        ("https://news.example:443", "https://news.example"),
        ("http://news.example:80", "http://news.example"),
        ("http://news.example:443", "http://news.example:443"),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://中文.example", "https://xn--fiq228c.example"),
    ],
)
def test_an_origin_is_read_as_browsers_write_it(written, read):
    """So that it equals the header that they send."""
    assert read_origin(written) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("*", "by itself"),
        ("https://*.example", "by itself"),
        ("null", "sandboxed"),
        ("news.example", "neither http:// nor https://"),
        ("ftp://news.example", "neither http:// nor https://"),
        ("javascript:alert(1)", "neither http:// nor https://"),
        ("https://", "names no host"),
        ("https://news.example/search", "no path"),
        ("https://news.example?q=1", "no path"),
        ("https://user@news.example", "no user"),
        ("https://news.example:99999", "port"),
        ("https://news.example:http", "port"),
        ("https://a;script-src", "no host"),
        ("https://a'b", "no host"),
    ],
)
def test_what_is_no_origin_is_refused_with_a_reason(written, why):
    """A setting that says less, or more, than was meant would be found out too late."""
    with pytest.raises(ValidationError, match=re.escape(why)) as refused:
        Settings(portals=written)
    assert written in str(refused.value)


def test_portals_are_read_from_one_line_each_once(monkeypatch):
    """As an operator writes it: with commas, blanks, a line's end."""
    monkeypatch.setenv("HAIHE_PORTALS", " https://a.example, https://b.example\nhttps://A.example:443 ")
    assert Settings().portals == ("https://a.example", "https://b.example")
    assert Settings(portals=["https://a.example"]).portals == ("https://a.example",)


def test_no_portal_is_let_in_unless_named(monkeypatch):
    """Closed by default, also where the setting is empty."""
    assert Settings().portals == ()
    monkeypatch.setenv("HAIHE_PORTALS", " ")
    assert Settings().portals == ()
    assert frame_ancestors(()) == "frame-ancestors 'none'"
    assert frame_ancestors(read_portals("https://a.example https://b.example:8443")) == (
        "frame-ancestors https://a.example https://b.example:8443"
    )


def test_a_portal_may_search_with_a_token(open_to_portal):
    """The browser asks first, since the token is a header that plain forms can't send."""
    asked = {
        "Origin": PORTAL,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    allowed = open_to_portal.options("/v1/search", headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == PORTAL
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert {"Authorization", "Content-Type"} <= set(allowed.headers["access-control-allow-headers"].split(", "))
    answer = open_to_portal.post("/v1/search", json={"query": "bus"}, headers={"Origin": PORTAL})
    assert answer.json()["hits"]
    assert answer.headers["access-control-allow-origin"] == PORTAL


@pytest.mark.parametrize("origin", [STRANGER, "null", "https://news.example.evil.example", "http://news.example"])
def test_nobody_else_may(open_to_portal, origin):
    """Nor a sandboxed page, which has no origin, nor what looks like the portal."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    refused = open_to_portal.options("/v1/search", headers=asked)
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
    answer = open_to_portal.get("/v1/search?q=bus", headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers


def test_no_origin_may_where_no_portal_is_named(client):
    """The default."""
    answer = client.get("/v1/search?q=bus", headers={"Origin": PORTAL})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", [PORTAL, STRANGER, None])
def test_caches_are_told_that_answers_hang_on_the_origin(open_to_portal, origin):
    """Also of the answer to no origin, which a cache could give to a portal."""
    answer = open_to_portal.get("/v1/search?q=bus", headers={"Origin": origin} if origin else {})
    assert "Origin" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("origin", [PORTAL, STRANGER])
def test_cookies_are_never_asked_for(open_to_portal, origin):
    """What a browser holds for this host doesn't go along."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for answer in (open_to_portal.options("/v1/search", headers=asked), open_to_portal.get("/healthz", headers=asked)):
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda client, headers: client.post("/v1/search", json={"query": ""}, headers=headers), 422),
        (lambda client, headers: client.get("/v1/documents/none", headers=headers), 404),
        (lambda client, headers: client.post("/v1/search", content=b"x" * 100_000, headers=headers), 413),
    ],
)
def test_a_portal_can_read_why_it_was_refused(open_to_portal, send, status):
    """Errors carry the same headers as answers, or a browser hides them."""
    answer = send(open_to_portal, {"Origin": PORTAL})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == PORTAL
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unforeseen_failure_has_the_headers_too(open_client, monkeypatch):
    """It is answered outside of all other layers."""
    with open_client(portals=PORTAL, lenient=True) as client:
        monkeypatch.setattr("service.search.searcher.Searcher.search", lambda *_: 1 / 0)
        answer = client.get("/v1/search?q=bus", headers={"Origin": PORTAL})
    assert answer.status_code == 500
    assert answer.headers["access-control-allow-origin"] == PORTAL
    assert answer.headers["x-frame-options"] == "DENY"


def test_only_the_iframe_page_may_be_framed_and_only_by_portals(open_to_portal, client):
    """The search page and the answers never."""
    assert _policy(open_to_portal.get("/embed"))["frame-ancestors"] == [PORTAL]
    assert "x-frame-options" not in open_to_portal.get("/embed").headers
    assert _policy(client.get("/embed"))["frame-ancestors"] == ["'none'"]
    for path in ("/", "/docs", "/widget.js", "/healthz", "/v1/search?q=bus", "/nowhere"):
        answer = open_to_portal.get(path)
        assert _policy(answer)["frame-ancestors"] == ["'none'"], path
        assert answer.headers["x-frame-options"] == "DENY", path


@pytest.mark.parametrize("path", ["/", "/docs", "/embed"])
def test_pages_load_nothing_from_elsewhere(client, path):
    """No request leaves the host, and no script or style in the page itself runs."""
    policy = _policy(client.get(path))
    assert policy["default-src"] == ["'none'"]
    for directive in ("script-src", "style-src", "connect-src", "font-src"):
        assert policy[directive] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:"]
    assert policy["base-uri"] == ["'none'"]


@pytest.mark.parametrize("path", ["/readyz", "/v1/search?q=bus", "/openapi.json", "/nowhere"])
def test_what_isn_t_a_page_may_load_nothing(client, path):
    """An answer that a browser is made to show can't do anything."""
    answer = client.get(path)
    assert _policy(answer)["default-src"] == ["'none'"]
    assert "script-src" not in _policy(answer)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_page_that_hasn_t_changed_keeps_its_policy(client):
    """The answer without a page carries no other, which would take its place."""
    page = client.get("/")
    again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers
    assert again.headers["x-frame-options"] == "DENY"


def test_the_widget_may_be_loaded_from_anywhere(client):
    """It is public; what it asks is what the setting guards. Sandboxed pages load the built files as strangers."""
    built = next((STATIC / "assets").iterdir()).name
    for path in ("/widget.js", f"/assets/{built}"):
        answer = client.get(path, headers={"Origin": "null"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_any_site_may_notice_that_the_service_lives(client):
    """Not more: the answer can't be read, but it comes."""
    answer = client.get("/healthz", headers={"Origin": STRANGER})
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in answer.headers


def test_browsers_keep_what_is_named_by_its_content(client):
    """And ask again for what isn't, which costs nothing where it hasn't changed."""
    built = next((STATIC / "assets").iterdir()).name
    assert "immutable" in client.get(f"/assets/{built}").headers["cache-control"]
    assert client.get("/widget.js").headers["cache-control"] == "public, max-age=3600"
    page = client.get("/embed")
    assert page.headers["cache-control"] == "no-cache"
    widget = client.get("/widget.js")
    again = client.get("/widget.js", headers={"If-None-Match": widget.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/assets/../../pyproject.toml").status_code == 404
    assert client.get("/assets/%2e%2e/%2e%2e/app.py").status_code == 404


def _first_answer(page):
    """Status and body of the answer that came with the iframe page; nothing where none did."""
    found = re.search(
        r'<script type="application/json" id="first-answer" data-status="(\d+)">(.*?)</script>', page.text
    )
    return (int(found[1]), json.loads(found[2])) if found else None


def test_the_iframe_page_brings_the_answer_to_its_address(client):
    """In a sandboxed frame its scripts couldn't ask."""
    status, answer = _first_answer(client.get("/embed?query=bus&size=2&languages=zh&group-by=document&lang=zh"))
    asked = {"query": "bus", "k": 2, "languages": ["zh"], "group_by": "document"}
    assert status == 200
    assert answer["hits"] == client.post("/v1/search", json=asked).json()["hits"]
    assert {hit["passage"]["language"] for hit in answer["hits"]} == {"zh"}
    assert len(answer["hits"]) == 2


def test_the_iframe_page_asks_one_hit_an_article_and_as_many_as_the_widget(client):
    """Its defaults are the widget's, so that both show the same."""
    _, answer = _first_answer(client.get("/embed?query=bus"))
    assert answer["hits"] == client.post("/v1/search", json={"query": "bus", "group_by": "document"}).json()["hits"]


def test_the_iframe_page_reads_lists_with_and_without_commas(client):
    """As the widget's attributes are written."""
    for sources in ("Xinhua,China Daily", '["Xinhua", "China Daily"]'):
        _, answer = _first_answer(client.get("/embed", params={"query": "bus budget", "sources": sources}))
        assert {hit["document"]["source"] for hit in answer["hits"]} == {"Xinhua", "China Daily"}


@pytest.mark.parametrize("query", ["", "?query=", "?query=%20"])
def test_without_a_question_the_iframe_page_is_a_box_to_ask_in(client, query):
    """Nothing is searched."""
    page = client.get(f"/embed{query}")
    assert page.status_code == 200
    assert _first_answer(page) is None


@pytest.mark.parametrize("wrong", ["size=0", "size=five", "languages=fr", "published-from=yesterday", "size=5000"])
def test_a_wrong_option_is_told_in_the_iframe_page(client, wrong):
    """A visitor sees the page with a sentence, not a problem in JSON."""
    page = client.get(f"/embed?query=bus&{wrong}")
    status, problem = _first_answer(page)
    assert (page.status_code, status) == (200, 422)
    assert problem["detail"]


def test_an_article_can_t_end_the_answer_s_element(search_corpus, open_client):
    """What it says of itself is data, not markup."""
    nasty = "</script><script src=/evil.js></script><!-- bus"
    searcher = search_corpus({"a.md": {"title": nasty, "text": f"The bus {nasty} runs all day long in the city."}})
    with open_client(load=lambda: searcher) as client:
        page = client.get("/embed?query=bus")
        status, answer = _first_answer(page)
    assert status == 200
    assert answer["hits"][0]["document"]["title"] == nasty
    assert "evil.js" not in page.text.replace(
        re.search(r"<script type=.application/json.*?</script>", page.text)[0], ""
    )


def test_before_it_can_answer_the_iframe_page_says_so(open_client):
    """The page is there; the answer is that it is too early."""

    def never():
        raise RuntimeError("not today")

    with open_client(load=never, wait=False, lenient=True) as client:
        status, problem = _first_answer(client.get("/embed?query=bus"))
    assert status == 503
    assert problem["detail"]


def test_the_iframe_page_and_what_it_asks_are_one_search(open_client):
    """Else it would be refused its own answer where one search may wait."""
    with open_client(max_waiting=1) as client:
        status, answer = _first_answer(client.get("/embed?query=bus"))
    assert status == 200
    assert answer["hits"]


def test_the_widget_is_small(client):
    """Under 30 kB, as it goes over the wire."""
    answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 30_000


def test_a_portal_that_is_none_ends_the_command_with_one_sentence(start_haihe, index_folder, monkeypatch):
    """Which names the setting, before anything is served."""
    monkeypatch.setenv("HAIHE_PORTALS", "https://news.example, *")
    process = start_haihe("serve", "--index", str(index_folder), "--port", "0")
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
    assert err.startswith("HAIHE_PORTALS: *: name every portal by itself.")
    assert "Traceback" not in err
