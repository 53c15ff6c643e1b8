"""Measure what the constants of the write path do to nDCG@10 of the fair ranking.

Each constant is varied alone, on the sample articles and their questions: python scripts/measure_choices.py
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from indexer import Silent, load_encoder
from indexer.building import language_pools as pools
from indexer.snapshot import recipe
from indexer.spaces import language_space
from indexer.text.chunking import Budget
from service.laboratory.evaluation import evaluate

SEEDS = Path(__file__).parent.parent / "seeds"
CHOICES: list[tuple[str, ModuleType, str, list[object]]] = [
    ("title's share of the embedding", pools, "CONTEXT_SHARE", [0.0, 0.3]),
    ("n₀, pools alike", language_space, "_ALIKE_WEIGHT", [5.0, 100.0]),
    ("n₀, queries", language_space, "_QUERY_WEIGHT", [1.0, 80.0]),
    ("tokens a passage, least", recipe, "_WANTED", [Budget(least=least) for least in (40, 96)]),
    ("tokens a passage, most", recipe, "_WANTED", [Budget(passage=most) for most in (96, 112, 192)]),
]


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """A module's constant, exchanged for a while."""
    usual = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, usual)


def main() -> None:
    """Print a line a value."""
    encoder = load_encoder(announce=print)
    for what, module, name, values in CHOICES:
        for value in values:
            with replaced(module, name, value):
                rows = evaluate(SEEDS, encoder, progress=Silent(), rankings=("fair",))
            fair = next(row for row in rows if row.ranking == "fair" and row.language == "mean")
            print(f"{what:32} {value!s:52} nDCG@10 {fair.measures['nDCG@10']:.3f}", flush=True)


if __name__ == "__main__":
    main()
