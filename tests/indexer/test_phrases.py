"""Exact words: what stands in quotes has to appear."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeTokenEncoder

from indexer import Document, Language, Passage, WordFilter, index_passages, open_snapshot

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
    assert _found(snapshot, "新高 他在天津") == _found(snapshot, "创新高他在") == []


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
