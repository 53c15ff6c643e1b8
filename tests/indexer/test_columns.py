"""Sources, days and ids as columns: what they give is what the articles say, and memory holds none of it."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections import Counter
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import DateRange, Language, Origin, PassageFilter, open_snapshot
from indexer.snapshot.columns import DocumentColumns, RowColumns, write_columns

SOURCES = ["", "海河日报", "Xinhua", "XINHUA", "xinhua", "Été", "été", "İstanbul", "a", "A\0b", "a\0B", "𠮷"]
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)) | st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 9))
ORIGINS = st.lists(st.builds(Origin, st.none() | st.sampled_from(SOURCES), st.none() | DAYS), max_size=20)
FILTERS = st.builds(
    PassageFilter,
    st.none() | st.lists(st.sampled_from([*SOURCES, "nobody", "ÉTÉ"]), max_size=3).map(tuple),
    st.none() | DAYS,
    st.none() | DAYS,
)


def _name(number: int) -> str:
    return f"天津/{number:03}.md"


def _columns(origins: list[Origin], folder: Path) -> DocumentColumns:
    """Columns of documents whose ids are in the order of their origins."""
    write_columns(folder, ((_name(number), origin) for number, origin in enumerate(origins)), {}, {})
    return DocumentColumns(folder)


def _lower(source: str) -> str:
    """ASCII letters in small letters; others are left as they are."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in source)


def _passes(origin: Origin, wanted: PassageFilter) -> bool:
    source, day = origin
    if wanted.sources is not None and (source is None or _lower(source) not in map(_lower, wanted.sources)):
        return False
    if (wanted.published_from or wanted.published_to) and day is None:
        return False
    return (wanted.published_from or dt.date.min) <= (day or dt.date.min) and (day or dt.date.max) <= (
        wanted.published_to or dt.date.max
    )


@given(ORIGINS, FILTERS)
def test_the_documents_that_pass_are_those_that_pass_one_by_one(origins, wanted):
    """Sources in any case of ASCII letters; who states no day passes no filter by day."""
    with TemporaryDirectory() as folder:
        passing = _columns(origins, Path(folder)).passing(wanted)
    assert passing.tolist() == [_passes(origin, wanted) if wanted else True for origin in origins]


@given(ORIGINS, st.data())
def test_origins_read_back_as_they_were_written(origins, data):
    """In the order asked for; each as its document writes it."""
    numbers = data.draw(st.lists(st.integers(0, len(origins) - 1), max_size=9)) if origins else []
    with TemporaryDirectory() as folder:
        columns = _columns(origins, Path(folder))
        found, ids = columns.origins(numbers), [columns.ids[number] for number in numbers]
    assert found == [origins[number] for number in numbers]
    assert ids == [_name(number) for number in numbers]


@given(ORIGINS)
def test_counts_and_days_of_all_are_those_of_each(origins):
    """The overview says what counting the articles one by one gives."""
    with TemporaryDirectory() as folder:
        columns = _columns(origins, Path(folder))
        counts, days = columns.source_counts(), columns.date_range()
    stated = [day for _, day in origins if day]
    assert counts == Counter(source for source, _ in origins)
    assert days == DateRange(min(stated, default=None), max(stated, default=None), len(origins) - len(stated))


def test_rows_know_their_passage_their_document_and_their_near_duplicates(tmp_path):
    """Whatever language they are of; documents are numbered by id, whichever language they begin in."""
    origins = [(name, Origin(None, None)) for name in ("a", "b", "海")]
    passages = {Language.ZH: [("海#0", "海"), ("b#1", "b"), ("海#2", "海")], Language.EN: [("b#0", "b")]}
    twins = {Language.ZH: np.array([0, 1, 0]), Language.EN: np.array([0])}
    write_columns(tmp_path, origins, passages, twins)
    documents = DocumentColumns(tmp_path)
    for language, expected in passages.items():
        rows = RowColumns.open(tmp_path, language, documents)
        assert [rows.ids[row] for row in range(len(rows.ids))] == expected
        assert [documents.ids[number] for number in rows.documents] == [document for _, document in expected]
        assert rows.twins.tolist() == twins[language].tolist()
        with pytest.raises(IndexError):
            rows.ids[len(expected)]


def test_near_duplicates_of_other_rows_are_not_written(tmp_path):
    """Rows that don't fit would hide passages."""
    with pytest.raises(ValueError, match=r"shape|broadcast"):
        write_columns(
            tmp_path,
            [("a", Origin(None, None))],
            {Language.ZH: [("a#0", "a"), ("a#1", "a")]},
            {Language.ZH: np.zeros(1, np.int64)},
        )


def test_a_filter_reads_no_article(index):
    """A search with a filter holds up no other one: the file of articles isn't asked."""
    snapshot = open_snapshot(index)
    snapshot.articles.close()
    wanted = PassageFilter(("武清发布", "海河日报"), published_from=dt.date(2024, 3, 1))
    found = {snapshot.pools[Language.ZH].ids[row][1] for row in snapshot.rows(Language.ZH, wanted)}
    assert found == {"zh-port.md"}


def test_ids_and_origins_take_no_memory(tmp_path):
    """A million passages are opened in every process of a server: what isn't shown stays in the file."""
    count = 50_000
    origins = ((f"{number:06}", Origin(f"Paper {number % 9}", dt.date(2024, 1, 1))) for number in range(count))
    rows = {Language.ZH: ((f"{number:06}#0", f"{number:06}") for number in range(count))}
    write_columns(tmp_path, origins, rows, {Language.ZH: np.arange(count)})
    tracemalloc.start()
    try:
        documents = DocumentColumns(tmp_path)
        opened = RowColumns.open(tmp_path, Language.ZH, documents)
        assert opened.ids[count - 1] == (f"{count - 1:06}#0", f"{count - 1:06}")
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < count


def test_a_document_in_two_languages_is_one(tmp_path):
    """Numbers are the same for the rows of both languages, so that a document counts once."""
    languages = list(Language)
    passages = {language: [(f"{language}", "both")] for language in languages}
    write_columns(tmp_path, [("both", Origin("x", None))], passages, dict.fromkeys(languages, np.zeros(1, np.int64)))
    documents = DocumentColumns(tmp_path)
    numbers = [RowColumns.open(tmp_path, language, documents).documents.tolist() for language in languages]
    assert numbers == [[0], [0]]


def test_sources_that_begin_alike_are_told_apart(tmp_path):
    """A filter finds neither a longer name nor a shorter one."""
    names = ["".join(letters) for size in (1, 2, 3) for letters in product("aB", repeat=size)]
    columns = _columns([Origin(name, None) for name in names], tmp_path)
    for name in names:
        found = np.flatnonzero(columns.passing(PassageFilter((name.swapcase(),))))
        assert [names[number] for number in found] == [name]
