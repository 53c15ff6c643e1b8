"""The values of relevant hits, counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from indexer import Language, Origin
from service.records import Facets
from service.search.facets import facets_of

ORIGINS = st.builds(
    Origin,
    st.sampled_from([None, "天津日报", "Xinhua", "XINHUA", "xinhua", "İstanbul", "i̇stanbul", ""]),
    st.none() | st.dates(),
)
HITS = st.lists(st.tuples(st.sampled_from(Language), st.lists(ORIGINS, min_size=1, max_size=1)), max_size=40)


def _pairs(values):
    return [(found.value, found.count) for found in values]


def test_values_are_counted_and_ordered():
    """Languages and sources most first, months oldest first, what articles don't state last."""
    days = [dt.date(2023, 9, 1), dt.date(2023, 9, 30), dt.date(2022, 12, 31), None, None, None]
    sources = ["天津日报", None, "Xinhua", None, None, "天津日报"]
    languages = [Language.ZH, Language.EN, Language.EN, Language.EN, Language.ZH, Language.EN]
    found = facets_of([(language, [Origin(*of)]) for language, *of in zip(languages, sources, days, strict=True)])
    assert _pairs(found.language) == [("en", 4), ("zh", 2)]
    assert _pairs(found.source) == [("天津日报", 2), ("Xinhua", 1), (None, 3)]
    assert _pairs(found.month) == [("2022-12", 1), ("2023-09", 2), (None, 3)]


def test_equally_frequent_values_come_by_name():
    """So that an answer is the same each time."""
    origins = [Origin(source, None) for source in ("b", "c", "a", "a", "b", "c")]
    assert _pairs(facets_of([(Language.EN, [origin]) for origin in origins]).source) == [("a", 2), ("b", 2), ("c", 2)]


def test_a_source_is_one_in_capitals_or_not():
    """As the filter takes it, which doesn't tell ASCII letters of either case apart; the commonest spelling is shown."""
    sources = ["China Daily", "china daily", "CHINA DAILY", "China Daily", "Été", "été"]
    found = facets_of([(Language.EN, [Origin(source, None)]) for source in sources])
    assert _pairs(found.source) == [("China Daily", 4), ("Été", 1), ("été", 1)]


def test_years_before_1000_have_four_digits_too():
    """A month is the first seven characters of a date."""
    assert _pairs(facets_of([(Language.ZH, [Origin(None, dt.date(618, 6, 18))])]).month) == [("0618-06", 1)]


def test_nothing_has_no_values():
    """Empty lists, not lists of zeros."""
    assert facets_of([]) == Facets((), (), ())


@given(HITS)
def test_the_counts_of_each_facet_sum_to_the_hits(hits):
    """Whoever clicks through a facet's values misses nothing; each value is there once."""
    found = facets_of(hits)
    for values in (found.language, found.source, found.month):
        assert sum(value.count for value in values) == len(hits)
        assert all(value.count > 0 for value in values)
        assert max(Counter(value.value for value in values).values(), default=1) == 1


@given(HITS)
def test_months_run_from_the_oldest_to_the_newest(hits):
    """A timeline is drawn from left to right."""
    months = [found.value for found in facets_of(hits).month if found.value is not None]
    assert months == sorted(months)


@given(HITS, st.randoms())
def test_the_order_of_hits_makes_no_difference(hits, chance):
    """Facets are the same for both orders of hits."""
    shuffled = list(hits)
    chance.shuffle(shuffled)
    assert facets_of(shuffled) == facets_of(hits)
