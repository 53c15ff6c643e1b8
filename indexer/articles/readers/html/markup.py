"""The bytes of a web page as a tree of bounded size, in which the text that scripts would show is there to read."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from indexer.articles.decoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
"""Encodings that browsers read as a larger one of the same family."""
_HEAD = 4096
_MOST_BROKEN = 0.001
"""Of the bytes: as many may be broken before another encoding is thought of."""
_DEEPEST = 100
_CONTAINERS = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|center|section|table|tbody|tr|td|a|blockquote|ul|ol|li)\b[^>]*>", re.IGNORECASE
)
_KEPT_ATTRIBUTES = frozenset(
    "class id role hidden aria-hidden style href src rel name property content itemprop itemtype itemscope datetime lang "
    "type title shadowrootmode http-equiv dir".split()
)
_LONGEST_ATTRIBUTE = 400
_LONGEST_HREF = 2000
_PARSING = {"encoding": "utf-8", "huge_tree": True, "remove_pis": True, "remove_comments": True}


def decode_page(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of a page, and a warning where bytes had to be replaced.

    UTF-8 goes before what the page declares: other text is hardly ever valid UTF-8, and declarations are often left over.

    Raises:
        ArticleError: the bytes are no text in any encoding that is tried.
    """
    if data.startswith(_MARKS):
        return decode(data, name=name), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass  # then it is what it says, or what its bytes say
    for encoding in (_declared(data), "utf-8"):
        if encoding is not None:
            text = data.decode(encoding, errors="replace")
            broken = text.count("\ufffd")
            if broken <= _MOST_BROKEN * len(data):
                return text, _warning(name, broken, encoding)
    return decode(data, name=name), None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    encoding = found[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(_WIDER.get(encoding, encoding)).name
    except LookupError:
        return None
    # every byte is a character of Latin-1: that it is declared says nothing about a page of other bytes
    return None if encoding.startswith(("cp125", "iso8859", "utf-16", "utf-32", "ascii")) else encoding


def _warning(name: str, broken: int, encoding: str) -> str | None:
    if not broken:
        return None
    return f"{name}: {broken} characters are no valid {encoding} and were replaced. Save the page again if they matter."


def parse(text: str) -> HtmlElement | None:
    """A page's tree, without comments; elements that no reader needs are flattened where they nest too deep.

    The parser gives up, without an error, at 2,048 levels: a page of more is read without its containers.
    """
    tree, complete = _parsed(text)
    if not complete:
        tree, _ = _parsed(_CONTAINERS.sub("<br>", text))
    return None if tree is None else _bounded(tree)


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    parser = html.HTMLParser(**_PARSING)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, True
    return tree, not any("depth" in entry.message for entry in parser.error_log)


def _bounded(tree: HtmlElement) -> HtmlElement:
    deep: list[HtmlElement] = []
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth > _DEEPEST and isinstance(element.tag, str):
            deep.append(element)
        _bound_attributes(element)
    for element in reversed(deep):
        _flatten(element)
    return tree


def _flatten(element: HtmlElement) -> None:
    """Put a break in an element's place."""
    line_break = element.makeelement("br")
    line_break.tail, element.text = element.text, None
    element.insert(0, line_break)
    element.drop_tag()


def _bound_attributes(element: HtmlElement) -> None:
    kept = {key: _cut(key, value) for key, value in element.attrib.items() if key in _KEPT_ATTRIBUTES}
    if len(kept) < len(element.attrib) or any(len(value) >= _LONGEST_ATTRIBUTE for value in kept.values()):
        element.attrib.clear()  # names that aren't valid can't be deleted one by one
        element.attrib.update(kept)


def _cut(key: str, value: str) -> str:
    return value if key == "content" else value[: _LONGEST_HREF if key in {"href", "src"} else _LONGEST_ATTRIBUTE]
