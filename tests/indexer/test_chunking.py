"""Laws of cutting documents into passages."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from indexer import Document, Language
from indexer.text.chunking import Budget, chunk, sentence_spans
from indexer.text.sentences import Span, line_sentences

ZH = "武清区去年一般公共预算收入增长百分之三点五。"
EN = "The district signed twelve contracts with companies from the capital."
GERMAN = (
    "Die Bundesregierung hat am Montag ein neues Gesetz zur Förderung der erneuerbaren Energien beschlossen, "
    "das im kommenden Jahr in Kraft treten soll."
)

_FRAGMENTS = st.one_of(
    st.sampled_from(
        [
            ZH, EN, GERMAN, "天津港", "他说：“真的吗？”", "好……", "；", "。”", "！", "Mr. Li paid $3.5 in the U.S. ", "J. K. Rowling",
            "word " * 40, "字" * 90, "x" * 70, "\n", "\n\n", " ", "\u3000", "\t", "\r\n", "𠮷野家𩸽", "🚄👨‍👩‍👧", "e\u0301", "（附：", "3.5%",
        ]
    ),
    st.text("天津ab. 。，,！？;；…“”\"'()\n\t\u2028𠮷🚄", max_size=12),
    st.text(max_size=6),
)  # fmt: skip
TEXTS = st.lists(_FRAGMENTS, max_size=12).map("".join)
LANGUAGES = st.sampled_from([*Language, None])
BUDGETS = st.tuples(st.integers(2, 80), st.integers(0, 40), st.integers(0, 20), st.integers(2, 120)).map(
    lambda numbers: Budget(*numbers)
)

count_tokens = FakeEncoder().count_tokens


def document(text: str, *, title: str = "", language: Language | None = None) -> Document:
    return Document(id="a.txt", title=title, text=text, language=language)


def uncovered(text: str, spans: list[tuple[int, int]]) -> str:
    """What of a text is in no span."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def whole_sentences(text: str) -> list[Span]:
    """The sentences of a text, not cut at ；."""
    return [found for line in re.finditer(r"[^\n]+", text) for found in line_sentences(text, Span(*line.span()))]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(TEXTS)
def test_sentences_are_ordered_and_cover_all_that_is_not_blank(text):
    """No character of an article is lost before it is embedded, and none is embedded twice."""
    spans = sentence_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert uncovered(text, spans).strip() == ""


@given(TEXTS, LANGUAGES, BUDGETS)
def test_passages_are_exact_spans_of_their_document(text, language, budget):
    """A hit can be highlighted because its offsets point into the text."""
    passages = chunk(document(text, language=language), count_tokens, budget).passages
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(passage.document_id == "a.txt" for passage in passages)


@given(TEXTS, LANGUAGES, BUDGETS)
def test_passages_are_ordered_and_cover_all_text_but_a_third_language(text, language, budget):
    """What isn't blank is in exactly one passage, unless it was counted as foreign."""
    chunks = chunk(document(text, language=language), count_tokens, budget)
    spans = [(passage.start, passage.end) for passage in chunks.passages]
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert bool(uncovered(text, spans).strip()) == bool(chunks.foreign)


@given(TEXTS, LANGUAGES, BUDGETS)
def test_no_passage_is_over_the_budget(text, language, budget):
    """The encoder reads all of a passage, since what it can't read it would drop unseen."""
    passages = chunk(document(text, title=EN, language=language), count_tokens, budget).passages
    assert max(count_tokens([passage.text for passage in passages]), default=0) <= max(budget.passage, budget.sentence)
    assert max(count_tokens([passage.context for passage in passages]), default=0) <= budget.context
    assert max(count_tokens([passage.opening for passage in passages]), default=0) <= budget.context


@given(TEXTS, LANGUAGES, BUDGETS)
def test_only_a_passage_of_one_sentence_is_over_the_budget_of_a_passage(text, language, budget):
    """A long sentence is no reason to make the passages beside it long."""
    for passage in chunk(document(text, language=language), count_tokens, budget).passages:
        if count_tokens([passage.text])[0] > budget.passage:
            assert len(whole_sentences(passage.text)) == 1


@given(TEXTS, LANGUAGES, st.integers(2, 80))
def test_a_passage_begins_and_ends_with_a_sentence(text, language, most):
    """What is cited is whole, as long as the model reads the longest of its sentences at once."""
    passages = chunk(document(text, language=language), count_tokens, Budget(most, 10, 10, 10_000)).passages
    edges = {edge for sentence in whole_sentences(text) for edge in sentence}
    assert edges.issuperset(edge for passage in passages for edge in (passage.start, passage.end))
    assert not any(passage.opening for passage in passages)


@given(TEXTS, LANGUAGES, BUDGETS)
def test_ids_of_a_document_differ(text, language, budget):
    """Each passage can be named, also where a text is repeated."""
    passages = chunk(document(text, language=language), count_tokens, budget).passages
    assert len({passage.id for passage in passages}) == len(passages)


@given(st.lists(st.tuples(st.sampled_from([ZH, EN]), st.sampled_from(["", " ", "\n"])), min_size=1, max_size=12))
def test_a_passage_never_mixes_scripts(pieces):
    """A passage is embedded among those of its own language, so it must have one."""
    text = "".join(sentence + blank for sentence, blank in pieces)
    for passage in chunk(document(text), count_tokens, Budget(200, 100, 0)).passages:
        is_chinese = passage.language == Language.ZH
        assert bool(re.search("[一-龥]", passage.text)) is is_chinese
        assert bool(re.search("[A-Za-z]", passage.text)) is not is_chinese


def test_real_token_counts_stay_in_the_budget_too(real_encoder):
    """Tokens of a whole passage are no more than its parts had alone."""
    text = "\n".join([ZH * 12, EN + " " + EN * 3, "x" * 900, f"{ZH}{EN}" * 9, "字，" * 300])
    budget = Budget(sentence=200)
    passages = chunk(document(text), real_encoder.count_tokens, budget).passages
    counts = real_encoder.count_tokens([passage.text for passage in passages])
    assert Budget().passage < max(counts) <= budget.sentence
    assert len(counts) > 8


def test_a_paragraph_is_a_passage_where_it_fits():
    """Paragraphs are what writers mean to be read together."""
    paragraphs = [f"{EN} {EN}", EN + " And this is another one.", f"{EN} {EN} {EN}"]
    passages = chunk(document("\n".join(paragraphs)), count_tokens, Budget(200, 10, 0)).passages
    assert [passage.text for passage in passages] == paragraphs


def test_short_paragraphs_are_joined_and_long_ones_cut_between_sentences():
    """A line of three words finds nothing by itself; half a sentence reads badly."""
    text = "Short.\nLines.\nHere.\n" + " ".join([EN] * 6)
    size = count_tokens([EN])[0]
    passages = chunk(document(text), count_tokens, Budget(3 * size, 10, 0)).passages
    assert passages[0].text.startswith("Short.\nLines.\nHere.\n")
    assert all(passage.text.endswith(EN) for passage in passages)


def test_a_sentence_over_the_budget_is_a_passage_by_itself():
    """A figure is found with the period and the subject that its sentence begins with."""
    long = "，".join(["武清区一般公共预算收入增长"] * 12) + "。"
    assert count_tokens([long])[0] > 60
    passages = chunk(document(f"{ZH}{long}{ZH}"), count_tokens, Budget(60, 10, 10, 500)).passages
    assert [passage.text for passage in passages] == [ZH, long, ZH]


def test_a_chinese_sentence_is_whole_with_its_clauses():
    """What ； sets off is a clause of one enumeration, whose subject stands before the first."""
    text = "全区抓好三件事：" + "；".join(["修建新的铁路和公路"] * 6) + "。" + ZH
    passages = chunk(document(text), count_tokens, Budget(40, 10, 10, 500)).passages
    assert [passage.text for passage in passages] == [text.removesuffix(ZH), ZH]


def test_a_sentence_over_the_window_is_cut_at_its_longest_pauses():
    """The pieces end where a reader would pause, at a ； before a comma."""
    clauses = "，".join(["武清区一般公共预算收入增长"] * 3)
    text = "；".join([clauses] * 4) + "。"
    passages = chunk(document(text), count_tokens, Budget(40, 10, 10, 60)).passages
    assert len(passages) == 4
    assert all(passage.text.endswith(("；", "。")) for passage in passages)


def test_a_number_is_never_cut_at_its_comma():
    """20,000 is one amount, 1:0 one result."""
    text = " ".join(["It cost 20,000,000 and ended 1:0 for them"] * 40)
    passages = chunk(document(text), count_tokens, Budget(60, 10, 10, 60)).passages
    assert len(passages) > 2
    assert not any(re.search(r"[\d][,:]$", passage.text) for passage in passages)


def test_what_goes_on_with_a_sentence_has_its_opening_words():
    """A piece of a sentence is shown with what it belongs to; the first piece is the beginning itself."""
    text = "2025年1—7月，" + "，".join(["武清区一般公共预算收入增长"] * 40) + f"。{ZH}"
    first, *others, last = chunk(document(text), count_tokens, Budget(60, 10, 10, 120)).passages
    assert first.opening == ""
    assert {passage.opening for passage in others} == {"2025年1—7月，"}
    assert (last.text, last.opening) == (ZH, "")


def test_ids_stay_when_a_paragraph_is_inserted_before():
    """An edit elsewhere in an article doesn't rename its other passages."""
    budget = Budget(80, 10, 10)
    paragraphs = [f"{ZH}第一段。{ZH}", f"{EN} The second paragraph.", f"{ZH}第三段。{ZH}"]
    before = chunk(document("\n".join(paragraphs), title="t"), count_tokens, budget).passages
    after = chunk(document("\n".join([f"{EN} New.", *paragraphs]), title="t"), count_tokens, budget).passages
    assert [passage.id for passage in after[1:]] == [passage.id for passage in before]
    assert [passage.start for passage in after[1:]] != [passage.start for passage in before]


def test_ids_depend_on_the_document():
    """The same paragraph in two articles is two passages."""
    one = document(ZH)
    ids = {chunk(article, count_tokens, Budget()).passages[0].id for article in (one, replace(one, id="b.txt"))}
    assert len(ids) == 2


def test_repeated_text_has_an_id_for_each_place():
    """A refrain is found at each place it stands."""
    refrain = f"{EN} {EN}"
    passages = chunk(document("\n".join([refrain] * 3)), count_tokens, Budget(60, 10, 0)).passages
    assert [passage.text for passage in passages] == [refrain] * 3
    assert len({passage.id for passage in passages}) == 3


def test_a_third_language_is_left_out_and_counted():
    """German text isn't found, and the user is told that it was left out."""
    text = f"{EN} {EN}\n{GERMAN} {GERMAN}\n{EN} {EN}"
    chunks = chunk(document(text, language=Language.EN), count_tokens, Budget(120, 10, 0))
    assert chunks.foreign == 1
    assert [passage.text for passage in chunks.passages] == [f"{EN} {EN}"] * 2


def test_traditional_chinese_is_chinese():
    """Articles from Taiwan and Hong Kong are found too."""
    (passage,) = chunk(
        document("臺灣的經濟成長率創下新高，政府宣布將繼續推動產業轉型。"), count_tokens, Budget()
    ).passages
    assert passage.language == Language.ZH


def test_the_title_is_the_context_and_the_lead_stands_in_for_it():
    """A passage deep in an article is embedded with what the article is about."""
    text = f"{EN}\n" + "\n".join([ZH * 3] * 2)
    titled = chunk(document(text, title="武清新城"), count_tokens, Budget(80, 10, 20)).passages
    untitled = chunk(document(text), count_tokens, Budget(80, 10, 20)).passages
    assert {passage.context for passage in titled} == {"武清新城"}
    assert [passage.context for passage in untitled] == ["", EN, EN]


def test_a_document_of_blanks_has_no_passages():
    """An empty page is no error here; the build says so where nothing is left."""
    assert chunk(document(" \n\u3000\n\t"), count_tokens, Budget()).passages == ()


@pytest.mark.parametrize("unit", ["字", "word ", "x", "一，"])
def test_a_long_line_is_cut_in_time_that_grows_with_its_length(unit):
    """A book that came as one sentence is cut in about four times the time of a quarter of it, not sixteen times."""
    elapsed = []
    for size in (50_000, 200_000):
        text = unit * (size // len(unit))
        start = time.process_time()
        chunks = chunk(document(text), count_tokens, Budget())
        elapsed.append(time.process_time() - start)
        assert len(chunks.passages) + chunks.foreign > 10
    assert elapsed[1] < 8 * elapsed[0] + 0.1
