"""One reader a format: real files, written here, and the documents in them."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING

import docx
import pytest
from pdf_files import assemble

from indexer.articles import READERS, ArticleFile, read_articles
from indexer.errors import ArticleError
from indexer.records import Document, Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[[str, str | bytes], list[Document | ArticleError]]

HERON = "A heron came to the harbour on Monday and stood on the jetty for an hour."
LEFT = "It left on Friday, when the wind turned, and nobody has seen it since."
HERON_ZH = "周一，一只苍鹭来到港口，在码头上站了一个小时，引来了许多渔民的围观。"
LEFT_ZH = "周五风向转变时它离开了，此后再也没有人见过它，大家都很想念它。"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read what is in it."""

    def written(name: str, content: str | bytes) -> list[Document | ArticleError]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_articles(ArticleFile(path, name)))

    return written


def only(found: list[Document | ArticleError]) -> Document:
    """The one document of a file."""
    assert len(found) == 1
    assert isinstance(found[0], Document), found[0]
    return found[0]


def pdf(*pages: list[str], title: str | None = None) -> bytes:
    """A PDF whose pages show these lines, with a text layer for any script (a font without outlines, and its CMap)."""
    characters = sorted({character for lines in pages for line in lines for character in line})
    pairs = "".join(f"<{ord(one):04X}> <{ord(one):04X}>\n" for one in characters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    )
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    box, fonts = "[0 0 600 840]", "<< /Font << /F 3 0 R >> >>"
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo {system} >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        f"<< /Title <FEFF{title.encode('utf-16-be').hex()}> >>" if title else "<< >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
        content = f"BT /F 12 Tf 40 800 Td\n{shown}ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {8 + 2 * number} 0 R /Resources {fonts} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return assemble(objects, "/Info 6 0 R")


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    """A Word document."""
    document = docx.Document()
    fill(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def html(body: str, head: str = "") -> str:
    """A web page."""
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_every_format_of_the_contract_has_a_reader():
    """Text, Markdown, HTML, PDF, DOCX and JSON Lines."""
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".jsonl", ".ndjson"} <= set(READERS)


@pytest.mark.parametrize("name", ["a.TXT", "a.Md", "a.JSONL"])
def test_the_case_of_a_suffix_means_nothing(read: Read, name: str):
    """Cameras and old systems write capitals."""
    content = json.dumps({"text": HERON}) if "JSON" in name else HERON
    assert only(read(name, content)).text == HERON


class TestText:
    """Plain text."""

    def test_the_first_line_is_the_title_and_the_rest_the_text(self, read: Read):
        """A title isn't repeated in the text, where it would be found twice."""
        document = only(read("heron.txt", f"A heron in the harbour\n\n{HERON}\n\n{LEFT}\n"))
        assert document == Document("heron.txt", "A heron in the harbour", f"{HERON}\n{LEFT}", Language.EN)

    def test_a_text_that_begins_with_a_sentence_is_all_text(self, read: Read):
        """The lead stays in the text; a title is only taken from it."""
        assert only(read("heron.txt", f"{HERON_ZH}\n{LEFT_ZH}\n")).text == f"{HERON_ZH}\n{LEFT_ZH}"

    def test_the_language_is_told_from_the_text(self, read: Read):
        """Nothing in a plain file states it."""
        assert only(read("heron.txt", f"{HERON_ZH}\n{LEFT_ZH}\n")).language is Language.ZH


class TestMarkdown:
    """Markdown, with YAML front matter or without."""

    def test_front_matter_states_every_field(self, read: Read):
        """The six fields of the contract."""
        fields = (
            "title: A heron in the harbour\nsource: Harbour Post\nurl: https://harbour.example/heron\n"
            "published: 2024-03-05\nlanguage: en\nauthor: Ada Brook\n"
        )
        assert only(read("heron.md", f"---\n{fields}---\n\n{HERON}\n")) == Document(
            id="heron.md",
            title="A heron in the harbour",
            text=HERON,
            language=Language.EN,
            source="Harbour Post",
            url="https://harbour.example/heron",
            author="Ada Brook",
            published=dt.date(2024, 3, 5),
        )

    @pytest.mark.parametrize("published", ["2024-03-05", "2024-03-05 08:30:00", "March 5, 2024", "'2024年3月5日'"])
    def test_front_matter_may_write_the_date_as_it_likes(self, read: Read, published: str):
        """YAML reads some of them as dates and leaves others as text."""
        assert only(read("a.md", f"---\npublished: {published}\n---\n{HERON}")).published == dt.date(2024, 3, 5)

    def test_a_date_that_is_none_is_not_guessed(self, read: Read):
        """`last spring` is no day."""
        assert only(read("a.md", f"---\npublished: last spring\n---\n{HERON}")).published is None

    def test_a_stated_language_decides_where_the_text_is_too_short(self, read: Read):
        """Two names tell nothing about their language."""
        assert only(read("a.md", "---\nlanguage: zh-CN\n---\nHaihe 2024")).language is Language.ZH

    def test_two_authors_are_written_as_names(self, read: Read):
        """A list of authors is common in front matter; its brackets are YAML's, not theirs."""
        assert only(read("a.md", f"---\nauthor: [Ada Brook, Ben Lowe]\n---\n{HERON}")).author == "Ada Brook, Ben Lowe"

    def test_the_first_heading_is_the_title_where_none_is_stated(self, read: Read):
        """Front matter is optional."""
        document = only(read("a.md", f"# A heron in the harbour\n\n{HERON}\n\n## Then it left\n\n{LEFT}\n"))
        assert (document.title, document.text) == ("A heron in the harbour", f"{HERON}\nThen it left\n{LEFT}")

    def test_a_heading_below_a_stated_title_stays(self, read: Read):
        """Only the title itself is taken out of the text."""
        document = only(read("a.md", f"---\ntitle: A heron in the harbour\n---\n## Monday\n\n{HERON}\n"))
        assert document.text == f"Monday\n{HERON}"

    def test_markup_is_left_out_and_words_stay(self, read: Read):
        """What is searched is what a reader sees."""
        body = (
            "A **heron** came to the [old harbour](https://x.example/a_b) on *Monday* at noon.\n\n"
            "> It left `again` on __Sunday__.\n\n![a photo](heron.png)\n"
        )
        document = only(read("a.md", body))
        assert document.text == "A heron came to the old harbour on Monday at noon.\nIt left again on Sunday.\na photo"

    @pytest.mark.parametrize("words", ["snake_case_name is kept", "2 * 3 * 4 is 24", "5 > 4 and a_b_c"])
    def test_marks_inside_words_are_no_markup(self, read: Read, words: str):
        """Names with underscores and products are text."""
        assert only(read("a.md", f"{HERON} So {words}.")).text == f"{HERON} So {words}."

    def test_text_after_a_block_of_code_stays(self, read: Read):
        """A fence ends where it says."""
        document = only(read("a.md", f"{HERON}\n\n```python\nheron.stand()\n```\n\n{LEFT}\n"))
        assert document.text.endswith(LEFT)

    def test_text_after_a_comment_and_a_rule_stays(self, read: Read):
        """Neither is shown; neither takes anything with it."""
        document = only(read("a.md", f"{HERON}\n\n<!-- a note\nof two lines -->\n\n---\n\n{LEFT}\n"))
        assert document.text == f"{HERON}\n{LEFT}"

    def test_the_cells_of_a_table_stay(self, read: Read):
        """Numbers are often only there."""
        table = "| Day | Herons |\n|---|---|\n| Monday | 41 |\n| Friday | 52 |\n"
        text = only(read("a.md", f"{HERON}\n\n{table}\n{LEFT}\n")).text
        assert all(cell in text for cell in ("Herons", "41", "Friday", "52", LEFT))


class TestHtml:
    """Web pages, through trafilatura."""

    HEAD = (
        '<title>A heron came | Harbour Post</title><meta property="og:site_name" content="Harbour Post">'
        '<meta name="author" content="Ada Brook">'
        '<meta property="article:published_time" content="2024-03-05T08:30:00Z">'
        '<link rel="canonical" href="https://harbour.example/heron">'
    )
    ARTICLE = (
        '<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<article><h1>A heron came to the harbour</h1><p>{HERON}</p>%s<p>{LEFT}</p></article>"
        "<footer><p>Copyright 2024 Harbour Post. All rights reserved.</p></footer>"
    )

    def test_the_article_is_read_without_menu_and_footer(self, read: Read):
        """What is around it is on every page of the site."""
        document = only(read("heron.html", html(self.ARTICLE % "", self.HEAD)))
        assert (document.title, document.text) == ("A heron came to the harbour", f"{HERON}\n{LEFT}")

    def test_the_head_states_date_author_site_and_address(self, read: Read):
        """Pages say it for search engines."""
        document = only(read("heron.html", html(self.ARTICLE % "", self.HEAD)))
        assert (document.published, document.author, document.source, document.url) == (
            dt.date(2024, 3, 5),
            "Ada Brook",
            "Harbour Post",
            "https://harbour.example/heron",
        )

    def test_a_page_that_states_nothing_has_no_metadata(self, read: Read):
        """No date is guessed from the file or from today."""
        document = only(read("heron.html", html(self.ARTICLE % "")))
        assert (document.published, document.author, document.source, document.url) == (None, None, None, None)

    @pytest.mark.parametrize("declared", [True, False], ids=["declared", "not declared"])
    def test_a_page_in_gb18030_is_read(self, read: Read, declared: bool):
        """Most old Chinese pages say so, some don't."""
        body = f"<article><h1>苍鹭来到港口</h1><p>{HERON_ZH}</p><p>{LEFT_ZH}</p><p>它的巢还在灯塔下面。</p></article>"
        page = html(body).replace('<meta charset="utf-8">', '<meta charset="gb18030">' if declared else "")
        document = only(read("heron.html", page.encode("gb18030")))
        assert (document.title, document.language) == ("苍鹭来到港口", Language.ZH)
        assert f"{HERON_ZH}\n{LEFT_ZH}" in document.text

    def test_the_cells_of_a_table_stay(self, read: Read):
        """Numbers are often only there."""
        rows = (
            "<tr><th>Day</th><th>Herons</th></tr><tr><td>Monday</td><td>41</td></tr><tr><td>Friday</td><td>52</td></tr>"
        )
        text = only(read("heron.html", html(self.ARTICLE % f"<table>{rows}</table>", self.HEAD))).text
        assert all(cell in text for cell in ("Herons", "41", "Friday", "52", LEFT))


class TestPdf:
    """The text layer of a PDF, through PDFium."""

    def test_the_text_of_all_pages_is_read(self, read: Read):
        """In the order of the pages."""
        document = only(read("heron.pdf", pdf(["A heron in the harbour", HERON], [LEFT])))
        assert (document.title, document.text) == ("A heron in the harbour", f"{HERON}\n{LEFT}")

    def test_chinese_is_read(self, read: Read):
        """The text layer names characters by the font's own table."""
        document = only(read("heron.pdf", pdf([HERON_ZH, LEFT_ZH])))
        assert (document.text, document.language) == (f"{HERON_ZH}\n{LEFT_ZH}", Language.ZH)

    def test_running_heads_and_page_numbers_are_left_out(self, read: Read):
        """They would cut sentences that go over a page, and be found on each."""
        sentences = [
            f"The {count} pier has been closed since the storm took its lamp."
            for count in ("first", "second", "third", "last")
        ]
        pages = [
            ["Harbour Bulletin 2024", sentence, f"Page {number} of 4"]
            for number, sentence in enumerate(sentences, start=1)
        ]
        document = only(read("piers.pdf", pdf(*pages)))
        assert document.text.split("\n") == sentences

    @pytest.mark.parametrize("number", ["{}", "- {} -", "{} / 4"])
    def test_bare_page_numbers_are_left_out(self, read: Read, number: str):
        """Even in a file of two pages."""
        document = only(read("heron.pdf", pdf([HERON, number.format(1)], [LEFT, number.format(2)])))
        assert document.text == f"{HERON}\n{LEFT}"

    def test_a_line_that_comes_again_inside_pages_stays(self, read: Read):
        """Only the edges of pages hold heads and feet."""
        pages = [[f"The {count} pier is old.", "It is made of oak.", "The tide is low.", f"So the {count} report ends.", "Signed by all."] for count in ("first", "second", "third", "fourth")]  # fmt: skip
        document = only(read("piers.pdf", pdf(*pages)))
        assert document.text.count("The tide is low.") == 4

    def test_a_title_field_counts_where_the_text_says_it_too(self, read: Read):
        """The field is often right."""
        document = only(read("a.pdf", pdf(["A heron in the harbour", HERON], title="A heron in the harbour")))
        assert document.title == "A heron in the harbour"

    def test_a_title_field_that_is_a_file_name_is_no_title(self, read: Read):
        """And often `Microsoft Word - draft3.doc`."""
        document = only(read("a.pdf", pdf(["A heron in the harbour", HERON], title="Microsoft Word - draft3.doc")))
        assert document.title == "A heron in the harbour"


class TestWord:
    """Word documents, as python-docx writes them."""

    def test_title_paragraphs_and_tables_are_read_in_their_order(self, read: Read):
        """A table belongs between the paragraphs it stands between."""

        def fill(document: docx.document.Document) -> None:
            document.core_properties.author = "Ada Brook"
            document.add_paragraph("A heron in the harbour", style="Title")
            document.add_paragraph(HERON)
            table = document.add_table(2, 2)
            for cell, text in zip(table._cells, ("Day", "Herons", "Monday", "41"), strict=True):
                cell.text = text
            document.add_paragraph(LEFT)

        document = only(read("heron.docx", word(fill)))
        assert (document.title, document.author) == ("A heron in the harbour", "Ada Brook")
        assert document.text == f"{HERON}\nDay Herons\nMonday 41\n{LEFT}"

    def test_a_document_without_a_title_style_begins_with_its_text(self, read: Read):
        """Most documents don't use the style; and the library that wrote it is no author."""
        document = only(read("heron.docx", word(lambda document: document.add_paragraph(HERON_ZH + LEFT_ZH))))
        assert (document.text, document.author) == (HERON_ZH + LEFT_ZH, None)

    def test_a_merged_cell_is_read_once(self, read: Read):
        """python-docx gives it for each column that it spans."""

        def fill(document: docx.document.Document) -> None:
            document.add_paragraph(HERON)
            table = document.add_table(1, 3)
            table.cell(0, 0).merge(table.cell(0, 2)).text = "Herons by day"

        assert only(read("heron.docx", word(fill))).text == f"{HERON}\nHerons by day"


class TestJsonLines:
    """JSON Lines: one article a line."""

    def test_fields_and_own_id_are_read(self, read: Read):
        """The same fields as front matter."""
        fields = {
            "id": "heron-1", "title": "A heron", "text": HERON, "source": "Harbour Post", "url": "https://h.example/1",
            "published": "2024-03-05", "language": "en", "author": "Ada Brook",
        }  # fmt: skip
        assert only(read("a.jsonl", json.dumps(fields))) == Document(
            "heron-1", "A heron", HERON, Language.EN, "Harbour Post", "https://h.example/1", "Ada Brook",
            dt.date(2024, 3, 5),
        )  # fmt: skip

    @pytest.mark.parametrize("own", [7, 0, "7", "0"])
    def test_an_id_may_be_a_number(self, read: Read, own: object):
        """Exports of databases write numbers; zero is one of them."""
        assert only(read("a.jsonl", json.dumps({"id": own, "text": HERON}))).id == str(own)

    def test_lines_without_an_id_get_ids_of_their_own(self, read: Read):
        """Under the file's id, each another."""
        lines = "\n".join(json.dumps({"text": text}) for text in (HERON, LEFT))
        ids = [document.id for document in read("a.ndjson", lines)]
        assert len(set(ids)) == 2
        assert all(identifier.startswith("a.ndjson#") for identifier in ids)

    @pytest.mark.parametrize(
        "bad",
        [
            "{broken",
            '{"title": "no text"}',
            '{"text": 5}',
            '{"text": null}',
            '{"text": ""}',
            "[1]",
            '"text"',
            "[" * 99999,
        ],
        ids=["no JSON", "no text", "a number", "null", "empty", "a list", "a string", "too deep"],
    )
    def test_a_bad_line_is_reported_by_its_number_and_the_rest_is_read(self, read: Read, bad: str):
        """One slip in an export of a million lines; the blank line above counts as the editor counts."""
        good = json.dumps({"id": "good", "text": HERON})
        first, error, last = read("a.jsonl", f"{good}\n\n{bad}\n{good}\n")
        assert isinstance(first, Document)
        assert isinstance(last, Document)
        assert isinstance(error, ArticleError)
        assert "a.jsonl:3: " in str(error)

    @pytest.mark.parametrize("published", [5, 20240231, "last spring", "2024-02-31", True, ["2024-03-05", 1][1:]])
    def test_a_date_of_a_wrong_type_or_shape_is_none(self, read: Read, published: object):
        """The article is read all the same."""
        document = only(read("a.jsonl", json.dumps({"text": HERON, "published": published})))
        assert (document.text, document.published) == (HERON, None)

    @pytest.mark.parametrize(
        "published", [20240305, "20240305", 1709640000, 1709640000.5, 1709640000000, "2024-03-05T23:30:00+08:00"]
    )
    def test_a_date_may_be_compact_or_a_number_of_seconds(self, read: Read, published: object):
        """Exports of databases write all of them; with a time zone, it's the day that stands there."""
        document = only(read("a.jsonl", json.dumps({"text": HERON, "published": published})))
        assert document.published == dt.date(2024, 3, 5)

    @pytest.mark.parametrize("name", ["date", "publishedAt", "published_at", "pubDate", "datePublished"])
    def test_the_usual_names_of_the_date_are_known(self, read: Read, name: str):
        """In whatever case, with hyphens or without."""
        assert only(read("a.jsonl", json.dumps({"text": HERON, name: "2024-03-05"}))).published == dt.date(2024, 3, 5)

    @pytest.mark.parametrize("name", ["lastmod", "updated", "created"])
    def test_another_date_is_not_the_day_of_publication(self, read: Read, name: str):
        """An article that was mended yesterday is no news of yesterday."""
        assert only(read("a.jsonl", json.dumps({"text": HERON, name: "2024-03-05"}))).published is None

    @pytest.mark.parametrize("name", ["content", "body", "articleBody"])
    def test_the_usual_names_of_the_text_are_known(self, read: Read, name: str):
        """Where there is no `text`."""
        assert only(read("a.jsonl", json.dumps({name: HERON}))).text == HERON

    def test_html_in_a_text_is_read(self, read: Read):
        """Paragraphs are lines, tags and comments gone, entities characters."""
        html = f"<p>{HERON}</p>\n<!-- ad --><p>Bread &amp; <b>butter</b><br>cost 2 &lt; 3.</p>"
        text = only(read("a.jsonl", json.dumps({"text": html}))).text
        assert text == f"{HERON}\nBread & butter\ncost 2 < 3."

    @pytest.mark.parametrize("words", ["if a<b and c>d", "Vec<T> and <your name>", "AT&amp;T is written so"])
    def test_text_that_only_has_such_signs_is_no_html(self, read: Read, words: str):
        """A comparison isn't a tag."""
        assert only(read("a.jsonl", json.dumps({"text": f"{HERON} {words}"}))).text == f"{HERON} {words}"

    def test_a_map_is_an_author_by_its_name(self, read: Read):
        """As JSON-LD writes persons."""
        line = json.dumps({"text": HERON, "authors": [{"name": "Ada Brook"}, {"name": "Ben Lowe"}]})
        assert only(read("a.jsonl", line)).author == "Ada Brook, Ben Lowe"

    def test_sentences_about_newsletters_and_cookies_stay(self, read: Read):
        """A word that furniture has, too, makes no sentence furniture."""
        text = f"{HERON}\nIts newsletter reaches four homes.\nCookies are sold at the gate.\n{LEFT}"
        assert only(read("a.jsonl", json.dumps({"text": text}))).text == text

    @pytest.mark.parametrize("value", [{"name": "Ada"}, True])
    def test_a_field_of_a_wrong_type_is_never_shown_as_code(self, read: Read, value: object):
        """`{'name': 'Ada'}` or `True` is nobody's name: the field is left out, or the line reported."""
        (found,) = read("a.jsonl", json.dumps({"text": HERON, "author": value}))
        assert isinstance(found, ArticleError) or str(value) != found.author

    def test_a_lone_surrogate_can_be_written_again(self, read: Read):
        r"""`\ud800` is valid JSON, and half a character: everything downstream writes UTF-8."""
        document = only(read("a.jsonl", '{"id": "a\\ud800", "title": "b\\ud800", "text": "A heron \\ud800 came."}'))
        assert f"{document.id}{document.title}{document.text}".encode()

    def test_escaped_control_characters_are_removed(self, read: Read):
        r"""`\u0000` is no text, whether it came as a byte or as an escape."""
        document = only(read("a.jsonl", json.dumps({"text": "A heron\0 came\x07 home."})))
        assert document.text == "A heron came home."

    def test_other_line_separators_do_not_cut_a_line(self, read: Read):
        """JSON may hold U+2028 and U+0085 as they are; only a line feed ends an article."""
        line = json.dumps({"id": "one", "text": "A heron\u2028came\x85home."}, ensure_ascii=False)
        assert only(read("a.jsonl", line)).id == "one"
