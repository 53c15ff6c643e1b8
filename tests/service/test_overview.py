"""What the index holds, and examples of what to ask it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Document, Language, build_snapshot, example_queries, open_snapshot
from service.overview import Overview, Overviews
from service.records import GroupBy, Query
from service.search.searcher import Searcher
from service.search.totals import RELEVANT

ZH = """钢铁厂的高炉去年停了。厂长王志远介绍，改造后年产特种钢板860万吨。新建的《绿洲规划》要种树。
滨江特钢集团承担了投资35.6亿元的改造工程。改造资金合计35.6亿元。河对岸的居民很高兴。"""
EN = """The old furnaces were stopped last year. After the refit, said Robert Haldane in the yard, the works will roll
8.6 million tonnes of plate. An investment of 3.56 billion yuan pays for it. The people across the river are glad."""
OTHER = """Moths come to lamps at night. In Cape Verde they gather by 12,500 lamps along the coast, wrote Ines Tavares in May."""


def write(folder, **articles):
    folder.mkdir()
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def searcher_of(folder, directory, encoder):
    build_snapshot([folder], directory, encoder)
    return Searcher(open_snapshot(directory), encoder)


@pytest.fixture
def searcher(tmp_path, encoder):
    """A searcher of three articles, of which two state a day and two a source."""
    folder = write(
        tmp_path / "articles",
        zh=f"---\ntitle: 滨江老钢厂改造后年底投产\nsource: 滨江晚报\npublished: 2024-03-02\n---\n{ZH}",
        en=f"---\ntitle: Rolling mill at Binjiang starts again\nsource: Harbour Post\npublished: 2025-01-09\n---\n{EN}",
        moths=f"---\ntitle: Lamps that draw the moths\n---\n{OTHER}",
    )
    searcher = searcher_of(folder, tmp_path / "index", encoder)
    yield searcher
    searcher.snapshot.close()


def test_an_overview_counts_what_the_articles_state(searcher):
    """Articles, passages of each language, days and sources, and how many state none."""
    overview = Overview.of(searcher)
    assert overview.documents == 3
    assert overview.passages == {language: len(pool) for language, pool in searcher.snapshot.pools.items()}
    assert overview.published == (dt.date(2024, 3, 2), dt.date(2025, 1, 9), 1)
    assert [(source.value, source.count) for source in overview.sources] == [("Harbour Post", 1), ("滨江晚报", 1)]
    assert (overview.source_count, overview.unsourced) == (2, 1)


def test_each_example_finds_its_article_among_the_first_three(searcher):
    """A reader who clicks one is not disappointed."""
    overview = Overview.of(searcher)
    assert overview.examples[Language.ZH]
    assert overview.examples[Language.EN]
    for language, examples in overview.examples.items():
        for example in examples:
            answer = searcher.search(Query(example, k=3, group_by=GroupBy.DOCUMENT))
            having = [
                hit for hit in answer.hits
                if example in hit.document.title or example.replace(" ", "") in hit.document.text.replace(" ", "").replace("\n", "")
            ]  # fmt: skip
            assert having, (language, example)
            assert all(hit.score >= RELEVANT for hit in having[:1])


def test_examples_are_the_same_in_another_generation_of_the_same_articles(searcher, tmp_path, encoder):
    """They depend on the articles alone."""
    again = searcher_of(tmp_path / "articles", tmp_path / "again", encoder)
    try:
        assert Overview.of(again).examples == Overview.of(searcher).examples
    finally:
        again.snapshot.close()


def test_a_language_without_articles_has_no_examples(tmp_path, encoder):
    """Nothing is translated by guess."""
    folder = write(
        tmp_path / "one",
        en=f"---\ntitle: Rolling mill at Binjiang starts again\n---\n{EN}",
        moths=f"---\ntitle: Lamps that draw the moths\n---\n{OTHER}",
    )
    searcher = searcher_of(folder, tmp_path / "index", encoder)
    try:
        overview = Overview.of(searcher)
    finally:
        searcher.snapshot.close()
    assert overview.examples[Language.ZH] == ()
    assert overview.examples[Language.EN]
    assert overview.sources == ()


def test_a_heading_of_several_articles_is_no_example(tmp_path, encoder):
    """It would find any of them."""
    folder = write(
        tmp_path / "notes",
        **{f"n{at}": f"---\ntitle: Notes on this release\n---\nPart {at} has a paragraph of its own here, on {word}."
           for at, word in enumerate(("gears", "bolts", "wheels", "chains"))},
    )  # fmt: skip
    searcher = searcher_of(folder, tmp_path / "index", encoder)
    try:
        assert "Notes on this release" not in Overview.of(searcher).examples[Language.EN]
    finally:
        searcher.snapshot.close()


def test_an_overview_is_made_once_for_a_generation(searcher, tmp_path, encoder):
    """Until the index changes, readers are told the same."""
    overviews = Overviews()
    first = overviews.of(searcher)
    assert overviews.of(searcher) is first
    other = searcher_of(tmp_path / "articles", tmp_path / "next", encoder)
    try:
        assert overviews.of(other).generation == other.snapshot.manifest.generation != first.generation
    finally:
        other.snapshot.close()


def test_making_an_overview_reads_a_bounded_sample(searcher, monkeypatch):
    """However many passages there are, 48 of a language are read and 12 searches are made."""
    asked, read = [], []
    search, passages_at = searcher.search, searcher.snapshot.articles.passages_at
    monkeypatch.setattr(searcher, "search", lambda query: asked.append(query) or search(query))
    monkeypatch.setattr(
        searcher.snapshot.articles,
        "passages_at",
        lambda language, rows: read.append(rows) or passages_at(language, rows),
    )
    monkeypatch.setattr("service.overview._SAMPLE", 2)
    Overview.of(searcher)
    assert len(asked) <= 24
    assert all(len(rows) <= 2 for rows in read[:2])


# What an article may be asked for


def article(text, title="", language=Language.EN):
    return Document("a", title or text[:30], text, language)


def asked(text, language, title=""):
    return [example.text for example in example_queries(article(text, title, language), text, language)]


def test_an_article_is_asked_for_its_subject_a_name_and_an_amount():
    found = asked(ZH, Language.ZH, "滨江老钢厂改造后年底投产")
    assert found == ["滨江老钢厂改造后年底投产", "王志远", "改造资金合计35.6亿元"]
    found = asked(EN.replace("\n", " "), Language.EN, "Rolling mill at Binjiang starts again")
    assert found == ["Rolling mill at Binjiang starts again", "Robert Haldane", "investment of 3.56 billion yuan"]


def test_traditional_characters_are_read_as_simplified_ones_are():
    """And shown as they are written."""
    text = "廠長劉志遠介紹，改造後產量增加。改造資金合計35.6億元。"
    assert asked(text, Language.ZH, "濱江老鋼廠改造後年底投產") == [
        "濱江老鋼廠改造後年底投產", "劉志遠", "改造資金合計35.6億元"]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("https://example.org/a/long/page", Language.EN),
        ("npm install --save-dev some-thing now", Language.EN),
        ("Introduction", Language.EN),
        ("src/index.ts and its many helpers", Language.EN),
        ("引言", Language.ZH),
        ("的改造工程已经全面展开", Language.ZH),
    ],
)
def test_addresses_code_and_headings_are_no_subjects(title, language):
    assert title not in asked("Plain words follow." if language is Language.EN else "后面是普通的话。", language, title)


def test_a_title_that_is_only_how_the_text_begins_is_no_subject():
    """It may be cut anywhere, also inside a word."""
    text = "Houses were swept away as giant waves crashed onto beaches all along the shore of the bay."
    assert asked(text, Language.EN, "Houses were swept away as giant waves cra…") == []


PIECES = st.lists(
    st.sampled_from(["，", "。", "“", "”", "《", "3.5亿元", "12,000 ", "Robert Hale ", "said ", "工厂", "介绍", "王刚", "的", " ", "\n",
                     "http://", "x_y ", "of ", "Data ", "“", "计划", "%", "$5 million ", "trees ", "·", "𠮷", "厂长"]),
    max_size=60,
).map("".join)  # fmt: skip


@given(title=PIECES, text=PIECES, language=st.sampled_from(list(Language)))
def test_examples_are_short_pieces_of_the_article(title, text, language):
    """Whatever the text: one line, short, in the language, no address and no open quote."""
    for example in asked(text, language, title or "x"):
        assert len(example) <= 24 if language is Language.ZH else len(example.split()) <= 9
        assert "\n" not in example
        assert "://" not in example
        assert example.count("“") == example.count("”")
        words = "".join(f"{title}\n{text}".split())
        assert "".join(example.split()) in words or language is Language.EN
