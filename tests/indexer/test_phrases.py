"""Exact words: what stands in quotes has to appear."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
from fakes import FakeTokenEncoder

from indexer import Document, Language, Passage, WordFilter, index_passages, open_snapshot
from indexer.snapshot.article_store import ArticleStore
from indexer.terms import exact_pattern, exact_terms, folded, own_term

TITLE = "天津港创新高"
TEXTS = {
    Language.ZH: [
        "天津港一季度集装箱吞吐量同比增长百分之八，创历史新高。",
        "臺灣的經濟成長率創下新高，達到４．５％。",
        "新能源汽车ＢＹＤ的销量继续增长，人工智能（AI）也是。",
        "他在天津 港口工作，乾隆年间的码头还在。",
    ],
    Language.EN: [
        "Container throughput at the port of Tianjin rose eight percent.",
        "The seaport reported a record; the Airport's new terminal opened, and AI-driven cranes came.",
        "In 2024 the\nport of Tianjin spent 3.5 billion yuan on an A350 hangar.",
        "Nobody paid $5 for it: “no way”, she said.",
    ],
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, cache):
    def corpus():
        for language, texts in TEXTS.items():
            for number, text in enumerate(texts):
                identifier = f"{language}{number}"
                title = TITLE if identifier == "zh3" else ""
                passage = Passage(identifier, identifier, text, language, 0, len(text), title)
                yield Document(identifier, title, text, language), [passage]

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HAIHE_CACHE", str(cache))
        index = tmp_path_factory.mktemp("phrases") / "index"
        index_passages(corpus(), index, FakeTokenEncoder())
        snapshot = open_snapshot(index)
    yield snapshot
    snapshot.close()


def _filter(snapshot, language, phrases=(), excluded=()):
    return WordFilter(snapshot, language, phrases, excluded, lambda rows, most: rows[:most])


def _found(snapshot, *phrases, excluded=()):
    return [
        f"{language}{row}"
        for language in Language
        for row in _filter(snapshot, language, phrases, excluded).rows(None).rows.tolist()
    ]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("port of Tianjin", ["en0", "en2"]),
        ("Port Of TIANJIN", ["en0", "en2"]),
        ("the port  of Tianjin", ["en0", "en2"]),
        ("ｐｏｒｔ ｏｆ Ｔｉａｎｊｉｎ", ["en0", "en2"]),
        ("port", ["en0", "en2"]),
        ("ports", []),
        ("throughput container", []),
        ("Airport", ["en1"]),
        ("Airport's", ["en1"]),
        ("AI", ["zh2", "en1"]),
        ("A350", ["en2"]),
        ("A35", []),
        ("350", []),
        ("3.5 billion", ["en2"]),
        ("5 billion", []),
        ("3", []),
        ("$5", ["en3"]),
        ("no way", ["en3"]),
        ("天津港", ["zh0", "zh3"]),
        ("吞吐量", ["zh0"]),
        ("吐量同", ["zh0"]),
        ("量吞吐", []),
        ("天津 港口", ["zh3"]),
        ("台湾的经济", ["zh1"]),
        ("臺灣的經濟", ["zh1"]),
        ("4.5%", ["zh1"]),
        ("byd的销量", ["zh2"]),
        ("乾隆", ["zh3"]),
        ("高", ["zh0", "zh1", "zh3"]),
        ("的", ["zh1", "zh2", "zh3"]),
        ("the", ["en0", "en1", "en2"]),
        ("……", []),
    ],
)
def test_a_phrase_is_found_as_whole_words(snapshot, phrase, expected):
    """Case, width, blanks and traditional characters make no difference; a part of a word isn't the word."""
    assert _found(snapshot, phrase) == expected


def test_a_phrase_may_stand_in_the_title(snapshot):
    """Which a passage is ranked with, and shown under."""
    assert _found(snapshot, "港创新高") == ["zh3"]


def test_a_phrase_does_not_reach_from_the_title_into_the_text(snapshot):
    """Nobody wrote these words together."""
    assert _found(snapshot, "新高 他在天津") == _found(snapshot, "创新高他在") == _found(snapshot, "高他") == []


def test_usual_words_do_not_reach_from_the_title_into_the_text(tmp_path):
    """They are found without reading, so that no reading takes such a passage out again."""
    titled = Passage("en0", "en0", "The port opened in May.", Language.EN, 0, 23, "What to make of")
    index_passages(
        [(Document("en0", titled.context, titled.text, Language.EN), [titled])], tmp_path, FakeTokenEncoder()
    )
    with closing(open_snapshot(tmp_path)) as snapshot:
        assert _found(snapshot, "of the") == []
        assert _found(snapshot, "the") == _found(snapshot, "of") == ["en0"]


def test_every_phrase_has_to_appear(snapshot):
    """In one passage, its title included, in whatever order."""
    assert _found(snapshot, "record", "Airport") == ["en1"]
    assert _found(snapshot, "Airport", "port of Tianjin") == []
    assert _found(snapshot, "天津港", "码头") == ["zh3"]


def test_only_the_rows_that_pass_a_filter_are_found(snapshot):
    """Quotes and filters go together."""
    found = _filter(snapshot, Language.EN, ["port of Tianjin"])
    assert found.rows(np.array([1, 2, 3])).rows.tolist() == [2]
    assert found.rows(np.empty(0, np.int64)).rows.tolist() == []


@pytest.mark.parametrize("phrase", [".*", "(port", "port|rice", "[a-z]+", "\\w"])
def test_a_phrase_is_no_pattern(snapshot, phrase):
    """What a user types is taken as it is."""
    assert _found(snapshot, phrase) == []


# Excluded words


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("port", ["en1", "en3"]),
        ("PORT", ["en1", "en3"]),
        ("ports", ["en0", "en1", "en2", "en3"]),
        ("sea", ["en0", "en1", "en2", "en3"]),
        ("ai", ["en0", "en2", "en3"]),
        ("port of Tianjin", ["en1", "en3"]),
        ("the", ["en3"]),
        ("5", ["en0", "en1", "en2"]),
    ],
)
def test_no_passage_has_an_excluded_word(snapshot, word, left):
    """As a whole word in either case; a part of a word isn't the word, and a common word is one like others."""
    assert _filter(snapshot, Language.EN, excluded=[word]).rows(None).rows.tolist() == [int(row[2:]) for row in left]


@pytest.mark.parametrize(
    ("word", "left"),
    [("天津港", [1, 2]), ("新高", [2]), ("臺灣", [0, 2, 3]), ("台湾", [0, 2, 3]), ("高", [2]), ("ＢＹＤ", [0, 1, 3])],
)
def test_excluded_characters_are_found_inside_longer_words(snapshot, word, left):
    """Chinese puts no blanks between words; the title counts, and simplified stands for traditional."""
    assert _filter(snapshot, Language.ZH, excluded=[word]).rows(None).rows.tolist() == left


def test_phrases_and_exclusions_go_together(snapshot):
    """Also where they contradict each other."""
    assert _found(snapshot, "port of Tianjin", excluded=["hangar"]) == ["en0"]
    assert _found(snapshot, "Airport", excluded=["airport"]) == []


# Bounded work


@pytest.fixture
def read(monkeypatch):
    """How many passages are read."""
    counts = []
    original = ArticleStore.passages_at
    monkeypatch.setattr(
        ArticleStore,
        "passages_at",
        lambda self, language, rows: counts.append(len(rows)) or original(self, language, rows),
    )
    return counts


@pytest.mark.parametrize(
    "phrase", ["the", "of the", "a", "2024", "3.5", "$5", "4.5%", "的", "高", "天津", "。", "“", "ports"]
)
def test_what_is_usual_is_looked_up_without_reading(snapshot, read, monkeypatch, phrase):
    """Stop words, numbers, signs, characters and words are terms as they stand, so the answer is whole at any size."""
    texts = {
        f"{language}{row}": (folded(TITLE if (language, row) == ("zh", 3) else ""), folded(text))
        for language in Language
        for row, text in enumerate(TEXTS[language])
    }
    having = [name for name, (title, text) in texts.items() if any(map(exact_pattern(phrase).search, (title, text)))]
    monkeypatch.setattr("indexer.snapshot.phrase_filter.MOST_READ", 0)
    assert _found(snapshot, phrase) == having
    assert _found(snapshot, excluded=[phrase]) == [name for name in texts if name not in having]
    for language in Language:
        assert _filter(snapshot, language, [phrase]).rows(np.array([1, 3])).is_complete
        assert _filter(snapshot, language, excluded=[phrase]).rows(None).is_complete
    assert sum(read) == 0


def test_many_phrases_are_all_looked_up(snapshot, read):
    """Each by its own term: none is passed over because others are rarer."""
    words = ["in", "2024", "the", "of", "Tianjin", "spent", "3.5", "billion", "yuan", "on", "an", "A350", "hangar"]
    assert _found(snapshot, *words) == ["en2"]
    assert _found(snapshot, *words, "Airport") == []
    assert sum(read) == 0


@pytest.mark.parametrize("among", [None, np.array([0, 1, 2])])
def test_longer_phrases_are_read_for_in_the_nearest_passages_only(snapshot, read, monkeypatch, among):
    """Where their words stand in more passages than may be read; then the answer isn't complete."""
    monkeypatch.setattr("indexer.snapshot.phrase_filter.MOST_READ", 1)
    found = _filter(snapshot, Language.EN, ["port of Tianjin"]).rows(among)
    assert (found.rows.tolist(), found.is_complete) == ([0], False)
    assert read == [1]


def test_rows_with_the_words_of_an_excluded_phrase_are_read_only_where_they_are_near(snapshot, read, monkeypatch):
    """The others, which can't have it, stay without being read."""
    monkeypatch.setattr("indexer.snapshot.phrase_filter.MOST_READ", 1)
    found = _filter(snapshot, Language.EN, excluded=["port of Tianjin"]).rows(None)
    assert found.rows.tolist() == [1, 3]
    assert not found.is_complete
    assert read == [1]


def test_two_characters_are_looked_up_without_reading(snapshot, read):
    """Their pair is a term of just the passages that have them."""
    assert _found(snapshot, "天津") == ["zh0", "zh3"]
    assert _filter(snapshot, Language.ZH, excluded=["天津"]).rows(None).rows.tolist() == [1, 2]
    assert sum(read) == 0


def test_a_passage_is_read_once(snapshot, read):
    """However often the filter is asked, among all rows or some."""
    words = _filter(snapshot, Language.EN, ["port of Tianjin"])
    words.rows(None)
    words.rows(np.array([0, 2]))
    assert sum(read) == 2


def test_a_phrase_is_looked_up_whatever_its_case(snapshot):
    """In capitals US is a country, else it is a stop word; in quotes it is what is written."""
    assert _found(snapshot, "3.5 BILLION YUAN") == ["en2"]
    assert exact_terms("U.S. dollar") == exact_terms("u.s. dollar")
    assert own_term("US") == own_term("us")
