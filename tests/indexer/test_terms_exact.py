"""Terms of the very words of a text, against the pattern that finds them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.terms import exact_pattern, exact_terms, folded, own_term

_PIECES = (
    "the of port ports x X_ x_the é 5 3.5 1,000 ２ A350 5g ٣ % $ . , … “ 's - _ 的 天津 港 臺灣 年 〇 か ァ 🚌 \u0301"
)
PIECES = st.sampled_from([*_PIECES.split(" "), " ", "\n", "\u3000"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS, st.lists(PIECES, min_size=1, max_size=4).map("".join).filter(folded))
@example("3.5", "5")
@example("a 5.5", "5.")
@example("1.x5", "x5")
@example("the", "x_the")
def test_a_text_with_a_phrase_has_the_phrase_s_terms(text, phrase):
    """So a passage with the phrase is never passed over; where a phrase is a term, no other has it."""
    is_in = exact_pattern(phrase).search(folded(text)) is not None
    assert not is_in or exact_terms(phrase) <= exact_terms(text)
    term = own_term(phrase)
    assert term is None or is_in == (term in exact_terms(text))


@given(TEXTS, st.data())
def test_what_stands_between_blanks_is_found(text, data):
    """A word that was copied out of a text is in it."""
    words = folded(text).split(" ")
    word = data.draw(st.sampled_from(words))
    assert not word or exact_pattern(word).search(folded(text))


@pytest.mark.parametrize(
    "phrase",
    [
        "the",
        "of the",
        "2025",
        "2025年",
        "5%",
        "$5",
        "9月",
        "1,000",
        "的",
        "天津",
        "a",
        "?",
        "！",
        "«",
        "🚌",
        "u.",
        "..",
    ],
)
def test_what_many_texts_have_is_one_term(phrase):
    """So that it is looked up, and no text is read for it."""
    assert own_term(phrase) in exact_terms(f"some {phrase} more") | exact_terms(f"前{phrase}后")


@pytest.mark.parametrize("phrase", ["port of Tianjin", "the port", "天津港", "天津 港口", "one of the", "2025年9月"])
def test_a_longer_phrase_has_several_terms(phrase):
    """All of them have to be there."""
    assert own_term(phrase) is None
    assert len(exact_terms(phrase)) > 1


def test_case_width_blanks_and_traditional_characters_make_no_difference():
    """As in the pattern."""
    assert exact_terms("U.S.  Dollar，臺灣２０２５") == exact_terms("u.s. dollar，台湾2025")


def test_terms_grow_no_faster_than_the_text():
    """A piece, and one with its neighbour."""
    assert len(exact_terms("5%的the of " * 1000)) == len(exact_terms("5%的the of " * 2))
    assert all(len(exact_terms(character * 10_000)) <= 2 for character in "a5%的 .か")
