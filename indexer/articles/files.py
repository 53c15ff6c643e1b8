"""Paths to article files: which there are under some folders, and what is passed over there."""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.articles.readers import READERS
from indexer.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKED = ".gz"
"""The ending of a file that is packed by itself; the ending before it says what is in it."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of articles, and its path under the root that was named."""

    path: Path
    id: str

    @property
    def kind(self) -> str:
        """The ending that says how it is read, in lower case: `.txt`, also of `heron.txt.gz`."""
        return kind_of(self.path.name)


@dataclass(frozen=True, slots=True)
class Listing:
    """The article files under some paths, ordered by id, and what else stands there.

    Attributes:
        passed_over: sentences for the operator: files of other kinds, counted, and by name what can't be entered or
            leads out of its root.
    """

    files: tuple[ArticleFile, ...]
    passed_over: tuple[str, ...] = ()


def list_files(paths: Sequence[Path]) -> list[ArticleFile]:
    """The article files under some paths, ordered by id; `find_files` says what is passed over.

    Raises:
        CorpusError: a path is missing, or holds no article file.
    """
    return list(find_files(paths).files)


def find_files(paths: Sequence[Path]) -> Listing:
    """The article files under some paths. Links are followed inside a root, never out of it.

    Raises:
        CorpusError: a path is missing, or holds no article file.
    """
    files: list[ArticleFile] = []
    passed_over: list[str] = []
    for root in paths:
        if root.is_file():
            files.append(ArticleFile(root, root.name))
        elif root.is_dir():
            walk = _Walk(root)
            files += walk.files()
            passed_over += walk.passed_over()
        elif root.exists():
            raise CorpusError(f"{root}: is neither a file nor a folder. Name the articles to index.")
        else:
            raise CorpusError(f"{root}: no such file or folder. Name the articles to index.")
    if not files:
        places = ", ".join(str(path) for path in paths)
        others = "".join(f" {sentence}" for sentence in passed_over)
        raise CorpusError(f"{places}: no article files. These are read: {', '.join(sorted(READERS))}.{others}")
    unique = {file.path.resolve(): file for file in reversed(files)}
    ordered = sorted(unique.values(), key=lambda file: (file.id, str(file.path)))
    return Listing(tuple(ordered), tuple(passed_over))


def kind_of(name: str) -> str:
    """The ending by which a file is read, in lower case; that of a packed one stands before `.gz`."""
    path = Path(name.lower())
    return path.with_suffix("").suffix if path.suffix == PACKED else path.suffix


@dataclass(slots=True)
class _Walk:
    """A walk through a folder: the real folders first, then those that only links lead to, each once."""

    root: Path
    others: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def files(self) -> list[ArticleFile]:
        """The article files, those that are found by links last."""
        top = self.root.resolve()
        files: list[ArticleFile] = []
        seen: set[Path] = set()
        folders, links = [self.root], list[Path]()
        while folders or links:
            folder = folders.pop() if folders else links.pop(0)
            real = folder.resolve()
            if real in seen:
                continue
            seen.add(real)
            for entry in self._entries(folder):
                path = Path(entry.path)
                if entry.is_symlink() and not self._stays_inside(path, top):
                    continue
                if entry.is_dir():
                    (links if entry.is_symlink() else folders).append(path)
                elif self._is_article(path):
                    files.append(ArticleFile(path, path.relative_to(self.root).as_posix()))
        return sorted(files, key=lambda file: file.path != file.path.resolve())

    def passed_over(self) -> Iterator[str]:
        """Sentences on what isn't read."""
        yield from self.said
        if self.others:
            yield (
                f"{self.root}: {_count(self.others.total(), 'file')} of kinds that aren't read: {_most(self.others)}. "
                f"haihe reads {', '.join(sorted(READERS))}, also packed as {PACKED}."
            )
        if self.hidden:
            names = ", ".join(sorted(self.hidden)[:_SHOWN])
            more = ", …" if len(self.hidden) > _SHOWN else ""
            yield f"{self.root}: {_count(len(self.hidden), 'hidden entry', 'hidden entries')}: {names}{more}."

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.said.append(f"{folder}: can't be entered ({error.strerror or error}). Check who may read it.")
            return []
        self.hidden += [
            Path(entry.path).relative_to(self.root).as_posix() for entry in listing if entry.name.startswith(".")
        ]
        return [entry for entry in listing if not entry.name.startswith(".")]

    def _stays_inside(self, link: Path, top: Path) -> bool:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self.said.append(f"{link}: is a link that leads nowhere.")
            return False
        if target.is_relative_to(top):
            return True
        self.said.append(f"{link}: is a link out of the folder {self.root}. Name {target} itself to index it.")
        return False

    def _is_article(self, path: Path) -> bool:
        try:
            is_file = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            self.said.append(f"{path}: can't be read ({error.strerror or error}). Check who may read it.")
            return False
        if not is_file:
            self.said.append(f"{path}: is a device, a pipe or a socket, not a file.")
        elif kind_of(path.name) in READERS:
            return True
        else:
            self.others["".join(path.suffixes[-2:] if path.suffix == PACKED else path.suffixes[-1:]).lower()] += 1
        return False


def _most(others: Counter[str]) -> str:
    """The commonest endings, each with how often it comes."""
    ordered = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{count} {ending or 'without an ending'}" for ending, count in ordered[:_SHOWN]]
    rest = sum(count for _, count in ordered[_SHOWN:])
    return ", ".join([*shown, *([f"{rest} others"] if rest else [])])


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
