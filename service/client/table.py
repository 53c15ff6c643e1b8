"""Hits as a table of HTML, for a notebook. All that comes from articles is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.client.records import Document, Hit, Language

_HEADINGS = {"en": ("Score", "Article", "Passage"), "zh": ("分数", "文章", "段落")}
_NO_HITS = {"en": "No passage was found.", "zh": "没有找到段落。"}
_ALSO = {"en": "in the other language: ", "zh": "另一语言："}

# A notebook's own stylesheet sets everything else; colours are shades of the text's, so that dark themes stay readable.
_CELL = "text-align:left;vertical-align:top;padding:.5em .75em;white-space:normal"
_NUMBER = "text-align:right;vertical-align:top;padding:.5em .75em;white-space:nowrap;font-variant-numeric:tabular-nums"
_COLUMNS = (_NUMBER, f"{_CELL};width:30%", _CELL)
_FAINT = "opacity:.7;font-size:.9em"
_MARK = "background:rgba(255,200,0,.35);color:inherit;padding:.05em 0"


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table: its language, how many hits it shows, of how many, and the note on the question."""

    language: Language
    shown: int
    total: int | None
    is_exact: bool = True
    note: str | None = None

    def __str__(self) -> str:
        if self.language == "zh":
            relevant = f"；相关的{'共' if self.is_exact else '至少'} {self.total} 个"
            return f"{self.shown} 个结果" + ("" if self.total is None else relevant)
        relevant = f"; {'' if self.is_exact else 'at least '}{self.total} relevant in all"
        return f"{self.shown} hits" + ("" if self.total is None else relevant)


def table(hits: Sequence[Hit], caption: Caption) -> str:
    """The hits as a table, headed in the caption's language."""
    language = caption.language
    note = f'<p lang="{language}">{escape(caption.note)}</p>' if caption.note else ""
    if not hits:
        return note or f'<p lang="{language}">{_NO_HITS[language]}</p>'
    headings = "".join(
        f'<th scope="col" style="{style}">{heading}</th>'
        for style, heading in zip(_COLUMNS, _HEADINGS[language], strict=True)
    )
    rows = "".join(_row(hit, language) for hit in hits)
    return (
        f'{note}<table lang="{language}"><caption style="{_FAINT};text-align:left">{caption}</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(hit: Hit, language: Language) -> str:
    spoken = hit.passage.language
    return (
        f'<tr><td style="{_NUMBER}">{hit.score:.2f}</td><td style="{_CELL}">{_article(hit.document, language)}</td>'
        f'<td lang="{spoken}" style="{_CELL}">{_opening(hit)}{_marked(hit.passage.text, hit.sentences)}</td></tr>'
    )


def _article(document: Document, language: Language) -> str:
    title = _linked(document.title, document.url)
    about = " · ".join(escape(str(part)) for part in (document.source, document.published, document.id) if part)
    lines = [f'<div lang="{document.language or ""}">{title}</div>', f'<div style="{_FAINT}">{about}</div>']
    lines += [
        f'<div style="{_FAINT}">{_ALSO[language]}<span lang="{other.language or ""}">{escape(other.title)}</span></div>'
        for other in document.counterparts
    ]
    return "".join(lines)


def _linked(title: str, url: str | None) -> str:
    """A title, as a link where it has an address of the web; another scheme might be a script."""
    shown = f"<strong>{escape(title)}</strong>"
    if not url or not _is_web(url):
        return shown
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


def _opening(hit: Hit) -> str:
    """The beginning of a sentence that the passage goes on with."""
    return f'<span style="{_FAINT}">{escape(hit.passage.opening)} … </span>' if hit.passage.opening else ""


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with some spans marked."""
    pieces, last = [], 0
    for start, end in sorted(spans):
        begin = max(start, last)
        pieces += [escape(text[last:begin]), f'<mark style="{_MARK}">{escape(text[begin:end])}</mark>']
        last = max(end, last)
    return "".join([*pieces, escape(text[last:])])
