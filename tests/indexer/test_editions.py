"""Editions: which version, year or month a title is on."""

from __future__ import annotations

import pytest

from indexer.linking.editions import Edition


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kitex v0.4.1 发布", "Kitex 0.4.2 released"),
        ("更新日志 1.10.0", "Changelog 1.9.0"),
        ("Ruby 3.3 正式发布", "Ruby 3.4 released"),
        ("天工操作系统2.0版本", "Tiangong OS, version 3.0"),
        ("2021年统计公报", "Statistical communiqué of 2022"),
        ("2024年3月物价", "Consumer prices in April 2024"),
    ],
)
def test_titles_on_other_versions_years_or_months_differ(one, other):
    """However alike the articles are."""
    assert Edition.of(one).differs(Edition.of(other))
    assert Edition.of(other).differs(Edition.of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kitex v0.4.1 发布", "Kitex 0.4.1 released"),
        ("Kitex 0.4 发布", "Kitex 0.4.1 released"),
        ("Kitex v0.4.1 发布", "Kitex has a new release"),
        ("出口增长3.5%", "Exports up 4.1 percent"),
        ("投资81.7亿元", "Investment of 8.17 billion yuan"),
        ("2024年物价", "Consumer prices in April 2024"),
        ("2021至2022年", "The year 2022"),
        ("", "Kitex 0.4.1 released"),
    ],
)
def test_other_numbers_make_no_difference(one, other):
    """Titles round and choose; one that states nothing contradicts nothing."""
    assert not Edition.of(one).differs(Edition.of(other))
