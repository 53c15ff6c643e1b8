"""Two writings of one thing share the term that stands for it, and writings of two things don't."""

from __future__ import annotations

import pytest

from indexer.terms import TermKind, folded, passage_terms, query_terms

AMOUNTS = [
    ("81.7亿元", "8.17 billion yuan", "n_8170000000_cny"),
    ("8.17千万元", "81.7 million yuan", "n_81700000_cny"),
    ("1721亿元", "172.1 billion yuan", "n_172100000000_cny"),
    ("24.37亿元", "2.437 billion yuan", "n_2437000000_cny"),
    ("3000亿元", "300 billion yuan", "n_300000000000_cny"),
    ("3000多亿元", "more than 300 billion yuan", "n_300000000000_cny"),
    ("３０００余亿元", "over 300-billion-yuan", "n_300000000000_cny"),
    ("近3000亿人民币", "RMB 300 billion", "n_300000000000_cny"),
    ("三千亿元", "three hundred billion yuan", "n_300000000000_cny"),
    ("3000 亿元", "¥300bn", "n_300000000000_cny"),
    ("3000億元", "CNY300 billion", "n_300000000000_cny"),
    ("1.2万亿元", "1.2 trillion yuan", "n_1200000000000_cny"),
    ("3亿5000万元", "350 million yuan", "n_350000000_cny"),
    ("三点五亿美元", "$350m", "n_350000000_usd"),
    ("35亿美元", "$3.5bn", "n_3500000000_usd"),
    ("35亿美元", "US$3.5 billion", "n_3500000000_usd"),
    ("35亿美元", "3.5 billion US dollars", "n_3500000000_usd"),
    ("500万元", "5m yuan", "n_5000000_cny"),
    ("2亿欧元", "€200 million", "n_200000000_eur"),
    ("2亿欧元", "200 million euros", "n_200000000_eur"),
    ("10亿港元", "HK$1 billion", "n_1000000000_hkd"),
    ("100亿日元", "10 billion yen", "n_10000000000_jpy"),
    ("百分之二十三点五", "23.5 percent", "n_23.5_pct"),
    ("5.2%", "5.2 per cent", "n_5.2_pct"),
    ("5.2％", "5.20%", "n_5.2_pct"),
    ("1.5个百分点", "1.5 percentage points", "n_1.5_pp"),
    ("1574平方公里", "1,574 square kilometers", "n_1574000000_m2"),
    ("1574平方公里", "1,574 sq km", "n_1574000000_m2"),
    ("1574平方千米", "1574 km²", "n_1574000000_m2"),
    ("30平方公里", "30-square-kilometre", "n_30000000_m2"),
    ("8.6万平方米", "86,000 square meters", "n_86000_m2"),
    ("2公顷", "20,000 m²", "n_20000_m2"),
    ("10万亩", "100,000 mu", "n_100000_mu"),
    ("120公里", "120 kilometers", "n_120000_m"),
    ("120公里", "a 120-km road", "n_120000_m"),
    ("300米", "300 metres", "n_300_m"),
    ("350万吨", "3.5 million tonnes", "n_3500000_t"),
    ("120万千瓦", "1,200 MW", "n_1200000_kw"),
    ("一百二十万千瓦", "1.2 million kilowatts", "n_1200000_kw"),
    ("3亿千瓦时", "300 million kWh", "n_300000000_kwh"),
    ("2300万标箱", "23 million TEUs", "n_23000000_teu"),
    ("二十三年", "twenty-three years", "n_23_year"),
    ("两万五千人", "25,000 people", "n_25000"),
    ("一百零六家企业", "106 companies", "n_106"),
    ("5万多名学生", "more than 50,000 students", "n_50000"),
    ("第十四届", "the 14th session", "n_14_th"),
    ("第三", "third", "n_3_th"),
    ("3倍", "3 times", "n_3_times"),
]
DATES = [
    ("2023年9月17日", "September 17, 2023", "d_2023.09.17"),
    ("2023年9月17日", "17 Sept 2023", "d_2023.09.17"),
    ("2023年9月17日", "2023-09-17", "d_2023.09.17"),
    ("2023 年 9 月 17 日", "2023/9/17", "d_2023.09.17"),
    ("二〇二三年九月十七日", "Sept. 17th, 2023", "d_2023.09.17"),
    ("9月17日", "September 17", "d_09.17"),
    ("9月17日", "on 17 September", "d_09.17"),
    ("2023年9月17日", "September 2023", "d_2023.09"),
    ("2023年9月", "September of 2023", "d_2023.09"),
    ("2023年9月", "September 17, 2023", "d_2023.09"),
    ("9月份", "in September", "d_09"),
    ("5月", "in May", "d_05"),
    ("2023年", "in 2023", "d_2023"),
    ("2023年9月17日", "2023", "d_2023"),
    ("2023年上半年", "the first half of 2023", "d_2023.h1"),
    ("2023年上半年", "H1 2023", "d_2023.h1"),
    ("下半年", "the second half", "d_h2"),
    ("2024年一季度", "the first quarter of 2024", "d_2024.q1"),
    ("2024年第一季度", "Q1 2024", "d_2024.q1"),
    ("前三季度", "the first three quarters", "d_01to09"),
    ("2023年1—7月", "January to July 2023", "d_2023.01to07"),
    ("1至7月", "January-July", "d_01to07"),
    ("前7个月", "the first seven months", "d_01to07"),
    ("今年前七个月", "from January through July", "d_01to07"),
    ("十四五", "14th Five-Year Plan", "d_plan14"),
    ("“十四五”规划", "the 14th five-year plan (2021-2025)", "d_plan14"),
    ("第十五个五年规划", "the fifteenth Five-Year Plan", "d_plan15"),
    ("党的二十大", "20th National Congress", "d_congress20"),
    ("十九大", "the 19th CPC National Congress", "d_congress19"),
    ("2021—2025年", "2021 to 2025", "d_2021"),
    ("2021—2025年", "2021 to 2025", "d_2025"),
    ("20世纪90年代", "the 1990s", "d_1990s"),
]
NAMES = [
    ("刘松林", "Liu Songlin"),
    ("刘松林", "Songlin Liu"),
    ("劉松林", "LIU Songlin"),
    ("刘松林", "Liu Song-lin"),
    ("单泽峰", "Shan Zefeng"),
    ("连茂君", "Lian Maojun"),
    ("曾庆红", "Zeng Qinghong"),
    ("仇保兴", "Qiu Baoxing"),
    ("解振华", "Xie Zhenhua"),
    ("查培新", "Zha Peixin"),
    ("区伯", "Ou Bo"),
    ("盖茂森", "Ge Maosen"),
    ("任正非", "Ren Zhengfei"),
    ("朴树", "Piao Shu"),
    ("尉迟恭", "Yuchi Gong"),
    ("欧阳修", "Ouyang Xiu"),
    ("覃志刚", "Qin Zhigang"),
    ("覃志刚", "Tan Zhigang"),
    ("吕薇", "Lyu Wei"),
    ("吕薇", "Lü Wei"),
    ("吕薇", "Lv Wei"),
    ("吕薇", "Lu Wei"),
    ("殷湘杰", "Yin Xiang-jie"),
    ("何立峰", "He Lifeng"),
    ("武清", "Wuqing"),
    ("武清区", "Wuqing District"),
    ("西安", "Xi'an"),
    ("重庆", "Chongqing"),
    ("宝坻", "Baodi"),
    ("厦门", "Xiamen"),
    ("京津冀", "Jing-Jin-Ji"),
    ("香港", "Hong Kong"),
    ("哈尔滨", "Harbin"),
    ("长江", "the Yangtze River"),
]
OTHERS = [
    ("3000亿元", "3,000 yuan", "n_300000000000_cny"),
    ("3000亿元", "300 billion dollars", "n_300000000000_cny"),
    ("5.2%", "5.2 percentage points", "n_5.2_pct"),
    ("一些统一的三农问题", "one three", "n_3"),
    ("一般十分万一第一", "10 percent of 10000", "n_10"),
    ("数十亿元", "1 billion yuan", "n_1000000000_cny"),
    ("几百万元", "1 million yuan", "n_1000000_cny"),
    ("十几个国家", "10 countries", "n_10"),
    ("两会期间", "two sessions", "n_2"),
    ("2020年，300家企业", "2020,300 yuan", "n_2020300"),
    ("5G网络", "5 networks", "n_5"),
    ("100万", "half a million", "n_1000000"),
    ("12万公里", "120,000 meters", "n_120000_m"),
    ("2023家企业", "in 2023", "d_2023"),
    ("10月17日", "November 17", "d_10.17"),
    ("十大品牌", "the 10th National Congress", "d_congress10"),
    ("他可能来", "it may be", "d_05"),
]


def meets(query: str, passage: str) -> set[str]:
    """The index terms through which a query finds a passage."""
    terms = set(passage_terms(passage))
    return {term for group in query_terms(query) for term, _ in group.alternatives} & terms


@pytest.mark.parametrize(("chinese", "english", "term"), [*AMOUNTS, *DATES])
def test_an_amount_and_a_date_are_one_term_in_both_languages(chinese, english, term):
    """The exact term is in both passages, and each writing asks for it with its whole weight or as a coarser date."""
    assert term in passage_terms(chinese)
    assert term in passage_terms(english)
    assert meets(chinese, english)
    assert meets(english, chinese)


@pytest.mark.parametrize(("chinese", "english"), NAMES)
def test_a_name_is_found_in_both_directions(chinese, english):
    assert any(term.startswith("l_") for term in meets(chinese, f"An official, {english}, spoke."))
    assert any(term.startswith("p_") for term in meets(english, f"据悉，{chinese}表示欢迎。"))


@pytest.mark.parametrize(("chinese", "english"), NAMES)
def test_a_name_typed_without_capitals_is_found(chinese, english):
    assert any(term.startswith("p_") for term in meets(english.lower(), f"据悉，{chinese}表示欢迎。"))


@pytest.mark.parametrize(("chinese", "english", "term"), OTHERS)
def test_two_things_share_no_term(chinese, english, term):
    assert not {term} <= set(passage_terms(chinese)) & set(passage_terms(english))


def test_a_bare_value_is_worth_less_where_the_query_names_a_unit():
    (group,) = query_terms("81.7亿元")
    assert group.kind is TermKind.NUMBER
    assert group.surface == "81.7亿元"
    assert group.alternatives == (("n_8170000000_cny", 1.0), ("n_8170000000", 0.7))
    assert query_terms("106")[0].alternatives == (("n_106", 1.0),)


def test_a_coarser_date_is_worth_less():
    (group,) = query_terms("2023年9月17日")
    assert dict(group.alternatives) == {
        "d_2023.09.17": 1.0,
        "d_2023.09": 0.5,
        "d_09.17": 0.4,
        "d_2023": 0.3,
        "d_09": 0.1,
    }


def test_phrases_are_equal_when_folded():
    assert folded("  ＧＤＰ　增長\n5％ ") == folded("gdp 增长 5%")
