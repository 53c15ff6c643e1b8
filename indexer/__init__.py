"""The write side of haihe: articles to a snapshot, and the snapshot opened again."""

from indexer.article_store import PassageFilter
from indexer.build import (
    BuildReport,
    LateInteraction,
    build_snapshot,
    fingerprint_of_build,
    index_passages,
    whole_passages,
)
from indexer.encoding import BUNDLED_MODEL, Encoder, Precision, TokenEncoder, load_encoder
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
from indexer.glosses import Glossary
from indexer.language import query_language
from indexer.language_space import LanguageSpace
from indexer.lexical_index import FoundTerms, LexicalIndex, best_matches
from indexer.manifest import Manifest, read_manifest, verify_snapshot
from indexer.maxsim import QueryTokens
from indexer.phrases import rows_with_phrases
from indexer.progress import Progress, Silent
from indexer.records import Document, Language, Passage
from indexer.snapshot import Pool, Snapshot, open_snapshot
from indexer.terms import TermGroup, TermKind, dated_terms, folded, passage_terms, query_terms
from indexer.token_space import Moments as TokenMoments
from indexer.token_space import TokenRows, late_interaction
from indexer.vector_index import Neighbours, VectorIndex, VectorIndexKind

__all__ = [
    "BUNDLED_MODEL",
    "ArticleError",
    "BuildReport",
    "CorpusError",
    "Document",
    "Encoder",
    "EncoderError",
    "FoundTerms",
    "Glossary",
    "HaiheError",
    "Language",
    "LanguageSpace",
    "LateInteraction",
    "LexicalIndex",
    "Manifest",
    "Neighbours",
    "Passage",
    "PassageFilter",
    "Pool",
    "Precision",
    "Progress",
    "QueryTokens",
    "Silent",
    "Snapshot",
    "SnapshotBusy",
    "SnapshotDamaged",
    "SnapshotError",
    "SnapshotMismatch",
    "SnapshotMissing",
    "TermGroup",
    "TermKind",
    "TokenEncoder",
    "TokenMoments",
    "TokenRows",
    "VectorIndex",
    "VectorIndexKind",
    "best_matches",
    "build_snapshot",
    "dated_terms",
    "fingerprint_of_build",
    "folded",
    "index_passages",
    "late_interaction",
    "load_encoder",
    "open_snapshot",
    "passage_terms",
    "query_language",
    "query_terms",
    "read_manifest",
    "rows_with_phrases",
    "verify_snapshot",
    "whole_passages",
]
