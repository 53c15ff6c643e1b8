"""All text of a web page as plain paragraphs, with nothing taken for furniture: chapters of books, mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree, html

from indexer.articles.readers.html.blocks import BLOCKS
from indexer.articles.readers.html.markup import decode_page
from indexer.articles.readers.html.zones import is_hidden
from indexer.articles.readers.markup.markup_text import Markup, MarkupText
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from indexer.articles.readers.archive import Element


class HtmlText(MarkupText):
    """The text of a page's body: the base text of ruby, tables by rows, preformatted text by lines."""

    markup = Markup(
        blocks=BLOCKS - {"td", "th"} | {"title"},
        cells=frozenset({"td", "th"}),
        skipped=frozenset({"head", "script", "style", "template", "rt", "rp", "rtc", "select", "textarea", "object"}),
        as_laid_out=frozenset({"pre"}),
        marks={"br": "\n", "wbr": ""},
    )

    def enters(self, element: Element, name: str) -> bool:
        """Tell an element whose contents a browser shows."""
        return name not in self.markup.skipped and not is_hidden(element)


def html_lines(data: bytes | str, name: str) -> list[str]:
    """The paragraphs of a page, a line each.

    Raises:
        ArticleError: its elements nest too deeply, so that text would be lost.
    """
    root = parse_html(data, name)
    return [] if root is None else HtmlText().lines(root)


def parse_html(data: bytes | str, name: str) -> Element | None:
    """The root element of a page in HTML or XHTML, or None where there is none.

    Raises:
        ArticleError: its elements nest too deeply, so that text would be lost.
    """
    text = data if isinstance(data, str) else decode_page(data, name)[0]
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None  # a page without any element
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise ArticleError(f"{name}: its elements nest too deeply. Save its article as text instead.")
    return root
