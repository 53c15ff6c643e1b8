"""The same answers as text, for assistants that read no structured ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.mcp_server.records import Found, ReadResult, SearchResult, Source

_NOTHING = "Nothing was found. 没有找到任何段落。"


def search_text(result: SearchResult) -> str:
    """The passages that were found, each under its number."""
    least = "at least " if result.relevant_relation == "gte" else ""
    head = f"{len(result.passages)} passages; {least}{result.relevant} relevant in all."
    return "\n\n".join([*([result.note] if result.note else []), head, passages_text(result.passages)])


def passages_text(passages: Iterable[Found]) -> str:
    """Passages under their numbers, each with its source."""
    return "\n\n".join(_passage(passage) for passage in passages) or _NOTHING


def article_text(result: ReadResult) -> str:
    """An article, or a part of it, with its source."""
    end = result.start + len(result.text)
    part = f"Characters {result.start} to {end} of {result.length}."
    more = f" Read on with start={result.next_start}." if result.next_start is not None else ""
    return "\n\n".join([_source(result.article), part + more, result.text])


def _passage(found: Found) -> str:
    best = f"\nBest sentence: {found.best_sentence}" if found.best_sentence not in {None, found.text} else ""
    ids = f"passage_id: {found.passage_id} · start: {found.start} · score: {found.score:.2f}"
    return f"[{found.number}] {_source(found.article)}\n{ids}{best}\nText: {found.text}"


def _source(article: Source) -> str:
    stated = [article.title, article.source, article.published, article.language, article.url]
    lines = [" · ".join(str(part) for part in stated if part), f"document_id: {article.document_id}"]
    lines += [f"GB/T 7714: {article.gb7714}", f"APA: {article.apa7}"]
    lines += [
        f"In the other language: {other.title} · document_id: {other.document_id}" for other in article.other_language
    ]
    return "\n".join(lines)
