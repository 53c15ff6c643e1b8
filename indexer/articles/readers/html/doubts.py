"""Signs that what was taken from a page is no article, or not the one that the page is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.articles.readers.html.extraction import pack
from indexer.articles.vocabulary import WALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MESSAGE = re.compile(
    r"(?:enable|activate|turn on|requires?|without) (?:javascript|cookies)|javascript (?:is|to be|must be)|"
    r"(?:please |to )?(?:verify|confirm|checking|check) (?:that |if )?you(?:'re|’re| are) (?:not a robot|(?:a )?human)|captcha|unusual traffic|"
    r"checking your browser|just a moment|access denied|403 forbidden|404|page (?:not found|can't be found|you requested)|"
    r"(?:sign|log) ?in to (?:continue|read|view)|subscribe to (?:continue|read)|already a (?:subscriber|member)|"
    r"(?:启用|開啟|开启|打开|启动|支持|啟用)\s?(?:java\s?script|js|cookie)|安全验证|安全驗證|验证码|驗證碼|请完成验证|滑动验证|环境异常|访问(?:过于)?频繁|"
    r"(?:登录|登入|登錄)后?(?:查看|阅读|閱讀|继续|繼續|可见)|请先?(?:登录|登入)|页面不存在|頁面不存在|已被(?:删除|發布者刪除|发布者删除)|内容(?:已|不)(?:存在|删除)|违规无法查看|无权访问",
    re.IGNORECASE,
)
_SHORT = 400
_FAR_MORE = 4
_FEW_TERMS = 3
_TITLE_SHARE = 0.1
_HELD_SHARE = 0.2
_LONG_DESCRIPTION = 60
_BODY_SHARE = 0.5


def find_doubts(
    text: str, *, title: str, descriptions: Sequence[str], bodies: Sequence[str], around: int = 0
) -> Iterator[str]:
    """What speaks against a text being the article of its page; sentences for the operator, without the file's name."""
    packed = pack(text)
    if len(packed) < _SHORT and (message := _MESSAGE.search(text) or WALL.search(text)):
        yield f"what is left looks like a message of the site (“{message[0]}”) and no article. Save the page where its text is shown."
        return
    if len(packed) < _SHORT and around > _FAR_MORE * len(packed):
        yield "little text was found, much more was left out. Compare it with the page, or save the article as text."
    elif any(len(packed) < _BODY_SHARE * len(pack(body)) for body in bodies):
        yield "far less text was found than the page states for its article. Compare it with the page, or save the article as text."
    elif _is_absent(title, text) and not any(_is_held(description, packed) for description in descriptions):
        yield "the words of its title don't stand in the text that was found: it may be another story's. Compare it with the page."
    elif any(len(pack(words)) > max(len(packed), _LONG_DESCRIPTION) for words in descriptions):
        yield "its description is longer than the text that was found. Compare it with the page, or save the article as text."


def _is_absent(title: str, text: str) -> bool:
    """Whether hardly any word of a title stands in a text of the same script."""
    terms = _terms(title)
    if len(terms) < _FEW_TERMS or _is_han(title) != _is_han(text):
        return False
    lowered = text.lower()
    return sum(term in lowered for term in terms) < _TITLE_SHARE * len(terms)


def _is_han(text: str) -> bool:
    letters = pack(text[:2000])
    return 3 * len(re.findall(r"[\u4e00-\u9fff]", letters)) > len(letters)


def _terms(text: str) -> set[str]:
    han = {one + two for run in re.findall(r"[\u4e00-\u9fff]+", text) for one, two in pairwise(run)}
    return han | {word[:4] for word in re.findall(r"[a-z]{4,}", text.lower())}


def _is_held(words: str, packed: str) -> bool:
    """Whether a description's beginning or some of its pieces stand in a text."""
    pieces = [pack(words)[start : start + 8] for start in range(0, min(len(pack(words)), 400) - 7, 4)]
    return bool(pieces) and sum(piece in packed for piece in pieces) >= _HELD_SHARE * len(pieces)
