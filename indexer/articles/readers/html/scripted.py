"""The article of a page that builds its text by script, where the text is in strings and JSON of its scripts."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as lxml_html

from indexer.articles.readers.html.blocks import find_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_MOST_CHARACTERS = 8_000_000
_FEWEST_LETTERS = 120
"""Of a text: shorter ones are messages and labels."""
_STRING = re.compile(r""""(?:[^"\\\n]|\\.){120,}"|'(?:[^'\\\n]|\\.){120,}'|`(?:[^`\\]|\\.){120,}`""", re.DOTALL)
_JSON_START = re.compile(r"(?:=|\bpush\(|\bparse\(|^)\s*(?=[\[{]\s*[\[{\"])", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "0": ""}
_TAG = re.compile(r"<(?:p|br|div|span|section|h\d|li|img)\b[^<>]*>", re.IGNORECASE)
_PROSE = re.compile(r"[\u4e00-\u9fff]{4,}[^<>]{0,400}?[，。！？]|[A-Za-z]{2,} [a-z]{2,} [^<>{}]{10,400}?[.!?,]")
_CODE = re.compile(r"[{};=<>()\[\]]|function|https?:")
_MOST_CODE = 0.04
_JSON_MARK = re.compile(r"""["']\s?:|\[["']|["'],["']""")
_MOST_JSON_MARKS = 3


def scripted_trees(tree: HtmlElement, bodies: Sequence[str]) -> list[HtmlElement]:
    """The texts in a page's scripts and the article's text that it states for machines, as trees, the longest first."""
    texts = [body for body in bodies if _is_prose(body)]
    budget = _MOST_CHARACTERS
    for script in tree.iter("script"):
        source = script.text or ""
        if "ld+json" in (script.get("type") or "") or not source:
            continue
        budget -= len(source)
        if budget < 0:
            break
        texts += _texts_of(source)
    return [_as_tree(text) for text in sorted(set(texts), key=_weight, reverse=True)[:3]]


def _texts_of(source: str) -> list[str]:
    from_json = [text for data in _json_values(source) for text in _prose_of(data)]
    return from_json + [text for text in map(_unescaped, _STRING.findall(source)) if _is_prose(text)]


def _json_values(source: str) -> Iterator[Any]:
    """The objects and lists of JSON in a script."""
    decoder = json.JSONDecoder(strict=False)
    end = 0
    failures = 0
    for start in _JSON_START.finditer(source):
        if start.end() < end or failures > 5:  # noqa: PLR2004 - each failure may have read the whole script
            continue
        try:
            value, end = decoder.raw_decode(source, start.end())
        except (ValueError, RecursionError):
            failures += 1
            continue
        yield value


def _prose_of(data: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """The running texts in JSON: single ones, and the paragraphs of a list joined."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    waiting: list[tuple[tuple[str, ...], Any]] = [((), data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            groups[place].append(value)
        elif isinstance(value, dict):
            waiting += [((*place[-12:], key), item) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*place[-12:], "*"), item) for item in reversed(value)]
    bodies = []
    for texts in groups.values():
        joined = "".join(
            text if _TAG.search(text) else f"<p>{html.escape(text, quote=False)}</p>" for text in map(_decoded, texts)
        )
        if _is_prose(joined):
            bodies.append(joined)
    return bodies


def _unescaped(literal: str) -> str:
    """A string of JavaScript, as the page would show it."""

    def character(match: re.Match[str]) -> str:
        if code := match[1] or match[2]:
            return chr(int(code, 16))
        return _CONTROL.get(match[3], match[3])

    text = _ESCAPE.sub(character, literal[1:-1])
    return _decoded(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).strip("\"' ")


def _decoded(text: str) -> str:
    """A text whose markup may be written as entities."""
    return html.unescape(text) if "&lt;" in text or "&#" in text else text


def _is_prose(text: str) -> bool:
    plain = re.sub(r"<[^<>]{0,2000}>", "", text)
    if len(plain) < _FEWEST_LETTERS or not _PROSE.search(plain) or len(_JSON_MARK.findall(plain)) > _MOST_JSON_MARKS:
        return False
    return len(_CODE.findall(plain)) <= _MOST_CODE * len(plain)


def _weight(text: str) -> int:
    """The weight of running text: markup counts for nothing, Han characters for more than letters."""
    plain = re.sub(r"<[^<>]{0,2000}>", "", text)
    return len(plain) + 2 * len(re.findall(r"[\u4e00-\u9fff]", plain))


def _as_tree(text: str) -> HtmlElement:
    content = text if _TAG.search(text) else "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    document = f"<html><body><article>{content}</article></body></html>"
    return lxml_html.document_fromstring(document.encode("utf-8", "replace"), parser=parser)


def reveal(tree: HtmlElement) -> None:
    """Show what a page shows by script only: WeChat's hidden content, templates and `noscript` that hold its text."""
    for element in tree.iter(etree.Element):
        style = element.get("style") or ""
        if re.search(r"visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)", style, re.IGNORECASE):
            element.attrib["style"] = ""
    hidden = [*tree.iter("template"), *tree.iter("noscript")]
    shown = _letters(tree) if any(_prose_letters(element) > _FEWEST_LETTERS for element in hidden) else 0
    for element in hidden:
        if element.get("shadowrootmode") or _prose_letters(element) > max(shown, _FEWEST_LETTERS):
            element.tag = "div"


def _prose_letters(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext() if _PROSE.search(text[:1000]))


def _letters(tree: HtmlElement) -> int:
    """The weight of the running text that a page shows without scripts."""
    return sum(len(block.text) for block in find_blocks(tree) if _PROSE.search(block.text[:1000]))
