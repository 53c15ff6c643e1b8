"""`haihe mcp`, spoken to by the official client: a real process, over its standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from checks import assert_failed

from indexer import EncoderError, open_snapshot
from service import Searcher

pytest.importorskip("mcp")

from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters

from service.mcp_server import build_server

pytestmark = pytest.mark.slow

HERE = Path(__file__)


@pytest.fixture
def environment(scratch_cache):
    """For a process with the fake encoder."""
    return {"HAIHE_CACHE": str(scratch_cache), "PYTHONPATH": os.pathsep.join(map(str, reversed(HERE.parents[1:3])))}


@pytest.fixture
def command(index_folder):
    return [sys.executable, str(HERE.with_name("conftest.py")), "mcp", "--index", str(index_folder)]


@pytest.fixture(params=["auto", "legacy"])
def speak(command, environment, request):
    """Run a coroutine function with a client of a process of its own, in today's protocol and in the one before."""

    def run(work):
        async def main():
            server = StdioServerParameters(command=command[0], args=command[1:], env=environment)
            async with Client(server, mode=request.param, read_timeout_seconds=60) as client:
                return await work(client)

        return asyncio.run(main())

    return run


@pytest.fixture
def inside(index_folder, encoder):
    """The same with a server in this process; `load` may be another."""

    def run(work, load=lambda: Searcher(open_snapshot(index_folder), encoder)):
        async def main():
            async with Client(build_server(load), read_timeout_seconds=60) as client:
                return await work(client)

        return asyncio.run(main())

    return run


def _text(result):
    (block,) = result.content
    return block.text


def _refusal(result):
    assert result.is_error
    assert "Traceback" not in _text(result)
    return _text(result)


def test_an_assistant_searches_reads_and_cites(speak):
    """The whole way over the wire: from a question to a reference, in both languages."""

    async def work(client):
        assert client.server_info.name == "haihe"
        assert "Cite every statement" in client.instructions
        assert "都要标注出处" in client.instructions
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == {"search", "read", "similar"}
        assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools.values())

        found = await client.call_tool("search", {"query": "智能公交示范线", "k": 4})
        first = found.structured_content["passages"][0]
        article = first["article"]
        assert (first["number"], article["document_id"], article["source"]) == (1, "天津/公交.md", "天津日报")
        assert article["gb7714"] == "宝坻智能公交上路[N]. 天津日报, 2023-05-05."
        assert article["apa7"] == "宝坻智能公交上路. (2023, May 5). 天津日报."
        assert {passage["language"] for passage in found.structured_content["passages"]} == {"zh", "en"}
        for said in (
            "[1] 宝坻智能公交上路 · 天津日报 · 2023-05-05",
            first["text"],
            "document_id: 天津/公交.md",
            article["gb7714"],
        ):
            assert said in _text(found)

        read = await client.call_tool("read", {"document_id": "天津/公交.md"})
        whole = read.structured_content
        assert whole["text"][first["start"] :].startswith(first["text"])
        assert whole["next_start"] is None
        assert whole["text"] in _text(read)

        similar = await client.call_tool("similar", {"identifier": first["passage_id"], "k": 2})
        assert len(similar.structured_content["passages"]) == 2
        assert first["passage_id"] not in _text(similar)

        (template,) = (await client.list_resource_templates()).resource_templates
        assert template.uri_template == "haihe://documents/{+document_id}"
        resource = await client.read_resource("haihe://documents/" + quote("天津/公交.md"))
        assert whole["text"] in resource.contents[0].text

    speak(work)


@pytest.mark.slow
def test_standard_output_carries_nothing_but_the_protocol(command, environment):
    """Whatever a library prints goes elsewhere; when the input ends, the process does."""
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    call = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": "bus"}},
    }
    code = "import sys, service.search.searcher as s; old = s.Searcher.search\ns.Searcher.search = lambda *a: print('noise') or old(*a)"
    runner = f"import runpy, sys\n{code}\nsys.argv = sys.argv[1:]\nrunpy.run_path(sys.argv[0], run_name='__main__')"
    process = subprocess.Popen(
        [command[0], "-c", runner, *command[1:]],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment},
    )  # fmt: skip
    try:
        lines = []
        for message in (hello, {"jsonrpc": "2.0", "method": "notifications/initialized"}, call):
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            if "id" in message:
                lines.append(json.loads(process.stdout.readline()))
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert [line["id"] for line in lines] == [1, 2]
    assert lines[1]["result"]["structuredContent"]["passages"]
    assert out == ""
    assert "noise" in err
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        ({"languages": ["en"]}, lambda found: found["language"] == "en"),
        ({"sources": ["天津日报"]}, lambda found: found["article"]["source"] == "天津日报"),
        ({"published_from": "2025-01-01"}, lambda found: found["article"]["published"] >= "2025-01-01"),
        ({"published_to": "2023-05-04"}, lambda found: found["article"]["published"] <= "2023-05-04"),
    ],
)
def test_filters(inside, arguments, holds):
    async def work(client):
        return await client.call_tool("search", {"query": "预算 bus", "k": 50, **arguments})

    passages = inside(work).structured_content["passages"]
    assert passages
    assert all(holds(found) for found in passages)


def test_pages_and_order(inside):
    """The numbers go on from page to page, so that citations stay different."""

    async def work(client):
        whole = await client.call_tool("search", {"query": "预算", "k": 4})
        second = await client.call_tool("search", {"query": "预算", "k": 2, "offset": 2})
        newest = await client.call_tool("search", {"query": "预算 budget", "sort": "published"})
        return [result.structured_content["passages"] for result in (whole, second, newest)]

    whole, second, newest = inside(work)
    assert [found["number"] for found in second] == [3, 4]
    assert second == whole[2:]
    days = [date.fromisoformat(found["article"]["published"]) for found in newest if found["article"]["published"]]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)


def test_a_long_article_is_read_in_parts(inside, searcher):
    """The parts are the whole, in the code points of the spans."""
    whole = searcher.document("天津/水稻.md")[0].text

    async def work(client):
        parts, start = [], 0
        while start is not None:
            result = await client.call_tool("read", {"document_id": "天津/水稻.md", "start": start, "characters": 7})
            assert len(result.structured_content["text"]) <= 7
            assert result.structured_content["length"] == len(whole)
            parts.append(result.structured_content["text"])
            start = result.structured_content["next_start"]
        beyond = await client.call_tool("read", {"document_id": "天津/水稻.md", "start": 10_000})
        return parts, beyond

    parts, beyond = inside(work)
    assert len(parts) > 3
    assert "".join(parts) == whole
    assert beyond.structured_content["text"] == ""
    assert beyond.structured_content["next_start"] is None


def test_what_an_article_does_not_state_is_null(inside):
    """Nothing is guessed for a reference."""

    async def work(client):
        return await client.call_tool("read", {"document_id": "天津/港口.md"})

    article = inside(work).structured_content["article"]
    assert (article["source"], article["published"], article["url"]) == (None, None, None)
    assert "None" not in article["gb7714"] + article["apa7"]


def test_mistakes_are_sentences_that_say_what_to_do(inside):
    async def work(client):
        return [
            await client.call_tool(name, arguments)
            for name, arguments in (
                ("read", {"document_id": "nothing"}),
                ("similar", {"identifier": "nothing"}),
                ("search", {"query": " "}),
                ("search", {"query": "x" * 1001}),
                ("search", {"query": "x", "k": 51}),
                ("search", {"query": "x", "published_from": "2025-01-01", "published_to": "2024-01-01"}),
            )
        ]

    refusals = [_refusal(result) for result in inside(work)]
    says = ["Take ids from", "Take ids from", "at least 1 character", "1000 characters", "50", "exchange them"]
    assert all(said in refusal for said, refusal in zip(says, refusals, strict=True))


def test_a_resource_that_is_not_there(inside):
    async def work(client):
        with pytest.raises(MCPError, match="Take ids from"):
            await client.read_resource("haihe://documents/no/../thing")

    inside(work)


def test_the_server_answers_while_the_index_is_opened(inside, index_folder, encoder):
    """Clients give up on a server that is silent while a model loads."""
    may_open = threading.Event()

    def load():
        assert may_open.wait(30)
        return Searcher(open_snapshot(index_folder), encoder)

    async def work(client):
        asked = asyncio.create_task(client.call_tool("search", {"query": "bus", "k": 1}))
        assert len((await client.list_tools()).tools) == 3
        await asyncio.sleep(0.05)
        assert not asked.done()
        may_open.set()
        return await asked

    assert len(inside(work, load).structured_content["passages"]) == 1


def test_an_index_that_cannot_be_opened_says_why(inside):
    """In each tool, and in the resource."""

    def load():
        raise EncoderError("The model 'x' is missing. Install it.")

    async def work(client):
        with pytest.raises(MCPError, match="Install it"):
            await client.read_resource("haihe://documents/a.md")
        return [
            await client.call_tool("search", {"query": "bus"}),
            await client.call_tool("read", {"document_id": "a.md"}),
            await client.call_tool("similar", {"identifier": "a.md"}),
        ]

    assert all("The model 'x' is missing. Install it." in _refusal(result) for result in inside(work, load))


def test_a_missing_index_is_said_at_once(haihe, tmp_path):
    assert_failed(haihe("mcp", "--index", tmp_path / "nowhere"), naming=tmp_path / "nowhere")


def test_without_the_sdk_the_error_says_how_to_install_it(haihe, index_folder, monkeypatch):
    monkeypatch.setattr("service.cli.commands.mcp.find_spec", lambda _: None)
    assert_failed(haihe("mcp", "--index", index_folder), naming="pip install 'haihe[mcp]'")


def test_a_question_may_leave_words_out_and_a_note_says_what_is_wrong_with_one(inside):
    """In the structured answer and in the readable one."""

    async def work(client):
        left_out = await client.call_tool("search", {"query": "bus -bus"})
        foreign = await client.call_tool("search", {"query": "버스 노선은 어디입니까"})
        only = await client.call_tool("search", {"query": "-bus"})
        return left_out, foreign, only

    left_out, foreign, only = inside(work)
    assert all("bus" not in passage["text"].lower().split() for passage in left_out.structured_content["passages"])
    assert left_out.structured_content["note"] is None
    assert "Korean" in foreign.structured_content["note"]
    assert "韩文" in _text(foreign)
    _refusal(only)
    assert "add what to look for" in _text(only)
