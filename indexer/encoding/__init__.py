"""Texts to vectors: the `Encoder` protocol, the bundled model, and any sentence-transformers model."""

from indexer.encoding.bundled import BUNDLED_MODEL, bundled_model, cache_directory
from indexer.encoding.encoder import (
    EncodedTexts,
    Encoder,
    EncoderIdentity,
    SentenceTransformerEncoder,
    TokenEmbeddings,
    TokenEncoder,
    load_encoder,
    probe,
)

__all__ = [
    "BUNDLED_MODEL",
    "EncodedTexts",
    "Encoder",
    "EncoderIdentity",
    "SentenceTransformerEncoder",
    "TokenEmbeddings",
    "TokenEncoder",
    "bundled_model",
    "cache_directory",
    "load_encoder",
    "probe",
]
