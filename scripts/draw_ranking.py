"""Draw how the ranking works, from the real model and the reference text that ships with haihe.

Writes docs/images/ranking-*.svg and their Chinese twins, docs/images/ranking-*.zh.svg.

Example: python scripts/draw_ranking.py
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from documentation.svg import Picture

from indexer import Language, build_snapshot, load_encoder, load_second_encoder, open_snapshot
from indexer.spaces.language_space import measure_space
from indexer.text.reference_corpus import reference_text
from service.http.schemas import SearchRequest, SearchResponse
from service.records import AnswerFeatures
from service.search.fusion import fusion_of
from service.search.searcher import Searcher
from service.search.signals import SIGNALS
from service.search.totals import RELEVANT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from indexer import Encoder
    from service.http.schemas import HitOut

    Matrix = NDArray[np.float32]

_ROOT = Path(__file__).parents[1]
_QUESTION = 0
"""Of the reference text, asked in Chinese: what held back inflation in Kenya."""
_SHARED = 8.0
"""Nats of the question's words in a first hit that answers: as many as count."""
_SAMPLE = "Wuqing budget revenue 2.437 billion yuan in 2025"
_PANEL = 400
_NEAREST = 10
_KINDS = ("dense", "sentences", "tokens", "second"), ("numbers", "dates", "names", "words", "glosses")

_CHINESE = {
    "As the model gives them": "模型给出的样子",
    "Each language centred on itself": "每种语言以自己的均值为中心",
    "Chinese passages": "中文段落",
    "English passages": "英文段落",
    "the question, in Chinese": "提问（中文）",
    "the ten nearest": "最近的十个",
    "the ten nearest: {zh} Chinese, {en} English": "最近的十个：中文 {zh} 个，英文 {en} 个",
    "the right passage in English: number {rank}": "正确的英文段落：第 {rank} 名",
    "Inner products with the question": "与提问的内积",
    "Standard deviations above its own language": "高出本语言的标准差",
    "the right one": "正确的段落",
    "The first hit": "第一条结果",
    "Hit {rank}": "第 {rank} 条结果",
    "standard deviations": "标准差",
    "nats": "奈特",
    "dense": "整段向量",
    "sentences": "最佳句子",
    "tokens": "词元",
    "second": "第二个编码器",
    "numbers": "金额与数字",
    "dates": "日期",
    "names": "名称",
    "words": "词语",
    "glosses": "词典译词",
    "score": "得分",
    "score {score:.2f}": "得分 {score:.2f}",
    "how far a passage stands out, all signals together": "综合全部信号，段落有多突出",
    "{count} passages to choose from": "{count} 个段落可选",
    "counted as relevant": "计为相关",
    "What the first question's hits are made of": "各条结果的信号",
    "How a score comes about": "得分的由来",
    "Two clouds of languages": "两团语言",
    "One order for two languages": "两种语言合成一个顺序",
    "From files to hits": "从文件到结果",
    "once, when indexing": "建立索引时，一次",
    "at each question": "每次提问",
    "articles": "文章",
    "passages": "段落",
    "embeddings, terms,": "向量、词语、",
    "sentences, tokens": "句子、词元",
    "statistics": "统计量",
    "of each language": "（每种语言各自）",
    "index": "索引",
    "question": "提问",
    "candidates zh": "中文候选",
    "candidates en": "英文候选",
    "signals": "信号",
    "one order": "一个顺序",
    "hits": "结果",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What pictures say, in one language."""

    is_chinese: bool

    def __call__(self, english: str, **values: object) -> str:
        """A sentence with its values."""
        return (_CHINESE[english] if self.is_chinese else english).format(**values)


@dataclass(frozen=True, slots=True)
class Clouds:
    """The reference text's passages and one question, in some space.

    Attributes:
        passages: unit vectors by language, entry i of both means the same.
        question: a unit vector.
    """

    passages: Mapping[Language, Matrix]
    question: Matrix

    def products(self) -> dict[Language, Matrix]:
        """The inner products of all passages with the question."""
        return {language: rows @ self.question for language, rows in self.passages.items()}


def main() -> None:
    """Encode, search and draw."""
    out = _options().out
    encoder = load_encoder()
    raw, centred, deviations = _clouds(encoder)
    hits = _sample_hits(encoder)
    drawings: dict[str, Callable[[Words], Picture]] = {
        "ranking-clouds": lambda words: draw_clouds(raw, centred, deviations, words),
        "ranking-merging": lambda words: draw_merging(raw.products(), deviations, words),
        "ranking-signals": lambda words: draw_signals(hits, words),
        "ranking-score": draw_score,
        "architecture": draw_architecture,
    }
    for name, drawing in drawings.items():
        for words, ending in ((Words(False), ".svg"), (Words(True), ".zh.svg")):
            (out / f"{name}{ending}").write_text(drawing(words).svg(), "utf-8")


def _clouds(encoder: Encoder) -> tuple[Clouds, Clouds, dict[Language, Matrix]]:
    """As the model gives them; centred; and the question's scores in standard deviations."""
    text = reference_text()
    passages = {language: encoder.encode_passages(text[language].passages) for language in Language}
    queries = {language: encoder.encode_queries(text[language].queries) for language in Language}
    spaces = {language: measure_space(passages[language], queries[language]) for language in Language}
    question = queries[Language.ZH][_QUESTION]
    raw = Clouds(passages, question)
    centred = Clouds(
        {language: spaces[language].centre_passages(rows) for language, rows in passages.items()},
        spaces[Language.ZH].centre_query(question),
    )
    deviations = {}
    for language, products in centred.products().items():
        mean, deviation = spaces[language].moments(centred.question)
        deviations[language] = (products - mean) / deviation
    return raw, centred, deviations


def _sample_hits(encoder: Encoder) -> list[HitOut]:
    """The first and the fifth hit of a question to the sample articles, explained."""
    with tempfile.TemporaryDirectory() as folder:
        second = load_second_encoder()
        build_snapshot([_ROOT / "seeds"], Path(folder) / "index", encoder, second=second)
        searcher = Searcher(open_snapshot(Path(folder) / "index"), encoder, second=second)
        query = SearchRequest(query=_SAMPLE, k=5, explain=True).to_query()
        hits = SearchResponse.of(query, searcher.search(query), searcher.snapshot.manifest, 0.0).hits
    return [hits[0], hits[4]]


def draw_clouds(raw: Clouds, centred: Clouds, deviations: Mapping[Language, Matrix], words: Words) -> Picture:
    """Two panels: every passage as a dot, before and after."""
    picture = Picture(words("Two clouds of languages"), 2 * _PANEL + 60, 420)
    for left, title, clouds, scores in (
        (10, "As the model gives them", raw, raw.products()),
        (_PANEL + 40, "Each language centred on itself", centred, deviations),
    ):
        picture.text(left, 22, words(title), "title")
        picture.rect(left, 34, _PANEL, 300, "ground", 6)
        order = _order(scores)
        _dots(picture, clouds, order[:_NEAREST], left)
        nearest = [language for language, _ in order[:_NEAREST]]
        counts = {language.value: nearest.count(language) for language in Language}
        picture.text(left, 354, words("the ten nearest: {zh} Chinese, {en} English", **counts), "title")
        rank = order.index((Language.EN, _QUESTION)) + 1
        picture.text(left, 373, words("the right passage in English: number {rank}", rank=rank))
    _legend(picture, 10, 405, words)
    return picture


def _order(scores: Mapping[Language, Matrix]) -> list[tuple[Language, int]]:
    """All passages, best first."""
    everything = [(float(score), language, row) for language in scores for row, score in enumerate(scores[language])]
    return [(language, row) for _, language, row in sorted(everything, key=lambda each: -each[0])]


def _dots(picture: Picture, clouds: Clouds, nearest: list[tuple[Language, int]], left: float) -> None:
    """The plane in which the passages differ most."""
    rows = np.vstack([clouds.passages[language] for language in Language])
    middle = rows.mean(axis=0)
    axes = np.linalg.svd(rows - middle, full_matrices=False)[2][:2]
    flat = np.vstack([(rows - middle) @ axes.T, ((clouds.question - middle) @ axes.T)[None]])
    low, high = flat.min(axis=0), flat.max(axis=0)
    places = (flat - low) / (high - low) * (_PANEL - 40, 260) + (left + 20, 54)
    count = len(clouds.passages[Language.ZH])
    starts = {language: number * count for number, language in enumerate(Language)}
    for language, start in starts.items():
        for x, y in places[start : start + count]:
            picture.dot(x, y, 3, f"{language.value} faint")
    for language, row in nearest:
        x, y = places[starts[language] + row]
        picture.dot(x, y, 3.5, language.value)
        picture.dot(x, y, 6.5, "ring")
    picture.star(*places[-1])


def _legend(picture: Picture, x: float, y: float, words: Words) -> None:
    for kind, text in (("zh", "Chinese passages"), ("en", "English passages")):
        picture.dot(x + 5, y - 4, 4, kind)
        picture.text(x + 16, y, words(text))
        x += 140
    picture.star(x + 6, y - 4)
    picture.text(x + 18, y, words("the question, in Chinese"))
    picture.dot(x + 190, y - 4, 6.5, "ring")
    picture.text(x + 203, y, words("the ten nearest"))


def draw_merging(products: Mapping[Language, Matrix], deviations: Mapping[Language, Matrix], words: Words) -> Picture:
    """Two panels: how the scores of both languages are distributed, before and after."""
    picture = Picture(words("One order for two languages"), 2 * _PANEL + 60, 290)
    for left, title, scores in (
        (10, "Inner products with the question", products),
        (_PANEL + 40, "Standard deviations above its own language", deviations),
    ):
        picture.text(left, 22, words(title), "title")
        _distributions(picture, scores, left, words)
    x = 10.0
    for kind, text in (("zh", "Chinese passages"), ("en", "English passages")):
        picture.dot(x + 5, 272, 4, kind)
        picture.text(x + 16, 276, words(text))
        x += 140
    return picture


def _distributions(picture: Picture, scores: Mapping[Language, Matrix], left: float, words: Words) -> None:
    every = np.concatenate(list(scores.values()))
    edges = np.linspace(every.min(), every.max() + 1e-6, 33)
    step = (_PANEL - 40) / 32
    tallest = max(np.histogram(found, edges)[0].max() for found in scores.values())
    for language in Language:
        counts = np.histogram(scores[language], edges)[0]
        for number, count in enumerate(counts):
            height = 150 * count / tallest
            picture.rect(left + number * step, 224 - height, step - 1, height, f"{language.value} faint", 0)
    picture.path(f"M{left:.1f} 224h{_PANEL - 40}", "line")
    for label in (edges[0], (edges[0] + edges[-1]) / 2, edges[-1]):
        x = left + (label - edges[0]) / (edges[-1] - edges[0]) * (_PANEL - 40)
        picture.text(max(x, left + 12), 242, f"{label:.2f}" if every.max() <= 1 else f"{label:.0f}", "small middle")
    for height, language in ((50, Language.ZH), (66, Language.EN)):
        x = left + (scores[language][_QUESTION] - edges[0]) / (edges[-1] - edges[0]) * (_PANEL - 40)
        picture.path(f"M{x:.1f} {height + 6}V224", f"curve {language.value}")
        picture.dot(x, height, 5, language.value)
        picture.text(x - 10, height + 4, words("the right one"), "small end")


def draw_signals(hits: list[HitOut], words: Words) -> Picture:
    """Two panels: what each signal gave the first hit, and a later one."""
    picture = Picture(words("What the first question's hits are made of"), 2 * _PANEL + 60, 290)
    widest = _widest(hits)
    for number, hit in enumerate(hits):
        left = 10 + number * (_PANEL + 30)
        title = words("The first hit") if hit.rank == 1 else words("Hit {rank}", rank=hit.rank)
        picture.text(left, 22, f"{title} · {words('score {score:.2f}', score=hit.score)}", "title")
        picture.text(left, 41, _cut(hit.document.title), "small")
        _bars(picture, hit, left, widest, words)
    return picture


def _cut(title: str) -> str:
    most = 30 if any("一" <= letter <= "鿿" for letter in title) else 62
    return title if len(title) <= most else title[: most - 1] + "…"


def _widest(hits: list[HitOut]) -> dict[str, float]:
    found = [hit.explanation.signals for hit in hits if hit.explanation]
    return {
        unit: max(max(each.get(name) or 0.0 for name in names) for each in found)
        for unit, names in zip(("standard deviations", "nats"), _KINDS, strict=True)
    }


def _bars(picture: Picture, hit: HitOut, left: float, widest: Mapping[str, float], words: Words) -> None:
    y = 66.0
    for (unit, most), names in zip(widest.items(), _KINDS, strict=True):
        picture.text(left, y, words(unit), "small")
        for name in names:
            y += 22
            value = hit.explanation.signals.get(name) if hit.explanation else None
            picture.text(left + 96, y, words(name), "end")
            picture.rect(left + 104, y - 11, 200, 14, "ground")
            picture.rect(left + 104, y - 11, 200 * max(value or 0.0, 0.0) / most, 14, "en")
            picture.text(left + 310, y, "–" if value is None else f"{value:.1f}", "small")
        y += 28


def draw_score(words: Words) -> Picture:
    """The likelihood over how far a passage stands out, for small and large indexes."""
    picture = Picture(words("How a score comes about"), 700, 290)
    left, bottom, width, height = 50, 230, 440, 190

    def place(deviations: float, score: float) -> tuple[float, float]:
        return left + deviations / 14 * width, bottom - score * height

    picture.rect(left, bottom - height, width, height, "ground", 0)
    for score in sorted({0, RELEVANT, 0.5, 0.75, 1}):
        picture.text(left - 8, bottom - score * height + 4, f"{score:g}", "small end")
    for deviations in range(0, 15, 2):
        picture.text(place(deviations, 0)[0], bottom + 18, str(deviations), "small middle")
    picture.text(left, 24, words("score"), "title")
    picture.text(left, bottom + 40, words("how far a passage stands out, all signals together"), "title")
    calibration = fusion_of(frozenset(SIGNALS)).calibration
    for kind, count in (("zh", 50), ("en", 2000)):
        features = AnswerFeatures(count, shared=_SHARED)
        scores = [calibration.likelihood(step / 10, features) for step in range(141)]
        curve = [place(step / 10, score) for step, score in enumerate(scores)]
        picture.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in curve), f"curve {kind}")
    for kind, count, y in (("zh", 50, 70), ("en", 2000, 92)):
        picture.path(f"M{left + width + 12} {y - 4}h16", f"curve {kind}")
        picture.text(left + width + 34, y, words("{count} passages to choose from", count=count), "small")
    picture.path(f"M{left} {bottom - RELEVANT * height:.1f}h{width}", "line dashed")
    picture.text(left + width - 6, bottom - RELEVANT * height - 6, words("counted as relevant") + " ↑", "small end")
    return picture


def draw_architecture(words: Words) -> Picture:
    """The write path above, the read path below, the index between them."""
    picture = Picture(words("From files to hits"), 860, 300)
    picture.text(10, 24, words("once, when indexing"), "title")
    picture.text(10, 194, words("at each question"), "title")
    for x, y, width, lines in (
        (10, 44, 100, ("articles",)),
        (150, 44, 100, ("passages",)),
        (290, 44, 170, ("embeddings, terms,", "sentences, tokens")),
        (500, 44, 150, ("statistics", "of each language")),
        (700, 44, 140, ("index",)),
        (10, 214, 100, ("question",)),
        (290, 196, 170, ("candidates zh",)),
        (290, 246, 170, ("candidates en",)),
        (500, 214, 100, ("signals",)),
        (640, 214, 90, ("one order",)),
        (770, 214, 80, ("hits",)),
    ):
        _box(picture, x, y, width, [words(line) for line in lines])
    for start in ((110, 67, 148), (250, 67, 288), (460, 67, 498), (650, 67, 698), (600, 237, 638), (730, 237, 768)):
        picture.arrow(start[0], start[1], start[2], start[1])
    for y in (217, 267):
        picture.path(f"M110 237C200 237 200 {y} 288 {y}l-6 -4m6 4l-6 4", "line")
        picture.path(f"M460 {y}C480 {y} 480 237 498 237l-6 -4m6 4l-6 4", "line")
    picture.path("M770 90C770 160 375 110 375 194l-4 -6m4 6l4 -6", "line dashed")
    return picture


def _box(picture: Picture, x: float, y: float, width: float, lines: list[str]) -> None:
    height = 46 if y not in (196, 246) else 40
    picture.rect(x, y, width, height, "box", 6)
    first = y + height / 2 + 4 - 8 * (len(lines) - 1)
    for number, line in enumerate(lines):
        picture.text(x + width / 2, first + 16 * number, line, "title middle")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "images", help="where the pictures are written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
