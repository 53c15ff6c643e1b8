"""Article files to documents, and to a digest of all that they hold."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from functools import partial
from typing import TYPE_CHECKING

from indexer.articles.files import PACKED
from indexer.articles.page import to_reading
from indexer.articles.readers import READERS, RECOGNIZING
from indexer.errors import ArticleError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from indexer.articles.files import ArticleFile
    from indexer.articles.page import Found, Reading
    from indexer.articles.readers import Reader, Recognizer
    from indexer.records import Document

LARGEST_FILE = 64 * 2**20
"""Bytes, unpacked; JSON Lines may be larger by `_JSONL_FACTOR`."""
_JSONL_FACTOR = 16
_MANY_ARTICLES = frozenset({".jsonl", ".ndjson"})
_BLOCK = 2**20


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
    reader = _reader(file.kind, recognizer)
    try:
        data = _read_bytes(file.path, LARGEST_FILE * (_JSONL_FACTOR if file.kind in _MANY_ARTICLES else 1))
        for number, (own_id, page) in enumerate(reader(data, str(file.path)), start=1):
            if isinstance(page, ArticleError):
                yield page
                continue
            fallback = f"{file.id}#{number}" if file.kind in _MANY_ARTICLES else file.id
            try:
                yield to_reading(page, own_id or fallback)
            except ArticleError:
                yield ArticleError(f"{file.path}: holds no text. Leave it out, or save its article as text.")
    except ArticleError as error:
        yield error
    except OSError as error:
        yield ArticleError(f"{file.path}: can't be read ({error.strerror or error}). Check who may read it.")
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way on a broken file; the rest is read
        yield ArticleError(f"{file.path}: can't be read as {file.kind} ({reason_of(error)}). Open it and save a copy.")


def fingerprint(files: Sequence[ArticleFile]) -> str:
    """A digest of the files' ids and contents: the same corpus has the same one, in whatever order it is named."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: (file.id, str(file.path))):
        digest.update(os.fsencode(file.id) + b"\0")
        try:
            digest.update(_digest(file.path))
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def _digest(path: Path) -> bytes:
    """A digest of the bytes that a file says it has: what has no size, like the files of /proc, may have no end."""
    digest = hashlib.sha256()
    left = path.stat().st_size
    with path.open("rb") as opened:
        while left > 0 and (block := opened.read(min(left, _BLOCK))):
            digest.update(block)
            left -= len(block)
    return digest.digest()


def _reader(suffix: str, recognizer: Recognizer | None) -> Reader:
    if recognizer is not None and suffix in RECOGNIZING:
        return partial(RECOGNIZING[suffix], recognizer=recognizer)
    return READERS.get(suffix, _refuse)


def _refuse(_: bytes, name: str) -> Iterator[Found]:
    raise ArticleError(f"{name}: this kind of file isn't read. These are: {', '.join(sorted(READERS))}")


def _read_bytes(path: Path, most: int) -> bytes:
    """The bytes of a file, unpacked.

    Raises:
        ArticleError: it is empty, holds more than `most` bytes, or can't be unpacked.
        OSError: it can't be opened.
    """
    size = path.stat().st_size
    if size == 0:
        raise ArticleError(f"{path}: is empty.")
    if size > most:
        raise ArticleError(
            f"{path}: {size / 2**20:.0f} MB is more than the {most / 2**20:.0f} MB that are read. Split it."
        )
    data = path.read_bytes()
    return _unpacked(data, path, most) if path.suffix.lower() == PACKED else data


def _unpacked(data: bytes, path: Path, most: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as opened:
            unpacked = opened.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(f"{path}: can't be unpacked ({reason_of(error)}). Open it and save a copy.") from error
    if len(unpacked) > most:
        raise ArticleError(f"{path}: unpacks to more than the {most / 2**20:.0f} MB that are read. Split it.")
    if not unpacked:
        raise ArticleError(f"{path}: is empty.")
    return unpacked
