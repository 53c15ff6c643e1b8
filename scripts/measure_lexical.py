"""Measure engines for the lexical index: as it is, SQLite's FTS5, and Tantivy where it's installed.

Passages are synthetic, 10,000 of them and 100,000, or as many as are named: python scripts/measure_lexical.py [N ...]
Each engine builds its index in a process of its own and searches it in another. All have to find the same scores.
haihe doesn't depend on Tantivy: pip install tantivy.
"""

import importlib.util
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.indexes.lexical_index import FoundTerms, LexicalIndex, Matches, best_matches

SIZES = [10_000, 100_000]
VOCABULARY = 1_000_000
OFFSET = 2.7  # Mandelbrot's: p(rank) ∝ 1 / (rank + 2.7)
TERMS = 150  # of a passage
GROUPS = 60
SHARES = (1.0, 0.8, 0.5)  # of a group's terms
QUERIES = 60
WARM_UP = 10
K = 100

Query = list[list[tuple[str, float]]]
T = TypeVar("T")


class Postings(LexicalIndex):
    """haihe's own."""

    def search(self, groups: Query, k: int, *, among: NDArray[np.int64] | None = None) -> Matches:
        """The k rows with the highest scores, chosen as haihe does."""
        rows, added = self.look_up(groups).scores()
        return best_matches(rows, sum(added, start=np.zeros(len(rows))), k, among)


class OneByOne(Postings):
    """Asked a term at a time."""

    def look_up(self, groups: Sequence[Sequence[tuple[str, float]]]) -> FoundTerms:
        """Its frequency, and the rows where it tells something."""
        frequencies = {term: self._frequency(term) for group in groups for term, _ in group}
        rows = {term: self._rows(term) for term, count in frequencies.items() if 0 < count <= self._most}
        return FoundTerms(len(self), groups, frequencies, rows)

    def _frequency(self, term: str) -> int:
        raise NotImplementedError


class Fts5(OneByOne):
    """A contentless table of FTS5, at its best: frequencies in a table of their own, rows as one string a term."""

    @classmethod
    def create(cls, path: Path, passages: Iterable[Iterable[str]]) -> None:
        """Each passage's terms in one string, for FTS5's tokenizer to take apart."""
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.executescript("""
                PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
                CREATE VIRTUAL TABLE passages USING fts5(
                    terms, content='', detail=none, columnsize=0,
                    tokenize="unicode61 remove_diacritics 0 tokenchars '_.'"
                );
            """)
            size = 0
            for size, terms in enumerate(passages, 1):
                file.execute("INSERT INTO passages (rowid, terms) VALUES (?, ?)", [size, " ".join(terms)])
            file.execute(f"PRAGMA user_version = {size}")
            file.execute("INSERT INTO passages (passages) VALUES ('optimize')")
            file.execute("COMMIT")
            file.executescript("""
                CREATE VIRTUAL TABLE vocabulary USING fts5vocab(passages, row);
                CREATE TABLE frequencies (term TEXT PRIMARY KEY, frequency INTEGER NOT NULL) WITHOUT ROWID;
                INSERT INTO frequencies SELECT term, doc FROM vocabulary;
            """)

    def _count(self) -> int:
        return int(self._select("PRAGMA user_version")[0][0])

    def _frequency(self, term: str) -> int:
        found = self._select("SELECT frequency FROM frequencies WHERE term = ?", term)
        return int(found[0][0]) if found else 0

    def _rows(self, term: str) -> NDArray[np.int64]:
        quoted = '"' + term.replace('"', '""') + '"'
        ((rows,),) = self._select("SELECT group_concat(rowid) FROM passages WHERE passages MATCH ?", quoted)
        return np.fromstring(rows, np.int64, sep=",") - 1


class Tantivy(OneByOne):
    """A folder of Tantivy's, the weights given to it as constant scores."""

    def __init__(self, path: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(path))
        self._searcher = self._index.searcher()
        self._size = self._passages = self._searcher.num_docs

    @classmethod
    def create(cls, path: Path, passages: Iterable[Iterable[str]]) -> None:
        """One thread writes, so that passages keep their order."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("row", indexed=True, fast=True)
        path.mkdir()
        writer = tantivy.Index(schema.build(), path=str(path)).writer(num_threads=1)
        for row, terms in enumerate(passages):
            document = tantivy.Document(terms=list(terms))
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, groups: Any, k: int, *, among: NDArray[np.int64] | None = None) -> Matches:  # noqa: ANN401
        """Equal ones come in Tantivy's order."""
        from tantivy import Occur
        from tantivy import Query as Node

        wanted = []
        for group, weights in zip(groups, self.look_up(groups).weights, strict=True):
            terms = [
                Node.const_score_query(Node.term_query(self._index.schema, "terms", term, "basic"), weight)
                for (term, _), weight in zip(group, weights, strict=True)
                if weight > 0
            ]
            wanted += [(Occur.Should, Node.disjunction_max_query(terms))] if terms else []
        query = Node.boolean_query(wanted)
        if among is not None:
            chosen = Node.const_score_query(Node.term_set_query(self._index.schema, "row", among.tolist()), 0.0)
            query = Node.boolean_query([(Occur.Must, chosen), (Occur.Must, query)])
        found = self._searcher.search(query, k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        return Matches(np.array(rows, np.int64), np.array([score for score, _ in found], np.float32))

    def close(self) -> None:
        """Nothing to let go of."""

    def _frequency(self, term: str) -> int:
        return int(self._searcher.doc_freq("terms", term))

    def _rows(self, term: str) -> NDArray[np.int64]:  # noqa: ARG002 - its own search finds them
        return np.empty(0, np.int64)


class Built(NamedTuple):
    """What building took."""

    seconds: float
    peak_mb: float


class Searched(NamedTuple):
    """What searching took, and what the first query found."""

    open_ms: float
    resident_mb: float
    times: list[float]
    times_among: list[float]
    scores: NDArray[np.float32]


def main() -> None:
    """Print one line an engine."""
    engines = [Postings, Fts5] + ([Tantivy] if importlib.util.find_spec("tantivy") else [])
    print(
        f"{'':13} {'passages':>9} {'build':>8} {'peak':>7} {'a passage':>10} {'open':>8} {'resident':>9}"
        f" {'p50':>9} {'p95':>9} {'p50 among':>10} {'p95 among':>10}"
    )
    for count in [int(argument) for argument in sys.argv[1:]] or SIZES:
        scores = []
        for engine in engines:
            with tempfile.TemporaryDirectory(prefix="haihe-lexical-") as folder:
                path = Path(folder) / "index"
                built = alone(build, engine, path, count)
                size = sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file())
                found = alone(search, engine, path)
            scores.append(found.scores)
            print(
                f"{engine.__name__:13} {count:9,} {built.seconds:6.1f} s {built.peak_mb:4.0f} MB {size / count:8.0f} B"
                f" {found.open_ms:5.1f} ms {found.resident_mb:6.1f} MB"
                f" {shown(found.times)} {shown(found.times_among, 7)}",
                flush=True,
            )
        if not all(np.allclose(scores[0], other, atol=1e-4) for other in scores):
            sys.exit("the engines don't agree")


def alone(function: Callable[..., T], *arguments: object) -> T:
    """A function's result, out of a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(function, *arguments).result()


def build(engine: type[Postings], path: Path, count: int) -> Built:
    """Build an index; neither the passages' making nor their vocabulary counts."""
    vocabulary = [term_at(rank) for rank in range(VOCABULARY)]
    making = 0.0

    def made() -> Iterator[list[str]]:
        nonlocal making
        began, source = time.perf_counter(), passages(vocabulary, count)
        for passage in source:
            making += time.perf_counter() - began
            yield passage
            began = time.perf_counter()

    before, began = memory("VmRSS"), time.perf_counter()
    engine.create(path, made())
    return Built(time.perf_counter() - began - making, memory("VmHWM") - before)


def search(engine: type[Postings], path: Path) -> Searched:
    """Open an index and ask it; each query once among all rows and once among a tenth of them."""
    asked = queries()
    if engine is Tantivy:
        importlib.import_module("tantivy")
    before, began = memory("VmRSS"), time.perf_counter()
    index = engine.open(path)
    open_ms = 1000 * (time.perf_counter() - began)
    tenth = np.flatnonzero(np.random.default_rng(3).random(len(index)) < 0.1)  # noqa: PLR2004
    times = [timed(index, query, None) for query in asked][WARM_UP:]
    times_among = [timed(index, query, tenth) for query in asked][WARM_UP:]
    resident = memory("VmRSS") - before
    return Searched(open_ms, resident, times, times_among, index.search(asked[0], K).scores)


def timed(index: Postings, query: Query, among: NDArray[np.int64] | None) -> float:
    """Milliseconds of a search."""
    began = time.perf_counter()
    index.search(query, K, among=among)
    return 1000 * (time.perf_counter() - began)


def shown(times: list[float], width: int = 6) -> str:
    """The median and the 95th percentile."""
    return f"{statistics.median(times):{width}.1f} ms {statistics.quantiles(times, n=20)[-1]:{width}.1f} ms"


def memory(what: str) -> float:
    """A line of this process's status in MB; only Linux has it."""
    found = re.search(rf"{what}:\s*(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def term_at(rank: int) -> str:
    """A term of the vocabulary: of Han characters or of Latin letters, in turns."""
    if rank % 2:
        return chr(0x4E00 + rank % 20_000) + chr(0x4E00 + rank // 20_000)
    letters, rest = "", rank + 1000
    while rest:
        rest, letter = divmod(rest, 26)
        letters += chr(ord("a") + letter)
    return letters


def passages(vocabulary: list[str], count: int) -> Iterator[list[str]]:
    """Passages of distinct terms, drawn by Zipf's law."""
    drawn = np.random.default_rng(1)
    for start in range(0, count, 4096):
        numbers = drawn.random((min(4096, count - start), 2 * TERMS))
        for ranks in (OFFSET * (VOCABULARY / OFFSET + 1) ** numbers - OFFSET).astype(int).tolist():
            yield [vocabulary[rank] for rank in list(dict.fromkeys(ranks))[:TERMS]]


def queries() -> list[Query]:
    """Groups of three terms each, of all frequencies: every order of magnitude of rank is equally likely."""
    drawn = random.Random(2)  # noqa: S311 - for figures, not for secrets
    return [
        [[(term_at(int(VOCABULARY ** drawn.random()) - 1), share) for share in SHARES] for _ in range(GROUPS)]
        for _ in range(QUERIES + WARM_UP)
    ]


if __name__ == "__main__":
    main()
