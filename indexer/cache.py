"""The folder for what can be made again; files and folders are written there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Callable


def cache_directory() -> Path:
    """The folder for what can be made again: `HAIHE_CACHE`, or the user's cache folder."""
    return Path(os.environ.get("HAIHE_CACHE") or platformdirs.user_cache_path("haihe"))


def publish(folder: Path, write: Callable[[Path], None]) -> None:
    """Have a folder written beside its place and rename it, so that a kill leaves no half folder.

    Args:
        folder: what is made; another process may be first, with the same content.
        write: writes the files into the folder that it is given.

    Raises:
        OSError: it can't be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write(draft)
        try:
            draft.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def publish_file(path: Path, write: Callable[[Path], None]) -> None:
    """The same with a file.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.draft")
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
