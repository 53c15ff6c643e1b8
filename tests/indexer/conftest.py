"""A small corpus, and an index of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import FakeSecondEncoder, FakeTokenEncoder

from indexer import build_snapshot

ARTICLES = {
    "zh-port.md": (
        "title: 天津港集装箱吞吐量创新高\nsource: 海河日报\npublished: 2024-03-01",
        [
            "天津港一季度集装箱吞吐量同比增长百分之八，创历史新高。港口负责人说，新航线的开通是主要原因。",
            "今年以来，天津港新开通三条远洋航线，连接东南亚和欧洲。“我们还将继续扩建码头。”他说。",
        ],
    ),
    "zh-budget.md": (
        "title: 武清区公布财政收入\nsource: 武清发布",
        [
            "武清区一般公共预算收入完成八十一亿元，增长百分之三点五。税收占比继续提高，结构更加合理。",
            "区财政局表示，资金将优先用于教育和医疗。新建学校十二所，改造社区医院六家。",
        ],
    ),
    "sub/en-port.md": (
        "title: Tianjin port sets a record\nsource: The Haihe Herald\npublished: 2024-03-02",
        [
            "Container throughput at the port of Tianjin rose eight percent in the first quarter, which is a record.",
            "The port opened three new routes to Europe this year. It will enlarge its docks in the next one.",
        ],
    ),
    "en-bus.md": (
        "title: Smart buses come to Baodi\nsource: The Haihe Herald",
        ["Electric buses now serve all of the district's villages, and the fare is two yuan for a ride of any length."],
    ),
}


def write_articles(folder: Path, names: list[str] | None = None) -> Path:
    for name in names or ARTICLES:
        matter, paragraphs = ARTICLES[name]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{matter}\n---\n" + "\n\n".join(paragraphs) + "\n", "utf-8")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two Chinese and two English articles."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HAIHE_CACHE", str(cache))
        articles = write_articles(folder / "articles")
        build_snapshot([articles], folder / "index", FakeTokenEncoder(), second=FakeSecondEncoder())
    return folder / "index"


@pytest.fixture
def index(tmp_path: Path, _built: Path) -> Path:
    """An index of the articles, made with the fake encoders, tokens and all; each test has its own copy."""
    return Path(shutil.copytree(_built, tmp_path / "index"))
