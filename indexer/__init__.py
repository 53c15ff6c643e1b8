"""The write side of haihe: articles to a snapshot, and the snapshot opened again."""

from indexer.build import (
    BuildReport,
    Progress,
    Silent,
    build_snapshot,
    fingerprint_of_build,
    index_passages,
    whole_passages,
)
from indexer.encoding import BUNDLED_MODEL, Encoder, load_encoder
from indexer.errors import (
    ArticleError,
    CorpusError,
    EncoderError,
    HaiheError,
    SnapshotBusy,
    SnapshotDamaged,
    SnapshotError,
    SnapshotMismatch,
    SnapshotMissing,
)
from indexer.language import query_language
from indexer.language_space import LanguageSpace
from indexer.records import Document, Language, Passage
from indexer.snapshot import Manifest, PassageFilter, Snapshot, open_snapshot, read_manifest, verify_snapshot
from indexer.vector_index import Neighbours, VectorIndex

__all__ = [
    "BUNDLED_MODEL",
    "ArticleError",
    "BuildReport",
    "CorpusError",
    "Document",
    "Encoder",
    "EncoderError",
    "HaiheError",
    "Language",
    "LanguageSpace",
    "Manifest",
    "Neighbours",
    "Passage",
    "PassageFilter",
    "Progress",
    "Silent",
    "Snapshot",
    "SnapshotBusy",
    "SnapshotDamaged",
    "SnapshotError",
    "SnapshotMismatch",
    "SnapshotMissing",
    "VectorIndex",
    "build_snapshot",
    "fingerprint_of_build",
    "index_passages",
    "load_encoder",
    "open_snapshot",
    "query_language",
    "read_manifest",
    "verify_snapshot",
    "whole_passages",
]
