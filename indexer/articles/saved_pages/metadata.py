"""Source, author and date, where the page states them beside the title or the text does in its dateline."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.dates import DATE, day_first_by_locale, day_first_in, find_dates
from indexer.articles.saved_pages.lines import bare, count_words
from indexer.articles.saved_pages.vocabulary import AI_MADE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from indexer.articles.saved_pages.furniture import Article

_LABEL_ALONE = re.compile(
    r"(?:source|author|by|published|posted|date|来源|來源|作者|记者|記者|发布时间|發布時間|日期)\s*[:：]?",
    re.IGNORECASE,
)
_NEXT_LABEL = r"(?:作\s?者|记者|記者|编辑|編輯|责编|責編|责任编辑|时间|時間|日期|发布|發布|浏览|点击|阅读|分享|字号)"
_VALUE = rf"\s*[:：]\s*(?P<value>(?:(?!{_NEXT_LABEL}\s*[:：])[^\s|｜丨【\[（(<>])+(?:\s(?=[A-Z])[^\s|｜丨【\[（(]+)*)"
_SOURCE = re.compile(
    r"(?<!资料)(?<!資料)(?<!图片)(?<!圖片)(?<!数据)(?<!數據)(?<!视频)(?:来\s*源(?:于|自)?|來\s*源|稿源|出处|出處|转载自|轉載自|\bSource)"
    + _VALUE,
    re.IGNORECASE,
)
_NO_SOURCES = frozenset(
    {
        *(
            "本站",
            "本站原创",
            "本网",
            "本網",
            "网络",
            "網絡",
            "網路",
            "互联网",
            "互聯網",
            "网上",
            "未知",
            "原创",
            "原創",
        ),
        *("其他", "其它", "转载", "轉載", "综合", "綜合", "admin", "unknown", "internet", "web"),
    }
)
_DOMAIN = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|gov|edu|io|news|info|tv|co)(?:\.[a-z]{2})?(?![\w@])", re.IGNORECASE
)
_BEFORE_DATE = re.compile(
    r"^(?P<value>[^\d:：|·•]{3,40}?)\s*(?:[·•|,，-]\s*)?"
    r"(?:Updated on|Updated|Published on|Published|Posted on|Publié le|Publicado(?: el)?)?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^据?(?P<value>[\u4e00-\u9fff]{2,8}?(?:网|網|社|报|報|台|讯))(?:记者|[\u4e00-\u9fff]{2,8}?)?\s?"
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*(?:电|電|讯|訊|消息)"
)
_DATED_DATELINE = re.compile(r"^[^，。,.]{2,24}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s?(?:电|電|讯|訊|消息)")
_LATIN_DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,30}(?:,[^()]{0,30})?\s\((?P<value>[A-Z][\w& ]{2,30})\)\s*[-–—]")
_AGENCY_IN_BRACKETS = re.compile(r"[（(](?P<value>[A-Z][\w&]+(?: [A-Z][\w&]+){0,3})[）)]\s*$")
_AGENCY_LINE = re.compile(
    r"^(?:The )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)* "
    r"(?:Agency|News Service|News Agency|Press|Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Daily|Courier|"
    r"Observer)$"
)
_AFTER_DATE = re.compile(
    r"^\s*(?:[T\s]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*[|｜·]?\s*"
    r"(?P<value>[\u4e00-\u9fff]{2,10}(?:网|網|报|報|社|台|周刊|新闻|新聞|在线))(?:\s|$|[|｜作记編编])"
)
_ORIGINAL = re.compile(r"^(?:原创|原創)\s+(?P<author>\S{2,12})\s+(?P<source>\S{2,16})(?:\s|$)")
"""How articles of public accounts begin: original, author, account."""

_HAN_NAME = r"[\u4e00-\u9fff·]{2,10}"
_NO_NAME = (
    r"(?:通讯员|摄影|编辑|通訊員|編輯|责任|責任|责编|时间|時間|日期|来源|來源|发布|發布|点击|浏览|阅读|字号|查看)"
)
_HAN_NAMES = rf"{_HAN_NAME}(?:[\s、]+(?!{_NO_NAME}){_HAN_NAME})*"
_AUTHOR = re.compile(
    rf"(?:作\s*者|(?:本报|本報)?(?:通讯员|记者|記者)|撰文|撰稿|采写|采訪|(?<![\u4e00-\u9fff])文字?)\s*[:：/／]\s*"
    rf"(?:(?:本报|本報|本网|本網|本刊)?(?:[\u4e00-\u9fff]{{0,6}}(?:记者|記者)|通讯员)\s*)?"
    rf"(?P<labelled>{_HAN_NAMES}|[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){{1,3}})"
    rf"|[（(【]\s*(?:[\u4e00-\u9fff]{{2,8}})?(?:记者|記者)\s*(?P<bracketed>{_HAN_NAMES})"
    rf"|(?:记者|記者)\s?(?P<reporting>{_HAN_NAME}?)[／/][^，。]{{2,8}}(?:報導|报道|報道)"
)
_REPORTER_LINE = re.compile(rf"^[\u4e00-\u9fff]{{0,8}}?(?:记者|記者)\s+(?P<value>{_HAN_NAMES})(?:\s.*)?$")
_OUTLET_BEFORE_REPORTER = re.compile(
    r"^(?P<value>[\u4e00-\u9fff]{3,10}(?:网|網|報|报|社|台))\s*[／/|｜\s]?\s*(?:记者|記者)"
)
_HAN_SIGNED = re.compile(rf"[（(]\s*(?:[\u4e00-\u9fff]{{2,6}})?\s*(?:记者|記者)\s*(?P<value>{_HAN_NAMES})\s*[）)]\s*$")
_NAME_WORD = r"(?:[A-Z][\w'’.-]*|[A-Z]\.|de|van|von|der|al|bin|da|del|la|of)"
_BY = re.compile(
    r"(?:^|[|·•,–—-]\s*|\d\s+)(?i:by|por|par|von|words by|written by)\s+"
    rf"(?P<value>{_NAME_WORD}(?:[ -]{_NAME_WORD}){{0,4}}(?: and {_NAME_WORD}(?:[ -]{_NAME_WORD}){{0,4}})?)"
)
_FULL_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}")
_POST = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|journalist|columnist|contributor|bureau chief)\b"
    r"(?:,\s*(?P<outlet>[A-Z].{2,30}))?",
    re.IGNORECASE,
)
_NAME_WITH_POST = re.compile(
    r"(?P<value>[A-Z][\w'’-]+ [A-Z][\w'’-]+),? (?:.{0,40}\s)?(?:correspondent|reporter|editor|columnist)"
)
_FOLLOW = frozenset({"关注", "關注", "+关注", "follow", "following", "+ follow"})
_REPORTING = re.compile(rf"^\(?Reporting by (?P<value>{_NAME_WORD}(?: {_NAME_WORD}){{1,3}})")
_UPDATED = re.compile(r"updat|更新|modif|actualis|actualiz|aktualisiert", re.IGNORECASE)
_NOT_NAMES = frozenset({"Staff", "Admin", "Editor", "The"})
_ROLE = re.compile(
    r"(?:the )?(?:\w+ )?(?:admin(?:istrator)?|staff|editors?|editorial(?: team| board| staff)?|"
    r"news ?room|web ?master|guest|anonymous|unknown|authors?|contributors?|"
    r"user|root|news desk|team|staff (?:writers?|reporters?)|reporters?|correspondents?|none|null|n/?a)|"
    r".*(?:编辑|編輯|小编|小編|责编|責編|管理员|管理員|编辑部|編輯部|通讯员|运营|客服).*|"
    r"(?:佚名|未知|匿名|不详|网络整理|原创|原創|转载|本站|本网|本網|网络|網絡|综合|综合报道|记者|記者|作者|来源|來源|默认|网站|系统|发布者)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|[@/\\<>{}=]|\.(?:com|cn|net|org|html?)\b|\d{3}", re.IGNORECASE)
_OUTLET = re.compile(
    r".*(?:网|網|报|報|社|电视台|電視台|台|编辑部|新闻|新聞|中心|频道|委员会|政府|局|公司|支部|部门|办公室|News|Press|Media|Times|Post|Daily|Team|Desk|Newsroom|Staff|Agency|Reporters?|Online|Inc\.?|Ltd\.?)"
)
_HAN_ROLE = re.compile(
    r"^\S{0,8}(?:专栏作者|特约记者|见习记者|实习生|撰稿人)\s+|\s+(?:整合|编译|整理|摄影报道|摄影|摄|文|报道|报導|報導|阅读|综合)$"
)
_BY_LABEL = re.compile(
    r"^\s*(?:by|words by|written by|story by|作\s*者|文|记者|記者|撰文)\s*[:：/／]?\s+|^\s*作者[:：]\s*", re.IGNORECASE
)
_POST_AFTER_NAME = re.compile(
    r"\s+(?:(?:staff|senior|chief|special|freelance|contributing) )?"
    r"(?:writer|reporter|correspondent|editor|columnist)s?$",
    re.IGNORECASE,
)
_LONGEST_NAMES = 80
_DATE_LABEL = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?|"
    r"(?:(?:first |last )?(?:updated|published|posted|modified|date)(?: on)?(?: \w{3,9})?|publié le|publicado el|on|"
    r"(?:发布|發布|发表|發表|出版|更新|时间|時間|日期|字号|记者|作者|编辑).*))",
    re.IGNORECASE,
)
_LONGEST_BY_LINE = 120
_MOST_WORDS_BESIDE_DATE = 20
_WORDS_OF_A_SENTENCE = 2
_UPDATE_LABEL_REACH = 24


def read_date(article: Article, *, locale: str | None = None) -> dt.date | None:
    """The date of publication in the head; one that is marked as an update counts only where there is no other.

    Args:
        article: the article's lines.
        locale: its language, with its country if that is known; the order of `09/01/2023` follows it, unless other
            dates of the article show another.
    """
    order = day_first_in((*article.head, *article.body, *article.tail))
    day_first = day_first_by_locale(locale) if order is None else order
    dates = [
        (bool(_UPDATED.search(line[max(before, start - _UPDATE_LABEL_REACH) : start])), date)
        for line in article.head
        if not _tells(line)
        for before, start, date in _dates_apart(line, day_first)
    ]
    dates += [
        (False, date) for line in article.body[:1] if _DATED_DATELINE.match(line) for _, date in find_dates(line)[:1]
    ]
    return min(dates, key=lambda found: found[0], default=(False, None))[1]


def _tells(line: str) -> bool:
    """Tell a sentence, or a long line, that speaks of a date from one that states the article's."""
    if _DATE_LABEL.match(line):
        return False
    words = count_words(line)
    is_sentence = (
        line.endswith((".", "。", "！", "？", "!", "?")) and count_words(DATE.sub(" ", line)) >= _WORDS_OF_A_SENTENCE
    )
    return words > _MOST_WORDS_BESIDE_DATE or (is_sentence and not _BY.match(line))


def _dates_apart(line: str, day_first: bool | None) -> list[tuple[int, int, dt.date]]:
    """The dates of a line, each with where the date before it and where itself begins: a label counts for one date."""
    dates = find_dates(line, day_first=day_first)
    befores = [0, *(start for start, _ in dates)]
    return [(before, start, date) for before, (start, date) in zip(befores, dates, strict=False)]


def read_source(article: Article) -> str | None:
    """The publisher: a labelled source, an agency in the dateline, a domain or a name beside the date."""
    lines = _by_lines(article)
    if labelled := _labelled_source(lines):
        return labelled
    for line in lines:
        if (domain := _DOMAIN.search(line)) and (find_dates(line) or _BY.search(line)):
            return domain[0]
    return read_dateline_source(article) or _source_by_position(lines)


def read_labelled_source(article: Article) -> str | None:
    """The publisher that the head names with a label, `来源：海湾日报`, or after the date."""
    lines = _by_lines(article)
    return _labelled_source(lines) or next(filter(None, map(_outlet_after_date, lines)), None)


def read_dateline_source(article: Article) -> str | None:
    """The agency that the text's first lines begin with: `新华社北京2020年3月5日电`, `LONDON (Reuters) -`."""
    datelines = (_DATELINE.match(line) or _LATIN_DATELINE.match(line) for line in article.body[:3])
    return next((_tidy(match["value"]) for match in datelines if match), None)


def _outlet_after_date(line: str) -> str | None:
    dated = DATE.search(line)
    outlet = _AFTER_DATE.match(line[dated.end() :]) if dated else None
    return outlet["value"] if outlet else None


def _labelled_source(lines: list[str]) -> str | None:
    values = (_tidy(match["value"]) for line in lines if (match := _SOURCE.search(line)))
    return next((value for value in values if not _is_no_source(value)), None)


def _is_no_source(value: str) -> bool:
    return not value or value.lower() in _NO_SOURCES or bool(DATE.match(value)) or value.isdigit()


def _source_by_position(lines: list[str]) -> str | None:
    return next(filter(None, map(_source_of_line, lines)), None)


def _source_of_line(line: str) -> str | None:
    if _AGENCY_LINE.match(line):
        return line
    if match := _ORIGINAL.match(line):
        return match["source"]
    if match := _OUTLET_BEFORE_REPORTER.match(line):
        return match["value"]
    if (match := _POST.search(line)) and match["outlet"]:
        return _tidy(match["outlet"])
    return _name_beside_date(line)


def _name_beside_date(line: str) -> str | None:
    if not (dated := DATE.search(line)):
        return None
    match = _AGENCY_IN_BRACKETS.search(line) or _BEFORE_DATE.match(line[: dated.start()])
    if match and not _BY.search(match["value"]) and not _DATE_LABEL.fullmatch(match["value"].strip()):
        return _tidy(match["value"])
    return _outlet_after_date(line)


def read_author(article: Article) -> str | None:
    """The author: by a by-line in the head, the reporter in the dateline, or the signature at the end."""
    author = _HAN_ROLE.sub("", _read_author(article) or "")
    return None if is_no_name(author) else author


def is_no_name(value: str, outlets: Sequence[str] = ()) -> bool:
    """Tell what stands in an author's place and is none: a role, an account, an address or an outlet."""
    bare_value = value.strip()
    return (
        not bare_value
        or len(bare_value) > _LONGEST_NAMES
        or bool(_ROLE.fullmatch(bare_value) or _ADDRESS.search(bare_value) or _OUTLET.fullmatch(bare_value))
        or any(bare_value.casefold() in outlet.casefold() for outlet in outlets)
    )


def without_by_label(value: str) -> str:
    """A name without the `By` or `作者：` before it, and without the post after it."""
    name = _tidy(_POST_AFTER_NAME.sub("", _BY_LABEL.sub("", value.strip())))
    before, comma, after = name.partition(",")
    return before.strip() if comma and _POST.search(after) else name


def _read_author(article: Article) -> str | None:
    lines = _by_lines(article)
    for line in lines:
        if name := _author_in(line):
            return name
    for line, following in pairwise(lines):
        if following.strip().lower() in _FOLLOW or (_FULL_NAME.fullmatch(line) and _is_about_author(following)):
            return _tidy(line)
    for line in article.body[:2]:
        if match := _AUTHOR.search(line[:80]):
            return _tidy(next(value for value in match.groups() if value))
    for line in (*article.body[-1:], *article.tail):
        if match := _HAN_SIGNED.search(line) or _REPORTING.match(line):
            return _tidy(match["value"])
    return None


def _author_in(line: str) -> str | None:
    if match := _ORIGINAL.match(line):
        return match["author"]
    if match := _AUTHOR.search(line):
        return _tidy(next(value for value in match.groups() if value))
    if match := _REPORTER_LINE.match(line):
        return _tidy(match["value"])
    if (match := _BY.search(line)) and match["value"].split()[0] not in _NOT_NAMES:
        return _tidy(_without_domain(match["value"], line))
    if match := _NAME_WITH_POST.fullmatch(line):
        return match["value"]
    return None


def _is_about_author(line: str) -> bool:
    """Tell a line that may stand under a name which no `by` announces: the writer's post, or the date."""
    return bool(_POST.search(line)) or bool(DATE.search(line))


def _without_domain(value: str, line: str) -> str:
    """`YANG CHENG chinadaily.com.cn`: the last word of the match may be the beginning of a domain."""
    end = line.find(value) + len(value)
    return value if not line[end : end + 1].strip() or line[end] in " ,|·•–-(" else value.rsplit(" ", 1)[0]


def _by_lines(article: Article) -> list[str]:
    """The head's short lines; a label that stands alone is joined with its value in the next line."""
    lines = [line for line in article.head if len(line) <= _LONGEST_BY_LINE and not AI_MADE.search(bare(line))]
    joined: list[str] = []
    for line in lines:
        if joined and _LABEL_ALONE.fullmatch(joined[-1]):
            label = joined.pop().rstrip(":： ")
            joined.append(f"{label} {line}" if label.lower() == "by" else f"{label}: {line}")
        else:
            joined.append(line)
    return joined


def _tidy(value: str) -> str:
    value = value.strip(" \u3000,，;；。.、-–—|")
    return value.title() if value.isupper() and " " in value and value.isascii() else value
