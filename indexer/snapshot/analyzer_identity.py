"""The identity of the analyser: what terms are made by, so that a question's are made as the passages' were.

docs/decisions/0020-index-recipe.md has the reasons.
"""

from __future__ import annotations

import ast
import datetime as dt
import hashlib
import json
import platform
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from indexer import terms, text
from indexer.linking import near_duplicates
from indexer.storage.build_cache import key_of
from indexer.storage.cache_directory import kept_file
from indexer.terms import index_terms
from indexer.terms.names.pronunciations import read_dictionary
from indexer.text.reference_corpus import TEXT, reference_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PYTHON = "Python"
_LIBRARIES = ("datasketch", "langdetect", "opencc", "pypinyin", "pystemmer", "sentencex", "tojyutping")
_KINDS = (
    "去年9月17日，第十四届全运会在武清区开幕，投入八十一亿七千万元，\uff13\uff0e\uff15\uff05用于\uff21350客机。",
    "習近平、劉松林、馬化騰出席，溫度為-5℃，本年三季度同比增长百分之八。",
    "Last year, on 17 September, Prof. Tsai Ing-wen and Chan Mo-po met Mr. Liu Songlin near Tientsin.",
    'It is £8.17 billion (3.5 %) for the 14th Five-Year Plan, 12" pipes, an A350-900, -5 °C, Q3 2023 and 1,200 km².',
    'J. K. Rowling of the U.S. has 6"-8" pipes, GB/T 7714-2015, ISO 9001:2015, numpy 1.26.4, v6.2.8, C++, 14:30.',
)
_PUBLISHED = dt.date(2024, 3, 1)
_HAN = range(0x4E00, 0xA000)
_HAN_A_TEXT = 100


@dataclass(frozen=True, slots=True)
class AnalyzerIdentity:
    """A record of what cuts texts into passages and terms.

    Attributes:
        terms: a digest of the terms of the probe; indexes and questions of equal digests fit together.
        code: a digest of haihe's own code for it, without comments and docstrings.
        libraries: the version of each library that it asks, by name, and of Python, whose Unicode tables it uses.
    """

    terms: str
    code: str
    libraries: dict[str, str]

    @property
    def key(self) -> bytes:
        """A digest of all of it, which begins the keys of what it makes."""
        return key_of(self.terms, self.code, json.dumps(self.libraries))

    def change_to(self, now: AnalyzerIdentity) -> str | None:
        """A clause on how another identity differs; None where it doesn't."""
        clauses = changed_values(self.libraries, now.libraries)
        # Another Python also reads code in another way, so that its digest tells nothing.
        if self.code != now.code and self.libraries.get(_PYTHON) == now.libraries.get(_PYTHON):
            clauses.append("haihe's own analysis of texts has changed since the index was made")
        if self.terms != now.terms and not clauses:
            clauses.append("the same libraries give other terms than when the index was made")
        return "; ".join(clauses) or None


class _Source(NamedTuple):
    """A file of haihe's code, or of the texts that it is probed with."""

    name: str
    content: bytes


def changed_values(then: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    """A clause for each name whose value differs."""
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    return [f"{name} is {_word(now.get(name))} now, the index was made with {_word(then.get(name))}" for name in names]


def _word(value: object) -> object:
    return "none" if value is None else value


@cache
def analyzer_identity() -> AnalyzerIdentity:
    """The identity of the analyser that runs here, measured once for each state of its code and libraries.

    Raises:
        CacheError: it can't be kept in the cache folder.
    """
    sources = _sources()
    libraries = {_PYTHON: ".".join(platform.python_version_tuple()[:2]), **{name: version(name) for name in _LIBRARIES}}
    key = key_of(*(part for source in sources for part in source), json.dumps(libraries)).hex()
    path = kept_file(f"analyzer-{key}.json", partial(_write_measured, sources))
    return AnalyzerIdentity(**json.loads(path.read_text("utf-8")), libraries=libraries)


def _sources() -> list[_Source]:
    root = Path(str(terms.__file__)).parents[1]
    folders = [Path(str(package.__file__)).parent for package in (terms, text)]
    modules = [path for folder in folders for path in sorted(folder.rglob("*.py")) if _is_imported(path, folder)]
    paths = [*modules, Path(str(near_duplicates.__file__)), Path(__file__), TEXT]
    return [_Source(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]


def _is_imported(path: Path, folder: Path) -> bool:
    """Tell code from what an editor or a system left beside it."""
    return all(part.removesuffix(".py").isidentifier() for part in path.relative_to(folder).parts)


def _write_measured(sources: Sequence[_Source], path: Path) -> None:
    path.write_text(json.dumps({"terms": _digest_of_terms(), "code": _digest_of_code(sources)}), "utf-8")


def _digest_of_terms() -> str:
    """A digest of the terms of the probe, and of how characters and phrases are read."""
    digest = hashlib.sha256(repr(sorted(read_dictionary().items())).encode())
    for content in _probe():
        digest.update("\n".join([*index_terms("", content, _PUBLISHED), ""]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _probe() -> Iterator[str]:
    """Texts of each kind of term, the reference text with its questions, and every usual Han character."""
    yield from _KINDS
    for part in reference_text().values():
        yield from (*part.passages, *part.queries)
    for start in range(_HAN.start, _HAN.stop, _HAN_A_TEXT):
        yield "".join(map(chr, range(start, min(start + _HAN_A_TEXT, _HAN.stop))))


def _digest_of_code(sources: Sequence[_Source]) -> str:
    return key_of(*(part for source in sources for part in (source.name, _meaning(source)))).hex()


def _meaning(source: _Source) -> str | bytes:
    """The statements of code, without comments and docstrings; data as it is."""
    return ast.dump(_Undocumented().visit(ast.parse(source.content))) if source.name.endswith(".py") else source.content


class _Undocumented(ast.NodeTransformer):
    """Code without its docstrings."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if is_text else node
