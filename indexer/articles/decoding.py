"""Bytes to text: byte-order marks, UTF-8, and the encodings that Chinese files still come in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from indexer.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ["gb18030", "big5", "cp950", "cp1252"]
_SAMPLE = 65536
_CONTROL = dict.fromkeys((*range(9), 11, *range(14, 32), 127, 65279))
_MOST_ODD = 0.02
_HIGH = re.compile(rb"[\x80-\xff]")
_CORES = {
    "gb18030": re.compile(rb"(?:[\x00-\x7f]|[\xa1\xa3\xb0-\xf7][\xa1-\xfe])*[\x80-\xff]?"),
    "big5": re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf9][\x40-\x7e\xa1-\xfe])*[\x80-\xff]?"),
}
"""The characters of GB 2312 without its kana, and those of Big5; a sample may end inside of one."""
_USUAL = re.compile(r"[\n\r\t -~\u00a0-\u00ff\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""The characters that texts in Chinese and English are made of."""
_MOSTLY = 0.95
_KANA = re.compile(r"[\u3041-\u30ff]")
_MOST_KANA = 0.1
_WITHOUT_ASCII = dict.fromkeys(range(128))
_BINARY = "{name}: holds binary data, not text. Leave it out, or save it in one of the formats read."
_FEWEST_OF_A_LINE = 4
"""Bytes beyond ASCII in a line that tell an encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and sentences for the operator about the bytes that were no text."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, name: str) -> Decoded:
    """Text of a file, without control characters, lines ended by a line feed.

    Bytes that the encoding doesn't have become U+FFFD, and a warning counts them.

    Raises:
        ArticleError: the bytes are no text in any encoding that is tried.
    """
    mark, encoding = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))
    data = data[len(mark) :]
    encoding = encoding or _encoding_of(data, name)
    text, lost = _text_of(data, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = sum(text.count(chr(code)) for code in _CONTROL if code != 0xFEFF) + text.count("\ufffd")  # noqa: PLR2004
    if odd > 1 + _MOST_ODD * len(text):
        raise ArticleError(_BINARY.format(name=name))
    return Decoded(text.translate(_CONTROL), (_say_lost(name, lost, encoding),) if lost else ())


def _encoding_of(data: bytes, name: str) -> str:
    """The encoding of bytes that no mark stands before."""
    sample = data[:_SAMPLE]
    has_zeros = b"\0" in sample
    if not has_zeros and is_utf8(data):
        return "utf-8"
    if wide := _wide_encoding(sample):
        return wide
    if has_zeros and not is_utf8(data):
        raise ArticleError(_BINARY.format(name=name))
    if has_zeros:
        return "utf-8"
    sample = _sample(data)
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    encoding = _frequent_han(sample, best.encoding if best else None)
    if encoding is None:
        raise ArticleError(f"{name}: its encoding is not UTF-8, GB18030 or Big5. Save it as UTF-8.")
    return encoding


def is_utf8(data: bytes) -> bool:
    """UTF-8, perhaps cut inside its last character, or with no more bad bytes than good characters beyond ASCII."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.reason == "unexpected end of data" and error.end - error.start > 1
        good = data.decode("utf-8", errors="ignore")
        characters = len(good.translate(_WITHOUT_ASCII))
        return is_cut or 0 < len(data) - len(good.encode()) <= characters
    return True


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 in the order in which nearly all characters are usual, and common ones among them."""
    sample = sample[: len(sample) // 2 * 2]
    for order in ("utf-16-le", "utf-16-be"):
        text = sample.decode(order, errors="replace")
        common = sum(map(text.count, _COMMON + " etaoin"))
        if len(_USUAL.findall(text)) > _MOSTLY * len(text) and common > _COMMON_SHARE * len(text):
            return order
    return None


def _text_of(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, and the number of bytes that aren't in the encoding."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        lines = data.split(b"\n") if encoding == "utf-8" else [data]  # a line feed may be half a character elsewhere
    texts = [_line_of(line, encoding) for line in lines]
    return "\n".join(text for text, _ in texts), sum(lost for _, lost in texts)


def _line_of(line: bytes, encoding: str) -> tuple[str, int]:
    """A line and its number of bad bytes; one that was pasted in GB18030 is read as that."""
    good = line.decode(encoding, errors="ignore")
    lost = len(line) - len(good.encode(encoding))
    if lost >= _FEWEST_OF_A_LINE and lost > len(good.translate(_WITHOUT_ASCII)) and _CORES["gb18030"].fullmatch(line):
        return line.decode("gb18030", errors="replace"), 0
    return line.decode(encoding, errors="replace"), lost


def _say_lost(name: str, lost: int, encoding: str) -> str:
    them = "1 byte that isn't {} was" if lost == 1 else f"{lost:,} bytes that aren't {{}} were"
    replaced = f"{them.format(encoding.upper())} replaced by “\ufffd”"
    return f"{name}: {replaced}. Compare the text with its source, and save it as UTF-8."


def _sample(data: bytes) -> bytes:
    """The file from its first byte that isn't ASCII: before it, all encodings are the same."""
    first = _HIGH.search(data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _frequent_han(sample: bytes, guess: str | None) -> str | None:
    """The encoding among GB18030 and Big5 under which the commonest characters of Chinese appear; else the guess.

    Most of what one of them allows, the other allows too; only the frequencies tell, in short files above all.
    """
    fitting = [encoding for encoding, core in _CORES.items() if core.fullmatch(sample)]
    shares = {encoding: _common_share(sample, encoding) for encoding in _OF_HAN}
    high = len(_HIGH.findall(sample))
    is_mostly_high = 2 * high > len(sample)
    if is_mostly_high and high >= _FEWEST_OF_A_SAMPLE and not any(shares.values()):
        return guess if guess not in _OF_HAN else None
    if len(fitting) == 1 and is_mostly_high:
        return fitting[0]
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > _COMMON_SHARE else guess


def _common_share(sample: bytes, encoding: str) -> float:
    """The share of the commonest characters of Chinese among those beyond ASCII; 0 with many bad bytes or kana."""
    text = sample.decode(encoding, errors="replace").translate(_WITHOUT_ASCII)
    if text.count("\ufffd") > 1 + _MOST_BAD * len(text) or len(_KANA.findall(text)) > _MOST_KANA * len(text):
        return 0.0
    return sum(map(text.count, _COMMON)) / max(len(text), 1)


_COMMON = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主年，。、：；"
_COMMON_SHARE = 0.05
_OF_HAN = ("gb18030", "big5", "cp950", "big5hkscs")
_MOST_BAD = 0.01
"""Of the characters beyond ASCII, beside one that a cut file may end in."""
_FEWEST_OF_A_SAMPLE = 80
"""Bytes beyond ASCII among which Chinese has common characters; what has none is Korean, say."""
