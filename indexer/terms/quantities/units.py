"""Units of amounts in both languages, each brought to one base unit.

A mu is a fifteenth of a hectare, which no decimal writes exactly, so it stays a unit of its own.
"""

from __future__ import annotations

import re
from decimal import Decimal

_HAN = {
    "元": "cny 1",
    "块钱": "cny 1",
    "人民币": "cny 1",
    "美元": "usd 1",
    "美金": "usd 1",
    "欧元": "eur 1",
    "港元": "hkd 1",
    "港币": "hkd 1",
    "日元": "jpy 1",
    "英镑": "gbp 1",
    "个百分点": "pp 1",
    "百分点": "pp 1",
    "个基点": "bp 1",
    "平方公里": "m2 1000000",
    "平方千米": "m2 1000000",
    "平方米": "m2 1",
    "平米": "m2 1",
    "公顷": "m2 10000",
    "亩": "mu 1",
    "立方米": "m3 1",
    "公里": "m 1000",
    "千米": "m 1000",
    "米": "m 1",
    "厘米": "m 0.01",
    "吨": "t 1",
    "公斤": "t 0.001",
    "千克": "t 0.001",
    "千瓦": "kw 1",
    "兆瓦": "kw 1000",
    "吉瓦": "kw 1000000",
    "千瓦时": "kwh 1",
    "兆瓦时": "kwh 1000",
    "度电": "kwh 1",
    "标箱": "teu 1",
    "标准箱": "teu 1",
    "年": "year 1",
    "周年": "year 1",
    "岁": "year 1",
    "个月": "month 1",
    "天": "day 1",
    "小时": "hour 1",
    "个小时": "hour 1",
    "分钟": "minute 1",
    "倍": "times 1",
    "摄氏度": "degc 1",
    "华氏度": "degf 1",
}
# Singular, with -er; the pattern allows a plural, -re and a hyphen.
_LATIN = {
    "%": "pct 1",
    "percent": "pct 1",
    "per cent": "pct 1",
    "pct": "pct 1",
    "percentage point": "pp 1",
    "basis point": "bp 1",
    "yuan": "cny 1",
    "renminbi": "cny 1",
    "rmb": "cny 1",
    "cny": "cny 1",
    "dollar": "usd 1",
    "us dollar": "usd 1",
    "u.s. dollar": "usd 1",
    "usd": "usd 1",
    "euro": "eur 1",
    "eur": "eur 1",
    "€": "eur 1",
    "hong kong dollar": "hkd 1",
    "hk dollar": "hkd 1",
    "hkd": "hkd 1",
    "yen": "jpy 1",
    "japanese yen": "jpy 1",
    "jpy": "jpy 1",
    "pound": "gbp 1",
    "gbp": "gbp 1",
    "square kilometer": "m2 1000000",
    "sq kilometer": "m2 1000000",
    "sq km": "m2 1000000",
    "sq. km": "m2 1000000",
    "km2": "m2 1000000",
    "square meter": "m2 1",
    "sq meter": "m2 1",
    "sq m": "m2 1",
    "m2": "m2 1",
    "hectare": "m2 10000",
    "ha": "m2 10000",
    "mu": "mu 1",
    "cubic meter": "m3 1",
    "m3": "m3 1",
    "kilometer": "m 1000",
    "km": "m 1000",
    "meter": "m 1",
    "m": "m 1",
    "centimeter": "m 0.01",
    "cm": "m 0.01",
    "ton": "t 1",
    "tonne": "t 1",
    "metric ton": "t 1",
    "kilogram": "t 0.001",
    "kg": "t 0.001",
    "kilowatt": "kw 1",
    "kw": "kw 1",
    "megawatt": "kw 1000",
    "mw": "kw 1000",
    "gigawatt": "kw 1000000",
    "gw": "kw 1000000",
    "kilowatt hour": "kwh 1",
    "kwh": "kwh 1",
    "megawatt hour": "kwh 1000",
    "mwh": "kwh 1000",
    "gwh": "kwh 1000000",
    "twh": "kwh 1000000000",
    "teu": "teu 1",
    "twenty foot equivalent unit": "teu 1",
    "year": "year 1",
    "month": "month 1",
    "day": "day 1",
    "hour": "hour 1",
    "minute": "minute 1",
    "times": "times 1",
    "fold": "times 1",
    "°c": "degc 1",
    "degree celsius": "degc 1",
    "degrees celsius": "degc 1",
    "degree centigrade": "degc 1",
    "degrees centigrade": "degc 1",
    "°f": "degf 1",
    "degree fahrenheit": "degf 1",
    "degrees fahrenheit": "degf 1",
}
CURRENCY_SIGNS = {
    "us$": "usd",
    "$": "usd",
    "usd": "usd",
    "hk$": "hkd",
    "hkd": "hkd",
    "€": "eur",
    "eur": "eur",
    "£": "gbp",
    "¥": "cny",
    "cny": "cny",
    "rmb": "cny",
    "人民币": "cny",
}
CURRENCIES = frozenset(CURRENCY_SIGNS.values()) | {"jpy"}
# What a unit's character begins: 元旦, 年代, 天津, 米饭, 周年.
_NOT_A_UNIT = {"元": "旦素年月宵首", "年": "代级底初末度轻", "天": "津然气下空", "米": "饭粉兰"}


def _han_pattern(form: str) -> str:
    return f"{form}(?![{_NOT_A_UNIT[form]}])" if form in _NOT_A_UNIT else form


def _latin_pattern(form: str) -> str:
    if form in {"%", "€"}:
        return form
    spelled = re.escape(form).replace(r"\ ", r"[\s-]*" if form == "per cent" else r"[\s-]+")
    return spelled.replace("meter", "met(?:er|re)") + r"s?(?![a-z\d])"


def _alternation(forms: list[str]) -> str:
    return "|".join(forms)


def _longest_first(forms: dict[str, str]) -> list[str]:
    return sorted(forms, key=lambda form: (-len(form), form))


UNIT = re.compile(
    r"[\s-]{0,2}(?:(?:of\s|in\s|chinese\s)?(?P<latin>"
    + _alternation([_latin_pattern(form) for form in _longest_first(_LATIN)])
    + ")|(?P<han>"
    + _alternation([_han_pattern(form) for form in _longest_first(_HAN)])
    + "))"
)


def unit_of(match: re.Match[str]) -> tuple[str, Decimal]:
    """A match of UNIT as its base unit, and what one of it is worth there."""
    if match["han"]:
        name, factor = _HAN[match["han"]].split()
        return name, Decimal(factor)
    form = " ".join(match["latin"].replace("-", " ").split()).replace("metre", "meter")
    name, factor = (_LATIN.get(form) or _LATIN.get(form.removesuffix("s")) or _LATIN["percent"]).split()
    return name, Decimal(factor)
