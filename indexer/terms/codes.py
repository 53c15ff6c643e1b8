"""Codes: versions, standards, order numbers and the like, each one term however it is divided.

`6.2.8` for v6.2.8, `gbt7714.2015` for GB/T 7714-2015, `cve2024.3094`, `国办发2023.5` for an order of the State Council,
`cplusplus`. What divides letters from digits is left out, what divides digits is a full stop. Every repetition in the
patterns has a limit, so that their time grows with the text only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.language import HAN
from indexer.terms.mentions import Mention, TermKind, heaviest
from indexer.terms.units import CURRENCY_SIGNS, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.terms.folding import Writing

_PART_SHARE = 0.6
"""A standard without its year; an order number without the first character of who gave it."""
_LONGEST_ISSUER = 4
"""Characters before the bracket of an order number: where its issuer's short name begins isn't written."""
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec june july march april".split())  # noqa: SIM905
_LONGEST_TYPED = 3
"""Letters of a code in a text without capitals, before at least as many digits: iso 9001, but not top 10."""
_YEAR = re.compile("(?:19|20)\\d\\d")
_DAY = re.compile("(?:19|20)\\d\\d\\.(?:0?[1-9]|1[0-2])\\.(?:0?[1-9]|[12]\\d|3[01])|[hq][1-4]")
"""What the dates have: a day, a part of a year."""
_CODE = re.compile(
    rf"""
      (?<![a-z\d.])(?:v\.?\d{{1,8}}(?:\.\d{{1,8}}){{1,5}}|\d{{1,8}}(?:\.\d{{1,8}}){{2,5}})
      (?P<stage>[-.]?(?:alpha|beta|rc|preview)[-.]?\d{{0,4}})?(?![a-z\d]|\.\d)
    | (?<![a-z\d°])(?P<letters>[a-z]{{1,8}}(?:/[a-z]{{1,3}})?)(?P<gap>[\s-]|\.\s?)?
      (?P<digits>(?!\d{{1,8}}\.\d{{1,8}}\.\d)\d{{1,12}}[a-z]{{0,4}}(?:[-–—.:/]\d{{1,8}}[a-z]{{0,4}}){{0,4}})(?![a-z\d]|[.,:/]\d)
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
        if _DAY.fullmatch(match.group()) or (match["letters"] and not _is_code(match, text.shown)):
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
    if not match["letters"]:
        return _versions(match)
    letters, numbers = match["letters"].replace("/", ""), re.findall("[a-z\\d]+", match["digits"])
    return [letters + ".".join(numbers[:size]) for size in dict.fromkeys([len(numbers), 1])]


def _versions(match: re.Match[str]) -> list[str]:
    whole = match.group().removeprefix("v").removeprefix(".")
    stage = match["stage"] or ""
    release = whole.removesuffix(stage)
    return [f"{release}.{stage.strip('-.').replace('-', '.')}", release] if stage else [release]


def _is_code(match: re.Match[str], shown: str) -> bool:
    """Tell letters and digits that belong together."""
    written, gap = shown[match.start("letters") : match.end("letters")], match["gap"] or ""
    if match["letters"] in _MONTHS or match["letters"] in CURRENCY_SIGNS or UNIT.fullmatch(match.group()):
        return False
    if match["letters"] == "no":
        return re.search("[-–—.:/]", match["digits"]) is not None
    if not gap:
        return "/" not in written or written.isupper()
    if "." in gap or _YEAR.fullmatch(match["digits"]):
        return False
    return written.isupper() or (shown.islower() and len(written) <= _LONGEST_TYPED < len(match["digits"]) + 1)
