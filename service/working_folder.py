"""A folder for what takes long to make."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def working_folder(kept: Path | None, *, prefix: str) -> Iterator[Path]:
    """The folder that is to be kept, or one that is gone afterwards.

    Args:
        kept: made where it is missing; None for a temporary one.
        prefix: what the name of a temporary one begins with.

    Raises:
        CorpusError: it can't be made.
    """
    if kept is None:
        with tempfile.TemporaryDirectory(prefix=prefix) as folder:
            yield Path(folder)
        return
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"{kept}: can't be made ({error}). Name another folder with --work.") from error
    yield kept.resolve()
