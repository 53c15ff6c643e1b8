"""Document to passages: whole sentences, packed to a budget counted in the model's own tokens. Pure.

The text is cut at the ends of paragraphs and sentences (sentencex; in Chinese also at ； and ……), a sentence over the
budget at clauses, then at words, then anywhere. The parts are packed in order, a paragraph to a
passage where it fits. A passage never mixes scripts, so that each is embedded among the passages of its own language.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import sentencex

from indexer.language import CHINESE_SHARE, han_share, identify, passage_language
from indexer.records import Document, Language, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    TokenCounter = Callable[[Sequence[str]], list[int]]

_PARAGRAPH = re.compile(r"[^\n]+")
_CHINESE_STOP = re.compile(r"(?:；|……+|…+)[”’」』）)]*")
_CLAUSE_END = re.compile(r"[，、；：,;:)\]）】》」』”]\s*|\s[-–—]+\s|—{2}")
_STRETCH = 4000
_STRETCH_END = re.compile(r"[。！？!?；]+[”’」』）)]*|\s")
_BLANK = re.compile(r"\s+")


class Budget(NamedTuple):
    """How long passages may be, in the encoder's tokens, prompt and special tokens not counted."""

    passage: int = 96
    """The most; a longer paragraph is cut."""
    least: int = 40
    """What a paragraph needs to be a passage; shorter ones are joined to the next."""
    context: int = 40
    """The most of a title or lead; the rest is left off."""


class _Span(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or a piece of one: the smallest thing that packing moves."""

    span: _Span
    tokens: int
    paragraph: int
    kind: str
    """`han`, a third language's code, or nothing: parts of different kinds share no passage."""


@dataclass(frozen=True, slots=True)
class Chunks:
    """A document's passages, in order, and how many spans were left out because they are in a third language."""

    passages: tuple[Passage, ...]
    foreign: int


def chunk(document: Document, count_tokens: TokenCounter, budget: Budget) -> Chunks:
    """Cut a document into passages.

    Args:
        document: its `text` holds one paragraph a line.
        count_tokens: texts to their numbers of tokens in the encoder's vocabulary.
        budget: how many tokens a passage and its context may have.
    """
    text = document.text
    parts = _parts(text, count_tokens, budget.passage)
    spans = [_Span(run[0].span.start, run[-1].span.end) for run in _pack(parts, budget)]
    languages = [
        passage_language(text[span.start : span.end], document.language, around=_paragraph_around(text, span))
        for span in spans
    ]
    context = _context(document, count_tokens, budget.context)
    passages, seen = [], dict[str, int]()
    for span, language in zip(spans, languages, strict=True):
        if language is None:
            continue
        body = text[span.start : span.end]
        repeats = seen[body] = seen.get(body, -1) + 1
        passages.append(
            Passage(
                id=_passage_id(document.id, body, repeats),
                document_id=document.id,
                text=body,
                language=language,
                start=span.start,
                end=span.end,
                context="" if context in body else context,
            )
        )
    return Chunks(tuple(passages), foreign=len(spans) - len(passages))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end) in code points: ordered, trimmed of blanks, covering all that isn't."""
    return [
        (span.start, span.end)
        for paragraph in _PARAGRAPH.finditer(text)
        for span in _sentences(text, _Span(*paragraph.span()))
    ]


def _paragraph_around(text: str, span: _Span) -> str:
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]


def _parts(text: str, count_tokens: TokenCounter, budget: int) -> list[_Part]:
    spans, paragraphs, kinds = list[_Span](), list[int](), list[str]()
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        found = list(_sentences(text, _Span(*match.span())))
        spans += found
        paragraphs += [number] * len(found)
        code = identify(match.group())
        kinds.append(code if code and code not in tuple(Language) else "")
    counts = count_tokens([text[span.start : span.end] for span in spans]) if spans else []
    parts = []
    for span, count, paragraph in zip(spans, counts, paragraphs, strict=True):
        for piece, tokens in _shorten(text, span, count, count_tokens, budget):
            is_han = han_share(text[piece.start : piece.end]) >= CHINESE_SHARE
            parts.append(_Part(piece, tokens, paragraph, "han" if is_han else kinds[paragraph]))
    return parts


def _sentences(text: str, paragraph: _Span) -> Iterator[_Span]:
    body = text[paragraph.start : paragraph.end]
    is_han = han_share(body) > 0
    for offset, stretch in _stretches(body):
        for boundary in sentencex.get_sentence_boundaries("zh" if is_han else "en", stretch):
            start = paragraph.start + offset + boundary["start_index"]
            end = paragraph.start + offset + boundary["end_index"]
            cuts = [start + stop.end() for stop in _CHINESE_STOP.finditer(text[start:end])] if is_han else []
            yield from _trimmed(text, [start, *cuts, end])


def _stretches(body: str) -> Iterator[tuple[int, str]]:
    """A paragraph in stretches that sentencex takes in reasonable time, which grows with the square of the length."""
    start = 0
    while len(body) - start > _STRETCH:
        stops = [stop.end() for stop in _STRETCH_END.finditer(body, start, start + _STRETCH)]
        end = stops[-1] if stops else start + _STRETCH
        yield start, body[start:end]
        start = end
    yield start, body[start:]


def _trimmed(text: str, cuts: Sequence[int]) -> Iterator[_Span]:
    """The spans between neighbouring cuts, without the blanks around them."""
    for start, end in pairwise(cuts):
        body = text[start:end]
        if body.strip():
            yield _Span(start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip()))


def _shorten(text: str, span: _Span, tokens: int, count_tokens: TokenCounter, budget: int) -> list[tuple[_Span, int]]:
    """Halve a span that is over the budget until each piece fits: at a clause, at a blank, or anywhere."""
    if tokens <= budget or span.end - span.start <= 1:
        return [(span, tokens)]
    halves = list(_trimmed(text, [span.start, _middle_cut(text, span), span.end]))
    counts = count_tokens([text[half.start : half.end] for half in halves])
    return [
        piece
        for half, count in zip(halves, counts, strict=True)
        for piece in _shorten(text, half, count, count_tokens, budget)
    ]


def _middle_cut(text: str, span: _Span) -> int:
    body, middle = text[span.start : span.end], (span.end - span.start) / 2
    for pattern in (_CLAUSE_END, _BLANK):
        cuts = [match.end() for match in pattern.finditer(body) if middle / 2 <= match.end() <= middle * 1.5]
        if cuts:
            return span.start + min(cuts, key=lambda cut: abs(cut - middle))
    return span.start + max(1, int(middle))


def _pack(parts: Iterable[_Part], budget: Budget) -> list[list[_Part]]:
    """Neighbouring parts of one kind and paragraph, as many as the budget takes; short paragraphs are joined."""
    runs: list[list[_Part]] = []
    size = 0
    for part in parts:
        last = runs[-1][-1] if runs else None
        new_paragraph = last is not None and part.paragraph != last.paragraph
        if (
            last is None
            or last.kind != part.kind
            or size + part.tokens > budget.passage
            or (new_paragraph and size >= budget.least)
        ):
            runs.append([])
            size = 0
        runs[-1].append(part)
        size += part.tokens
    return runs


def _context(document: Document, count_tokens: TokenCounter, most: int) -> str:
    """The title, or the lead where there is none."""
    if not most:
        return ""
    context = document.title or next(
        (document.text[start:end] for start, end in sentence_spans(document.text[:2000])), ""
    )
    pieces = _shorten(context, _Span(0, len(context)), count_tokens([context])[0], count_tokens, most)
    return context[: pieces[0][0].end].strip()


def _passage_id(document_id: str, text: str, repeats: int) -> str:
    """The same passage of the same document keeps its id, wherever it moves and whatever is around it."""
    return hashlib.blake2b(f"{document_id}\0{text}\0{repeats}".encode(), digest_size=10).hexdigest()
