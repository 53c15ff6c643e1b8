"""Spellings of Chinese names other than pinyin: of Hong Kong, of Taiwan, and of everywhere before 1958.

Hong Kong spells Cantonese, by habit more than by a standard: every spelling that is usual for a sound is taken, from
Jyutping (ToJyutping's table of characters) by rule. Wade-Giles and the post office's spellings follow from pinyin. One
name may mix them (Chiang Kai-shek), so a character has the spellings of all. They are many to many, therefore less
sure than pinyin: what is made of them counts less.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.storage.cache_directory import kept_file
from indexer.terms.names import pinyin
from indexer.terms.names.pronunciations import read_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_VERSION = 3
"""Of the file: one of another version isn't looked at."""
_MOST_READINGS = 10
"""Of a spelled syllable, the likeliest; a syllable of Cantonese may be any of several of Mandarin."""
_LEAST_SHARE = 0.004
_MOST_SPELLINGS = 600
"""Of one name, and as many readings of one."""
_CANTONESE_INITIALS = {
    "b": "b p",
    "d": "d t",
    "g": "g k",
    "gw": "gw kw",
    "kw": "kw k",
    "ng": "ng ",
    "z": "ts ch j tz",
    "c": "ch ts",
    "s": "s sh",
    "j": "y",
}
_CANTONESE_FINALS = {
    "aa": "a ah ar",
    "aai": "ai aai",
    "aau": "au aau",
    "aam": "am",
    "aan": "an",
    "aang": "ang",
    "aap": "ap",
    "aat": "at",
    "aak": "ak",
    "ai": "ai ei",
    "au": "au ow o",
    "am": "am um",
    "an": "an un",
    "ap": "ap up",
    "at": "at ut",
    "ak": "ak uk",
    "e": "e eh",
    "ei": "ei ee i ay",
    "eng": "eng ing",
    "i": "i ee ie z ze",
    "iu": "iu",
    "in": "in en",
    "ing": "ing eng",
    "ik": "ik ick",
    "o": "o oh or",
    "oi": "oi oy",
    "ou": "o ou",
    "ok": "ok ock",
    "u": "u oo",
    "un": "un oon",
    "uk": "uk ook",
    "oe": "eu",
    "oeng": "eung",
    "oek": "euk",
    "eoi": "ui oi",
    "eon": "un",
    "eot": "ut",
    "yu": "yu u ue",
    "yun": "uen un",
    "yut": "uet ut",
}
_CANTONESE_SPECIAL = {
    "ng": "ng",
    "m": "m",
    "ji": "yi yee",
    "jan": "yan",
    "jat": "yat",
    "jip": "yip ip",
    "joeng": "yeung young",
    "jyu": "yu yue",
    "jyun": "yuen",
    "jyut": "yuet",
    "waa": "wa wah",
}
_MANDARIN_INITIALS = {
    "b": "p",
    "d": "t",
    "g": "k",
    "j": "ch k ts j",
    "q": "ch k ts",
    "x": "hs sh s h",
    "zh": "ch j",
    "z": "ts",
    "c": "ts",
    "r": "j",
}
_MANDARIN_FINALS = {
    "ian": "ien",
    "ie": "ieh",
    "ue": "ueh",
    "ong": "ung oong",
    "iong": "iung",
    "ou": "ou ow",
    "u": "u oo",
    "uang": "uang wang",
    "uan": "uan wan uen",
    "uai": "uai wai",
    "ua": "ua wa",
    "uo": "o uo",
    "e": "e eh",
    "er": "erh",
}
_MANDARIN_SPECIAL = {
    "zi": "tzu tze",
    "ci": "tzu tze",
    "si": "ssu szu sze",
    "zhi": "chih",
    "chi": "chih",
    "shi": "shih",
    "ri": "jih",
    "ge": "ko",
    "ke": "ko",
    "he": "ho",
    "gui": "kuei kwei",
    "kui": "kuei kwei",
    "bei": "pei pe",
    "yan": "yen",
    "ye": "yeh",
    "yue": "yueh",
    "you": "yu yiu",
    "yi": "i yi",
    "ying": "ying ing",
    "yong": "yung",
    "er": "erh",
}
_INITIALS = sorted("b p m f d t n l g k h j q x zh ch sh r z c s gw kw ng w".split(), key=len, reverse=True)  # noqa: SIM905


def is_syllable(letters: str) -> bool:
    """Tell a lower-case word that may be one spelled syllable."""
    return letters in _tables()[1] or pinyin.syllables(letters) == 1


def is_family_name(letters: str) -> bool:
    """Tell a lower-case word that may be a frequent family name."""
    return letters in _families()


def spellings_of_name(name: str) -> list[str]:
    """The spellings of a name of two to four Han characters, joined; pinyin is left out."""
    if not 1 < len(name) <= pinyin.LONGEST_NAME:
        return []
    options = [_spellings_of_char(char) for char in name]
    joined = ("".join(parts) for parts in itertools.product(*options))
    return list(dict.fromkeys(itertools.islice(joined, _MOST_SPELLINGS)))


def readings_of_name(syllables: Sequence[str]) -> list[str]:
    """The pinyin, joined, of a name of two to four spelled syllables, of which the first is its family name."""
    families = _families().get(syllables[0], ())
    given = [_tables()[1].get(syllable, (syllable,) * pinyin.syllables(syllable)) for syllable in syllables[1:]]
    joined = ("".join(parts) for parts in itertools.product(families, *given))
    return list(itertools.islice(joined, _MOST_SPELLINGS))


@functools.lru_cache(maxsize=4096)
def _spellings_of_char(char: str) -> tuple[str, ...]:
    """The spellings of a character; its pinyin among them, since a name may mix them."""
    mandarin = pinyin.surname_readings(char) + pinyin.char_readings(char)
    cantonese = _tables()[0].get(char, ())
    spellings = [spelled for reading in mandarin for spelled in (*from_pinyin(reading), reading)]
    spellings += [spelled for reading in cantonese for spelled in from_jyutping(reading)]
    return tuple(dict.fromkeys(spellings))


def from_jyutping(reading: str) -> list[str]:
    """The spellings in Hong Kong of a syllable of Jyutping without its tone."""
    if reading in _CANTONESE_SPECIAL:
        return _CANTONESE_SPECIAL[reading].split()
    initial, final = _divided(reading)
    return _joined(_CANTONESE_INITIALS.get(initial, initial), _CANTONESE_FINALS.get(final, final))


def from_pinyin(reading: str) -> list[str]:
    """The spellings of a syllable of pinyin by Wade-Giles, without its marks, and by the post office."""
    if reading in _MANDARIN_SPECIAL:
        return _MANDARIN_SPECIAL[reading].split()
    initial, final = _divided(reading)
    return _joined(_MANDARIN_INITIALS.get(initial, initial), _MANDARIN_FINALS.get(final, final))


def _divided(reading: str) -> tuple[str, str]:
    initial = next((initial for initial in _INITIALS if reading.startswith(initial)), "")
    if initial == "j" and reading[1:2] == "y":  # Jyutping's jyu, which is written with one y
        return initial, reading[1:]
    return initial, reading[len(initial) :]


def _joined(initials: str, finals: str) -> list[str]:
    return [initial + final for initial in initials.split(" ") for final in finals.split(" ")]


@functools.cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """The pinyin of the frequent family names that a syllable may spell."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for char in sorted(pinyin.SURNAMES):
        reading = (pinyin.surname_readings(char) + pinyin.char_readings(char))[0]
        for spelled in _spellings_of_char(char):
            if reading not in families[spelled]:
                families[spelled].append(reading)
    return {spelled: tuple(readings) for spelled, readings in families.items()}


@functools.cache
def _tables() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """The Cantonese readings of each character, and the pinyin of each spelled syllable, the likeliest first."""
    made_of = f"{version('ToJyutping')}-{version('pypinyin')}"
    path = kept_file(f"romanisations-{made_of}-r{_VERSION}.tsv", _write)
    chars: dict[str, tuple[str, ...]] = {}
    syllables: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        key, _, values = line.partition("\t")
        (syllables if key.isascii() else chars)[key] = tuple(values.split())
    return chars, syllables


def _write(path: Path) -> None:
    frequencies = Counter(char for phrase in read_dictionary() if len(phrase) > 1 for char in phrase)
    cantonese = dict(_cantonese([*frequencies, *sorted(pinyin.SURNAMES)]))
    weights: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for char, frequency in frequencies.items():
        mandarin = pinyin.char_readings(char)[:1]
        spelled = {spelling for reading in cantonese.get(char, ()) for spelling in from_jyutping(reading)}
        for spelling in spelled.union(*(from_pinyin(reading) for reading in mandarin)):
            for reading in mandarin:
                weights[spelling][reading] += frequency
    lines = [f"{char}\t{' '.join(readings)}\n" for char, readings in cantonese.items()]
    lines += [f"{spelled}\t{' '.join(_likeliest(counts))}\n" for spelled, counts in sorted(weights.items())]
    path.write_text("".join(lines), "utf-8")


def _likeliest(counts: Counter[str]) -> Iterator[str]:
    least = _LEAST_SHARE * counts.total()
    return (reading for reading, weight in counts.most_common(_MOST_READINGS) if weight >= least)


def _cantonese(chars: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The readings of characters in Jyutping, without tones."""
    import ToJyutping

    for char, readings in ToJyutping.get_jyutping_candidates("".join(dict.fromkeys(chars))):
        if readings:
            yield char, list(dict.fromkeys(reading.rstrip("123456") for reading in readings))
