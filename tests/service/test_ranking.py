"""Laws of bringing candidates of several languages into one order, and of what a score means."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Language
from service import ScoredPassage
from service.records import AnswerFeatures
from service.search.candidates import merged, place_of
from service.search.fusion import FUSIONS_FILE, Fusion, Weights, fusion_of, read_fusions, wording
from service.search.signals import SIGNALS

EVERY = frozenset(SIGNALS)
WITH_TOKENS, WITHOUT_TOKENS = (fusion_of(EVERY - left_out).weights for left_out in (set(), {"tokens"}))
CALIBRATION = fusion_of(EVERY).calibration
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
    return [tuple(sorted(pool, key=place_of)) for pool in pools]


def _merge(pools, k):
    return list(islice(merged(pools), k))


@given(_pools(), st.randoms(use_true_random=False), st.integers(0, 25))
def test_the_order_of_the_pools_does_not_matter(pools, random, k):
    """Chinese first or English first: the same ranking."""
    assert _merge(random.sample(pools, len(pools)), k) == _merge(pools, k)


@given(_pools(), st.integers(0, 25))
def test_the_best_k_come_out_best_first(pools, k):
    """Nothing that is left out stands above anything that came out."""
    everything = [candidate for pool in pools for candidate in pool]
    best = _merge(pools, k)
    left_out = set(everything) - set(best)
    assert len(best) == min(k, len(everything))
    assert best == sorted(best, key=lambda candidate: -candidate.score)
    assert all(out.score <= kept.score for out in left_out for kept in best)


@given(_pools(), st.integers(0, 25), st.integers(0, 25))
def test_a_shorter_ranking_is_the_beginning_of_a_longer_one(pools, k, more):
    """Asking for more hits never changes the first ones."""
    assert _merge(pools, k + more)[:k] == _merge(pools, k)


@given(st.lists(st.text("abc01", min_size=1), unique=True, min_size=2), SCORES)
def test_equal_scores_are_ordered_by_id(ids, score):
    """Ties have one order, wherever the passages came from."""
    ranking = _merge([[_candidate(identifier, score)] for identifier in ids], len(ids))
    assert [candidate.id for candidate in ranking] == sorted(ids)


PASSAGES = st.integers(0, 10**8)


def _likelihood(deviations, passages, **features):
    return CALIBRATION.likelihood(deviations, AnswerFeatures(passages, **features))


@given(st.floats(-10, 10), st.floats(0.001, 5), PASSAGES)
def test_a_higher_score_stays_higher_in_the_unit_interval(deviations, more, passages):
    """The curve keeps the order, and never reaches 0 or 1."""
    assert 0 < _likelihood(deviations, passages) < _likelihood(deviations + more, passages) <= 1
    assert _likelihood(deviations, passages) < 1


@given(st.floats(allow_nan=False, allow_infinity=False), PASSAGES)
def test_any_finite_score_has_a_place_in_the_unit_interval(deviations, passages):
    """However far a passage stands from the others, its score can be shown."""
    assert 0 <= _likelihood(deviations, passages) <= 1


@given(st.floats(-10, 10), PASSAGES, PASSAGES)
def test_a_score_is_worth_no_more_among_more_passages(deviations, one, other):
    """The best of many stands out by chance."""
    few, many = sorted((one, other))
    assert _likelihood(deviations, many) <= _likelihood(deviations, few)


@given(st.floats(-10, 10), PASSAGES, st.floats(0, 20), st.floats(0.01, 5))
def test_an_answer_in_the_words_of_the_question_is_likelier(deviations, passages, shared, more):
    """What only sounds like the subject shares no telling word."""
    assert _likelihood(deviations, passages, shared=shared) <= _likelihood(deviations, passages, shared=shared + more)


@given(st.floats(-10, 10), PASSAGES, st.floats(0, 20), st.floats(0.01, 5))
def test_what_even_the_first_hit_lacks_speaks_against_it(deviations, passages, missing, more):
    """Another year, another district."""
    assert _likelihood(deviations, passages, missing=missing + more) <= _likelihood(
        deviations, passages, missing=missing
    )


@given(PASSAGES, st.floats(0, 100))
def test_one_rare_word_is_as_good_as_many(passages, nats):
    """So an answer that is put otherwise isn't far behind one that repeats the question."""
    assert 0 <= wording(nats, passages) <= wording(100, passages) == wording(1e6, passages) == 1
    assert wording(0.0, passages) == 0


@pytest.mark.parametrize("left_out", [set(), {"tokens"}, {"second"}, {"tokens", "second"}])
def test_in_each_way_of_ranking_the_first_hit_decides_what_a_score_means(left_out):
    """With late interaction and without, with the second opinion and without."""
    calibration = fusion_of(EVERY - left_out).calibration
    right = AnswerFeatures(1000, shared=6.0)
    sounds_like_it, of_another_year = replace(right, shared=0.0), replace(right, missing=5.0)
    assert calibration.likelihood(12.0, right) > 0.9
    for first in (sounds_like_it, of_another_year):
        assert calibration.likelihood(9.0, first) < calibration.likelihood(9.0, right)


def test_where_no_terms_were_looked_at_none_is_missed():
    """Passages like another share what they share; nobody asked in words."""
    alone = fusion_of(frozenset({"dense"})).calibration
    assert alone.likelihood(10.0, AnswerFeatures(1000)) > _likelihood(10.0, 1000)
    assert alone.likelihood(10.0, AnswerFeatures(1000, missing=9.0)) == alone.likelihood(10.0, AnswerFeatures(1000))


# Fusion


@given(st.fixed_dictionaries({name: st.floats(-10, 10) for name in SIGNALS}))
def test_a_score_is_the_weighted_sum_of_its_signals(values):
    """The formula, written out; the same of one passage and of columns of many."""
    weights = Weights({name: place + 1.0 for place, name in enumerate(SIGNALS)})
    expected = sum((place + 1.0) * values[name] for place, name in enumerate(SIGNALS))
    assert weights.score(values) == pytest.approx(expected, abs=1e-9)
    columns = {name: np.array([value, 0.0]) for name, value in values.items()}
    assert weights.scores(columns, 2).tolist() == pytest.approx([expected, 0.0], abs=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_of_a_query_is_numbers_dates_and_names_the_more_these_count(one, other):
    """Up to 1, where it is nothing else; what doesn't count at all still doesn't, and nothing else changes."""
    less, more = (WITH_TOKENS.focused(focus) for focus in sorted((one, other)))
    for name in ("numbers", "dates", "names"):
        assert WITH_TOKENS[name] <= less[name] <= more[name] <= 1
        assert WITH_TOKENS.focused(1.0)[name] == pytest.approx(1.0)
    assert (more["tokens"], more["words"], more.reach) == (
        WITH_TOKENS["tokens"],
        WITH_TOKENS["words"],
        WITH_TOKENS.reach,
    )
    assert more["missing"] <= less["missing"] <= 0
    assert WITH_TOKENS.focused(0.0) == WITH_TOKENS
    assert Weights({"tokens": 1.0}).focused(1.0) == Weights({"tokens": 1.0})


@pytest.mark.parametrize("weights", [WITH_TOKENS, WITHOUT_TOKENS], ids=["with tokens", "without tokens"])
def test_what_was_not_looked_at_counts_nothing(weights):
    """A passage whose tokens were not compared is ordered by the rest."""
    assert weights.score({}) == 0.0
    assert weights.score({"numbers": 2.0}) == pytest.approx(2.0 * weights["numbers"])


def test_of_a_query_that_is_only_a_name_a_part_is_worth_less_than_the_whole():
    """Another of the family doesn't answer, however well the rest of the passage fits; within a question it may."""
    family = {"tokens": 6.3, "names": 3.1, "missing": 3.1}
    person = {"tokens": 3.9, "names": 5.2}
    assert WITH_TOKENS.focused(1.0).score(person) > WITH_TOKENS.focused(1.0).score(family)
    assert WITH_TOKENS.focused(0.1).score(person) < WITH_TOKENS.focused(0.1).score(family)


@pytest.mark.parametrize("left_out", [set(), {"tokens"}, {"second"}, {"tokens", "second"}])
def test_what_an_index_lacks_has_no_weight_there(left_out):
    """Every signal that counts is one that there is; where tokens are missing, sentences take their part."""
    there = EVERY - left_out
    fusion = fusion_of(there)
    assert fusion.signals <= there
    assert fusion.signals & {"tokens", "sentences"} == {"sentences" if "tokens" in left_out else "tokens"}
    assert ("second" in fusion.signals) == ("second" not in left_out)


def test_other_weights_are_calibrated_as_the_signals_nearest_to_theirs():
    """An experiment's scores mean about what they would."""
    assert Fusion.by(WITH_TOKENS.but(second=0.0)).calibration == fusion_of(EVERY - {"second"}).calibration
    assert Fusion.by(WITH_TOKENS.but(tokens=0.0, second=0.0, dense=1.0)).calibration == (
        fusion_of(EVERY - {"tokens", "second"}).calibration
    )
    for alone in ({"dense": 0.5, "tokens": 0.5}, {"tokens": 1.0}, {"sentences": 1.0}, {"dense": 1.0, "second": 0.3}):
        assert Fusion.by(Weights(alone)).calibration == fusion_of(frozenset({"dense"})).calibration


def test_a_weight_for_no_signal_is_an_error():
    """Else it would silently weigh nothing."""
    with pytest.raises(ValueError, match="no signal is called tokenz"):
        Weights({"tokenz": 1.0})


SHIPPED = FUSIONS_FILE.read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (SHIPPED.replace("glosses =", "glossses =", 1), "no signal is called glossses"),
        (SHIPPED.replace("slope =", "slop =", 1), "slop"),
        (SHIPPED.replace("bias = -1.14", "", 1).replace("corpus = 0.11,", "corpus = 0.11", 1), "bias"),
        (SHIPPED.replace("reach =", "reached =", 1), "reached"),
        (SHIPPED.replace("tokens = 1.0", 'tokens = "much"', 1), "tokens"),
        (SHIPPED.replace("tokens = 1.0", "tokens = nan", 1), "finite"),
        (SHIPPED.replace("tokens = 1.0", "tokens = 0.0", 1), "doesn't count"),
        (SHIPPED.replace("[[fusions]]", "[[fusions", 1), "fusion.toml"),
        (SHIPPED + SHIPPED[SHIPPED.index("[[fusions]]") :], "once"),
        ("fusions = []", "once"),
    ],
)
def test_a_file_of_fusions_that_is_wrong_is_refused(tmp_path, wrong, message):
    """By the name of what is wrong."""
    path = tmp_path / "fusion.toml"
    path.write_text(wrong, "utf-8")
    with pytest.raises(ValueError, match=rf"(?s)fusion.toml: .*{message}|{message}"):
        read_fusions(path)
