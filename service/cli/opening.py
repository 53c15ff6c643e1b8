"""Open what commands need, the encoder and an index with it, and build an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import IndexRecipe, load_encoder, load_second_encoder
from service.cli.show.messages import fail, progress_bar, say, status
from service.opening import open_searcher
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer import BuildReport, Encoder, LateInteraction, Manifest, Recognizer, SecondEncoder, VectorIndexKind
    from service.cli.asking import Answerer
    from service.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Makers:
    """All that makes an index, loaded, and the choices of how; `recipe` is the record of them."""

    encoder: Encoder
    second: SecondEncoder | None
    recognizer: Recognizer | None
    late_interaction: LateInteraction
    vector_index: VectorIndexKind

    @classmethod
    def load(cls, model: str, *, vector_index: VectorIndexKind, ocr: bool) -> Makers:
        """Load a model and what the settings want beside it; a recognizer that is missing is told of first."""
        reads_pictures = recognizer(ocr=ocr)
        return cls(encoder_of(model), second_encoder(), reads_pictures, late_interaction(), vector_index)

    @property
    def recipe(self) -> IndexRecipe:
        """The recipe of an index that they make."""
        return IndexRecipe.of(
            self.encoder,
            second=self.second,
            late_interaction=self.late_interaction,
            vector_index=self.vector_index,
            recognizer=self.recognizer,
        )


def encoder_of(model: str) -> Encoder:
    """A model, loaded as the settings say."""
    settings = Settings()
    with status("Loading the model"):
        return load_encoder(model, precision=settings.precision, threads=settings.threads, announce=say)


def second_encoder() -> SecondEncoder | None:
    """The second encoder, where the settings want its opinion."""
    return load_second_encoder(say) if Settings().second_opinion else None


def recognizer(*, ocr: bool) -> Recognizer | None:
    """The recognizer of pages that are pictures, where that is wanted."""
    from indexer import load_recognizer

    return load_recognizer(say) if ocr else None


def late_interaction() -> LateInteraction:
    """Late interaction on or off, as the environment has it."""
    from indexer import LateInteraction

    return LateInteraction.ON if Settings().late_interaction else LateInteraction.OFF


def searcher_of(index: Path) -> Searcher:
    """An index, opened as the settings say."""
    return open_searcher(Settings(index=index), announce=say)


def answerer_of(index: Path, url: str | None) -> Answerer:
    """A server where one is named, else an index."""
    from service.cli.asking import IndexHere, Server

    if url is not None:
        from service.client import Client

        return Server(Client(url))
    with status("Opening the index"):
        return IndexHere(searcher_of(index))


def build(paths: Sequence[Path], index: Path, makers: Makers, *, strict: bool) -> BuildReport:
    """Index articles, with progress, and say what became of them."""
    from indexer import build_snapshot

    with progress_bar() as progress:
        report = build_snapshot(
            paths,
            index,
            makers.encoder,
            second=makers.second,
            progress=progress,
            strict=strict,
            late_interaction=makers.late_interaction,
            vector_index=makers.vector_index,
            recognizer=makers.recognizer,
        )
    say(summary(report.manifest))
    if report.warnings:
        say(f"{len(report.warnings)} article(s) may be read wrongly; `haihe read FILE` shows what was taken.")
    if report.failures:
        say(f"{len(report.failures)} article(s) left out; see the warnings above.")
    return report


def summary(manifest: Manifest) -> str:
    """An index in a line."""
    passages = ", ".join(f"{count} {language}" for language, count in manifest.passages.items())
    foreign = f", {manifest.foreign} left out in other languages" if manifest.foreign else ""
    return (
        f"{manifest.documents} articles, {sum(manifest.passages.values())} passages ({passages}{foreign}), "
        f"encoder {manifest.encoder.model}, generation {manifest.generation}"
    )


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file that the user named."""
    try:
        path.write_text(text, encoding, newline="")
    except OSError as error:
        fail(f"{path}: can't be written ({error.strerror or error}). Name another file.")
