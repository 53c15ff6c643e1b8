"""Paths to articles: which files there are, and the documents in each."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from indexer.articles.page import to_reading
from indexer.articles.readers import READERS, RECOGNIZING
from indexer.errors import ArticleError, CorpusError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from indexer.articles.page import Found, Reading
    from indexer.articles.readers import Reader, Recognizer
    from indexer.records import Document

LARGEST_FILE = 64 * 2**20
"""Bytes; JSON Lines may be larger by `_JSONL_FACTOR`."""
_JSONL_FACTOR = 16


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of articles, and its path under the root that was named."""

    path: Path
    id: str


def list_files(paths: Sequence[Path]) -> list[ArticleFile]:
    """The article files under some paths, ordered by id; hidden files and other kinds of files are passed over.

    Raises:
        CorpusError: a path is missing, or holds no article file.
    """
    files: list[ArticleFile] = []
    for root in paths:
        if root.is_file():
            files.append(ArticleFile(root, root.name))
        elif root.is_dir():
            files += [ArticleFile(path, path.relative_to(root).as_posix()) for path in _walk(root)]
        else:
            raise CorpusError(f"{root}: no such file or folder. Name the articles to index.")
    if not files:
        places = ", ".join(str(path) for path in paths)
        raise CorpusError(f"{places}: no article files. These are read: {', '.join(sorted(READERS))}")
    unique = {file.path.resolve(): file for file in reversed(files)}
    return sorted(unique.values(), key=lambda file: (file.id, str(file.path)))


def read_articles(file: ArticleFile) -> Iterator[Document | ArticleError]:
    """The documents of a file, cleaned; in place of each that can't be read, the error that says why."""
    for reading in read_file(file):
        yield reading if isinstance(reading, ArticleError) else reading.document


def read_file(file: ArticleFile, recognizer: Recognizer | None = None) -> Iterator[Reading | ArticleError]:
    """The documents of a file with what was left out of each; in place of each that can't be read, the error.

    Args:
        file: the file.
        recognizer: reads what is only a picture; without one, such files are errors.
    """
    suffix = file.path.suffix.lower()
    reader = _reader(suffix, recognizer)
    try:
        data = _read_bytes(file.path, LARGEST_FILE * (_JSONL_FACTOR if suffix in {".jsonl", ".ndjson"} else 1))
        for number, (own_id, page) in enumerate(reader(data, str(file.path)), start=1):
            if isinstance(page, ArticleError):
                yield page
                continue
            fallback = f"{file.id}#{number}" if suffix in {".jsonl", ".ndjson"} else file.id
            try:
                yield to_reading(page, own_id or fallback)
            except ArticleError:
                yield ArticleError(f"{file.path}: holds no text. Leave it out, or save its article as text.")
    except ArticleError as error:
        yield error
    except OSError as error:
        yield ArticleError(f"{file.path}: can't be read ({error.strerror or error}). Check who may read it.")
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way on a broken file; the rest is read
        yield ArticleError(f"{file.path}: can't be read as {suffix} ({reason_of(error)}). Open it and save a copy.")


def fingerprint(files: Sequence[ArticleFile]) -> str:
    """A digest of the files' ids and contents: the same corpus has the same one, in whatever order it is named."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.id, str(file.path))):
        digest.update(os.fsencode(file.id) + b"\0")
        try:
            with file.path.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def _walk(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if (
            path.suffix.lower() in READERS
            and path.is_file()
            and not any(part.startswith(".") for part in relative.parts)
        ):
            yield path


def _reader(suffix: str, recognizer: Recognizer | None) -> Reader:
    if recognizer is not None and suffix in RECOGNIZING:
        return partial(RECOGNIZING[suffix], recognizer=recognizer)
    return READERS.get(suffix, _refuse)


def _refuse(_: bytes, name: str) -> Iterator[Found]:
    raise ArticleError(f"{name}: this kind of file isn't read. These are: {', '.join(sorted(READERS))}")


def _read_bytes(path: Path, most: int) -> bytes:
    size = path.stat().st_size
    if size == 0:
        raise ArticleError(f"{path}: is empty.")
    if size > most:
        raise ArticleError(
            f"{path}: {size / 2**20:.0f} MB is more than the {most / 2**20:.0f} MB that are read. Split it."
        )
    return path.read_bytes()
