"""The text layer of PDF files, through PDFium, in the order in which it is read."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from indexer.articles.characters import visible
from indexer.articles.page import Layout, LeftOut, Page
from indexer.articles.readers.pdf.garbled import garbled_share
from indexer.articles.readers.pdf.hyphens import words_of
from indexer.articles.readers.pdf.layout import reading_order
from indexer.articles.readers.pdf.paragraphs import Paragraph, Paragraphs, usual_size
from indexer.articles.readers.pdf.running_heads import without_running_heads
from indexer.articles.readers.pdf.segments import segments_by_turn
from indexer.articles.readers.pdf.words import PageTooLarge, read_words
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.articles.page import Found
    from indexer.articles.readers.pdf.segments import Segment
    from indexer.articles.readers.pdf.words import PageWords

_SECONDS, _SECONDS_PER_MB = 5.0, 20.0
"""Of a processor's time: what a file may take, and three times what the slowest ordinary ones do."""
_PDFIUM = threading.Lock()
"""PDFium serves one thread at a time."""
_WRONG_PASSWORD, _UNKNOWN_LOCK = 4, 5
_MOST_GARBLED, _SOME_GARBLED = 0.5, 0.02
_MOST_NAMED = 8
_LARGER = 1.2
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 200


def read_pdf(data: bytes, name: str) -> Iterator[Found]:
    """The text layer of a PDF, without the heads, feet and numbers of its pages.

    Raises:
        ArticleError: it is locked, holds no text or one that can't be read, or takes too long.
    """
    with _PDFIUM:
        content = _read_content(data, name)
    warnings = (*_check_text(content, name),)
    main, left_out = without_running_heads([turns[0] for turns in content.segments])
    paragraphs = Paragraphs(words_of(one.text for turns in content.segments for part in turns for one in part))
    for number, (segments, turns) in enumerate(zip(main, content.segments, strict=True)):
        paragraphs.add(reading_order(segments), number)
        for aside in turns[1:]:
            paragraphs.add(reading_order(aside), number)
    text = "\n".join(paragraph.text for paragraph in paragraphs.done)
    yield (
        None,
        Page(
            text or "\n".join(line.text for line in left_out),
            layout=Layout.ARTICLE,
            title=_title(content.title, paragraphs.done),
            left_out=tuple(left_out) if text else (),
            warnings=warnings,
        ),
    )


@dataclass(slots=True)
class _Content:
    """What a file holds: the segments of each page by direction, and the title that it states."""

    title: str | None
    segments: list[list[list[Segment]]] = field(default_factory=list)
    unmapped: int = 0
    pictured: int = 0


def _read_content(data: bytes, name: str) -> _Content:
    document = _open(data, name)
    try:
        content = _Content(document.get_metadata_value("Title") or None)
        most = _SECONDS + _SECONDS_PER_MB * len(data) / 2**20
        began = time.thread_time()
        for number in range(len(document)):
            page = _read_page(document, number, name)
            content.segments.append(segments_by_turn(page.words) or [[]])
            content.unmapped += sum(len(word.text) for word in page.words if word.unmapped)
            content.pictured += page.pictured
            if time.thread_time() - began > most:
                raise ArticleError(
                    f"{name}: reading {number + 1} of its {len(document)} pages took {most:.0f} seconds, "
                    "which is more than its size explains. Split it, or print it to a new PDF."
                )
        return content
    finally:
        document.close()


def _open(data: bytes, name: str) -> Any:  # noqa: ANN401 - untyped library
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise ArticleError(f"{name}: is locked by a password. Save a copy without one.") from error
        if error.err_code == _UNKNOWN_LOCK:
            raise ArticleError(f"{name}: is locked in a way that isn't read. Save a copy without it.") from error
        raise
    if document.get_formtype():
        document.init_forms()
    return document


def _read_page(document: Any, number: int, name: str) -> PageWords:  # noqa: ANN401
    page = document[number]
    try:
        if _shows_notes(page):
            page = _with_notes(document, page, number)
        return read_words(page)
    except PageTooLarge as error:
        raise ArticleError(
            f"{name}: page {number + 1} holds more than is read of one page. Leave the file out, or print it anew."
        ) from error
    finally:
        page.close()


def _shows_notes(page: Any) -> bool:  # noqa: ANN401
    """Whether form fields, notes or stamps lie on a page; links don't count."""
    from pypdfium2 import raw

    shown = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in shown:
            return True
    return False


_MOST_NOTES = 1000


def _with_notes(document: Any, page: Any, number: int) -> Any:  # noqa: ANN401
    """A page with its fields and notes as text of its own, where they stand."""
    from pypdfium2 import raw

    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[number]


def _check_text(content: _Content, name: str) -> Iterator[str]:
    """Warnings about pages whose text layer says something else than they show.

    Raises:
        ArticleError: that holds for most of the text, or there is none.
    """
    texts = [" ".join(one.text for part in turns for one in part) for turns in content.segments]
    total = sum(map(len, texts))
    if not total:
        raise ArticleError(
            f"{name}: has no text layer; it is a scan, or empty. Index it with --ocr, or run it through text recognition first."
        )
    shares = [garbled_share(text) for text in texts]
    garbled = sum(share * len(text) for share, text in zip(shares, texts, strict=True)) + content.unmapped
    if garbled > _MOST_GARBLED * total:
        raise ArticleError(
            f"{name}: its text layer is garbled: its fonts don't say which characters they show. "
            "Index it with --ocr, or print it to a new PDF."
        )
    bad = [number for number, share in enumerate(shares, start=1) if share > _MOST_GARBLED]
    if garbled > _SOME_GARBLED * total or bad:
        yield f"{name}: a part of its text layer is garbled ({_named(bad)}). Look at it with `haihe read`, or use --ocr."


def _named(pages: Sequence[int]) -> str:
    if not pages:
        return "here and there"
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages[:_MOST_NAMED]))}{more}"


def _title(stated: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
    """The title that a file states where its text says it too; else the largest type of the first page, if any is."""
    first = [paragraph for paragraph in paragraphs if paragraph.page == 0]
    shown = "".join("".join(visible(paragraph.text).split()) for paragraph in first)
    worthy = "".join(visible(stated or "").split())[:20]
    if len(worthy) >= _SHORTEST_TITLE and worthy in shown:
        return stated
    largest = max((paragraph.size for paragraph in first), default=0.0)
    if largest < _LARGER * usual_size(paragraphs):
        return None
    title = next(paragraph.text for paragraph in first if paragraph.size == largest)
    return title if 1 < len(title) <= _LONGEST_TITLE and any(map(str.isalpha, title)) else None
