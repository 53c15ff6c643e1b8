"""Names as Hong Kong, Taiwan, and everybody before 1958 spell them."""

from __future__ import annotations

import pytest

from indexer.terms import TermKind, folded, name_readings, passage_terms, query_terms
from indexer.terms.names.romanisations import from_jyutping, from_pinyin, is_family_name, spellings_of_name

NAMES = [
    ("梁锦松", "Leung Kam-chung"),
    ("梁錦松", "Antony LEUNG Kam-chung"),
    ("何志平", "Ho Chi-ping"),
    ("李国宝", "Li Kwok-po"),
    ("黄毓民", "Wong Yuk-man"),
    ("郑裕彤", "Cheng Yu-tung"),
    ("吴弘达", "Wu Hung-ta"),
    ("谢长廷", "Hsieh Chang-ting"),
    ("宋楚瑜", "Soong Chu-yu"),
    ("朱德", "Chu Teh"),
    ("蒋经国", "Chiang Ching-kuo"),
    ("徐志摩", "Hsu Chih-mo"),
    ("钱穆", "Ch'ien Mu"),
    ("毛泽东", "Mao Tse-tung"),
    ("邓小平", "Teng Hsiao-ping"),
    ("周润发", "Chow Yun-fat"),
    ("王家卫", "Wong Kar Wai"),
]


@pytest.mark.parametrize(("chinese", "latin"), NAMES)
def test_a_name_in_characters_finds_its_spelling(chinese, latin):
    """A passage in letters has the spelling as a term, and the characters ask for it with less than their pinyin."""
    terms = set(passage_terms(f"Yesterday {latin} spoke in public."))
    shares = [share for term, share in name_readings(folded(chinese)) if term in terms and share < 1]
    assert shares


@pytest.mark.parametrize(("chinese", "latin"), NAMES)
def test_a_spelling_finds_the_characters(chinese, latin):
    """By the readings that its family name and its other syllables may have, with less than the whole weight."""
    names = [group for group in query_terms(f"What did {latin} say?") if group.kind is TermKind.NAME]
    terms = set(passage_terms(f"据{chinese}介绍"))
    shares = [share for name in names for term, share in name.alternatives if term in terms]
    assert shares
    assert max(shares) < 1


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("Leung Kam-chung", "梁锦"),
        ("Leung Kam-chung", "王锦松"),
        ("Leung Kam-chung", "梁大松"),
        ("Chiang Ching-kuo", "蒋介石"),
    ],
)
def test_family_name_and_number_of_syllables_have_to_agree(latin, chinese):
    """Half a name is another's."""
    (name,) = [group for group in query_terms(latin) if group.kind is TermKind.NAME]
    readings = {term for term, _ in name.alternatives if term.startswith("p_")}
    assert not readings.intersection(passage_terms(f"据{chinese}介绍"))


@pytest.mark.parametrize(
    "query",
    ["how long can he sing", "a long song of the king", "In London On Monday", "Sing Along", "the man can go on"],
)
def test_english_words_are_no_spelled_names(query):
    """A family name comes first, and what is typed in lower case isn't of words that English has."""
    assert [group.surface for group in query_terms(query) if group.kind is TermKind.NAME] == []


def test_a_hyphen_tells_where_a_name_is():
    """Of several family names side by side, the one before it."""
    names = [group.surface for group in query_terms("Wing Lung Ho Chi-ping") if group.kind is TermKind.NAME]
    assert names == ["Ho Chi-ping"]


@pytest.mark.parametrize(
    ("place", "spelled"),
    [
        ("北京", "peking"),
        ("南京", "nanking"),
        ("重庆", "chungking"),
        ("青岛", "tsingtao"),
        ("福建", "fukien"),
        ("四川", "szechwan"),
    ],
)
def test_the_post_office_spelled_places(place, spelled):
    """As it did until the seventies."""
    assert spelled in spellings_of_name(place)


def test_a_syllable_has_the_usual_spellings():
    """Of Cantonese those of identity cards, of Mandarin those of Wade and Giles without marks."""
    assert {"tsang", "chang"} <= set(from_jyutping("zang"))
    assert {"kuen"} <= set(from_jyutping("kyun"))
    assert {"hsiao"} <= set(from_pinyin("xiao"))
    assert {"chieh"} <= set(from_pinyin("jie"))


def test_family_names_are_known_as_they_are_spelled():
    """Others begin no name."""
    assert all(map(is_family_name, ["leung", "tsang", "cheung", "hsieh", "chiang", "soong", "wong"]))
    assert not any(map(is_family_name, ["donald", "smith", "ming"]))
