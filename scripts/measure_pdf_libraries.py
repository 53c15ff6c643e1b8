"""Compare the libraries that read PDF files: words lost against pdftotext, and pages a second.

    python scripts/measure_pdf_libraries.py /usr/share/doc
    python scripts/measure_pdf_libraries.py --limit 100 ~/papers

Each library that is installed gives the plain text of each page by its own shortest call (pypdfium2, pypdf,
pdfminer.six, playa-pdf, pdf_oxide), and so does haihe. Words are compared as `scripts/measure_reading.py` does it.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure_reading import missing_words, pdftotext, sample, words_of
from rich.console import Console
from rich.progress import track

from indexer.articles import ArticleFile, Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Callable


def _haihe(path: Path) -> str:
    readings = [one for one in read_file(ArticleFile(path, path.name)) if isinstance(one, Reading)]
    return "\n".join(
        "\n".join((one.document.title, one.document.text, *(line.text for line in one.left_out))) for one in readings
    )


def _pypdfium2(path: Path) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def _pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(path.read_bytes())))


def _playa(path: Path) -> str:
    import playa

    with playa.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pdf_oxide(path: Path) -> str:
    from pdf_oxide import PdfDocument

    document = PdfDocument(str(path))
    return "\n".join(document.extract_text(page) for page in range(document.page_count()))


READERS: dict[str, Callable[[Path], str]] = {
    "haihe": _haihe,
    "pypdfium2": _pypdfium2,
    "pypdf": _pypdf,
    "pdfminer.six": _pdfminer,
    "playa-pdf": _playa,
    "pdf_oxide": _pdf_oxide,
}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="files and folders")
    parser.add_argument("--limit", type=int, help="files, always the same ones")
    arguments = parser.parse_args()
    logging.disable()
    print("| library | words lost | failed | pages/s |\n|---|---:|---:|---:|")
    texts = {path: text for path in sample(arguments.folders, (".pdf",), arguments.limit) if (text := _text_of(path))}
    for name, read in READERS.items():
        print(_row(name, read, texts), flush=True)


def _text_of(path: Path) -> str | None:
    try:
        text = pdftotext(path)
    except Exception:  # noqa: BLE001 - what the other reader can't read isn't compared
        return None
    return text if words_of(text) else None


def _row(name: str, read: Callable[[Path], str], texts: dict[Path, str]) -> str:
    words = lost = failed = pages = 0
    seconds = 0.0
    for path, theirs in track(texts.items(), name, console=Console(stderr=True)):
        began = time.process_time()
        try:
            ours = read(path)
        except ImportError:
            return f"| {name} | not installed | | |"
        except Exception as error:  # noqa: BLE001 - a library may fail in any way
            print(f"{name}: {path}: {type(error).__name__}", file=sys.stderr)
            ours, failed = "", failed + 1
        seconds += time.process_time() - began
        words += len(words_of(theirs))
        lost += missing_words(words_of(theirs), words_of(ours)).total()
        pages += theirs.count("\f")
    return f"| {name} | {lost / words:.2%} | {failed} | {pages / seconds:.0f} |"


if __name__ == "__main__":
    main()
