"""Articles as they are compared with those of the other language."""

from __future__ import annotations

import numpy as np

from indexer import Language, Passage, build_snapshot, open_snapshot
from indexer.counterparts import term_numbers
from indexer.stories import READING_ORDER, StoryBook


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
