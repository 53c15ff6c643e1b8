"""What the documentation shows to be typed is typed: commands of the shell, against a small index and a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import urllib.request
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(?P<kind>sh|console|)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = r"(?:[A-Z_]+=\S+ )*"
SERVES = re.compile(rf"{SETTINGS}haihe (up|serve|mcp)\b")
MEASURES = re.compile(r"haihe (eval|bench)\b|python scripts/")
"""Takes minutes, or data that isn't here: only its options are looked up."""
RUNS = re.compile(r"(haihe|curl|cat|printf) ")
OTHERS = re.compile(r"(pip install|docker (build|run)|python -m http\.server|pytest|apt-get) ?")
"""What a reader's machine does, and this one needn't."""
SERVED_AT = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Command:
    """A line to be typed, and what the page says that it prints; None where the page doesn't say."""

    text: str
    output: str | None = None

    @property
    def shape(self) -> str:
        """The command without what is asked, which is in the page's own language."""
        return re.sub(r"'[^']*'|\"[^\"]*\"|gb7714|apa7", "…", self.text)


def _commands(page: Path) -> list[Command]:
    found = []
    for block in BLOCK.finditer(page.read_text("utf-8")):
        if block["kind"] == "console":
            found += _session(block["body"])
        elif block["kind"] == "sh" or _is_typed(block["body"]):
            found += [Command(re.split(r" {3,}", line)[0]) for line in block["body"].splitlines() if line.strip()]
    return found


def _session(body: str) -> list[Command]:
    """Lines after `$`, each with the lines below it."""
    shown = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    return [Command(*each.split("\n", 1)) for each in shown]


def _is_typed(body: str) -> bool:
    """Whether an unmarked block is for a terminal."""
    return all(_kind(line) for line in body.splitlines())


def _kind(command: str) -> re.Match[str] | None:
    return next((found for each in (SERVES, MEASURES, RUNS, OTHERS) if (found := each.match(command))), None)


PAGES = [
    page
    for page in sorted([ROOT / "README.md", ROOT / "README.zh.md", *DOCS.rglob("*.md")])
    if "decisions" not in page.parts and _commands(page)
]
ENGLISH = [page for page in PAGES if not page.name.endswith(".zh.md")]
CHINESE = [page for page in PAGES if page not in ENGLISH]


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture
def reader(seeds_index, monkeypatch, tmp_path):
    """A home with articles and an index, and a clone of the project to work in."""
    home, clone = tmp_path / "home", tmp_path / "clone"
    shutil.copytree(ROOT / "seeds", home / "articles")
    shutil.copytree(seeds_index, home / "articles.index")
    shutil.copytree(ROOT / "seeds", clone / "seeds")
    shutil.copytree(seeds_index, clone / ".haihe")
    (clone / "questions.txt").write_text("bus\n天津港\n", "utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(clone)
    return clone


@cache
def _options(command: str) -> frozenset[str]:
    shown = subprocess.run(["haihe", command, "--help"], capture_output=True, text=True, check=True)
    return frozenset(re.findall(r"--[a-z][a-z-]*", shown.stdout))


def _typed(command: Command, address: str) -> subprocess.CompletedProcess[str]:
    # A page that shows no answer doesn't expect an error.
    strict = "" if command.output else 'curl() { command curl --fail-with-body --silent --show-error "$@"; }; '
    line = f"set -euo pipefail; {strict}{command.text.replace(SERVED_AT, address)}"
    return subprocess.run(
        ["bash", "-c", line], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
    )


def _run(command: Command, address: str) -> None:
    done = _typed(command, address)
    assert done.returncode == 0, f"{command.text}: {done.stderr}"
    if command.output is not None:
        assert _without_digits(done.stdout) == _without_digits(command.output)
    elif not re.search(r"haihe (index|shell)| > ", command.text):
        assert done.stdout.strip(), command.text


def _without_digits(text: str) -> str:
    """But for the last digits of scores, which another processor may round otherwise."""
    return re.sub(r"\d+\.\d+", "0", text).strip()


def _serve(command: str) -> None:
    """Serves until it can answer."""
    line = re.sub(r"^pip install .*?&& ", "", command)
    server = subprocess.Popen(
        ["bash", "-c", "exec env " + line + " --port 0"], stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )
    timer = threading.Timer(120, server.kill)
    timer.start()
    try:
        lines = iter(server.stderr.readline, "")
        address = next((found[0] for each in lines if (found := re.search(r"http://[\d.]+:\d+", each))), None)
        assert address, f"{command} doesn't serve"
        with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
            assert answer.status == 200
    finally:
        timer.cancel()
        server.terminate()
        server.wait(30)
        server.stderr.close()


def test_pages_with_commands_are_found():
    assert {"README.md", "start.md", "api.md", "terminal.md", "operation.md"} <= {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_is_one_that_is_known(page):
    """So that none is passed over."""
    assert [command.text for command in _commands(page) if not _kind(command.text)] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_options_are_those_of_the_command(page):
    for command in _commands(page):
        for name, rest in re.findall(r"haihe ([a-z]+)\b([^|&]*)", re.sub(r"'[^']*'|\"[^\"]*\"", "", command.text)):
            assert set(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest)) <= _options(name), command.text


@pytest.mark.parametrize("page", [page for page in CHINESE if page.name != "performance.zh.md"], ids=_name)
def test_both_languages_show_the_same_commands(page):
    """But for what is asked. The report on speed is shorter in Chinese."""
    english = page.with_name(page.name.replace(".zh.md", ".md"))
    assert sorted(command.shape for command in _commands(page)) == sorted(
        command.shape for command in _commands(english)
    )


@pytest.mark.slow
@pytest.mark.parametrize("page", ENGLISH, ids=_name)
def test_the_commands_of_a_page_do_what_they_say(page, reader, seeds_address):
    """Those that end, from top to bottom; those that serve, until they can answer."""
    for command in dict.fromkeys(_commands(page)):
        text = re.sub(r"^pip install -e \. && ", "", command.text)
        if SERVES.match(text) and "haihe mcp" not in text:
            _serve(text)
        elif RUNS.match(text) and not MEASURES.match(text):
            _run(command, seeds_address)


@pytest.mark.slow
@pytest.mark.parametrize("page", CHINESE, ids=_name)
def test_what_a_chinese_page_asks_is_answered(page, reader, seeds_address):
    """The commands that its English twin doesn't have, and those that show what they print."""
    english = set(_commands(page.with_name(page.name.replace(".zh.md", ".md"))))
    for command in dict.fromkeys(_commands(page)):
        is_new = command.output is not None or command not in english
        if is_new and RUNS.match(command.text) and not MEASURES.match(command.text) and not SERVES.match(command.text):
            _run(command, seeds_address)
