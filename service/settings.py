"""Every setting, typed, from `HAIHE_…` in the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from indexer import Precision, VectorIndexKind
from service.origins import read_portals


class Settings(BaseSettings):
    """The settings that an operator may choose. The encoder is none of them: the index names it."""

    model_config = SettingsConfigDict(env_prefix="HAIHE_", extra="ignore", frozen=True)

    index: Path = Field(Path(".haihe"), description="The index to search.")
    host: str = Field("127.0.0.1", description="The address to listen on; other machines are let in only by choice.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=256, description="Processes that serve; they share the index's pages in memory.")
    precision: Precision = Field(
        Precision.INT8,
        description="The form in which models run: compiled to int8 once, where that is possible, or float32.",
    )
    vector_index: VectorIndexKind = Field(
        VectorIndexKind.AUTO,
        description="The kind of vector index: exact (flat), among the likely neighbours (ivf), by size (auto).",
    )
    threads: int | None = Field(
        None, ge=1, description="Processors that encoding may use; all, shared among the workers, if unset."
    )
    query_cache: int = Field(
        32, ge=0, description="Megabytes for the encodings of lately asked queries, in each worker; 0 keeps none."
    )
    late_interaction: bool = Field(
        default=True, description="Keep the tokens of passages when indexing, and rank by them: better, larger, slower."
    )
    second_opinion: bool = Field(
        default=True,
        description="Keep a second encoder's opinion of passages when indexing, and rank by it: better, slower.",
    )
    ocr: bool = Field(
        default=False,
        description="Recognise the text of PDF pages that are pictures when indexing, by RapidOCR or Tesseract.",
    )
    portals: Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_portals)] = Field(
        (),
        description="Other sites that may show haihe, by scripts and in frames: origins such as https://news.example, "
        "separated by commas or blanks. None if unset.",
    )
    max_k: int = Field(100, ge=1, le=1000, description="The most hits an answer may have.")
    max_batch: int = Field(32, ge=1, le=1000, description="The most searches of one batch.")
    max_offset: int = Field(1000, ge=0, le=100_000, description="The most hits that an answer may pass over.")
    max_query_characters: int = Field(1000, ge=1, description="The longest query.")
    max_body_bytes: int = Field(65_536, ge=1024, description="The largest request body.")
    max_waiting: int = Field(64, ge=1, description="Searches a worker takes at once; more are answered 503.")
