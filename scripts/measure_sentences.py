"""Measure how many passages begin or end inside a sentence.

    python scripts/measure_sentences.py ../shared/relevance/ntrex ../shared/articles --show 20

The judge isn't the splitter: it looks at the signs on both sides of each cut inside a paragraph. What ends without a
stop, and what goes on with a small letter, a comma or a stop, was cut inside a sentence. What it can't see, a stop that
ends nothing ("Mr.| Li"), is told by a word list of its own and by reading what --show prints.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer import ArticleError, load_encoder
from indexer.articles import list_files, read_articles
from indexer.snapshot.recipe import budget_of
from indexer.text.chunking import chunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.encoding import Encoder
    from indexer.records import Language, Passage

_STOPPED = re.compile(r"[.!?。！？…｡．][\s\"'”’“‘」』）)\]】》}〉\d]*$")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|St|No|Fig|Vol|vs|e\.g|i\.e|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
_GOES_ON = re.compile(r"[\"'”’“」』）)\]】》]?\s*(?:[a-z]|[，、；：,;:。！？”」』）)》])")
_BLANK_LINE_END = re.compile(r"[^\S\n]*(?:\n|$)")
_BLANK_LINE_START = re.compile(r"(?:\n|^)[^\S\n]*$")


class Cut(NamedTuple):
    """A place inside a paragraph where one passage ends and another begins."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before[-40:]!r} | {self.after[:40]!r}"

    @property
    def is_inside_a_sentence(self) -> bool:
        """The signs on its two sides don't end and begin a sentence."""
        return (
            not _STOPPED.search(self.before)
            or bool(_ABBREVIATED.search(self.before))
            or bool(_GOES_ON.match(self.after))
        )


def cuts_of(text: str, passage: Passage) -> list[Cut]:
    """The ends of a passage that are inside a paragraph of its document."""
    edges = []
    for at in (passage.start, passage.end):
        before, after = text[max(0, at - 60) : at], text[at : at + 60]
        if not _BLANK_LINE_START.search(before) and not _BLANK_LINE_END.match(after):
            edges.append(Cut(before.rstrip(), after.lstrip()))
    return edges


def passages_of(paths: Sequence[Path], encoder: Encoder) -> Iterator[tuple[str, Passage]]:
    """The passages of all articles that can be read, each with its document's text."""
    for file in list_files(paths):
        for article in read_articles(file):
            if not isinstance(article, ArticleError):
                for passage in chunk(article, encoder.count_tokens, budget_of(encoder)).passages:
                    yield article.text, passage


def report(language: Language, passages: Sequence[tuple[Passage, list[Cut]]], encoder: Encoder, show: int) -> None:
    """Print a language's share, the lengths of its passages, what was cut inside, and some cuts to be read."""
    inside = [cuts for _, cuts in passages if any(cut.is_inside_a_sentence for cut in cuts)]
    share = f"{len(inside)} of {len(passages)} passages, {len(inside) / len(passages):.2%}"
    tokens = sorted(encoder.count_tokens([passage.text for passage, _ in passages]))
    middle, nearly_all = tokens[len(tokens) // 2], tokens[len(tokens) * 99 // 100]
    print(f"{language}: {share}, begin or end inside a sentence")
    print(f"    {sum(tokens)} tokens; of a passage {middle} (p50), {nearly_all} (p99), {tokens[-1]} (most)")
    for cut in sorted({cut for cuts in inside for cut in cuts if cut.is_inside_a_sentence}):
        print(f"    inside: {cut}")
    every = sorted({cut for _, cuts in passages for cut in cuts})
    for cut in every[:: max(1, len(every) // show)][:show] if show else []:
        print(f"    {cut}")


def main() -> None:
    """Print a report on each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="articles, or folders of them")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cuts of each language, to be read")
    options = parser.parse_args()
    encoder = load_encoder(announce=print)
    found = defaultdict(list)
    for text, passage in passages_of(options.paths, encoder):
        found[passage.language].append((passage, cuts_of(text, passage)))
    for language, passages in sorted(found.items()):
        report(language, passages, encoder, options.show)


if __name__ == "__main__":
    main()
