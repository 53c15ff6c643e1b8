"""Text recognition for pages that are pictures, by Tesseract or RapidOCR, whichever is installed."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from indexer.articles.readers.pdf.segments import Segment, glue
from indexer.errors import RecognitionMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]
    """Height and width; 0 is black."""

_LANGUAGES = (("chi_sim", "eng"), ("chi_tra", "eng"), ("chi_sim",), ("chi_tra",), ("eng",))
"""Of Tesseract, the best first; asked for both kinds of Chinese, it mixes them in a line."""
_PATIENCE = 120
"""Seconds for one page."""
_LEAST_SURE = 0.5
_TYPE = 0.8
"""Of a line's height: about the size of its type."""


class RecognizedLine(NamedTuple):
    """A line of text in a picture, and its edges in pixels from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Engine(Protocol):
    """A program or library that reads pictures."""

    @property
    def name(self) -> str:
        """Its name, version and languages: another engine reads other texts."""

    def read(self, picture: Picture) -> list[RecognizedLine]:
        """The lines in a picture."""


@dataclass(frozen=True, slots=True)
class Recognizer:
    """An engine, and who is told of each page that it reads."""

    engine: Engine
    announce: Callable[[str], None]

    @property
    def name(self) -> str:
        """The name of its engine."""
        return self.engine.name

    def read(self, picture: Picture, place: str) -> list[Segment]:
        """The lines in the picture of a page, which `place` names, as segments in pixels."""
        self.announce(f"Recognising {place} …")
        lines = self.engine.read(picture)
        return [
            Segment(line.text, line.left, line.right, line.bottom, _TYPE * (line.bottom - line.top), number)
            for number, line in enumerate(lines)
        ]


def load_recognizer(announce: Callable[[str], None]) -> Recognizer:
    """RapidOCR where it is installed, else Tesseract with the languages of these that it has: Chinese and English.

    Raises:
        RecognitionMissing: neither is installed.
    """
    for engine in (RapidOcr, Tesseract):
        if engine.is_installed():
            return Recognizer(engine(), announce)
    raise RecognitionMissing(
        "No text recognition is installed. Install one: pip install 'haihe[ocr]', "
        "or apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra."
    )


class Tesseract:
    """The program `tesseract`, one process a page."""

    def __init__(self) -> None:
        listed = set(_run_tesseract("--list-langs").decode(errors="replace").split())
        self._languages = "+".join(next((names for names in _LANGUAGES if listed.issuperset(names)), ()))
        if not self._languages:
            raise RecognitionMissing(
                "Tesseract knows neither Chinese nor English. "
                "Run: apt-get install tesseract-ocr-chi-sim tesseract-ocr-eng."
            )
        version = _run_tesseract("--version").decode(errors="replace").split("\n")[0]
        self.name = f"{version} {self._languages}"

    @staticmethod
    def is_installed() -> bool:
        """Look for the program on the path."""
        return shutil.which("tesseract") is not None

    def read(self, picture: Picture) -> list[RecognizedLine]:
        """The lines in a picture."""
        height, width = picture.shape
        header = f"P5 {width} {height} 255\n".encode()
        table = _run_tesseract("stdin", "stdout", "-l", self._languages, "tsv", given=header + picture.tobytes())
        return list(_lines_of_table(table.decode(errors="replace")))


def _run_tesseract(*arguments: str, given: bytes | None = None) -> bytes:
    command = ["tesseract", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - of this file
    return done.stdout


def _lines_of_table(table: str) -> Iterator[RecognizedLine]:
    """The lines of Tesseract's table of words: level, five numbers, left, top, width, height, sureness, text."""
    words: dict[tuple[str, ...], list[list[str]]] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= 0:  # noqa: PLR2004 - columns of the table
            words.setdefault(tuple(cells[1:5]), []).append(cells)
    for line in words.values():
        boxes = [tuple(map(float, cells[6:10])) for cells in line]
        left, top = (min(box[side] for box in boxes) for side in (0, 1))
        right, bottom = (max(box[side] + box[side + 2] for box in boxes) for side in (0, 1))
        yield RecognizedLine(_joined([cells[11].strip() for cells in line]), left, top, right, bottom)


def _joined(words: Sequence[str]) -> str:
    text = words[0]
    for word in words[1:]:
        text += glue(text, word) + word
    return text


class RapidOcr:
    """The library RapidOCR: PP-OCR's models of Chinese and English, which come with it."""

    def __init__(self) -> None:
        from importlib.metadata import version

        from rapidocr import RapidOCR

        self.name = f"rapidocr {version('rapidocr')}"
        self._engine = RapidOCR(params={"Global.log_level": "error"})

    @staticmethod
    def is_installed() -> bool:
        """Look for the library and the runtime that it needs."""
        return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))

    def read(self, picture: Picture) -> list[RecognizedLine]:
        """The lines in a picture."""
        output = self._engine(picture)
        if output.boxes is None:
            return []
        return [
            RecognizedLine(text, *(float(edge) for edge in (*box.min(axis=0), *box.max(axis=0))))
            for box, text, sureness in zip(output.boxes, output.txts, output.scores, strict=True)
            if sureness >= _LEAST_SURE
        ]
