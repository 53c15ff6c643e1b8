"""Short lines right before and after an article's text that serve its page: they are looked for at its two ends only."""

from __future__ import annotations

import re

HEAD_NOTICE = re.compile(
    r"^(?:您?(?:所在|现在|当前)?(?:的)?位置|首页\s*[>»/]|分享(?:到|至)?\s*[:：]?$|字[号號体]|a(?: a)+$)|^home\s*[>»/]|^share\b.{0,20}$",
    re.IGNORECASE,
)
"""Where the reader is on the site, sharing, the size of letters."""

_LABELLED = r"[\[【(（]?\s*(?:(?:责任|責任|值班|网络|文字)?(?:编辑|編輯)|责编|責編|校对|校對|审核|審核|关键[词字]|關鍵[詞字]|标签|標籤|tags?|topics)\s*[:：>].{0,60}"
_LABELS = r"(?:filed under|posted in)\b.{0,80}|source:? [A-Z].{1,60}"
_RIGHTS = r".{0,60}(?:all rights reserved|版权所有|版權所有|copyright ?(?:©|\(c\)|\d{4})|©).{0,80}"
_ACTIONS = (
    r"[\[【(（]?\s*(?:打印(?:本页)?|关闭(?:窗口)?|返回(?:顶部|列表|首页)|上一篇|下一篇|分享(?:到|至)?|收藏|点赞|举报|评论|跟贴|share|print|email|comments?|reply)"
    r"(?:[\s:：(（\d)）\]】|,，].{0,40})?"
)
_APPS = r"返回.{0,12}查看更多.{0,6}|.{0,8}(?:安装|下载|下載|打开|打開).{0,16}(?:客户端|客戶端|app).{0,40}"
_PRINTED = r"《.{2,20}》\s*[(（].{4,40}版.{0,4}[)）]|.{0,60}bookmark the permalink.{0,3}"
_SIGNED = r"\(?(?:additional )?(?:reporting|editing|writing|compiled) (?:and \w+ )?by .{2,120}|(?:#\s?){1,5}|-\s?30\s?-"
TAIL_NOTICE = re.compile(
    rf"^(?:{'|'.join((_LABELLED, _LABELS, _RIGHTS, _ACTIONS, _APPS, _PRINTED, _SIGNED))})$", re.IGNORECASE
)
"""Who edited it, key words, rights, what one can do with it, where it was printed."""

LABEL = re.compile(
    r"(?:skip )?(?:past )?(?:advertisements?|sponsored(?: content)?|promoted|广告|廣告|推广|推廣)|(?:share|tweet|print|email|save|分享|打印|收藏|点赞|举报|复制链接)(?: this .{1,12})?|"
    r"(?:sign up|subscribe)(?: (?:to|for) (?:our|the|more) .{0,40})?|(?:read|show|see|查看|阅读) ?(?:more|全文|更多)|暂时不支持播放该视频",
    re.IGNORECASE,
)
"""A line that is only the label of an advertisement or a button."""
