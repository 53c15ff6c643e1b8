"""The write side of haihe: articles to a snapshot, and the snapshot opened again."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.article_store import DateRange, Origin, PassageFilter, Printing
    from indexer.articles import (
        ArticleFile,
        LeftOut,
        Listing,
        Reading,
        Recognizer,
        find_files,
        load_recognizer,
        read_file,
    )
    from indexer.build import (
        BuildReport,
        LateInteraction,
        build_snapshot,
        fingerprint_of_build,
        index_passages,
        whole_passages,
    )
    from indexer.encoding import (
        BUNDLED_MODEL,
        Encoder,
        Precision,
        SecondEncoder,
        TokenEncoder,
        load_encoder,
        load_second_encoder,
    )
    from indexer.errors import (
        ArticleError,
        CacheError,
        CorpusError,
        EncoderError,
        HaiheError,
        RecognitionMissing,
        SnapshotBusy,
        SnapshotDamaged,
        SnapshotError,
        SnapshotMismatch,
        SnapshotMissing,
    )
    from indexer.examples import ExampleQuery, ExampleSubject, example_queries
    from indexer.foreign import foreign_language
    from indexer.glosses import Glossary
    from indexer.language import query_language
    from indexer.language_space import LanguageSpace
    from indexer.lexical_index import FoundTerms, LexicalIndex, best_matches
    from indexer.manifest import Manifest, read_manifest, verify_snapshot
    from indexer.maxsim import QueryTokens
    from indexer.phrases import FilteredRows, WordFilter
    from indexer.progress import Progress, Silent
    from indexer.records import Document, Language, Passage
    from indexer.snapshot import Pool, Snapshot, open_snapshot
    from indexer.terms import (
        TOGETHER,
        TermGroup,
        TermKind,
        char_pairs,
        covered_share,
        dated_terms,
        folded,
        heaviest,
        meant_terms,
        passage_terms,
        query_terms,
        simplified,
        syllable_count,
    )
    from indexer.token_space import Moments as TokenMoments
    from indexer.token_space import TokenRows, late_interaction
    from indexer.vector_index import Neighbours, VectorIndex, VectorIndexKind

__all__ = [
    "BUNDLED_MODEL",
    "TOGETHER",
    "ArticleError",
    "ArticleFile",
    "BuildReport",
    "CacheError",
    "CorpusError",
    "DateRange",
    "Document",
    "Encoder",
    "EncoderError",
    "ExampleQuery",
    "ExampleSubject",
    "FilteredRows",
    "FoundTerms",
    "Glossary",
    "HaiheError",
    "Language",
    "LanguageSpace",
    "LateInteraction",
    "LeftOut",
    "LexicalIndex",
    "Listing",
    "Manifest",
    "Neighbours",
    "Origin",
    "Passage",
    "PassageFilter",
    "Pool",
    "Precision",
    "Printing",
    "Progress",
    "QueryTokens",
    "Reading",
    "RecognitionMissing",
    "Recognizer",
    "SecondEncoder",
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
    "WordFilter",
    "best_matches",
    "build_snapshot",
    "char_pairs",
    "covered_share",
    "dated_terms",
    "example_queries",
    "find_files",
    "fingerprint_of_build",
    "folded",
    "foreign_language",
    "heaviest",
    "index_passages",
    "late_interaction",
    "load_encoder",
    "load_recognizer",
    "load_second_encoder",
    "meant_terms",
    "open_snapshot",
    "passage_terms",
    "query_language",
    "query_terms",
    "read_file",
    "read_manifest",
    "simplified",
    "syllable_count",
    "verify_snapshot",
    "whole_passages",
]

_HOMES = {
    "article_store": ("DateRange", "Origin", "PassageFilter", "Printing"),
    "articles": (
        "ArticleFile",
        "LeftOut",
        "Listing",
        "Reading",
        "Recognizer",
        "find_files",
        "load_recognizer",
        "read_file",
    ),
    "build": (
        "BuildReport",
        "LateInteraction",
        "build_snapshot",
        "fingerprint_of_build",
        "index_passages",
        "whole_passages",
    ),
    "encoding": (
        "BUNDLED_MODEL",
        "Encoder",
        "Precision",
        "SecondEncoder",
        "TokenEncoder",
        "load_encoder",
        "load_second_encoder",
    ),
    "errors": (
        "ArticleError",
        "CacheError",
        "CorpusError",
        "EncoderError",
        "HaiheError",
        "RecognitionMissing",
        "SnapshotBusy",
        "SnapshotDamaged",
        "SnapshotError",
        "SnapshotMismatch",
        "SnapshotMissing",
    ),
    "examples": ("ExampleQuery", "ExampleSubject", "example_queries"),
    "foreign": ("foreign_language",),
    "glosses": ("Glossary",),
    "language": ("query_language",),
    "language_space": ("LanguageSpace",),
    "lexical_index": ("FoundTerms", "LexicalIndex", "best_matches"),
    "manifest": ("Manifest", "read_manifest", "verify_snapshot"),
    "maxsim": ("QueryTokens",),
    "phrases": ("FilteredRows", "WordFilter"),
    "progress": ("Progress", "Silent"),
    "records": ("Document", "Language", "Passage"),
    "snapshot": ("Pool", "Snapshot", "open_snapshot"),
    "terms": (
        "TOGETHER",
        "TermGroup",
        "TermKind",
        "char_pairs",
        "covered_share",
        "dated_terms",
        "folded",
        "heaviest",
        "meant_terms",
        "passage_terms",
        "query_terms",
        "simplified",
        "syllable_count",
    ),
    "token_space": ("TokenMoments", "TokenRows", "late_interaction"),
    "vector_index": ("Neighbours", "VectorIndex", "VectorIndexKind"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}
_OTHERWISE_CALLED = {"TokenMoments": "Moments"}

if not TYPE_CHECKING:  # so that a misspelt name is found by mypy

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for: searching needs none of the modules that read articles."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"indexer.{_MODULES[name]}"), _OTHERWISE_CALLED.get(name, name))
        globals()[name] = value  # asked for once
        return value
