"""A profile of where one query's milliseconds go: haihe's own functions, and what they call, sampled in one process."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.laboratory.bench.corpora.corpus import questions
from service.laboratory.bench.records import BenchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.laboratory.bench.records import Options

_INTERVAL = 0.0005
_WARM_UP = 20
_LEAST = 0.005
"""The smallest share of a query that is listed by itself."""
_PACKAGES = tuple(Path(__file__).parents[3] / name for name in ("indexer", "service"))


@dataclass(frozen=True, slots=True)
class ProfiledFunction:
    """A function of haihe, and what a query spends in it and in the libraries that it calls.

    Attributes:
        name: module and function.
        milliseconds: of one query, on average.
        share: of the whole query.
    """

    name: str
    milliseconds: float
    share: float


def profile(options: Options, say: Callable[[str], None], *, index: Path | None = None) -> list[ProfiledFunction]:
    """Sample `options.requests` distinct searches in this process, from the text to the JSON.

    Args:
        options: of the benchmark; an index of the first of its sizes is grown.
        say: told what is being done.
        index: an index to ask instead.

    Raises:
        BenchError: pyinstrument isn't installed.
    """
    if index is not None:
        return _profile_index(index, options.requests, say)
    from service.laboratory.bench.grown import grown_index
    from service.laboratory.bench.systems.systems import OWN

    with tempfile.TemporaryDirectory(prefix="haihe-bench-") as folder:
        work = (options.work or Path(folder)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        grown = grown_index(OWN, work, options.sizes[0], say, late_interaction=options.late_interaction)
        return _profile_index(grown, options.requests, say)


def _profile_index(index: Path, count: int, say: Callable[[str], None]) -> list[ProfiledFunction]:
    try:
        from pyinstrument import Profiler
    except ImportError:
        raise BenchError("pyinstrument isn't installed. Run: pip install 'haihe[bench]'") from None
    from service.search.searcher import Searcher

    asked = questions(_WARM_UP + count)
    say(f"Asking {count} questions")
    searcher = Searcher.open(index)
    for text in asked[:_WARM_UP]:
        _answer(searcher, text)
    profiler = Profiler(interval=_INTERVAL)
    with profiler:
        for text in asked[_WARM_UP:]:
            _answer(searcher, text)
    searcher.close()
    session = profiler.last_session
    root = session.root_frame() if session else None
    if root is None:
        raise BenchError("Nothing was sampled. Ask for more with --requests.")
    return _by_function(root, count)


def _answer(searcher: Any, text: str) -> str:  # noqa: ANN401 - imported where it is used
    """Answer a question as the route does, HTTP apart."""
    from service.http.schemas import SearchResponse
    from service.records import Query

    query = Query(text)
    answer = searcher.search(query)
    return SearchResponse.of(query, answer, searcher.snapshot.manifest, 0.0).model_dump_json()


def _by_function(root: Any, count: int) -> list[ProfiledFunction]:  # noqa: ANN401 - untyped frames
    """Each sample under the innermost function of haihe that was running."""
    seconds = Counter[str]()

    def add(frame: Any, owner: str) -> None:  # noqa: ANN401
        owner = _name(frame) or owner
        seconds[owner] += frame.time - sum(child.time for child in frame.children)
        for child in frame.children:
            add(child, owner)

    add(root, "service.laboratory.bench")
    whole = sum(seconds.values())
    listed = [(name, spent) for name, spent in seconds.most_common() if spent >= _LEAST * whole]
    rest = whole - sum(spent for _, spent in listed)
    return [
        ProfiledFunction(name, 1000 * spent / count, spent / whole) for name, spent in [*listed, ("all others", rest)]
    ]


def _name(frame: Any) -> str | None:  # noqa: ANN401
    path = Path(frame.file_path or "")
    for package in _PACKAGES:
        if path.is_relative_to(package):
            module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts))
            return f"{module}: {frame.function}"
    return None
