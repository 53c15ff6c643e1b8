"""`haihe shell`: what it answers to each line, what it completes, what it keeps, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import sys

import pytest
from checks import assert_failed
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from service.citations import CitationStyle
from service.cli.asking import IndexHere
from service.cli.shell import history as history_of_shell
from service.cli.shell.completion import ShellCompleter
from service.cli.shell.shell import Shell
from service.cli.shell.sitting import sit
from service.cli.shell.words import CHINESE, ENGLISH
from service.cli.show.console import THEME
from service.cli.show.formats import Format, Style
from service.cli.words import ENGLISH as WORDS

COMMANDS = [
    "open", "similar", "more", "lang", "from", "to", "source", "sort", "group", "k", "min-score", "explain", "filters",
    "clear", "export", "help", "quit",
]  # fmt: skip


class Sitting:
    """A shell and what it has said."""

    def __init__(self, searcher, words=ENGLISH):
        self._out = io.StringIO()
        console = Console(theme=THEME, file=self._out, width=200, highlight=False)
        style = Style(Format.TABLE, console, WORDS, CitationStyle.APA7, lambda _: None)
        self.shell = Shell(IndexHere(searcher), style, words)

    def say(self, line):
        """What it says to a line."""
        self._out.seek(0)
        self._out.truncate()
        assert self.shell.obey(line) == "go on"
        return self._out.getvalue()

    @property
    def documents(self):
        return [hit.document.id for hit in self.shell.shown]

    @property
    def ranks(self):
        return [hit.rank for hit in self.shell.shown]


@pytest.fixture
def sitting(searcher):
    return Sitting(searcher)


# Lines


def test_a_line_is_a_question(sitting):
    """Answered as `haihe search` does."""
    said = sitting.say("  公交  ")
    assert {"天津/公交.md", "en/buses.md"} == set(sitting.documents[:3])
    assert "relevant" in said
    assert "宝坻智能公交上路" in said


def test_nothing_is_no_question(sitting):
    """Enter alone does nothing."""
    assert sitting.say("   ") == ""


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_command_is_explained_and_obeyed(searcher, words):
    """In both languages; none is listed that isn't there."""
    sitting = Sitting(searcher, words)
    assert list(words.commands) == COMMANDS
    said = sitting.say(":help")
    assert all(f":{name}" in said for name in COMMANDS)
    for name in set(COMMANDS) - {"quit"}:
        assert f":{name}." not in sitting.say(f":{name}")  # "There is no command :…."


def test_a_misspelt_command_is_told_the_right_one(sitting):
    """And isn't taken for a question."""
    said = sitting.say(":opne 2")
    assert ":opne" in said
    assert "Did you mean :open?" in said
    assert sitting.documents == []


@pytest.mark.parametrize("line", [":quit", ":q", ":exit", " :quit "])
def test_quit_ends(sitting, line):
    assert sitting.shell.obey(line) == "end"


# Options


@pytest.mark.parametrize(
    ("line", "documents"),
    [
        (":lang en", {"en/buses.md", "en/budget.md", "en/undated.md", "en/music.md"}),
        (":source china daily", {"en/buses.md", "en/undated.md"}),
        (":from 2025-01-01", {"en/budget.md", "天津/预算.md"}),
        (":to 2023-05-04", {"en/buses.md", "天津/水稻.md"}),
    ],
)
def test_an_option_asks_again(sitting, line, documents):
    """The last question, with the filter; `-` and `all` set it back."""
    sitting.say("公交")
    before = sitting.documents
    sitting.say(line)
    assert set(sitting.documents) == documents
    sitting.say(f"{line.split()[0]} {'all' if 'lang' in line else '-'}")
    assert sitting.documents == before
    assert "nothing is set" in sitting.say(":filters")


def test_an_option_that_is_set_first_holds_for_all_questions(sitting):
    """Until it is cleared."""
    assert "lang en" in sitting.say(":lang en")
    sitting.say("公交")
    assert all(name.startswith("en/") for name in sitting.documents)
    sitting.say(":clear")
    sitting.say("公交")
    assert any(name.startswith("天津/") for name in sitting.documents)


def test_sort_group_k_and_score_are_as_on_the_command_line(sitting):
    sitting.say(":k 2")
    sitting.say("公交")
    assert len(sitting.documents) == 2
    sitting.say(":k 50")
    sitting.say(":group document")
    assert len(sitting.documents) == len(set(sitting.documents)) == 8
    sitting.say(":min-score 0.5")
    assert all(hit.score >= 0.5 for hit in sitting.shell.shown)
    sitting.say(":sort published")
    days = [hit.document.published for hit in sitting.shell.shown]
    assert days == sorted(days, reverse=True)


def test_explain_is_switched(sitting):
    sitting.say("公交")
    assert "matched" in sitting.say(":explain on")
    assert "matched" not in sitting.say(":explain")
    assert "matched" in sitting.say(":explain")
    assert "matched" not in sitting.say(":explain off")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (":lang fr", "zh|en|all"),
        (":lang", "zh|en|all"),
        (":from yesterday", "YYYY-MM-DD"),
        (":from 2025-02-30", "YYYY-MM-DD"),
        (":sort best", "relevance|published"),
        (":group x", "passage|document"),
        (":k 0", "N"),
        (":k", "N"),
        (":min-score 2", "0…1"),
        (":explain maybe", "on|off"),
        (":source", "NAME"),
        (":open x", "N"),
        (":open", "N"),
        (":open 99", "no hit 99"),
        (":similar 99", "no hit 99"),
        (":export hits.xls", ".csv"),
        (":export", ".csv"),
    ],
)
def test_a_wrong_argument_is_told_what_is_wanted(sitting, line, wanted):
    """And changes nothing."""
    sitting.say("公交")
    before = sitting.documents
    assert wanted in sitting.say(line)
    assert sitting.shell.options == {}
    assert sitting.documents == before


def test_dates_in_the_wrong_order_are_said_to_be(sitting):
    """The last one isn't set."""
    sitting.say(":from 2025-01-02")
    assert "exchange" in sitting.say(":to 2025-01-01")
    assert sitting.shell.options == {"from": "2025-01-02"}


@pytest.mark.parametrize("line", [":open 1", ":similar 1", ":more", ":export hits.csv"])
def test_what_needs_hits_asks_for_a_question_first(sitting, line):
    assert "Ask a question first" in sitting.say(line)


# Hits


def test_open_reads_the_article(sitting):
    """The whole of it."""
    sitting.say("铁路")
    first = sitting.shell.shown[0]
    said = sitting.say(":open 1")
    assert said.startswith(first.document.title)
    assert "公交" in said


def test_more_goes_on_where_the_list_ended(sitting):
    """Until there is no more."""
    sitting.say(":k 4")
    sitting.say("公交")
    assert sitting.ranks == [1, 2, 3, 4]
    sitting.say(":more")
    assert sitting.ranks == [5, 6, 7, 8]
    sitting.say(":more")
    assert sitting.ranks == [9, 10]
    assert "no more hits" in sitting.say(":more")
    assert sitting.ranks == [9, 10]


def test_similar_passages_can_be_opened_in_turn(sitting):
    """Numbers are those of the list that is shown."""
    sitting.say("公交")
    sitting.say(":similar 1")
    assert sitting.ranks[0] == 1
    said = sitting.say(":open 2")
    assert said.startswith(sitting.shell.shown[1].document.title)


@pytest.mark.parametrize("name", ["hits.csv", "hits.json", "hits.jsonl", "hits.md"])
def test_export_writes_what_was_found(sitting, tmp_path, name):
    """As the format of that name; nothing is overwritten."""
    sitting.say("公交")
    said = sitting.say(f":export {tmp_path / name}")
    assert f"{len(sitting.documents)} hits" in said
    content = (tmp_path / name).read_text("utf-8")
    if name.endswith("csv"):
        assert content.startswith("\ufeff")  # spreadsheets take it for UTF-8 then
        rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
        assert [row["document_id"] for row in rows] == sitting.documents
    elif name.endswith("md"):
        assert content.startswith("# 公交\n")
    else:
        hits = json.loads(content)["hits"] if name.endswith("json") else list(map(json.loads, content.splitlines()))
        assert [hit["document"]["id"] for hit in hits] == sitting.documents
    assert "already" in sitting.say(f":export {tmp_path / name}")
    assert (tmp_path / name).read_text("utf-8") == content


def test_export_into_no_folder_is_said(sitting, tmp_path):
    sitting.say("公交")
    assert "can't be written" in sitting.say(f":export {tmp_path / 'none' / 'hits.csv'}")


def test_an_error_of_the_index_ends_no_sitting(sitting):
    """A question that is too long is answered with a sentence, the next one with hits."""
    assert "Shorten" in sitting.say("长" * 900)
    sitting.say("公交")
    assert sitting.documents


# Completion


def _completed(completer, line, *, asked=False):
    document = Document(line, len(line))
    found = completer.get_completions(document, CompleteEvent(completion_requested=asked))
    return [line[: len(line) + one.start_position] + one.text for one in found]


@pytest.fixture
def completer(sitting):
    history = InMemoryHistory()
    for line in ("budget", ":open 1", "bus of old", "a bus", "a bus"):
        history.append_string(line)
    sitting.say("公交")
    return ShellCompleter(sitting.shell, history)


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        (":s", [":similar", ":source", ":sort"]),
        (":lang ", [":lang zh", ":lang en", ":lang all"]),
        (":sort p", [":sort published"]),
        (":group ", [":group passage", ":group document"]),
        (":source c", [":source China Daily"]),
        (":open 1", [":open 1", ":open 10"]),
        (":explain o", [":explain on", ":explain off"]),
        (":from ", []),
        ("bus", []),
    ],
)
def test_commands_and_what_follows_them_are_completed(completer, line, completed):
    """Sources are those of the answers so far; questions aren't, while one types."""
    assert _completed(completer, line) == completed


def test_files_are_completed(completer, tmp_path, monkeypatch):
    """For an export."""
    (tmp_path / "hits").mkdir()
    assert _completed(completer, f":export {tmp_path}/h") == [f":export {tmp_path}/hits"]


def test_earlier_questions_are_completed_when_asked_for(completer):
    """By Tab: the latest first, each once, and no commands."""
    assert _completed(completer, "bus", asked=True) == ["a bus", "bus of old"]


# History


def test_the_history_is_the_user_s_own(tmp_path, monkeypatch):
    """Nobody else may read what was asked; also a file that others could read is closed to them."""
    monkeypatch.setattr(history_of_shell, "user_state_path", lambda *_, **__: tmp_path / "state")
    history_of_shell.open_history().append_string("公交")
    path = tmp_path / "state" / "history"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert list(history_of_shell.open_history().load_history_strings()) == ["公交"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_place_for_it_there_is_a_history_of_the_sitting(tmp_path, monkeypatch):
    """A home that can't be written is no reason to fail."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(history_of_shell, "user_state_path", lambda *_, **__: tmp_path / "file" / "state")
    history = history_of_shell.open_history()
    history.append_string("公交")
    assert history.get_strings() == ["公交"]


# The keyboard


@pytest.fixture
def type_into(tmp_path, monkeypatch):
    """Run a sitting with keys that are typed beforehand."""
    monkeypatch.setattr(history_of_shell, "user_state_path", lambda *_, **__: tmp_path / "state")

    class Keyboard(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard())

    def run(shell, keys):
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys)
            sit(shell)

    return run


def test_control_d_ends(sitting, type_into):
    type_into(sitting.shell, "公交\r\x04")
    assert "天津/公交.md" in sitting.documents


def test_control_c_throws_the_line_away_and_goes_on(sitting, type_into):
    """What was typed isn't asked."""
    type_into(sitting.shell, "公交\r:lang en\x03:k 2\r\x04")
    assert sitting.shell.options == {"k": "2"}


def test_control_c_during_a_search_ends_only_that(sitting, type_into, monkeypatch):
    """The next line is obeyed."""
    search = IndexHere.search
    calls = []

    def interrupted(self, request):
        calls.append(request.query)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return search(self, request)

    monkeypatch.setattr(IndexHere, "search", interrupted)
    type_into(sitting.shell, "budget\r公交\r:quit\r")
    assert calls == ["budget", "公交"]
    assert sitting.documents


# The command


def test_lines_come_from_standard_input_too(haihe, index_folder, monkeypatch):
    """A script of questions and commands."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("公交\n:lang en\n:quit\nnever asked\n"))
    ended = haihe("shell", "--index", index_folder)
    assert (ended.code, ended.err) == (0, "")
    assert "天津/公交.md" in ended.out
    assert ended.out.count("relevant:") == 2


def test_a_missing_index_ends_it(haihe, tmp_path):
    """Before anything can be typed."""
    assert_failed(haihe("shell", "--index", tmp_path / "none"), naming="haihe index")


# A server


@pytest.fixture(scope="module")
def client_of(open_client):
    """`haihe … --url` asks the app of the shared index."""
    with open_client() as client:
        yield client


@pytest.fixture
def url(client_of, monkeypatch):
    import service.client

    def over_the_app(url):
        class Transport(service.client.synchronous.httpx.BaseTransport):
            def handle_request(self, request):
                answer = client_of.request(
                    request.method, str(request.url), content=request.read(), headers=dict(request.headers)
                )
                return service.client.synchronous.httpx.Response(
                    answer.status_code,
                    headers=[("content-type", answer.headers["content-type"])],
                    content=answer.content,
                )

        return real(url, transport=Transport())

    real = service.client.Client
    monkeypatch.setattr(service.client, "Client", over_the_app)
    return "http://haihe.test"


def test_a_server_answers_as_an_index_does(haihe, index_folder, url):
    """With filters and an explanation; article and similar passages too."""
    asked = ("search", "公交", "-k", 3, "--language", "zh", "--to", "2023-05-05", "--explain", "--format", "json")
    here, there = (json.loads(haihe(*asked, *place).out) for place in (("--index", index_folder), ("--url", url)))
    del here["took_ms"], there["took_ms"]
    assert here == there
    opened = ("search", "公交", "--open", 1)
    assert haihe(*opened, "--index", index_folder).out == haihe(*opened, "--url", url).out


def test_many_queries_go_to_a_server(haihe, index_folder, url, tmp_path):
    """As batches."""
    path = tmp_path / "q.txt"
    path.write_text("公交\nbudget\n" * 20, "utf-8")
    asked = ("search", "--queries", path, "-k", 1, "--format", "csv")
    assert haihe(*asked, "--url", url).out == haihe(*asked, "--index", index_folder).out


def test_a_shell_over_a_server(haihe, url, monkeypatch):
    """The same commands."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("公交\n:similar 1\n:open 1\n"))
    ended = haihe("shell", "--url", url)
    assert (ended.code, ended.err) == (0, "")
    assert re.search(r"Like 1 ", ended.out)


def test_what_a_server_refuses_is_one_sentence(haihe, url):
    """Its own words."""
    assert_failed(haihe("search", "公交", "-k", 900, "--url", url), naming="at most 100")
