"""The lines of a page that are its article, by the vote of three extractors and the structure around their choice.

The vote follows Bevendorff et al., "An Empirical Comparison of Web Content Extraction Algorithms" (SIGIR 2023): a
majority of extractors is better than each, and hardly ever fails where one of them does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree, html

from indexer.articles.dates import DATE
from indexer.articles.readers.html.blocks import HEADINGS, find_blocks
from indexer.articles.readers.html.notices import HEAD_NOTICE, LABEL, TAIL_NOTICE
from indexer.articles.readers.html.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.html import HtmlElement

    from indexer.articles.readers.html.blocks import Block

_WORD = re.compile(r"[^\W_]", re.UNICODE)
_SHINGLE = 10
"""Characters, blanks and marks apart: a piece of text of this length hardly ever stands on a page twice."""
_SHINGLE_SHARE = 0.6
_MAJORITY = 2
_MOST_ELEMENTS = 10_000
_LINKED = 0.5
_SENTENCE = re.compile(r"[。！？；]|[.!?][\"'”’)\]]*(?:\s|$)")
_BYLINE = re.compile(r"(?:来源|來源|作者|记者|記者|责编|编辑)\s*[:：]|^\s*by\s+[A-Z]", re.IGNORECASE)
OTHER_STORIES = "other stories"
_MAY_BE_TEXT = frozenset(("aside",))
"""Parts of the frame that hold a piece of the article at times, a box of facts say."""
_BOXES = frozenset(("div", "li", "article", "section", "figure", "td", "dl"))
_ROW, _LONGEST_TEASER, _TEASER_SHARE = 3, 6, 0.8
_CONTAINER_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and what speaks for it.

    Attributes:
        votes: how many extractors chose it.
        zone: the part of the page's frame that it stands in, if any.
    """

    block: Block
    packed: str
    votes: int
    zone: str | None

    @property
    def is_linked(self) -> bool:
        """Most of it is links."""
        return self.block.linked > _LINKED * len(self.block.text)

    @property
    def is_byline(self) -> bool:
        """It prints a date, a source or an author, and tells nothing."""
        text = self.block.spaced
        return not self.is_prose and bool(DATE.search(text) or _BYLINE.search(text) or HEAD_NOTICE.search(text))

    @property
    def is_prose(self) -> bool:
        """It is a sentence and no link."""
        return not self.is_linked and len(self.packed) >= _SHINGLE and bool(_SENTENCE.search(self.block.text))


def pack(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(_WORD.findall(text)).lower()


def weigh(tree: HtmlElement, *, vote: bool = True) -> list[Line]:
    """The lines of a page with their votes, if extractors vote."""
    blocks = find_blocks(tree)
    packed = [pack(block.text) for block in blocks]
    votes = _votes(tree, packed) if vote else [0] * len(blocks)
    frames = _frames(blocks, packed, votes)
    zones = [zone_of(block, frames) for block in blocks]
    lines = [Line(*values) for values in zip(blocks, packed, votes, zones, strict=True)]
    return _without_teasers(lines)


def _votes(tree: HtmlElement, packed: Sequence[str]) -> list[int]:
    """The number of extractors that choose each line; on a huge page one speaks for all, being fast enough."""
    source = etree.tostring(tree, encoding="unicode", method="html")
    is_huge = sum(1 for _ in tree.iter()) > _MOST_ELEMENTS
    votes = [0] * len(packed)
    for extract in (_by_resiliparse,) if is_huge else _EXTRACTORS:
        for index in _chosen(packed, _texts_of(extract, source)):
            votes[index] += len(_EXTRACTORS) if is_huge else 1
    return votes


def _frames(blocks: Sequence[Block], packed: Sequence[str], votes: Sequence[int]) -> set[HtmlElement]:
    """The elements that hold most of what all chose: whatever they are called, they are no part of the page's frame."""
    sizes: Counter[HtmlElement] = Counter()
    whole = 0
    for block, text, count in zip(blocks, packed, votes, strict=True):
        if count == len(_EXTRACTORS):
            whole += len(text)
            sizes.update(dict.fromkeys(block.path, len(text)))
    return {element for element, size in sizes.items() if 2 * size >= whole}


def _without_teasers(lines: list[Line]) -> list[Line]:
    """The lines, those of other stories marked: boxes of one kind side by side, each with a link as its heading."""
    boxes: dict[HtmlElement, list[Line]] = defaultdict(list)
    for line in lines:
        for element in line.block.path:
            boxes[element].append(line)
    rows: dict[tuple[object, ...], list[HtmlElement]] = defaultdict(list)
    for element in boxes:
        if element.tag in _BOXES:
            rows[element.getparent(), element.tag, element.get("class")].append(element)
    chosen = _sizes(lines)
    teasers = {
        id(line)
        for row in rows.values()
        if len(row) >= _ROW and _are_teasers(row, boxes, chosen)
        for element in row
        for line in boxes[element]
    }
    return [replace(line, zone=OTHER_STORIES) if id(line) in teasers else line for line in lines]


def _are_teasers(row: Sequence[HtmlElement], boxes: dict[HtmlElement, list[Line]], chosen: tuple[int, int]) -> bool:
    """Tell a row whose boxes mostly have a link as heading and more below it, and are no large part of the text."""
    headed = sum(
        1 < len(boxes[box]) <= _LONGEST_TEASER
        and any(line.is_linked and len(line.packed) >= _SHINGLE for line in boxes[box])
        for box in row
    )
    sizes = _sizes(line for box in row for line in boxes[box])
    is_small = all(2 * size <= whole for size, whole in zip(sizes, chosen, strict=True))
    return headed >= _TEASER_SHARE * len(row) and is_small


def _sizes(lines: Iterable[Line]) -> tuple[int, int]:
    """The number of letters that most extractors chose, and that all did."""
    sizes = {_MAJORITY: 0, len(_EXTRACTORS): 0}
    for line in lines:
        for votes in sizes:
            sizes[votes] += len(line.packed) if line.votes >= votes else 0
    return sizes[_MAJORITY], sizes[len(_EXTRACTORS)]


def select(lines: Sequence[Line]) -> list[int]:
    """The article's lines, by their places."""
    chosen = [index for index, line in enumerate(lines) if _is_chosen(line)]
    if not chosen:
        chosen = [index for index, line in enumerate(lines) if line.votes and not (line.zone and line.is_linked)]
    if not chosen:
        chosen = [index for index, line in enumerate(lines) if line.is_prose and line.zone is None]
    return _trimmed(lines, _completed(lines, chosen))


def _is_chosen(line: Line) -> bool:
    if LABEL.fullmatch(line.block.text):
        return False
    if line.zone is not None:
        return line.zone in _MAY_BE_TEXT and line.votes > _MAJORITY and line.is_prose
    return line.votes >= _MAJORITY


def _completed(lines: Sequence[Line], chosen: list[int]) -> list[int]:
    """The choice, with the lines between that stand in the same container: who doubts keeps the line."""
    if not chosen:
        return []
    container = _container(lines, chosen)
    indexes = set(chosen)
    for index in range(chosen[0], chosen[-1] + 1):
        line = lines[index]
        if index not in indexes and container in line.block.path and line.zone is None and _belongs(line):
            indexes.add(index)
    return sorted(indexes)


def _trimmed(lines: Sequence[Line], kept: list[int]) -> list[int]:
    """The kept lines without the page's own at both ends: those outside the container, links, notices."""
    if not kept:
        return kept
    container = _container(lines, kept)
    begin, end = 0, len(kept)
    while begin < end and _is_edge(lines[kept[begin]], container, HEAD_NOTICE):
        begin += 1
    while end > begin and _is_edge(lines[kept[end - 1]], container, TAIL_NOTICE):
        end -= 1
    return kept[begin:end] or kept


def _is_edge(line: Line, container: HtmlElement, notice: re.Pattern[str]) -> bool:
    if line.is_linked or notice.search(line.block.text):
        return True
    if line.block.tags & HEADINGS or line.is_prose:
        return container not in line.block.path and line.votes <= _MAJORITY and not line.is_prose
    return container not in line.block.path


def _belongs(line: Line) -> bool:
    """Tell a line inside the article's container that is text and no box."""
    is_text = line.is_prose or bool(line.votes) or bool(line.block.tags & {*HEADINGS, "pre", "figcaption", "tr", "dl"})
    return is_text and not line.is_linked


def _container(lines: Sequence[Line], chosen: list[int]) -> HtmlElement:
    """The smallest element that holds most of what was chosen."""
    sizes: Counter[HtmlElement] = Counter()
    for index in chosen:
        for element in lines[index].block.path:
            sizes[element] += len(lines[index].packed)
    most = _CONTAINER_SHARE * max(sizes.values())
    path = next(lines[index].block.path for index in chosen if any(sizes[e] >= most for e in lines[index].block.path))
    holders = {element for element, size in sizes.items() if size >= most}
    deepest = max((lines[index].block.path for index in chosen), key=lambda path: sum(e in holders for e in path))
    return [element for element in deepest if element in holders][-1] if holders else path[0]


def _chosen(packed: Sequence[str], texts: Sequence[str]) -> list[int]:
    """The lines of a page that an extractor's text holds, by their places."""
    taken = [pack(text) for text in texts]
    whole = "".join(taken)
    shingles = {whole[start : start + _SHINGLE] for start in range(len(whole) - _SHINGLE + 1)}
    alone = Counter(taken)
    long = [index for index, text in enumerate(packed) if len(text) >= 2 * _SHINGLE and _is_held(text, shingles)]
    if not long:
        return [index for index, text in enumerate(packed) if text and alone[text]]
    near = range(max(0, long[0] - 3), long[-1] + 4)
    short = [
        index
        for index, text in enumerate(packed)
        if text
        and len(text) < 2 * _SHINGLE
        and index in near
        and (alone[text] or (len(text) > _SHINGLE and _is_held(text, shingles)))
    ]
    return sorted({*long, *short})


def _is_held(text: str, shingles: set[str]) -> bool:
    pieces = [text[start : start + _SHINGLE] for start in range(0, len(text) - _SHINGLE + 1, 3)]
    return sum(piece in shingles for piece in pieces) >= _SHINGLE_SHARE * len(pieces)


def _texts_of(extract: Callable[[str], Sequence[str]], source: str) -> Sequence[str]:
    """The lines that an extractor chooses; none where it fails, which costs its vote only."""
    try:
        return extract(source)
    except Exception:  # noqa: BLE001 - an extractor may fail in any way on a broken page; the others vote
        return ()


def _by_readability(source: str) -> Sequence[str]:
    from readability import Document

    summary = Document(source).summary(html_partial=True)
    return [block.text for block in find_blocks(html.document_fromstring(summary))]


def _by_trafilatura(source: str) -> Sequence[str]:
    import trafilatura

    tree = trafilatura.load_html(source)
    text = trafilatura.extract(tree, favor_recall=True, include_comments=False, include_tables=True)
    return (text or "").split("\n")


def _by_resiliparse(source: str) -> Sequence[str]:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(source, main_content=True, alt_texts=False, list_bullets=False).split("\n")


_EXTRACTORS = (_by_readability, _by_trafilatura, _by_resiliparse)
