"""Files that are ZIP archives, as formats of office programs and books are."""

from __future__ import annotations

import io
import zipfile


def zipped(files: dict[str, str]) -> bytes:
    """An archive of some texts by their paths."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return written.getvalue()
