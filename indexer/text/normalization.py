"""Folding: what writings of one text have in common.

NFKC, lower case and simplified characters. OpenCC converts by words, so that 乾隆 stays 乾隆 while 乾燥 becomes 干燥.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile(f"[{HAN}]")
_BLANKS = re.compile(r"\s+")
# Controls and lone surrogates can't be encoded or stored; the invisible characters only hide a word from its index.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_WIDE = "\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_COPIES = "\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d"
"""Second code points of Han characters, such as PDFs have for radicals."""
# A full-width comma groups digits only before full-width ones: 300，500 is two numbers.
_FORMS = re.compile(f"(?:[{_WIDE}{_COPIES}]|，(?=[\uff10-\uff19]))+")
_NOTE_MARK = re.compile("(?<=\\d)[\u00b9\u00b2\u00b3\u2070-\u2079]+")
_LIST_COMMA = re.compile(r"，(?![\uff10-\uff19\s])")


@dataclass(frozen=True, slots=True)
class Writing:
    """A text in two forms of one length, so that a place in one is the same place in the other.

    Attributes:
        shown: with its own case and characters, only of normal width.
        folded: lower case and simplified.
    """

    shown: str
    folded: str


def folded(text: str) -> str:
    """The text in NFKC, lower case, simplified, each stretch of blanks as one: equal where two phrases are equal."""
    if text.isascii():  # several times as fast, for what is read by the hundred for exact words
        return " ".join(_UNSAFE.sub(" ", text).lower().split())
    return _BLANKS.sub(" ", _simplified(unicodedata.normalize("NFKC", _cleaned(text))).lower()).strip()


def simplified(text: str) -> str:
    """The text in simplified characters, its letters, digits and blanks of normal width; case and signs stay.

    Its `writing` is the same as that of the text, but for characters that are shown.
    """
    return _simplified(_FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text))


def writing(text: str) -> Writing:
    """Both forms of a text."""
    # NFKC makes a full-width comma one that groups digits: 300，500 is two numbers.
    shown = unicodedata.normalize("NFKC", _LIST_COMMA.sub("、", _NOTE_MARK.sub(" ", _cleaned(text)))).replace("−", "-")
    simple = _simplified(shown)
    return Writing(shown if len(shown) == len(simple) else simple, _lower(simple))


def without_marks(word: str) -> str:
    """The word without accents and tones: `lǚ` is `lu`."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _cleaned(text: str) -> str:
    return _INVISIBLE.sub("", _UNSAFE.sub(" ", text))


def _simplified(text: str) -> str:
    return _converter().convert(text) if _HAN.search(text) else text


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@functools.cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("hk2s")
