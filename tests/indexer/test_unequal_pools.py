"""Fairness where one language has few passages, on subjects of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from indexer import Document, Language, index_passages, open_snapshot, whole_passages
from service.records import Query, RankingMethod
from service.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path

_CHINESE_ARTICLES = slice(None, None, 10)
"""Every tenth of 48 articles is in the pool in Chinese, all others in English."""


class Question(NamedTuple):
    text: str
    answer: str


def read_articles(dataset: Path, language: Language) -> list[tuple[list[Document], list[Question]]]:
    """Each article's paragraphs, and the questions to them; an answer is a paragraph's number, the same in both files."""
    articles, number = [], 0
    for article in json.loads((dataset / f"{language}.json").read_text("utf-8"))["data"]:
        documents, questions = [], []
        for paragraph in article["paragraphs"]:
            documents.append(Document(id=str(number), title="", text=paragraph["context"], language=language))
            # straight quotes would ask for exact words, which no passage of the other language has
            questions += [Question(asked["question"].replace('"', ""), str(number)) for asked in paragraph["qas"]]
            number += 1
        articles.append((documents, questions))
    return articles


def mean_reciprocal_rank(searcher: Searcher, questions: list[Question], ranking: RankingMethod) -> float:
    prepared = searcher.prepare([question.text for question in questions])
    total = 0.0
    for question, of_question in zip(questions, prepared, strict=True):
        found = searcher.rank(Query(question.text, k=1000, ranking=ranking), of_question)
        total += 1 / (1 + [candidate.document_id for candidate in found].index(question.answer))
    return total / len(questions)


@pytest.mark.slow
def test_a_small_pool_on_other_subjects_hides_nothing(shared, real_encoder, tmp_path):
    """Questions find their only answer in the other language, though passages of their own language are in the way."""
    dataset = shared / "relevance" / "xquad-r"
    if not dataset.is_dir():
        pytest.skip(f"{dataset} is missing")
    articles = {language: read_articles(dataset, language) for language in Language}
    only_zh = set(range(len(articles[Language.ZH]))[_CHINESE_ARTICLES])
    pool, chinese, english = [], [], []
    for number, (zh, en) in enumerate(zip(articles[Language.ZH], articles[Language.EN], strict=True)):
        pool += zh[0] if number in only_zh else en[0]
        if number in only_zh:
            english += en[1]
        else:
            chinese += zh[1]
    corpus = ((document, whole_passages(document, real_encoder)) for document in pool)
    index_passages(corpus, tmp_path / "index", real_encoder)
    searcher = Searcher(open_snapshot(tmp_path / "index"), real_encoder)
    means = {
        (method, name): mean_reciprocal_rank(searcher, questions, method)
        for method in RankingMethod
        for name, questions in (("zh to en", chinese), ("en to zh", english))
    }
    passages = {str(language): len(searcher.snapshot.pools[language]) for language in Language}
    print(
        passages,
        len(chinese),
        len(english),
        {f"{method} {name}": round(mean, 3) for (method, name), mean in means.items()},
    )
    assert means[RankingMethod.FAIR, "zh to en"] >= 0.75
    assert means[RankingMethod.FAIR, "en to zh"] >= 0.6
    for name in ("zh to en", "en to zh"):
        assert means[RankingMethod.PLAIN, name] < means[RankingMethod.FAIR, name] - 0.1
