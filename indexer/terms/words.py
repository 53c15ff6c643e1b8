"""Words: English stems, acronyms and codes, and overlapping pairs of Han characters.

Stems are Snowball's (Porter2); pairs of characters are the plain index of Chinese that needs no word list and no
segmentation (Nie and Ren 1999 found it as good as words).
"""

from __future__ import annotations

import functools
import re
import threading
from typing import TYPE_CHECKING

from indexer.terms.term_groups import Mention, TermKind
from indexer.text.language_identification import HAN
from indexer.text.normalization import Writing, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from Stemmer import Stemmer

_SHORTEST_WORD, _LONGEST_WORD = 2, 40
PART_SHARE = 0.5
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    r"|(?P<joined>(?<![a-z\d])[a-z]{1,2}&[a-z]{1,2}(?![a-z\d]))"
    r"|(?P<dotted>(?<![a-z\d])(?:[a-z]\.)+[a-z](?![a-z\d])\.?)"
    rf"|(?P<code>(?<![a-z\d])[a-z]+-\d+(?![a-z\d]))"
    rf"|(?P<word>[^\W_{HAN}]+(?:['’][a-z]+)?)"
)
_MIXED = re.compile(r"(?!\d+[ap]m$)(?:\d+[a-z]|[a-z]+\d)[a-z\d]*$")
"""A code such as 5g: amounts were taken before. 30pm is half an hour."""
_QUESTION = re.compile(
    "为什么|什么|多少|哪些|哪个|哪里|哪儿|哪一|哪年|哪|如何|怎样|怎么样|怎么|为何|何时|何地|谁|吗|呢|是否|有没有|请问|是不是|能否|多大|多长|多久|多高|几"
)
_HONORIFIC = re.compile(
    rf"(?<=[{HAN}])(?:先生|女士|小姐|太太|夫人|同志|爵士|阁下|教授|博士|老师)(?![{HAN}])|\b(?:mr|mrs|ms|dr|sir)\b\.?"
)
_FUNCTION_CHARS = frozenset(
    "的了是在和与及等也都而且或其被把对从向于以为之将就又还着过地得则即并但因所这那此该各某每些个有没不会能可"
)
_PARTICLES = frozenset("的了着")
_WITH_PARTICLE = frozenset(["目的", "的确", "标的", "了解", "为了", "着力", "着手", "着眼", "沿着", "有着"])
STOP_WORDS = frozenset(
    """
    a about above after again against all also am among an and any are as at be because been before being below between
    both but by can cannot could did do does doing done down during each either ever every few for from further get had
    has have having he her here hers herself him himself his how however i if in into is it its itself just let may me
    might more most much must my myself neither no nor not now of off on once one only or other our ours ourselves out
    over own per said same say says shall she should since so some such than that the their theirs them themselves then
    there these they this those though through to too under until up upon us very via was we were what whatever when
    where whether which while who whom whose why will with within without would yet you your yours tell many
    mr mrs ms dr sir
    dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt hasnt havent hadnt im ive youre theyre weve
    """.split()  # noqa: SIM905 - read as a text
)
_COUNTRY = {"us": "usa"}
"""Without its capitals or stops, *US* would be a stop word."""


def word_terms(text: Writing) -> set[str]:
    """The word terms of a passage, stop words left out."""
    terms: set[str] = set()
    for match in _TOKEN.finditer(text.folded):
        terms.update(han_terms(match[0]) if match.lastgroup == "han" else _latin_terms(match, text.shown))
    return terms


def find_words(text: Writing) -> Iterator[Mention]:
    """The words of a query: each pair of characters, each Latin word with its parts."""
    for match in _TOKEN.finditer(text.folded):
        start, end = match.span()
        if match.lastgroup == "han":
            for at, pair in enumerate(char_pairs(match[0]), start=start):
                yield Mention(at, at + len(pair), TermKind.WORD, ((pair, 1.0),))
        elif terms := _latin_terms(match, text.shown):
            alternatives = ((terms[0], 1.0), *((term, PART_SHARE) for term in terms[1:]))
            yield Mention(start, end, TermKind.CODE if _MIXED.match(match[0]) else TermKind.WORD, alternatives)


def without_questions(text: str) -> str:
    """A folded query without the words that only ask, blotted out so that places stay."""
    return _QUESTION.sub(lambda match: "\uffff" * len(match.group()), text)


def without_honorifics(text: str) -> str:
    """A folded query without Mr, 先生 and the like, blotted out so that places stay."""
    return _HONORIFIC.sub(lambda match: "\uffff" * len(match.group()), text)


def informative(pair: str) -> bool:
    """Tell whether a pair of characters of a query says what the passage is about."""
    if all(char in _FUNCTION_CHARS for char in pair):
        return pair in _WITH_PARTICLE
    return not any(char in _PARTICLES for char in pair) or pair in _WITH_PARTICLE


def stem(word: str) -> str:
    """The index term of a lower-case word of letters."""
    return str(_stemmer(threading.get_ident()).stemWord(word))


@functools.lru_cache(maxsize=64)
def _stemmer(thread: int) -> Stemmer:  # noqa: ARG001 - PyStemmer's objects keep a state, so that each thread has its own
    from Stemmer import Stemmer as Snowball

    return Snowball("english")


def han_terms(run: str) -> list[str]:
    """Each character and each pair of them. A query asks for one by itself only where it stands by itself."""
    return [*filter(str.isalnum, run), *char_pairs(run)]


def char_pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of Han characters; the character where there is only one."""
    pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    # A tokenizer splits at code points that are not assigned.
    return pairs if run.isalnum() else [pair for pair in pairs if pair.isalnum()]


def _latin_terms(match: re.Match[str], shown: str) -> tuple[str, ...]:
    token = match[0]
    if match.lastgroup == "dotted":
        initials = token.replace(".", "")
        return (_COUNTRY.get(initials, initials),)
    if token in _COUNTRY and shown[match.start() : match.end()].isupper():
        return (_COUNTRY[token],)
    if match.lastgroup == "joined":
        return (token.replace("&", "."),)
    if match.lastgroup == "code":
        letters, _, digits = token.partition("-")
        return (letters + digits, *_stems(letters))
    return _stems(token)


@functools.lru_cache(maxsize=65536)
def _stems(word: str) -> tuple[str, ...]:
    """The term of one word, or nothing for a stop word, a letter and a bare number."""
    plain = re.sub(r"[\W_]", "", without_marks(re.sub("['’]s$", "", word)))
    if len(plain) < _SHORTEST_WORD or len(plain) > _LONGEST_WORD or plain.isdecimal() or plain in STOP_WORDS:
        return ()
    return (stem(plain) if plain.isascii() and plain.isalpha() else plain,)
