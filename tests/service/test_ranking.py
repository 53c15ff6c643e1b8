"""Laws of bringing candidates of several languages into one order."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Language
from service import ScoredPassage
from service.records import Signals
from service.search.ranking import CALIBRATION, WITH_TOKENS, WITHOUT_TOKENS, Weights, likelihood, merge, wording

SCORES = st.one_of(st.sampled_from([-1.0, 0.0, 0.5, 2.0]), st.floats(-50, 50))  # repeated ones make ties


def _candidate(identifier: str, score: float) -> ScoredPassage:
    return ScoredPassage(score, identifier, f"document of {identifier}", Language.EN, 0)


@st.composite
def _pools(draw):
    """Up to four rankings without a common passage."""
    ids = draw(st.lists(st.text("abc01", min_size=1, max_size=4), unique=True, max_size=20))
    pools = [[], [], [], []]
    for identifier in ids:
        pools[draw(st.integers(0, 3))].append(_candidate(identifier, draw(SCORES)))
    return [tuple(pool) for pool in pools]


@given(_pools(), st.randoms(use_true_random=False), st.integers(0, 25))
def test_the_order_of_the_pools_does_not_matter(pools, random, k):
    """Chinese first or English first: the same ranking."""
    shuffled = [tuple(random.sample(pool, len(pool))) for pool in random.sample(pools, len(pools))]
    assert merge(shuffled, k) == merge(pools, k)


@given(_pools(), st.integers(0, 25))
def test_the_best_k_come_out_best_first(pools, k):
    """Nothing that is left out stands above anything that came out."""
    everything = [candidate for pool in pools for candidate in pool]
    merged = merge(pools, k)
    left_out = set(everything) - set(merged)
    assert len(merged) == min(k, len(everything))
    assert list(merged) == sorted(merged, key=lambda candidate: -candidate.score)
    assert all(out.score <= kept.score for out in left_out for kept in merged)


@given(_pools(), st.integers(0, 25), st.integers(0, 25))
def test_a_shorter_ranking_is_the_beginning_of_a_longer_one(pools, k, more):
    """Asking for more hits never changes the first ones."""
    assert merge(pools, k + more)[:k] == merge(pools, k)


@given(st.lists(st.text("abc01", min_size=1), unique=True, min_size=2), SCORES)
def test_equal_scores_are_ordered_by_id(ids, score):
    """Ties have one order, wherever the passages came from."""
    merged = merge([[_candidate(identifier, score)] for identifier in ids], len(ids))
    assert [candidate.id for candidate in merged] == sorted(ids)


PASSAGES = st.integers(0, 10**8)


@given(st.floats(-10, 10), st.floats(0.001, 5), PASSAGES)
def test_a_higher_score_stays_higher_in_the_unit_interval(deviations, more, passages):
    """The curve keeps the order, and never reaches 0 or 1."""
    assert (
        0
        < CALIBRATION.to_unit_interval(deviations, passages)
        < CALIBRATION.to_unit_interval(deviations + more, passages)
        <= 1
    )
    assert CALIBRATION.to_unit_interval(deviations, passages) < 1


@given(st.floats(allow_nan=False, allow_infinity=False), PASSAGES)
def test_any_finite_score_has_a_place_in_the_unit_interval(deviations, passages):
    """However far a passage stands from the others, its score can be shown."""
    assert 0 <= CALIBRATION.to_unit_interval(deviations, passages) <= 1


@given(st.floats(-10, 10), PASSAGES, PASSAGES)
def test_a_score_is_worth_no_more_among_more_passages(deviations, one, other):
    """The best of many stands out by chance."""
    few, many = sorted((one, other))
    assert CALIBRATION.to_unit_interval(deviations, many) <= CALIBRATION.to_unit_interval(deviations, few)


@given(st.floats(-10, 10), PASSAGES, st.floats(0, 20), st.floats(0.01, 5))
def test_an_answer_in_the_words_of_the_question_is_likelier(deviations, passages, shared, more):
    """What only sounds like the subject shares no telling word."""
    less, greater = (
        CALIBRATION.to_unit_interval(deviations, passages, shared=nats) for nats in (shared, shared + more)
    )
    assert less <= greater


@given(st.floats(-10, 10), PASSAGES, st.floats(0, 20), st.floats(0.01, 5))
def test_what_even_the_first_hit_lacks_speaks_against_it(deviations, passages, missing, more):
    """Another year, another district."""
    less, greater = (
        CALIBRATION.to_unit_interval(deviations, passages, missing=nats) for nats in (missing, missing + more)
    )
    assert greater <= less


@given(PASSAGES, st.floats(0, 100))
def test_one_rare_word_is_as_good_as_many(passages, nats):
    """So an answer that is put otherwise isn't far behind one that repeats the question."""
    assert 0 <= wording(nats, passages) <= wording(100, passages) == wording(1e6, passages) == 1
    assert wording(0.0, passages) == 0


@pytest.mark.parametrize("tokens", [None, 6.0])
@pytest.mark.parametrize("second", [None, 5.0])
def test_in_each_way_of_ranking_the_first_hit_decides_what_a_score_means(tokens, second):
    """With late interaction and without, with the second opinion and without."""
    right = Signals(tokens=tokens, second=second, shared=6.0)
    sounds_like_it, of_another_year = replace(right, shared=0.0), replace(right, missing=5.0)
    assert likelihood(12.0, 1000, right) > 0.9
    for first in (sounds_like_it, of_another_year):
        assert likelihood(9.0, 1000, first) < likelihood(9.0, 1000, right)


def test_where_no_terms_were_looked_at_none_is_missed():
    """Passages like another share what they share; nobody asked in words."""
    assert likelihood(10.0, 1000, Signals(dense=10.0)) > likelihood(10.0, 1000, Signals(dense=10.0, shared=0.0))


SIGNAL_NAMES = sorted({field.name for field in fields(Signals)} & {field.name for field in fields(Weights)})


@given(st.fixed_dictionaries({name: st.floats(-10, 10) for name in SIGNAL_NAMES}))
def test_a_score_is_the_weighted_sum_of_its_signals(values):
    """The formula, written out."""
    weights = Weights(**{name: place + 1.0 for place, name in enumerate(SIGNAL_NAMES)})
    expected = sum((place + 1.0) * values[name] for place, name in enumerate(SIGNAL_NAMES))
    assert weights.score(Signals(**values)) == pytest.approx(expected, abs=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_of_a_query_is_numbers_dates_and_names_the_more_these_count(one, other):
    """Up to 1, where it is nothing else; what doesn't count at all still doesn't, and nothing else changes."""
    less, more = (WITH_TOKENS.focused(focus) for focus in sorted((one, other)))
    for name in ("numbers", "dates", "names"):
        assert getattr(WITH_TOKENS, name) <= getattr(less, name) <= getattr(more, name) <= 1
        assert getattr(WITH_TOKENS.focused(1.0), name) == pytest.approx(1.0)
    assert (more.tokens, more.words, more.reach) == (WITH_TOKENS.tokens, WITH_TOKENS.words, WITH_TOKENS.reach)
    assert more.missing <= less.missing <= 0
    assert WITH_TOKENS.focused(0.0) == WITH_TOKENS
    assert Weights(tokens=1.0).focused(1.0) == Weights(tokens=1.0)


@pytest.mark.parametrize("weights", [WITH_TOKENS, WITHOUT_TOKENS], ids=["with tokens", "without tokens"])
def test_what_was_not_looked_at_counts_nothing(weights):
    """A passage whose tokens were not compared is ordered by the rest."""
    assert weights.score(Signals()) == 0.0
    assert weights.score(Signals(numbers=2.0)) == pytest.approx(2.0 * weights.numbers)


def test_without_tokens_late_interaction_counts_nothing():
    """Else an index without tokens would lose what they are worth; sentences take their part."""
    assert WITHOUT_TOKENS.tokens == 0
    assert WITHOUT_TOKENS.semantic > 0


def test_of_a_query_that_is_only_a_name_a_part_is_worth_less_than_the_whole():
    """Another of the family doesn't answer, however well the rest of the passage fits; within a question it may."""
    family = Signals(tokens=6.3, names=3.1, missing=3.1)
    person = Signals(tokens=3.9, names=5.2)
    assert WITH_TOKENS.focused(1.0).score(person) > WITH_TOKENS.focused(1.0).score(family)
    assert WITH_TOKENS.focused(0.1).score(person) < WITH_TOKENS.focused(0.1).score(family)
