"""Text to terms, for passages and for queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.terms.dates import find_dates, masked
from indexer.terms.exonyms import passage_exonyms, query_exonyms
from indexer.terms.folding import Writing, writing
from indexer.terms.mentions import Mention, TermGroup, TermKind, heaviest
from indexer.terms.names import HAN_RUN, PART_SHARE, han_names, latin_names, passage_names
from indexer.terms.numbers import find_numbers
from indexer.terms.words import find_words, informative, without_questions, word_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BREAKS = re.compile("[的了吗呢是在与及等被把对从向说]")


def passage_terms(text: str) -> list[str]:
    """Every index term of a passage, distinct, sorted."""
    written = writing(text)
    amounts = {term for mention in _amounts(written.folded) for term, _ in mention.alternatives}
    return sorted(amounts | word_terms(written) | passage_names(written) | passage_exonyms(written.folded))


def query_terms(text: str) -> list[TermGroup]:
    """What a query mentions, in its own order: a group each, none twice."""
    whole = writing(text)
    mentions = _amounts(whole.folded)
    asked = _without(whole, mentions)
    asked = Writing(asked.shown, without_questions(asked.folded))
    named = list(query_exonyms(asked.folded))
    named += latin_names(_without(asked, named))
    mentions += [*(_spelled(name, asked) for name in named), *_han_names(asked.folded)]
    mentions += _query_words(_without(asked, named))
    mentions.sort(key=lambda mention: (mention.start, mention.kind, mention.end, mention.alternatives))
    return _groups(mentions, whole.shown)


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
    found = [term for word in find_words(Writing(text.shown[span], text.folded[span])) for term, _ in word.alternatives]
    share = 1.0 if len(found) == 1 else PART_SHARE
    alternatives = heaviest([*name.alternatives, *((term, share) for term in found)])
    return Mention(name.start, name.end, TermKind.NAME, alternatives)


def _han_names(text: str) -> Iterator[Mention]:
    for run in HAN_RUN.finditer(_BREAKS.sub("\uffff", text)):
        yield from han_names(run.group(), run.start())


def _query_words(text: Writing) -> Iterator[Mention]:
    for mention in find_words(text):
        if informative(mention.alternatives[0][0]):
            yield mention


def _groups(mentions: list[Mention], shown: str) -> list[TermGroup]:
    """A group for each distinct thing; the first writing of it is shown."""
    groups: dict[tuple[tuple[str, float], ...], TermGroup] = {}
    for mention in mentions:
        group = TermGroup(shown[mention.start : mention.end].strip(), mention.kind, mention.alternatives)
        groups.setdefault(mention.alternatives, group)
    return list(groups.values())
