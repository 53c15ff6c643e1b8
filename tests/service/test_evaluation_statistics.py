"""Laws of the statistics: randomisation test and separation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.laboratory.evaluation.separation import auc, separation
from service.laboratory.evaluation.significance import randomisation_test

VALUES = st.lists(st.tuples(st.sampled_from([0, 0.25, 0.5, 1]), st.sampled_from([0, 0.25, 0.5, 1])), min_size=1)


@pytest.mark.parametrize("questions", [1, 2, 4, 6])
def test_p_is_the_share_of_exchanges_that_differ_as_much(questions):
    """If all questions are better by the same, two of 2^n exchanges are as extreme: all or none."""
    better, worse = [0.75] * questions, [0.5] * questions
    assert randomisation_test(better, worse) == pytest.approx(2 / 2**questions, abs=0.01)


def test_p_of_a_mixed_result_is_the_exact_one():
    """Differences 3, 1, -1 sum to 3: of the eight sums ±3±1±1 all but ±1 and ±1 again are at least as far from 0."""
    assert randomisation_test([3, 1, 0], [0, 0, 1]) == pytest.approx(6 / 8, abs=0.02)


def test_many_small_improvements_are_significant():
    """And p is never 0, since the result itself is one way to exchange."""
    assert 0 < randomisation_test([0.6] * 100, [0.5] * 100) < 0.001


@given(VALUES)
def test_rankings_may_be_given_in_either_order(pairs):
    """The test is two-sided, and repeatable."""
    first, second = zip(*pairs, strict=True)
    assert randomisation_test(first, second) == randomisation_test(second, first)


def test_equal_values_have_p_1():
    """Exchanging them changes nothing."""
    assert randomisation_test([0.5, 1.0, 0.0], [0.5, 1.0, 0.0]) == 1.0


def test_questions_without_a_difference_do_not_change_p():
    """Whether a hundred more were answered alike says nothing on which ranking is better."""
    assert randomisation_test([1, 1, 0.5], [0, 0, 0]) == randomisation_test([1, 0.3, 1, 0.5], [0, 0.3, 0, 0])


def test_auc_is_the_chance_of_being_higher():
    """Of six pairs four are in order and one is a tie."""
    assert auc([0.5, 0.9], [0.1, 0.5, 0.6]) == pytest.approx(4.5 / 6)


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auc_turns_around_with_its_groups(one, other):
    """What separates one way doesn't the other way."""
    assert auc(one, other) == pytest.approx(1 - auc(other, one))


def test_quartiles_are_of_each_group():
    """Where a quarter, half and three quarters lie below."""
    found = separation([0, 0.25, 0.5, 0.75, 1], [0.1])
    assert found.answered == (0.25, 0.5, 0.75)
    assert found.unanswered == pytest.approx((0.1, 0.1, 0.1))


@pytest.mark.parametrize(("answered", "unanswered"), [([], [0.5]), ([0.5], [])])
def test_there_is_nothing_to_separate_without_both_groups(answered, unanswered):
    """Most datasets have no unanswered questions."""
    assert separation(answered, unanswered) is None
