"""Count the words that reading loses, by format, over real files, and print a table.

    python scripts/measure_reading.py                              what this machine's packages hold
    python scripts/measure_reading.py --format md --limit 200 ~/docs
    python scripts/measure_reading.py --json /work/corpora > reading.json

Each file is read as `haihe index` reads it (title and text), and by a reader that shares nothing with it: pandoc for
Markdown and DOCX, pdftotext for PDF (Debian: apt-get install pandoc poppler-utils); plain text is all there. A word of
the other reader that haihe's reading misses is lost; `unsaid` is the share that isn't among what haihe says that it
left out, either. Words are counted as often as they stand, Han characters one by one, without case, punctuation and
compatibility forms; a word that one reader writes as two isn't lost. Files of the same contents count once, and those
without words not at all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import sysconfig
import time
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

from indexer.articles import ArticleFile, Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PATIENCE = 120
"""Seconds for another reader's process."""
_MUCH = 0.05
_WORST = 10
_SHOWN = 12
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


def _run(*command: str, given: str | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - commands of this file, and names of files that the caller gives
        command, input=given, capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=True
    )
    return done.stdout


def _pandoc_markdown(path: Path) -> str:
    # by way of HTML: from Markdown to plain text, pandoc drops what is written in HTML
    source = "gfm-emoji-tex_math_dollars"
    return _run("pandoc", "-f", "html", "-t", "plain", "--wrap=none", given=_run("pandoc", "-f", source, str(path)))


def _pandoc_docx(path: Path) -> str:
    return _run("pandoc", "-f", "docx", "-t", "plain", "--wrap=none", "--track-changes=accept", str(path))


def pdftotext(path: Path) -> str:
    """The text of a PDF file by poppler's reader, a form feed after each page."""
    return _run("pdftotext", "-q", "-enc", "UTF-8", str(path), "-")


def _all_of_it(path: Path) -> str:
    return path.read_text("utf-8", errors="ignore")


@dataclass(frozen=True)
class Format:
    """A format, the endings of its files' names, and the other reader."""

    endings: tuple[str, ...]
    read: Callable[[Path], str]


FORMATS = {
    "txt": Format((".txt", ".text"), _all_of_it),
    "md": Format((".md", ".markdown"), _pandoc_markdown),
    "pdf": Format((".pdf",), pdftotext),
    "docx": Format((".docx",), _pandoc_docx),
}


@dataclass(frozen=True)
class Comparison:
    """A file in both readings: words of the other reader's, those that haihe lost, and those it didn't own up to."""

    path: str
    words: int
    lost: int
    unsaid: int
    seconds: float
    missing: list[str] = field(default_factory=list)
    error: str | None = None

    @property
    def share(self) -> float:
        """The share of the file's words that are lost."""
        return self.lost / self.words


def main() -> None:
    """Measure, and print a table a format, or JSON."""
    arguments = _arguments()
    measured = {name: _measure(name, arguments) for name in arguments.format or FORMATS}
    if arguments.json:
        json.dump({name: [asdict(file) for file in files] for name, files in measured.items()}, sys.stdout, indent=1)
        return
    print("| format | files | words | lost | unsaid | files over 5 % | files/s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, files in measured.items():
        print(_row(name, files))
    for name, files in measured.items():
        _print_worst(name, files)


def _measure(name: str, arguments: argparse.Namespace) -> list[Comparison]:
    paths = sample(arguments.folders or _packages(), FORMATS[name].endings, arguments.limit)
    console = Console(stderr=True)
    compared = (_compare(path, FORMATS[name].read) for path in track(paths, f"{name} files", console=console))
    return [comparison for comparison in compared if comparison is not None]


def _packages() -> list[Path]:
    """The folders where this machine's packages keep their documentation."""
    named = ["/usr/share/doc", "/usr/share/texmf", "/usr/share/texlive", "/usr/lib/node_modules"]
    named += [
        "/usr/local/lib/node_modules",
        "/usr/local/share/doc",
        "~/.nvm",
        "~/.pyenv",
        sysconfig.get_path("purelib"),
    ]
    return [folder for folder in (Path(name).expanduser() for name in named) if folder.is_dir()]


def sample(folders: Sequence[Path], endings: tuple[str, ...], limit: int | None) -> list[Path]:
    """The files of a format, those of the same contents once; where they are limited, always the same ones."""
    found = {
        hashlib.sha256(path.read_bytes()).digest(): path for path in sorted(_files(folders, endings), reverse=True)
    }
    return sorted(found.values(), key=lambda path: hashlib.sha256(str(path).encode()).digest())[:limit]


def _files(folders: Sequence[Path], endings: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_file():
            yield folder
        elif not folder.is_dir():
            raise SystemExit(f"{folder}: no such file or folder. Name folders that hold documents.")
        yield from (path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())


def _compare(path: Path, read: Callable[[Path], str]) -> Comparison | None:
    """Both readings of a file, or None where the other reader finds no words, or fails."""
    try:
        theirs = words_of(read(path))
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{path}: not compared ({type(error).__name__})", file=sys.stderr)
        return None
    if not theirs:
        return None
    began = time.process_time()
    found = list(read_file(ArticleFile(path, path.name)))
    seconds = time.process_time() - began
    readings = [reading for reading in found if isinstance(reading, Reading)]
    ours = words_of("\n".join(f"{one.document.title}\n{one.document.text}" for one in readings))
    said = Counter(words_of("\n".join(line.text for one in readings for line in one.left_out)))
    missing = missing_words(theirs, ours)
    return Comparison(
        path=str(path),
        words=len(theirs),
        lost=missing.total(),
        unsaid=(missing - said).total(),
        seconds=seconds,
        missing=[word for word, _ in missing.most_common(_SHOWN)],
        error=next((str(error) for error in found if isinstance(error, Exception)), None),
    )


def words_of(text: str) -> list[str]:
    """The words of a text, and its Han characters one by one, without case and compatibility forms."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def missing_words(theirs: list[str], ours: list[str]) -> Counter[str]:
    """The words that ours has less often; where one has a word as two, such as at a line's end, both have it."""
    missing, more = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    for first, second in pairwise(theirs):
        if more[first + second] > 0 and (missing[first] > 0 or missing[second] > 0):
            more[first + second] -= 1
            missing -= Counter((first, second))
    for first, second in pairwise(ours):
        if missing[first + second] > 0 and (more[first] > 0 or more[second] > 0):
            missing[first + second] -= 1
    return +missing


def _row(name: str, files: list[Comparison]) -> str:
    words = sum(file.words for file in files)
    seconds = sum(file.seconds for file in files)
    much = sum(file.share > _MUCH for file in files)
    lost, unsaid = (sum(getattr(file, count) for file in files) / max(words, 1) for count in ("lost", "unsaid"))
    speed = f"{len(files) / seconds:.0f}" if seconds else "–"
    return f"| {name} | {len(files):,} | {words:,} | {lost:.2%} | {unsaid:.2%} | {much} | {speed} |"


def _print_worst(name: str, files: list[Comparison]) -> None:
    worst = [file for file in sorted(files, key=lambda file: (-file.share, file.path)) if file.lost][:_WORST]
    if worst:
        print(f"\n{name}, the worst:")
    for file in worst:
        print(
            f"  {file.share:6.1%} of {file.words:,} words  {file.path}\n         {file.error or ' '.join(file.missing)}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="files and folders; default: those of the packages here")
    parser.add_argument("--format", action="append", choices=FORMATS, help="only this one; may be given several times")
    parser.add_argument("--limit", type=int, help="files of each format, always the same ones")
    parser.add_argument("--json", action="store_true", help="every file, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
