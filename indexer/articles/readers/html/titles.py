"""A page's title as it prints it, without its site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.articles.characters import one_line, visible
from indexer.articles.readers.html.extraction import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.articles.readers.html.extraction import Line

_SEPARATOR = re.compile(
    r"\s+[|｜丨\-–—_:·•»›>/\\~]+\s+|\s*[|｜丨»_]+\s*|(?<=[\u4e00-\u9fff])[\-–—]+(?=[\u4e00-\u9fff])|\s*[-–—]{2,}\s*"
)
_SITE_ENDING = re.compile(
    r"(?:网|網|报|報|台|社|站|在线|在線|新闻|新聞|频道|頻道|中心|门户|門戶|论坛|論壇|博客|平台|客户端|要闻|要聞|资讯|資訊|首页|首頁|政府|号|號|时报|時報|通讯社|"
    r"滚动|滾動|栏目|欄目|版|新闻网|\.com|\.cn|\.net|\.org|\.gov)$"
)
_LONGEST_SITE = 16
_SHORTEST = 2


def site_parts(window: str) -> list[str]:
    """The parts of a window's title, from the first to the last."""
    return [part.strip() for part in _SEPARATOR.split(window) if part.strip()]


def find_title(
    lines: Sequence[Line], window: str, stated: Sequence[str], sites: Sequence[str], first: int
) -> tuple[str, int | None]:
    """The title, and the line that prints it, if one does.

    Args:
        lines: the page's lines.
        window: the text of its `title` element.
        stated: titles that it states for machines.
        sites: names of its site.
        first: the place of the article's first line.
    """
    stated_titles = [pack(text) for text in (window, *stated) if pack(text)]
    headings = [index for index, line in enumerate(lines) if "h1" in line.block.tags and _may_be_title(line, sites)]
    printed = [index for index in _headings(lines, sites) if any(lines[index].packed in text for text in stated_titles)]
    if printed:
        # a site's own name may be the page's first heading: its window's title says it last
        place = min(printed, key=lambda index: _place(lines[index].packed, stated_titles))
        return lines[place].block.text, place
    title = without_site(one_line(visible(stated[0] if stated else window)), sites)
    sign = next((i for i, line in enumerate(lines[: first + 6]) if line.packed and line.packed == pack(title)), None)
    if sign is not None or stated:
        return title, sign
    if headings:
        nearest = max((i for i in headings if i <= first), default=headings[0])
        return lines[nearest].block.text, nearest
    return title, None


def _headings(lines: Sequence[Line], sites: Sequence[str]) -> list[int]:
    """The headings that may be the title, the largest kind first."""
    return [
        index
        for tag in ("h1", "h2", "h3")
        for index, line in enumerate(lines)
        if tag in line.block.tags and _may_be_title(line, sites)
    ]


def _place(packed: str, known: Sequence[str]) -> int:
    """The place of a heading in the first of the known titles that holds it; only whether it begins it counts."""
    return min(text.find(packed) > 0 for text in known if packed in text)


def _may_be_title(line: Line, sites: Iterable[str]) -> bool:
    return len(line.packed) >= _SHORTEST and line.packed not in {pack(site) for site in sites} and line.zone is None


def without_site(title: str, sites: Iterable[str]) -> str:
    """A title without the site's name, which may stand before or after it with the name of a section."""
    parts = list(_SEPARATOR.finditer(title))
    names = {pack(site) for site in sites if pack(site)}
    begin, end = 0, len(title)
    for separator in reversed(parts):
        rest = title[separator.end() : end].strip()
        if not _is_site(rest, title[: separator.start()], names):
            break
        end = separator.start()
    for separator in parts:
        if separator.end() >= end or pack(title[begin : separator.start()]) not in names:
            break
        begin = separator.end()
    return title[begin:end].strip() or title


def _is_site(part: str, before: str, names: set[str]) -> bool:
    packed = pack(part)
    if not packed or packed in names or any(len(name) > 3 and (name in packed or packed in name) for name in names):  # noqa: PLR2004
        return True
    return len(part) <= _LONGEST_SITE and len(pack(before)) >= len(packed) and bool(_SITE_ENDING.search(part))
