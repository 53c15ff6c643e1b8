"""Markdown, with front matter or without."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.fields import with_fields
from indexer.articles.readers.tables import plain_tables
from indexer.articles.wrapping import join_wrapped
from indexer.errors import ArticleError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(?P<fields>.*?)^(?:---|\.\.\.)[^\S\n]*\n?", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|^\s{0,3}(?:```[^\n]*|~~~[^\n]*|[-*_]{3,}\s*)$|<!--.*?-->", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|`([^`\n]+)`")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
_QUOTE = re.compile(r"^\s{0,3}>\s?", re.MULTILINE)


def read_markdown(data: bytes, name: str) -> Iterator[Found]:
    """Markdown, with YAML front matter or without."""
    text = decode(data, name=name)
    front = _FRONT_MATTER.match(text)
    fields = _front_matter(front["fields"], name) if front else {}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    page = with_fields(Page(join_wrapped(_plain_markdown(body)), layout=Layout.ARTICLE), fields)
    if page.title is None and heading is not None:
        page = replace(page, title=heading[1])
    yield None, page


def _front_matter(text: str, name: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ArticleError(
            f"{name}: its front matter is no valid YAML ({reason_of(error)}). Mend it or remove it."
        ) from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ArticleError(f"{name}: its front matter is no list of fields. Write `title: …`, `source: …`, one a line.")
    return fields


def _plain_markdown(text: str) -> str:
    text = plain_tables(text)
    text = _MARKUP.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _HEADING.sub(r"\n\1\n", text)
    text = _EMPHASIS.sub(lambda match: match[2] or match[3], text)
    return _QUOTE.sub("", text)
