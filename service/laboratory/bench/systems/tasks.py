"""The tasks, each run in a process of its own, so that threads, memory and imports of one system don't touch the other.

    python -m service.laboratory.bench.systems.tasks TASK JSON

A task gets its arguments as JSON and answers with a line of JSON on standard output, the last one.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer import (
    Language,
    LateInteraction,
    VectorIndex,
    build_snapshot,
    index_passages,
    load_encoder,
    load_second_encoder,
    open_snapshot,
)
from indexer.encoding import bundled_model
from service.laboratory.bench.corpora.corpus import grown_articles, halves, questions
from service.laboratory.bench.corpora.growth import (
    GrownEncoder,
    GrownSecondEncoder,
    SentenceVectors,
    grown_vectors,
    read_sentences,
    unit,
)
from service.laboratory.bench.systems.systems import PASSAGE_PROMPT, txtai_embeddings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

K = 10
_WARM_UP = 8


def read(vectors: str, asked: int) -> dict[str, Any]:
    """Encode the sentences that everything is grown from."""
    read_sentences(load_encoder(), questions(asked)).save(Path(vectors))
    return {}


def index_haihe(articles: str, index: str) -> dict[str, Any]:
    """Index articles; the models are loaded and warm before the clock starts."""
    encoder, second = load_encoder(), load_second_encoder()
    encoder.encode_passages(questions(_WARM_UP))
    second.encode(questions(_WARM_UP))
    began = time.perf_counter()
    report = build_snapshot([Path(articles)], Path(index), encoder, second=second)
    return {
        "seconds": time.perf_counter() - began,
        "passages": sum(report.manifest.passages.values()),
        "peak": _peak_memory(),
    }


def passages_of(index: str, passages: str) -> dict[str, Any]:
    """Write the passages of haihe's index for the peer: the same texts, cut the same way."""
    snapshot = open_snapshot(Path(index))
    texts = {
        passage.id: passage.text
        for language in Language
        for passage in snapshot.articles.passages_at(language, range(len(snapshot.pools[language])))
    }
    snapshot.close()
    lines = (json.dumps({"id": name, "text": texts[name]}) for name in sorted(texts))
    Path(passages).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return {"passages": len(texts)}


def index_txtai(passages: str, index: str) -> dict[str, Any]:
    """Index passages and save them; the model is loaded and warm before the clock starts."""
    from txtai import Embeddings

    model = bundled_model()
    embeddings = Embeddings(txtai_embeddings(model))
    embeddings.batchtransform(questions(_WARM_UP))
    began = time.perf_counter()
    lines = [json.loads(line) for line in Path(passages).read_text("utf-8").splitlines()]
    embeddings.index(lines)
    embeddings.save(index)
    seconds = time.perf_counter() - began
    _name_model(index, model)
    return {"seconds": seconds, "passages": embeddings.count(), "peak": _peak_memory()}


def update_txtai(passages: str, index: str) -> dict[str, Any]:
    """Upsert passages into an index that is loaded, and save it."""
    from txtai import Embeddings

    embeddings = Embeddings()
    embeddings.load(index)
    embeddings.batchtransform(questions(_WARM_UP))
    began = time.perf_counter()
    lines = [json.loads(line) for line in Path(passages).read_text("utf-8").splitlines()]
    embeddings.upsert(lines)
    embeddings.save(index)
    return {"seconds": time.perf_counter() - began, "passages": len(lines), "peak": _peak_memory()}


def grow_haihe(vectors: str, index: str, count: int, late_interaction: bool) -> dict[str, Any]:
    """An index of grown passages."""
    encoder = GrownEncoder(load_encoder(), SentenceVectors.open(Path(vectors)))
    second = GrownSecondEncoder(load_second_encoder())
    tokens = LateInteraction.ON if late_interaction else LateInteraction.OFF
    manifest = index_passages(grown_articles(count), Path(index), encoder, second=second, late_interaction=tokens)
    return {"bytes": sum(record.bytes for record in manifest.files.values())}


def grow_txtai(vectors: str, index: str, count: int) -> dict[str, Any]:
    """The same passages and vectors in txtai's index, by its own pipeline but for the model's work."""
    from txtai import Embeddings

    model = bundled_model()
    embeddings = Embeddings(txtai_embeddings(model))
    grown = GrownEncoder(load_encoder(), SentenceVectors.open(Path(vectors)))

    def encode(texts: list[str], category: str | None = None) -> Matrix:
        del category
        return grown.encode_passages([text.removeprefix(PASSAGE_PROMPT) for text in texts])

    embeddings.model.encode = encode
    articles = grown_articles(count)
    embeddings.index({"id": passage.id, "text": passage.text} for _, passages in articles for passage in passages)
    embeddings.save(index)
    _name_model(index, model)
    return {"bytes": sum(path.stat().st_size for path in Path(index).rglob("*") if path.is_file())}


def grow_vectors(vectors: str, out: str, count: int) -> dict[str, Any]:
    """Vectors `(count, d)` in a file, Chinese first, and what exact search finds for real questions beside it."""
    sentences = SentenceVectors.open(Path(vectors))
    matrix = np.lib.format.open_memmap(out, "w+", np.float32, (count, sentences.embeddings.shape[1]))
    at = 0
    for block in grown_vectors(sentences, count):
        matrix[at : at + len(block)] = block
        at += len(block)
    matrix.flush()
    return {}


def build_haihe_vectors(vectors: str, matrix: str, folder: str) -> dict[str, Any]:
    """Haihe's index of vectors, centred, one a language; and the exact answers."""
    sentences, rows = SentenceVectors.open(Path(vectors)), np.load(matrix, mmap_mode="r")
    parts = dict(zip(halves(len(rows)), _split(rows), strict=True))
    centred = {language: unit(part - part.mean(axis=0)) for language, part in parts.items()}
    asked = unit(sentences.queries - sentences.queries.mean(axis=0))
    np.save(Path(folder) / "queries.npy", asked)
    np.save(Path(folder) / "exact.npy", _exact(np.concatenate(list(centred.values())), asked))
    began = time.perf_counter()
    for language, part in centred.items():
        VectorIndex.of(part).save(Path(folder) / f"{language}.vectors")
    return {"seconds": time.perf_counter() - began}


def search_haihe_vectors(folder: str) -> dict[str, Any]:
    """Ask haihe's index of vectors; both languages, merged."""
    asked = np.load(Path(folder) / "queries.npy")
    VectorIndex.of(asked[:2])  # loads the library, which is no part of an index
    before = _resident()
    pools = [VectorIndex.open(Path(folder) / f"{language}.vectors") for language in halves(0)]
    first = len(pools[0])

    def search(query: Matrix) -> NDArray[np.int64]:
        matches = [pool.search(query, K) for pool in pools]
        products = np.concatenate([neighbours.products for neighbours in matches])
        rows = np.concatenate([matches[0].rows, matches[1].rows + first])
        return rows[np.argsort(-products, kind="stable")[:K]]

    return _searched(search, asked, folder, before)


def build_txtai_vectors(vectors: str, matrix: str, folder: str) -> dict[str, Any]:
    """Txtai's index of vectors, by its defaults; and the exact answers."""
    from txtai.ann import ANNFactory

    sentences, rows = SentenceVectors.open(Path(vectors)), np.load(matrix)
    np.save(Path(folder) / "queries.npy", sentences.queries)
    np.save(Path(folder) / "exact.npy", _exact(rows, sentences.queries))
    began = time.perf_counter()
    index = ANNFactory.create({"backend": "faiss", "dimensions": rows.shape[1]})
    index.index(rows)
    index.save(str(Path(folder) / "all.vectors"))
    seconds = time.perf_counter() - began
    (Path(folder) / "config.json").write_text(json.dumps({"dimensions": rows.shape[1]}), "utf-8")
    return {"seconds": seconds, "built": index.config.get("build", {}).get("settings", {}).get("components", "")}


def search_txtai_vectors(folder: str) -> dict[str, Any]:
    """Ask txtai's index of vectors."""
    from txtai.ann import ANNFactory

    asked = np.load(Path(folder) / "queries.npy")
    before = _resident()
    index = ANNFactory.create({"backend": "faiss", **json.loads((Path(folder) / "config.json").read_text("utf-8"))})
    index.load(str(Path(folder) / "all.vectors"))

    def search(query: Matrix) -> NDArray[np.int64]:
        return np.array([row for row, _ in index.search(query[None], K)[0]], np.int64)

    return _searched(search, asked, folder, before)


def _searched(
    search: Callable[[Matrix], NDArray[np.int64]], asked: Matrix, folder: str, before: float
) -> dict[str, Any]:
    """The milliseconds of each question's search, how much of the exact answer it found, and what the index holds."""
    for query in asked:  # the first round reads all that is mapped
        search(query)
    times, nearest = [], []
    for query in asked:
        began = time.perf_counter()
        rows = search(query)
        times.append(1000 * (time.perf_counter() - began))
        nearest.append(rows)
    exact = np.load(Path(folder) / "exact.npy")
    recall = np.mean(
        [len(set(rows.tolist()) & set(best.tolist())) / K for rows, best in zip(nearest, exact, strict=True)]
    )
    return {
        "p50": float(np.percentile(times, 50)),
        "p99": float(np.percentile(times, 99)),
        "recall": float(recall),
        "resident": _resident() - before,
        "bytes": sum(path.stat().st_size for path in Path(folder).glob("*.vectors*")),
    }


def _exact(rows: Matrix, asked: Matrix) -> NDArray[np.int64]:
    """The K best rows of each question `(m, K)` by the inner product, in any order."""
    best = np.empty((len(asked), 0), np.int64)
    products = np.empty((len(asked), 0), np.float32)
    for at in range(0, len(rows), 50_000):
        block = asked @ rows[at : at + 50_000].T
        products = np.concatenate([products, block], axis=1)
        numbers = np.broadcast_to(np.arange(at, at + block.shape[1]), block.shape)
        best = np.concatenate([best, numbers], axis=1)
        places = np.argpartition(-products, min(K, products.shape[1]) - 1, axis=1)[:, :K]
        products, best = np.take_along_axis(products, places, 1), np.take_along_axis(best, places, 1)
    return best


def _split(rows: Matrix) -> Iterator[Matrix]:
    at = 0
    for share in halves(len(rows)).values():
        yield rows[at : at + share]
        at += share


def _name_model(index: str, model: Path) -> None:
    (Path(index) / "model").write_text(str(model), "utf-8")


def _peak_memory() -> float:
    """In MB; Linux counts in KB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def _resident() -> float:
    """The resident memory of this process in MB; 0 where psutil isn't installed."""
    try:
        import psutil
    except ImportError:
        return 0.0
    return float(psutil.Process().memory_info().rss / 2**20)


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    task.__name__: task
    for task in (
        read,
        index_haihe,
        passages_of,
        index_txtai,
        update_txtai,
        grow_haihe,
        grow_txtai,
        grow_vectors,
        build_haihe_vectors,
        search_haihe_vectors,
        build_txtai_vectors,
        search_txtai_vectors,
    )
}


if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2]))))
