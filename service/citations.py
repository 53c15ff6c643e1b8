"""References to articles: GB/T 7714-2015 and APA 7. What an article doesn't state stays out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENDS = (".", "?", "!", "。", "？", "！", "…")
_WEB = ("http://", "https://")
_ROLE = re.compile(r"^\s*(?:by\b|(?:本报|特约)?(?:记者|作者|通讯员)[:：]?)\s*", re.IGNORECASE)
"""What stands before names, and is none."""
_HAN = "[\u3400-\u9fff]"
_BETWEEN = re.compile(rf"[;；、，,]|\s+(?:and|&)\s+|(?<={_HAN})\s+(?={_HAN})")
_NAMED = 3
"""Authors that GB/T 7714 names; of the others it says that there are more."""


class CitationStyle(StrEnum):
    """A style that references are written in."""

    GB7714 = "gb7714"
    """GB/T 7714-2015, as journals in China ask for it."""
    APA7 = "apa7"
    """The American Psychological Association's manual, seventh edition."""


class Stated(Protocol):
    """The facts that an article states, as its document or an answer has them."""

    @property
    def title(self) -> str: ...  # noqa: D102 - what it is called
    @property
    def source(self) -> str | None: ...  # noqa: D102 - who published it
    @property
    def url(self) -> str | None: ...  # noqa: D102 - where it is
    @property
    def published(self) -> dt.date | None: ...  # noqa: D102 - when it was


@dataclass(frozen=True, slots=True)
class Work:
    """The facts of an article that a reference states."""

    title: str
    author: str | None = None
    source: str | None = None
    url: str | None = None
    published: dt.date | None = None

    @classmethod
    def of(cls, document: Stated, author: str | None = None) -> Work:
        """An article's, each part in one line; an address only where it is one of the web.

        Args:
            document: what it states.
            author: where it is known; answers to searches don't have it.
        """
        url = _line(document.url)
        return cls(
            title=_line(document.title) or "",
            author=_line(author),
            source=_line(document.source),
            url=url if url and url.startswith(_WEB) else None,
            published=document.published,
        )


def cite(work: Work, style: CitationStyle, accessed: dt.date) -> str:
    """A reference as plain text.

    Args:
        work: what is referred to.
        style: how it is written.
        accessed: the day it was read, which GB/T 7714 states of what is on the web.
    """
    return _gb7714(work, accessed) if style is CitationStyle.GB7714 else _apa7(work)


def _gb7714(work: Work, accessed: dt.date) -> str:
    """GB/T 7714-2015, 4.6 (electronic resources) and 4.4 (parts of serials), as far as articles state it.

    `作者. 题名[EB/OL]. (发布日期)[引用日期]. 网址.` on the web, `作者. 题名[N]. 报纸名, 日期.` in print, `[Z]` else.
    """
    published = work.published.isoformat() if work.published else None
    author = _gb7714_names(persons(work.author))
    if work.url:
        who = author or work.source
        publisher = work.source if author and work.source != author else None
        when = f"{f'({published})' if published else ''}[{accessed.isoformat()}]"
        return _sentences(who, f"{work.title}[EB/OL]", _listed(publisher, when), work.url)
    kind = "N" if work.source else "Z"
    return _sentences(author, f"{work.title}[{kind}]", _listed(work.source, published))


def _apa7(work: Work) -> str:
    """APA 7, 10.1 and 10.16: author, (date), title, source, address; without an author the title comes first."""
    day = work.published
    when = f"({day.year}, {_MONTHS[day.month - 1]} {day.day})" if day else "(n.d.)"
    author = _apa7_names(persons(work.author))
    source = work.source if work.source != author else None
    parts = [f"{_ended(author)} {when}", work.title] if author else [f"{_ended(work.title)} {when}"]
    return " ".join([*(_ended(part) for part in (*parts, source) if part), *([work.url] if work.url else [])])


def persons(author: str | None) -> list[str]:
    """Authors as an article names them, `记者 张三、李四` or `By Li Na and Bo Chen`, one by one.

    Names stay as they are written: of `Yang Cheng` nobody can tell which is the family's.
    """
    names = (_ROLE.sub("", name, count=1).strip() for name in _BETWEEN.split(author or ""))
    return [name for name in names if name]


def _gb7714_names(names: Sequence[str]) -> str:
    others = "等" if names and re.match(_HAN, names[0]) else "et al"
    return ", ".join([*names[:_NAMED], *([others] if len(names) > _NAMED else [])])


def _apa7_names(names: Sequence[str]) -> str:
    if len(names) < 2:  # noqa: PLR2004 - two have something between them
        return "".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _sentences(*parts: str | None) -> str:
    return " ".join(f"{part}." for part in parts if part)


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _ended(text: str) -> str:
    """With a full stop, unless it ends with a mark of its own."""
    return text if text.endswith(_ENDS) else f"{text}."


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text and text.strip() else None
