"""Answers and articles as a report in Markdown: quotes, and references to their sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.citations import CitationStyle, Work, cite
from service.cli.show.relevance import first_irrelevant
from service.cli.show.text import one_line, visible
from service.records import TotalRelation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from service.cli.words import Words
    from service.http.schemas import ArticleOut, DocumentOut, HitOut, SearchResponse

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])|^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_URL_END = re.compile(r"(https?://[^\s<>]+?)(\.?)$")


class Report:
    """Writes one report; an article that is quoted twice has one reference."""

    def __init__(
        self,
        words: Words,
        style: CitationStyle,
        today: dt.date,
        author_of: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._words = words
        self._style = style
        self._today = today
        self._author_of = author_of
        self._cited: dict[str, DocumentOut] = {}

    def text(self, responses: Iterable[SearchResponse]) -> str:
        """The report."""
        return "".join(f"{block}\n\n" for block in self._blocks(responses)).rstrip() + "\n"

    def _blocks(self, responses: Iterable[SearchResponse]) -> Iterator[str]:
        for response in responses:
            yield f"# {escaped(one_line(response.query.text))}"
            if note := response.query.note_in(self._words.language):
                yield note
            yield self._about(response)
            for hit in response.hits:
                if hit.rank == first_irrelevant(response):
                    yield f"*{self._words.unlikely if response.total else self._words.none_likely}*"
                yield from self._hit(hit)
        if self._cited:
            yield f"## {self._words.references}"
            yield "\n".join(f"{number}. {self._reference(work)}" for number, work in enumerate(self._cited.values(), 1))

    def _about(self, response: SearchResponse) -> str:
        words, index = self._words, response.index
        if not response.hits:
            return words.nothing if index.passages else words.empty
        template = words.relevant if response.total_relation == TotalRelation.EQ else words.at_least
        about = words.report.format(day=self._today, generation=index.generation, documents=index.documents)
        return f"{template.format(count=response.total)} · {about}"

    def _hit(self, hit: HitOut) -> Iterator[str]:
        document = hit.document
        self._cited.setdefault(document.id, document)
        number = list(self._cited).index(document.id) + 1
        parts = [document.source, document.published, f"{self._words.score} {hit.score:.2f}"]
        yield f"## {hit.rank}. {escaped(one_line(document.title))}"
        yield " · ".join(escaped(one_line(str(part))) for part in parts if part) + f" · \\[{number}\\]"
        yield _quoted(_marked(hit))
        for counterpart in document.counterparts:
            language = self._words.names.get(str(counterpart.language), "")
            story = self._words.same_story.format(language=language)
            yield f"{story}{self._words.colon}{escaped(one_line(counterpart.title))}"

    def _reference(self, document: DocumentOut) -> str:
        work = Work.of(document, self._author_of(document.id))
        return _linked(one_line(cite(work, self._style, self._today)))


def article_text(article: ArticleOut, words: Words, style: CitationStyle, today: dt.date) -> str:
    """A whole article, and how to cite it."""
    reference = _linked(one_line(cite(Work.of(article, article.author), style, today)))
    body = "\n\n".join(escaped(visible(line)) for line in article.text.split("\n") if line.strip())
    return f"# {escaped(one_line(article.title))}\n\n{body}\n\n## {words.references}\n\n1. {reference}\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is: an article's own marks and tags are none."""
    return _SPECIAL.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}{_mark_escaped(found[3])}", text)


def _mark_escaped(mark: str) -> str:
    """The mark that begins a list, as text."""
    return f"{mark[:-1]}\\{mark[-1]}"


def _marked(hit: HitOut) -> str:
    """The passage, with its best sentence in bold."""
    text = visible(hit.passage.text)
    best = next(iter(hit.passage.highlights), None)
    opening = f"{escaped(visible(hit.passage.opening))} … " if hit.passage.opening else ""
    if best is None:
        return f"{opening}{escaped(text)}"
    start, end = best.start - hit.passage.start, best.end - hit.passage.start
    before, sentence, after = text[:start], text[start:end], text[end:]
    bold = re.sub(r"\S.*\S|\S", lambda line: f"**{escaped(line[0])}**", sentence)
    return f"{opening}{escaped(before)}{bold}{escaped(after)}"


def _quoted(text: str) -> str:
    """Each paragraph of it in one quotation."""
    return "\n>\n".join(f"> {line.strip()}" for line in text.split("\n") if line.strip())


def _linked(reference: str) -> str:
    """A reference whose address can be clicked."""
    address = _URL_END.search(reference)
    if not address:
        return escaped(reference)
    return f"{escaped(reference[: address.start()])}<{address[1]}>{address[2]}"
