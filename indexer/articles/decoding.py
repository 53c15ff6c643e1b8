"""Bytes to text: byte-order marks, UTF-8, and the encodings that Chinese files still come in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from indexer.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ["gb18030", "big5", "cp950", "utf_16_le", "utf_16_be", "cp1252"]
_SAMPLE = 65536
_CONTROL = dict.fromkeys((*range(9), 11, *range(14, 32), 127, 65279))
_MOST_ODD = 0.02
_HIGH = re.compile(rb"[\x80-\xff]")
_CORES = {
    "gb18030": re.compile(rb"(?:[\x00-\x7f]|[\xa1\xa3\xb0-\xf7][\xa1-\xfe])*[\x80-\xff]?"),
    "big5": re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf9][\x40-\x7e\xa1-\xfe])*[\x80-\xff]?"),
}
"""The characters of GB 2312 without its kana, and those of Big5; a sample may end inside of one."""


def decode(data: bytes, *, name: str) -> str:
    """Text of a file, without control characters, lines ended by a line feed.

    Raises:
        ArticleError: the bytes are no text in any encoding that is tried.
    """
    text = _decode_marked(data, name)
    if text is None:
        text = _decode_unmarked(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = sum(text.count(chr(code)) for code in _CONTROL if code != 0xFEFF) + text.count("\ufffd")  # noqa: PLR2004
    if odd > _MOST_ODD * len(text):
        raise ArticleError(f"{name}: holds binary data, not text. Leave it out, or save it in one of the formats read.")
    return text.translate(_CONTROL)


def _decode_marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"{name}: starts as {encoding}, but byte {error.start + len(mark)} is not. Save it as UTF-8."
                ) from error
    return None


def _decode_unmarked(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # then it is one of the encodings below, or no text
    if b"\0" in data[:_SAMPLE] and data[:_SAMPLE].count(b"\0") < 0.2 * len(data[:_SAMPLE]):
        raise ArticleError(f"{name}: holds binary data, not text. Leave it out, or save it in one of the formats read.")
    sample = _sample(data)
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    encoding = _frequent_han(sample, best.encoding if best else None)
    if encoding is None:
        raise ArticleError(f"{name}: its encoding is not UTF-8, GB18030 or Big5. Save it as UTF-8.")
    return data.decode(encoding, errors="replace")


def _sample(data: bytes) -> bytes:
    """The file from its first byte that isn't ASCII: before it, all encodings are the same."""
    first = _HIGH.search(data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _frequent_han(sample: bytes, guess: str | None) -> str | None:
    """Of GB18030 and Big5, the one under which the commonest characters of Chinese appear; else the guess.

    Most of what one of them allows, the other allows too; only the frequencies tell, in short files above all.
    """
    fitting = [encoding for encoding, core in _CORES.items() if core.fullmatch(sample)]
    if len(fitting) == 1 and 2 * len(_HIGH.findall(sample)) > len(sample):
        return fitting[0]
    counts = {}
    for encoding in ("gb18030", "big5", "cp950"):
        try:
            text = sample.decode(encoding, errors="strict" if len(sample) < _SAMPLE else "ignore")
        except UnicodeDecodeError:
            continue
        counts[encoding] = sum(text.count(character) for character in _COMMON) / max(
            sum(not character.isascii() for character in text), 1
        )
    best = max(counts, key=lambda encoding: counts[encoding], default=None)
    return best if best and counts[best] > _COMMON_SHARE else guess


_COMMON = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主年，。、：；"
_COMMON_SHARE = 0.05
