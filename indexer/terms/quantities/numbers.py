"""Amounts: one term for a value with its unit, however it is written.

172.1 billion yuan, 1721亿元 and 一千七百二十一亿元 are all `n_172100000000_cny`, and `n_172100000000` without the unit.
Ordinals are `n_14_th`. Written here rather than taken from cn2an or text2num, which read a numeral but do not find one
in running Chinese (一些, 统一, 十分), keep no place of it and know no unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from indexer.terms.quantities import numerals
from indexer.terms.quantities.units import CURRENCIES, CURRENCY_SIGNS, UNIT, unit_of
from indexer.terms.term_groups import Mention, TermKind, heaviest
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUE_SHARE = 0.7
"""Of a bare value where the query names a unit."""
_TWO = 2
_LONGEST = 24

_PREFIX = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=lambda sign: (-len(sign), sign)))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN_SCALE = r"(?:百|千(?![瓦米克])|万|亿)"
_MORE = "[多余来]?"  # 3000多亿
_ENGLISH_SCALE = "|".join(sorted(numerals.ENGLISH_SCALES, key=len, reverse=True))
_HAN_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
_WORD = "|".join(
    sorted([*numerals.ENGLISH_DIGITS, "hundred", "thousand", "million", "billion", "trillion"], key=len, reverse=True)
)
_ORDINAL = "|".join(sorted(numerals.ENGLISH_ORDINALS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""
    (?<![a-z])(?P<prefix>(?:{_PREFIX})\s?)?
    (?:
      (?<!\d[.,:/])(?<![\d])(?<![a-z][-])(?P<ordered>第)?
      (?P<digits>{_DIGITS})(?![\d]|[.:/]\d)
      (?:
        (?P<han_scale>\s?{_MORE}{_HAN_SCALE}+(?:(?:\d+(?:\.\d+)?){_HAN_SCALE}+)*)
        | (?P<scale>(?:[\s-]?(?:{_ENGLISH_SCALE})(?![a-z]))+)
        | (?P<short>[mkb](?![a-z\d]))
        | (?P<ordinal>(?:st|nd|rd|th)(?![a-z\d]))
      )?
    | (?<![几数零〇一二两三四五六七八九十百千万亿点])(?P<han_ordered>第)?(?P<percent>百分之)?
      (?P<han>{_HAN_NUMERAL}+(?:点[零〇一二三四五六七八九]+{_HAN_SCALE}*)?)(?![几数])
    | (?<![\d-])(?<!half\s)\b(?P<words>(?:an?[\s-](?=[htmb]))?(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*)(?=fold\b|\b)
    | \b(?P<nth>{_ORDINAL})\b
    )
    (?P<more>{_MORE})
    """,
    re.VERBOSE,
)
_CLASSIFIER = re.compile(r"\s?[个家名条项座所位户辆架艘套种届次人]")
_MINUS = re.compile(
    rf"""
    (?: (?<![a-z])(?:minus|negative)\s | (?:零下|负)\s?
      | (?<![^\s(\[{{,;:=<>~|、。《“"'$€£¥])(?<!\d\s)(?<!\d["'])[-–]
      | (?<=[{HAN}])(?<!\d.)(?<!\d..)(?<!\d...)-
    )$
    """,
    re.VERBOSE,
)
_BELOW = re.compile(r"(?:\s?°|\sdegrees?)?(?:\s?[cf]\b|\s(?:celsius|fahrenheit))?\sbelow\s(?:zero|freezing)\b")
_OF_ZERO = re.compile("零[下上]\\s?$")
"""Before a temperature, which has a value even where it is one character: 零下五度."""
_DEGREES = re.compile(r"\s?度")
_SIGN_LENGTH = 12
_UNSIGNED = frozenset(["th", "year", "month", "day", "hour", "minute", "times"])
_COMPOSITE = re.compile(rf"(\d+(?:\.\d+)?)({_HAN_SCALE}*)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit.

    Attributes:
        start: where it is written.
        end: one past its last character.
        value: as it is written, its scale (billion, 亿) applied.
        unit: the base unit's name, or None.
        factor: what one of the written unit is in the base unit.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    factor: Decimal = Decimal(1)

    @property
    def terms(self) -> list[str]:
        """Its terms, the exact one first. An ordinal is no amount, so that it has no bare value."""
        if self.unit is None:
            return [bare_term(self.value)]
        exact = f"{bare_term(self.value * self.factor)}_{self.unit}"
        return [exact] if self.unit == "th" else [exact, bare_term(self.value)]

    def negated(self, start: int, end: int) -> Amount:
        """The same below zero, with the sign that is written before or after it."""
        return replace(self, start=start, end=max(end, self.end), value=-self.value)


def bare_term(value: Decimal) -> str:
    """The term of a value without a unit."""
    plain = format(abs(value), "f")
    sign = "minus" if value < 0 else ""
    return "n_" + sign + (plain.rstrip("0").rstrip(".") if "." in plain else plain)


def find_numbers(text: str) -> Iterator[Mention]:
    """The amounts in a folded text."""
    for amount in find_amounts(text):
        terms = amount.terms
        shares = [(terms[0], 1.0), *((term, VALUE_SHARE) for term in terms[1:])]
        yield Mention(amount.start, amount.end, TermKind.NUMBER, heaviest(shares))


def find_amounts(text: str) -> Iterator[Amount]:
    """The amounts in a folded text, as values."""
    for match in _NUMBER.finditer(text):
        amount = _amount(match, text)
        if amount is not None and amount.value < numerals.LARGEST:
            yield _signed(amount, text)


def _signed(amount: Amount, text: str) -> Amount:
    """The amount below zero, where a sign says so: -5, 零下5, minus 5, 5 degrees below zero. A range has no sign."""
    if amount.unit in _UNSIGNED or not amount.value:
        return amount
    if of_zero := _of_zero(text, amount.start):
        amount = _in_degrees(amount, text)
        if "上" in of_zero:
            return replace(amount, start=amount.start - len(of_zero))
    before = _MINUS.search(text[max(amount.start - _SIGN_LENGTH, 0) : amount.start])
    after = _BELOW.match(text, amount.end)
    if before is None and after is None:
        return amount
    return amount.negated(amount.start - len(before.group()) if before else amount.start, after.end() if after else 0)


def _of_zero(text: str, start: int) -> str:
    """零下 or 零上 with its blank, where it stands before a place; else nothing."""
    match = _OF_ZERO.search(text[max(start - _SIGN_LENGTH, 0) : start])
    return match.group() if match else ""


def _in_degrees(amount: Amount, text: str) -> Amount:
    """A temperature with 度 only is in degrees Celsius."""
    degrees = None if amount.unit else _DEGREES.match(text, amount.end)
    return replace(amount, end=degrees.end(), unit="degc") if degrees else amount


def _amount(match: re.Match[str], text: str) -> Amount | None:
    if match["nth"]:
        return Amount(match.start(), match.end(), Decimal(numerals.ENGLISH_ORDINALS[match["nth"]]), "th")
    if match["words"]:
        return _in_words(match, text)
    return _in_digits(match, text) if match["digits"] else _in_han(match, text)


def _in_digits(match: re.Match[str], text: str) -> Amount | None:
    if len(match["digits"]) > _LONGEST:
        return None
    value = Decimal(match["digits"].replace(",", ""))
    if match["ordered"] or match["ordinal"]:
        return Amount(match.start(), match.end(), value, "th")
    if match["han_scale"]:
        value = _han_scaled(value, match["han_scale"])
    elif match["scale"]:
        value = _english_scaled(value, match["scale"])
    return _with_unit(match, text, value)


def _han_scaled(value: Decimal, written: str) -> Decimal:
    """`3` with 亿5000万 is 350000000; the scales after the first number are its own."""
    scales = re.match(rf"\s?{_MORE}({_HAN_SCALE}+)", written)
    total = value * numerals.scale(scales[1]) if scales else value
    rest = written[scales.end() :] if scales else ""
    return total + sum(Decimal(digits[:_LONGEST]) * numerals.scale(own) for digits, own in _COMPOSITE.findall(rest))


def _english_scaled(value: Decimal, written: str) -> Decimal:
    for word in re.findall("[a-z]+", written):
        value *= numerals.ENGLISH_SCALES[word]
        if value > numerals.LARGEST:
            break
    return value


def _with_unit(match: re.Match[str], text: str, value: Decimal) -> Amount | None:
    """The amount with what stands before or after it; None for a code such as 5g."""
    sign = CURRENCY_SIGNS.get((match["prefix"] or "").strip())
    if match["short"]:
        return _abbreviated(match, text, value, sign)
    unit = UNIT.match(text, match.end())
    if unit is None:
        is_code = text[match.end() : match.end() + 1].isalpha() and text[match.end()].isascii()
        return None if is_code and not sign else Amount(match.start(), match.end(), value, sign)
    name, factor = unit_of(unit)
    if sign and name not in CURRENCIES:
        return Amount(match.start(), match.end(), value, sign)
    return Amount(match.start(), unit.end(), value, name, factor)


def _abbreviated(match: re.Match[str], text: str, value: Decimal, sign: str | None) -> Amount | None:
    """$5m is five million, 5m yuan too, 5m are metres; 5k and 5b need a currency."""
    unit = UNIT.match(text, match.end())
    name = sign or (unit_of(unit)[0] if unit else None)
    factor = {"m": 10**6, "k": 10**3, "b": 10**9}[match["short"]]
    if name in CURRENCIES:
        return Amount(match.start(), unit.end() if unit and not sign else match.end(), value * factor, name)
    return Amount(match.start(), match.end(), value, "m") if match["short"] == "m" else None


def _in_han(match: re.Match[str], text: str) -> Amount | None:
    """A Chinese numeral counts where a unit or a classifier follows, or where it is written with places (二十三)."""
    numeral = match["han"][:_LONGEST]
    unit = UNIT.match(text, match.end())
    if unit is None and numeral.endswith("千") and not match["more"]:
        numeral, unit = _thousands_of_a_unit(match, text)
    value = numerals.han_value(numeral)
    if value is None:
        return None
    if match["percent"]:
        return Amount(match.start(), match.end(), value, "pct")
    if match["han_ordered"]:
        return Amount(match.start(), match.end(), value, "th")
    if unit is not None:
        name, factor = unit_of(unit)
        return Amount(match.start(), unit.end(), value, name, factor)
    placed = _is_placed(numeral) or _of_zero(text, match.start())
    counted = value >= _TWO and _CLASSIFIER.match(text, match.end())
    sign = CURRENCY_SIGNS.get((match["prefix"] or "").strip())
    return Amount(match.start(), match.end(), value, sign) if placed or counted or sign else None


def _is_placed(numeral: str) -> bool:
    return len(numeral) >= _TWO and any(char in numerals.HAN_SCALES for char in numeral)


def _thousands_of_a_unit(match: re.Match[str], text: str) -> tuple[str, re.Match[str] | None]:
    """三十万千瓦: the last 千 belongs to the unit."""
    unit = UNIT.match(text, match.end("han") - 1)
    return (match["han"][:-1], unit) if unit else (match["han"], None)


def _in_words(match: re.Match[str], text: str) -> Amount | None:
    words = [word for word in re.findall("[a-z]+", match["words"]) if word != "and"]
    value = None if words[0] in numerals.ENGLISH_SCALES else numerals.english_value(words)
    if value is None or (value < _TWO and len(words) == 1 and not UNIT.match(text, match.end())):
        return None
    return _with_unit(match, text, value)
