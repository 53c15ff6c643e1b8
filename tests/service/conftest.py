"""A small bilingual corpus, an encoder whose geometry can be worked out by hand, and `haihe` run with it."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from checks import Ended, wait_until
from fakes import FakeSecondEncoder
from fastapi.testclient import TestClient

import service.cli.opening
import service.search.searcher
from indexer import EncoderError, LateInteraction, build_snapshot, open_snapshot
from indexer.encoding import EncodedTexts, EncoderIdentity, TokenEmbeddings
from service import Searcher, Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CONCEPTS = (
    ("bus", "公交"),
    ("railway", "铁路"),
    ("budget", "预算"),
    ("hospital", "医院"),
    ("rice", "水稻"),
    ("port", "港口"),
    ("chip", "芯片"),
    ("museum", "博物馆"),
    ("football", "足球"),
    ("orchard", "果园"),
    ("tunnel", "隧道"),
    ("violin", "提琴"),
)
"""Each pair has one direction of its own, the same in both languages."""

_CONCEPT_OF = {word: number for number, pair in enumerate(CONCEPTS) for word in pair}
_TOKEN = re.compile("|".join(pair[1] for pair in CONCEPTS) + r"|[\u3007\u3400-\u9fff]|[a-z0-9]+|[^\W\s]", re.IGNORECASE)
_HASHED = 32
_CHINESE, _ENGLISH, _QUERY = (len(CONCEPTS) + _HASHED + place for place in range(3))
_DIMENSION = len(CONCEPTS) + _HASHED + 3
_ROTATION = np.linalg.qr(np.random.default_rng(5).normal(size=(_DIMENSION, _DIMENSION)))[0]


@dataclass(frozen=True)
class SignpostEncoder:
    """Embeds a text as its concepts, a little of its other words, and a strong mark of its language.

    The mark is what real multilingual encoders do unasked: a plain cosine finds the query's language first.
    """

    name: str = "signpost"
    max_tokens: int = 384
    turned: bool = False
    identity: EncoderIdentity = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identity", EncoderIdentity(self.name, None, "query: ", "passage: ", _DIMENSION))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [round(1.3 * len(_TOKEN.findall(text))) for text in texts]  # as many to a word as real models have

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, is_query=False)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts, is_query=True)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> np.ndarray:
        if max(self.count_tokens(texts), default=0) > self.max_tokens:
            raise EncoderError(f"A text is longer than the {self.max_tokens} tokens that the model reads. Shorten it.")
        rows = [self._embed(text, is_query=is_query) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), _DIMENSION)

    def _embed(self, text: str, *, is_query: bool) -> np.ndarray:
        vector = sum(map(_word, _TOKEN.findall(text.lower())), np.zeros(_DIMENSION)) + _mark(text, is_query=is_query)
        return self._turn(vector / np.linalg.norm(vector))

    def _turn(self, vectors: np.ndarray) -> np.ndarray:
        """Spread over all components, as a model's are, which leaves inner products as they are."""
        return np.roll(vectors @ _ROTATION, self.turned, axis=-1)


@dataclass(frozen=True)
class SignpostTokenEncoder(SignpostEncoder):
    """The same embeddings, each the mean of its tokens: a token is its word, and the marks of its text."""

    name: str = "signpost with tokens"
    pools_by_mean: bool = True

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        return self._encode_with_tokens(texts, is_query=False)

    def encode_queries_and_tokens(self, texts: Sequence[str]) -> EncodedTexts:
        return self._encode_with_tokens(texts, is_query=True)

    def _encode_with_tokens(self, texts: Sequence[str], *, is_query: bool) -> EncodedTexts:
        tokens = [self._tokens(text, is_query=is_query) for text in texts]
        return EncodedTexts(self._encode(texts, is_query=is_query), tokens)

    def _tokens(self, text: str, *, is_query: bool) -> TokenEmbeddings:
        found = list(_TOKEN.finditer(text))
        mark = _mark(text, is_query=is_query)
        vectors = [self._turn(len(found) * _word(token[0].lower()) + mark) for token in found]
        spans = np.array([token.span() for token in found], np.int32)
        return TokenEmbeddings(np.array(vectors, np.float32).reshape(-1, _DIMENSION), spans.reshape(-1, 2))


@functools.cache
def _word(token: str) -> np.ndarray:
    """A concept's direction, or a little of a direction that hangs on the word alone."""
    vector = np.zeros(_DIMENSION)
    if token in _CONCEPT_OF:
        vector[_CONCEPT_OF[token]] = 1.0
    else:
        direction = np.random.default_rng(zlib.crc32(token.encode())).normal(size=_HASHED)
        vector[len(CONCEPTS) : len(CONCEPTS) + _HASHED] = 0.05 * direction / np.linalg.norm(direction)
    return vector


def _mark(text: str, *, is_query: bool) -> np.ndarray:
    vector = np.zeros(_DIMENSION)
    vector[_CHINESE if re.search(r"[\u3400-\u9fff]", text) else _ENGLISH] = 1.0
    vector[_QUERY] = 0.2 * is_query
    return vector


ARTICLES = {
    "en/buses.md": {
        "title": "New bus line in Baodi",
        "source": "China Daily",
        "published": "2023-05-04",
        "text": "The district opened a new bus line in the spring, and every bus on it runs without a driver.\n\n"
        "A railway station is where most passengers of the bus change to a train for the capital.",
    },
    "en/budget.md": {
        "title": "Wuqing balances its budget",
        "source": "Xinhua",
        "published": "2025-09-17",
        "text": "The budget of the district grew by three percent, and the budget office expects the same next year.\n\n"
        "The hospital received the largest part of the budget, for beds that were promised two years ago.",
    },
    "en/undated.md": {
        "title": "A port without a date",
        "source": "China Daily",
        "text": "The port handled more containers than ever before, though nobody at the port says when that was.",
    },
    "en/music.md": {
        "title": "=SUM(violin)",
        "source": "+Gazette",
        "published": "2024-02-29",
        "text": "The violin was played by a woman who had built the violin herself, in a workshop by the river.",
    },
    "天津/公交.md": {
        "title": "宝坻智能公交上路",
        "source": "天津日报",
        "published": "2023-05-05",
        "text": "宝坻区的智能公交示范线今年春天正式开通，沿线居民都说乘坐公交去上班比以前方便了很多。\n\n"
        "火车站是公交与铁路换乘的地方，大多数乘客在那里换乘铁路前往北京，全程不到一个小时🚌。",
    },
    "天津/预算.md": {
        "title": "武清公布预算",
        "source": "天津日报",
        "published": "2025-01-01",
        "text": "武清区今年的预算比去年增长百分之三，预算部门预计明年还会继续保持这样的增长速度。\n\n"
        "其中医院得到的预算最多，主要用来增加床位，这是两年前就已经答应当地居民的事情。",
    },
    "天津/水稻.md": {
        "title": "𠮷田水稻丰收",
        "source": "农民日报",
        "published": "2022-10-01",
        "text": "𠮷家庄的水稻今年获得了丰收，农民们说这是十年来水稻收成最好的一年，粮库已经装满了。",
    },
    "天津/港口.md": {
        "title": "港口吞吐量再创新高",
        "text": "港口今年的吞吐量再创新高，负责人表示港口还将继续扩建码头，以便停靠更大的远洋货轮。",
    },
}


def write_articles(folder: Path, articles: dict[str, dict[str, str]]) -> Path:
    """Each article as a Markdown file with front matter."""
    for name, article in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in article.items() if key != "text"]
        path.write_text("\n".join(["---", *lines, "---", article["text"], ""]), "utf-8")
    return folder


@pytest.fixture(scope="session")
def scratch_cache(cache):
    """Where the fake encoder's reference statistics go, instead of the user's cache folder."""
    return cache


@pytest.fixture(scope="session")
def given_cache():
    """The cache folder that the tests were started with, which may hold the bundled model already."""
    return os.environ.get("HAIHE_CACHE")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, given_cache, scratch_cache):
    for name in [name for name in os.environ if name.startswith("HAIHE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HAIHE_CACHE", str(scratch_cache))


@pytest.fixture(scope="session")
def encoder():
    return SignpostTokenEncoder()


@pytest.fixture(scope="session")
def make_encoder():
    """Other encoders of the same kind: `make_encoder(name=..., turned=...)`."""
    return SignpostTokenEncoder


@pytest.fixture(scope="session")
def encoder_without_tokens():
    """The same embeddings, and nothing else: a model whose tokens are out of reach."""
    return SignpostEncoder()


@pytest.fixture(scope="session")
def articles_folder(tmp_path_factory):
    """The corpus as files. Only to be read."""
    return write_articles(tmp_path_factory.mktemp("corpus") / "articles", ARTICLES)


@pytest.fixture(scope="session")
def build(encoder, scratch_cache) -> Callable[..., Path]:
    """Index a folder with the fake encoder, or another; gives the index's folder back."""

    def build_index(
        articles: Path, index: Path, made_by=encoder, late_interaction=LateInteraction.ON, second=None
    ) -> Path:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HAIHE_CACHE", str(scratch_cache))
            build_snapshot([articles], index, made_by, second=second, late_interaction=late_interaction)
        return index

    return build_index


@pytest.fixture(scope="session")
def index_folder(build, articles_folder, tmp_path_factory):
    """The corpus as an index. Only to be read."""
    return build(articles_folder, tmp_path_factory.mktemp("index") / "index")


@pytest.fixture(scope="session")
def searcher(index_folder, encoder) -> Iterator[Searcher]:
    searcher = Searcher(open_snapshot(index_folder), encoder)
    yield searcher
    searcher.snapshot.close()


@pytest.fixture(scope="session")
def searcher_without_tokens(build, articles_folder, encoder_without_tokens, tmp_path_factory) -> Iterator[Searcher]:
    """The same corpus, searched without late interaction."""
    index = tmp_path_factory.mktemp("without") / "index"
    searcher = Searcher(open_snapshot(build(articles_folder, index, encoder_without_tokens)), encoder_without_tokens)
    yield searcher
    searcher.snapshot.close()


@pytest.fixture(scope="module")
def search_corpus(build, encoder, tmp_path_factory) -> Iterator[Callable[..., Searcher]]:
    """A searcher over a corpus of one's own, a mapping of id to fields: `search_corpus({"a.md": {…}})`."""
    opened = []

    def open_searcher(articles, made_by=encoder, late_interaction=LateInteraction.ON) -> Searcher:
        place = tmp_path_factory.mktemp("own")
        index = build(write_articles(place / "articles", articles), place / "index", made_by, late_interaction)
        opened.append(Searcher(open_snapshot(index), made_by))
        return opened[-1]

    yield open_searcher
    for searcher in opened:
        searcher.snapshot.close()


@pytest.fixture(scope="session")
def write_corpus():
    """Write articles, a mapping of id to fields, as Markdown files into a folder."""
    return write_articles


@pytest.fixture(scope="module")
def reprints(search_corpus) -> Searcher:
    """An index in which seven newspapers print the same article, in each language."""
    originals = {"en": ARTICLES["en/buses.md"], "zh": ARTICLES["天津/公交.md"]}
    return search_corpus(
        {f"{language}/{number}.md": article for language, article in originals.items() for number in range(7)}
    )


@pytest.fixture(scope="module")
def open_client(index_folder, encoder):
    """A client of an app over the shared index: `with open_client(…) as client`."""

    @contextmanager
    def open_client(*, given=encoder, load=None, wait=True, **settings):
        made_by, lenient = (
            load or (lambda: Searcher(open_snapshot(index_folder), given)),
            settings.pop("lenient", False),
        )
        app = create_app(Settings(**settings), load=made_by)
        with TestClient(app, raise_server_exceptions=not lenient) as client:
            if wait:
                wait_until(lambda: client.get("/readyz").status_code == 200)
            yield client

    return open_client


@pytest.fixture(scope="module")
def client(open_client):
    """A client of the service over the corpus."""
    with open_client() as client:
        yield client


@pytest.fixture
def haihe(monkeypatch, capsys, encoder):
    """Run the command in this process with the fake encoder."""
    for module in (service.cli.opening, service.search.searcher):
        monkeypatch.setattr(module, "load_encoder", lambda *_, **__: encoder)
        monkeypatch.setattr(module, "load_second_encoder", lambda *_: FakeSecondEncoder())
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # what is said is said in English

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["haihe", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            service.cli.main()
        out, err = capsys.readouterr()
        return Ended(ended.value.code or 0, out, err)

    return run


@pytest.fixture
def own_index(index_folder, tmp_path):
    """A copy of the index that may be damaged."""
    return shutil.copytree(index_folder, tmp_path / "own.index")


@pytest.fixture
def start_haihe(scratch_cache) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command in a process of its own with the fake encoder; whatever still runs is ended afterwards."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, cwd: Path | None = None, **options) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, __file__, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env={
                **os.environ,
                "HAIHE_CACHE": str(scratch_cache),
                "PYTHONPATH": os.pathsep.join(map(str, reversed(Path(__file__).parents[1:3]))),
            },
            **options,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


if __name__ == "__main__":  # the command with the fake encoder, as `start_haihe` starts it
    service.cli.opening.load_encoder = service.search.searcher.load_encoder = lambda *_, **__: SignpostTokenEncoder()
    service.cli.opening.load_second_encoder = service.search.searcher.load_second_encoder = lambda *_: (
        FakeSecondEncoder()
    )
    service.cli.main()
