"""The text layer of PDF files, through PDFium, in the order in which it is read."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from indexer.articles.characters import visible
from indexer.articles.page import Layout, Page
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
    from indexer.articles.readers.pdf.recognition import Recognizer
    from indexer.articles.readers.pdf.segments import Segment

_SECONDS, _SECONDS_PER_MB = 5.0, 20.0
"""Of a processor's time: what a file may take, and three times what the slowest ordinary ones do."""
_PDFIUM = threading.Lock()
"""PDFium serves one thread at a time."""
_WRONG_PASSWORD, _UNKNOWN_LOCK = 4, 5
_MOST_GARBLED, _SOME_GARBLED = 0.5, 0.1
_DOTS_PER_POINT, _MOST_DOTS = 200 / 72, 20e6
"""What is recognised: 200 dots an inch, and at most twenty million a page."""
_MOST_RECOGNIZED = 500
"""Pages of a file that are recognised, at several seconds each."""
_MOST_NAMED = 8
_LARGER = 1.2
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 200


def read_pdf(data: bytes, name: str, recognizer: Recognizer | None = None) -> Iterator[Found]:
    """The text layer of a PDF, without the heads, feet and numbers of its pages.

    Args:
        data: the file.
        name: of the file, for messages.
        recognizer: reads pages that are pictures, or whose text layer is garbled; without one, they are named.

    Raises:
        ArticleError: it is locked, holds no text or one that can't be read, or takes too long.
    """
    with _PDFIUM:
        content = _read_content(data, name, recognizer)
    warnings = tuple(_check_text(content.pages, name))
    main, left_out = without_running_heads([page.turns[0] for page in content.pages])
    paragraphs = Paragraphs(words_of(segment.text for page in content.pages for part in page.turns for segment in part))
    for number, (segments, page) in enumerate(zip(main, content.pages, strict=True)):
        for part in (segments, *page.turns[1:]):
            paragraphs.add(reading_order(part), number)
    text = "\n".join(paragraph.text.replace("\u00ad", "-") for paragraph in paragraphs.done)
    yield (
        None,
        Page(
            text,
            layout=Layout.ARTICLE,
            title=_title(content.title, paragraphs.done),
            left_out=tuple(left_out),
            warnings=warnings,
        ),
    )


@dataclass(slots=True)
class _Content:
    """The contents of a file: the title that it states, and its pages."""

    title: str | None
    pages: list[_ReadPage] = field(default_factory=list)
    recognized: int = 0


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """The contents of one page: its segments by direction of writing, the main one first, and how good they are."""

    turns: Sequence[Sequence[Segment]]
    garbled: float = 0.0
    """The share of its characters that aren't what it shows."""
    pictured: bool = False
    """It shows pictures, and no text."""
    fontless: bool = False
    """Many of its words are lost, since nobody has their fonts."""

    @property
    def needs_recognition(self) -> bool:
        """Its text layer doesn't say what it shows."""
        return self.pictured or self.garbled > _MOST_GARBLED

    @property
    def characters(self) -> int:
        """The number of characters on the page."""
        return sum(len(segment.text) for part in self.turns for segment in part)


def _read_content(data: bytes, name: str, recognizer: Recognizer | None) -> _Content:
    document = _open(data, name)
    try:
        content = _Content(document.get_metadata_value("Title") or None)
        most = _SECONDS + _SECONDS_PER_MB * len(data) / 2**20
        spent = 0.0
        for number in range(len(document)):
            began = time.thread_time()
            page = _read_page(document, number, name)
            spent += time.thread_time() - began
            if spent > most:
                raise ArticleError(
                    f"{name}: reading {number + 1} of its {len(document)} pages took {spent:.0f} seconds, "
                    "which is more than its size explains. Split it, or print it to a new PDF."
                )
            if recognizer is not None and content.recognized < _MOST_RECOGNIZED and page.needs_recognition:
                page = _recognize(document, number, name, recognizer)
                content.recognized += 1
            content.pages.append(page)
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


def _read_page(document: Any, number: int, name: str) -> _ReadPage:  # noqa: ANN401
    page = document[number]
    try:
        if _shows_notes(page):
            page = _with_notes(document, page, number)
        words = read_words(page)
    except PageTooLarge as error:
        raise ArticleError(
            f"{name}: page {number + 1} holds more than is read of one page. Leave the file out, or print it anew."
        ) from error
    finally:
        page.close()
    text = " ".join(word.text for word in words.words)
    unmapped = sum(len(word.text) for word in words.words if word.unmapped) / max(len(text), 1)
    turns = segments_by_turn(words.words) or [[]]
    return _ReadPage(
        turns, garbled=max(unmapped, garbled_share(text)), pictured=words.pictured, fontless=words.fontless
    )


def _recognize(document: Any, number: int, name: str, recognizer: Recognizer) -> _ReadPage:  # noqa: ANN401
    page = document[number]
    try:
        scale = min(_DOTS_PER_POINT, (_MOST_DOTS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
        picture = page.render(scale=scale, grayscale=True).to_numpy()
    finally:
        page.close()
    place = f"page {number + 1} of {len(document)} of {name}"
    return _ReadPage([recognizer.read(picture.reshape(picture.shape[:2]).copy(), place)])


def _shows_notes(page: Any) -> bool:  # noqa: ANN401
    """Tell a page on which form fields, notes or stamps lie; links don't count."""
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


def _check_text(pages: Sequence[_ReadPage], name: str) -> Iterator[str]:
    """Warnings about pages whose text layer is missing, or says something else than they show.

    Raises:
        ArticleError: that holds for most of the text, or there is none.
    """
    total = sum(page.characters for page in pages)
    fontless = [number for number, page in enumerate(pages, start=1) if page.fontless]
    if fontless:
        lost = f"{name}: {_named(fontless)} can't be read whole, since its fonts are neither in the file nor here. "
        advice = "Save a copy with its fonts, or install Chinese ones (apt-get install fonts-noto-cjk)."
        if not total:
            raise ArticleError(lost + advice)
        yield lost + advice
    if not total:
        raise ArticleError(
            f"{name}: has no text layer; it is a scan, or empty. "
            "Run `haihe index --ocr`, or save a copy with a text layer."
        )
    if sum(page.garbled * page.characters for page in pages) > _MOST_GARBLED * total:
        raise ArticleError(
            f"{name}: its text layer is garbled, since its fonts don't say which characters they show. "
            "Run `haihe index --ocr`, or print it to a new PDF."
        )
    garbled = [number for number, page in enumerate(pages, start=1) if page.garbled > _SOME_GARBLED]
    if garbled:
        yield f"{name}: the text layer of {_named(garbled)} is garbled. Look at it with `haihe read`, or use --ocr."
    pictures = [number for number, page in enumerate(pages, start=1) if page.pictured]
    if pictures:
        yield f"{name}: {_named(pictures)} of {len(pages)} may be a scan, without text. Use --ocr where it matters."


def _named(pages: Sequence[int]) -> str:
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
    if not first or largest < _LARGER * usual_size(paragraphs):
        return None
    title = next(paragraph.text for paragraph in first if paragraph.size == largest)
    return title if 1 < len(title) <= _LONGEST_TITLE and any(map(str.isalpha, title)) else None
