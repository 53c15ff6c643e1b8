"""Texts to vectors: the `Encoder` protocol, the bundled model, any sentence-transformers model; a second encoder."""

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
from indexer.encoding.second import SecondEncoder, load_second_encoder

__all__ = [
    "BUNDLED_MODEL",
    "EncodedTexts",
    "Encoder",
    "EncoderIdentity",
    "Precision",
    "SecondEncoder",
    "TokenEmbeddings",
    "TokenEncoder",
    "bundled_model",
    "load_encoder",
    "load_second_encoder",
    "probe",
]
