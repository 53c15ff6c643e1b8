"""Any sentence-transformers model as an encoder, run by torch in float32."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from indexer.encoding.encoder import PROBES, EncodedTexts, EncoderIdentity, not_loadable, own_tokens, too_long
from indexer.encoding.prompted import PromptedEncoder, PromptedTokenEncoder
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.encoding.encoder import TokenEmbeddings

    Embeddings = NDArray[np.float32]

_BATCH = 32
_SAME_DIRECTION = 0.999


class SentenceTransformerEncoder(PromptedEncoder):
    """A sentence-transformers model, with the prompts that it declares for queries and for documents."""

    def __init__(self, model: Any, *, name: str, revision: str | None) -> None:  # noqa: ANN401 - untyped library
        self._model = model
        self._tokenizer = model.tokenizer
        self._window = int(model.max_seq_length or 512)
        query_prompt = _declared_prompt(model.prompts, "query")
        passage_prompt = _declared_prompt(model.prompts, "document", "passage", "corpus")
        identity = EncoderIdentity(
            model=name,
            revision=revision,
            query_prompt=query_prompt,
            passage_prompt=passage_prompt,
            dimension=int(model.get_embedding_dimension()),
        )
        specials = len(self._tokenizer("")["input_ids"])
        longest = max(self.count_tokens([query_prompt, passage_prompt]))
        super().__init__(identity, self._window - specials - longest)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, prompt and special tokens not counted."""
        if not texts:
            return []
        encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _refuse_long(self, texts: Sequence[str]) -> None:
        longest = max(self.count_tokens(texts), default=0)
        if longest > self._max_tokens:
            raise too_long(longest, self._max_tokens)

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


class TokenTransformerEncoder(PromptedTokenEncoder, SentenceTransformerEncoder):
    """A sentence-transformers model whose token vectors are at hand, and can be traced to their places in the text."""

    @cached_property
    def pools_by_mean(self) -> bool:
        """Tell whether an embedding is the mean of its tokens, by what the model does."""
        raw = self._raw(PROBES[:1], "")[0]
        mean, embedding = _tokens_of(raw).mean(axis=0), raw["sentence_embedding"].cpu().numpy()
        return mean.shape == embedding.shape and _cosine(mean, embedding) > _SAME_DIRECTION

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
        return own_tokens(spans, vectors)


def as_encoder(model: Any, *, name: str, revision: str | None) -> SentenceTransformerEncoder:  # noqa: ANN401
    """With its tokens where the model has them: static embeddings, and tokenizers without offsets, don't."""
    has_tokens = getattr(model.tokenizer, "is_fast", False) and hasattr(model[0], "auto_model")
    return (TokenTransformerEncoder if has_tokens else SentenceTransformerEncoder)(model, name=name, revision=revision)


def _tokens_of(raw: dict[str, Any]) -> Embeddings:
    """The token vectors `(t, d)` of a text in its batch, padding left out."""
    vectors: Embeddings = raw["token_embeddings"][raw["attention_mask"].bool()].float().cpu().numpy()
    return vectors


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-12))


def load_sentence_transformer(name: str) -> Any:  # noqa: ANN401 - untyped library
    """A model by folder or by name, on the processor.

    Raises:
        EncoderError: there is no such model, or it can't be loaded.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(name, device="cpu", trust_remote_code=False)
    except Exception as error:
        raise not_loadable(name, error) from error


def _declared_prompt(prompts: dict[str, str | None], *names: str) -> str:
    return cast("str", next((prompts[name] for name in names if prompts.get(name)), ""))
