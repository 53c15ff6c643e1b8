"""Document to passages: whole sentences, packed to a budget counted in the model's own tokens. Pure.

The text is cut at the ends of paragraphs and sentences, which are packed in order, a paragraph to a passage where it
fits. A sentence over the budget is a passage by itself. Only one that is over the model's window is cut, at a clause,
then at a word, then anywhere; what goes on with it carries its opening words, with which it is shown. A passage never
mixes scripts, so that each is embedded among the passages of its own language.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from indexer.records import Document, Language, Passage
from indexer.text.language_identification import CHINESE_SHARE, han_share, identify, passage_language
from indexer.text.sentences import Span, line_sentences, sentence_spans, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    TokenCounter = Callable[[Sequence[str]], list[int]]

__all__ = ["Budget", "Chunks", "chunk", "sentence_spans"]

_PARAGRAPH = re.compile(r"[^\n]+")
_CLAUSE_ENDS = [
    re.compile(rf"(?:{signs})[”’」』）)\]】》\"]*\s*")
    for signs in (
        r"；|;(?=\s)",
        r"[，：]|[,:](?=\s)",
        r"、|\s[-–—]+(?=\s)|——|[”’」』）)\]】》](?![，、。；：,.;:])",
        r"\s",
    )
]
"""Where a reader would pause, the longest pause first."""
_NEAR = 1000
"""Characters around the middle of a text in which a pause is looked for."""
_CERTAINLY_LONG = 8000
"""Characters that no window holds; a text of more is cut before its tokens are counted, which takes time."""
_LONGEST_OPENING = 200
"""Characters."""
_AROUND = 1000
"""Characters around a passage that tell its language where it doesn't itself."""


class Budget(NamedTuple):
    """The lengths that passages may have, in the encoder's tokens, prompt and special tokens not counted."""

    passage: int = 112
    """The most that several sentences may have; a longer paragraph is cut between them."""
    least: int = 40
    """What a paragraph needs to be a passage; shorter ones are joined to the next."""
    context: int = 40
    """The most of a title or lead, and of a sentence's opening; the rest is left off."""
    sentence: int = 512
    """The most of a passage that is one sentence; a longer one is cut. The model's window, if that is smaller."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence or a piece of one: the smallest thing that packing moves."""

    span: Span
    tokens: int
    paragraph: int
    kind: str
    """`han`, a third language's code, or nothing: parts of different kinds share no passage."""
    sentence: Span
    """The sentence, where this is a piece of one."""


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
    runs = _pack(_parts(document.text, count_tokens, max(budget.passage, budget.sentence)), budget)
    context = _context(document, count_tokens, budget.context)
    openings = _Openings(document.text, count_tokens, budget.context)
    passages, seen = [], dict[str, int]()
    for run in runs:
        span = Span(run[0].span.start, run[-1].span.end)
        body = document.text[span.start : span.end]
        language = passage_language(body, document.language, around=_paragraph_around(document.text, span))
        if language is None:
            continue
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
                opening=openings.before(run[0]),
            )
        )
    return Chunks(tuple(passages), foreign=len(runs) - len(passages))


def _paragraph_around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    return before.rpartition("\n")[2] + text[span.start : span.end] + after.partition("\n")[0]


def _parts(text: str, count_tokens: TokenCounter, most: int) -> list[_Part]:
    sentences, paragraphs, kinds = list[Span](), list[int](), list[str]()
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        spans = list(line_sentences(text, Span(*match.span())))
        sentences += spans
        paragraphs += [number] * len(spans)
        code = identify(match.group())
        kinds.append(code if code and code not in tuple(Language) else "")
    parts = []
    for sentence, paragraph, pieces in zip(
        sentences, paragraphs, _shortened(text, sentences, count_tokens, most), strict=True
    ):
        for piece, tokens in pieces:
            is_han = han_share(text[piece.start : piece.end]) >= CHINESE_SHARE
            parts.append(_Part(piece, tokens, paragraph, "han" if is_han else kinds[paragraph], sentence))
    return parts


def _shortened(text: str, spans: Sequence[Span], count_tokens: TokenCounter, most: int) -> list[list[tuple[Span, int]]]:
    """Each span, or its halves and theirs, until none has more tokens, with its number of tokens."""
    countable = [span for span in spans if span.end - span.start <= _CERTAINLY_LONG]
    counts = iter(count_tokens([text[span.start : span.end] for span in countable]) if countable else [])
    pieces = []
    for span in spans:
        tokens = next(counts) if span.end - span.start <= _CERTAINLY_LONG else most + 1
        if tokens <= most or span.end - span.start <= 1:
            pieces.append([(span, tokens)])
        else:
            halves = list(trimmed(text, [span.start, _middle_cut(text, span), span.end]))
            pieces.append([piece for half in _shortened(text, halves, count_tokens, most) for piece in half])
    return pieces


def _middle_cut(text: str, span: Span) -> int:
    """The place near the middle where a reader pauses longest, and nearest to it of these."""
    middle = (span.start + span.end) // 2
    near = min(_NEAR, (span.end - span.start) // 4)
    for pattern in _CLAUSE_ENDS:
        cuts = [match.end() for match in pattern.finditer(text, middle - near, middle + near)]
        if cuts:
            return min(cuts, key=lambda cut: abs(cut - middle))
    return max(span.start + 1, middle)


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
    return _opening(context, Span(0, len(context)), count_tokens, most)


class _Openings:
    """The first words of the sentences that are cut; all pieces of one have the same."""

    def __init__(self, text: str, count_tokens: TokenCounter, most: int) -> None:
        self._text = text
        self._count_tokens = count_tokens
        self._most = most
        self._sentence: Span | None = None
        self._opening = ""

    def before(self, part: _Part) -> str:
        """The opening of the sentence that a part goes on with, or nothing where the part is its beginning."""
        if part.span.start == part.sentence.start or not self._most:
            return ""
        if part.sentence != self._sentence:
            start, end = self._sentence = part.sentence
            span = Span(start, min(end, start + _LONGEST_OPENING, part.span.start))
            self._opening = _opening(self._text, span, self._count_tokens, self._most)
        return self._opening


def _opening(text: str, span: Span, count_tokens: TokenCounter, most: int) -> str:
    """The first words of a span, as many as the budget takes."""
    (first, _), *_ = _shortened(text, [span], count_tokens, most)[0]
    return text[first.start : first.end]


def _passage_id(document_id: str, text: str, repeats: int) -> str:
    """The same passage of the same document keeps its id, wherever it moves and whatever is around it."""
    return hashlib.blake2b(f"{document_id}\0{text}\0{repeats}".encode(), digest_size=10).hexdigest()
