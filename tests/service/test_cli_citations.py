"""References in GB/T 7714-2015 and APA 7."""

from __future__ import annotations

import datetime as dt

import pytest

from service.citations import CitationStyle, Work, cite, persons

TODAY = dt.date(2026, 1, 31)
DAY = dt.date(2025, 9, 7)
URL = "https://example.org/a?b=1"


@pytest.mark.parametrize(
    ("work", "gb7714", "apa7"),
    [
        (
            Work("武清算账", "周亚强", "中国新闻网", URL, DAY),
            f"周亚强. 武清算账[EB/OL]. 中国新闻网, (2025-09-07)[2026-01-31]. {URL}.",
            f"周亚强. (2025, September 7). 武清算账. 中国新闻网. {URL}",
        ),
        (
            Work("A new town", source="China Daily", url=URL, published=DAY),
            f"China Daily. A new town[EB/OL]. (2025-09-07)[2026-01-31]. {URL}.",
            f"A new town. (2025, September 7). China Daily. {URL}",
        ),
        (
            Work("A new town", "Yang Cheng", "China Daily", published=DAY),
            "Yang Cheng. A new town[N]. China Daily, 2025-09-07.",
            "Yang Cheng. (2025, September 7). A new town. China Daily.",
        ),
        (Work("武清算账", source="天津日报"), "武清算账[N]. 天津日报.", "武清算账. (n.d.). 天津日报."),
        (Work("武清算账"), "武清算账[Z].", "武清算账. (n.d.)."),
        (Work("Whither?", "Xinhua", "Xinhua"), "Xinhua. Whither?[N]. Xinhua.", "Xinhua. (n.d.). Whither?"),
        (Work("谁的新城？", url=URL), f"谁的新城？[EB/OL]. [2026-01-31]. {URL}.", f"谁的新城？ (n.d.). {URL}"),
    ],
    ids=["all", "no author", "in print", "no date", "a title alone", "the source is the author", "a question"],
)
def test_a_reference_says_what_the_article_states(work, gb7714, apa7):
    """What it doesn't state stays out, with the punctuation around it."""
    assert cite(work, CitationStyle.GB7714, TODAY) == gb7714
    assert cite(work, CitationStyle.APA7, TODAY) == apa7


@pytest.mark.parametrize(
    ("author", "names", "gb7714", "apa7"),
    [
        (
            "本报记者 张明 李红；通讯员王五",
            ["张明", "李红", "王五"],
            "张明, 李红, 王五. A[Z].",
            "张明, 李红, & 王五. (n.d.). A.",
        ),
        (
            "记者：张三、李四、王五、赵六",
            ["张三", "李四", "王五", "赵六"],
            "张三, 李四, 王五, 等. A[Z].",
            "张三, 李四, 王五, & 赵六. (n.d.). A.",
        ),
        ("By Li Na and Bo Chen", ["Li Na", "Bo Chen"], "Li Na, Bo Chen. A[Z].", "Li Na, & Bo Chen. (n.d.). A."),
        (
            "A B, C D, E F & G H",
            ["A B", "C D", "E F", "G H"],
            "A B, C D, E F, et al. A[Z].",
            "A B, C D, E F, & G H. (n.d.). A.",
        ),
        ("Byron Alexander", ["Byron Alexander"], "Byron Alexander. A[Z].", "Byron Alexander. (n.d.). A."),
        ("记者", [], "A[Z].", "A. (n.d.)."),
    ],
)
def test_authors_are_told_apart(author, names, gb7714, apa7):
    """What isn't a name stays out; names stay as they are written."""
    assert persons(author) == names
    assert cite(Work("A", author), CitationStyle.GB7714, TODAY) == gb7714
    assert cite(Work("A", author), CitationStyle.APA7, TODAY) == apa7


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "example.org", " "])
def test_only_an_address_of_the_web_is_one(url):
    """An article may state anything as its address."""
    assert Work.of(Work("A", url=url)).url is None


def test_each_part_is_one_line():
    """Whatever breaks a title or an author has."""
    work = Work.of(Work("A\n new\ttown ", source=" China\nDaily"), author="Yang\r\nCheng")
    assert cite(work, CitationStyle.APA7, TODAY) == "Yang Cheng. (n.d.). A new town. China Daily."
