"""Measure what broad and one-word queries find: relevance/broad has them, judged by article.

For each corpus, language and kind: the queries that have nothing relevant (`total` 0), the shares of the relevant
articles that are counted (recall) and that are among the first 2n + 10, and the share of the counted that are relevant
(precision); of queries that nothing answers, the shares with a first hit over the threshold, and over .5:

    python scripts/measure_broad.py ../shared --work kept
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer import Silent, build_snapshot, load_encoder, load_second_encoder, open_snapshot
from service.laboratory.evaluation.datasets.development import write_noise
from service.laboratory.evaluation.datasets.tsv import read_columns
from service.records import GroupBy, Hit, Query
from service.search.searcher import Searcher
from service.search.totals import RELEVANT
from service.working_folder import working_folder

ROOT = Path(__file__).parent.parent
UNANSWERED = ("near", "none")
EVEN = 0.5
DEPTH = 1000
ABOUT = 2
"""The relevance of an article that is about what is asked, not only mentions it."""


@dataclass(frozen=True)
class Finding:
    """What one query found.

    Attributes:
        recall: the share of its relevant articles that are counted; `first`, that are among the first 2n + 10.
        about: the share of those that are about it, that are counted.
        precision: the share of the counted that are relevant; NaN where none is counted.
    """

    language: str
    kind: str
    total: int
    best: float
    recall: float = np.nan
    about: float = np.nan
    first: float = np.nan
    precision: float = np.nan


def main() -> None:
    """Print a line a kind, for each corpus and all together."""
    options = _options()
    encoder, second = load_encoder(announce=print), load_second_encoder(print)
    everything = []
    with working_folder(options.work, prefix="haihe-broad-") as scratch:
        for name, paths in corpora(options.shared, scratch).items():
            build_snapshot(paths, scratch / name, encoder, second=second, progress=Silent())
            with closing(open_snapshot(scratch / name)) as snapshot:
                findings = list(ask(ROOT / "relevance" / "broad" / name, Searcher(snapshot, encoder, second=second)))
            show(name, findings)
            everything += findings
    show("all", everything)


def corpora(shared: Path, scratch: Path) -> dict[str, list[Path]]:
    """The articles of each corpus."""
    relevance = shared / "relevance"
    return {
        "tianjin": [*sorted((ROOT / "seeds").glob("*.md")), *sorted((shared / "articles").glob("*.txt"))],
        "ntrex": [relevance / "ntrex" / "corpus.jsonl"],
        "xquad-r": [write_noise(relevance / "xquad-r", scratch / "xquad-r.jsonl")],
    }


def ask(folder: Path, searcher: Searcher) -> Iterator[Finding]:
    """Ask the queries of a corpus."""
    judged = defaultdict[str, dict[str, int]](dict)
    for query_id, document_id, relevance in read_columns(
        folder / "judgements.tsv", ("query_id", "document_id", "relevance")
    ):
        judged[query_id][document_id] = int(relevance)
    for query_id, language, kind, text in read_columns(
        folder / "queries.tsv", ("query_id", "language", "kind", "text")
    ):
        yield finding(
            language, kind, searcher.search(Query(text, k=DEPTH, group_by=GroupBy.DOCUMENT)).hits, judged[query_id]
        )


def finding(language: str, kind: str, hits: Sequence[Hit], judged: dict[str, int]) -> Finding:
    """What the hits of a query are, an article each; those with nearly the same passage count with it."""
    articles = [{hit.document.id, *(printing.id for printing in hit.also_in)} for hit in hits]
    total = sum(hit.score >= RELEVANT for hit in hits)
    best = max((hit.score for hit in hits), default=0.0)
    if kind in UNANSWERED:
        return Finding(language, kind, total, best)
    counted, first = set().union(*articles[:total]), set().union(*articles[: 2 * len(judged) + 10])
    about = {article for article, relevance in judged.items() if relevance >= ABOUT} or set(judged)
    right = sum(bool(article & judged.keys()) for article in articles[:total])
    return Finding(
        language,
        kind,
        total,
        best,
        len(counted & judged.keys()) / len(judged),
        len(counted & about) / len(about),
        len(first & judged.keys()) / len(judged),
        right / total if total else np.nan,
    )


def show(name: str, findings: Sequence[Finding]) -> None:
    """Lines for the answered, by language and kind, and one for each kind that nothing answers."""
    answered = [finding for finding in findings if finding.kind not in UNANSWERED]
    print(f"\n{name}\n{'':14} queries  total 0  recall  about it  in 2n+10  precision")
    kinds = list(dict.fromkeys(finding.kind for finding in answered))
    groups = [("en", "language"), ("zh", "language"), *((kind, "kind") for kind in kinds)]
    for value, attribute in groups:
        rows = [finding for finding in answered if getattr(finding, attribute) == value]
        means = [
            float(np.nanmean([getattr(row, measure) for row in rows] or [np.nan]))
            for measure in ("recall", "about", "first", "precision")
        ]
        nothing = sum(row.total == 0 for row in rows)
        print(f"{value:14} {len(rows):7}  {nothing:7}  " + "  ".join(f"{mean:8.3f}" for mean in means))
    for kind in UNANSWERED:
        bests = np.array([finding.best for finding in findings if finding.kind == kind])
        over = f"over {RELEVANT}: {(bests >= RELEVANT).mean():.0%}, over {EVEN}: {(bests > EVEN).mean():.0%}"
        print(f"{kind:14} {len(bests):7}  {over}, the highest {bests.max():.2f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with articles/ and relevance/")
    parser.add_argument("--work", type=Path, help="keep the indexes here for another run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
