"""Texts to vectors: what an encoder is, and any sentence-transformers model as one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast, runtime_checkable

import numpy as np

from indexer.encoding.bundled import BUNDLED_MODEL, BUNDLED_REVISION, bundled_model
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Embeddings = NDArray[np.float32]

_BATCH = 32
_SAME_DIRECTION = 0.999
_PROBES = ("海河流经天津，注入渤海。", "The Hai River flows through Tianjin into the Bohai Sea.")


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What the manifest records of an encoder, so that queries meet the model that read the passages."""

    model: str
    revision: str | None
    query_prompt: str
    passage_prompt: str
    dimension: int


class Encoder(Protocol):
    """Texts to embeddings: matrices `(n, dimension)`, float32, rows of unit length."""

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, prompt and special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings of passages, one row a text."""

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings of queries, one row a text."""


class TokenEmbeddings(NamedTuple):
    """The tokens of one text; prompt and special tokens are left out.

    `vectors` `(t, d)`, float32, as the model gives them; `spans` `(t, 2)`, code points, where in the text each token
    is.
    """

    vectors: Embeddings
    spans: NDArray[np.int32]


class EncodedTexts(NamedTuple):
    """Embeddings `(n, dimension)` of n texts, and the tokens of each."""

    embeddings: Embeddings
    tokens: list[TokenEmbeddings]


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also gives the vectors that it pools, of the same pass over the text."""

    @property
    def pools_by_mean(self) -> bool:
        """Whether an embedding is the mean of its tokens: then the mean of a sentence's tokens embeds the sentence."""

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings of passages, with their tokens."""

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings of queries, with their tokens."""


class SentenceTransformerEncoder:
    """A sentence-transformers model, with the prompts that it declares for queries and for documents."""

    def __init__(self, model: Any, *, name: str, revision: str | None) -> None:  # noqa: ANN401 - untyped library
        self._model = model
        self._tokenizer = model.tokenizer
        self._window = int(model.max_seq_length or 512)
        query_prompt = _declared_prompt(model.prompts, "query")
        passage_prompt = _declared_prompt(model.prompts, "document", "passage", "corpus")
        self._identity = EncoderIdentity(
            model=name,
            revision=revision,
            query_prompt=query_prompt,
            passage_prompt=passage_prompt,
            dimension=int(model.get_embedding_dimension()),
        )
        specials = len(self._tokenizer("")["input_ids"])
        self._max_tokens = self._window - specials - max(self.count_tokens([query_prompt, passage_prompt]))

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is."""
        return self._identity

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, prompt and special tokens not counted."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of passages.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._identity.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeddings `(n, dimension)` of queries.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode(texts, self._identity.query_prompt)

    def _refuse_long(self, texts: Sequence[str]) -> None:
        longest = max(self.count_tokens(texts), default=0)
        if longest > self._max_tokens:
            message = (
                f"A text of {longest} tokens is longer than the {self._max_tokens} that the model reads. Shorten it."
            )
            raise EncoderError(message)

    def _encode(self, texts: Sequence[str], prompt: str) -> Embeddings:
        self._refuse_long(texts)
        if not texts:
            return np.empty((0, self._identity.dimension), np.float32)
        embeddings = self._model.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.ascontiguousarray(embeddings, np.float32)


class TokenTransformerEncoder(SentenceTransformerEncoder):
    """A sentence-transformers model whose token vectors are at hand, and can be traced to their places in the text."""

    @cached_property
    def pools_by_mean(self) -> bool:
        """Whether an embedding is the mean of its tokens, by what the model does."""
        raw = self._raw(_PROBES[:1], "")[0]
        mean, embedding = _tokens_of(raw).mean(axis=0), raw["sentence_embedding"].cpu().numpy()
        return mean.shape == embedding.shape and _cosine(mean, embedding) > _SAME_DIRECTION

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of passages, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode_with_tokens(texts, self._identity.passage_prompt)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        """Embeddings `(n, dimension)` of queries, with their tokens.

        Raises:
            EncoderError: a text is longer than the model reads, which would cut it unseen.
        """
        return self._encode_with_tokens(texts, self._identity.query_prompt)

    def _encode_with_tokens(self, texts: Sequence[str], prompt: str) -> EncodedTexts:
        self._refuse_long(texts)
        embeddings = np.empty((len(texts), self._identity.dimension), np.float32)
        tokens = []
        for row, raw in enumerate(self._raw(texts, prompt)):
            embedding = raw["sentence_embedding"].float().cpu().numpy()
            embeddings[row] = embedding / max(float(np.linalg.norm(embedding)), 1e-12)
            tokens.append(self._own_tokens(prompt, texts[row], _tokens_of(raw)))
        return EncodedTexts(embeddings, tokens)

    def _raw(self, texts: Sequence[str], prompt: str) -> list[dict[str, Any]]:
        if not texts:
            return []
        raw: list[dict[str, Any]] = self._model.encode(
            list(texts), prompt=prompt or None, batch_size=_BATCH, output_value=None, show_progress_bar=False
        )
        return raw

    def _own_tokens(self, prompt: str, text: str, vectors: Embeddings) -> TokenEmbeddings:
        """The tokens that a text itself has, though the prompt stood before it."""
        encoded = self._tokenizer(prompt + text, return_offsets_mapping=True, truncation=True, max_length=self._window)
        spans = np.array(encoded["offset_mapping"], np.int32).reshape(-1, 2) - len(prompt)
        if len(spans) != len(vectors):
            message = f"{self._identity.model!r} gives {len(vectors)} token vectors for {len(spans)} tokens."
            raise EncoderError(f"{message} Switch late interaction off: HAIHE_LATE_INTERACTION=false")
        # A piece may take the blank before the text with it; special tokens cover nothing.
        own = (spans[:, 1] > np.maximum(spans[:, 0], 0)) & (spans[:, 1] > 0)
        return TokenEmbeddings(vectors[own], np.maximum(spans[own], 0))


def load_encoder(
    model: str = BUNDLED_MODEL, *, announce: Callable[[str], None] = lambda _: None
) -> SentenceTransformerEncoder:
    """The bundled model, or any sentence-transformers model by folder or by name.

    Args:
        model: `multilingual-e5-small` is the bundled model, a path names a folder, anything else a model of the hub.
        announce: called with one sentence before anything that takes long.

    Raises:
        EncoderError: there is no such model, or it can't be loaded.
    """
    if model == BUNDLED_MODEL:
        return _as_encoder(_load(str(bundled_model(announce))), name=model, revision=BUNDLED_REVISION)
    folder = Path(model).expanduser()
    if folder.exists():
        return _as_encoder(_load(str(folder)), name=str(folder.resolve()), revision=None)
    announce(f"Loading {model} from the hub of models")
    loaded = _load(model)
    revision = getattr(getattr(loaded[0], "model", None) or getattr(loaded[0], "auto_model", None), "config", None)
    return _as_encoder(loaded, name=model, revision=getattr(revision, "_commit_hash", None))


def probe(encoder: Encoder) -> Embeddings:
    """Embeddings `(4, dimension)` of fixed texts, as passages and as queries: the model's fingerprint by behaviour.

    Names and revisions stay the same when a folder's weights, tokenizer or prompts are exchanged; these don't.
    """
    return np.concatenate([encoder.encode_passages(_PROBES), encoder.encode_queries(_PROBES)])


def _as_encoder(model: Any, *, name: str, revision: str | None) -> SentenceTransformerEncoder:  # noqa: ANN401
    """With its tokens where the model has them: static embeddings, and tokenizers without offsets, don't."""
    has_tokens = getattr(model.tokenizer, "is_fast", False) and hasattr(model[0], "auto_model")
    return (TokenTransformerEncoder if has_tokens else SentenceTransformerEncoder)(model, name=name, revision=revision)


def _tokens_of(raw: dict[str, Any]) -> Embeddings:
    """The token vectors `(t, d)` of a text in its batch, padding left out."""
    vectors: Embeddings = raw["token_embeddings"][raw["attention_mask"].bool()].float().cpu().numpy()
    return vectors


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-12))


def _load(name: str) -> Any:  # noqa: ANN401 - untyped library
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(name, device="cpu", trust_remote_code=False)
    except Exception as error:
        reason = str(error).strip().split("\n")[0][:200]
        message = (
            f"The model {name!r} can't be loaded ({reason}). "
            "Name a folder with a sentence-transformers model, or leave --model out for the bundled one."
        )
        raise EncoderError(message) from error


def _declared_prompt(prompts: dict[str, str | None], *names: str) -> str:
    return cast("str", next((prompts[name] for name in names if prompts.get(name)), ""))
