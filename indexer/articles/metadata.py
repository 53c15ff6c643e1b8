"""Source, author and date, where the page states them beside the title or the text does in its dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.articles.dates import DATE, find_dates

if TYPE_CHECKING:
    import datetime as dt

    from indexer.articles.furniture import Article

_VALUE = r"\s*[:：]\s*(?P<value>[^\s|｜丨【\[（(<>]+(?:\s(?=[A-Z])[^\s|｜丨【\[（(]+)*)"
_SOURCE = re.compile(r"(?:来\s*源|來\s*源|稿源|文章来源|信息来源|出处|出處|\bSource)" + _VALUE, re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|gov|edu|io|news|info|tv|co)(?:\.[a-z]{2})?(?![\w@])", re.IGNORECASE
)
_BEFORE_DATE = re.compile(
    r"^(?P<value>[^\d:：|·•]{3,40}?)\s*(?:[·•|,，-]\s*)?(?:Updated on|Updated|Published on|Published|Publié le|Publicado)?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?P<value>[\u4e00-\u9fff]{2,8}?(?:网|網|社|报|報|台|讯))(?:记者|[\u4e00-\u9fff]{2,8}?)?\s?(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*(?:电|電|讯|訊|消息)"
)
_DATED_DATELINE = re.compile(r"^[^，。,.]{2,24}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s?(?:电|電|讯|訊|消息)")
_LATIN_DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,30}(?:,[^()]{0,30})?\s\((?P<value>[A-Z][\w& ]{2,30})\)\s*[-–—]")
_AGENCY_IN_BRACKETS = re.compile(r"[（(](?P<value>[A-Z][\w&]+(?: [A-Z][\w&]+){0,3})[）)]\s*$")
_AGENCY_LINE = re.compile(
    r"^(?:The )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)* (?:Agency|News Service|News Agency|Press|Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Daily|Courier|Observer)$"
)

_HAN_NAME = r"[\u4e00-\u9fff·]{2,10}"
_AUTHOR = re.compile(
    rf"(?:作\s*者|(?:本报|本報)?(?:通讯员|记者|記者)|撰文|撰稿|采写|采訪|文字?)\s*[:：/／]\s*(?P<value>{_HAN_NAME})"
    rf"|[（(【]\s*(?:[\u4e00-\u9fff]{{2,8}})?(?:记者|記者)\s*(?P<value2>{_HAN_NAME}(?:\s{_HAN_NAME})*)\s*[）)】]"
    rf"|^(?:记者|記者)\s?(?P<value3>{_HAN_NAME}?)[／/][^，。]{{2,8}}(?:報導|报道|報道)"
)
_HAN_SIGNED = re.compile(
    rf"[（(]\s*(?:本报|本報|[\u4e00-\u9fff]{{2,6}})?\s*(?:记者|記者)\s*(?P<value>{_HAN_NAME}(?:\s{_HAN_NAME})*)\s*[）)]\s*$"
)
_NAME_WORD = r"(?:[A-Z][\w'’.-]*|[A-Z]\.|de|van|von|der|al|bin|da|del|la|of)"
_BY = re.compile(
    rf"(?:^|[|·•,–—-]\s*|\d\s+|\b)(?i:by|por|par|von|words by|written by)\s+(?P<value>{_NAME_WORD}(?:[ -]{_NAME_WORD}){{0,4}})"
)
_REPORTING = re.compile(rf"^\(?Reporting by (?P<value>{_NAME_WORD}(?: {_NAME_WORD}){{1,3}})")
_UPDATED = re.compile(r"updat|更新|modif|actualis|actualiz|aktualisiert", re.IGNORECASE)
_NOT_NAMES = frozenset({"Staff", "Admin", "Editor", "The"})
_LOGIN = re.compile(r"^(?:发布|發布|时间|時間|日期|字号|记者|作者|编辑)")


def read_date(article: Article) -> dt.date | None:
    """The date of publication in the head; one that is marked as an update counts only where there is no other."""
    dates = [
        (bool(_UPDATED.search(line[max(0, start - 24) : start])), date)
        for line in article.head
        if len(line) <= 200  # noqa: PLR2004 - a longer line tells of dates, it doesn't bear one
        for start, date in find_dates(line)
    ]
    dates += [
        (False, date) for line in article.body[:1] if _DATED_DATELINE.match(line) for _, date in find_dates(line)[:1]
    ]
    return min(dates, key=lambda found: found[0], default=(False, None))[1]


def read_source(article: Article) -> str | None:
    """Who published it: a labelled source, an agency in the dateline, a domain or a name beside the date."""
    for line in _short(article.head):
        if found := _SOURCE.search(line):
            return _tidy(found["value"])
    for line in _short(article.head):
        if (found := _DOMAIN.search(line)) and (find_dates(line) or _BY.search(line)):
            return found[0]
    for line in article.body[:3]:
        if found := _DATELINE.match(line) or _LATIN_DATELINE.match(line):
            return _tidy(found["value"])
    return _beside_date(article)


def _beside_date(article: Article) -> str | None:
    for line in _short(article.head):
        if _AGENCY_LINE.match(line):
            return line
        if not (dated := DATE.search(line)):
            continue
        if found := _AGENCY_IN_BRACKETS.search(line):
            return _tidy(found["value"])
        found = _BEFORE_DATE.match(line[: dated.start()])
        if found and not _BY.search(found["value"]) and not _is_label(found["value"]):
            return _tidy(found["value"])
    return None


def _is_label(text: str) -> bool:
    return bool(_LOGIN.match(text)) or text.strip().lower() in {
        "updated", "published", "posted", "last updated", "first published", "date", "on", "publié le", "publicado el"
    }  # fmt: skip


def read_author(article: Article) -> str | None:
    """Who wrote it: a by-line in the head, the reporter in the dateline, or the signature at the end."""
    for line in _short(article.head):
        if found := _AUTHOR.search(line):
            return _tidy(next(value for value in found.groups() if value))
        if (found := _BY.search(line)) and found["value"].split()[0] not in _NOT_NAMES:
            return _tidy(_without_domain(found["value"], line))
    for line in article.body[:2]:
        if found := _AUTHOR.search(line[:80]):
            return _tidy(next(value for value in found.groups() if value))
    for line in (*article.body[-1:], *article.tail):
        if found := _HAN_SIGNED.search(line) or _REPORTING.match(line):
            return _tidy(found["value"])
    return None


def _without_domain(value: str, line: str) -> str:
    end = line.find(value) + len(value)
    return value if not line[end : end + 1].strip() or line[end] in " ,|·•–-(" else value.rsplit(" ", 1)[0]


def _short(lines: tuple[str, ...]) -> list[str]:
    return [line for line in lines if len(line) <= 120]  # noqa: PLR2004 - a by-line, not a paragraph


def _tidy(value: str) -> str:
    value = value.strip(" \u3000,，;；。.、-–—|")
    return value.title() if value.isupper() and " " in value and value.isascii() else value
