"""The bytes of a web page as a tree of bounded size, in which the text that scripts would show is there to read."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from indexer.articles.decoding import decode, is_utf8

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
"""Encodings that browsers read as a larger one of the same family."""
_HEAD = 4096
_MOST_BROKEN = 0.001
"""Of the bytes: as many may be broken before another encoding is thought of."""
_DEEPEST = 200
_CONTAINERS = re.compile(
    r"</?(?!(?:p|br|h[1-6]|li|tr|t[dh]|table|pre|html|head|body|title|meta|link|script|style)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"(?:<br>\s*){2,}")
_OF_HEAD = frozenset(["title", "meta", "link", "script", "style", "base", "noscript", "template"])
_KEPT_ATTRIBUTES = frozenset(
    (
        "class id role hidden aria-hidden style href src rel name property content itemprop itemtype "
        "itemscope datetime lang type title shadowrootmode http-equiv dir pubdate data-component "
    ).split()
)
_LONGEST_ATTRIBUTE = 400
_LONGEST_HREF = 2000


def decode_page(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of a page, and a warning where bytes had to be replaced.

    UTF-8 goes before what the page declares: other text is hardly ever valid UTF-8, and declarations are left over.

    Raises:
        ArticleError: the bytes are no text in any encoding that is tried.
    """
    if data.startswith(_MARKS):
        return _guessed(data, name)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass  # then it is what it says, or what its bytes say
    for encoding in (_declared(data), "utf-8" if is_utf8(data) else None):
        if encoding is not None:
            text = data.decode(encoding, errors="replace")
            broken = text.count("\ufffd")
            if broken <= _MOST_BROKEN * len(data):
                return text, _warning(name, broken, encoding)
    return _guessed(data, name)


def _guessed(data: bytes, name: str) -> tuple[str, str | None]:
    decoded = decode(data, name=name)
    return decoded.text, next(iter(decoded.warnings), None)


def _declared(data: bytes) -> str | None:
    declaration = _DECLARED.search(data[:_HEAD])
    if declaration is None:
        return None
    encoding = declaration[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_WIDER.get(encoding, encoding)).name
    except LookupError:
        return None
    # every byte is a character of Latin-1: that it is declared says nothing about a page of other bytes
    return None if encoding.startswith(("cp125", "iso8859", "utf", "ascii")) else encoding


def _warning(name: str, broken: int, encoding: str) -> str | None:
    if not broken:
        return None
    return f"{name}: {broken} characters are no valid {encoding} and were replaced. Save the page again if they matter."


def parse(text: str) -> HtmlElement | None:
    """A page's tree, without comments; where its elements nest too deep, without those that only hold others.

    The parser gives up, without an error, at 2,048 levels, and what extractors do at a thousand is their secret.
    """
    for flatten in (None, _CONTAINERS, _TAGS):
        tree = _parsed(text if flatten is None else _BREAKS.sub("<br><br>", flatten.sub("<br>", text)))
        if tree is not None and _bound(tree):
            return _with_body(tree)
    return None


def _with_body(tree: HtmlElement) -> HtmlElement:
    """A tree whose text is in its body: the parser leaves it in the head of a page that begins none."""
    head = tree.find("head")
    astray = [] if head is None else [child for child in head if child.tag not in _OF_HEAD]
    if astray:
        body = tree.find("body")
        body = etree.SubElement(tree, "body") if body is None else body
        body[:0] = astray
    return tree


def _parsed(text: str) -> HtmlElement | None:
    """The tree of a text, or None where there is none or the parser gave up."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return None if any("depth" in entry.message for entry in parser.error_log) else tree


def _bound(tree: HtmlElement) -> bool:
    """Bound the attributes of a tree; False where it is too deep."""
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return False
        if event == "start":
            _bound_attributes(element)
    return True


def _bound_attributes(element: HtmlElement) -> None:
    attributes = {key: _cut(key, value) for key, value in element.attrib.items() if key in _KEPT_ATTRIBUTES}
    if len(attributes) < len(element.attrib) or any(len(value) >= _LONGEST_ATTRIBUTE for value in attributes.values()):
        element.attrib.clear()  # names that aren't valid can't be deleted one by one
        element.attrib.update(attributes)


def _cut(key: str, value: str) -> str:
    return value if key == "content" else value[: _LONGEST_HREF if key in {"href", "src"} else _LONGEST_ATTRIBUTE]
