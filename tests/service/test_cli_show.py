"""How hits look in a terminal, in a file, in a spreadsheet and in a report."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from checks import assert_failed, assert_wrong_usage
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from service.citations import CitationStyle
from service.cli.show.article import article_lines
from service.cli.show.console import THEME, Color, console_of, measure
from service.cli.show.formats import Format, Style, text_of
from service.cli.show.markdown import Report, article_text, escaped
from service.cli.show.spreadsheet import harmless, write_csv
from service.cli.show.table import HitTable
from service.cli.show.text import lines, one_line, visible
from service.cli.words import CHINESE, ENGLISH, words
from service.http.schemas import ArticleOut, SearchResponse

BOLD = "\x1b[1m"
TODAY = dt.date(2026, 1, 31)
TEXT = "Buses stop here. The bus to Baodi runs all day. Nobody drives it."
BEST = "The bus to Baodi runs all day."


def _hit(rank=1, score=0.9, text=TEXT, best=BEST, start=100, **document):
    at = start + text.index(best)
    return {
        "rank": rank,
        "score": score,
        "passage": {
            "id": f"p{rank}", "text": text, "language": "en", "start": start, "end": start + len(text),
            "highlights": [{"start": at, "end": at + len(best), "score": 0.9}],
        },
        "document": {
            "id": "bus.md", "title": "A bus", "source": "China Daily", "url": None, "published": None, "language": "en",
            "counterparts": [{"id": "公交.md", "title": "公交上路", "language": "zh", "score": 0.9}],
        } | document,
        "also_in": [],
    }  # fmt: skip


def _answer(*hits, total=None, relation="eq", query="bus"):
    total = len(hits) if total is None else total
    counts = [{"value": "en", "count": total}] if total else []
    sources = [{"value": "China Daily", "count": total}] if total else []
    return SearchResponse.model_validate(
        {
            "query": {"text": query, "language": "en"},
            "hits": hits,
            "total": total,
            "total_relation": relation,
            "facets": {"language": counts, "source": sources, "month": []},
            "index": {"generation": "g", "documents": 3, "passages": 9},
            "took_ms": 1.0,
        }
    )


def _console(width=60, *, terminal=True, color_system="standard"):
    return Console(
        theme=THEME,
        file=io.StringIO(),
        width=width,
        force_terminal=terminal,
        color_system=color_system,
        highlight=False,
    )


def _shown(answer, width=60, *, terminal=True, said=ENGLISH, color_system=None):
    console = _console(width, terminal=terminal, color_system=color_system)
    HitTable(console, said).answer(answer)
    return console.file.getvalue()


# Lines


@given(st.text(st.sampled_from("宝坻区的公交，。（）“”24.7% bus,-(\n 𠮷é🚌"), max_size=200), st.integers(4, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(text, width):
    """Only blanks go, at the ends of lines."""
    wrapped = [line.plain for line in lines(Text(text), width)]
    assert "".join("".join(wrapped).split()) == "".join(text.split())
    assert all(cell_len(line) <= width or len(line) == 1 for line in wrapped)


@pytest.mark.parametrize("width", range(12, 60))
def test_no_line_begins_with_a_mark_or_ends_with_an_opening_bracket(width):
    """As both languages are set; and a number stays whole."""
    text = "实现收入24.37亿元,同比增长15.74%；（“一核多点”）《天津日报》说：产业格局显现。The bus (all of it) ran 1,849 km."
    for line in lines(Text(text), width):
        assert line.plain[0] not in "，。；：！？、）》”,.%)"
        assert line.plain[-1] not in "（《“("
    joined = [line.plain for line in lines(Text(text), width)]
    assert all(any(number in line for line in joined) for number in ("24.37", "15.74%", "1,849"))


def test_chinese_fills_its_lines():
    """A text without blanks isn't one word, which would begin on a line of its own."""
    first, second = lines(Text("武清 实现一般公共预算收入同比增长"), 20)
    assert first.plain == "武清 实现一般公共预"
    assert second.plain == "算收入同比增长"


def test_a_text_gives_the_terminal_no_orders():
    """An article could otherwise set the window's title, or hide a line."""
    text = visible("a\x1b[31mb\x9bc\u202ed\x07")
    assert len(text) == len("a\x1b[31mb\x9bc\u202ed\x07")
    assert not set(text) & set("\x1b\x9b\u202e\x07")
    assert one_line("a\n\tb\r\n c") == "a b c"
    table = _shown(_answer(_hit(title="\x1b]0;owned\x07", id="x\x1b[2J", text="a \x1b[8m", best="a")))
    assert "\x1b]0" not in table
    assert "\x1b[2J" not in table
    assert "\x1b[8m" not in table


# The table


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_the_table_keeps_to_the_terminal(width):
    """Titles are cut to a line with an ellipsis, texts wrapped."""
    hit = _hit(title="武清算账：夹在京津之间的新城\n" * 9, id="a" * 90, text=TEXT * 5)
    shown = _shown(_answer(hit, _hit(2)), width)
    assert all(cell_len(line) <= width for line in shown.splitlines())
    assert "…" in shown.splitlines()[0]


def test_the_best_sentence_is_marked_and_the_rest_is_dimmed():
    """With and without colours."""
    for color_system in ("standard", "truecolor"):
        shown = _shown(_answer(_hit()), 160, color_system=color_system)
        assert f"{BOLD}{BEST}" in shown
        assert "\x1b[2mBuses stop here. " in shown


def test_a_passage_that_answers_as_a_whole_has_no_mark():
    """There would be nothing beside it to tell it from."""
    shown = _shown(_answer(_hit(text=BEST)), 160, color_system="standard")
    assert f"    {BEST}\n" in shown


def test_a_passage_that_goes_on_with_a_sentence_comes_after_its_first_words():
    """A figure is read with the period and the subject that the sentence begins with."""
    hit = _hit()
    hit["passage"]["opening"] = "From January to July,"
    assert "From January to July, … Buses stop here." in _shown(_answer(hit), 120)


def test_where_a_program_reads_there_are_no_marks_and_no_breaks():
    """`haihe search … | grep` finds what is in one line of the article."""
    shown = _shown(_answer(_hit(title="武清" * 80, text=TEXT * 9)), 40, terminal=False, color_system=None)
    assert "\x1b" not in shown
    assert "武清" * 80 in shown
    assert TEXT * 9 in shown


def test_the_other_language_s_story_is_named_once_an_article():
    """Three passages of an article don't say it three times."""
    shown = _shown(_answer(_hit(1), _hit(2), _hit(3, id="other.md")))
    assert shown.count("↔ zh 公交上路 · 公交.md") == 2


def test_what_is_not_relevant_is_told_from_what_is():
    """The relevant ones in full, the others by name."""
    answer = _answer(_hit(1), _hit(2, 0.1, title="A farm"), _hit(3, 0.1, title="A mine"), total=1)
    shown = _shown(answer)
    before, after = shown.split("less likely to be relevant")
    assert "A bus" in before
    assert BEST in before
    assert "A farm" in after
    assert "A mine" in after
    assert BEST not in after
    assert "1 relevant: 1 en" in after


def test_where_nothing_is_relevant_that_is_said_first():
    """And what comes nearest follows in full."""
    shown = _shown(_answer(_hit(1, 0.1), total=0))
    assert shown.startswith("── nothing is clearly relevant")
    assert BEST in shown
    assert "0 relevant" in shown


def test_a_total_that_is_a_lower_bound_says_so():
    """No hit is called irrelevant where nobody counted."""
    shown = _shown(_answer(_hit(7), total=5, relation="gte"))
    assert "at least 5 relevant: 5 en" in shown
    assert "less likely" not in shown


def test_the_next_page_is_offered_where_there_is_one():
    """With what to type."""
    assert "more: --offset 1" in _shown(_answer(_hit(1), total=2))
    assert "more" not in _shown(_answer(_hit(2), total=2))


def test_a_page_behind_the_relevant_ones_says_so_at_once():
    """Its first hit isn't relevant."""
    assert _shown(_answer(_hit(4, 0.1), _hit(5, 0.1), total=2)).startswith("── less likely to be relevant")


def test_it_speaks_chinese_in_a_chinese_locale(monkeypatch):
    """By the variables that decide it, the first that is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert words() is ENGLISH
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert words() is CHINESE
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert words() is ENGLISH
    shown = _shown(_answer(_hit(1), _hit(2, 0.1), total=1), said=CHINESE)
    assert "1 条相关：1 en" in shown
    assert "以下相关的可能性较小" in shown


def test_a_title_links_to_the_article_only_where_that_is_on_the_web():
    """Terminals open what is linked."""
    assert "\x1b]8;" in _shown(_answer(_hit(url="https://example.org/a")), color_system="standard")
    assert "\x1b]8;" not in _shown(_answer(_hit(url="javascript:alert(1)")), color_system="standard")


def test_an_explanation_shows_what_speaks_for_and_against():
    """Signals that gave nothing stay out; what is missing is taken off; a term that counts twice is named once."""
    explanation = {
        "deviations": 4.0,
        "signals": {"dense": 8.0, "tokens": None, "words": -1.5, "names": 0.0, "missing": 2.0},
        "matched": [
            {"text": "bus", "kind": "name", "weight": 2.0},
            {"text": "bus", "kind": "word", "weight": 1.5},
            {"text": "the", "kind": "word", "weight": 0.0},
        ],
    }
    shown = _shown(_answer(_hit() | {"explanation": explanation}))
    bars = {line.split()[-3]: line.split()[-2:] for line in shown.splitlines() if line.endswith("━")}
    assert {name: value for name, (value, _) in bars.items()} == {
        "others": "+4.00", "dense": "+8.00", "words": "-1.50", "missing": "-2.00",
    }  # fmt: skip
    assert len(bars["dense"][1]) == 2 * len(bars["others"][1])
    assert "matched: bus 3.5\n" in shown


# Colours


def test_colours_are_where_they_are_wanted(monkeypatch):
    """--color goes before NO_COLOR, and NO_COLOR before the terminal."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    assert console_of(Color.ALWAYS).color_system == "standard"
    assert console_of(Color.NEVER).color_system is None
    assert console_of(Color.AUTO).color_system is None  # pytest's output is no terminal
    monkeypatch.setenv("NO_COLOR", "1")
    assert console_of(Color.AUTO).no_color
    assert not console_of(Color.ALWAYS).no_color


def test_lines_are_wrapped_in_terminals_only():
    """At most as wide as is easily read."""
    assert measure(_console(80)) == 80
    assert measure(_console(300)) == 104
    assert measure(_console(80, terminal=False)) is None


def test_the_command_has_the_option(haihe, index_folder):
    """Marks also where a program reads, where they are asked for."""
    assert "\x1b[" in haihe("search", "公交", "--index", index_folder, "--color", "always").out
    assert "\x1b[" not in haihe("search", "公交", "--index", index_folder).out


# CSV


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＋1", "－1", "＠A"]
)
def test_a_formula_is_made_a_text(text):
    """Also after blanks, and in the wide forms that spreadsheets of Asian languages take."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["a=b", "天津-北京", 0.5, -1, None, dt.date(2025, 1, 1), ""])
def test_what_is_no_formula_stays_as_it_is(value):
    """Numbers are no text."""
    assert harmless(value) == value


def test_the_query_is_safe_too():
    """Where many are asked, it is the first column."""
    out = io.StringIO()
    write_csv([_answer(_hit(), query="=cmd()")], out, with_query=True)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["query"], row["title"]) == ("'=cmd()", "A bus")


# Markdown


def test_a_report_quotes_marks_and_refers():
    """Each article has one reference, whose number stands at each of its passages."""
    answer = _answer(_hit(1), _hit(2), _hit(3, id="b.md", title="B", url="https://example.org/b"))
    report = Report(ENGLISH, CitationStyle.APA7, TODAY, {"bus.md": "Li Na"}.get).text([answer])
    assert f"> Buses stop here. **{BEST}** Nobody drives it." in report
    assert report.count("\\[1\\]") == 2
    assert report.count("\\[2\\]") == 1
    assert "1. Li Na. (n.d.). A bus. China Daily.\n2. B. (n.d.). China Daily. <https://example.org/b>\n" in report
    assert "The same story in Chinese: 公交上路" in report


def test_a_report_in_chinese_refers_as_chinese_journals_do():
    """And says what it says in Chinese."""
    report = Report(CHINESE, CitationStyle.GB7714, TODAY).text([_answer(_hit(url="https://example.org/b"))])
    assert "## 参考文献" in report
    assert "1. China Daily. A bus\\[EB/OL\\]. \\[2026-01-31\\]. <https://example.org/b>." in report


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a](javascript:b)",
        "*a* _b_ `c`",
        "# a",
        "- a",
        "1. a",
        "> a",
        "a | b",
        "&lt;",
        "+ a",
    ],
)
def test_an_article_s_marks_are_none_of_the_report(text):
    """Nothing in it becomes a link, a tag, a heading or a list."""
    shown = escaped(text)
    assert shown.replace("\\", "") == text
    assert not any(shown[at - 1 : at] != "\\" for at, mark in enumerate(shown) if mark in "<[]*_`#>|&")
    assert not shown.startswith(("-", "+", "1."))


def test_many_queries_make_one_report():
    """One list of references at its end."""
    report = Report(ENGLISH, CitationStyle.APA7, TODAY).text([_answer(_hit(), query="a"), _answer(_hit(), query="b")])
    assert report.index("# a") < report.index("# b") < report.index("## References")
    assert report.count("China Daily.") == 1


def test_the_command_writes_a_report(haihe, index_folder):
    """Quotes and references; the style can be chosen."""
    ended = haihe("search", "水稻", "--index", index_folder, "-k", 1, "--format", "md", "--citation", "gb7714")
    assert ended.out.startswith("# 水稻\n")
    assert "> " in ended.out
    assert "1. 𠮷田水稻丰收\\[N\\]. 农民日报, 2022-10-01." in ended.out


# An article


@pytest.fixture
def article():
    text = f"{'x' * 98}\n\n{TEXT}\nMore of it.\n"
    return ArticleOut(
        id="bus.md", title="A bus", source=None, url="https://example.org/bus", published=None, language="en",
        counterparts=[], author="Li Na", text=text, passages=[],
    )  # fmt: skip


def test_an_article_is_shown_with_the_passage_in_its_place(article):
    """A bar beside it, its best sentence marked; title, author and address above."""
    (hit,) = _answer(_hit()).hits
    shown = list(article_lines(article, hit, 60))
    assert [line.plain for line in shown[:3]] == ["A bus", "Li Na · en · bus.md", "https://example.org/bus"]
    beside = [line.plain for line in shown if line.plain.startswith("▌")]
    assert " ".join(line.removeprefix("▌ ") for line in beside) == TEXT
    marked = "".join(
        line.plain[span.start : span.end] + " " for line in shown for span in line.spans if span.style == "marked"
    )
    assert " ".join(marked.split()) == BEST


def test_an_article_for_a_program_is_plain(article):
    """A paragraph is a line."""
    (hit,) = _answer(_hit()).hits
    shown = [line.plain for line in article_lines(article, hit, None)]
    assert TEXT in shown
    assert not any("▌" in line for line in shown)


def test_an_article_in_markdown_says_how_to_cite_it(article):
    """With its author, whom answers to searches don't have."""
    report = article_text(article, ENGLISH, CitationStyle.APA7, TODAY)
    assert report.startswith("# A bus\n")
    assert "1. Li Na. (n.d.). A bus. <https://example.org/bus>\n" in report


def test_open_shows_the_article_of_a_hit(haihe, index_folder):
    """By its rank; plain where a program reads, or in the service's own form."""
    hits = json.loads(haihe("search", "公交", "--index", index_folder, "--format", "json").out)["hits"]
    ended = haihe("search", "公交", "--index", index_folder, "--open", 2)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(hits[1]["document"]["title"])
    assert hits[1]["passage"]["text"].splitlines()[0] in ended.out
    article = json.loads(haihe("search", "公交", "--index", index_folder, "--open", 2, "--format", "json").out)
    assert article["id"] == hits[1]["document"]["id"]
    assert article["passages"]


def test_open_in_a_terminal_begins_at_the_passage(monkeypatch, article):
    """In the user's pager, less without being asked."""
    called = []
    monkeypatch.setattr("service.cli.show.article.shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("service.cli.show.article.subprocess.run", lambda *given, **more: called.append((*given, more)))
    monkeypatch.delenv("PAGER", raising=False)
    from service.cli.show.article import show_article

    console = Console(theme=THEME, file=io.StringIO(), width=60, height=5, force_terminal=True, color_system="standard")
    (hit,) = _answer(_hit()).hits
    show_article(article, hit, console)
    ((command, more),) = called
    first = next(at for at, line in enumerate(article_lines(article, hit, 60), 1) if "▌" in line.plain)
    assert command == ["less", f"+{first - 4}"]
    assert BOLD.encode() in more["input"]
    monkeypatch.setenv("PAGER", "more -s")
    show_article(article, hit, console)
    assert called[1][0] == ["more", "-s"]
    assert console.file.getvalue() == ""


def test_a_hit_that_is_not_there_cannot_be_opened(haihe, index_folder):
    """In a sentence."""
    assert_failed(haihe("search", "公交", "--index", index_folder, "--open", 900), naming="900")


@pytest.mark.parametrize(
    "arguments",
    [["公交", "--open", "0"], ["公交", "--open", "1", "--format", "csv"]],
    ids=" ".join,
)
def test_what_cannot_be_opened_is_wrong_usage(haihe, index_folder, arguments):
    """An article is no table."""
    assert_wrong_usage(haihe("search", *arguments, "--index", index_folder))


# Many queries


@pytest.fixture
def questions(tmp_path):
    """Two questions in a file as editors save them: a mark of its encoding, a blank line, foreign line ends."""
    path = tmp_path / "questions.txt"
    path.write_bytes("\ufeff公交\r\n\r\n  budget \r\n".encode())
    return path


def _without_time(answer):
    return {key: value for key, value in answer.items() if key != "took_ms"}


def test_queries_from_a_file_are_answered_as_one_by_one(haihe, index_folder, questions):
    """jsonl: an answer a line, each what json prints."""
    ended = haihe("search", "--queries", questions, "--index", index_folder, "-k", 3, "--format", "jsonl")
    assert (ended.code, ended.err) == (0, "")
    answers = [_without_time(json.loads(line)) for line in ended.out.splitlines()]
    alone = [
        _without_time(json.loads(haihe("search", query, "--index", index_folder, "-k", 3, "--format", "json").out))
        for query in ("公交", "budget")
    ]
    assert answers == alone
    together = json.loads(
        haihe("search", "--queries", questions, "--index", index_folder, "-k", 3, "--format", "json").out
    )
    assert [_without_time(answer) for answer in together["answers"]] == alone


def test_queries_are_encoded_together(haihe, index_folder, tmp_path, monkeypatch):
    """In batches, not one by one."""
    from service.search.searcher import Searcher

    sizes = []
    prepare = Searcher.prepare
    monkeypatch.setattr(Searcher, "prepare", lambda self, texts: sizes.append(len(texts)) or prepare(self, texts))
    path = tmp_path / "many.txt"
    path.write_text("公交\n" * 40, "utf-8")
    ended = haihe("search", "--queries", path, "--index", index_folder, "-k", 1, "--format", "jsonl")
    assert len(ended.out.splitlines()) == 40
    assert sizes == [32, 8]


def test_queries_come_from_standard_input(haihe, index_folder, monkeypatch):
    """`-` is what comes through a pipe."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("公交\n".encode())))
    ended = haihe("search", "--queries", "-", "--index", index_folder, "-k", 1, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert (row["query"], row["rank"]) == ("公交", "1")


def test_csv_and_md_and_table_are_grouped_by_query(haihe, index_folder, questions):
    """In the file's order."""
    asked = ("search", "--queries", questions, "--index", index_folder, "-k", 2, "--format")
    rows = list(csv.DictReader(io.StringIO(haihe(*asked, "csv").out)))
    assert [row["query"] for row in rows] == ["公交", "公交", "budget", "budget"]
    report = haihe(*asked, "md").out
    assert report.index("# 公交\n") < report.index("# budget\n") < report.index("## References")
    table = haihe(*asked, "table").out
    assert table.index("公交\n") < table.index("budget\n")


def test_a_query_that_cannot_be_encoded_is_named(haihe, index_folder, tmp_path):
    """Among many, its beginning tells which."""
    path = tmp_path / "long.txt"
    path.write_text(f"公交\n{'长' * 900}\n", "utf-8")
    ended = haihe("search", "--queries", path, "--index", index_folder)
    assert_failed(ended, naming="长长长")
    assert "Shorten" in ended.err


@pytest.mark.parametrize(
    ("content", "why"), [(None, "can't be read"), (b"\n \n", "no questions"), ("公交".encode("gb18030"), "UTF-8")]
)
def test_a_file_without_queries_fails_with_a_sentence(haihe, index_folder, tmp_path, content, why):
    """Before anything is opened."""
    path = tmp_path / "queries.txt"
    if content is not None:
        path.write_bytes(content)
    ended = haihe("search", "--queries", path, "--index", tmp_path / "none")
    assert_failed(ended, naming=path)
    assert why in ended.err


def test_a_question_and_a_file_exclude_each_other(haihe, index_folder, questions):
    """Wrong usage, as neither is."""
    assert_wrong_usage(haihe("search", "公交", "--queries", questions, "--index", index_folder))
    assert_wrong_usage(haihe("search", "--queries", questions, "--open", 1, "--index", index_folder))


def test_what_is_read_is_not_disturbed_by_the_bar(haihe, index_folder, questions, monkeypatch):
    """Standard output has the answers alone, also where standard error is a terminal."""
    from service.cli.show import messages

    monkeypatch.setattr(messages, "errors", lambda: Console(file=io.StringIO(), force_terminal=True, width=80))
    ended = haihe("search", "--queries", questions, "--index", index_folder, "-k", 1, "--format", "jsonl")
    assert len([json.loads(line) for line in ended.out.splitlines()]) == 2


# Order


def test_sorted_by_date_the_newest_comes_first(haihe, index_folder):
    """Only relevant ones."""
    ended = haihe("search", "公交", "--index", index_folder, "--sort", "published", "--format", "json")
    answer = json.loads(ended.out)
    days = [hit["document"]["published"] for hit in answer["hits"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == min(10, answer["total"]) > 1


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv"])
def test_programs_formats_command_no_terminal_either(kind):
    """They are printed in one, too; JSON says the same by escapes."""
    style = Style(Format(kind), _console(60), ENGLISH, CitationStyle.GB7714, lambda _: None)
    shown = text_of(_answer(_hit(id="x\x9b31m\x7fy", text="a \x85 b", best="a")), style)
    assert not set("\x1b\x7f\x85\x9b") & set(shown)
    if kind == "json":
        assert json.loads(shown)["hits"][0]["document"]["id"] == "x\x9b31m\x7fy"
