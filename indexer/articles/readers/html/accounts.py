"""Statements that only a page's scripts make: the accounts of WeChat, the sources of feeds."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHINA = dt.timezone(dt.timedelta(hours=8))
_NICKNAME = re.compile(r"""\bvar\s+nickname\s*=\s*(?:htmlDecode\()?["']([^"'\n]{1,60})["']""")
_TIME = re.compile(r"""\b(?:var\s+)?(?:createTime|create_time|ct)\s*[=:]\s*["']?([\d: -]{10,19})["']?""")
_SOURCE = re.compile(r"""["']?\b(?:source|media|mediaName|media_name)["']?\s*:\s*["']([^"'\n<>{}]{2,40})["']""")
_PUBLISHED = re.compile(
    r"""["']?\b(?:pubtime|pubTime|publishTime|publish_time|publishedAt|published_at|datePublished|time)["']?\s*:\s*["']((?:19|20)\d\d-\d\d-\d\d)"""
)


def read_account(tree: HtmlElement) -> tuple[str | None, list[str]]:
    """The official account of a WeChat page, and the days that scripts print on such a page."""
    elements = tree.xpath("//*[@id='js_name']")
    printed = next((text for element in elements if (text := " ".join(element.text_content().split()))), None)
    scripts = [script.text or "" for script in tree.iter("script")]
    name: str | None = printed or next((match[1] for script in scripts if (match := _NICKNAME.search(script))), None)
    if not tree.xpath("//*[@id='js_content' or @id='js_name' or @id='publish_time']"):
        return name, []
    return name, [_day(match[1].strip()) for script in scripts if (match := _TIME.search(script))]


def _day(value: str) -> str:
    """A time as the page prints it: seconds are shown as China's day."""
    return dt.datetime.fromtimestamp(int(value[:10]), _CHINA).date().isoformat() if value.isdigit() else value


def read_scripted(tree: HtmlElement) -> tuple[str | None, list[str]]:
    """The source and the days in the scripts of a page whose article is in them."""
    scripts = [script.text or "" for script in tree.iter("script")]
    source = next((found[1] for script in scripts if (found := _SOURCE.search(script))), None)
    return source, [found[1] for script in scripts if (found := _PUBLISHED.search(script))]
