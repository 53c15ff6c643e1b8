"""The index of terms against brute force, and what it makes of odd terms and odd files."""

from __future__ import annotations

import math
import sqlite3
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import SnapshotDamaged, best_matches
from indexer.indexes import lexical_index
from indexer.indexes.lexical_index import LexicalIndex

TERMS = st.sampled_from(["天津", "港", "tianjin", "port", "port_of", "2.5", "2025", "gdp", "滨海", "a", "b", "c"])
PASSAGES = st.lists(st.sets(TERMS, max_size=6), max_size=60)
SHARES = st.floats(0.01, 1.0)
GROUPS = st.lists(st.lists(st.tuples(TERMS, SHARES), max_size=4), max_size=6)
ODD = [
    "",
    '"',
    "'",
    "a\"b'c",
    'a" OR "b',
    "NOT",
    "a AND b",
    "NEAR(a b)",
    "terms:a",
    "a*",
    "^a",
    "%",
    "_",
    "c++",
    "l'eau",
    "'); DROP TABLE postings; --",
    "\0",
    "a\0b",
    "\ud800",
    "🚀",
    "𱍐",
    "US",
    "us",
    "é",
    "e\u0301",
    "ｅ",
    " ",
]


class SearchedIndex(LexicalIndex):
    """An index from which the best rows are chosen, as the read path does."""

    def search(self, groups, k, *, among=None):
        """The k rows with the highest scores above 0, best first."""
        rows, added = self.look_up(groups).scores()
        return best_matches(rows, sum(added, start=np.zeros(len(rows))), k, among)


@pytest.fixture
def index_of(tmp_path):
    """Writes an index and opens it; all are closed at the end."""
    opened = []

    def write_and_open(passages, block=1 << 16):
        path = tmp_path / f"{len(opened)}.terms"
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(lexical_index, "_BLOCK", block)
            LexicalIndex.create(path, passages)
        opened.append(SearchedIndex.open(path))
        return opened[-1]

    yield write_and_open
    for index in opened:
        index.close()


@given(st.lists(st.tuples(st.sets(TERMS, max_size=6), st.integers(0, 3)), max_size=60), GROUPS)
def test_near_duplicates_are_one_passage_for_every_weight(tmp_path_factory, passages, groups):
    """Weights are those of an index that has one passage for each group, with all that any of the group has."""
    texts = [
        (number if kind else 0) for number, (_, kind) in enumerate(passages, start=1)
    ]  # all of kind 0 are one text
    twins = np.array([texts.index(text) for text in texts], np.int64)
    together = [
        set().union(*(terms for (terms, _), text in zip(passages, texts, strict=True) if text == one))
        for one in dict.fromkeys(texts)
    ]
    path = tmp_path_factory.mktemp("terms") / "zh.terms"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(lexical_index, "_BLOCK", 7)
        LexicalIndex.create(path, [terms for terms, _ in passages], twins)
    with closing(LexicalIndex.open(path, twins)) as index:
        found = index.look_up(groups)
        assert found.weights == brute_force_weights(together, groups)
        rows, _ = found.scores()
        having = [
            row for row, (terms, _) in enumerate(passages) if terms & {term for group in groups for term, _ in group}
        ]
        assert set(rows.tolist()) <= set(having)


def test_copies_that_are_too_many_to_draw_are_drawn_as_one(tmp_path, monkeypatch):
    """So that those of a rare term leave room for the passages with another one."""
    monkeypatch.setattr(lexical_index, "_MOST_DRAWN", 30)
    passages = [{"rare", "story"} for _ in range(100)] + [{"other"} for _ in range(10)] + [{"o"} for _ in range(300)]
    twins = np.array([0] * 100 + list(range(100, 410)))
    LexicalIndex.create(tmp_path / "en.terms", passages, twins)
    with closing(LexicalIndex.open(tmp_path / "en.terms", twins)) as index:
        rows, _ = index.look_up([[("rare", 1.0)], [("other", 1.0)]]).scores()
    assert rows.tolist() == [0, *range(100, 110)]


def brute_force_weights(passages, groups):
    """The share of ln((N + 1) / (df + ½)), 0 for terms that are common or nowhere."""

    def weight(term, share):
        df = sum(term in passage for passage in passages)
        return share * math.log((len(passages) + 1) / (df + 0.5)) if 0 < df <= max(20, 0.05 * len(passages)) else 0.0

    return [[weight(term, share) for term, share in group] for group in groups]


def brute_force(passages, groups):
    """Each passage's sum of the best weights."""
    weights = brute_force_weights(passages, groups)
    return [
        np.float32(
            sum(
                max((w for (term, _), w in zip(group, ws, strict=True) if term in passage), default=0.0)
                for group, ws in zip(groups, weights, strict=True)
            )
        )
        for passage in passages
    ]


def best(scores, k, among=None):
    """Rows by score, equal ones by row."""
    rows = [row for row, score in enumerate(scores) if score > 0 and (among is None or row in among)]
    return sorted(rows, key=lambda row: (-scores[row], row))[:k]


@given(PASSAGES, GROUPS, st.integers(0, 70), st.sampled_from([1, 7, 20, 1 << 16]))
def test_search_agrees_with_brute_force(index_of, passages, groups, k, block):
    """The best passages are found, all of them, with their true scores, whatever the blocks they were written in."""
    index, scores = index_of(passages, block), brute_force(passages, groups)
    found = index.search(groups, k)
    assert len(index) == len(passages)
    assert found.rows.tolist() == best(scores, k)
    assert found.scores.tolist() == [scores[row] for row in found.rows]
    assert (found.rows.dtype, found.scores.dtype) == (np.int64, np.float32)


@given(PASSAGES, GROUPS, st.integers(1, 70), st.data())
def test_search_among_rows_agrees_with_brute_force_over_them(index_of, passages, groups, k, data):
    """A filter is applied to all rows, and leaves the weights as they are."""
    rows = st.lists(st.integers(0, len(passages) - 1)) if passages else st.just([])
    among, scores = data.draw(rows), brute_force(passages, groups)
    found = index_of(passages).search(groups, k, among=np.array(among, np.int64))
    assert found.rows.tolist() == best(scores, k, among)
    assert found.scores.tolist() == [scores[row] for row in found.rows]


@given(PASSAGES, GROUPS, st.data())
def test_rows_have_the_scores_that_search_gives_them(index_of, passages, groups, data):
    """Rows that another ranking found are scored as if search had found them."""
    rows = data.draw(st.lists(st.integers(0, len(passages) - 1)) if passages else st.just([]))
    scores = brute_force(passages, groups)
    found, added = index_of(passages).look_up(groups).scores(np.array(rows, np.int64))
    assert set(rows) <= set(found.tolist())
    assert sum(added, np.zeros(len(found))).astype(np.float32).tolist() == [scores[row] for row in found]


@given(PASSAGES, GROUPS, st.data())
def test_where_terms_are_frequent_the_rarest_draw_and_all_count(index_of, passages, groups, data):
    """The work for one query is bounded, but a row that comes has its whole score, and so has every row asked for."""
    others = data.draw(st.sets(st.sampled_from(range(len(passages))))) if passages else set()
    scores = brute_force(passages, groups)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(lexical_index, "_MOST_DRAWN", 2)
        found, added = index_of(passages).look_up(groups).scores(np.array(sorted(others), np.int64))
    assert sum(added, np.zeros(len(found))).astype(np.float32).tolist() == [scores[row] for row in found]
    assert set(others) <= set(found.tolist()) <= {*others, *(row for row, score in enumerate(scores) if score)}
    assert len(found) or not any(scores)


@given(PASSAGES, GROUPS, st.sampled_from([1, 7, 1 << 16]), st.integers(0, 40))
def test_terms_that_do_not_fit_into_memory_are_read_again(index_of, passages, groups, block, most):
    """The rows that are kept are bounded, the scores are the same."""
    expected = [brute_force(passages, [group]) for group in groups]
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(lexical_index, "_MOST_KEPT", most)
        found, added = index_of(passages, block).look_up(groups).scores(np.arange(len(passages)))
    assert found.tolist() == list(range(len(passages)))
    assert [scores.astype(np.float32).tolist() for scores in added] == expected


def test_the_memory_of_a_query_is_bounded(index_of):
    """A thousand groups over all passages take no more than a few arrays of passages."""
    size, count = 4000, 1000
    index = index_of([f"t{(row * 7 + step) % count}" for step in range(40)] for row in range(size))
    groups = [[(f"t{number}", 1.0)] for number in range(count)]
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(lexical_index, "_MOST_KEPT", size)
        tracemalloc.start()
        found, added = index.look_up(groups).scores(np.arange(size))
        total = sum(added, np.zeros(len(found)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (total > 0).all()
    assert peak < 60 * size + 2000 * count < size * count * total.itemsize / 10


@given(PASSAGES, GROUPS)
def test_weights_are_those_of_the_scores(index_of, passages, groups):
    """An explanation names what was counted."""
    assert index_of(passages).look_up(groups).weights == brute_force_weights(passages, groups)


def test_a_group_counts_once_by_the_best_of_its_terms_that_a_passage_has(index_of):
    """A passage that has a word and its translation doesn't outdo one that has the word."""
    index = index_of([{"港口"}, {"港口", "port"}, {"port"}, {"harbour"}])
    group = [("港口", 1.0), ("port", 0.8), ("harbour", 0.1)]
    found = index.search([group], 10)
    assert found.rows.tolist() == [0, 1, 2, 3]
    idf = math.log(5 / 2.5)
    np.testing.assert_allclose(found.scores, [idf, idf, 0.8 * idf, 0.1 * math.log(5 / 1.5)], rtol=1e-6)


def test_a_term_counts_in_each_group_that_it_stands_in(index_of):
    """Groups know nothing of each other; in one group a term counts once, with its highest share."""
    index = index_of([{"a"}, {"b"}])
    once, twice = [("a", 0.5), ("a", 0.9), ("a", 0.2)], [("a", 1.0)]
    assert index.search([once, twice], 5).scores.tolist() == [np.float32(1.9 * math.log(3 / 1.5))]


def test_a_passage_has_a_term_once(index_of):
    """Terms may come as they were read, in any order and again and again."""
    index = index_of(iter(words) for words in (["b", "a", "b", "b"], ["a"], []))
    assert index.look_up([[("a", 1.0), ("b", 1.0)]]).weights == [[math.log(4 / 2.5), math.log(4 / 1.5)]]


def test_a_rare_term_counts_more_than_several_frequent_ones_might(index_of):
    """What tells one passage from the others decides."""
    index = index_of([{"tianjin", "port"}] * 15 + [{"wuqing"}] + [set()] * 500)
    found = index.search([[("tianjin", 1.0)], [("wuqing", 1.0)]], 1)
    assert found.rows.tolist() == [15]


@given(PASSAGES, GROUPS, st.floats(0, 1))
def test_what_groups_can_add_is_reached_where_no_index_has_more_of_them(index_of, passages, groups, more):
    """A passage lacks nothing that it could have; where another index has more of a group, all here lack that share."""
    found = index_of(passages).look_up(groups)
    scores = np.array(list(found.scores(np.arange(len(passages)))[1])) if passages else np.zeros((len(groups), 1))
    shares = found.shares
    present = shares > 0
    best = scores.max(axis=1) if groups else np.empty(0)
    assert found.attainable(shares)[present] == pytest.approx(best[present])
    assert found.attainable(shares + more)[present] == pytest.approx(
        (best * (shares + more))[present] / shares[present]
    )
    assert (found.attainable(shares)[~present] >= 0).all()


def test_a_part_of_a_name_lacks_the_rest_where_another_language_has_it_whole(index_of):
    """One Liu among English passages isn't Liu Songlin, whom the Chinese ones have."""
    group = [("liusonglin", 1.0), ("liu", 0.5)]
    english = index_of([{"liu"}, *({f"other{number}"} for number in range(30))]).look_up([group])
    chinese = index_of([{"liusonglin", "liu"}, *({f"其他{number}"} for number in range(30))]).look_up([group])
    assert english.shares.tolist() == [0.5]
    assert english.attainable(chinese.shares).tolist() == pytest.approx(2 * english.attainable(english.shares))
    assert chinese.attainable(english.shares).tolist() == chinese.attainable(chinese.shares).tolist()


@pytest.mark.parametrize(("passages", "limit"), [(30, 20), (400, 20), (1000, 50)])
def test_a_common_term_weighs_nothing(index_of, passages, limit):
    """Twenty passages or a twentieth of all may have a term; one more, and it tells nothing of any."""
    both, one, none = [{"rare", "common"}] * limit, [{"common"}], [set()] * (passages - limit - 1)
    index = index_of(both + one + none)
    groups = [[("rare", 1.0)], [("common", 1.0)]]
    (rare,), (common,) = index.look_up(groups).weights
    assert (common, rare) == (0, pytest.approx(math.log((passages + 1) / (limit + 0.5))))
    assert index.search(groups, 2000).rows.tolist() == list(range(limit))


def test_where_all_terms_are_common_they_tell_what_there_is_to_tell(index_of):
    """A query for a place that most articles are about still finds those that name it, the rarer names first."""
    index = index_of([{"天津"}] * 50 + [{"天津", "北京"}] * 30 + [set()] * 20)
    assert sorted(index.search([[("天津", 1.0)]], 100).rows) == list(range(80))
    assert sorted(index.search([[("天津", 1.0)], [("北京", 1.0)]], 30).rows) == list(range(50, 80))


@pytest.mark.parametrize("among", [None, np.array([17, 5, 3, 5, 1])])
@pytest.mark.parametrize("k", [1, 3, 20])
def test_equal_rows_come_in_the_order_of_rows(index_of, among, k):
    """Where more rows are equal than wanted, the earlier ones are found."""
    index = index_of([{"a"}] * 20)
    expected = list(range(20)) if among is None else [1, 3, 5, 17]
    assert index.search([[("a", 1.0)]], k, among=among).rows.tolist() == expected[:k]


@pytest.mark.parametrize("passages", [[], [set(), set()], [{"a"}, {"b"}]])
@pytest.mark.parametrize("groups", [[], [[]], [[], []], [[("nowhere", 1.0)]]])
def test_nothing_is_found_where_nothing_matches(index_of, passages, groups):
    """A corpus in one language has an empty index for the other; a query may have no term worth a look."""
    index = index_of(passages)
    for among in (None, np.arange(len(passages)), np.empty(0, np.int64)):
        found = index.search(groups, 5, among=among)
        assert found.rows.tolist() == found.scores.tolist() == []
    assert not any(added.any() for added in index.look_up(groups).scores(np.arange(len(passages)))[1])
    assert index.look_up(groups).weights == [[0.0] * len(group) for group in groups]


@pytest.mark.parametrize("k", [0, -1])
def test_no_rows_are_found_where_none_are_wanted(index_of, k):
    """As in the vector index."""
    assert len(index_of([{"a"}, {"a"}]).search([[("a", 1.0)]], k).rows) == 0


def test_a_term_is_found_by_its_characters_and_nothing_else(index_of):
    """Quotes and operators are characters like others; case, accents and width are the caller's to fold."""
    index = index_of([{term} for term in ODD])
    for row, term in enumerate(ODD):
        assert index.search([[(term, 1.0)]], 50).rows.tolist() == [row]


@given(st.lists(st.sets(st.text(st.characters(), max_size=5), max_size=5), max_size=10), st.text(st.characters()))
def test_any_text_may_be_a_term(index_of, passages, other):
    """Whatever a user types is looked up, not interpreted."""
    index = index_of(passages)
    for term in {other}.union(*passages):
        expected = [row for row, passage in enumerate(passages) if term in passage]
        assert index.search([[(term, 1.0)]], 50).rows.tolist() == expected


def test_the_same_terms_give_the_same_bytes(tmp_path):
    """The same corpus gives the same checksums, in whatever order a passage's terms come."""
    for name, order in (("one", sorted), ("other", lambda terms: sorted(terms, reverse=True))):
        LexicalIndex.create(tmp_path / name, (order({f"t{i % 7}", f"u{i}", "天津"}) for i in range(500)))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_an_index_replaces_the_one_before_it(tmp_path):
    """What was there doesn't mix with what is written."""
    for terms in ("a", "b"):
        LexicalIndex.create(tmp_path / "zh.terms", [{terms}])
    with closing(LexicalIndex.open(tmp_path / "zh.terms")) as index:
        assert index.look_up([[("a", 1.0), ("b", 1.0)]]).weights == [[0.0, pytest.approx(math.log(2 / 1.5))]]


def test_an_open_index_writes_nothing(tmp_path):
    """The folder it lies in may be read-only, and its checksum stays."""
    path = tmp_path / "zh.terms"
    LexicalIndex.create(path, [{"a"}])
    before = path.read_bytes()
    with closing(SearchedIndex.open(path)) as index:
        index.search([[("a", 1.0)]], 1)
        assert [file.name for file in tmp_path.iterdir()] == ["zh.terms"]
    assert path.read_bytes() == before


def test_several_threads_find_what_one_finds(index_of):
    """One index serves all requests."""
    random = np.random.default_rng(1)
    index = index_of([{f"t{i}" for i in random.integers(0, 200, 8)} for _ in range(300)])
    queries = [[[(f"t{i}", 1.0), (f"t{i + 1}", 0.5)] for i in random.integers(0, 200, 10)] for _ in range(40)]
    alone = [index.search(query, 20) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda query: index.search(query, 20), queries * 5))
    for one, other in zip(alone * 5, together, strict=True):
        np.testing.assert_array_equal(one.rows, other.rows)
        np.testing.assert_array_equal(one.scores, other.scores)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_garbage_is_refused(tmp_path, content):
    """A file that isn't an index is refused by name, not read as one."""
    path = tmp_path / "zh.terms"
    path.write_bytes(content)
    with pytest.raises(SnapshotDamaged, match=r"zh\.terms"):
        LexicalIndex.open(path)


def test_a_truncated_index_is_refused(tmp_path):
    """A copy that broke off is seen at once, not at the first search."""
    path = tmp_path / "zh.terms"
    LexicalIndex.create(path, [{f"{i}-{j}" for j in range(20)} for i in range(200)])
    path.write_bytes(path.read_bytes()[:8192])
    with pytest.raises(SnapshotDamaged, match=r"zh\.terms"):
        LexicalIndex.open(path)


def test_a_missing_file_is_refused(tmp_path):
    """A file that was removed is named, and none is made in its place."""
    with pytest.raises(SnapshotDamaged, match=r"en\.terms"):
        LexicalIndex.open(tmp_path / "en.terms")
    assert list(tmp_path.iterdir()) == []


def test_another_programs_database_is_refused(tmp_path):
    """A table of the same name doesn't make an index."""
    path = tmp_path / "articles.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE blocks (first INTEGER PRIMARY KEY, size INTEGER NOT NULL)")
    with pytest.raises(SnapshotDamaged, match="another program"):
        LexicalIndex.open(path)
