"""Markdown: every word of it is read, and what it states about itself."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.readers.markup.embedded_html import plain_markup
from indexer.articles.readers.markup.markdown import read_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.articles.page import Page

HERON = "A heron came to the harbour on Monday and stood on the jetty for an hour."
HERON_ZH = "周一，一只苍鹭来到港口，在码头上站了一个小时，引来了许多渔民的围观。"


def read(text: str) -> Page:
    """The page in a Markdown file."""
    ((_, page),) = read_markdown(text.encode(), "a.md")
    return page


def lines(text: str) -> list[str]:
    """The lines of its text."""
    return read(text).text.split("\n")


class TestBlocks:
    """A paragraph, an item, a row of a table and a line of code are a line each."""

    def test_a_wrapped_paragraph_is_one_line(self):
        """With a blank between Latin words and none between Han characters."""
        assert lines("A heron\ncame.\n\n一只苍鹭\n来到港口，\n站在 jetty\n上。") == [
            "A heron came.",
            "一只苍鹭来到港口，站在 jetty 上。",
        ]

    def test_lines_too_wide_to_be_wrapped_are_paragraphs(self):
        """Scraped articles often have no blank lines between paragraphs."""
        assert lines(f"{HERON_ZH * 3}\n{HERON_ZH * 2}\n短的一行") == [HERON_ZH * 3, HERON_ZH * 2, "短的一行"]

    def test_code_and_its_comments_are_text(self):
        """A comment is no heading, and no title."""
        page = read("```sh\n# install first\nheron --stand\n```\n\n# The heron's manual\n\n    indented code\n")
        assert page.text.split("\n") == ["# install first", "heron --stand", "The heron's manual", "indented code"]
        assert page.title == "The heron's manual"

    def test_a_row_is_a_line_and_its_cells_stay_apart(self):
        """With pipes around and without."""
        assert lines("| 港口 | 苍鹭 |\n|---|--:|\n| 东港 | 41<br>只 |\n\na | b\n--- | ---\nc | d\n") == [
            "港口 苍鹭", "东港 41 只", "a b", "c d"
        ]  # fmt: skip

    def test_items_are_lines_and_keep_their_numbers(self):
        """Step 3 is called so elsewhere; tasks keep their state."""
        assert lines("- one\n  - inner\n- two\n\n3. first\n\n   more\n4. second\n\n- [ ] open\n- [x] done\n") == [
            "one", "inner", "two", "3. first", "more", "4. second", "☐ open", "☑ done"
        ]  # fmt: skip

    def test_underlined_headings_are_headings(self):
        """The underline is no text."""
        page = read(f"港口的苍鹭\n==========\n\n{HERON_ZH}\n\n背景\n---\n")
        assert (page.title, page.text) == ("港口的苍鹭", f"港口的苍鹭\n{HERON_ZH}\n背景")

    def test_the_first_heading_of_the_first_level_is_the_title(self):
        """It may be written in HTML, as in many a README."""
        assert read(f'<h1 align="center">Heron <b>2</b></h1>\n\n## Install\n\n{HERON}').title == "Heron 2"
        assert read(f"## News {{#news}}\n\n# Heron\n\n{HERON}").title == "Heron"
        assert read(f"## News {{#news}}\n\n{HERON}").title == "News"

    def test_footnotes_stay_and_their_marks_go(self):
        """The note is a line where it stands."""
        assert lines("A heron[^1] came.\n\n[^1]: 见年鉴第三卷。\n") == ["A heron came.", "见年鉴第三卷。"]

    def test_callouts_and_containers_keep_their_words(self):
        """Of GitHub, Obsidian, VuePress, MkDocs and pymdownx."""
        assert lines("> [!NOTE]\n> Stand still.\n") == ["Note", "Stand still."]
        assert lines("> [!tip] 提示 one\n> two\n") == ["提示 one two"]
        assert lines("::: tip 提示\n站好。\n:::\n\nAfter.") == ["提示", "站好。", "After."]
        assert lines(":::warning\n\nWind.\n\n:::") == ["warning", "Wind."]
        assert lines(":::tip[Stand]\nStill.\n:::") == ["Stand", "Still."]
        assert lines('!!! note "Stand"\n    Still\n    there.\n\nAfter.') == ["Stand", "Still there.", "After."]
        assert lines("/// note | 提示\n站好。\n///") == ["提示", "站好。"]

    def test_containers_in_code_are_code(self):
        """As a manual of Markdown shows them."""
        assert lines("```md\n::: tip 提示\n!!! note\n    x\n```") == ["::: tip 提示", "!!! note", "x"]

    def test_a_note_in_brackets_is_no_address_of_a_link(self):
        """CommonMark takes `[来源]: 海湾日报` for a definition, and shows nothing of it."""
        assert lines(f"{HERON_ZH}\n\n[来源]: 海湾日报\n\n[a]: https://x.example\n\nSee [a].") == [
            HERON_ZH, "[来源]: 海湾日报", "See a."
        ]  # fmt: skip

    def test_definition_lists_are_read(self):
        """Term and definition."""
        assert lines("Heron\n: A bird.\n: 一种鸟。\n") == ["Heron", "A bird.", "一种鸟。"]

    def test_template_tags_stay(self):
        """Nobody knows what a site puts there."""
        assert lines('{% include note.html %}\n\n{{ site.title }} {{< figure "a_b_c" >}}') == [
            "{% include note.html %}", '{{ site.title }} {{< figure "a_b_c" >}}'
        ]  # fmt: skip


class TestInline:
    """Marks go, words stay."""

    @pytest.mark.parametrize(
        ("written", "seen"),
        [
            ("~~old~~ and **new** and *it*", "old and new and it"),
            (
                "[a heron](x.md 'title') and [one][1] and <https://x.example/a>",
                "a heron and [one][1] and https://x.example/a",
            ),
            ("[[页面|水务年鉴]] 和 [[首页]]", "水务年鉴 和 首页"),
            ("[![构建](b.svg)](https://ci.example) done", "构建 done"),
            ("`漏损率` and ``a `b` c``", "漏损率 and a `b` c"),
            ("Bread &amp; butter&nbsp;&lt;3", "Bread & butter <3"),
            ("__init__ and __main__.py and snake_case_name", "__init__ and __main__.py and snake_case_name"),
            ("2*3*4 = 24, a*b*c and 2**3**4", "2*3*4 = 24, a*b*c and 2**3**4"),
            ("$x_1 * y_2$ and $$a_{1} *b*$$", "$x_1 * y_2$ and $$a_{1} *b*$$"),
            ("约3~5天，10~20元，$5 and $6", "约3~5天，10~20元，$5 and $6"),
            ("**水务局：**昨日宣布**“管网”**改造", "水务局：昨日宣布“管网”改造"),
            ("git clone <repository> and Vec<T>", "git clone <repository> and Vec<T>"),
            ("press <kbd>Ctrl</kbd> <b>now</b><!-- or\nnever -->", "press Ctrl now"),
            ('A <Card title="Start here" icon="x" /> B', "A Start here B"),
        ],
    )
    def test_what_a_reader_sees_is_read(self, written: str, seen: str):
        """In English and Chinese."""
        assert lines(written) == [seen]

    def test_html_between_the_paragraphs_is_read(self):
        """Its tags, comments and scripts are gone, a break breaks the line."""
        html = "<details><summary>更多</summary>\n折叠 &amp; 内容<br>第二行\n</details>\n"
        assert lines(f"{html}\n<!-- none\n\nof this -->\n\n<script>\nlet a = 1;\n\n</script>\n\nEnd.") == [
            "更多", "折叠 & 内容", "第二行", "End."
        ]  # fmt: skip

    def test_a_table_in_html_has_rows(self):
        """Cells apart."""
        table = "<table><tr><th>港口</th><th>苍鹭</th></tr>\n<tr><td>东港</td><td>41</td></tr></table>"
        assert lines(table) == ["港口 苍鹭", "东港 41"]

    def test_markdown_inside_of_html_is_read(self):
        """A block of HTML ends at a blank line."""
        assert lines('<div class="a">\n\n**bold** text\n\n</div>') == ["bold text"]

    def test_an_unfinished_comment_hides_nothing(self):
        """Whoever doubts keeps the text."""
        assert "A heron" in plain_markup("<!-- A heron came.", closed=())


class TestFrontMatter:
    """What a file states about itself, in the ways that sites write it."""

    @pytest.mark.parametrize(
        "front",
        [
            "---\ntitle: 苍鹭\ndate: 2024-03-05\nauthor: Ada Brook\n---\n",
            "\n\n---\ntitle: 苍鹭\ndate: 2024-03-05 08:30:00 +0800\nauthors:\n  - Ada Brook\n---\n",
            "\ufeff---\r\ntitle: 苍鹭\r\npubDate: 2024-03-05\r\nauthors: [{name: Ada Brook}]\r\n---\r\n",
            '+++\ntitle = "苍鹭"\ndate = 2024-03-05T08:30:00+08:00\nauthors = ["Ada Brook"]\n+++\n',
            '+++\ntitle = "苍鹭"\ndate = 2024-03-05\n[[author]]\nname = "Ada Brook"\n+++\n',
            '+++\ntitle="""\n苍鹭"""\ndate=2024-03-05\n[[author]]\nname="Ada Brook"\n+++\n',
            '{\n "title": "苍鹭", "date": "2024-03-05",\n "author": {"name": "Ada Brook"}\n}\n\n',
            "---\ntitle: 苍鹭\nkeywords:\n\t- a\ndate: 2024-03-05\nauthor: Ada Brook\n---\n",
            "---\ntitle: '苍鹭'\nsummary: Kestrel: a bird\ndate: 2024-03-05\nauthor:\n- Ada Brook\n---\n",
        ],
        ids=["YAML", "blank lines", "mark", "TOML", "TOML tables", "TOML without blanks", "JSON", "a tab", "a colon"],
    )
    def test_fields_are_read_and_are_no_text(self, front: str):
        """In YAML, TOML and JSON, valid or nearly so."""
        page = read(f"{front}\n{HERON_ZH}\n")
        assert (page.title, page.published, page.author) == ("苍鹭", dt.date(2024, 3, 5), "Ada Brook")
        assert page.text == HERON_ZH

    @pytest.mark.parametrize(
        "title", ["Kestrel: a gateway", "@kestrel 网关", "* starred", "no", "2024", "50% off: %s", "`a`"]
    )
    def test_a_title_is_what_stands_there(self, title: str):
        """Whatever YAML makes of it."""
        assert read(f"---\ntitle: {title}\n---\n{HERON}").title == title

    def test_an_address_counts_where_it_is_one(self):
        """A permalink is often a path of the site; a clipper's source is the page's address."""
        assert (
            read(f"---\nurl: /heron/\npermalink: https://x.example/heron\n---\n{HERON}").url
            == "https://x.example/heron"
        )
        clipped = read(f"---\nsource: https://x.example/heron\n---\n{HERON}")
        assert (clipped.url, clipped.source) == ("https://x.example/heron", "x.example")

    @pytest.mark.parametrize(
        "text",
        [
            f"---\n\nNote: a heron\n\n---\n\n{HERON}\n",
            f"---\n{HERON}\n---\n\nNote: it left.\n",
            f"---\n# The heron\nat: noon\n---\n\n{HERON}\n",
            f"---\ntitle: never closed\n\n{HERON}\n",
            f'{{"title": "never closed"\n\n{HERON}\n',
        ],
    )
    def test_what_only_looks_like_front_matter_is_text(self, text: str):
        """A document may begin with a rule; none of its words is lost."""
        words = {word for word in text.replace("#", " ").split() if any(map(str.isalnum, word))}
        page = read(text)
        assert words <= set(f"{page.text} {page.title}".split())

    def test_aliases_of_yaml_are_not_followed(self):
        """Ten of them would be more authors than atoms; the other fields are read all the same."""
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
        )
        page = read(f"---\n{bomb}published: *a11\ntitle: A heron\n---\n{HERON}")
        assert (page.title, page.published, page.text) == ("A heron", None, HERON)


words = st.lists(st.sampled_from(["heron", "苍鹭", "2024", "jetty,", "码头。"]), min_size=1, max_size=6).map(" ".join)
wrappings: list[Callable[[str], str]] = [
    "# {}".format, "- {}".format, "> {}".format, "1. {}".format, "**{}**".format, "    {}".format, "```\n{}\n```".format,
    "| {} |\n|---|".format, "<div>{}</div>".format, "> - > {}".format, "![{}](a.png)".format, "[{}](b.md)".format,
    ":::tip {}\n:::".format, "!!! note\n    {}".format, "{}\n===".format, "$${}$$".format,
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(wrappings), words), min_size=1, max_size=8))
def test_every_word_is_kept(blocks: list[tuple[Callable[[str], str], str]]):
    """However its blocks are written: reading a clean document loses none of its words."""
    text = " ".join(lines("\n\n".join(write(words) for write, words in blocks)))
    assert all(word in text for _, words in blocks for word in words.split())


@pytest.mark.parametrize("deep", [300, 10_000])
@pytest.mark.parametrize("mark", ["> ", ">", "- "])
def test_a_word_below_ten_thousand_marks_is_kept(mark: str, deep: int):
    """No depth at which a parser gives up in silence."""
    assert read(mark * deep + "heron").text.endswith("heron")


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[[", "*a ", "**a", "_a ", "<!-- ", "[a](", '<a "', "<a b='", "`", "``` ", "$", "~~", "&a", "|a", "\n| a |", "# a\n",
        "[a]: b\n", "[^a]: ", ":::", "::: a\n", "!!! a\n", "=== ", "{#", " ", "\t", "\n", "---\n", "+++\n", "a: b\n", "{", "水** ",
        "<p>\n", "<pre>\n", "<script>\n", "<h1>\n", "__a__", "2*3", "<a-b>", "[!", "9",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "# a", "---\ntitle: ", "<div ", "> "])
def test_time_grows_with_the_text(before: str, piece: str):
    """Twenty thousand of anything take a moment: no rule looks at the rest of the text for each of its pieces."""
    began = time.process_time()
    read(before + piece * 20_000 + "b")
    assert time.process_time() - began < 3
