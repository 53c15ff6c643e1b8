"""Measure what each signal costs: bytes on disk, seconds of indexing, milliseconds of a query.

The corpus is the reference text, each of its 600 passages as an article: python scripts/measure_signals.py
"""

import statistics
import tempfile
import time
from pathlib import Path

from indexer import (
    Document,
    Encoder,
    LateInteraction,
    Manifest,
    SecondEncoder,
    index_passages,
    load_encoder,
    load_second_encoder,
    open_snapshot,
    whole_passages,
)
from indexer.reference import reference_text
from service.records import Query
from service.search.fusion import Fusion, Weights, fusion_of
from service.search.searcher import Searcher
from service.search.signals import SIGNALS

QUERIES = 120
WARM_UP = 10
RANKINGS = {
    name: Fusion.by(weights)
    for name, weights in {
        "embeddings only": Weights({"dense": 1.0}),
        "and sentences": Weights({"sentences": 1.0}),
        "and terms": fusion_of(frozenset(SIGNALS) - {"tokens", "second"}).weights,
        "tokens, no terms": Weights({"tokens": 1.0}),
        "tokens and terms": fusion_of(frozenset(SIGNALS) - {"second"}).weights,
        "and second": fusion_of(frozenset(SIGNALS)).weights,
    }.items()
}
PARTS = {
    "embeddings": (".faiss", "h.npy", "n.npy"),
    "terms": (".terms",),
    "sentences": (".sentences.npy", ".sentences.offsets.npy"),
    "tokens": (".tokens.npy", ".tokens.offsets.npy"),
    "second opinion": (".second.npy", ".second.offsets.npy"),
}


def main() -> None:
    """Print a line a figure."""
    encoder, second = load_encoder(announce=print), load_second_encoder(print)
    with tempfile.TemporaryDirectory(prefix="haihe-signals-") as scratch:
        index_seconds(Path(scratch) / "warm-up", encoder, second, LateInteraction.ON)
        for name, asked, late_interaction in (
            ("everything", second, LateInteraction.ON),
            ("no second opinion", None, LateInteraction.ON),
            ("no late interaction", None, LateInteraction.OFF),
        ):
            seconds, manifest = index_seconds(Path(scratch) / name, encoder, asked, late_interaction)
            print(f"indexing, {name:19} {seconds:9.1f} s")
            if asked:
                print_sizes(manifest)
        print_times(Searcher(open_snapshot(Path(scratch) / "everything"), encoder, second=second))


def index_seconds(
    directory: Path, encoder: Encoder, second: SecondEncoder | None, late_interaction: LateInteraction
) -> tuple[float, Manifest]:
    """Index the corpus."""
    documents = [
        Document(id=f"{language}-{number}", title="", text=text, language=language)
        for language, part in reference_text().items()
        for number, text in enumerate(part.passages)
    ]
    corpus = [(document, whole_passages(document, encoder)) for document in documents]
    began = time.perf_counter()
    manifest = index_passages(corpus, directory, encoder, second=second, late_interaction=late_interaction)
    return time.perf_counter() - began, manifest


def print_sizes(manifest: Manifest) -> None:
    """Bytes a passage, by what they are for."""
    passages = sum(manifest.passages.values())
    for part, endings in PARTS.items():
        size = sum(record.bytes for name, record in manifest.files.items() if name.endswith(endings))
        print(f"{part:26} {size / passages:12.0f} bytes a passage")
    fixed = manifest.files["statistics.npz"].bytes
    print(f"{'statistics':26} {fixed / 2**20:12.1f} MB in all")


def print_times(searcher: Searcher) -> None:
    """The median of a query by each ranking, one after the other, its encoding apart."""
    queries = [query for part in reference_text().values() for query in part.queries][:: 600 // QUERIES]
    encoding, ranking = [], {name: list[float]() for name in RANKINGS}
    for text in queries:
        began = time.perf_counter()
        searcher.prepare([text])
        encoding.append(time.perf_counter() - began)
        for name, fusion in RANKINGS.items():
            (prepared,) = searcher.prepare([text])  # anew: signals remember what they have worked out
            began = time.perf_counter()
            searcher.rank(Query(text), prepared, fusion)
            ranking[name].append(time.perf_counter() - began)
    print(f"{'encoding a query':26} {1000 * statistics.median(encoding[WARM_UP:]):12.1f} ms, p50 of {len(queries)}")
    for name, times in ranking.items():
        print(f"ranking: {name:17} {1000 * statistics.median(times[WARM_UP:]):12.1f} ms")


if __name__ == "__main__":
    main()
