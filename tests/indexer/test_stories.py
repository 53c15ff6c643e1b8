"""Articles as they are compared with those of the other language."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from indexer import Language, Passage, build_snapshot, open_snapshot
from indexer.linking.article_features import READING_ORDER, StoryBook, originals
from indexer.linking.counterparts import term_numbers
from indexer.linking.editions import Edition


def passage(document, language, number):
    return Passage(f"{document}-{language}-{number}", document, "text", language, 0, 4)


def test_an_article_in_both_languages_is_one_story(tmp_path):
    """It belongs to the language of most of its passages, with the terms of all."""
    book = StoryBook(tmp_path)
    for language, count in ((Language.EN, 1), (Language.ZH, 2)):
        passages = [passage("mixed.md", language, number) for number in range(count)]
        book.add_embeddings(language, passages, np.eye(count, 4, dtype=np.float32))
        assert list(book.reading(language, passages, [["n_81", "l_wuqing", "p_wuqing"]] * count))
    stories = book.stories({}, {})
    assert len(stories[Language.EN]) == 0
    story = stories[Language.ZH]
    assert story.ids == ["mixed.md"]
    assert set(term_numbers(["n_81", "l_wuqing"])) <= set(story.terms[0])
    np.testing.assert_allclose(story.embeddings, np.array([[1, 1, 0, 0]]) / 2**0.5, atol=1e-6)
    assert READING_ORDER[0] is Language.EN


def test_articles_with_passages_of_both_languages_are_indexed(tmp_path, encoder):
    """No article is the counterpart of itself, and none is told twice."""
    folder = tmp_path / "articles"
    folder.mkdir()
    english = "In September 2023 Baodi signed thirteen projects worth 8.17 billion yuan with companies from Beijing."
    chinese = "2023年9月，宝坻区与北京的企业签订了十三个项目，总投资81.7亿元，其中八个已经开工建设。"
    for name, text in (("a.md", f"{english}\n\n{chinese}"), ("b.md", f"{chinese}\n\n{english}"), ("c.md", chinese)):
        (folder / name).write_text(text, "utf-8")
    build_snapshot([folder], tmp_path / "index", encoder)
    snapshot = open_snapshot(tmp_path / "index")
    for document in snapshot.articles.documents():
        found = [counterpart.id for counterpart, _ in snapshot.articles.counterparts_of(document.id)]
        assert document.id not in found
        assert len(found) == len(set(found))
    snapshot.close()


RELEASES = {
    "en-{0}.md": "The router release {0} of the Lantern framework fixes timeouts in streaming calls, renames two options of "
    "the client, and drops support for old compilers; thanks to all 14 contributors from 6 companies.",
    "zh-{0}.md": "Lantern 框架的路由组件发布 {0} 版，修复了流式调用的超时问题，更改了客户端的两个选项，不再支持旧编译器，"
    "感谢来自6家公司的14位贡献者。",
}


def test_notes_of_two_versions_are_not_one_story(tmp_path, encoder):
    """However alike they read; those of one version may be."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for version in ("0.2.0", "0.3.0"):
        for name, text in RELEASES.items():
            title = f"Lantern v{version} {'released' if name.startswith('en') else '发布'}"
            (folder / name.format(version)).write_text(f"# {title}\n\n{text.format(version)}", "utf-8")
    build_snapshot([folder], tmp_path / "index", encoder)
    snapshot = open_snapshot(tmp_path / "index")
    for document in snapshot.articles.documents():
        found = {counterpart.id for counterpart, _ in snapshot.articles.counterparts_of(document.id)}
        assert found <= {f"{language}-{document.id[3:-3]}.md" for language in ("en", "zh")}
    snapshot.close()


FACTORY = (
    "The chip plant of Haiyuan Semiconductor in Jinnan began trial production on March 4, 2024; it cost 31.46 billion "
    "yuan and is to employ 2,870 people, general manager Wei Guoliang said."
)
FACTORY_ZH = "海源半导体设在津南的芯片工厂2024年3月4日开始试生产，工厂投资314.6亿元，将雇用2870人，总经理魏国良说。"
OTHERS = {
    "en-{}.md": "The museum of district {0} showed {1} paintings by pupils of {2} schools last week, and visitors liked them.",
    "zh-{}.md": "第{0}号渡口上周运送旅客{1}人次，比前一周增加{2}人次，渡轮准点，天气晴朗。",
}


@pytest.fixture
def counterparts_of(tmp_path, encoder):
    """Indexes articles by name, beside some on other things, and tells the counterparts of each."""

    def index(articles):
        folder = tmp_path / "articles"
        folder.mkdir()
        fillers = {
            name.format(n): text.format(n, 300 + 7 * n, 3 + n) for name, text in OTHERS.items() for n in range(12)
        }
        for name, text in {**fillers, **articles}.items():
            (folder / name).write_text(text, "utf-8")
        build_snapshot([folder], tmp_path / "index", encoder)
        snapshot = open_snapshot(tmp_path / "index")
        found = {name: [other.id for other, _ in snapshot.articles.counterparts_of(name)] for name in articles}
        snapshot.close()
        return found

    return index


@pytest.mark.parametrize("reprints", [1, 7, 40])
def test_all_reprints_of_a_story_have_its_counterpart(counterparts_of, reprints):
    """They don't compete for it, and it names one of them."""
    papers = [f"zh-paper-{number:02}.md" for number in range(reprints)]
    texts = {
        paper: f"（记者 李{'一二三四五六七八九十'[place % 10]}）{FACTORY_ZH}" for place, paper in enumerate(papers)
    }
    found = counterparts_of({"en-factory.md": FACTORY, **texts})
    assert all(found[paper] == ["en-factory.md"] for paper in papers)
    assert found["en-factory.md"] == ["zh-paper-00.md"]


def test_reprints_in_both_languages_find_each_other(counterparts_of):
    """Each copy names the other language's story once, by the copy that was published first."""
    texts = {f"en-{number}-reprint.md": FACTORY for number in range(5)}
    texts |= {
        f"zh-{number}-reprint.md": f"---\npublished: 2024-03-{9 - number:02}\n---\n{FACTORY_ZH}" for number in range(5)
    }
    found = counterparts_of(texts)
    assert {name: set(others) for name, others in found.items()} == {
        name: {"zh-4-reprint.md"} if name.startswith("en") else {"en-0-reprint.md"} for name in texts
    }


def story_book(folder, twins, articles):
    """A book of Chinese articles of one passage each."""
    book = StoryBook(folder)
    for language, names in ((Language.EN, []), (Language.ZH, articles)):
        passages = [passage(name, language, 0) for name in names]
        rows = np.ones((len(names), 4), np.float32)
        book.add_embeddings(language, passages, rows, np.array(twins[: len(names)], np.int64))
        assert len(list(book.reading(language, passages, [[]] * len(names)))) == len(names)
    return book


def day(number):
    return dt.date(2024, 1, 1) + dt.timedelta(number)


@pytest.mark.parametrize(
    ("days", "stories"),
    [
        ({"a": 5, "b": 2, "c": 30}, {"b": (["a", "c"], 2, 30)}),
        ({"a": 0, "b": 366, "c": 370}, {"a": ([], 0, 0), "b": (["c"], 366, 370)}),
        ({"a": None, "b": 3, "c": 4}, {"b": (["c", "a"], 3, 4)}),
        ({"a": 0, "b": 25, "c": 50}, {"a": (["b"], 0, 25), "c": ([], 50, 50)}),
    ],
)
def test_printings_of_one_time_are_one_story(tmp_path, days, stories):
    """A notice that is printed each year in the same words is a story each year; one without a date is of the first."""
    book = story_book(tmp_path, [0, 0, 0], list(days))
    published = {name: None if number is None else day(number) for name, number in days.items()}
    told = book.stories(published, {})[Language.ZH]
    found = {name: (list(told.copies.get(place, [])), *told.printed(place)) for place, name in enumerate(told.ids)}
    assert found == {name: (copies, day(first), day(last)) for name, (copies, first, last) in stories.items()}


def test_equal_notes_of_other_versions_are_other_stories(tmp_path):
    """Their titles tell them apart; a title without a version goes with the first."""
    book = story_book(tmp_path, [0, 0, 0, 0], ["a", "b", "c", "d"])
    titles = {"a": "Lantern v1.2", "b": "Lantern", "c": "Lantern v1.3", "d": "Lantern v1.3"}
    editions = {name: Edition.of(title) for name, title in titles.items() if any(Edition.of(title))}
    told = book.stories({}, editions)[Language.ZH]
    assert [told.printings(place) for place in range(len(told))] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    ("owners", "twins", "found"),
    [
        ([0, 1, 2], [0, 1, 2], [0, 1, 2]),
        ([0, 0, 1, 1], [0, 1, 0, 1], [0, 0]),
        ([0, 0, 1, 1], [0, 1, 0, 3], [0, 1]),  # half is not enough
        ([0, 0, 0, 1, 1, 1, 1], [0, 1, 2, 3, 0, 1, 2], [0, 0]),  # a line put before it
        ([0, 1, 1, 1], [0, 0, 2, 3], [0, 1]),  # a summary is no reprint
        ([0, 1, 1, 2, 2], [0, 0, 2, 0, 2], [0, 1, 1]),  # a digest printed one half first
        ([0, 0, 1], [0, 0, 0], [0, 0]),  # a passage said twice
        ([], [], []),
    ],
)
def test_articles_are_of_one_text_where_more_than_half_of_both_is(owners, twins, found):
    assert originals(np.array(owners, np.int64), np.array(twins, np.int64)).tolist() == found


def test_ten_thousand_editions_of_one_text_stay_linear(tmp_path):
    """Each is compared with the last few."""
    names = [f"{number:05}" for number in range(10_000)]
    book = story_book(tmp_path, [0] * len(names), names)
    editions = {name: Edition(versions=frozenset({("1", name)})) for name in names}
    assert len(book.stories({}, editions)[Language.ZH]) == len(names)
