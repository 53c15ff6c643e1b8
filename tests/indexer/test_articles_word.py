"""Word documents: all that Word shows of them is read, and nothing else."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from zip_files import zipped

from indexer.articles import ArticleFile, Reading, read_file
from indexer.articles.readers import archive, read_docx
from indexer.errors import ArticleError

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
STRICT = NAMESPACES | {
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(element: str, inside: str, namespaces: dict[str, str] = NAMESPACES) -> str:
    """A part in XML, with all prefixes."""
    prefixes = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in namespaces.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><{element} {prefixes}>{inside}</{element}>'


def package(body: str, relations: dict[str, tuple[str, str]] | None = None, /, **parts: str) -> bytes:
    """A Word document.

    Args:
        body: what is in its body.
        relations: kind and target of each relation of the main part, by its id.
        parts: other parts in `word/`, by their names without `.xml`.
    """
    said = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in (relations or {}).items()
    )
    files = {f"word/{name}.xml": text for name, text in parts.items()}
    files["word/document.xml"] = part("w:document", f"<w:body>{body}</w:body>")
    files["word/_rels/document.xml.rels"] = f"<Relationships>{said}</Relationships>"
    return zipped(files)


def p(inside: str, properties: str = "") -> str:
    """A paragraph of a run, or of the markup given."""
    inside = inside if inside.startswith("<") else r(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(data: bytes) -> list[str]:
    """The lines that the reader takes."""
    ((_, page),) = read_docx(data, "a.docx")
    assert not isinstance(page, ArticleError)
    return page.text.split("\n")


def reading(data: bytes, tmp_path: Path) -> Reading:
    """The document as it is indexed."""
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    (found,) = read_file(ArticleFile(path, "a.docx"))
    assert isinstance(found, Reading), found
    return found


class TestShown:
    """What Word shows."""

    def test_tracked_insertions_stay_and_deletions_go(self, tmp_path: Path):
        """The text as it will be; what was deleted is said."""
        body = p(
            f"{r('The council will ')}<w:del><w:r><w:delText>reject</w:delText></w:r></w:del><w:ins>{r('approve')}</w:ins>{r(' the plan.')}"
        )
        assert lines(package(body)) == ["The council will approve the plan."]
        assert ("reject", "deleted text") in [
            (one.text, one.reason) for one in reading(package(body), tmp_path).left_out
        ]

    def test_moved_text_is_read_once(self):
        """Where it went."""
        body = p(f"<w:moveFrom>{r('The mill is old.')}</w:moveFrom>") + p(
            f"<w:moveTo>{r('The mill is old.')}</w:moveTo>"
        )
        assert lines(package(body)) == ["The mill is old."]

    def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(self):
        """As Word joins them."""
        body = p("The mill ", "<w:rPr><w:del/></w:rPr>") + p("is old.") + p("It stands.")
        assert lines(package(body)) == ["The mill is old.", "It stands."]

    @pytest.mark.parametrize(
        "body",
        [
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('State of Norrland')}</w:sdtContent></w:sdt>",
            p(f"<w:sdt><w:sdtContent>{r('State of Norrland')}</w:sdtContent></w:sdt>"),
            f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{p('State of Norrland')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
            p(f"<w:smartTag><w:customXml>{r('State of Norrland')}</w:customXml></w:smartTag>"),
            p(f"<w:hyperlink>{r('State of ')}{r('Norrland')}</w:hyperlink>"),
            p(f'<w:fldSimple w:instr="TITLE">{r("State of Norrland")}</w:fldSimple>'),
            p(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>{r("State of Norrland")}'),
            p(f"<w:r><w:ruby><w:rt>{r('shi')}</w:rt><w:rubyBase>{r('State of Norrland')}</w:rubyBase></w:ruby></w:r>"),
            p("<w:r><w:t>State of</w:t><w:tab/><w:t>Norrland</w:t></w:r>"),
        ],
        ids=["block control", "inline control", "cell control", "smart tag", "link", "field", "long field", "ruby", "tab"],
    )  # fmt: skip
    def test_text_inside_other_things_is_read(self, body: str):
        """Content controls, fields' results, ruby's base, links."""
        assert lines(package(body)) == ["State of Norrland"]

    def test_a_text_box_is_read_once_after_its_paragraph(self):
        """Word keeps it twice, for itself and for its older versions."""
        box = f"<w:txbxContent>{p('Close the valves.')}</w:txbxContent>"
        drawn = f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>'
        body = p(
            f"{r('The water ')}<w:r><mc:AlternateContent>{drawn}</mc:AlternateContent></w:r>{r('will be off.')}"
        ) + p("End.")
        assert lines(package(body)) == ["The water will be off.", "Close the valves.", "End."]

    def test_what_word_does_not_know_is_read_from_its_fallback(self):
        """A namespace of the future."""
        body = p(
            f'<mc:AlternateContent><mc:Choice Requires="new">{r("new")}</mc:Choice><mc:Fallback>{r("old")}</mc:Fallback></mc:AlternateContent>'
        )
        assert lines(package(body)) == ["old"]

    def test_notes_follow_the_text_in_the_order_of_their_references(self):
        """Separators and notes that nothing refers to aren't shown."""
        notes = "".join(
            f'<w:footnote w:id="{key}">{p(text)}</w:footnote>'
            for key, text in ((-1, "line"), (2, "Second."), (1, "First."), (9, "Lost."))
        )
        end = f'<w:endnote w:id="1">{p("Last.")}</w:endnote>'
        body = p(
            r("A mill")
            + '<w:r><w:footnoteReference w:id="1"/></w:r>'
            + r(" burned")
            + '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="1"/></w:r>'
        )
        found = lines(package(body, footnotes=part("w:footnotes", notes), endnotes=part("w:endnotes", end)))
        assert found == ["A mill burned", "First.", "Second.", "Last."]

    def test_missing_notes_are_said(self, tmp_path: Path):
        """A text without its notes must not pass for the whole."""
        body = p(r("A mill burned in May.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
        (warning,) = reading(package(body), tmp_path).warnings
        assert warning.startswith(f"{tmp_path / 'a.docx'}: ")
        assert "notes" in warning

    def test_equal_cells_stay_and_merged_ones_come_once(self):
        """51.7 twice is two years' figure."""
        row = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("东港区", "51.7", "51.7"))
        merged = f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{p("合计")}</w:tc>'
        assert lines(package(f"<w:tbl><w:tr>{row}</w:tr><w:tr>{merged}</w:tr></w:tbl>")) == ["东港区 51.7 51.7", "合计"]

    def test_nested_tables_and_layout_cells_keep_their_lines(self):
        """A table in a cell is a table; a cell with an article is no row."""
        inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
        body = f"<w:tbl><w:tr><w:tc>{p('Head.')}{inner}{p('Foot.')}</w:tc></w:tr></w:tbl>"
        assert lines(package(body)) == ["Head.", "a b", "Foot."]

    def test_formulas_keep_their_fractions_and_powers(self):
        """103 isn't 10 to the third."""
        power = "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>"
        share = (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        )
        assert lines(package(p(power) + p(share))) == ["10^3", "1/2"]

    def test_hidden_text_is_left_out_by_name(self, tmp_path: Path):
        """By the run, its style, or its paragraph's; `w:val="0"` shows it again."""
        styles = '<w:style w:styleId="H"><w:name w:val="Top of Form"/><w:rPr><w:vanish/></w:rPr></w:style>'
        body = p(
            r("Seen.") + r("A", "<w:vanish/>") + r("B", '<w:rStyle w:val="H"/>') + r(" Too.", '<w:vanish w:val="0"/>')
        )
        body += p("C", '<w:pStyle w:val="H"/>')
        data = package(body, styles=part("w:styles", styles))
        assert lines(data) == ["Seen. Too."]
        assert [one.text for one in reading(data, tmp_path).left_out] == ["A", "B", "C"]

    def test_heads_feet_and_comments_are_left_out_by_name(self, tmp_path: Path):
        """They aren't the article; whoever looks can see them."""
        relations = {"a": ("header", "header1.xml"), "b": ("footer", "footer1.xml"), "c": ("comments", "comments.xml")}
        data = package(
            p("The mill burned in May and was never built again."),
            relations,
            header1=part("w:hdr", p("Draft")),
            footer1=part("w:ftr", p("Page 1")),
            comments=part("w:comments", f"<w:comment>{p('Really?')}</w:comment>"),
        )
        found = reading(data, tmp_path)
        assert "Draft" not in found.document.text
        assert [(one.text, one.reason) for one in found.left_out] == [
            ("Draft", "page head"), ("Page 1", "page foot"), ("Really?", "comment"),
        ]  # fmt: skip

    def test_words_of_diagrams_are_read(self):
        """They are in a part of their own."""
        diagram = part(
            "dgm:dataModel", "<dgm:pt><dgm:t><a:p><a:r><a:t>Plan, then build</a:t></a:r></a:p></dgm:t></dgm:pt>"
        )
        body = p(r("Steps:") + '<w:r><w:drawing><dgm:relIds r:dm="d1"/></w:drawing></w:r>')
        assert lines(package(body, {"d1": ("diagramData", "data1.xml")}, data1=diagram)) == [
            "Steps:",
            "Plan, then build",
        ]

    def test_an_embedded_page_is_read(self):
        """Some programs write a Word document around a page in HTML."""
        body = p("Before.") + '<w:altChunk r:id="c1"/>' + p("After.")
        chunk = "<html><body><p>Inside one.</p><p>Inside two.</p></body></html>"
        found = lines(package(body, {"c1": ("aFChunk", "chunk.xml")}, chunk=chunk))
        assert found == ["Before.", "Inside one.", "Inside two.", "After."]

    def test_strict_documents_are_read(self):
        """The ISO standard has other namespaces."""
        files = {
            "_rels/.rels": '<Relationships><Relationship Id="x" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/office/main.xml"/></Relationships>',
            "office/main.xml": part("w:document", f"<w:body>{p('Strictly so.')}</w:body>", STRICT),
        }
        assert lines(zipped(files)) == ["Strictly so."]


class TestNumbers:
    """Numbers that Word counts."""

    @staticmethod
    def _numbering(*levels: tuple[str, str]) -> str:
        said = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (style, text) in enumerate(levels)
        )
        lists = f'<w:abstractNum w:abstractNumId="7">{said}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        return part("w:numbering", lists)

    @staticmethod
    def _item(text: str, depth: int = 0) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')

    def test_nested_numbers_are_counted(self):
        """1, 1.1, 1.2, 2, 2.1."""
        body = "".join(self._item(text, depth) for text, depth in (("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)))
        found = lines(package(body, numbering=self._numbering(("decimal", "%1."), ("decimal", "%1.%2"))))
        assert found == ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e"]

    def test_a_nested_list_that_begins_again_leaves_the_outer_count_alone(self):
        """As lists of one kind share their counts, and each says where its own levels begin."""
        override = "".join(f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in (0, 1))
        second = f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num></w:numbering>'
        numbering = self._numbering(("decimal", "%1."), ("decimal", "%2)")).replace("</w:numbering>", second)
        inner = p("b", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>')
        body = self._item("a") + inner + self._item("c") + inner
        assert lines(package(body, numbering=numbering)) == ["1. a", "1) b", "2. c", "1) b"]

    @pytest.mark.parametrize(
        ("style", "text", "last"),
        [
            ("chineseCountingThousand", "第%1条", "第十二条"),
            ("lowerLetter", "(%1)", "(l)"),
            ("upperRoman", "%1.", "XII."),
            ("decimalEnclosedCircleChinese", "%1", "⑫"),
            ("ideographDigital", "%1、", "一二、"),
            ("bullet", "•", ""),
        ],
    )
    def test_styles_of_both_languages(self, style: str, text: str, last: str):
        """第十二条 of a law is what people search."""
        body = "".join(self._item(f"item {number}") for number in range(1, 13))
        found = lines(package(body, numbering=self._numbering((style, text))))
        assert found[-1] == f"{last} item 12".strip()


class TestStated:
    """Title and author."""

    STYLES = part(
        "w:styles",
        '<w:style w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>',
    )

    @staticmethod
    def _with(data: bytes, title: str, creator: str) -> bytes:
        core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator></c>'
        written = io.BytesIO(data)
        with zipfile.ZipFile(written, "a") as packed:
            packed.writestr("docProps/core.xml", core)
        return written.getvalue()

    @pytest.mark.parametrize("style", ["a3", "1"])
    @pytest.mark.parametrize(
        "creator", ["User", "admin", "Microsoft Office User", "Windows 用户", "微软用户", "Ada Brook"]
    )
    def test_a_visible_heading_wins_over_stale_properties(self, tmp_path: Path, style: str, creator: str):
        """The template's title, and whoever made that."""
        body = p("海湾市启动管网改造", f'<w:pStyle w:val="{style}"/>') + p(
            "工程将于下月启动，首批涉及十二个街道，预计明年完成。"
        )
        data = self._with(package(body, styles=self.STYLES), "PowerPoint Presentation", creator)
        document = reading(data, tmp_path).document
        assert (document.title, document.author) == ("海湾市启动管网改造", None)

    def test_properties_that_the_text_confirms_are_taken(self, tmp_path: Path):
        """The title says it, and the author has a full name."""
        body = p("Mills of the north") + p("The mill burned in May and was never built again.")
        document = reading(self._with(package(body), "Mills of the North", "Ada Brook"), tmp_path).document
        assert (document.title, document.author) == ("Mills of the North", "Ada Brook")

    def test_headings_of_chapters_are_no_title(self, tmp_path: Path):
        """The first line is, where there are several headings."""
        body = (
            p("Report on mills")
            + p("By the board")
            + "".join(
                p(f"Chapter {n}", '<w:pStyle w:val="1"/>') + p("The mill burned in May and was never built again.")
                for n in (1, 2)
            )
        )
        assert reading(package(body, styles=self.STYLES), tmp_path).document.title == "Report on mills"


class TestBroken:
    """Files that Word or other programs have broken."""

    @pytest.mark.parametrize("target", ["NULL", "missing.xml", "../../etc/passwd", "media/none.png"])
    def test_a_relation_to_nothing_costs_nothing(self, target: str):
        """The text is there."""
        assert lines(package(p("The mill burned."), {"x": ("image", target), "y": ("header", target)})) == [
            "The mill burned."
        ]

    @pytest.mark.parametrize("broken", ["styles", "numbering", "footnotes"])
    def test_a_broken_part_is_said_and_the_text_is_read(self, tmp_path: Path, broken: str):
        """Only what it holds is lost."""
        body = p(r("The mill burned in May.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
        found = reading(package(body, {"x": (broken, f"{broken}.xml")}, **{broken: "<w:styles"}), tmp_path)
        assert found.document.text == "The mill burned in May."
        assert any(f"{broken}.xml is no sound XML" in warning for warning in found.warnings)

    def test_paths_in_any_case_and_with_backslashes(self):
        """As some programs for Windows write them."""
        assert lines(zipped({"Word\\Document.xml": part("w:document", f"<w:body>{p('Here.')}</w:body>")})) == ["Here."]

    def test_a_locked_document_is_refused_by_name(self):
        """A password makes it an old Office file."""
        with pytest.raises(ArticleError, match=r"^a\.docx: is locked by a password"):
            list(read_docx(b"\xd0\xcf\x11\xe0" + bytes(600), "a.docx"))


class TestBounds:
    """Time and memory that a small file may take."""

    @pytest.mark.parametrize("columns", [100_000, 2_000_000_000])
    def test_a_cell_as_wide_as_it_likes(self, columns: int):
        """A number costs nothing."""
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{p("x")}</w:tc>'
        assert lines(package(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == ["x"]

    def test_a_table_of_very_many_empty_cells(self):
        """5,000 rows of 60."""
        began = time.process_time()
        body = "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr>") * 5000 + "</w:tbl>" + p("End.")
        assert lines(package(body)) == ["End."]
        assert time.process_time() - began < 5

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ("<w:tbl><w:tr><w:tc>" * 100_000, "is no sound XML"),
            ("<w:p/>" * 2_000_000, "times larger than packed"),
            ("<w:p>" + "x" * 70_000_000, "times larger than packed"),
        ],
        ids=["nested", "many", "large"],
    )
    def test_a_bomb_is_refused_by_name(self, body: str, reason: str):
        """Before it is unpacked or walked."""
        began = time.process_time()
        data = package(body)
        packed = time.process_time() - began
        with pytest.raises(ArticleError, match=rf"^a\.docx: .*{reason}"):
            list(read_docx(data, "a.docx"))
        assert time.process_time() - began - packed < 5

    def test_a_size_that_the_archive_lies_about_is_found(self, monkeypatch: pytest.MonkeyPatch):
        """What is read is counted, whatever the directory says."""
        monkeypatch.setattr(archive, "LARGEST_PARTS", 5000)
        data = package(p("The mill burned. " * 1000))
        with pytest.raises(ArticleError, match="unpacks to more than"):
            list(read_docx(data, "a.docx"))

    def test_entities_are_never_expanded(self):
        """A billion laughs, or a file of this machine."""
        evil = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY l "ha">]><d>&e;&l;</d>'
        with pytest.raises(ArticleError, match="declares entities"):
            list(read_docx(zipped({"word/document.xml": evil}), "a.docx"))
