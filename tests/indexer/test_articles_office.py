"""Books, mails, saved pages and texts of other office programs: real files, written here, and what is read of them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import shutil
import time
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from zip_files import zipped

from indexer.articles import ArticleFile, Reading, read_articles, read_file
from indexer.articles.readers.markup.html_text import html_lines
from indexer.articles.readers.office import doc as doc_reader
from indexer.errors import ArticleError
from indexer.records import Document

HERON = "A heron came to the harbour on Monday and stood on the jetty for an hour."
LEFT = "It left on Friday, when the wind turned, and nobody has seen it since."
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
HERON_ZH = "周一，一只苍鹭来到港口，在码头上站了一个小时，引来了许多渔民的围观。"


def read(path: Path, content: bytes | str) -> Reading:
    """Write a file, and read the one article in it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read_file(ArticleFile(path, path.name))
    assert isinstance(found, Reading), found
    return found


def refused(path: Path, content: bytes) -> str:
    """Write a file, and say why it isn't read."""
    path.write_bytes(content)
    (found,) = read_articles(ArticleFile(path, path.name))
    assert isinstance(found, ArticleError), found
    assert str(found).startswith(f"{path}: ")
    return str(found)


def book(chapters: dict[str, str], spine: list[str], manifest: str = "", more: dict[str, str] | None = None) -> bytes:
    """An EPUB with these chapters (by their paths), read in the order of the spine."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in chapters
        if f'"{name}"' not in manifest
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine)
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><metadata>'
        "<dc:title>Birds of the harbour</dc:title><dc:creator>Ada Brook</dc:creator><dc:creator>陈海</dc:creator>"
        "<dc:publisher>Jetty Press</dc:publisher><dc:language>en</dc:language>"
        '<dc:date opf:event="modification">2026-01-01</dc:date><dc:date>2024-03-05</dc:date></metadata>'
        f"<manifest>{manifest}{items}</manifest>"
        f"<spine>{references}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    files = {"META-INF/container.xml": container, "OEBPS/content.opf": package} | (more or {})
    return zipped(files | {f"OEBPS/{name}": f"<html><body>{text}</body></html>" for name, text in chapters.items()})


class TestBooks:
    """EPUB."""

    def test_chapters_are_read_in_the_order_of_the_spine(self, tmp_path: Path):
        """Whatever they are called; with what the package states."""
        chapters = {"a.xhtml": f"<h1>Two</h1><p>{LEFT}</p>", "b.xhtml": f"<h1>One</h1><p>{HERON}</p>"}
        document = read(tmp_path / "a.epub", book(chapters, ["b.xhtml", "a.xhtml"])).document
        assert document.text == f"One\n{HERON}\nTwo\n{LEFT}"
        assert (document.title, document.author, document.source, document.published) == (
            "Birds of the harbour", "Ada Brook, 陈海", "Jetty Press", dt.date(2024, 3, 5),
        )  # fmt: skip

    def test_the_table_of_contents_is_left_out_by_name(self, tmp_path: Path):
        """Its lines are the chapters' headings once more."""
        manifest = '<item id="nav.xhtml" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        chapters = {"nav.xhtml": "<nav><ol><li>One</li></ol></nav>", "b.xhtml": f"<h1>One</h1><p>{HERON}</p>"}
        found = read(tmp_path / "a.epub", book(chapters, ["nav.xhtml", "b.xhtml"], manifest))
        assert found.document.text == f"One\n{HERON}"
        assert [(one.text, one.reason) for one in found.left_out] == [("One", "table of contents")]

    def test_a_missing_chapter_is_said(self, tmp_path: Path):
        """The rest is read."""
        data = book(
            {"b.xhtml": f"<p>{HERON}</p>"}, ["b.xhtml", "c"], '<item id="c" href="c.xhtml" media-type="text/html"/>'
        )
        (warning,) = read(tmp_path / "a.epub", data).warnings
        assert "c.xhtml is missing" in warning

    def test_a_locked_book_is_refused(self, tmp_path: Path):
        """Its chapters would be noise."""
        locks = '<encryption><CipherReference URI="OEBPS/b.xhtml"/></encryption>'
        data = book({"b.xhtml": HERON}, ["b.xhtml"], more={"META-INF/encryption.xml": locks})
        assert "locked" in refused(tmp_path / "a.epub", data)


class TestPages:
    """All text of a page, as in chapters and mails."""

    @pytest.mark.parametrize(
        ("page", "lines"),
        [
            ("<p>One<br>Two</p>", ["One", "Two"]),
            ("<p>港<ruby>口<rp>(</rp><rt>kou</rt><rp>)</rp></ruby>很大</p>", ["港口很大"]),
            ("<table><tr><td>东港区</td><td><p>51.7</p></td><td>51.7</td></tr></table>", ["东港区 51.7 51.7"]),
            ("<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>", ["One", "Two", "Three"]),
            ("<pre>one\n  two</pre>", ["one", "two"]),
            ("<p>天津\n港口</p><p>two\nwords</p>", ["天津港口", "two words"]),
            ("One<!-- not said --> more<script>no()</script> text<p hidden>No</p>", ["One more text"]),
            ("<td>a cell without a table", ["a cell without a table"]),
        ],
        ids=["breaks", "ruby", "table", "lists", "preformatted", "wrapped", "not shown", "stray cell"],
    )  # fmt: skip
    def test_a_line_is_what_a_reader_sees_as_one(self, page: str, lines: list[str]):
        """Paragraphs, items and rows."""
        assert html_lines(page, "a.html") == lines

    def test_deep_nesting_loses_no_text_in_silence(self):
        """The parser stops somewhere; that is said."""
        assert html_lines("<div>" * 1000 + HERON, "a.html") == [HERON]
        with pytest.raises(ArticleError, match=r"^a\.html: its elements nest too deeply"):
            html_lines("<div>" * 100_000 + HERON, "a.html")


class TestMails:
    """EML and MHTML."""

    @staticmethod
    def _mail() -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "港口 news", "陈海 <chen@harbour.example>"
        mail["Date"] = "Tue, 05 Mar 2024 23:30:00 -0800"
        return mail

    def test_subject_sender_and_the_day_that_is_printed(self, tmp_path: Path):
        """Not the day that it was in London."""
        mail = self._mail()
        mail.set_content(f"{HERON}\n\n> {LEFT}\n")
        document = read(tmp_path / "a.eml", mail.as_bytes()).document
        assert (document.title, document.author, document.published) == ("港口 news", "陈海", dt.date(2024, 3, 5))
        assert document.text == f"{HERON}\n> {LEFT}"

    def test_one_of_two_forms_is_read(self, tmp_path: Path):
        """The page, whose paragraphs aren't broken."""
        mail = self._mail()
        mail.set_content(HERON)
        mail.add_alternative(f"<p>{HERON}</p><p>{HERON_ZH}</p>", subtype="html", charset="gb2312")
        assert read(tmp_path / "a.eml", mail.as_bytes()).document.text == f"{HERON}\n{HERON_ZH}"

    def test_a_page_that_is_only_a_stub_is_not_taken(self, tmp_path: Path):
        """Some programs send one with a picture alone."""
        mail = self._mail()
        mail.set_content(HERON)
        mail.add_alternative("<p><img src='x'>Hi</p>", subtype="html")
        assert read(tmp_path / "a.eml", mail.as_bytes()).document.text == HERON

    def test_attachments_are_named(self, tmp_path: Path):
        """They are files of their own."""
        mail = self._mail()
        mail.set_content(HERON)
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="报告.pdf")
        assert [(one.text, one.reason) for one in read(tmp_path / "a.eml", mail.as_bytes()).left_out] == [
            ("报告.pdf", "attachment")
        ]

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
    def test_headers_that_state_no_encoding_are_read_like_the_mail(self, tmp_path: Path, encoding: str):
        """Old programs wrote them as they are."""
        mail = f"Subject: 港口来了一只苍鹭\nFrom: 陈海 <chen@harbour.example>\n\n{HERON_ZH}"
        document = read(tmp_path / "a.eml", mail.encode(encoding)).document
        assert (document.title, document.author, document.text) == ("港口来了一只苍鹭", "陈海", HERON_ZH)

    def test_a_file_that_is_no_mail_is_refused(self, tmp_path: Path):
        """It has no headers."""
        assert "no mail" in refused(tmp_path / "a.eml", b"\n\njust words")

    def test_a_saved_page_is_read_as_a_page(self, tmp_path: Path):
        """With its address."""
        page = (
            "<html><head><title>Herons</title></head><body><article><h1>Herons</h1>"
            + f"<p>{HERON}</p><p>{LEFT}</p>" * 3
            + "</article></body></html>"
        )
        saved = EmailMessage()
        saved["Snapshot-Content-Location"] = "https://harbour.example/herons"
        saved.set_content(page, subtype="html")
        saved.make_related()
        document = read(tmp_path / "a.mhtml", saved.as_bytes()).document
        assert HERON in document.text
        assert document.url == "https://harbour.example/herons"


class TestOffice:
    """RTF, ODT and DOC."""

    @pytest.mark.parametrize(
        "text",
        [
            "".join(f"\\'{byte:02x}" for byte in HERON_ZH.encode("gbk")).encode(),
            "".join(f"\\u{ord(character)}?" if ord(character) < 2**15 else f"\\u{ord(character) - 2**16}?" for character in HERON_ZH).encode(),
            HERON_ZH.encode("gbk"),
            HERON_ZH.encode(),
        ],
        ids=["code page", "unicode", "raw code page", "raw UTF-8"],
    )  # fmt: skip
    def test_rtf_in_chinese(self, tmp_path: Path, text: bytes):
        """As Word, WordPad and programs of one's own write it."""
        data = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 " + text + rb"\par end\par}"
        assert read(tmp_path / "a.rtf", data).document.text == f"{HERON_ZH}\nend"

    def test_tables_and_pictures_of_rtf(self, tmp_path: Path):
        """Rows are lines; a picture's digits are no text and take no time."""
        picture = b"{\\pict\\pngblip " + b"89504e47" * 500_000 + b"}"
        data = rb"{\rtf1\ansi One.\par " + picture + rb"\trowd a\cell 51.7\cell 51.7\cell\row Two.\par}"
        began = time.process_time()
        assert read(tmp_path / "a.rtf", data).document.text == "a 51.7 51.7\nTwo."
        assert time.process_time() - began < 5

    def test_notes_of_rtf_follow_the_text_and_what_is_not_shown_is_named(self, tmp_path: Path):
        """Notes are text; heads, deleted and hidden words aren't."""
        data = rb"{\rtf1\ansi{\header Draft}A mill{\super\chftn{\footnote\pard\plain In the north.}} burned in May{\deleted  or June}{\v  secret}.\par}"
        found = read(tmp_path / "a.rtf", data)
        assert (found.document.title, found.document.text) == ("A mill burned in May.", "In the north.")
        assert [one.text for one in found.left_out] == ["Draft", "or June", "secret"]

    def test_what_calls_itself_rtf_and_is_not(self, tmp_path: Path):
        """Said by name."""
        assert "is no RTF" in refused(tmp_path / "a.rtf", b"not really one")

    def test_odt(self, tmp_path: Path):
        """Tables, notes, text boxes, blanks; neither comments nor what was deleted."""
        content = (
            '<o xmlns:text="t" xmlns:table="b" xmlns:office="f"><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>'
            "<text:h>Herons</text:h><text:p>A heron<text:s/>came<office:annotation><text:p>sure?</text:p></office:annotation>"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>On Monday.</text:p></text:note-body></text:note> home.</text:p>"
            "<table:table><table:table-row><table:table-cell><text:p>51.7</text:p></table:table-cell>"
            '<table:table-cell table:number-columns-repeated="2000000000"><text:p>51.7</text:p></table:table-cell></table:table-row></table:table></office:text></o>'
        )
        found = read(tmp_path / "a.odt", zipped({"content.xml": content}))
        assert found.document.text == "A heron came home.\nOn Monday.\n51.7 51.7"
        assert [(one.text, one.reason) for one in found.left_out] == [("sure?", "comment")]

    @pytest.mark.parametrize("kind", ["docx", "rtf", "html"])
    def test_doc_is_often_another_format(self, tmp_path: Path, kind: str):
        """Programs give the ending to whatever Word opens."""
        written = io.BytesIO()
        word = docx.Document()
        word.add_paragraph(HERON)
        word.save(written)
        data = {
            "docx": written.getvalue(),
            "rtf": rb"{\rtf1 " + HERON.encode() + b"}",
            "html": f"<html><body><article><p>{HERON}</p><p>{LEFT}</p></article></body></html>".encode(),
        }[kind]
        assert HERON in read(tmp_path / "a.doc", data).document.text

    def test_doc_without_a_program_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Nothing here reads the old format by itself."""
        monkeypatch.setattr(shutil, "which", lambda _: None)
        message = refused(tmp_path / "a.doc", OLD_WORD)
        assert "LibreOffice, antiword or catdoc" in message
        assert "apt-get install antiword" in message

    def test_a_program_that_hangs_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """With what it has started."""
        monkeypatch.setattr(doc_reader, "_PATIENCE", 0.2)
        sleeper = tmp_path / "antiword"
        sleeper.write_text("#!/bin/sh\nsleep 60 &\nwait\n")
        sleeper.chmod(0o755)
        monkeypatch.setattr(shutil, "which", lambda name: str(sleeper) if name == "antiword" else None)
        began = time.monotonic()
        assert "to convert" in refused(tmp_path / "a.doc", OLD_WORD)
        assert time.monotonic() - began < 20


class TestPacked:
    """Files that are packed by themselves."""

    def test_the_ending_before_says_what_is_in_it(self, tmp_path: Path):
        """Text, pages, JSON Lines."""
        assert read(tmp_path / "a.txt.gz", gzip.compress(HERON.encode())).document.text == HERON
        path = tmp_path / "b.jsonl.gz"
        path.write_bytes(gzip.compress(b"\n".join(json.dumps({"text": text}).encode() for text in (HERON, LEFT))))
        found = [one for one in read_articles(ArticleFile(path, path.name)) if isinstance(one, Document)]
        assert [one.text for one in found] == [HERON, LEFT]
        assert len({one.id for one in found}) == 2

    @pytest.mark.parametrize("data", [b"no", gzip.compress(HERON.encode())[:-12]], ids=["other", "cut"])
    def test_a_broken_one_is_refused_by_name(self, tmp_path: Path, data: bytes):
        """With what to do."""
        assert "can't be unpacked" in refused(tmp_path / "a.txt.gz", data)

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path):
        """The bound on files is on what is in them."""
        assert "unpacks to more than the 64 MB" in refused(tmp_path / "a.txt.gz", gzip.compress(bytes(70 * 2**20), 1))
