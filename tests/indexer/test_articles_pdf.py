"""PDF files, written here: their text in the order in which people read it, and what is said of the rest."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from fakes import FakeEngine
from pdf_files import Shown, assemble, down, lines, placed
from pypdf import PdfWriter

from indexer.articles import ArticleFile, Reading, Recognizer, load_recognizer, read_file
from indexer.articles.readers import pdf
from indexer.articles.readers.pdf.recognition import RecognizedLine
from indexer.errors import ArticleError, RecognitionMissing
from indexer.records import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[..., Reading]

HERON = [
    "A heron came to the harbour on Monday and stood on the jetty",
    "for an hour, until the wind turned and the boats came back.",
]
HERON_ZH = [
    "周一，一只苍鹭来到港口，在码头上站了一个小时，引来了许",
    "多渔民的围观，风向转变时它才离开，大家都很想念它。",
]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a PDF and read the one document in it."""

    def written(data: bytes, recognizer: Recognizer | None = None) -> Reading:
        path = tmp_path / "heron.pdf"
        path.write_bytes(data)
        (found,) = read_file(ArticleFile(path, path.name), recognizer)
        if isinstance(found, ArticleError):
            raise found
        return found

    return written


def paragraphs(reading: Reading) -> list[str]:
    """Title and text, a paragraph each."""
    body = reading.document.text.split("\n")
    has_title = not " ".join(body).startswith(reading.document.title)
    return [reading.document.title, *body] if has_title else body


def said(reading: Reading) -> list[str]:
    """The lines that were left out."""
    return [line.text for line in reading.left_out]


class TestParagraphs:
    """What was wrapped to a width is joined by its geometry."""

    def test_wrapped_english_lines_are_joined(self, read: Read):
        """With a blank."""
        assert paragraphs(read(placed(lines(HERON)))) == [" ".join(HERON)]

    def test_wrapped_chinese_lines_are_joined(self, read: Read):
        """Without one."""
        assert paragraphs(read(placed(lines(HERON_ZH)))) == ["".join(HERON_ZH)]

    def test_each_language_is_joined_to_its_own_width(self, read: Read):
        """A notice in both has lines of two widths."""
        shown = [*lines(HERON_ZH), *lines(HERON, top=640)]
        assert paragraphs(read(placed(shown))) == ["".join(HERON_ZH), " ".join(HERON)]

    def test_an_indented_line_begins_a_paragraph(self, read: Read):
        """As books set them, without a gap."""
        shown = lines(HERON_ZH)
        shown += [Shown(84, 668, "它的巢还在灯塔下面，每年三月，它都会带着两只小小的"), Shown(60, 652, "苍鹭回来。")]
        assert paragraphs(read(placed(shown))) == [
            "".join(HERON_ZH),
            "它的巢还在灯塔下面，每年三月，它都会带着两只小小的苍鹭回来。",
        ]

    def test_lines_that_are_sentences_are_paragraphs(self, read: Read):
        """Nothing shows that they were wrapped."""
        sentences = ["周一，一只苍鹭来到港口，在码头上站了一个小时。", "周五风向转变时它离开了，此后再也没人见过它。"]
        assert paragraphs(read(placed(lines(sentences)))) == sentences

    def test_a_gap_begins_a_paragraph(self, read: Read):
        """As letters set them, without an indent, however full the line above is."""
        shown = [*lines(HERON), *lines([HERON[0], "again."], top=648)]
        assert paragraphs(read(placed(shown))) == [" ".join(HERON), f"{HERON[0]} again."]

    def test_a_line_that_ends_early_ends_its_paragraph(self, read: Read):
        """The next word would have had room."""
        shown = lines(
            [HERON[0], "for an hour.", "Nobody has seen it since, and the harbour is quiet in the", "evening."]
        )
        assert paragraphs(read(placed(shown))) == [
            f"{HERON[0]} for an hour.",
            "Nobody has seen it since, and the harbour is quiet in the evening.",
        ]

    def test_a_heading_is_not_joined_to_its_text(self, read: Read):
        """Its type is larger."""
        shown = [Shown(60, 730, "The heron of Brindle", 18), *lines(HERON)]
        document = read(placed(shown)).document
        assert (document.title, document.text) == ("The heron of Brindle", " ".join(HERON))

    @pytest.mark.parametrize(
        "items",
        [
            ["1. The jetty is closed.", "2. The lamp is lit."],
            ["一、码头关闭，", "二、灯已点亮"],
            ["- a heron", "- a lamp"],
        ],
    )
    def test_items_of_lists_are_lines(self, read: Read, items: list[str]):
        """Even where they end like a line that goes on."""
        assert paragraphs(read(placed(lines(items)))) == items

    @pytest.mark.parametrize("number", ["2019", "1204", "7"])
    def test_a_number_on_a_line_of_its_own_stays(self, read: Read, number: str):
        """Only where pages are counted is a number that of a page."""
        shown = lines(
            [
                "Turnout in Brindle",
                "The turnout was the highest since the war.",
                number,
                "ballots were spoiled, most of them at sea.",
            ]
        )
        assert number in read(placed(shown)).document.text.split()

    def test_names_of_a_list_are_not_taken_for_wrapped_text(self, read: Read):
        """Chinese lines of the same length, without punctuation."""
        names = ["海湾市水务局会议纪要", "出席人员名单如下所示", "局长陆望川主持的会议"]
        assert paragraphs(read(placed(lines(names)))) == names

    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("the boats lay behind the old break-", "water of the harbour until noon", "old breakwater of"),
            ("the board asked for another long-", "term survey of the harbour at noon", "another long-term survey"),
            ("the engineers wrote that the founda-", "tions had moved a little in spring", "the foundations had"),
            ("the board asked for an Anglo-", "Chinese survey of the harbour at noon", "an Anglo-Chinese survey"),
        ],
    )
    def test_broken_words_are_whole_again(self, read: Read, first: str, second: str, joined: str):
        """A hyphen stays only where it is the word's own."""
        assert joined in read(placed(lines([first, second]))).document.text

    def test_leaders_are_one_sign_and_end_a_line(self, read: Read):
        """A table of contents is a list; its dots say nothing."""
        contents = [f"{name} {'. ' * 30}{page}" for name, page in (("1 The heron", 3), ("2 The lamp,", 17))]
        assert paragraphs(read(placed(lines(["Contents", *contents])))) == [
            "Contents",
            "1 The heron … 3",
            "2 The lamp, … 17",
        ]

    def test_a_hyphen_is_kept_where_the_document_writes_it(self, read: Read):
        """`re-sign` isn't `resign`."""
        shown = lines(["They will re-sign the treaty at noon, and then they will re-", "sign the letter."])
        assert "will re-sign the letter" in read(placed(shown)).document.text

    def test_letter_spaced_chinese_is_joined(self, read: Read):
        """Titles are often set so; blanks between names and words stay."""
        shown = [Shown(60, 760, "关 于 苍 鹭 的 通 知", 18), *lines(["内部发行 注意保存", *HERON_ZH])]
        document = read(placed(shown)).document
        assert (document.title, document.text.split("\n")[0]) == ("关于苍鹭的通知", "内部发行 注意保存")


class TestCharacters:
    """Characters as they are read."""

    def test_radicals_and_compatibility_characters_are_ordinary_ones(self, read: Read):
        """A font has one glyph for both, and some programs write down the other."""
        radicals = {"水": "⽔", "民": "⺠", "长": "⻓", "门": "⻔", "立": "立"}
        text = "居民在水务局门口立了一块长牌，上面写着二〇二三年。"
        assert read(placed(lines([text]), unicode=radicals)).document.text == text

    def test_ligatures_are_letters(self, read: Read):
        """`ﬁsh` is never searched."""
        assert "first fish" in read(placed(lines(["The ﬁrst ﬁsh – of the year – was caught"]))).document.text


LEFT = [
    "The vicar spoke of the price of",
    "candles in the autumn of that",
    "year and of the need for a new",
    "roof over the nave of the church",
    "which had leaked since spring.",
]
RIGHT = [
    "The miller replied that flour had",
    "doubled in cost since the bridge",
    "fell and that nobody could pay",
    "for candles or for a roof before",
    "the next harvest was brought in.",
]


class TestOrder:
    """Columns are read one after the other, rows of tables as rows."""

    def _rows(self, *columns: list[str], step: float = 260) -> list[Shown]:
        return [
            Shown(60 + step * place, 700 - 16 * number, text)
            for number, row in enumerate(zip(*columns, strict=True))
            for place, text in enumerate(row)
        ]

    def test_two_columns_are_read_one_after_the_other(self, read: Read):
        """Even where the file draws them line by line."""
        assert paragraphs(read(placed(self._rows(LEFT, RIGHT)))) == [
            " ".join(LEFT),
            " ".join(RIGHT),
        ]

    def test_a_title_over_two_columns_comes_first(self, read: Read):
        """And what stands below both comes last."""
        shown = [
            Shown(60, 740, "What was said at the meeting of the parish in October", 20),
            *self._rows(LEFT, RIGHT),
        ]
        shown += lines(
            ["The meeting was closed at nine by the vicar, after a song which all of the parish knew well."], top=560
        )
        assert paragraphs(read(placed(shown))) == [
            shown[0].text,
            " ".join(LEFT),
            " ".join(RIGHT),
            shown[-1].text,
        ]

    def test_three_columns_of_chinese_are_read_one_after_the_other(self, read: Read):
        """As newspapers set them."""
        columns = [
            ["周一的早上，一只苍鹭来", "到了港口，在码头上站了", "一个小时，引来了许多渔", "民的围观。"],
            ["水务局昨日宣布，管网的", "改造将在下月启动，首批", "涉及十二个街道，总投资", "约三亿元。"],
            ["本周五风向转变，气温下", "降八度，沿海的居民应当", "收好渔具，关好门窗，注", "意安全。"],
        ]  # fmt: skip
        assert paragraphs(read(placed(self._rows(*columns, step=170)))) == ["".join(column) for column in columns]

    def test_a_sentence_goes_on_in_the_next_column(self, read: Read):
        """It ends nowhere before."""
        left, right = (
            [*LEFT[:4], "and nobody had the time to go"],
            ["up and look at it until August", *RIGHT[1:]],
        )
        assert "nobody had the time to go up and look" in read(placed(self._rows(left, right))).document.text

    def test_rows_of_a_table_are_lines(self, read: Read):
        """A number belongs to its label."""
        table = self._rows(
            ["Ward", "Harbour", "Church", "Mill", "Bridge"], ["Turnout", "81 %", "77 %", "64 %", "59 %"], ["Spoiled", "1204", "98", "77", "12"], step=150
        )  # fmt: skip
        text = read(placed([*lines(HERON, top=760), *table])).document.text
        assert text.split("\n")[-5:] == [
            "Ward Turnout Spoiled",
            "Harbour 81 % 1204",
            "Church 77 % 98",
            "Mill 64 % 77",
            "Bridge 59 % 12",
        ]

    def test_a_cell_of_several_lines_stays_together(self, read: Read):
        """With what stands beside it, wherever in its height."""
        shown = [
            Shown(60, 692, "Harbour"), Shown(200, 700, "The jetty is closed until the"), Shown(200, 684, "lamp has been mended."),
            Shown(60, 652, "Church"), Shown(200, 660, "The bells will be recast before"), Shown(200, 644, "the feast."),
            Shown(60, 620, "Mill"), Shown(200, 620, "Nothing is planned."),
        ]  # fmt: skip
        assert read(placed([*lines(HERON, top=760), *shown])).document.text.split("\n")[-3:] == [
            "Harbour The jetty is closed until the lamp has been mended.",
            "Church The bells will be recast before the feast.",
            "Mill Nothing is planned.",
        ]

    def test_vertical_chinese_is_read_from_right_to_left(self, read: Read):
        """A column is a line."""
        shown = [*down(HERON_ZH[0], x=400), *down(HERON_ZH[1], x=380)]
        assert paragraphs(read(placed(shown))) == ["".join(HERON_ZH)]

    @pytest.mark.parametrize(("turn", "matrix"), [(90, (0, 1, -1, 0)), (180, (-1, 0, 0, -1)), (270, (0, -1, 1, 0))])
    def test_a_page_that_lies_on_its_side_is_read(
        self, read: Read, turn: int, matrix: tuple[float, float, float, float]
    ):
        """Wide tables and scans often do."""
        step = {90: (16, 0), 180: (0, 16), 270: (-16, 0)}[turn]
        shown = [Shown(300 + step[0] * n, 400 + step[1] * n, text, matrix=matrix) for n, text in enumerate(HERON)]
        assert paragraphs(read(placed(shown, page=f"/Rotate {turn}"))) == [" ".join(HERON)]


def _book(heads: Callable[[int], list[Shown]], count: int, body: Callable[[int], list[str]] | None = None) -> bytes:
    """Pages of running text with heads and feet."""
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
    text = body or (
        lambda page: [
            f"On the {words[page]} day the heron stood on the jetty from dawn",
            f"until the {words[page]} boat came back to the harbour.",
        ]
    )
    return placed(*([*heads(page), *lines(text(page))] for page in range(count)))


class TestRunningHeads:
    """What pages repeat around their text is left out, and said."""

    def test_heads_that_differ_on_odd_and_even_pages(self, read: Read):
        """A book's title and its chapter's."""
        reading = read(
            _book(lambda page: [Shown(60, 800, ["The Birds of Brindle", "Chapter One: Herons"][page % 2], 9)], 4)
        )
        assert said(reading) == ["The Birds of Brindle", "Chapter One: Herons"]
        assert not {"Birds", "Chapter"} & set(reading.document.text.split())

    def test_heads_that_change_with_the_chapter(self, read: Read):
        """Each is on several pages in a row."""
        reading = read(_book(lambda page: [Shown(60, 800, "苍鹭" if page < 3 else "白鹭与夜鹭", 9)], 6))
        assert said(reading) == ["苍鹭", "白鹭与夜鹭"]

    def test_heads_and_feet_of_three_lines(self, read: Read):
        """Official papers have them."""
        frame = [
            Shown(60, 812, "海湾市人民政府公报", 9),
            Shown(60, 800, "二〇二三年第九期", 9),
            Shown(60, 788, "内部发行 注意保存", 9),
        ]
        frame += [Shown(60, 48, "海湾市人民政府办公室编印", 9), Shown(60, 36, "电话：12345", 9)]
        reading = read(_book(lambda page: [*frame, Shown(60, 60, str(page + 1), 9)], 4))
        assert set(said(reading)) == {*(line.text for line in frame), "1"}

    def test_a_document_of_two_pages(self, read: Read):
        """Twice is enough at the same height, with the pages counted."""
        reading = read(
            _book(
                lambda page: [Shown(60, 800, "海湾市志·水务卷", 9), Shown(250, 40, f"第 {page + 1} 页 共 2 页", 9)], 2
            )
        )
        assert said(reading) == ["海湾市志·水务卷", "第 1 页 共 2 页"]

    @pytest.mark.parametrize(
        "numbers",
        [
            ["- 3 -", "- 4 -"],
            ["Page 3 of 9", "Page 4 of 9"],
            ["iv", "v"],
            ["17", "18"],
            ["— 三 —", "— 四 —"],
            ["3/9", "4/9"],
        ],
    )
    def test_numbers_of_pages(self, read: Read, numbers: list[str]):
        """In the ways that people write them."""
        reading = read(_book(lambda page: [Shown(290, 40, numbers[page], 9)], 2))
        assert said(reading) == numbers[:1]
        assert numbers[1] not in reading.document.text

    def test_the_number_of_a_single_page(self, read: Read):
        """It stands apart from the text."""
        assert said(read(_book(lambda _: [Shown(290, 40, "1", 9)], 1))) == ["1"]

    def test_pages_with_nothing_but_numbers_are_read(self, read: Read):
        """A file of empty forms, or of tests; its numbers are what it says."""
        assert paragraphs(read(placed([Shown(290, 40, "1", 9)], [Shown(290, 40, "2", 9)]))) == ["1", "2"]

    def test_numbers_that_do_not_count_the_pages_stay(self, read: Read):
        """Sums at the foot of each page."""
        sums = ["1204", "98", "77"]
        reading = read(_book(lambda page: [Shown(60, 660, sums[page])], 3))
        assert set(sums) <= set(reading.document.text.split())

    def test_the_same_sentence_at_the_end_of_pages_stays(self, read: Read):
        """It belongs to the text above it, not to the edge."""
        reading = read(
            _book(lambda _: [], 4, lambda page: [f"Letter {'abcd'[page]} was sent.", "Signed by all of us."])
        )
        assert reading.document.text.count("Signed by all of us.") == 4

    def test_the_head_of_a_table_that_goes_on_stays(self, read: Read):
        """It names the columns."""
        wards = [["Harbour", "Church"], ["Mill", "Bridge"], ["Quay", "Green"]]

        def table(page: int) -> list[Shown]:
            rows = [("Ward", "Turnout"), *((ward, f"{70 + page} %") for ward in wards[page])]
            return [
                Shown(60 + 200 * column, 780 - 16 * row, cell)
                for row, cells in enumerate(rows)
                for column, cell in enumerate(cells)
            ]

        assert (
            read(placed(*map(table, range(3)))).document.text.count("Ward Turnout") == 3 - 1
        )  # the first is the title

    def test_a_sentence_goes_on_over_the_page_and_over_a_note(self, read: Read):
        """The foot, the note in small type and the head stand between its halves."""
        first = [
            *lines(
                [
                    "The bells should be recast before the feast, although the",
                    "founder warned that the largest of the five bells would",
                ]
            )
        ]
        second = lines(["crack again unless the tower was first made dry and warm."])
        frame = [[Shown(60, 800, "Parish of Brindle", 9), Shown(290, 40, str(number), 9)] for number in (1, 2)]
        note = [Shown(60, 80, "1 See the letter of March.", 8)]
        reading = read(placed([*first, *note, *frame[0]], [*second, *frame[1]]))
        assert "the five bells would crack again unless" in reading.document.text
        assert "See the letter of March." in reading.document.text


class TestTitle:
    """The title is what the first page shows as one."""

    def test_the_largest_type_is_the_title(self, read: Read):
        """Wherever it stands on the first page."""
        shown = [*lines(["Harbour Post, Monday"], top=800, size=9), Shown(60, 750, "A heron came", 24), *lines(HERON)]
        assert read(placed(shown)).document.title == "A heron came"

    def test_a_title_of_two_lines_is_whole(self, read: Read):
        """Lines in large type are few and go together."""
        shown = [
            Shown(60, 750, "A heron came to the harbour of", 24),
            Shown(60, 722, "Brindle and stayed", 24),
            *lines(HERON),
        ]
        assert read(placed(shown)).document.title == "A heron came to the harbour of Brindle and stayed"

    @pytest.mark.parametrize("stated", ["t", "Microsoft Word - draft3.doc", "Untitled"])
    def test_a_stated_title_that_the_text_does_not_say_is_none(self, read: Read, stated: str):
        """Programs fill the field with file names."""
        assert (
            read(placed([Shown(60, 750, "A heron came", 24), *lines(HERON)], title=stated)).document.title
            == "A heron came"
        )


class TestBadTextLayers:
    """A text layer that doesn't say what its pages show is named, not indexed."""

    TEXT = "水务局昨日宣布供水管网改造工程将于下月启动首批涉及十二个街道总投资约三亿元"

    @pytest.mark.parametrize(
        ("kind", "first"), [("private", 0xE000), ("Hangul", 0xB3B6), ("rare Han", 0x9F00), ("nothing", 0xFFFD)]
    )
    def test_a_wrong_table_of_characters_is_refused(self, read: Read, kind: str, first: int):
        """By general signs: no language looks like that."""
        wrong = {
            one: chr(first + 37 * n if kind == "Hangul" else first + (0 if kind == "nothing" else n))
            for n, one in enumerate(sorted(set(self.TEXT)))
        }
        with pytest.raises(ArticleError, match=r"text layer is garbled.*haihe index --ocr"):
            read(placed(lines([self.TEXT, self.TEXT]), unicode=wrong))

    def test_letters_that_stand_for_others_are_refused(self, read: Read):
        """A font's own numbers taken for characters: `7KH KHURQ` for `The heron`."""
        shifted = "".join(chr(ord(one) - 29) if one != " " else one for one in " ".join(HERON * 3))
        rows = [shifted[place : place + 60] for place in range(0, len(shifted), 60)]
        with pytest.raises(ArticleError, match="text layer is garbled"):
            read(placed(lines(rows)))

    def test_one_garbled_page_is_named_and_the_rest_is_read(self, read: Read):
        """The operator decides."""
        wrong = {one: chr(0xE000 + n) for n, one in enumerate(sorted(set(self.TEXT)))}
        reading = read(placed(lines(HERON * 3), lines([self.TEXT]), unicode=wrong))
        assert [warning.partition(": ")[2] for warning in reading.warnings] == [
            "the text layer of page 2 is garbled. Look at it with `haihe read`, or use --ocr."
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "한국어 문서는 색인되지 않지만 글자가 깨진 것은 아니다 그리고 우리는 그것을 알고 있다",
            "Table 1: 12 / 4.5 % (n = 7) [+0.3; -1.2] {a, b} <c> 12 / 4.5 % (n = 7) [+0.3; -1.2]",
            "Ⅰ、②、③：１２３，ＡＢＣ；〇一二三四五六七八九十百千万亿",
        ],
    )
    def test_what_only_looks_odd_is_read(self, read: Read, text: str):
        """Another language, a table, full-width signs."""
        assert read(placed(lines([text]))).warnings == ()

    def test_a_scan_says_so(self, read: Read):
        """No text layer, a picture."""
        with pytest.raises(ArticleError, match=r"no text layer; it is a scan, or empty\. Run `haihe index --ocr`"):
            read(scan("The heron"))

    def test_a_page_that_is_a_picture_is_named(self, read: Read):
        """The other pages are read."""
        writer = PdfWriter()
        for data in (placed(lines(HERON)), scan("The heron")):
            writer.append(io.BytesIO(data))
        written = io.BytesIO()
        writer.write(written)
        (warning,) = read(written.getvalue()).warnings
        assert "page 2 of 2 may be a scan, without text." in warning


def scan(text: str) -> bytes:
    """A PDF whose page is a picture of a text."""
    page = pypdfium2.PdfDocument(placed([Shown(60, 700, line, 24) for line in [text]]))[0]
    picture = page.render(scale=2, grayscale=True).to_numpy()
    height, width = picture.shape[:2]
    content = "600 0 0 840 0 0 cm /I Do"
    image = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {height * width} >>"
    return assemble(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            f"{image}\nstream\n{picture.tobytes().decode('latin-1')}\nendstream",
        ]
    )


class TestRecognition:
    """Pages that are pictures are recognised where that is asked for."""

    @pytest.fixture
    def recognizer(self) -> Recognizer:
        """The one that is installed here."""
        try:
            return load_recognizer(lambda _: None)
        except RecognitionMissing as missing:
            pytest.skip(str(missing))

    @pytest.mark.slow
    def test_a_scan_is_read(self, read: Read, recognizer: Recognizer):
        """By its picture alone."""
        assert "heron came to the harbour" in read(scan("A heron came to the harbour"), recognizer).document.text

    def test_each_page_that_is_recognised_is_announced(self, read: Read):
        """It takes seconds; the text is that of the picture, its lines joined like any."""
        told: list[str] = []
        picture = (RecognizedLine(HERON_ZH[0], 100, 100, 910, 130), RecognizedLine(HERON_ZH[1], 100, 150, 850, 180))
        reading = read(scan("The heron"), Recognizer(FakeEngine(lines=picture), told.append))
        assert reading.document.text == "".join(HERON_ZH)
        assert [one.startswith("Recognising page 1 of 1 of ") for one in told] == [True]

    def test_without_an_engine_the_error_says_how_to_install_one(self, monkeypatch: pytest.MonkeyPatch):
        """Before anything is read."""
        monkeypatch.setattr("shutil.which", lambda _: None)
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
        with pytest.raises(RecognitionMissing, match=r"pip install 'haihe\[ocr\]'.*apt-get install tesseract-ocr"):
            load_recognizer(print)


class TestFields:
    """What forms and notes show is text."""

    def test_the_value_of_a_field_is_read_in_its_place(self, read: Read):
        """People fill in forms."""
        appearance = "BT /L 12 Tf 2 4 Td (Ada Brook) Tj ET"
        form = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /L 5 0 R >> >> /Length {len(appearance)} >>\n"
            f"stream\n{appearance}\nendstream"
        )
        field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada Brook) /F 4 /Rect [120 676 320 696] /AP << /N 7 0 R >> >>"
        shown = [*lines(HERON, top=760), Shown(60, 680, "Name:"), *lines(HERON, top=640)]
        text = read(placed(shown, page="/Annots [8 0 R]", objects=(form, field))).document.text
        assert "Name: Ada Brook" in text.split("\n")


class TestBounds:
    """No file takes longer than its size explains."""

    def test_a_page_that_holds_too_much_is_refused_by_name(self, read: Read):
        """Many pages may share one stream that unpacks to millions of strings."""
        page = [Shown(60, 700 - 13 * line, "The heron " * 3000) for line in range(10)]
        with pytest.raises(ArticleError, match=r"heron\.pdf: page 1 holds more than is read of one page"):
            read(placed(page))

    def test_a_file_that_takes_long_is_refused_by_name(self, read: Read, monkeypatch: pytest.MonkeyPatch):
        """A small file of many pages that share what they show."""
        monkeypatch.setattr(pdf, "_SECONDS", 0.1)
        body = placed([Shown(60, 700, "word " * 5000)])
        pages = 3000
        shared = body.replace(b"/Kids [7 0 R] /Count 1", f"/Kids [{'7 0 R ' * pages}] /Count {pages}".encode())
        with pytest.raises(ArticleError, match=r"pages took \d+ seconds, which is more than its size explains"):
            read(shared)

    def test_all_of_two_thousand_and_more_pages_are_read(self, read: Read):
        """None is cut off without a word."""
        numbers = [f"Entry {number} of the register of boats" for number in range(2100)]
        assert numbers[-1] in read(placed(*([Shown(60, 700, entry)] for entry in numbers))).document.text


class TestLocks:
    """Passwords."""

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_a_file_that_opens_without_a_password_is_read(self, read: Read, algorithm: str):
        """The lock only forbids printing."""
        assert read(locked("", algorithm)).document.text == " ".join(HERON)

    def test_a_file_with_a_password_is_refused_by_name(self, read: Read):
        """It says what to do."""
        with pytest.raises(ArticleError, match=r"is locked by a password\. Save a copy without one\."):
            read(locked("secret", "AES-256"))

    def test_a_broken_table_of_objects_is_mended(self, read: Read):
        """Downloads end early, and old programs count wrongly."""
        data = placed(lines(HERON))
        assert read(
            data.replace(b"0000000009 00000 n", b"0000000012 00000 n").replace(b"startxref\n", b"startxref\n7")
        ).document.text == " ".join(HERON)


def locked(password: str, algorithm: str) -> bytes:
    """A PDF with a lock."""
    writer = PdfWriter(clone_from=io.BytesIO(placed(lines(HERON))))
    writer.encrypt(password, "owner", algorithm=algorithm)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_the_language_of_a_chinese_file_is_told(read: Read):
    """From its text."""
    assert read(placed(lines(HERON_ZH))).document.language is Language.ZH
