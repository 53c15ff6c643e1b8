"""Questions in a language that isn't served."""

from __future__ import annotations

import pytest

from indexer import foreign_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("大阪の水族館", "ja"),
        ("横浜市立中央図書館の開館時間", "ja"),
        ("ニュース", "ja"),
        ("부산 항구의 물동량은 얼마입니까?", "ko"),
        ("Сколько контейнеров прошло через порт?", "ru"),
        ("Combien de conteneurs ont passé par le port ?", "fr"),
        ("Wie viele Container gingen durch den Hafen?", "de"),
        ("¿Cuántos contenedores pasaron por el puerto?", "es"),
        ("كم عدد الحاويات في الميناء؟", "ar"),
        ("ท่าเรืออยู่ที่ไหน", "th"),
    ],
)
def test_a_question_in_a_third_language_is_told_by_script_or_function_words(question, language):
    """However short it is."""
    assert foreign_language(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "港口吞吐量",
        "海港城の咖啡店",
        "Rio de Janeiro carnival",
        "São Paulo",
        "Charles de Gaulle",
        "Zhang Weiming Li Xiaohong",
        "port container throughput 2024",
        "Côte d'Ivoire elections",
        "Which ports are no longer a free zone?",
        "α粒子",
        "5G",
        "?",
        "",
    ],
)
def test_names_and_key_words_are_no_third_language(question):
    """A wrong note would be worse than none."""
    assert foreign_language(question) is None
