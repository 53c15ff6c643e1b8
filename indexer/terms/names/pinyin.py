"""Toneless pinyin: how Han characters may be read, and which Latin words may be such a reading.

Characters and phrases come from pypinyin's dictionaries, looked up here: its own `lazy_pinyin` takes 4 ms for 230
characters, this .3 ms. A phrase decides (音乐 is yinyue, 银行 yinhang); a character outside one has its first reading
and those of `POLYPHONES`. Names follow their own rules, which no dictionary of words knows: see `SURNAME_READINGS`.
"""

from __future__ import annotations

import functools

from indexer.terms.names.pronunciations import LONGEST_PHRASE, read_dictionary, spellings

LONGEST_NAME = 4
"""Syllables. 欧阳锋 and 呼和浩特 fit; more are rare."""
_LONGEST_WORD = 24

# Pinyin's initials and finals, as the table of syllables has them; interjections (hng, yo) are left out.
_FINALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v yu ue ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v yu ue ve",
    "g": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo",
    "sh": "a ai an ang ao e en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
    "": "ai an ang ao en er ou",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
# At a word's start only, as in Emei: inside, English words are full of them.
_FIRST_ONLY = frozenset({"a", "e"})

SURNAME_READINGS = dict(
    pair.split(":")
    for pair in """
    单:shan 曾:zeng 仇:qiu 解:xie 查:zha 区:ou 盖:ge,gai 任:ren 朴:piao,pu 尉:wei,yu 万:wan,mo 俟:qi
    覃:qin,tan 乐:yue,le 员:yun 缪:miao 繁:po 翟:zhai,di 召:shao 华:hua 应:ying 洗:xian 冼:xian 宓:mi,fu
    种:chong 黑:he,hei 秘:bi 折:she 祭:zhai 郇:xun,huan 隗:wei,kui 谌:chen,shen 燕:yan 那:na 车:che 訾:zi
    长:zhang,chang 澹:tan 宿:su 卜:bu 纪:ji 牟:mou,mu 薄:bo 柏:bai,bo 莘:shen,xin 句:gou 行:xing 颉:xie,jie
    能:nai 过:guo 藏:zang 石:shi 叶:ye 盛:sheng 贾:jia 阚:kan 郗:xi,chi 令:ling 鲜:xian 呼:hu 葛:ge 都:du
    重:chong 观:guan 相:xiang 干:gan 少:shao 曲:qu 占:zhan
    """.split()  # noqa: SIM905 - read as a table
)
"""How a character is read as the first of a name, where that may differ from its reading in words."""

POLYPHONES = dict(
    pair.split(":")
    for pair in """
    乐:le,yue 行:xing,hang 重:zhong,chong 长:chang,zhang 朝:chao,zhao 都:du,dou 覃:tan,qin 蔚:wei,yu
    厦:sha,xia 六:liu,lu 荥:xing,ying 铅:qian,yan 浒:hu,xu 蚌:bang,beng 番:fan,pan 藏:cang,zang 传:chuan,zhuan
    曲:qu 阿:a,e 拓:tuo,ta 柏:bai,bo 圩:wei,xu 堡:bao,pu,bu 埔:pu,bu 涌:yong,chong 坻:di,chi 歙:she,xi
    泌:mi,bi 渑:mian,sheng 珲:hun,hui 调:diao,tiao 盛:sheng,cheng 省:sheng,xing 兴:xing 宿:su,xiu 尉:wei,yu
    单:dan,shan,chan 解:jie,xie 曾:zeng,ceng 华:hua 丽:li 洞:dong 会:hui,kuai 石:shi 大:da 陂:bei,pi,po 亳:bo
    莘:xin,shen 邗:han 郫:pi 郴:chen 瑗:yuan 茜:qian,xi 娜:na,nuo 莎:sha,suo 奇:qi 晟:sheng,cheng 珉:min
    琛:chen 骁:xiao 彧:yu 峤:qiao,jiao 玥:yue 颖:ying 召:zhao,shao 卡:ka 龟:gui,qiu 佛:fo,fu 查:cha,zha
    区:qu,ou 朴:pu,piao 仇:chou,qiu 任:ren 盖:gai,ge 俞:yu 乾:qian 适:shi 贾:jia,gu 强:qiang 降:jiang,xiang
    """.split()  # noqa: SIM905 - read as a table
)
"""Characters of names with several readings, the more frequent first."""

COMPOUND_SURNAMES = {
    pair.split(":")[0]: pair.split(":")[1]
    for pair in """
    欧阳:ouyang 司马:sima 上官:shangguan 诸葛:zhuge 东方:dongfang 皇甫:huangfu 尉迟:yuchi 公孙:gongsun
    慕容:murong 令狐:linghu 宇文:yuwen 长孙:zhangsun 司徒:situ 夏侯:xiahou 端木:duanmu 百里:baili 南宫:nangong
    万俟:moqi 澹台:tantai 赫连:helian 呼延:huyan 鲜于:xianyu 轩辕:xuanyuan 闻人:wenren 淳于:chunyu 单于:chanyu
    申屠:shentu 太史:taishi
    """.split()  # noqa: SIM905 - read as a table
}

SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江"
    "傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温"
    "莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂丛岳齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管辛苗祁曲卫涂裴翁霍游阮"
    "柯谷滕靳佟单甄卜路焉包宁牟房盛古艾鲍隋路全窦褚娄甘景仇车童简习栗冀项柏连闫解查区盖朴尉仝冼农计楚鹿宗冷司"
    "匡巩郎边成应桂郁禹晏付肖代党阙"
)
"""Frequent surnames. One that is missing only makes a block of a query begin elsewhere."""

_SURNAME_SYLLABLES = frozenset(
    """
    wang li zhang liu chen yang huang zhao zhou wu xu sun zhu ma hu guo lin he gao liang zheng luo song xie tang
    han cao deng xiao feng zeng cheng cai peng pan yuan yu dong su ye lv lu lyu wei jiang tian du ding shen fan
    fu zhong dai cui ren liao yao fang jin qiu xia tan jia zou shi xiong meng qin yan xue hou lei bai long duan
    hao kong shao mao chang wan gu lai kang yin qian niu hong gong tao wen mo yi qiao an zhuang ni pang xing
    zhai lan nie cong yue qi shang bi geng zuo ji guan qu huo ruan ke jiao zhan shan zhen ou mu bao ning lian ge
    piao min xi hua tong kuang bian dang
    """.split()  # noqa: SIM905 - read as a text
)


def is_surname(word: str) -> bool:
    """Tell whether a romanised word is a frequent surname."""
    return word in _SURNAME_SYLLABLES or word in COMPOUND_SURNAMES.values()


@functools.lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """The least number of syllables that a lower-case word parses into, 0 where it is no pinyin."""
    if not 1 < len(word) <= _LONGEST_WORD or not word.isascii():
        return 0
    least = {0: 0}
    for start in range(len(word)):
        if start not in least:
            continue
        for end in range(start + 1, min(start + 6, len(word)) + 1):
            if word[start:end] in SYLLABLES or (start == 0 and word[:end] in _FIRST_ONLY):
                least[end] = min(least[start] + 1, least.get(end, _LONGEST_WORD))
    return least.get(len(word), 0)


def readings(run: str) -> list[tuple[str, ...]]:
    """The readings of each character of a run of Han characters, the likeliest first; empty for one without any."""
    dictionary, beginnings = read_dictionary(), _beginnings()
    readings: list[tuple[str, ...]] = []
    while len(readings) < len(run):
        at = len(readings)
        if run[at : at + 2] in beginnings:
            for size in range(LONGEST_PHRASE, 1, -1):
                phrase = run[at : at + size]
                if phrase in dictionary:
                    readings += _phrase_readings(phrase)
                    break
        if len(readings) == at:
            readings.append(char_readings(run[at]))
    return readings


@functools.lru_cache(maxsize=32768)
def char_readings(char: str) -> tuple[str, ...]:
    """The readings of a character outside a phrase."""
    if char in POLYPHONES:
        return tuple(POLYPHONES[char].split(","))
    return spellings(read_dictionary().get(char, ""))


@functools.lru_cache(maxsize=8192)
def surname_readings(char: str) -> tuple[str, ...]:
    """The readings of a character as a surname, where they are its own."""
    return tuple(SURNAME_READINGS[char].split(",")) if char in SURNAME_READINGS else ()


@functools.lru_cache(maxsize=32768)
def _phrase_readings(phrase: str) -> list[tuple[str, ...]]:
    dictionary = read_dictionary()
    return [spellings(read) for read in dictionary[phrase].split() or [dictionary.get(char, "") for char in phrase]]


@functools.cache
def _beginnings() -> frozenset[str]:
    """The beginnings of phrases: the first two characters of each."""
    return frozenset(text[:2] for text in read_dictionary() if len(text) > 1)
