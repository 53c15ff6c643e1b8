"""Measure how well articles are found in web pages: haihe beside two kept extractors, on the same pages.

A page's truth is a JSON file of the same name (its `title` and the lines of its `body`, as in `tests/pages/html`), a
text file of the same name, or `expected.html` beside `source.html`. The measure is F1 over words and Han characters,
counted as often as they come; a title in front of the text is neither asked for nor counted against an extractor.

Example: python scripts/measure_html.py tests/pages/html/heldout
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

import trafilatura
from lxml import html
from readability import Document as Readability

from indexer.articles import ArticleFile, read_articles
from indexer.articles.readers.html.blocks import find_blocks
from indexer.articles.readers.html.markup import decode_page
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
FIELDS = ("title", "source", "author", "published")


class Page(NamedTuple):
    """A page and what a reader says its article is."""

    file: Path
    title: str
    body: str
    fields: dict[str, str | None]
    furniture: list[str]


def pages(folder: Path) -> Iterator[Page]:
    """The pages under a folder that have their truth beside them."""
    for file in sorted(folder.rglob("*.htm*")):
        truth = file.with_suffix(".json")
        if file.name == "source.html" and (expected := file.with_name("expected.html")).exists():
            yield Page(file, "", plain(expected.read_text("utf-8", "replace")), {}, [])
        elif truth.exists():
            fields = json.loads(truth.read_text("utf-8"))
            body = "\n".join(fields.pop("body"))
            yield Page(file, fields["title"], body, fields, fields.pop("furniture", []))
        elif (text := file.with_suffix(".txt")).exists():
            yield Page(file, "", text.read_text("utf-8"), {}, [])


def plain(markup: str) -> str:
    """The lines of some markup."""
    return "\n".join(block.text for block in find_blocks(html.document_fromstring(markup or "<p></p>")))


def by_haihe(file: Path) -> str:
    """The text that haihe indexes."""
    (found,) = read_articles(ArticleFile(file, file.name))
    return "" if isinstance(found, ArticleError) else found.text


def by_trafilatura(file: Path) -> str:
    """The text that trafilatura extracts."""
    return trafilatura.extract(file.read_bytes(), include_comments=False) or ""


def by_trafilatura_recall(file: Path) -> str:
    """The text that trafilatura extracts where it favours recall."""
    return trafilatura.extract(file.read_bytes(), include_comments=False, favor_recall=True) or ""


def by_readability(file: Path) -> str:
    """The text that readability-lxml extracts."""
    text, _ = decode_page(file.read_bytes(), file.name)
    return plain(Readability(text).summary(html_partial=True))


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "haihe": by_haihe,
    "trafilatura": by_trafilatura,
    "trafilatura, recall": by_trafilatura_recall,
    "readability-lxml": by_readability,
}


def f1(text: str, page: Page) -> float:
    """The F1 of a text, with the title before the truth or without it, whichever is nearer."""
    tokens = Counter(_TOKEN.findall(text.lower()))
    truths = [Counter(_TOKEN.findall(truth.lower())) for truth in (page.body, f"{page.title}\n{page.body}")]
    return max(2 * (tokens & truth).total() / max(tokens.total() + truth.total(), 1) for truth in truths)


def measure(found: list[Page], extract: Callable[[Path], str]) -> tuple[list[float], float]:
    """The F1 of each page, and how many pages are read in a second."""
    began = time.perf_counter()
    scores = []
    for page in found:
        try:
            text = extract(page.file)
        except Exception as error:  # noqa: BLE001 - another's extractor may fail in any way: it found nothing
            print(f"{page.file}: {error}", file=sys.stderr)
            text = ""
        scores.append(f1(text, page))
    return scores, len(found) / (time.perf_counter() - began)


def misread(page: Page) -> Iterator[str]:
    """The fields of a page that haihe reads otherwise than its truth."""
    (found,) = read_articles(ArticleFile(page.file, page.file.name))
    for field in FIELDS if page.fields else ():
        read = None if isinstance(found, ArticleError) else getattr(found, field)
        if (str(read) if read else None) != page.fields[field]:
            yield f"{page.file.stem}.{field}: {page.fields[field]} was read as {read}"


def report(folder: Path, *, show: bool) -> None:
    """Print the table of a folder."""
    found = list(pages(folder))
    if not found:
        sys.exit(f"{folder}: no pages with their truth beside them. See --help for how they are named.")
    print(f"{folder}: {len(found)} pages")
    scores = {}
    for name, extract in EXTRACTORS.items():
        scores[name], speed = measure(found, extract)
        print(f"  {name:20} F1 {mean(scores[name]):.4f}  worst {min(scores[name]):.3f}  {speed:6.1f} pages/s")
    if any(page.fields for page in found):
        wrong = [line for page in found for line in misread(page)]
        print(f"  fields right: {1 - len(wrong) / (len(FIELDS) * len(found)):.1%}")
        print(*(f"    {line}" for line in wrong if show), sep="\n")
    for index, page in enumerate(found if show else []):
        print(f"    {page.file.relative_to(folder)}", *(f"{scores[name][index]:.3f}" for name in EXTRACTORS))


def main() -> None:
    """Measure each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("tests/pages/html")], metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="show each page's figures and the fields that are misread")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for folder in arguments.folders:
        report(folder, show=arguments.show)


if __name__ == "__main__":
    main()
