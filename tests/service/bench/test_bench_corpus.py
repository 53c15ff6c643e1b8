"""The texts of a benchmark."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import unquote

import pytest

from indexer import Language
from indexer.linking.near_duplicates import near_duplicates
from service.laboratory.bench.corpora.corpus import (
    FACET,
    LINES,
    PERIOD,
    all_texts,
    grown_articles,
    grown_texts,
    phrases,
    questions,
    sentences,
    write_articles,
    write_paths,
)


@pytest.mark.parametrize("language", Language)
def test_grown_texts_are_the_same_on_every_run_and_no_two_are_alike(language):
    """Figures of two runs are about the same texts, and near-duplicates don't shrink what is searched."""
    texts = list(grown_texts(language, 400))
    assert texts == list(grown_texts(language, 400))
    assert near_duplicates(texts).tolist() == list(range(400))


def test_a_larger_index_holds_the_smaller_one_s_texts():
    """So that sizes differ in nothing else."""
    assert list(grown_texts(Language.EN, 30))[:10] == list(grown_texts(Language.EN, 10))


def test_a_grown_passage_is_a_line_for_each_of_its_sentences():
    """The encoder finds the sentences again by their lines."""
    known = set(sentences()[Language.ZH])
    assert all(
        len(lines) == LINES and set(lines) <= known
        for lines in (text.split("\n") for text in grown_texts(Language.ZH, 50))
    )


def test_sentences_lose_nothing_of_the_reference_text():
    """What is cut out of the text is the text."""
    for language, known in sentences().items():
        whole = "".join(all_texts(language)).replace(" ", "")
        assert sum(len(sentence.replace(" ", "")) for sentence in known) > 0.97 * len(whole)


@pytest.mark.parametrize("count", [101, 240])
def test_grown_articles_have_exactly_the_passages_asked_for(count):
    """Half of them in each language, spans exact, ids once."""
    found = list(grown_articles(count))
    passages = [passage for _, part in found for passage in part]
    assert len({passage.id for passage in passages}) == count
    assert sum(passage.language == Language.ZH for passage in passages) == count // 2
    assert all(doc.text[one.start : one.end] == one.text for doc, part in found for one in part)


def test_filters_find_some_grown_articles_and_leave_out_others():
    """A filter that all pass, or none, would measure nothing; some articles state neither source nor day."""
    articles = [document for document, _ in grown_articles(6000)]
    first, last = (dt.date.fromisoformat(PERIOD[name]) for name in ("published_from", "published_to"))
    in_period = sum(one.published is not None and first <= one.published <= last for one in articles)
    of_facet = sum((one.source, one.language) == (FACET["sources"], FACET["languages"]) for one in articles)
    assert 0.2 < in_period / len(articles) < 0.4
    assert 0.02 < of_facet / len(articles) < 0.06
    assert any(one.source is None for one in articles)
    assert any(one.published is None for one in articles)


def test_a_question_with_a_phrase_quotes_words_of_a_sentence():
    """Some passage has the exact words; none is asked twice."""
    known = [sentence for of_language in sentences().values() for sentence in of_language]
    asked = phrases(200)
    assert len(set(asked)) == 200
    for question in asked:
        about, exact = question.removesuffix('"').split(' "', 1)
        assert all(any(words in sentence for sentence in known) for words in (about, exact))


def test_no_question_is_asked_twice():
    """A cache of queries must not help."""
    asked = questions(3000)
    assert len(set(asked)) == 3000
    assert asked == questions(3000)
    assert all(3 <= len(question) <= 200 for question in asked)


def test_a_changed_article_says_something_else_and_the_others_don_t(tmp_path):
    """One article changes, under the same id."""
    write_articles(tmp_path / "before.jsonl", 20)
    write_articles(tmp_path / "after.jsonl", 20, changed=1)
    before, after = (
        [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for name in ("before.jsonl", "after.jsonl")
    )
    assert [one["id"] for one in before] == [one["id"] for one in after]
    assert [number for number in range(20) if before[number] != after[number]] == [0]


def test_paths_carry_the_question_whole(tmp_path):
    """Whatever it is written in."""
    write_paths(tmp_path / "paths", "/search?q=", ["天津 & 海河?", "a b#c"])
    lines = (tmp_path / "paths").read_text("ascii").splitlines()
    assert [unquote(line.removeprefix("/search?q=")) for line in lines] == ["天津 & 海河?", "a b#c"]
    assert not any(character in line for line in lines for character in " #&")
