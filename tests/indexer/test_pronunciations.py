"""The dictionary that is kept says what pypinyin's does."""

from __future__ import annotations

from indexer.storage.cache_directory import cache_directory
from indexer.terms.names import pronunciations
from indexer.terms.names.pinyin import POLYPHONES, readings
from indexer.terms.names.pronunciations import LONGEST_PHRASE, read_dictionary
from indexer.text.normalization import without_marks


def test_every_phrase_is_read_as_pypinyin_reads_it():
    """Those that are read as their characters are kept without syllables, and found all the same."""
    from pypinyin.phrases_dict import phrases_dict

    for phrase, options in list(phrases_dict.items())[::7]:
        if len(phrase) <= LONGEST_PHRASE:
            assert [found[:2][-1] for found in readings(phrase)] == [without_marks(read[0]) for read in options], phrase


def test_a_phrase_decides_what_a_character_leaves_open():
    """行 and 长 have several readings, 银行行长 has one."""
    assert readings("银行") == [("yin",), ("hang",)]
    assert len(readings("行")[0]) > 1
    assert "行" in POLYPHONES


def test_an_umlaut_has_every_spelling_that_passports_have():
    """吕 is Lü, Lv and Lyu."""
    assert readings("吕") == [("lv", "lu", "lyu")]


def test_it_is_written_once(tmp_path, monkeypatch):
    """Later processes read the file and never load pypinyin."""
    monkeypatch.setenv("HAIHE_CACHE", str(tmp_path))
    read_dictionary.cache_clear()
    try:
        first = dict(read_dictionary())
        files = list(cache_directory().iterdir())
        monkeypatch.setattr(pronunciations, "_write", None)
        read_dictionary.cache_clear()
        assert read_dictionary() == first
        assert list(cache_directory().iterdir()) == files
    finally:
        read_dictionary.cache_clear()
