"""Codes: versions, standards, order numbers and the like, each one term however it is divided.

`6.2.8` for v6.2.8, `gbt7714.2015` for GB/T 7714-2015, `cve2024.3094`, `国办发2023.5` for an order of the State Council,
`cplusplus`. What divides letters from digits is left out, what divides digits is a full stop. Every repetition in the
patterns has a limit, so that their time grows with the text only.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from indexer.terms.quantities.numbers import bare_term
from indexer.terms.quantities.units import CURRENCY_SIGNS, UNIT
from indexer.terms.term_groups import Mention, TermKind, heaviest
from indexer.terms.words import STOP_WORDS
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.text.normalization import Writing

_PART_SHARE = 0.6
"""A standard without its year; an order number without the first character of who gave it."""
_LONGEST_ISSUER = 4
"""Characters before the bracket of an order number: where its issuer's short name begins isn't written."""
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec june july march april".split())  # noqa: SIM905
_LONGEST_TYPED = 3
"""Letters of a code in a text without capitals, before at least as many digits: iso 9001, but not top 10."""
_WORDS = STOP_WORDS - {"us"} | {"minus", "negative"}
"""Never a code with the number behind them, but where they are all that is asked, or alone in capitals: AS 9100."""
_YEAR = re.compile("(?:19|20)\\d\\d")
_DAY = re.compile("(?:19|20)\\d\\d\\.(?:0?[1-9]|1[0-2])\\.(?:0?[1-9]|[12]\\d|3[01])|[hq][1-4]")
"""What the dates have: a day, a part of a year."""
_BUILD = r"(?:-\d{1,4})?[+~](?=[a-z\d.+~-]{0,30}\d)[a-z][a-z\d]{0,15}(?:[.+~-][a-z\d]{1,16}){0,4}"
"""What packages add to a version: -9+deb12u4, +build.5. A sum and a range have a digit behind their sign."""
_RELEASE = re.compile("\\d{1,8}(?:\\.\\d{1,8}){1,5}")
_DECIMAL = re.compile("\\d{1,8}\\.\\d{1,8}")
_CODE = re.compile(
    rf"""
      (?:(?<![a-z\d.])v\.?\d{{1,8}}(?:\.\d{{1,8}}){{1,5}}|(?<![\d.])\d{{1,8}}(?:\.\d{{1,8}}){{2,5}})
      (?P<stage>[-.]?(?:alpha|beta|rc|preview)[-.]?\d{{0,4}})?(?:{_BUILD})?(?![a-z\d]|\.\d)
    | (?<![a-z\d.])(?P<packaged>\d{{1,8}}\.\d{{1,8}})(?:{_BUILD})(?![a-z\d]|\.\d)
    | (?<![a-z\d.])(?P<series>[a-z]\.\d{{1,8}}(?:\.\d{{1,8}}){{0,5}})(?![a-z\d]|\.\d)
    | (?<![a-z\d°])(?P<letters>[a-z]{{1,8}}(?:/[a-z]{{1,4}}){{0,2}})(?P<gap>[\s-]|\.\s?)?
      (?P<digits>(?!\d{{1,8}}\.\d{{1,8}}(?:\.\d|{_BUILD}))\d{{1,12}}[a-z]{{0,4}}(?:[-–—.:/]\d{{1,8}}[a-z]{{0,4}}){{0,4}})(?![a-z\d]|[.,:/]\d)
    | (?<![a-z\d.])(?P<dotted>\.[a-z]{{2,12}}\d{{0,3}})(?![a-z\d.])
    | (?<![a-z\d])(?P<signed>[a-z]{{1,12}}(?:\+\+|\#))(?![a-z\d+\#])
    | (?P<issuer>[{HAN}]{{1,{_LONGEST_ISSUER}}})[\u3014\[(【]\s?
      (?P<year>(?:19|20)\d\d)\s?[\u3015\])】]\s?第?(?P<number>\d{{1,5}})号
    """,
    re.VERBOSE,
)


def find_codes(text: Writing) -> Iterator[Mention]:
    """The codes in a text. A number that follows a word is none, unless the word is of capitals: ISO 9001, in 2023."""
    for match in _CODE.finditer(text.folded):
        if _DAY.fullmatch(match.group()) or not _is_code(match, text.shown):
            continue
        terms = _terms(match)
        alternatives = [(terms[0], 1.0), *((term, _PART_SHARE) for term in terms[1:])]
        covers = not match["letters"] or not match["gap"] or not text.shown[match.start()].islower()
        yield Mention(*match.span(), TermKind.CODE, heaviest(alternatives), covers=covers)


def _terms(match: re.Match[str]) -> list[str]:
    """The exact one first."""
    if match["signed"]:
        return [match["signed"].replace("+", "plus").replace("#", "sharp")]
    if match["dotted"]:
        return [match["dotted"]]
    if match["issuer"]:
        return [
            f"{match['issuer'][-size:]}{match['year']}.{match['number']}" for size in range(len(match["issuer"]), 0, -1)
        ]
    if match["series"]:
        return [match["series"].replace(".", "", 1)]
    return _standards(match) if match["letters"] else _versions(match)


def _standards(match: re.Match[str]) -> list[str]:
    """ISO/IEC 27001:2022 without its year, and without the second of those who publish it; python3.11 as 3.11."""
    bodies, numbers = match["letters"].split("/"), re.findall("[a-z\\d]+", match["digits"])
    publishers = dict.fromkeys(["".join(bodies), bodies[0]])
    terms = [body + ".".join(numbers[:size]) for body in publishers for size in dict.fromkeys([len(numbers), 1])]
    is_version = not match["gap"] and len(match["letters"]) > 1 and _DECIMAL.fullmatch(match["digits"])
    return [*terms, _amount(match["digits"])] if is_version else terms


def _amount(written: str) -> str:
    """The term of a version of two numbers where it stands by itself, as amounts do."""
    return bare_term(Decimal(written))


def _versions(match: re.Match[str]) -> list[str]:
    """The whole, and the release without its stage and its build."""
    written = match.group().removeprefix("v").removeprefix(".")
    whole = re.sub("[-+~]", ".", written)
    if match["packaged"]:
        return [whole, _amount(match["packaged"])]
    release = _RELEASE.match(written)
    shorter = [release.group()] if release else []
    if match["stage"]:
        whole = re.sub(r"(?<=\d)(?=[a-z])", ".", whole, count=1)
    return list(dict.fromkeys([whole, *shorter]))


def _is_code(match: re.Match[str], shown: str) -> bool:
    """Tell letters and digits that belong together."""
    if match["series"]:
        return _is_series(match, shown)
    return not match["letters"] or _is_joined(match, shown)


def _is_series(match: re.Match[str], shown: str) -> bool:
    """H.264, but neither a page nor a year: p.264, c.1900."""
    letter, _, numbers = match["series"].partition(".")
    if letter == "p" or _YEAR.fullmatch(numbers):
        return False
    return shown[match.start()].isupper() or shown.islower()


def _is_joined(match: re.Match[str], shown: str) -> bool:
    """Tell letters and the digits behind them that are one code."""
    written, gap = shown[match.start("letters") : match.end("letters")], match["gap"] or ""
    if match["letters"] in _MONTHS or match["letters"] in CURRENCY_SIGNS or UNIT.fullmatch(match.group()):
        return False
    if match["letters"] == "no":
        return re.search("[-–—.:/]", match["digits"]) is not None
    if not gap:
        return "/" not in written or written.isupper()
    if match["letters"] in _WORDS and match.span() != (0, len(shown)) and written.isupper() == shown.isupper():
        return False
    if "." in gap or _YEAR.fullmatch(match["digits"]):
        return False
    return written.isupper() or (shown.islower() and len(written) <= _LONGEST_TYPED < len(match["digits"]) + 1)
