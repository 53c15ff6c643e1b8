"""What stands in for the queries that a corpus will get."""

from __future__ import annotations

import random

from indexer import Language, Passage
from indexer.spaces.pseudo_queries import _SIZE, QuerySample


def passage(number: int, language: Language = Language.EN) -> Passage:
    texts = {
        Language.EN: (f"Bus {number} came. Its driver waved {number} times. It left.", f"The story of bus {number}"),
        Language.ZH: (f"{number}路公交来了。司机挥手{number}次。", f"{number}路公交的故事"),
    }
    text, title = texts[language]
    return Passage(str(number), str(number), text, language, 0, len(text), title)


def sample(passages):
    found = QuerySample()
    found.add(passages)
    return found.texts()


def test_titles_and_the_first_two_sentences_are_taken():
    """In their own language each."""
    found = sample([passage(7), passage(8, Language.ZH)])
    assert set(found[Language.EN]) == {"Bus 7 came.", "Its driver waved 7 times.", "The story of bus 7"}
    assert set(found[Language.ZH]) == {"8路公交来了。", "司机挥手8次。", "8路公交的故事"}


def test_a_title_in_another_language_is_no_query_of_this_one():
    """An English article under a Chinese title; nor is none."""
    text = "The bus came."
    passages = [Passage("1", "1", text, Language.EN, 0, len(text), title) for title in ("公交的故事", "")]
    assert sample(passages) == {Language.EN: [text], Language.ZH: []}


def test_of_many_texts_the_same_few_are_taken_in_any_order():
    """Some of all, wherever they stand: not the first."""
    passages = [passage(number) for number in range(1500)]
    first = sample(passages)[Language.EN]
    random.Random(1).shuffle(passages)
    assert sample(passages)[Language.EN] == first
    assert len(first) == len(set(first)) == _SIZE
    later = [text for text in first if any(str(number) in text for number in range(1000, 1500))]
    assert _SIZE / 5 < len(later) < _SIZE / 2
