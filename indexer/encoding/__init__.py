"""Texts to vectors: the `Encoder` protocol, the bundled model, and any sentence-transformers model."""

from indexer.encoding.bundled import BUNDLED_MODEL, bundled_model
from indexer.encoding.encoder import (
    EncodedTexts,
    Encoder,
    EncoderIdentity,
    TokenEmbeddings,
    TokenEncoder,
    probe,
)
from indexer.encoding.loading import Precision, load_encoder

__all__ = [
    "BUNDLED_MODEL",
    "EncodedTexts",
    "Encoder",
    "EncoderIdentity",
    "Precision",
    "TokenEmbeddings",
    "TokenEncoder",
    "bundled_model",
    "load_encoder",
    "probe",
]
