"""Compare the bundled model compiled to int8 with the same model in float32, which take turns.

Vectors are compared on the second half of the reference text:

    python scripts/measure_encoders.py
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from indexer import Encoder, Precision, load_encoder
from indexer.reference import reference_text

QUERIES, PASSAGES, ROUNDS = 120, 48, 3


def main() -> None:
    """Print what each takes, and how alike they are."""
    encoders = {precision: load_encoder(precision=precision, announce=print) for precision in Precision}
    texts = reference_text().values()
    passages = [passage for text in texts for passage in text.passages[150:]]
    queries = [query for text in texts for query in text.queries[150:]]
    rates = measure_rates(encoders, passages[:: len(passages) // PASSAGES], queries[:: len(queries) // QUERIES])
    for precision, (query, rate) in rates.items():
        print(f"{precision:8} {query:6.1f} ms a query (p50)  {rate:6.1f} passages a second")
    ours, theirs = (encoder.encode_passages(passages) for encoder in encoders.values())
    print(f"cosine of embeddings: mean {cosines(ours, theirs).mean():.4f}, least {cosines(ours, theirs).min():.4f}")
    alone = np.concatenate([encoders[Precision.INT8].encode_passages([passage]) for passage in passages])
    print(f"cosine of int8 alone and in a batch: least {cosines(ours, alone).min():.4f}")


def measure_rates(
    encoders: dict[Precision, Encoder], passages: list[str], queries: list[str]
) -> dict[Precision, tuple[float, float]]:
    """Milliseconds of a query, and passages a second: medians of rounds that take turns."""
    asked: dict[Precision, list[float]] = {precision: [] for precision in encoders}
    rates: dict[Precision, list[float]] = {precision: [] for precision in encoders}
    for _ in range(ROUNDS):
        for precision, encoder in encoders.items():
            rates[precision].append(len(passages) / seconds(lambda: encoder.encode_passages(passages)))  # noqa: B023
        for query in queries:
            for precision, encoder in encoders.items():
                asked[precision].append(seconds(lambda: encoder.encode_queries([query])))  # noqa: B023
    return {one: (1000 * statistics.median(asked[one]), statistics.median(rates[one])) for one in encoders}


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Row by row."""
    return (one * other).sum(axis=1)


if __name__ == "__main__":
    main()
