"""Answers for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from service.cli.show.console import measure
from service.cli.show.relevance import first_irrelevant
from service.cli.show.text import lines, one_line, visible
from service.records import TotalRelation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from service.cli.words import Words
    from service.http.schemas import (
        DocumentOut,
        ExplanationOut,
        FacetValueOut,
        FoundDocumentOut,
        HitOut,
        SearchResponse,
    )

_INDENT = 4
_LIKELY, _PERHAPS = 0.5, 0.2
_SOURCES = 5
_LABEL, _BAR = 14, 24
_AGAINST = "missing"
"""The signal that counts what a passage lacks: it is taken off."""


class HitTable:
    """Prints hits, each with its evidence.

    Args:
        console: where to.
        words: what is said around them.
        more: how the next hits are asked for, after `offset` hits.
    """

    def __init__(self, console: Console, words: Words, more: str = "--offset {offset}") -> None:
        self._console = console
        self._words = words
        self._more = more
        self._width = measure(console)
        self._stories: set[str] = set()

    def answer(self, response: SearchResponse) -> None:
        """An answer: its hits, those that are likely first, and what was found in numbers."""
        if note := response.query.note_in(self._words.language):
            self._say(note)
        if not response.hits:
            if not note:
                self._say(self._words.nothing if response.index.passages else self._words.empty)
            return
        first = first_irrelevant(response)
        self.hits(hit for hit in response.hits if hit.rank < first)
        if nearest := [hit for hit in response.hits if hit.rank >= first]:
            self._nearest(nearest, response)
        self._totals(response)

    def hits(self, hits: Iterable[HitOut]) -> None:
        """Hits without numbers, as those that are like another."""
        for hit in hits:
            self.hit(hit)

    def _nearest(self, hits: list[HitOut], response: SearchResponse) -> None:
        """Hits that aren't relevant: in a terminal only named, unless there is nothing better."""
        self._divide(self._words.unlikely if response.total else self._words.none_likely)
        if self._width is None or not response.total:
            self.hits(hits)
            return
        for hit in hits:
            self._put(_title(hit, "about"), 0)
        self._console.print()

    def heading(self, text: str) -> None:
        """Print the heading of what follows."""
        self._put(Text(one_line(text), "heading"), 0)
        self._console.print()

    def hit(self, hit: HitOut) -> None:
        """One hit and a blank line."""
        self._put(_title(hit), 0)
        self._put(Text(_about(hit.document), "about"))
        self._wrapped(marked(hit))
        self._counterparts(hit.document)
        if hit.also_in:
            self._put(Text(f"{self._words.also_in}{self._words.colon}{self._printings(hit)}", "about"))
        if hit.explanation:
            self._explain(hit.explanation)
        self._console.print()

    def _printings(self, hit: HitOut) -> str:
        named = [one_line(other.source or other.id) for other in hit.also_in]
        more = hit.also_in_count - len(named)
        rest = [self._words.also_in_more.format(count=more)] if more > 0 else []
        return self._words.list_mark.join([*named, *rest])

    def _counterparts(self, document: FoundDocumentOut) -> None:
        """The same story in the other language, once for each article."""
        if document.id in self._stories:
            return
        self._stories.add(document.id)
        for other in document.counterparts:
            line = Text.assemble(("↔ ", "other"), (f"{other.language} ", str(other.language)))
            line.append_text(self._beside(one_line(other.title), f" · {one_line(other.id)}", line.cell_len))
            self._put(line)

    def _beside(self, title: str, identifier: str, before: int) -> Text:
        """A title and an id in one line; the title is cut first."""
        shown = Text(title, "other")
        if self._width is not None:
            room = self._width - _INDENT - before - cell_len(identifier)
            shown.truncate(max(room, self._width // 3), overflow="ellipsis")
        return Text.assemble(shown, (identifier, "about"))

    def _explain(self, explanation: ExplanationOut) -> None:
        signals = {name: -value if name == _AGAINST else value for name, value in explanation.signals.items() if value}
        most = max(map(abs, (explanation.deviations, *signals.values())))
        self._put(_signal(Text(self._words.above, "title"), explanation.deviations, most))
        for name, value in signals.items():
            label = Text(self._words.signals.get(name, name), "about")
            self._put(_signal(label, value, most))
        weights: dict[str, float] = {}
        for term in explanation.matched:
            weights[one_line(term.text)] = weights.get(one_line(term.text), 0.0) + term.weight
        if terms := "  ".join(f"{text} {weight:.1f}" for text, weight in weights.items() if weight):
            self._wrapped(Text(f"{self._words.matched}{self._words.colon}{terms}", "about"))

    def _totals(self, response: SearchResponse) -> None:
        words = self._words
        template = words.relevant if response.total_relation == TotalRelation.EQ else words.at_least
        total = template.format(count=response.total)
        if response.total:
            total += words.colon + words.comma.join(
                f"{facet.count} {facet.value}" for facet in response.facets.language
            )
        parts = [total, f"{response.took_ms:.0f} ms"]
        last = response.hits[-1].rank
        if last < response.total:
            parts.append(words.more.format(how=self._more.format(offset=last)))
        self._put(Text(" · ".join(parts)), 0)
        if any(facet.value for facet in response.facets.source):
            self._put(Text(f"{words.sources}{words.colon}{self._sources(response.facets.source)}", "about"), 0)

    def _sources(self, found: list[FacetValueOut]) -> str:
        named = [f"{one_line(facet.value or self._words.unnamed)} {facet.count}" for facet in found]
        rest = len(named) - _SOURCES
        return " · ".join([*named[:_SOURCES], *([self._words.others.format(count=rest)] if rest > 0 else [])])

    def _divide(self, what: str) -> None:
        if self._width is None:
            self._say(f"-- {what} --\n")
        else:
            line = Text(f"── {what} ", "about")
            self._console.print(line + Text("─" * max(0, self._width - line.cell_len), "about"), end="\n\n")

    def _say(self, sentence: str) -> None:
        self._console.print(Text(sentence), soft_wrap=True)

    def _put(self, text: Text, indent: int = _INDENT) -> None:
        """One line, cut where it is too long for the terminal."""
        if self._width is not None:
            text.truncate(self._width - indent, overflow="ellipsis")
        self._console.print(Text(" " * indent) + text, soft_wrap=True)

    def _wrapped(self, text: Text) -> None:
        if self._width is None:
            for paragraph in _joined(text):
                self._console.print(Text(" " * _INDENT) + paragraph, soft_wrap=True)
            return
        for line in lines(text, self._width - _INDENT):
            self._console.print(Text(" " * _INDENT) + line, soft_wrap=True)


def marked(hit: HitOut) -> Text:
    """The passage, with its best sentence marked and the rest dimmed; a passage of one sentence is left as it is.

    Before one that goes on with a sentence are that one's first words.
    """
    text = Text(visible(hit.passage.text))
    spans = [
        (sentence.start - hit.passage.start, sentence.end - hit.passage.start) for sentence in hit.passage.highlights
    ]
    if any(text.plain[:start].strip() or text.plain[end:].strip() for start, end in spans):
        text.stylize("around")
        for start, end in spans:
            text.stylize("marked", start, end)
    return Text.assemble((f"{visible(hit.passage.opening)} … ", "around"), text) if hit.passage.opening else text


def _title(hit: HitOut, style: str = "title") -> Text:
    grade = "likely" if hit.score >= _LIKELY else "perhaps" if hit.score >= _PERHAPS else "unlikely"
    url = visible(hit.document.url or "")
    title = Text(one_line(hit.document.title), style)
    if url.startswith(("http://", "https://")):
        title.stylize(Style(link=url))
    return Text.assemble(
        (f"{hit.rank:>2}  ", "rank"),
        (f"{hit.score:.2f}  ", grade),
        (f"{hit.passage.language}  ", str(hit.passage.language)),
        title,
    )


def _about(document: DocumentOut) -> str:
    return " · ".join(one_line(str(part)) for part in (document.source, document.published, document.id) if part)


def _signal(label: Text, value: float, most: float) -> Text:
    """A signal, its value, and a bar that is full for the strongest of a hit."""
    label.truncate(_LABEL, pad=True)
    bar = "━" * max(1, round(abs(value) / (most or 1) * _BAR))
    return Text.assemble(label, f"{value:+6.2f}  ", (bar, "against" if value < 0 else "perhaps"))


def _joined(text: Text) -> Iterator[Text]:
    """Its paragraphs, each as one line."""
    return (part for part in text.split("\n", allow_blank=False) if part.plain.strip())
