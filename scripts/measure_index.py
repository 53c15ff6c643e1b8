"""Measure vector indexes by size: what they find of the exact merged top ten, how fast, in how many bytes.

    python scripts/measure_index.py                                real vectors: the bundled reference text
    python scripts/measure_index.py --index DIR --sizes 1000000    those of any index of haihe
    python scripts/measure_index.py --probes 16,24,32,48,64        what each number of lists looked into gives

Vectors are grown from real ones, each language for itself. A grown passage is a point of the triangle of a real
passage and its two nearest neighbours, drawn evenly, plus Gaussian noise with the covariance of what tells real
passages from their neighbours, made unit. The noise is scaled so that as many grown passages as there are real ones
have the median cosine to the nearest neighbour that real ones have; that to the tenth nearest is printed beside the
real one, as the check. Queries are real: those of the reference text.

Half of the passages is Chinese, half English; a query is searched in both, a hundred candidates each, and what is found
is merged by s = (q'·x' - m) / σ of each language. Recall is that of the merged top ten against exact search.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer import (
    Document,
    Encoder,
    Language,
    LanguageSpace,
    LateInteraction,
    VectorIndex,
    index_passages,
    load_encoder,
    open_snapshot,
    whole_passages,
)
from indexer.indexes.vector_index import Neighbours, VectorIndexKind
from indexer.reference import reference_text
from indexer.spaces.kmeans import centroids_of
from indexer.spaces.language_space import unit

Matrix = NDArray[np.float32]
CANDIDATES, TOP, SEED, BLOCK = 100, 10, 17, 1 << 15
WARM_UP = 20


class Searched(NamedTuple):
    """An index: how a query finds candidates, and its bytes on disk."""

    search: Callable[[Matrix], Neighbours]
    size: int

    def __call__(self, query: Matrix) -> Neighbours:
        """The candidates of a query."""
        return self.search(query)


@dataclass(frozen=True, slots=True)
class Pool:
    """One language's grown passages, and the moments `(m,)` and best candidates of each query."""

    rows: Matrix
    means: Matrix
    deviations: Matrix
    exact: list[Neighbours]


def main() -> None:
    """Print one table."""
    options = read_options()
    faiss.omp_set_num_threads(1)
    encoder = load_encoder(announce=print)
    with tempfile.TemporaryDirectory() as scratch:
        spaces, real = real_vectors(options.index or reference_index(Path(scratch), encoder))
        queries = [
            spaces[language].centre_query(embedding)
            for language, text in reference_text().items()
            for embedding in encoder.encode_queries(text.queries[:: options.every])
        ]
        print(f"\n{'passages':>9}  {'index':22} {'recall@10':>9} {'p50 ms':>7} {'p99 ms':>7} {'CPU ms':>7}", end="")
        print(f" {'2 threads p50':>14} {'p99 ms':>7} {'bytes':>6} {'build s':>8}", flush=True)
        for size in options.sizes:
            pools = {
                language: make_pool(rows, size // 2, queries, Path(scratch) / f"{language}.npy")
                for language, rows in real.items()
            }
            for name in options.designs:
                measure(name, pools, queries, Path(scratch), options.probes)


def read_options() -> argparse.Namespace:
    """What to measure."""

    def numbers(text: str) -> list[int]:
        return [int(float(part)) for part in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="an index whose passages are grown")
    parser.add_argument("--sizes", type=numbers, default=[10**4, 10**5, 10**6], help="passages of both languages")
    parser.add_argument("--designs", type=lambda text: text.split(","), default=list(DESIGNS), help="which indexes")
    parser.add_argument("--every", type=int, default=1, help="ask every so many queries")
    parser.add_argument("--probes", type=numbers, default=[0], help="for haihe's own, instead of its table")
    return parser.parse_args()


def reference_index(folder: Path, encoder: Encoder) -> Path:
    """An index of the reference text."""
    documents = [
        Document(f"{language}-{number}", "", passage, language=language)
        for language, text in reference_text().items()
        for number, passage in enumerate(text.passages)
    ]
    corpus = ((document, whole_passages(document, encoder)) for document in documents)
    index_passages(corpus, folder / "reference", encoder, late_interaction=LateInteraction.OFF)
    return folder / "reference"


def real_vectors(index: Path) -> tuple[dict[Language, LanguageSpace], dict[Language, Matrix]]:
    """The statistics and the centred embeddings of an index."""
    snapshot = open_snapshot(index)
    spaces = {language: pool.space for language, pool in snapshot.pools.items()}
    real = {
        language: spaces[language].centre_passages(np.asarray(rows)) for language, rows in snapshot.embeddings.items()
    }
    snapshot.close()
    return spaces, real


class Growth:
    """Grows passages from real ones."""

    def __init__(self, real: Matrix) -> None:
        nearest = np.argsort(-(real @ real.T), axis=1, kind="stable")[:, :3]  # the first is the passage itself
        self.corners = real[nearest]
        values, vectors = np.linalg.eigh(np.cov((real - real[nearest[:, 1:]].mean(axis=1)).T))
        self.noise = ((vectors * np.sqrt(np.maximum(values, 0))).T).astype(np.float32)
        self.scale = self._fitted(real)

    def grown(self, count: int, scale: float, seed: int) -> Matrix:
        """So many passages."""
        chance = np.random.default_rng([SEED, seed])
        shares = chance.dirichlet(np.ones(3), size=count).astype(np.float32)
        mixed = np.einsum("nc,ncd->nd", shares, self.corners[chance.integers(len(self.corners), size=count)])
        return unit(mixed + scale * chance.standard_normal((count, mixed.shape[1]), dtype=np.float32) @ self.noise)

    def _fitted(self, real: Matrix) -> float:
        """The scale of noise that gives the real median cosine of nearest neighbours."""
        low, high, wanted = 0.0, 3.0, cosine_of_neighbour(real, 1)
        for _ in range(12):
            middle = (low + high) / 2
            near = cosine_of_neighbour(self.grown(len(real), middle, 0), 1)
            low, high = (middle, high) if near > wanted else (low, middle)
        grown = self.grown(len(real), low, 0)
        for place in (1, 10):
            print(f"median cosine to neighbour {place:2}: real {cosine_of_neighbour(real, place):.3f}", end=", ")
            print(f"grown {cosine_of_neighbour(grown, place):.3f} (noise {low:.2f})")
        return low


def cosine_of_neighbour(rows: Matrix, place: int) -> float:
    """The median over the rows of the cosine to the neighbour at this place."""
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -1)
    return float(np.median(np.partition(cosines, -place, axis=1)[:, -place]))


def make_pool(real: Matrix, count: int, queries: Sequence[Matrix], path: Path) -> Pool:
    """Grown passages in a file, the real ones first, and what exact search finds among them."""
    growth, dimension, asked = Growth(real), real.shape[1], np.array(queries)
    rows = np.lib.format.open_memmap(path, "w+", np.float32, (count, dimension))
    total, products = np.zeros(dimension), np.zeros((dimension, dimension))
    best = [Neighbours(np.empty(0, np.int64), np.empty(0, np.float32))] * len(queries)
    for number, start in enumerate(range(0, count, BLOCK)):
        block = growth.grown(min(BLOCK, count - start), growth.scale, number + 1)
        if not number:
            block[: len(real)] = real[: len(block)]
        rows[start : start + len(block)] = block
        total += block.sum(axis=0, dtype=np.float64)
        products += block.T @ block
        best = [deepened(*pair, start) for pair in zip(best, asked @ block.T, strict=True)]
    mean = total / count
    covariance = products / count - np.outer(mean, mean)
    deviations = np.sqrt(np.einsum("qd,de,qe->q", asked, covariance, asked))
    return Pool(rows, asked @ mean, deviations, best)


def deepened(best: Neighbours, products: Matrix, start: int) -> Neighbours:
    """The best candidates, with those of another block."""
    rows = np.argsort(-products, kind="stable")[:CANDIDATES]
    all_rows, all_products = np.append(best.rows, rows + start), np.append(best.products, products[rows])
    order = np.lexsort((all_rows, -all_products))[:CANDIDATES]
    return Neighbours(all_rows[order], all_products[order])


def measure(
    name: str, pools: dict[Language, Pool], queries: Sequence[Matrix], scratch: Path, probes: Iterable[int]
) -> None:
    """Print a line; several for haihe's own inverted file, if several numbers of lists are to be looked into."""
    began = time.perf_counter()
    built = [DESIGNS[name](pool.rows, scratch / f"{language}.index") for language, pool in pools.items()]
    seconds = time.perf_counter() - began
    count = sum(len(pool.rows) for pool in pools.values())
    for lists in probes:
        for index in built:
            if lists and isinstance(index.search, Own):
                index.search.look_into(lists)
        found, walls, processor = timed(lambda query: [index(query) for index in built], queries)
        with ThreadPoolExecutor(len(built)) as threads:
            both = timed(lambda query: list(threads.map(Searched.__call__, built, repeat(query))), queries)[1]
        recall = np.mean(
            [
                len(
                    merged(pools, number, candidates)
                    & merged(pools, number, [pool.exact[number] for pool in pools.values()])
                )
                / TOP
                for number, candidates in enumerate(found)
            ]
        )
        times = (*np.percentile(walls, [50, 99]), processor, *np.percentile(both, [50, 99]))
        label = f"{name} ({lists} lists)" if lists else name
        print(f"{count:9}  {label:22} {recall:9.4f} {times[0]:7.2f} {times[1]:7.2f} {times[2]:7.2f}", end="")
        print(f" {times[3]:14.2f} {times[4]:7.2f} {sum(i.size for i in built) / count:6.0f} {seconds:8.1f}", flush=True)


def timed(
    search: Callable[[Matrix], list[Neighbours]], queries: Sequence[Matrix]
) -> tuple[list[list[Neighbours]], list[float], float]:
    """What is found, milliseconds each, and the mean milliseconds of processor time."""
    for query in queries[:WARM_UP]:
        search(query)
    found, walls = [], []
    busy = time.process_time()
    for query in queries:
        began = time.perf_counter()
        found.append(search(query))
        walls.append(1000 * (time.perf_counter() - began))
    return found, walls, 1000 * (time.process_time() - busy) / len(queries)


def merged(pools: dict[Language, Pool], number: int, found: Sequence[Neighbours]) -> set[tuple[Language, int]]:
    """The top ten of both languages."""
    scored = [
        ((product - pool.means[number]) / pool.deviations[number], language, int(row))
        for (language, pool), neighbours in zip(pools.items(), found, strict=True)
        for row, product in zip(neighbours.rows, neighbours.products, strict=True)
    ]
    return {(language, row) for _, language, row in sorted(scored, key=lambda each: -each[0])[:TOP]}


class Own:
    """Searches an index of haihe."""

    def __init__(self, index: VectorIndex) -> None:
        self.index = index

    def __call__(self, query: Matrix) -> Neighbours:
        """The candidates of a query."""
        return self.index.search(query, CANDIDATES)

    def look_into(self, lists: int) -> None:
        """So many, instead of what the index was made for."""
        self.index._index.nprobe = lists  # noqa: SLF001


def own(kind: VectorIndexKind) -> Callable[[Matrix, Path], Searched]:
    """As haihe builds and maps it."""

    def build(rows: Matrix, path: Path) -> Searched:
        VectorIndex.of(rows, kind).save(path)
        return Searched(Own(VectorIndex.open(path)), path.stat().st_size)

    return build


def factory(description: str, **parameters: int) -> Callable[[Matrix, Path], Searched]:
    """As FAISS builds it; `{lists}` is about √n lists, whose centroids are ours."""

    def build(rows: Matrix, path: Path) -> Searched:
        lists = 2 ** round(np.log2(3 * len(rows) ** 0.5))
        index: Any = faiss.index_factory(rows.shape[1], description.format(lists=lists), faiss.METRIC_INNER_PRODUCT)
        sample = rows[
            np.sort(
                np.random.default_rng(SEED).choice(len(rows), min(len(rows), max(40 * lists, 10_000)), replace=False)
            )
        ]
        if "IVF" in description:
            faiss.extract_index_ivf(index).quantizer.add(centroids_of(sample, lists, seed=SEED))
        index.train(sample)
        for start in range(0, len(rows), BLOCK):
            index.add(np.ascontiguousarray(rows[start : start + BLOCK]))
        for name, value in parameters.items():
            faiss.ParameterSpace().set_index_parameter(index, name, value)
        faiss.write_index(index, str(path))

        def search(query: Matrix) -> Neighbours:
            products, found = index.search(query[None, :], CANDIDATES)
            return Neighbours(found[0][found[0] >= 0], products[0][found[0] >= 0])

        return Searched(search, path.stat().st_size)

    return build


DESIGNS = {
    "flat": own(VectorIndexKind.FLAT),
    "ivf": own(VectorIndexKind.IVF),
    "SQ8": factory("SQ8"),
    "IVF+PQ48": factory("IVF{lists},PQ48x8", nprobe=48),
    "IVF+PQ48+SQ8": factory("IVF{lists},PQ48x8,Refine(SQ8)", nprobe=48, k_factor_rf=4),
    "HNSW16+SQ8": factory("HNSW16_SQ8", efSearch=800),
    "HNSW32+SQ8": factory("HNSW32_SQ8", efSearch=800),
}
"""By name. `flat` and `ivf` are haihe's own."""


if __name__ == "__main__":
    main()
