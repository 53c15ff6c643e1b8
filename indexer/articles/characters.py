"""The characters of a text, as a reader sees them."""

from __future__ import annotations

import re

from indexer.articles.look_alikes import ordinary

_EMOJI = "\u2190-\u21ff\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    f"|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"  # between emoji it joins them to one: a family, a profession
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")


def visible(text: str) -> str:
    """Drop characters that no reader sees and write look-alikes as what they look like.

    Half a surrogate pair, which JSON allows, becomes U+FFFD.
    """
    return without_surrogates(ordinary(_INVISIBLE.sub("", text)))


def without_surrogates(text: str) -> str:
    """Replace what can't be written as UTF-8 by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A text on one line, each run of blanks a single one."""
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip() if "\u3000" not in text.strip() else _keep_wide(text)


def _keep_wide(text: str) -> str:
    """Ideographic blanks inside a line separate its parts, as in headlines; only those around it go."""
    return re.sub(r"[^\S\n\u3000]+", " ", text.replace("\n", " ")).strip()
