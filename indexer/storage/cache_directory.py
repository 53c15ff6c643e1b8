"""The folder for what can be made again: whole, or made anew.

Whatever is kept there lies beside its checksums, in the format of `sha256sum`: a file's in NAME.sha256, those of a
folder in its SHA256SUMS. What they don't vouch for, as after a loss of power, is made again. Files are on the disk
before they get their names.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from filelock import FileLock

from indexer.errors import CacheError
from indexer.storage.disk import flush_to_disk, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LOG = logging.getLogger("haihe")
_SUMS = "SHA256SUMS"


def cache_directory() -> Path:
    """The folder for what can be made again: `HAIHE_CACHE`, or the user's cache folder."""
    return Path(os.environ.get("HAIHE_CACHE") or platformdirs.user_cache_path("haihe"))


def kept_file(name: str, write: Callable[[Path], None]) -> Path:
    """The path of a file of the cache folder, which is made where it is missing or not whole.

    Args:
        name: of the file.
        write: writes it to the path that it is given; of several processes that need it at once, one is asked to.

    Raises:
        CacheError: it can't be written.
    """
    path = cache_directory() / name
    try:
        if not is_whole(path):
            with making(path) as is_needed:
                if is_needed:
                    publish_file(path, lambda draft: _write_with_sums(draft, path, write))
    except OSError as error:
        message = f"{path}: can't be written ({error}). Free some space or set HAIHE_CACHE to another folder."
        raise CacheError(message) from error
    return path


def kept_folder(name: str, write: Callable[[Path], None]) -> Path:
    """The same with a folder; `write` writes the files into the folder that it is given.

    Raises:
        OSError: it can't be written.
    """
    folder = cache_directory() / name
    if not is_whole(folder):
        with making(folder) as is_needed:
            if is_needed:
                publish(folder, write)
    return folder


def is_whole(path: Path) -> bool:
    """Tell whether a file or a folder, with all its files, is what its checksums say."""
    try:
        if path.is_dir():
            return (path / _SUMS).read_text("utf-8") == _sums_of(path, _files_of(path))
        return _sums_path(path).read_text("utf-8") == _sums_of(path.parent, [path])
    except (OSError, UnicodeDecodeError):
        return False


@contextmanager
def making(path: Path) -> Iterator[bool]:
    """While one process makes a file or folder, others wait; gives whether it still has to be made.

    Says so where there is one that isn't whole, and removes what makers that were killed have left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f".{path.name}.lock")):
        is_needed = not is_whole(path)
        if is_needed:
            if path.exists():
                _LOG.warning("%s isn't whole, or an earlier haihe made it; it is made anew.", path)
            for draft in path.parent.glob(f"{_draft_prefix(path)}*"):
                _remove(draft)
        yield is_needed


def publish(folder: Path, write: Callable[[Path], None]) -> None:
    """Have a folder written beside its place, with checksums, and rename it, so that a kill leaves no half folder.

    Args:
        folder: what is made, in place of one that is there; nobody else makes it meanwhile.
        write: writes the files into the folder that it is given.

    Raises:
        OSError: it can't be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=_draft_prefix(folder), dir=folder.parent))
    try:
        write(draft)
        (draft / _SUMS).write_text(_sums_of(draft, _files_of(draft)), "utf-8")
        for path in draft.rglob("*"):
            flush_to_disk(path)
        flush_to_disk(draft)
        if folder.is_symlink() or folder.exists():
            folder.rename(draft.with_name(f"{draft.name}-replaced"))
        draft.rename(folder)
        flush_to_disk(folder.parent)
    finally:
        for path in (draft, draft.with_name(f"{draft.name}-replaced")):
            _remove(path)


def publish_file(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside its place and rename it.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{_draft_prefix(path)}{os.getpid()}-{threading.get_ident()}")
    try:
        write(draft)
        flush_to_disk(draft)
        draft.replace(path)
        flush_to_disk(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _write_with_sums(draft: Path, path: Path, write: Callable[[Path], None]) -> None:
    """Write a file to a draft, and what its checksum will be beside its place."""
    write(draft)
    sums = _sums_of(draft.parent, [draft]).replace(draft.name, path.name)
    publish_file(_sums_path(path), lambda other: _write_text(other, sums))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _draft_prefix(path: Path) -> str:
    return f".{path.name}.draft-"


def _sums_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / _SUMS)


def _sums_of(folder: Path, files: Iterable[Path]) -> str:
    """The checksums of files of a folder, as `sha256sum` prints them there."""
    return "".join(f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
