"""An encoder's statistics on the reference text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from indexer.encoding import TokenEncoder
from indexer.errors import EncoderError
from indexer.indexes.vector_index import representatives
from indexer.records import Language
from indexer.spaces.language_space import measure_space
from indexer.spaces.product_quantizer import ProductQuantizer
from indexer.spaces.token_space import TokenReference, TokenSpace, joined, late_interaction
from indexer.text.reference_corpus import reference_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from indexer.encoding import Encoder
    from indexer.spaces.language_space import LanguageSpace

    Matrix = NDArray[np.float32]

_TRAINING_TOKENS = 24_000
"""Tokens that the quantizer's centroids are measured on."""
_SAMPLE = 64
"""Passages of the reference, a language, that late interaction is standardised by in small corpora."""
_ATTENUATION_QUERIES = 100


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """An encoder's statistics on the reference text.

    Attributes:
        spaces: of whole embeddings, by language.
        attenuation: by how many deviations the right passage in the query's language stands out, over those by which
            its translation does; 1 for a model that doesn't mind the language.
        tokens: the same and more of its tokens; None for an encoder that gives none.
    """

    spaces: Mapping[Language, LanguageSpace]
    attenuation: float
    tokens: TokenReference | None


@dataclass(frozen=True, slots=True, eq=False)
class _Encoded:
    """Texts, encoded; `tokens` is empty for an encoder that gives none."""

    embeddings: Matrix
    tokens: list[Matrix]


def measure_reference(encoder: Encoder) -> Reference:
    """Encode the reference text and measure it; entries longer than the encoder reads are left out.

    Raises:
        EncoderError: none is short enough.
    """
    text = reference_text()
    fits = [
        max(encoder.count_tokens(entry)) <= encoder.max_tokens
        for entry in zip(*(column for part in text.values() for column in part), strict=True)
    ]
    if not any(fits):
        reads = f"{encoder.identity.model!r} reads {encoder.max_tokens} tokens at a time"
        raise EncoderError(f"{reads}, too few for passages. Name another model.")
    passages = {
        language: _encode_passages(list(compress(part.passages, fits)), encoder) for language, part in text.items()
    }
    queries = {
        language: _encode_queries(list(compress(part.queries, fits)), encoder) for language, part in text.items()
    }
    spaces = {
        language: measure_space(passages[language].embeddings, queries[language].embeddings) for language in Language
    }
    tokens = _measure_tokens(passages, queries) if isinstance(encoder, TokenEncoder) else None
    return Reference(spaces, _dense_attenuation(passages, queries, spaces), tokens)


def _encode_passages(texts: list[str], encoder: Encoder) -> _Encoded:
    if not isinstance(encoder, TokenEncoder):
        return _Encoded(encoder.encode_passages(texts), [])
    embeddings, tokens = encoder.encode_passages_and_tokens(texts)
    return _Encoded(embeddings, [text.vectors for text in tokens])


def _encode_queries(texts: list[str], encoder: Encoder) -> _Encoded:
    if not isinstance(encoder, TokenEncoder):
        return _Encoded(encoder.encode_queries(texts), [])
    embeddings, tokens = encoder.encode_queries_and_tokens(texts)
    return _Encoded(embeddings, [text.vectors for text in tokens])


def _measure_tokens(passages: Mapping[Language, _Encoded], queries: Mapping[Language, _Encoded]) -> TokenReference:
    spaces = {
        language: TokenSpace.without_reference(
            np.concatenate(passages[language].tokens).mean(axis=0),
            np.concatenate(queries[language].tokens).mean(axis=0),
        )
        for language in Language
    }
    centred = {
        language: [spaces[language].centre_passage(tokens) for tokens in passages[language].tokens]
        for language in Language
    }
    everything = np.concatenate([tokens for texts in centred.values() for tokens in texts])
    quantizer = ProductQuantizer.train(everything[:: max(1, len(everything) // _TRAINING_TOKENS)])
    for language in Language:
        embeddings = passages[language].embeddings
        rows, weights = representatives(embeddings - embeddings.mean(axis=0), _SAMPLE)
        sample = joined([centred[language][row] for row in rows])
        spaces[language] = replace(
            spaces[language],
            reference=quantizer.encode(sample.vectors),
            reference_offsets=sample.offsets,
            reference_weights=weights,
        )
    return TokenReference(quantizer, spaces, _token_attenuation(centred, queries, spaces))


def _dense_attenuation(
    passages: Mapping[Language, _Encoded],
    queries: Mapping[Language, _Encoded],
    spaces: Mapping[Language, LanguageSpace],
) -> float:
    centred = {language: spaces[language].centre_passages(passages[language].embeddings) for language in Language}

    def scores(asked_in: Language, number: int, language: Language) -> NDArray[np.float32]:
        query = spaces[asked_in].centre_query(queries[asked_in].embeddings[number])
        products: NDArray[np.float32] = centred[language] @ query
        return products

    return _attenuation(scores, len(centred[Language.EN]))


def _token_attenuation(
    centred: Mapping[Language, list[Matrix]],
    queries: Mapping[Language, _Encoded],
    spaces: Mapping[Language, TokenSpace],
) -> float:
    passages = {language: joined(texts) for language, texts in centred.items()}

    def scores(asked_in: Language, number: int, language: Language) -> NDArray[np.float32]:
        query = spaces[asked_in].centre_query(queries[asked_in].tokens[number])
        return late_interaction(query, passages[language])

    return _attenuation(scores, len(centred[Language.EN]))


def _attenuation(scores: Callable[[Language, int, Language], NDArray[np.float32]], count: int) -> float:
    """The factor by which the right passage stands out more in the query's language than its translation; 1 at least.

    Args:
        scores: a query's language, its number and the language of the passages, to the scores of all of these.
        count: how many queries there are; passage i answers query i.
    """
    standing: dict[bool, list[float]] = {True: [], False: []}
    for asked_in in Language:
        for number in range(0, count, max(1, count // _ATTENUATION_QUERIES)):
            for language in Language:
                products = scores(asked_in, number, language)
                deviations = (products[number] - products.mean()) / max(float(products.std()), 1e-6)
                standing[asked_in == language].append(float(deviations))
    same, across = float(np.mean(standing[True])), float(np.mean(standing[False]))
    return max(same / across, 1.0) if across > 0 else 1.0
