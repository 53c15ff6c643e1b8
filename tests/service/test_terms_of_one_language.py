"""What stands literally in one article is found first, whichever language the article is in and however it is asked for."""

from __future__ import annotations

import pytest
from other_articles import other_articles

from indexer import Language
from service import Query
from service.search.query.question import Question

ARTICLES = {
    "zh/馆长.md": "县里昨天宣布，龚乐凡出任图书馆馆长，任期三年，他此前在中学教历史。",
    "zh/总理.md": "冯德莱恩星期二抵达，将与各国代表讨论渔业配额问题，并参观港口。",
    "zh/财政.md": "财政司司长陈茂波发表预算案，提出为中小企业延长还款期限。",
    "zh/寒潮.md": "清晨气温降到零下31.4摄氏度，公交车全部停驶，学校放假一天。",
    "zh/热浪.md": "午后气温升到31.4摄氏度，景区关闭，医院收治了多名中暑的游客。",
    "zh/雾.md": "今晨雾很大，三条高速公路封闭，航班延误，轮渡也停了。",
    "zh/画展.md": "画家龚澹宁的水墨画展昨日在文化馆开幕，展出作品六十幅，月底结束。",
    "zh/通知.md": "市里印发津政办发〔2022〕41号文件，规定了供热的收费办法。",
    "en/wharton.md": "Percival Quillfeather opened the exhibition of maps and thanked the town for its help.",
    "en/budget.md": "Leung Kam-chung, the financial secretary, promised a smaller deficit in his last budget.",
    "en/old.md": "Corvid Billing 7.4.12.1 prints labels and mends a fault in the export of invoices.",
    "en/new.md": "Corvid Billing 7.4.1.21 has a dark mode and a calendar, and prints on larger paper.",
    "en/metro.md": "Shijiazhuang opened another stretch of its metro line with seven stations to the north.",
    "en/dollar.md": "The U.S. dollar rose against most currencies after the bank had spoken on Monday.",
}


@pytest.fixture(scope="module")
def searcher(search_corpus):
    """A searcher over articles each of which has a name, a code or a value that no other has."""
    texts = {**ARTICLES, **other_articles(50, seed=2)}
    return search_corpus({name: {"title": "", "text": text} for name, text in texts.items()})


def _hits(searcher, text):
    return searcher.search(Query(text, k=20)).hits


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("龚乐凡", "zh/馆长.md"),
        ("龔樂凡", "zh/馆长.md"),
        ("龚乐凡先生", "zh/馆长.md"),
        ("冯德莱恩", "zh/总理.md"),
        ("馮德萊恩女士", "zh/总理.md"),
        ("Percival Quillfeather", "en/wharton.md"),
        ("quillfeather percival", "en/wharton.md"),
        ("Mr. Quillfeather", "en/wharton.md"),
        ("QUILLFEATHER", "en/wharton.md"),
        ("雾", "zh/雾.md"),
        ("霧", "zh/雾.md"),
        ("7.4.12.1", "en/old.md"),
        ("Corvid 7.4.1.21", "en/new.md"),
        ("津政办发[2022]41号", "zh/通知.md"),
        ("零下31.4摄氏度", "zh/寒潮.md"),
        ("minus 31.4 degrees", "zh/寒潮.md"),
        ("-31.4℃", "zh/寒潮.md"),
        ("－３１．４℃", "zh/寒潮.md"),
        ("31.4℃", "zh/热浪.md"),
        ("陳茂波", "zh/财政.md"),
    ],
)
def test_what_only_one_article_has_finds_it_first(searcher, question, document):
    """And it counts as relevant, though the fake encoder knows none of it."""
    first = _hits(searcher, question)[0]
    assert first.document.id == document
    assert first.score > 0.2


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Paul Chan Mo-po", "zh/财政.md"),
        ("chan mo-po", "zh/财政.md"),
        ("梁锦松", "en/budget.md"),
        ("梁錦松先生", "en/budget.md"),
    ],
)
def test_a_name_is_found_first_as_it_is_spelled_in_the_other_language(searcher, question, document):
    """Though a spelling may be of several names, so that the score says less."""
    assert _hits(searcher, question)[0].document.id == document


@pytest.mark.parametrize("question", ["Gong Danning", "Danning Gong", "GONG DANNING", "gong danning"])
def test_a_name_that_the_encoder_does_not_know_is_counted(searcher, question):
    """The passage has the name, all of the query: that the encoder sees no likeness says nothing against it."""
    first, *others = _hits(searcher, question)
    assert first.document.id == "zh/画展.md"
    assert first.score >= 0.2
    assert all(hit.score < 0.2 for hit in others)


@pytest.mark.parametrize(("question", "other"), [("-31.4℃", "zh/热浪.md"), ("7.4.12.1", "en/new.md")])
def test_what_is_nearly_the_same_is_far_behind(searcher, question, other):
    """A value above zero isn't the one below, a version no other."""
    first, *rest = _hits(searcher, question)
    assert all(hit.score < first.score / 2 for hit in rest if hit.document.id == other)


def test_a_slip_costs_little(searcher):
    """What no index has is looked for with one letter changed."""
    right, wrong = _hits(searcher, "Shijiazhuang metro")[0], _hits(searcher, "Shijiazhang metro")[0]
    assert right.document.id == wrong.document.id == "en/metro.md"
    assert right.score / 2 < wrong.score <= right.score


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("２０２３年９月", "2023年9月"),
        ("武清區的預算", "武清区的预算"),
        ("Ｌｉｕ　Ｙｕｎｌｏｎｇ", "Liu Yunlong"),
        ("龔樂凡", "龚乐凡"),
    ],
)
def test_a_question_is_folded_before_anything_looks_at_it(searcher, typed, plain):
    """The encoder gets the same text, and the terms count the same."""
    assert Question.of(typed) == Question.of(plain)
    one, other = (searcher.prepare([text])[0].terms for text in (typed, plain))
    assert (one.roles, one.sure, one.focus) == (other.roles, other.sure, other.focus)


@pytest.mark.parametrize(
    ("text", "focus"), [("2025 25", 1.0), ("25 2025", 1.0), ("2023年9月", 1.0), ("the winter garden", 0.0)]
)
def test_focus_is_the_share_of_names_numbers_and_dates(searcher, text, focus):
    """Each where it stands: a number that another begins with is found at its own place."""
    assert searcher.prepare([text])[0].terms.focus == focus


def test_inches_ask_for_no_exact_words():
    """A quote after a digit opens nothing."""
    assert Question.of('a 12" pipe and a 14" pipe').phrases == ()
    assert Question.of('a 12" pipe of "cast iron"').phrases == ("cast iron",)


@pytest.mark.parametrize("phrase", ['"U.S. dollar"', '"u.s. dollar"', '"U.s."', '"u.s" dollar'])
def test_case_makes_no_difference_to_a_phrase(searcher, phrase):
    """Nor to an abbreviation with full stops in it."""
    assert [hit.document.id for hit in _hits(searcher, phrase)] == ["en/dollar.md"]


def test_a_name_in_characters_is_among_what_matched(searcher):
    """An explanation names what the score came from."""
    first = searcher.search(Query("龚乐凡", explain=True)).hits[0]
    assert first.explanation is not None
    assert ("龚乐凡", "name") in {(term.text, term.kind) for term in first.explanation.matched}


@pytest.mark.parametrize(
    ("text", "language", "signal", "kind", "surface"),
    [
        ("the deficit of hospitals", Language.ZH, "glosses", "gloss", "hospitals"),
        ("Gong Danning", Language.ZH, "names", "name", "Gong Danning"),
        ("梁锦松", Language.EN, "names", "name", "梁锦松"),
        ("预算赤字", Language.EN, "glosses", "gloss", "赤字"),
        ("minus 31.4 degrees", Language.ZH, "numbers", "number", "minus 31.4"),
    ],
)
def test_an_explanation_names_what_each_signal_counted(searcher, text, language, signal, kind, surface):
    """As the query writes it, translations too."""
    hits = searcher.search(Query(text, k=100, languages=(language,), explain=True)).hits
    counted = [hit.explanation for hit in hits if (hit.explanation.signals[signal] or 0) > 0]
    assert counted
    for explanation in counted:
        assert (surface, kind) in {(term.text, term.kind) for term in explanation.matched if term.weight > 0}


def test_a_name_of_one_language_does_not_lift_it_in_a_long_question(searcher):
    """The other language writes it otherwise, and is asked the rest of the question as well."""
    text = "what did Quillfeather say about the winter market by the river"
    terms = searcher.prepare([text])[0].terms
    assert "names" not in terms.roles
