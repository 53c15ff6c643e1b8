"""What a query asks for."""

from __future__ import annotations

import pytest

from indexer.terms import TermKind, passage_terms, query_terms


def groups(query: str, kind: TermKind) -> dict[str, dict[str, float]]:
    return {group.surface: dict(group.alternatives) for group in query_terms(query) if group.kind is kind}


def matched(query: str, passage: str, kind: TermKind) -> list[str]:
    terms = set(passage_terms(passage))
    return [
        group.surface for group in query_terms(query) if group.kind is kind and terms & dict(group.alternatives).keys()
    ]


def test_a_name_in_a_chinese_question_counts_once():
    """Its parts (Songlin) are alternatives of the same group, and the longest has the whole share."""
    asked = "刘松林在天津调研时说了什么"
    assert matched(asked, "Liu Songlin visited Tianjin.", TermKind.NAME) == ["刘松林", "天津"]
    name = groups(asked, TermKind.NAME)["刘松林"]
    assert name["l_liusonglin"] == 1.0
    assert name["l_songlin"] < 1.0


def test_characters_ask_for_no_homophones_among_chinese_passages():
    assert not any(term.startswith("p_") for group in query_terms("刘松林") for term, _ in group.alternatives)
    assert not matched("刘松林", "柳松琳说", TermKind.NAME)


def test_a_place_is_found_without_its_kind():
    assert groups("武清区有什么特色", TermKind.NAME)["武清区"]["l_wuqing"] == 1.0


def test_names_typed_one_after_another_are_groups_of_their_own():
    names = ["li qiang", "wang yi", "he lifeng", "chen min'er", "beijing", "tianjin", "songlin liu", "zhu rong ji"]
    assert list(groups(", ".join(names), TermKind.NAME)) == names
    assert list(groups("li qiang wang yi", TermKind.NAME)) == names[:2]


def test_a_rare_family_name_may_come_last():
    """Rao isn't among the frequent ones, and no English word either."""
    (group,) = query_terms("Letian Rao")
    assert {"p_raoletian", "l_letianrao"} <= dict(group.alternatives).keys()


def test_a_romanised_name_asks_for_both_scripts():
    name = groups("What did Liu Songlin say?", TermKind.NAME)["Liu Songlin"]
    assert name["p_liusonglin"] == name["l_liusonglin"] == 1.0
    assert name["p_songlin"] < 1.0


@pytest.mark.parametrize(
    "query",
    [
        "change women language dating guide manage page menu balance china panda finance",
        "can she have a long lunch",
        "the American economy",
    ],
)
def test_english_words_that_read_as_pinyin_are_no_names(query):
    assert groups(query, TermKind.NAME) == {}


def test_amounts_and_dates_are_not_asked_for_again_as_words():
    query = "8.17 billion yuan in September 2023"
    assert [group.kind for group in query_terms(query)] == [TermKind.NUMBER, TermKind.DATE]


def test_words_that_only_ask_are_no_terms():
    assert set(groups("武清区有哪些特色产业？", TermKind.WORD)) == {"武清", "清区", "区有", "特色", "色产", "产业"}
    assert set(groups("What are the industries of it, and how many?", TermKind.WORD)) == {"industries"}


def test_a_pair_with_a_particle_is_left_out_unless_it_is_a_word():
    assert "区的" not in groups("武清区的目的", TermKind.WORD)
    assert "目的" in groups("武清区的目的", TermKind.WORD)


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("GDP", "gdp"),
        ("5G", "5g"),
        ("R&D", "r.d"),
        ("ISO9001", "iso9001"),
        ("COVID-19", "covid19"),
        ("A350", "a350"),
        ("US", "usa"),
        ("companies", "compani"),
    ],
)
def test_acronyms_codes_and_stems(query, term):
    """They are the same inside Chinese text."""
    assert query_terms(query)[0].alternatives[0] == (term, 1.0)
    assert term in passage_terms(f"据报道，{query}的发展")


def test_a_single_character_is_a_term_only_by_itself():
    assert [group.alternatives for group in query_terms("税")] == [(("税", 1.0),)]
    assert "税" in passage_terms("税: 5%")


def test_traditional_characters_are_asked_for_in_simplified_and_shown_as_written():
    word = next(group for group in query_terms("經濟") if group.kind is TermKind.WORD)
    assert (word.surface, word.alternatives) == ("經濟", (("经济", 1.0),))


def test_the_same_thing_twice_is_one_group():
    assert len(query_terms("2023 2023 2023")) == 1


def test_a_query_without_terms_has_no_groups():
    assert query_terms("") == query_terms("？！ the of 的") == []
