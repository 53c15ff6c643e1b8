"""The shell: a line that is a question is answered, one that is a command obeyed. It knows nothing of the keyboard."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import ValidationError
from rich.text import Text

from indexer import HaiheError, Language
from service.cli.show.formats import Format, print_article, text_of
from service.cli.show.messages import status
from service.cli.show.table import HitTable
from service.cli.show.text import one_line
from service.http.schemas import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from service.cli.asking import Answerer
    from service.cli.shell.words import ShellWords
    from service.cli.show.formats import Style
    from service.http.schemas import HitOut, SearchResponse

V = TypeVar("V")

MARK = ":"
"""What a command begins with."""
NOTHING = "-"
"""Sets an option back."""
LANGUAGES: Mapping[str, list[Language]] = {"zh": [Language.ZH], "en": [Language.EN], "all": list(Language)}
SWITCH = {"on": True, "off": False}
_OPTIONS = {
    "lang": "languages",
    "from": "published_from",
    "to": "published_to",
    "source": "sources",
    "sort": "sort",
    "group": "group_by",
    "k": "k",
    "min-score": "min_score",
    "explain": "explain",
}
"""Commands that set an option, and its name in a request."""
_PLAIN = _OPTIONS.keys() - {"lang", "source", "explain"}
"""Those whose value is what follows them."""


class WrongArgument(HaiheError):  # noqa: N818 - reads as what it is
    """A command can't do anything with what follows it."""


class Shell:
    """One sitting: what was asked last, what was shown, and which options are set."""

    def __init__(self, answerer: Answerer, style: Style, words: ShellWords) -> None:
        self.words = words
        self.options: dict[str, object] = {}
        self.shown: Sequence[HitOut] = ()
        self.sources: set[str] = set()
        self._answerer = answerer
        self._style = style
        self._request: SearchRequest | None = None
        self._answer: SearchResponse | None = None

    def obey(self, line: str) -> Literal["go on", "end"]:
        """Answer a question or obey a command; what goes wrong is said."""
        line = line.strip()
        name, _, argument = line.removeprefix(MARK).partition(" ")
        if line.startswith(MARK) and name in {"quit", "q", "exit"}:
            return "end"
        try:
            if line.startswith(MARK):
                self._command(name, argument.strip())
            elif line:
                self._ask(line)
        except ValidationError as error:
            self.say("; ".join(str(detail["msg"]) for detail in error.errors()))
        except HaiheError as error:
            self.say(str(error))
        return "go on"

    def say(self, sentence: str) -> None:
        """One sentence."""
        self._style.console.print(Text(sentence), soft_wrap=True)

    def set_options(self) -> str:
        """The options that are set, in a line."""
        parts = (f"{name} {_shown(value)}" for name, value in self.options.items())
        return " · ".join(parts) or self.words.none

    def _command(self, name: str, argument: str) -> None:
        if name not in self.words.commands:
            raise WrongArgument(self._unknown(name))
        if name in _PLAIN:
            self._set(name, self._given(name, argument))
        else:
            command: Callable[[str], None] = getattr(self, f"_do_{name}")
            command(argument)

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name, self.words.commands, 1)
        meant = [self.words.meant.format(name=near[0])] if near else []
        return " ".join([self.words.unknown.format(name=name), *meant])

    def _ask(self, query: str) -> None:
        self._show(_request(query, self.options))

    def _show(self, request: SearchRequest) -> None:
        with status("…"):
            answer = self._answerer.search(request)
        if not answer.hits and request.offset:
            raise WrongArgument(self.words.no_more)
        self._request, self._answer, self.shown = request, answer, answer.hits
        self.sources |= {facet.value for facet in answer.facets.source if facet.value}
        self._style.console.print()
        HitTable(self._style.console, self._style.words, more=f"{MARK}more").answer(answer)
        self._style.console.print()

    def _set(self, name: str, value: object) -> None:
        """Set an option, or set it back where the value is None; what was asked last is asked again with it."""
        options = {key: given for key, given in (self.options | {name: value}).items() if given is not None}
        try:
            _request("?", options)
        except ValidationError as error:
            first = error.errors()[0]
            raise (WrongArgument(first["msg"]) if first["type"] == "value_error" else self._expected(name)) from None
        self.options = options
        if self._request is None:
            self._do_filters("")
        else:
            self._ask(self._request.query)

    def _hit(self, name: str, argument: str) -> HitOut:
        if not self.shown:
            raise WrongArgument(self.words.no_question)
        if not argument.isdecimal():
            raise self._expected(name)
        match = next((hit for hit in self.shown if hit.rank == int(argument)), None)
        if match is None:
            raise WrongArgument(self.words.no_hit.format(number=argument))
        return match

    def _expected(self, name: str) -> WrongArgument:
        return WrongArgument(self.words.expected.format(name=name, argument=self.words.commands[name][0]))

    # Commands: what `:name` does

    def _do_open(self, argument: str) -> None:
        hit = self._hit("open", argument)
        print_article(self._answerer.article(hit.document.id), hit, self._style)

    def _do_similar(self, argument: str) -> None:
        hit = self._hit("similar", argument)
        self.shown = self._answerer.similar(hit.passage.id, int(str(self.options.get("k", 10)))).hits
        self._style.console.print()
        table = HitTable(self._style.console, self._style.words)
        table.heading(f"{self.words.similar_to} {hit.rank} {one_line(hit.document.title)}")
        table.hits(self.shown)

    def _do_more(self, _: str) -> None:
        if self._request is None:
            raise WrongArgument(self.words.no_question)
        self._show(self._request.model_copy(update={"offset": self._request.offset + self._request.k}))

    def _do_lang(self, argument: str) -> None:
        languages = self._choice("lang", argument, LANGUAGES)
        self._set("lang", None if len(languages) == len(Language) else languages)

    def _do_source(self, argument: str) -> None:
        given = self._given("source", argument)
        self._set("source", [given] if given else None)

    def _do_explain(self, argument: str) -> None:
        wanted = self._choice("explain", argument, SWITCH) if argument else not self.options.get("explain")
        self._set("explain", wanted or None)

    def _do_filters(self, _: str) -> None:
        self.say(f"{self.words.filters}: {self.set_options()}")

    def _do_clear(self, _: str) -> None:
        self.options = {}
        self.say(f"{self.words.filters}: {self.set_options()}")

    def _do_export(self, argument: str) -> None:
        if self._answer is None:
            raise WrongArgument(self.words.no_question)
        path = Path(argument).expanduser()
        try:
            style = replace(self._style, format=Format(path.suffix.removeprefix(".")))
        except ValueError:
            raise WrongArgument(self.words.formats) from None
        self._write(path, text_of(self._answer, style), "utf-8-sig" if style.format is Format.CSV else "utf-8")
        self.say(self.words.written.format(count=len(self._answer.hits), path=path))

    def _do_help(self, _: str) -> None:
        rows = [(f"{MARK}{name} {argument}".strip(), does) for name, (argument, does) in self.words.commands.items()]
        width = max(len(called) for called, _ in rows)
        for called, does in rows:
            self._style.console.print(Text.assemble((f"  {called:<{width}}  ", "heading"), does), soft_wrap=True)
        self.say(f"  {self.words.ask}")

    def _given(self, name: str, argument: str) -> str | None:
        """The argument of a command; None where it sets the option back."""
        if not argument:
            raise self._expected(name)
        return None if argument == NOTHING else argument

    def _choice(self, name: str, argument: str, choices: Mapping[str, V]) -> V:
        if argument not in choices:
            raise self._expected(name)
        return choices[argument]

    def _write(self, path: Path, text: str, encoding: str) -> None:
        """Write a file of one's own; a spreadsheet takes CSV for UTF-8 where it begins with a mark of it."""
        try:
            with path.open("x", encoding=encoding, newline="") as file:
                file.write(text)
        except FileExistsError:
            raise WrongArgument(self.words.exists.format(path=path)) from None
        except OSError as error:
            reason = error.strerror or error
            raise WrongArgument(self.words.not_written.format(path=path, reason=reason)) from None


def _request(query: str, options: Mapping[str, object]) -> SearchRequest:
    return SearchRequest.model_validate({"query": query} | {_OPTIONS[name]: value for name, value in options.items()})


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "on" if value is True else str(value)
