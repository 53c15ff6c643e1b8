"""Text to terms, for passages and for queries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.terms.codes import find_codes
from indexer.terms.names.pinyin import LONGEST_NAME, SURNAMES
from indexer.terms.names.pinyin_names import HAN_RUN, PART_SHARE, han_names, latin_names, passage_names, whole_readings
from indexer.terms.names.place_names import passage_exonyms, query_exonyms
from indexer.terms.names.romanisations import spellings_of_name
from indexer.terms.names.spelled_names import passage_spellings, query_spellings, readings
from indexer.terms.quantities.dates import find_dates, masked
from indexer.terms.quantities.numbers import find_numbers
from indexer.terms.term_groups import Mention, TermGroup, TermKind, heaviest
from indexer.terms.words import find_words, informative, without_honorifics, without_questions, word_terms
from indexer.text.normalization import Writing, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.terms.term_groups import Alternatives

SPELLING_SHARE = 0.8
"""Of how a name in characters may be spelled other than in pinyin."""
_BREAKS = re.compile("[的了吗呢是在与及等被把对从向说]")


def passage_terms(text: str) -> list[str]:
    """Every index term of a passage, distinct, sorted."""
    written = writing(text)
    stated = [*_amounts(written.folded), *find_codes(written)]
    terms = {term for mention in stated for term, _ in mention.alternatives}
    terms |= word_terms(written) | passage_names(written) | passage_spellings(written)
    return sorted(terms | passage_exonyms(written.folded))


def query_terms(text: str) -> list[TermGroup]:
    """The things that a query mentions, in its own order: a group each, none twice."""
    whole = writing(text)
    mentions, asked = _stated(whole)
    named = list(query_exonyms(asked.folded))
    named += query_spellings(_without(asked, named))
    named += (_hyphenated(name, asked) for name in latin_names(_without(asked, named)))
    mentions += [*(_spelled(name, asked) for name in named), *_han_names(asked.folded)]
    mentions += _query_words(_without(asked, named))
    mentions.sort(key=lambda mention: (mention.start, mention.kind, mention.end, mention.alternatives))
    return _groups(mentions, whole)


def rest_of_query(text: str) -> Writing:
    """A query without its codes, amounts and dates, and the words that only ask, blotted out so that places stay."""
    _, rest = _stated(writing(text))
    return Writing(rest.shown, _BREAKS.sub("\uffff", rest.folded))


def word_terms_of(text: str) -> list[str]:
    """The index terms of the words of a text, in their order."""
    return [mention.alternatives[0][0] for mention in find_words(writing(text))]


def name_readings(name: str) -> list[tuple[str, float]]:
    """The spellings in letters of a name in Han characters, in pinyin or otherwise."""
    if len(name) > LONGEST_NAME:
        return []
    spelled = [(f"l_{spelling}", SPELLING_SHARE) for spelling in spellings_of_name(name) if name[0] in SURNAMES]
    return [(f"l_{reading}", 1.0) for reading in whole_readings(name)] + spelled


def _stated(whole: Writing) -> tuple[list[Mention], Writing]:
    """Codes, amounts and dates, and what is left of a query for names and words."""
    mentions = list(find_codes(whole))
    mentions += _amounts(_without(whole, mentions).folded)
    rest = _without(whole, mentions)
    return mentions, Writing(rest.shown, without_honorifics(without_questions(rest.folded)))


def covered_share(text: str, groups: Iterable[TermGroup]) -> float:
    """The share of a query's letters and digits that some of its groups cover, 0 to 1."""
    plain = without_honorifics(writing(text).folded)
    letters = {place for place, character in enumerate(plain) if character.isalnum()}
    covered = {place for group in groups for span in group.places for place in range(*span)}
    return len(covered & letters) / len(letters) if letters else 0.0


def _amounts(text: str) -> list[Mention]:
    dates = list(find_dates(text))
    return [*dates, *find_numbers(masked(text, _spans(dates)))]


def _spans(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in mentions if mention.covers]


def _without(text: Writing, mentions: Iterable[Mention]) -> Writing:
    spans = _spans(mentions)
    return Writing(masked(text.shown, spans), masked(text.folded, spans))


def _spelled(name: Mention, text: Writing) -> Mention:
    """A romanised name with its words, for passages that write it otherwise than as a name; a part is worth less."""
    if not name.covers:
        return name
    span = slice(name.start, name.end)
    parts = [term for word in find_words(Writing(text.shown[span], text.folded[span])) for term, _ in word.alternatives]
    share = 1.0 if len(parts) == 1 else PART_SHARE
    alternatives = heaviest([*name.alternatives, *((term, share) for term in parts)])
    return Mention(name.start, name.end, TermKind.NAME, alternatives)


def _hyphenated(name: Mention, text: Writing) -> Mention:
    """A name in pinyin with what it is if it isn't: Chan Mo-po. Hyphens are Hong Kong's and Taiwan's."""
    written = text.folded[name.start : name.end]
    if "-" not in written:
        return name
    return replace(name, alternatives=heaviest([*name.alternatives, *readings(re.split("[ -]", written))]))


def _han_names(text: str) -> Iterator[Mention]:
    for run in HAN_RUN.finditer(_BREAKS.sub("\uffff", text)):
        yield from han_names(run.group(), run.start())


def _query_words(text: Writing) -> Iterator[Mention]:
    for mention in find_words(text):
        if informative(mention.alternatives[0][0]):
            yield mention


def _groups(mentions: list[Mention], text: Writing) -> list[TermGroup]:
    """A group for each distinct thing; the first writing of it is shown."""
    alike: defaultdict[Alternatives, list[Mention]] = defaultdict(list)
    for mention in mentions:
        alike[mention.alternatives].append(mention)
    return [
        TermGroup(
            text.shown[first.start : first.end].strip(),
            text.folded[first.start : first.end].strip(),
            first.kind,
            alternatives,
            tuple(_places(alike_mentions)),
        )
        for alternatives, alike_mentions in alike.items()
        for first in alike_mentions[:1]
    ]


def _places(mentions: Iterable[Mention]) -> Iterator[tuple[int, int]]:
    return ((mention.start, mention.end) for mention in mentions)
