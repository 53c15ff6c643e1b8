"""Numbers in characters and in English words, as exact values."""

from __future__ import annotations

from decimal import Decimal

HAN_DIGITS = {
    char: value
    for value, chars in enumerate(["零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for char in chars
}
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
LARGE_SCALES = {"万": 10**4, "亿": 10**8}
HAN_SCALES = SMALL_SCALES | LARGE_SCALES
LARGEST = Decimal(10) ** 18
"""Nothing in the news is larger; a longer string of digits is an identifier."""

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()  # noqa: SIM905 - read as a text
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ENGLISH_DIGITS = {word: value for value, word in enumerate(_SMALL)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
ENGLISH_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()  # noqa: SIM905
ENGLISH_ORDINALS = {word: value for value, word in enumerate(_ORDINALS, start=1)}
_HUNDRED = 100


def han_value(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is no well-formed one (万一, 三四, 百万).

    Scales after a decimal multiply it: 三点五亿. A last digit without its scale is read as spoken: 两万五 is 25000.
    """
    whole, point, rest = numeral.partition("点")
    if not point:
        return _han_integer(whole)
    fraction = rest.rstrip("".join(HAN_SCALES))
    value = _han_integer(whole)
    digits = [HAN_DIGITS.get(char) for char in fraction]
    if value is None or not digits or None in digits:
        return None
    value = value + Decimal("0." + "".join(map(str, digits)))
    return value * scale(rest[len(fraction) :])


def scale(scales: str) -> int:
    """The product of Chinese scales: 万亿 is 10¹²."""
    product = 1
    for char in scales:
        product *= HAN_SCALES[char]
    return min(product, int(LARGEST))


def english_value(words: list[str]) -> Decimal | None:
    """The value of English number words, or None where they are no well-formed number (*two three*)."""
    total, section, last = 0, 0, LARGEST
    for word in words:
        if word in {"a", "an"}:
            section = 1
        elif word in ENGLISH_DIGITS:
            value = ENGLISH_DIGITS[word]
            if section and not _fits(section, value):
                return None
            section += value
        elif ENGLISH_SCALES[word] == _HUNDRED:
            section = (section or 1) * _HUNDRED
        elif ENGLISH_SCALES[word] < last:
            last = Decimal(ENGLISH_SCALES[word])
            total, section = total + section * ENGLISH_SCALES[word], 0
        else:
            return None
    return Decimal(total + section) if total + section < LARGEST else None


def _fits(section: int, value: int) -> bool:
    """Tell whether a digit word may follow: after hundreds any, after tens a unit."""
    if section % _HUNDRED == 0:
        return True
    return section % 10 == 0 and section % _HUNDRED >= 20 and 0 < value < 10  # noqa: PLR2004 - the decimal system


def _han_integer(numeral: str) -> Decimal | None:
    """Sections of four digits: `section` collects up to 千, `total` what 万 and 亿 have closed."""
    total, section, digit = 0, 0, None
    last_small, last = 10**4, 1
    for char in numeral:
        if char in HAN_DIGITS:
            if digit:
                return None
            digit, last = HAN_DIGITS[char], 1 if HAN_DIGITS[char] == 0 else last
        elif char in SMALL_SCALES:
            value = SMALL_SCALES[char]
            if value >= last_small or (not digit and char != "十"):
                return None
            section, digit = section + (digit or 1) * value, None
            last_small = last = value
        else:
            closed = section + (digit or 0)
            if not closed and not (char == "亿" and total):
                return None
            total = (total + closed) * LARGE_SCALES[char] if char == "亿" else total + closed * LARGE_SCALES[char]
            section, digit, last_small, last = 0, None, 10**4, LARGE_SCALES[char]
    spoken = last // 10 if last >= _HUNDRED else 1
    value = total + section + (digit or 0) * spoken
    return Decimal(value) if numeral and value < LARGEST else None
