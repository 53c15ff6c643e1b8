"""The one command of the README with the bundled model: `haihe up seeds`, asked over the wire in both languages."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
ACROSS = [  # only an article in the other language answers: seeds/qrels.tsv zh10, zh22, en04, en21
    ("宝坻智能网联公交示范线 全程公里数", "en-baodi-smart-bus-public-services.md"),
    ("算力交易中心提供哪些类型的算力和产品？", "en-wuqing-computing-exchange.md"),
    ("Lenovo server project", "zh-binhai-beijing-investment.md"),
    (
        "golden corridor east of Beijing (Jingdong): proposal for the three-year action plan",
        "zh-baodi-beijing-projects.md",
    ),
]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Service:
    """A running `haihe`, and questions to it."""

    def __init__(self, *arguments, cache):
        self.port = _free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HAIHE_")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from service.cli import main; main()", *arguments, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**environment, **({"HAIHE_CACHE": cache} if cache else {})},
        )

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)

    def search(self, question, **parameters):
        return self.get("/v1/search?" + urllib.parse.urlencode({"q": question, **parameters}))["hits"]

    def wait_until_ready(self, seconds=120):
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                pytest.fail(f"haihe ended with {self.process.returncode}: {self.process.stderr.read()}")
            try:
                return self.get("/readyz")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        return pytest.fail("haihe was not ready in time")

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return tmp_path_factory.mktemp("end-to-end") / "index"


@pytest.fixture(scope="module")
def up(index, given_cache):
    """`haihe up seeds`, ready."""
    service = _Service("up", str(SEEDS), "--index", str(index), cache=given_cache)
    try:
        service.wait_until_ready()
        yield service
    finally:
        service.end()


@pytest.mark.parametrize(("question", "answer"), ACROSS, ids=["zh10", "zh22", "en04", "en21"])
def test_a_question_finds_its_answer_in_the_other_language(up, question, answer):
    """Among the first five hits; further down there are some of its own language, too."""
    hits = up.search(question, k=10)
    assert answer in [hit["document"]["id"] for hit in hits[:5]]
    assert {hit["passage"]["language"] for hit in hits} == {"zh", "en"}


def test_hits_are_spans_of_the_articles_that_are_served(up):
    """What is found can be opened, and highlighted in place."""
    for hit in up.search("武清区一般公共预算收入", k=5):
        article = up.get("/v1/documents/" + urllib.parse.quote(hit["document"]["id"]))
        assert article["text"][hit["passage"]["start"] : hit["passage"]["end"]] == hit["passage"]["text"]


def test_every_seed_article_is_indexed(up):
    """And nothing else of that folder."""
    answer = up.get("/v1/search?q=Tianjin")
    assert answer["index"]["documents"] == len(list(SEEDS.glob("*.md")))


def test_sigterm_ends_it_cleanly_within_ten_seconds(up):
    """With exit code 0, and nothing on standard output; test_serve.py has the other signal. The last test: it ends."""
    up.process.send_signal(signal.SIGTERM)
    out, err = up.process.communicate(timeout=10)
    assert (up.process.returncode, out) == (0, "")
    assert "Traceback" not in err
