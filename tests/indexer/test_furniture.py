"""Saved pages and texts: no sentence goes because of a word in it, and what may be wrong is said."""

from __future__ import annotations

import time

import pytest
from cleaning import to_document

from indexer.articles.page import Layout, Page, Reading, to_reading

ENGLISH = [
    "The harbour board met on Monday and agreed to rebuild the old breakwater in three stages.",
    "Its engineers had found that the foundations moved by eleven centimetres since the spring survey.",
    "The treasurer expects that the work will cost four million crowns and take two winters.",
    "Fishermen asked for berths in the inner basin while the outer one is closed to boats.",
]
CHINESE = [
    "海湾市水务局昨日宣布，全市老旧供水管网改造工程将于下月启动，首批涉及十二个街道、四万户居民。",
    "局长陆望川表示，改造后漏损率有望从百分之十八降至百分之九，夏季高峰期的低水压问题也将得到缓解。",
    "施工期间将采用分段停水方式，每次停水不超过八小时，并提前三天张贴公告，社区安排志愿者送水。",
    "工程预计明年十月完成，届时全市将建成统一的智能调度平台，相关数据接口已经完成测试并对外开放。",
]
ENGLISH_HEAD = ["Home > Harbour > News", "Board agrees to rebuild the old breakwater", "By Ida Marlowe", "3 March 2024", "Share | Print"]  # fmt: skip
ENGLISH_TAIL = ["Related stories", "- Ferry to Norr is back", "- Lamp of the north pier stolen", "© 2024 Harbour Post"]
CHINESE_HEAD = ["首页 > 民生 > 正文", "海湾市启动供水管网改造工程", "来源：海湾日报 2023-09-01", "分享到：微信 微博"]
CHINESE_TAIL = [
    "责任编辑：郑南枝",
    "相关阅读",
    "- 轮渡恢复通航2023-09-01",
    "- 灯塔将重新开放2023-09-01",
    "版权所有 海湾日报",
]

SENTENCES = [
    pytest.param("A copyright lawyer for the label said that shorter samples are free to use.", id="copyright"),
    pytest.param("The society's newsletter reaches nine thousand readers in forty parishes.", id="newsletter"),
    pytest.param("Cookies baked by the pupils were sold on the quay for the lifeboat.", id="cookies"),
    pytest.param("Subscribe to our view or not, said the mayor, the bridge has to close this year.", id="subscribe"),
    pytest.param("Have you seen the heron, the children asked each boat that came in.", id="have you"),
    pytest.param("Click here, said the button, and nobody dared to for eleven years.", id="click here"),
    pytest.param("Watch: the tide will turn within the hour, the pilot told the crew.", id="watch"),
    pytest.param("Read more books, the minister told the pupils, and fewer screens.", id="read more"),
    pytest.param("Share prices of both yards fell by nine per cent within a week of the ruling.", id="share"),
    pytest.param("Comments were closed to the press while the witnesses spoke to the judge.", id="comments"),
    pytest.param("与会校友分享了各自在水利工程建设中的经验和教训。", id="分享"),
    pytest.param("白皮书显示，侵害未成年人犯罪案件共起诉412件，比上年减少一成。", id="未成年人"),
    pytest.param("法院认定该公司构成侵权，判令其赔偿原告三十万元并公开道歉。", id="侵权"),
    pytest.param("未经授权不得进入的库区如今成了候鸟的栖息地，每年有上万只停留。", id="未经授权"),
    pytest.param("下载量超过百万的客户端由三名学生开发，他们今年刚从海湾大学毕业。", id="客户端"),
    pytest.param("请广大市民关注微信公众号发布的停水通知，并提前储备两天的生活用水。", id="公众号"),
    pytest.param("记者点击查看公示名单后发现，有三家企业的地址完全相同。", id="点击查看"),
]


def article(*inserted: str, text: list[str]) -> list[str]:
    """The paragraphs of an article with others in its middle."""
    return [*text[:2], *inserted, *text[2:]]


def page(*inserted: str, han: bool = False) -> str:
    """A saved page with some lines in the middle of its article."""
    head, text, tail = (CHINESE_HEAD, CHINESE, CHINESE_TAIL) if han else (ENGLISH_HEAD, ENGLISH, ENGLISH_TAIL)
    return "\n".join([*head, *article(*inserted, text=text), *tail])


def read(text: str, **fields: object) -> Reading:
    """A text as it would be read from a file."""
    return to_reading(Page(text, **fields), "a.txt")


def is_han(sentence: str) -> bool:
    """A sentence of the Chinese article."""
    return not sentence.isascii()


class TestSentences:
    """Text is never furniture by a word in it."""

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_a_text_keeps_it(self, sentence: str):
        """Nothing is around a text that isn't a page."""
        lines = article(sentence, text=CHINESE if is_han(sentence) else ENGLISH)
        assert read("\n\n".join(["A title", *lines])).document.text.split("\n") == lines

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_a_saved_page_keeps_it_between_its_paragraphs(self, sentence: str):
        """What is around it is the article."""
        han = is_han(sentence)
        kept = read(page(sentence, han=han)).document.text.split("\n")
        assert kept == article(sentence, text=CHINESE if han else ENGLISH)

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_a_saved_page_keeps_it_as_its_last_sentence(self, sentence: str):
        """In doubt a sentence stays."""
        head, text, tail = (CHINESE_HEAD, CHINESE, CHINESE_TAIL) if is_han(sentence) else (ENGLISH_HEAD, ENGLISH, ENGLISH_TAIL)  # fmt: skip
        assert sentence in read("\n".join([*head, *text, sentence, *tail])).document.text

    @pytest.mark.parametrize("layout", [Layout.ARTICLE])
    @pytest.mark.parametrize("line", [*ENGLISH_HEAD, *ENGLISH_TAIL, *CHINESE_TAIL])
    def test_an_article_keeps_every_line(self, layout: Layout, line: str):
        """Formats that state what is their text have no furniture."""
        text = "\n".join(["A title", *article(line, text=ENGLISH)])
        assert read(text, layout=layout).document.text.split("\n") == article(line, text=ENGLISH)


class TestSavedPage:
    """What belongs to the article of a page, though it has another shape."""

    @pytest.mark.parametrize("han", [False, True], ids=["en", "zh"])
    def test_only_the_article_is_taken(self, han: bool):
        """With its title, source and date, in the order that it has."""
        document = read(page(han=han)).document
        assert document.text.split("\n") == (CHINESE if han else ENGLISH)
        assert document.title == (CHINESE_HEAD if han else ENGLISH_HEAD)[1]

    @pytest.mark.parametrize(
        ("lines", "han"),
        [
            pytest.param(['"We will not raise the price of water," Ida Marlowe told reporters.'], True, id="English"),
            pytest.param(["“每一处漏点都要公开。”这位市民代表用中文写道。"], False, id="Chinese"),
            pytest.param(
                ["« Nous ne voulons pas d'une digue qui ne sert à personne », a dit la maire."], False, id="French"
            ),
            pytest.param(["地区 改造率 漏损率", "东港区 51.7% 9%", "西岭区 18.3% 12%"], True, id="a table of shares"),
            pytest.param(["Ward 2022 2023 Change", "Harbour 41 52 +27%", "Hill 38 36 -5%"], False, id="a table"),
            pytest.param(["kestrel serve --port 8000", "KESTREL_HOME=/srv/kestrel"], True, id="code"),
            pytest.param(["1204"], False, id="a number"),
            pytest.param(
                ["1 May 1921", "The first stone was laid by a child of six years.", "9 July 1951"],
                False,
                id="dates of a chronicle",
            ),
        ],
    )
    def test_lines_inside_the_article_stay(self, lines: list[str], han: bool):
        """Between its paragraphs there is no frame."""
        kept = read(page(*lines, han=han)).document.text.split("\n")
        assert kept == article(*lines, text=CHINESE if han else ENGLISH)

    def test_what_is_left_out_is_told_with_its_place_and_reason(self):
        """So that people can see and report it."""
        left = {one.text: (one.before, one.reason) for one in read(page(han=True)).left_out}
        assert left["分享到：微信 微博"] == (0, "serves the page")
        assert left["相关阅读"] == (len(CHINESE), "points to other stories")
        assert set(left) == {*CHINESE_HEAD, *CHINESE_TAIL} - {CHINESE_HEAD[1]}

    def test_nothing_is_both_taken_and_left_out_or_neither(self):
        """Each line of the page is in one place."""
        reading = read(page())
        lines = [reading.document.title, *reading.document.text.split("\n"), *(one.text for one in reading.left_out)]
        assert sorted(lines) == sorted(page().split("\n"))


class TestNoPage:
    """Texts with signs of a page that are none."""

    def test_a_collection_of_licences_is_kept_whole(self):
        """Rights come again and again in it, and end nothing."""
        parts = [
            f"Files: part{number}.c\nCopyright (c) {2000 + number} Ida Marlowe\nAll rights reserved.\n{ENGLISH[number % 4]}"
            for number in range(12)
        ]
        text = "\n\n".join(["Format of this file", *parts])
        assert read(text).document.text.count("Copyright (c)") == 12

    def test_a_change_log_is_kept_whole(self):
        """Dates, names and short lines, with the words that pages use."""
        lines = ["kestrel (2.1)", "* Search: fixed", "* Download", "* Print | Export", "Updated: 3 March 2024"] * 9
        document = read("\n\n".join(lines)).document
        assert f"{document.title}\n{document.text}".split("\n") == lines

    def test_a_handbook_that_speaks_of_its_rights_is_kept_whole(self):
        """Before its second part."""
        text = "\n\n".join(["Handbook", *ENGLISH, "Copyright notice: any parish may copy this.", "12.1. Engines", *ENGLISH, "Search"])  # fmt: skip
        assert read(text).document.text.count(ENGLISH[0]) == 2
        assert "any parish may copy" in read(text).document.text

    def test_by_lines_of_a_text_are_read_and_stay(self):
        """Nothing of a text without a page around it is left out."""
        document = read("\n".join(["A new pier", "By Ida Marlowe", "3 March 2024", *ENGLISH])).document
        assert (document.author, str(document.published)) == ("Ida Marlowe", "2024-03-03")
        assert document.text.startswith("By Ida Marlowe\n3 March 2024\n")


class TestDoubts:
    """What may be wrong is said, with the file's name."""

    def test_a_good_page_and_a_text_raise_none(self):
        """A warning that always comes is none."""
        assert read(page()).warnings == read(page(han=True)).warnings == read("\n".join(ENGLISH)).warnings == ()

    @pytest.mark.parametrize(
        "wall",
        ["Please sign in to read the rest of this story.", "登录后查看全文，精彩内容不容错过哦。", "Please enable JavaScript to view this page."],
    )  # fmt: skip
    def test_a_wall_in_place_of_the_article(self, wall: str):
        """Little text, and a page that asks for something."""
        (warning,) = read("\n".join([*ENGLISH_HEAD, ENGLISH[0], wall, *ENGLISH_TAIL])).warnings
        assert warning.startswith("a.txt: seems to be a login or script wall")

    def test_an_article_about_walls_raises_none(self):
        """It is long."""
        text = [*ENGLISH, "Readers who sign in to read the paper are asked to verify that you are human.", *ENGLISH]
        assert read("\n".join([*ENGLISH_HEAD, *text, *ENGLISH_TAIL])).warnings == ()

    def test_the_text_of_another_story(self):
        """The page shows its title over what comes next in the feed."""
        lines = [
            ENGLISH_HEAD[0],
            "Zebra crossings painted violet",
            *ENGLISH_HEAD[2:],
            *ENGLISH,
            *ENGLISH,
            *ENGLISH_TAIL,
        ]
        (warning,) = read("\n".join(lines)).warnings
        assert "nothing of its title, 'Zebra crossings painted violet'" in warning

    def test_a_page_whose_text_is_mostly_outside_the_article_is_taken_whole(self):
        """Better too much than to lose most of it in silence."""
        others = [sentence for number in range(3) for sentence in (f"Story {number}", *ENGLISH)]
        reading = read("\n".join([*ENGLISH_HEAD, ENGLISH[0], ENGLISH[1], "Comments (12)", "Related stories", *others]))
        assert "can't be told from what is around it" in reading.warnings[0] or ENGLISH[3] in reading.document.text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(lambda size: "9" * size, id="digits"),
        pytest.param(lambda size: "1" * size + " zoo", id="digits and a word"),
        pytest.param(lambda size: "1," * size, id="digits with commas"),
        pytest.param(lambda size: "+1% " * size, id="shares"),
        pytest.param(lambda size: "#" * size + "x", id="number signs"),
        pytest.param(lambda size: "." * size + "x", id="full stops"),
        pytest.param(lambda size: '"”' * size + "x", id="quotes"),
        pytest.param(lambda size: "[" * size, id="brackets"),
        pytest.param(lambda size: "share " * size, id="a word of the web"),
        pytest.param(lambda size: "相关推荐" * size, id="words of the web in Chinese"),
        pytest.param(lambda size: "a > " * size, id="a trail"),
        pytest.param(lambda size: "a\n" * (size // 8), id="lines"),
        pytest.param(lambda size: "By Ida Marlowe\n" * (size // 8), id="by-lines"),
        pytest.param(lambda size: "（完）\nShare\n" * (size // 8), id="ends"),
        pytest.param(lambda size: "Related\n- a story\n2 hours ago\n" * (size // 8), id="boxes"),
        pytest.param(lambda size: "2023-09-01 " * size, id="dates"),
    ],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(line):
    """Whatever a line holds: a text eight times as long takes at most some twenty times as long, and little anyway."""

    def seconds(size: int) -> float:
        text = "\n".join([*ENGLISH_HEAD, *ENGLISH, line(size), *ENGLISH_TAIL])
        start = time.process_time()
        to_document(Page(text), "a.txt")
        return time.process_time() - start

    seconds(10)
    small, large = seconds(1000), seconds(8000)
    assert large < max(20 * small, 0.5)
    assert large < 5


SHORT_SENTENCES = [
    "Share prices closed lower in Saltmere.",
    "Donate blood, the mayor told them.",
    "Reporting by the commission was slow.",
    "客户端下载量居全省第一。",
    "网站地图显示，景区共有七个入口。",
    "联系我们的人越来越多，社工说。",
]


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("sentence", SHORT_SENTENCES)
def test_a_short_sentence_stays_wherever_it_stands(sentence: str, place: int):
    """The first and the last sentence have the page's frame beside them, and are the article's all the same."""
    han = not sentence.isascii()
    head, text, tail = (CHINESE_HEAD, CHINESE, CHINESE_TAIL) if han else (ENGLISH_HEAD, ENGLISH, ENGLISH_TAIL)
    lines = [*head, *text[:place], sentence, *text[place:], *tail]
    assert sentence in to_document(Page("\n".join(lines)), "a.txt").text.split("\n")


@pytest.mark.parametrize("sentence", SHORT_SENTENCES)
def test_a_short_sentence_makes_no_page_of_a_dated_text(sentence: str):
    """A clean article with its by-line keeps every sentence."""
    han = not sentence.isascii()
    head = (
        ["海湾市启动供水管网改造工程", "来源：海湾日报 2023-09-01"]
        if han
        else [ENGLISH_HEAD[1], "By Ida Marlowe", "3 March 2024"]
    )
    reading = to_reading(Page("\n".join([*head, *(CHINESE if han else ENGLISH), sentence])), "a.txt")
    assert reading.document.text.endswith(sentence)
    assert not reading.left_out
