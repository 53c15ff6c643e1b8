"""Every setting, typed, from `HAIHE_…` in the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set. The encoder is no setting: the index names it."""

    model_config = SettingsConfigDict(env_prefix="HAIHE_", extra="ignore", frozen=True)

    index: Path = Field(Path(".haihe"), description="The index to search.")
    host: str = Field("127.0.0.1", description="The address to listen on; other machines are let in only by choice.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    late_interaction: bool = Field(
        default=True, description="Keep the tokens of passages when indexing, and rank by them: better, larger, slower."
    )
    max_k: int = Field(100, ge=1, le=1000, description="The most hits an answer may have.")
    max_offset: int = Field(1000, ge=0, le=100_000, description="How far into the ranking an answer may begin.")
    max_query_characters: int = Field(1000, ge=1, description="The longest query.")
    max_body_bytes: int = Field(65_536, ge=1024, description="The largest request body.")
    max_waiting: int = Field(64, ge=1, description="Searches that may wait at once; more are answered 503.")
