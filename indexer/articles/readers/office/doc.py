"""Word's old binary format (.doc), through LibreOffice, antiword or catdoc, whichever is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.articles.decoding import decode
from indexer.articles.page import Layout, Page
from indexer.articles.readers.html import read_html
from indexer.articles.readers.mail import read_mhtml
from indexer.articles.readers.office.docx import OLE, read_docx
from indexer.articles.readers.office.rtf import read_rtf
from indexer.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.articles.page import Found

_PATIENCE = 60
"""Seconds for a program to convert a file; LibreOffice takes two to start."""
_IN_DISGUISE = {
    b"PK\x03\x04": read_docx,
    b"{\\rtf": read_rtf,
    b"MIME-Version:": read_mhtml,
}
_STREAM = "WordDocument".encode("utf-16-le")
"""The part that each of Word's old files has; LibreOffice takes a file without it for plain text."""
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_NO_LINKS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""
"""LibreOffice's profile: it neither loads what a file links to nor runs its macros."""


def read_doc(data: bytes, name: str) -> Iterator[Found]:
    """A .doc file; what other programs save under that name (DOCX, RTF, web pages) is read as what it is."""
    for start, reader in _IN_DISGUISE.items():
        if data.startswith(start):
            yield from reader(data, name)
            return
    if _PAGE.match(data):
        yield from read_html(data, name)
        return
    if not data.startswith(OLE) or _STREAM not in data:
        raise ArticleError(f"{name}: is no Word document. Open it and save a copy as .docx.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.doc")
        path.write_bytes(data)
        yield from _convert(path, name)


def _convert(path: Path, name: str) -> Iterator[Found]:
    if office := shutil.which("soffice") or shutil.which("libreoffice"):
        yield from read_docx(_as_docx(office, path, name), name)
    elif program := shutil.which("antiword"):
        yield None, _plain(_run([program, "-w", "0", "-m", "UTF-8.txt", str(path)], name), name)
    elif program := shutil.which("catdoc"):
        yield None, _plain(_run([program, "-w", "-d", "utf-8", str(path)], name), name)
    else:
        raise ArticleError(
            f"{name}: .doc files are read through LibreOffice, antiword or catdoc, and none is installed. "
            "Save a copy as .docx, or install one: apt-get install antiword."
        )


def _as_docx(office: str, path: Path, name: str) -> bytes:
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_NO_LINKS, "utf-8")
    options = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    _run([office, *options, "--convert-to", "docx", "--outdir", str(path.parent), str(path)], name)
    converted = path.with_suffix(".docx")
    if not converted.is_file():
        raise ArticleError(f"{name}: LibreOffice can't open it. Open it in Word and save a copy as .docx.")
    return converted.read_bytes()


def _run(command: list[str], name: str) -> bytes:
    """Run a program for what it writes; it is ended, with all that it has started, where it takes too long."""
    with subprocess.Popen(  # noqa: S603 - a program of the system, on a file of our own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            output, _ = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise ArticleError(f"{name}: takes over {_PATIENCE} seconds to convert. Save a copy as .docx.") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # LibreOffice's starter is a script: its program would go on
    return output


def _plain(output: bytes, name: str) -> Page:
    if not output.strip():
        raise ArticleError(f"{name}: can't be read as .doc. Open it in Word and save a copy as .docx.")
    decoded = decode(output, name=name)
    return Page(decoded.text, layout=Layout.ARTICLE, warnings=decoded.warnings)
