"""The texts of a benchmark: from the reference text that ships with haihe, grown to any size. The same on every run."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from indexer import Document, Language, Passage
from indexer.reference import reference_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LINES = 3
"""Sentences of a grown passage, one a line. With fewer, a million passages would hold near-duplicates."""
_ARTICLE = 10
"""Passages of a grown article."""
_SOURCES = 13
"""Grown articles are from newspapers by turns: one of so many states none."""
_FIRST_DAY, _DAYS, _STEP = dt.date(2015, 1, 1), 3650, 1103
"""Grown articles were published in ten years, on days spread evenly however many they are …"""
_UNDATED = 17
"""… but for one of so many, which states no day."""
PERIOD = {"published_from": "2017-01-01", "published_to": "2019-12-31"}
"""A filter that three of ten grown articles pass."""
FACET = {"sources": "Paper 3", "languages": "en"}
"""A filter as a click on values of facets gives it, which one of 26 passes."""
_SENTENCE = re.compile(r"[^。！？.!?]*(?:[。！？]|[.!?](?=\s|$))+[”」’\"']*\s*|[^。！？]+$")
_SHORTEST = 6
_SEED = 2024
_CORRECTION = "This report was corrected on Friday: an earlier version misnamed a bridge."
_Words = TypeVar("_Words", str, list[str])


def all_texts(language: Language) -> list[str]:
    """The passages of the reference text in a language."""
    return reference_text()[language].passages


@cache
def sentences() -> dict[Language, list[str]]:
    """The sentences of the reference text, each once."""
    return {
        language: list(
            dict.fromkeys(
                sentence.strip()
                for passage in all_texts(language)
                for sentence in _SENTENCE.findall(passage)
                if len(sentence.strip()) >= _SHORTEST
            )
        )
        for language in Language
    }


def write_articles(path: Path, count: int, *, changed: int = 0) -> None:
    """The first `count` texts of the reference text, half of them in each language, as JSON Lines.

    Args:
        path: the file.
        count: how many.
        changed: how many of the first articles say something else than before.
    """
    texts = list(chain.from_iterable(zip(*map(all_texts, Language), strict=True)))[:count]
    texts[:changed] = [f"{_CORRECTION} {text}" for text in texts[:changed]]
    lines = (json.dumps({"id": f"article-{number}", "text": text}) for number, text in enumerate(texts))
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def grown_texts(language: Language, count: int) -> Iterator[str]:
    """Passages that recombine sentences of different texts, a line each; no two have the same ones."""
    choice = random.Random(f"{_SEED} {language}")  # noqa: S311 - reproducible, not secret
    pool = sentences()[language]
    seen = set[tuple[int, ...]]()
    while len(seen) < count:
        rows = choice.sample(range(len(pool)), LINES)
        if (key := tuple(sorted(rows))) not in seen:
            seen.add(key)
            yield "\n".join(pool[row] for row in rows)


def halves(count: int) -> dict[Language, int]:
    """The number of passages in each language, of `count` in all."""
    zh = count // 2
    return {Language.ZH: zh, Language.EN: count - zh}


def grown_articles(count: int) -> Iterator[tuple[Document, Sequence[Passage]]]:
    """`count` passages, ten an article, half of them in each language."""
    for language, share in halves(count).items():
        texts = grown_texts(language, share)
        for number in range(-(-share // _ARTICLE)):
            passages = list(islice(texts, _ARTICLE))
            yield _article(number, language, passages)


def _article(number: int, language: Language, texts: Sequence[str]) -> tuple[Document, list[Passage]]:
    name, passages, start = f"{language}-{number}", [], 0
    for place, text in enumerate(texts):
        passages.append(Passage(f"{name}-{place}", name, text, language, start, start + len(text)))
        start += len(text) + 1
    published = _FIRST_DAY + dt.timedelta(days=number * _STEP % _DAYS) if number % _UNDATED else None
    document = Document(
        id=name,
        title="",
        text="\n".join(texts),
        language=language,
        source=f"Paper {number % _SOURCES}" if number % _SOURCES else None,
        published=published,
    )
    return document, passages


def questions(count: int) -> list[str]:
    """`count` questions of usual length, in both languages by turns, no two the same.

    First those of the reference text; then pieces of its sentences, so that a cache of queries never helps.
    """
    choice = random.Random(_SEED)  # noqa: S311 - reproducible, not secret
    asked = dict.fromkeys(chain.from_iterable(zip(*(text.queries for text in reference_text().values()), strict=True)))
    while len(asked) < count:
        for language in Language:
            asked[_piece(choice, language)] = None
    return list(asked)[:count]


def phrases(count: int) -> list[str]:
    """`count` questions as `questions` has them, half of each in quotation marks: exact words of a sentence."""
    choice = random.Random(f"{_SEED} phrases")  # noqa: S311 - reproducible, not secret
    asked = dict[str, None]()
    while len(asked) < count:
        for language in Language:
            about, exact = (_words(choice, language) for _ in range(2))
            asked[f'{about} "{exact}"'] = None
    return list(asked)[:count]


def _piece(choice: random.Random, language: Language) -> str:
    """Two spans of sentences, together as long as a question."""
    return " ".join(_words(choice, language) for _ in range(2))


def _words(choice: random.Random, language: Language) -> str:
    """A span of a sentence: half a question."""
    sentence = choice.choice(sentences()[language])
    if language is Language.ZH:
        return _span(choice, sentence, least=4, most=9)
    return " ".join(_span(choice, sentence.split(), least=2, most=5))


def _span(choice: random.Random, whole: _Words, *, least: int, most: int) -> _Words:
    length = min(choice.randint(least, most), len(whole))
    start = choice.randint(0, len(whole) - length)
    return whole[start : start + length]


def write_paths(path: Path, prefix: str, asked: Sequence[str]) -> None:
    """One request path a line, for the load generator."""
    path.write_text("".join(f"{prefix}{quote(question)}\n" for question in asked), "utf-8")
