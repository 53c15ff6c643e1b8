"""Questions that an article answers: its subject, a name and an amount that it has, in its own words. Pure.

A candidate is always a whole piece of the text, from one mark of punctuation to another or as a name is written, so
that no word is cut. None is made up: what a language has no good piece for has no candidate.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from indexer.records import Language
from indexer.terms import folded
from indexer.terms.names import pinyin
from indexer.text.language_identification import HAN, han_share
from indexer.text.normalization import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.records import Document

MOST_CHARACTERS = 24
"""Of a Chinese example."""
MOST_WORDS = 9
"""Of an English example."""
_LONGEST_LETTERS = 70
_FEWEST_CHARACTERS, _FEWEST_WORDS = 6, 3
"""Of a subject: what is shorter is a heading, such as Introduction or 结语."""
_SHORTEST_SENTENCE = 10
"""Of Chinese ones that stand for the title."""
_TELLING = 7
"""Words of an English sentence that stands for the title, unless it has a name."""
_SHORTEST_BODY = 4
"""Characters of a name that is no person's."""
_LONGEST_CLAUSE = 20
_SHORTEST_COUNTED = 4
"""Characters before an amount, that say of what it is."""
_CHINESE_SHARE = 0.7

_STRANGE = re.compile(
    r"""[^\w\s.,'’“”‘%&$€£¥:;!?()\-–—+/，。、：；！？《》「」『』（）·…]|_|//|www\.|\w\(|\w\.[A-Za-z]|(?:^|\s)-+\w"""
)
"""Signs of code, addresses and markup, and of a search's own grammar."""
_CLOSED = ("“”", "《》", "（）", "()", "「」", "『』")

_BOUND = frozenset(
    "的了是在和与及等也都而且或其被把对从向于以为将就又还着过得则即并但因所这那此该各每些个有没不会能可"
    "约达超近同比仅只使让据按随当上下内我你他她它您们共由经到至中更再已曾未却才"
)
"""Characters that tie a piece to what stands before it, so that it doesn't stand by itself."""
_JOINTS = frozenset("的了是在和与及也都而或被把对从向于以为将就又还着这那此我你他她它们不没要会")
"""Characters that no name has."""
_OPENS = re.compile(
    "相当于|最后|尽管|虽然|如果|例如|比如|截至|目前|另外|总计|合计|平均|大约|至少|最多|加上|包括|分别|去年|今年|之所|除了|然后|后来|总是|明天|昨天|今天|周[一二三四五六日]|星期"
)
"""Words that a clause begins with that needs the one before it."""
_PRONOUNS = frozenset("我你他她它这那其此您咱")
_HAN_CLAUSE = re.compile(rf"[{HAN}\d.,%·]+")
_HAN_MARKS = re.compile(r"[，；：！？—\s|｜]+")
_HAN_BREAK = re.compile(r"[，。；：！？…—\n]+")
_HAN_SENTENCE = re.compile(r"[。！？\n]+")
_HAN_QUOTED = re.compile(rf"“([{HAN}]{{4,6}})”|《([{HAN}]{{4,12}})》|「([{HAN}]{{4,6}})」")
_HAN_SPEAKER = re.compile(rf"(?=([{HAN}]{{2,3}})(?:介绍|表示|认为|指出|告诉|透露|强调|坦言|回忆|宣布|说))")
_ROLE_ENDS = frozenset("长任记理授者席统家员士人表师生民裁")
"""How words for offices and callings end: 市长, 书记, 教授, 发言人."""
_OFFICE_ENDS = "席统授长裁相"
"""Those that no transcription of a foreign name is written with."""
_HAN_FOREIGN = re.compile(
    rf"(?:(?<![{HAN}·])|(?<=[{_OFFICE_ENDS}]))(?=([{HAN}]{{2,5}}(?:·[{HAN}]{{1,6}})+)(?![{HAN}·]))"
)
_HAN_BODY = re.compile(
    rf"(?<![{HAN}])[{HAN}]{{2,9}}?(?:公司|集团|大学|学院|研究院|研究所|医院|机场|委员会|开发区|示范区|工业区|实验室|博物馆"
    "|科技园|科技城|新城|大桥|铁路|高铁)"
)
_HAN_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:[百千万亿]+[元吨人个户]?|%|[元吨米户辆架艘套家个座条项])")

_MONTHS_AND_DAYS = frozenset({*calendar.month_name, *calendar.day_name, *calendar.month_abbr, *calendar.day_abbr})
_CAPITAL = r"(?:[A-Z][a-z\u00c0-\u024f]+(?:[-'’][A-Za-z][a-z]+)*|[A-Z]{2,6})"
_EN_NAME = re.compile(rf"(?<=[a-z,] )({_CAPITAL}(?: (?:of )?{_CAPITAL}){{1,4}})(?![\w-])(?! [A-Z(])")
_CURRENCIES = "$€£¥"
_EN_SCALE = "thousand|million|billion|trillion"
_EN_NOUN = r"[a-z]{3,}(?:-[a-z]+)*"
_EN_AMOUNT = re.compile(
    rf"(?:(?P<what>(?:{_EN_NOUN} )?{_EN_NOUN}) of )?(?<![\w.,$€£¥])"
    rf"(?P<amount>[{_CURRENCIES}]\s?\d[\d.,]*(?: (?:{_EN_SCALE}))?|\d[\d.,]* (?:{_EN_SCALE})|\d{{1,3}}(?:,\d{{3}})+)"
    rf"(?P<after>(?: {_EN_NOUN}){{0,3}})(?![\w-])"
)
_EN_STOPS = frozenset(
    """
    about above after again against along among and are around because been before behind being below between both but
    came come comes could did does during each for from gave goes had has have here how into its led like made many more
    most much nor not off onto other our over per should since some such than that the their them then there these they
    this those through till too took under until upon was were went what when where which while who will with within
    without would year years month months day days last next ago later earlier compared must might may can
    """.split()  # noqa: SIM905 - read as a text
)
_EN_FIRST = frozenset(
    """
    it he she this these that those they we you i there but and so or if then also however here its his her their our my
    your as at by for from in of on to with because although though while when after before
    """.split()  # noqa: SIM905 - read as a text
)
"""Words that a sentence begins with that needs the one before it."""
_EN_LAST = frozenset("a an and at by for from in into its of on or the their to with as is are was".split())  # noqa: SIM905
_EN_BREAK = re.compile(r"\s*(?:[:;!?|]|\s[-–—]\s|—|,\s|\.\s)\s*")
_EN_SENTENCE = re.compile(r"(?<=[a-z\d]{3}[.!?])\s+|\n+")
"""Not behind St. and Mr."""


class ExampleSubject(StrEnum):
    """The subject of an example."""

    TITLE = "title"
    NAME = "name"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class ExampleQuery:
    """A piece of an article that may be an example."""

    text: str
    subject: ExampleSubject


def example_queries(document: Document, text: str, language: Language) -> list[ExampleQuery]:
    """Questions that an article answers, in a language that it is written in: at most one candidate of each subject.

    Args:
        document: the article.
        text: some of it, from the beginning of a sentence on.
        language: of the text.
    """
    title = "" if _is_lead(document) else document.title
    if language is Language.ZH:
        pieces = (_chinese_titles(title, text), _chinese_names(text), _chinese_amounts(text))
    else:
        pieces = (_english_titles(title, text), _english_names(text), _english_amounts(text))
    questions = (
        (subject, _first_fit(candidates, language)) for subject, candidates in zip(ExampleSubject, pieces, strict=True)
    )
    return [ExampleQuery(piece, subject) for subject, piece in questions if piece]


def _is_lead(document: Document) -> bool:
    """Tell a title that is no more than how the text begins, which may be cut anywhere."""
    return document.text.startswith(document.title.rstrip(" .…"))


def _first_fit(pieces: Iterable[str], language: Language) -> str | None:
    return next((piece for piece in pieces if _reads_well(piece, language)), None)


def _reads_well(piece: str, language: Language) -> bool:
    """Tell a piece of a fit length, in its language, whole, and no code."""
    is_chinese = han_share(piece) >= _CHINESE_SHARE
    if _STRANGE.search(piece) or is_chinese != (language is Language.ZH) or not _is_closed(piece):
        return False
    return len(piece) <= MOST_CHARACTERS if is_chinese else _is_short(piece)


def _is_short(piece: str) -> bool:
    return len(piece.split()) <= MOST_WORDS and len(piece) <= _LONGEST_LETTERS


def _is_closed(text: str) -> bool:
    """Tell a text in which every quote and bracket that opens is closed."""
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in _CLOSED)


def _chinese_titles(title: str, text: str) -> Iterator[str]:
    """The title where it is short, else the longest of its clauses that fit, else a short sentence."""
    clauses = sorted(_HAN_MARKS.split(title), key=len, reverse=True)
    sentences = [sentence for sentence in _HAN_SENTENCE.split(text) if _is_chinese_statement(sentence)]
    for piece in [title, *clauses, *sentences]:
        shown = piece.strip(" 　，。；：、·-—|")
        if _FEWEST_CHARACTERS <= len(shown) <= MOST_CHARACTERS and _begins_alone(folded(shown)):
            yield shown


def _is_chinese_statement(sentence: str) -> bool:
    """Tell a sentence that says who or what it speaks of, as far as its length and its words tell."""
    return len(sentence) >= _SHORTEST_SENTENCE and " " not in sentence and not _PRONOUNS.intersection(folded(sentence))


def _begins_alone(clause: str) -> bool:
    return clause[0] not in _BOUND and not _OPENS.match(clause)


def _chinese_names(text: str) -> Iterator[str]:
    """Speakers, then bodies at the beginning of a clause, then what stands in quotes; most often named first."""
    whole = writing(text)
    speakers = (
        whole.shown[match.start(1) : match.end(1)] for match in _HAN_SPEAKER.finditer(whole.folded) if _is_person(match)
    )
    foreign = (whole.shown[slice(*match.span(1))] for match in _HAN_FOREIGN.finditer(whole.folded))
    foreign = (name for name in foreign if not _JOINTS.union(_OFFICE_ENDS).intersection(name))
    bodies = (whole.shown[slice(*match.span())] for match in _HAN_BODY.finditer(whole.folded))
    quoted = ("".join(words) for words in _HAN_QUOTED.findall(text))
    yield from _most_first([*speakers, *foreign])
    yield from (
        name for name in _most_first([*bodies, *quoted]) if len(name) >= _SHORTEST_BODY and _is_name(folded(name))
    )


def _most_first(names: Iterable[str]) -> list[str]:
    return [name for name, _ in Counter(names).most_common()]


def _is_person(found: re.Match[str]) -> bool:
    """Tell a person before a word of saying: it begins with a family name, behind an office or nothing."""
    name, before = found[1], found.string[max(found.start() - 1, 0) : found.start()]
    is_behind_role = before in _ROLE_ENDS or not before.isalnum()
    return name[0] in pinyin.SURNAMES and is_behind_role and not _BOUND.intersection(name)


def _is_name(name: str) -> bool:
    return name[0] not in _BOUND and not _JOINTS.intersection(name)


def _chinese_amounts(text: str) -> Iterator[str]:
    """Whole clauses that say an amount of something, sums of money first."""
    clauses = [
        clause for clause in _HAN_BREAK.split(text) if len(clause) <= _LONGEST_CLAUSE and _says_amount(folded(clause))
    ]
    yield from sorted(clauses, key=lambda clause: "元" not in clause)


def _says_amount(clause: str) -> bool:
    amount = _HAN_AMOUNT.search(clause)
    is_plain = _HAN_CLAUSE.fullmatch(clause) and not clause[0].isdigit()
    return amount is not None and amount.start() >= _SHORTEST_COUNTED and bool(is_plain) and _begins_alone(clause)


def _english_titles(title: str, text: str) -> Iterator[str]:
    """The title where it is short, else the longest of its clauses that fit, else a short sentence that names one."""
    clauses = sorted(_EN_BREAK.split(title), key=len, reverse=True)
    sentences = [sentence for sentence in _EN_SENTENCE.split(text) if _is_statement(sentence)]
    for piece in [title, *clauses, *sentences]:
        words = piece.strip(' .,;:-–—"').split()
        if _FEWEST_WORDS <= len(words) <= MOST_WORDS and (piece == title or _is_clause(words)):
            yield " ".join(words)


def _is_clause(words: Sequence[str]) -> bool:
    """Tell words of a text that can stand by themselves."""
    ends = words[0].lower(), words[-1].lower()
    return len(words) > _FEWEST_WORDS and ends[0] not in _EN_FIRST and ends[1] not in _EN_LAST


def _is_statement(sentence: str) -> bool:
    """Tell a whole sentence that is long enough to say something, or names somebody or something."""
    is_telling = len(sentence.split()) >= _TELLING or _EN_NAME.search(sentence)
    return sentence[:1].isupper() and sentence[-1:] in {".", "?"} and bool(is_telling)


def _english_names(text: str) -> Iterator[str]:
    """Runs of capitals inside sentences, most often named first."""
    names = (re.sub("['’]s$", "", name) for name in _EN_NAME.findall(text))
    yield from (name for name in _most_first(names) if not _MONTHS_AND_DAYS.intersection(name.split()))


def _english_amounts(text: str) -> Iterator[str]:
    """An amount with what it is of, as a sentence has it: the longest first."""
    pieces = [piece for match in _EN_AMOUNT.finditer(text) for piece in _amount_of(match)]
    yield from sorted(pieces, key=lambda piece: -len(piece.split()))


def _amount_of(found: re.Match[str]) -> Iterator[str]:
    amount = found["amount"].rstrip(".,")
    after = list(takewhile(_is_counted, found["after"].split())) if amount == found["amount"] else []
    what = list(dropwhile(lambda word: not _is_counted(word), (found["what"] or "").split()))
    if what:  # behind its unit, a verb follows as often as a noun
        after = [] if amount[0] in _CURRENCIES else after[:1]
    if what or after:
        yield " ".join([*what, *(["of"] if what else []), amount, *after])


def _is_counted(word: str) -> bool:
    return word not in _EN_STOPS and not word.endswith("ly")
