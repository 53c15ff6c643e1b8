"""Hits as a data frame and as a table in a notebook."""

from __future__ import annotations

import dataclasses
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.client import frame, records
from service.client.table import Caption, table

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;'`</td></table>"
PERMITTED = {"p", "table", "caption", "thead", "tbody", "tr", "th", "td", "div", "span", "strong", "mark", "a"}


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = [], [], {}, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in set(self.open):
            self.texts[tag][-1] += data


def _hit(text="One. Two.", marks=((0, 4),), start=10, **stated):
    document = {
        "id": "a.md", "title": "Title", "source": None, "url": None, "published": None, "language": "en",
        "counterparts": (), **stated,
    }  # fmt: skip
    highlights = tuple(records.Highlight(start + first, start + last, 0.9) for first, last in marks)
    passage = records.FoundPassage("p", text, "en", start, start + len(text), highlights)
    return records.Hit(1, 0.937, passage, records.Document(**document))


def _page(*hits, language="en", total=None):
    page = Page(table(hits, Caption(language, len(hits), total)))
    assert page.open == []
    assert set(page.tags) <= PERMITTED
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    return page


def test_nothing_of_an_article_becomes_markup():
    """Whoever writes an article writes no code of the notebook."""
    other = records.Counterpart(HOSTILE, HOSTILE, "zh", 0.9)
    page = _page(
        _hit(
            HOSTILE,
            ((2, 10),),
            id=HOSTILE,
            title=HOSTILE,
            source=HOSTILE,
            url="https://x/" + HOSTILE,
            counterparts=(other,),
        )
    )
    assert page.texts["strong"] == [HOSTILE]
    assert page.texts["mark"] == [HOSTILE[2:10]]
    assert page.texts["td"][2] == HOSTILE
    assert page.texts["td"][1].count(HOSTILE) == 4
    assert ("href", "https://x/" + HOSTILE) in page.attributes


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//x",
        "http://[",
        "java\nscript:x",
    ],
)
def test_only_addresses_of_the_web_are_links(url):
    assert "a" not in _page(_hit(url=url)).tags


@pytest.mark.parametrize("url", ["http://x/y?a=1&b=2", "HTTPS://例.中国/文"])
def test_addresses_of_the_web_are_links(url):
    """To a page of their own, which learns nothing of the notebook."""
    page = _page(_hit(url=url))
    assert ("href", url) in page.attributes
    assert ("rel", "noopener noreferrer") in page.attributes


@given(st.text(max_size=40).filter(lambda text: "\r" not in text and "\0" not in text), st.data())
def test_marks_are_the_best_sentences_and_the_text_stays_what_it_is(text, data):
    """Whatever the text, and also where sentences touch or overlap."""
    ends = st.integers(0, len(text))
    marks = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=3))]
    page = _page(_hit(text, marks))
    assert page.texts["td"][2] == text
    covered = {at for first, last in marks for at in range(first, last)}
    assert "".join(page.texts.get("mark", [])) == "".join(text[at] for at in sorted(covered))


def test_a_table_speaks_the_language_of_the_question(asking):
    """Headings and caption; each text says which language it is in."""
    chinese, english = (Page(asking.search(question, k=3)._repr_html_()) for question in ("预算", "budget"))
    assert chinese.texts["th"] == ["分数", "文章", "段落"]
    assert english.texts["th"] == ["Score", "Article", "Passage"]
    assert chinese.texts["caption"] == [f"3 个结果；相关的共 {asking.search('预算').total} 个"]
    assert english.texts["caption"] == [f"3 hits; {asking.search('budget').total} relevant in all"]
    assert {("lang", "zh"), ("lang", "en")} <= set(chinese.attributes)


def test_the_table_shows_what_was_found(asking):
    """Title, source, day, best sentence and the same story in the other language."""
    answer = asking.search("智能公交示范线", k=1)
    hit, page = answer[0], Page(answer._repr_html_())
    assert page.texts["strong"] == [hit.document.title]
    assert page.texts["mark"] == [hit.best_sentence]
    assert "天津日报 · 2023-05-05 · 天津/公交.md" in page.texts["td"][1]


def test_a_lower_bound_is_named_as_one():
    assert str(Caption("en", 3, 40, is_exact=False)) == "3 hits; at least 40 relevant in all"
    assert str(Caption("zh", 3, 40, is_exact=False)) == "3 个结果；相关的至少 40 个"


def test_no_hits_say_so(asking):
    assert Page(asking.search("预算", sources="Nobody")._repr_html_()).texts["p"] == ["没有找到段落。"]
    assert Page(asking.search("budget", sources="Nobody")._repr_html_()).texts["p"] == ["No passage was found."]


def test_similar_hits_are_a_table_too(asking):
    """In the language of the first, since there is no question."""
    similar = asking.similar("天津/公交.md", k=2)
    page = Page(similar._repr_html_())
    assert page.texts["caption"] == ["2 个结果" if similar[0].passage.language == "zh" else "2 hits"]
    assert page.texts["strong"] == [hit.document.title for hit in similar]


@pytest.mark.slow
def test_a_data_frame_has_one_row_a_hit(asking):
    """With days as time stamps, so that they can be counted by month."""
    pytest.importorskip("pandas")
    answer = asking.search("预算 bus violin 港口", k=20)
    data = answer.to_frame()
    assert tuple(data.columns) == frame.COLUMNS
    assert data["rank"].tolist() == list(range(1, len(answer) + 1))
    assert data["text"].tolist() == [hit.passage.text for hit in answer]
    assert data["best_sentence"].tolist() == [hit.best_sentence for hit in answer]
    assert data["published"].isna().sum() == sum(hit.document.published is None for hit in answer) > 0
    assert data["published"].dt.strftime("%Y-%m-%d").dropna().tolist() == [
        str(hit.document.published) for hit in answer if hit.document.published
    ]
    first = answer[0].document
    assert data["counterpart_id"].isna()[0] == (not first.counterparts)


@pytest.mark.slow
def test_a_data_frame_without_rows_has_its_columns(asking):
    pytest.importorskip("pandas")
    data = asking.search("预算", sources="Nobody").to_frame()
    assert tuple(data.columns) == frame.COLUMNS
    assert len(data) == 0
    assert str(data["published"].dtype).startswith("datetime64")


def test_without_pandas_the_error_says_how_to_install_it(asking, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    answer = asking.search("预算", k=1)
    with pytest.raises(ImportError, match="pip install pandas"):
        answer.to_frame()


def test_records_are_frozen(asking):
    hit = asking.search("预算", k=1)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        hit.rank = 2
