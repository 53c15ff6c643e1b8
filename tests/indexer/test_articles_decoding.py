"""Bytes to text: what Chinese and English files really come in is read, and binary data is refused."""

from __future__ import annotations

import codecs
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.decoding import decode
from indexer.errors import ArticleError

SIMPLIFIED = "今天的天气很好，我们去公园散步。下午三点，图书馆还开着。"
TRADITIONAL = "今天的天氣很好，我們去公園散步。下午三點，圖書館還開著。"
BEYOND_THE_SAMPLE = 5000
"""Repetitions after which a text is much longer than what the encoding is told from."""

readable = st.text(
    st.one_of(
        st.just("\n"), st.just("\t"), st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffd")
    )
)


def png() -> bytes:
    """A real picture of 16 by 16 noisy pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + random.Random(row).randbytes(48) for row in range(16))
    header = part(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@given(readable)
def test_utf8_text_comes_back_as_it_was(text: str):
    """Whatever the script: UTF-8 is the common case, and it loses nothing."""
    assert decode(text.encode(), name="a.txt").text == text


@given(readable.filter(lambda text: len(text) >= 3), st.sampled_from("\0\x01\x07\x08\x0b\x1b\x7f"))
def test_a_stray_control_character_is_dropped_and_nothing_else(text: str, control: str):
    """Control characters come from printers and old mail programs; the text around them is fine."""
    around = text * 40
    assert decode(f"{around}{control}{around}".encode(), name="a.txt").text == around + around


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "Plain English, naïve café."])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_the_encoding_and_is_no_text(mark: bytes, encoding: str, text: str):
    """Windows editors write these marks."""
    assert decode(mark + text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SIMPLIFIED, id="sentences"),
        pytest.param("天津市宝坻区加快打造创新发展宝地高地", id="headline"),
        pytest.param("图书馆开放时间", id="seven characters"),
        pytest.param("㐀的字在这里，我们来看𠀀和𠮷的写法。", id="rare characters of four bytes"),
        pytest.param(SIMPLIFIED * BEYOND_THE_SAMPLE, id="long"),
        pytest.param("x" + "的𠮷" * 12000, id="long, with a character across the sample's end"),
        pytest.param("The ferry between Beijing (北京) and Tianjin (天津) is slow. " * 20, id="mostly English"),
        pytest.param("Plain words go on. " * 5000 + SIMPLIFIED * 30, id="Chinese only after the sample"),
    ],
)
def test_gb18030_is_read(text: str):
    """Many Chinese files from before UTF-8 are in it, and nothing in the file says so."""
    assert decode(text.encode("gb18030"), name="a.txt").text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TRADITIONAL, id="sentences"),
        pytest.param("天津市寶坻區加快打造創新發展寶地高地", id="headline"),
        pytest.param("天津市寶坻區加快打造創新發展", id="headline without the commonest characters"),
        pytest.param("圖書館開放時間", id="seven characters"),
        pytest.param(TRADITIONAL * BEYOND_THE_SAMPLE, id="long"),
        pytest.param("a" + TRADITIONAL * BEYOND_THE_SAMPLE, id="long, with a character across the sample's end"),
    ],
)
def test_big5_is_read(text: str):
    """Files from Taiwan and Hong Kong; most of their bytes would be characters of GB18030 too."""
    assert decode(text.encode("big5"), name="a.txt").text == text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_lines_end_with_a_line_feed(ending: str, encoding: str):
    """Whatever system wrote the file, its lines are the same lines."""
    lines = SIMPLIFIED.split("。")
    assert decode(ending.join(lines).encode(encoding), name="a.txt").text.split("\n") == lines


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(), id="picture"),
        pytest.param(b"\0" * 1000, id="zeros"),
        pytest.param(b"hello" + b"\0" * 100, id="a word, then zeros"),
        pytest.param(b"PK\x03\x04" + random.Random(0).randbytes(3000), id="archive"),
        *(pytest.param(random.Random(seed).randbytes(4096), id=f"random {seed}") for seed in range(5)),
        pytest.param(random.Random(9).randbytes(200_000), id="random, long"),
    ],
)
def test_binary_data_is_refused(data: bytes):
    """A renamed picture must not become an article; the message names the file and what to do."""
    with pytest.raises(ArticleError, match=r"^photo\.txt: .*(Leave it out|Save it as UTF-8)"):
        decode(data, name="photo.txt")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SIMPLIFIED, id="simplified"),
        pytest.param(f"{TRADITIONAL}\n2024\n", id="traditional, with numbers"),
        pytest.param("The ferry leaves at noon.\n" * 3, id="English"),
        pytest.param("Ferry to 天津: 30 km，每天一班。", id="both"),
    ],
)
def test_utf16_needs_no_mark(text: str, encoding: str):
    """Windows programs write it with and without one."""
    assert decode(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("text", ["gegegege", "Bush hid the facts", "Large geese emerge. " * 50])
def test_english_is_never_taken_for_utf16(text: str):
    """Two Latin letters are one Han character there; text of one byte a letter stays what it is."""
    assert decode(text.encode(), name="a.txt").text == text


def test_a_bad_byte_in_a_megabyte_is_replaced_and_said():
    """One slip of a disk or a pipe is no reason to refuse an article, nor to read all of it as Latin-1."""
    good = SIMPLIFIED.encode() * 12000
    decoded = decode(good + b"\xff" + good, name="a.txt")
    assert decoded.text == SIMPLIFIED * 12000 + "\ufffd" + SIMPLIFIED * 12000
    (warning,) = decoded.warnings
    assert warning.startswith("a.txt: 1 byte that isn't UTF-8 was replaced")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_that_was_cut_inside_a_character_is_utf8(cut: int):
    """As `head -c` cuts it."""
    decoded = decode(SIMPLIFIED.encode()[:-cut], name="a.txt")
    assert decoded.text == SIMPLIFIED[:-1] + "\ufffd"
    assert decoded.warnings


def test_a_bad_byte_does_not_take_the_accents_of_the_others():
    """One apostrophe of Windows in a text in UTF-8."""
    text = "The café of the naïve baker. " * 5
    assert decode(text.encode() + b"It\x92s open.", name="a.txt").text == f"{text}It\ufffds open."


def test_english_of_windows_keeps_its_accents():
    """Where no byte speaks for UTF-8, accents and apostrophes are those of Windows."""
    text = "The café’s owner is naïve, as the curé said. " * 3
    decoded = decode(text.encode("cp1252"), name="a.txt")
    assert (decoded.text, decoded.warnings) == (text, ())


def test_a_line_pasted_in_gb18030_is_read_as_that():
    """Files to which several programs write have two encodings."""
    text = f"{SIMPLIFIED}\n" * 3
    assert decode(text.encode() + SIMPLIFIED.encode("gb18030"), name="a.txt").text == text + SIMPLIFIED


def test_a_sound_file_has_no_warning():
    """A warning that always comes is none."""
    assert decode(SIMPLIFIED.encode(), name="a.txt").warnings == ()


def test_a_marked_file_that_ends_inside_a_character_is_read_with_a_warning():
    """Half a surrogate pair at the end of a text."""
    decoded = decode(codecs.BOM_UTF16_LE + "A heron".encode("utf-16-le") + b"\x00\xd8", name="cut.txt")
    assert decoded.text == "A heron\ufffd"
    assert decoded.warnings[0].startswith("cut.txt: 2 bytes that aren't UTF-16-LE were replaced")


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_a_bad_byte_in_other_encodings_is_replaced_and_said(encoding: str):
    """A file that was cut, or broken at one place, is no reason to refuse it."""
    text = TRADITIONAL * 3 if encoding == "big5" else SIMPLIFIED * 3
    data = text.encode(encoding)
    broken = decode(data[:40] + b"\xff" + data[40:], name="a.txt")
    cut = decode(data + text[0].encode(encoding)[:1], name="a.txt")
    assert broken.text.replace("\ufffd", "") == text
    assert cut.text == text + "\ufffd"
    assert all("1 byte" in decoded.warnings[0] for decoded in (broken, cut))


def test_cantonese_of_hong_kong_is_read():
    """Its characters are in Big5 with Hong Kong's supplement."""
    text = "香港人嘅生活，今日天氣好好，我哋去咗公園，佢哋喺屋企。"
    assert decode(text.encode("big5hkscs"), name="a.txt").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("시장은 월요일에 빵집이 계속 문을 열 것이라고 말했다. ", "euc_kr"),
        ("気象台は昨日、寒波の警報を発表した。今後三日間の最低気温は下がる。", "euc_jp"),
        ("気象台は昨日、寒波の警報を発表した。今後三日間の最低気温は下がる。", "shift_jis"),
    ],
)
def test_korean_and_japanese_are_never_taken_for_chinese(text: str, encoding: str):
    """Their bytes are characters of GB18030, too, in an order that makes no sense."""
    with pytest.raises(ArticleError, match=r"a\.txt"):
        decode((text * 5).encode(encoding), name="a.txt")
