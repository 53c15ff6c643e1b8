"""Which language a text is in."""

from __future__ import annotations

import pytest

from indexer import Language, query_language
from indexer.text.language_identification import han_share, identify, passage_language

FOREIGN = {
    "ko": "대한민국 정부는 오늘 새로운 경제 정책을 발표했다. 이 정책은 중소기업을 지원하고 일자리를 늘리는 것을 목표로 한다.",
    "ja": "政府は今日、新しい経済政策を発表しました。この政策は中小企業を支援することを目的としています。",
    "de": "Die Bundesregierung hat am Montag ein neues Gesetz zur Förderung der erneuerbaren Energien beschlossen.",
    "ru": "Правительство объявило сегодня о новой экономической политике, направленной на поддержку малого бизнеса.",
    "fr": "Le gouvernement a annoncé lundi une nouvelle loi pour soutenir les énergies renouvelables dans tout le pays.",
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items())
@pytest.mark.parametrize("document_language", [*Language, None])
def test_a_long_text_in_a_third_language_is_foreign(code, text, document_language):
    """What its document says doesn't make a Korean paragraph Chinese."""
    assert identify(text) == code
    assert passage_language(text, document_language) is None


@pytest.mark.parametrize(
    "text", [FOREIGN["de"], FOREIGN["ru"], "Tianjin Binhai: BYD, CATL, Huawei, Tencent, Baidu " * 3]
)
def test_identification_gives_the_same_answer_each_time(text):
    """langdetect draws at random unless it is seeded, and the same corpus must give the same passages."""
    assert len({identify(text) for _ in range(20)}) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("武清区签约", Language.ZH),
        ("天津", Language.ZH),
        ("臺灣經濟成長", Language.ZH),
        ("2023年武清区GDP增长3.5%", Language.ZH),
        ("東京都知事", Language.ZH),
        ("𠮷𩸽", Language.ZH),
        ("Tianjin port throughput rises sharply", Language.EN),
        ("Wuqing signs deals", Language.EN),
        ("Hotel Berlin Alexanderplatz", Language.EN),
    ],
)
def test_a_short_headline_is_not_lost(text, language):
    """A few words are too little to call them a third language."""
    assert passage_language(text, None) == language


@pytest.mark.parametrize("text", ["BYD Tesla CATL", "2023", "3.5%", "WTO, IMF", "……"])
@pytest.mark.parametrize("language", list(Language))
def test_a_text_that_cannot_be_told_has_its_document_s_language(text, language):
    """A row of names or numbers belongs to the article around it."""
    assert identify(text) is None
    assert passage_language(text, language) == language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The People's Daily (人民日报) said on Monday that it was the largest of the three.", "en"),
        ("记者从OpenAI和Google获悉，新模型将于下月发布。", "zh"),
        ("据《华尔街日报》(The Wall Street Journal)报道，特斯拉(Tesla)将在上海建设新工厂。", "zh"),
    ],
)
def test_names_in_another_script_do_not_change_the_language(text, code):
    """An English report that cites a Chinese name is English, and the other way round."""
    assert identify(text) == code


def test_a_document_s_language_does_not_override_clear_text():
    """An English paragraph in a Chinese article is searched as English."""
    assert passage_language("This is what he said to the people who were there.", Language.ZH) == Language.EN
    assert passage_language("他对在场的人这样说。", Language.EN) == Language.ZH


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("武清区一般公共预算收入", Language.ZH),
        ("Wuqing budget revenue", Language.EN),
        ("东京タワー", Language.ZH),
        ("", Language.EN),
        ("2023", Language.EN),
    ],
)
def test_every_query_gets_one_of_the_two_languages(text, language):
    """A query is never refused for its language."""
    assert query_language(text) == language


def test_han_share_counts_letters_only():
    """Digits and punctuation say nothing about a language."""
    assert han_share("天津 2023 ab!!") == pytest.approx(0.5)
    assert han_share("2023, 3.5 %") == 0
