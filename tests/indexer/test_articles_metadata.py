"""Source, author and date: read where the page states them, else None."""

from __future__ import annotations

import datetime as dt

import pytest
from cleaning import to_document

from indexer.articles.page import Page
from indexer.articles.saved_pages.furniture import Article
from indexer.articles.saved_pages.metadata import read_author, read_date, read_source


def article(*head: str, body: tuple[str, ...] = ("The bridge opened. It is green.",), tail: tuple[str, ...] = ()):
    """An article with some lines around its title."""
    return Article("A bridge opens", head, body, tail)


@pytest.mark.parametrize(
    "head",
    [
        ("Published: March 5, 2024", "Updated: March 6, 2024"),
        ("Updated: March 6, 2024", "Published: March 5, 2024"),
        ("Published: March 5, 2024 | Updated: March 6, 2024",),
        ("Updated: March 6, 2024 | Published: March 5, 2024",),
        ("发布时间：2024-03-05 更新时间：2024-03-06",),
        ("更新时间：2024-03-06 08:00 发布时间：2024-03-05 07:00",),
        ("更新：2024-03-06 发布：2024-03-05",),
    ],
)
def test_the_day_of_publication_goes_before_the_day_of_an_update(head: tuple[str, ...]):
    """Whatever the order in which the page names them."""
    assert read_date(article(*head)) == dt.date(2024, 3, 5)


def test_an_update_counts_where_no_other_date_is_stated():
    """It is what the page says, and nearer than nothing."""
    assert read_date(article("Updated: 2024-03-06 By Ada Brook")) == dt.date(2024, 3, 6)


@pytest.mark.parametrize(
    "line", ["The strike began on March 5, 2024.", "罢工始于2024年3月5日。", "Was the bridge opened on 5 March 2024?"]
)
def test_a_sentence_that_tells_of_a_date_dates_nothing(line: str):
    """It may be any day of history, however short the sentence is."""
    assert read_date(article(line)) is None


@pytest.mark.parametrize(
    "line", ["Published on March 5, 2024.", "By Ada Brook, March 5, 2024.", "本报2024年3月5日讯。"]
)
def test_a_stated_date_may_end_with_a_full_stop(line: str):
    """A label or an author before it tells that it is the article's."""
    assert read_date(article(line)) == dt.date(2024, 3, 5)


def test_a_dateline_with_its_year_dates_the_article():
    """Agencies begin their texts with it."""
    assert read_date(article(body=("新华社北京2020年3月5日电 大桥开通。",))) == dt.date(2020, 3, 5)


def test_a_dateline_without_its_year_dates_nothing():
    """Its year is not guessed from today, nor from other numbers in the text."""
    assert read_date(article(body=("中新网天津5月23日电 (记者 周亚强)2024年的计划已经公布。",))) is None


@pytest.mark.parametrize(
    "body",
    ["On March 5, 2024, the bridge opened.", "2024年3月5日，大桥开通。", "The bridge of 2024-03-05 is not this one."],
)
def test_a_date_that_the_story_tells_is_no_date_of_publication(body: str):
    """An article about a day may be written years after it."""
    assert read_date(article(body=(body,))) is None


def test_a_long_paragraph_in_the_head_bears_no_date():
    """A summary above the text tells of days; a by-line is short."""
    assert (
        read_date(article("The bridge was begun on March 5, 2024, " + "and everybody was there to see it " * 10))
        is None
    )


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("2023-08-22 11:07:57 来源:天津日报", "天津日报"),
        ("来源：新华社 作者：李明", "新华社"),
        ("发布时间：2019-07-02　　信息来源：市文化和旅游局", "市文化和旅游局"),
        ("Source: Reuters", "Reuters"),
        ("Updated: Jan 13, 2023 By YANG CHENG chinadaily.com.cn Print", "chinadaily.com.cn"),
        ("Mondo Finance Updated on 2024-02-09", "Mondo Finance"),
        ("Harbour Post · March 5, 2024", "Harbour Post"),
    ],
)
def test_a_source_beside_the_title_is_read(head: str, source: str):
    """With a label, as a domain, or as the name before the date."""
    assert read_source(article(head)) == source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("中新网天津5月23日电 (记者 周亚强)大桥开通。", "中新网"),
        ("新华社北京2020年3月5日电 大桥开通。", "新华社"),
        ("LONDON (Reuters) - The bridge opened.", "Reuters"),
    ],
)
def test_the_agency_of_the_dateline_is_the_source(line: str, source: str):
    """Where nothing beside the title says otherwise."""
    assert read_source(article(body=(line,))) == source


def test_a_stated_source_goes_before_the_agency_of_the_dateline():
    """The page that prints an agency's text names itself or the agency: its word counts."""
    page = article("2025-09-17 来源:中国新闻网", body=("中新网天津9月17日电 大桥开通。",))
    assert read_source(page) == "中国新闻网"


@pytest.mark.parametrize(
    "head", ["2024-03-05", "Published: March 5, 2024", "发布时间：2024-03-05", "ada@harbour.example"]
)
def test_a_page_that_names_no_source_has_none(head: str):
    """The label of a date is no name, and neither is an address to write to."""
    assert read_source(article(head)) is None


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("By Ada Brook", "Ada Brook"),
        ("By ADA BROOK", "Ada Brook"),
        ("By Ada van Brook-Lowe | March 5, 2024", "Ada van Brook-Lowe"),
        ("Posted March 5, 2024 by Ada Brook", "Ada Brook"),
        ("Updated: Jan 13, 2023 By YANG CHENG chinadaily.com.cn Print", "Yang Cheng"),
        ("来源：新华社 作者：李明", "李明"),
        ("記者王小明／綜合報導", "王小明"),
    ],
)
def test_an_author_beside_the_title_is_read(head: str, author: str):
    """A name in capitals is written as a name."""
    assert read_author(article(head)) == author


def test_the_reporter_of_the_dateline_is_the_author():
    """Chinese agencies name the reporter in brackets before the text."""
    assert read_author(article(body=("中新网天津5月23日电 (记者 周亚强)大桥开通。",))) == "周亚强"


def test_the_signature_at_the_end_is_the_author():
    """Newspapers sign the last paragraph."""
    assert read_author(article(body=("大桥开通。", "群众共享便利。(记者 张立平)"))) == "张立平"


@pytest.mark.parametrize("head", ["By Staff", "By the harbour, a heron stands", "2024-03-05", "来源：新华社"])
def test_a_page_that_names_no_author_has_none(head: str):
    """`by` is a word of every English text."""
    assert read_author(article(head)) is None


def test_what_the_file_states_goes_before_what_the_page_says():
    """Front matter and fields of JSON are meant; a by-line is only found."""
    page = Page(
        "A bridge opens\n2024-03-05 Source: Reuters By Ada Brook\nThe bridge opened on Monday, and it is green.",
        source="Harbour Post",
        author="Ben Lowe",
        published=dt.date(2020, 1, 2),
    )
    document = to_document(page, "bridge")
    assert (document.source, document.author, document.published) == ("Harbour Post", "Ben Lowe", dt.date(2020, 1, 2))


def test_a_text_that_states_nothing_has_no_metadata():
    """None, never guessed."""
    document = to_document(Page("A bridge opens\nThe bridge opened on Monday, and it is green."), "bridge")
    assert (document.source, document.author, document.published, document.url) == (None, None, None, None)
