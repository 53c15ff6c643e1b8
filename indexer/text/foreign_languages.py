"""The language of a question that is in neither of the languages that are searched."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from indexer.records import Language
from indexer.text.language_identification import HAN, identify
from indexer.text.normalization import folded

_SCRIPTS = {
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
"""By the first word of the Unicode name of their letters: the language of most who write so."""
_OTHER_SCRIPT = 0.3
"""The share of the letters that makes a question foreign: it may name something in Chinese or English."""
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_POSSESSIVE = "の"
"""The one kana that Chinese writes, too."""
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    """
    the of and to in is that for it as was with be by on not at are this have from or had an which what who where when
    how why did does do can will has its about after i you he she we they no a there more than them me him her my your
    our
    """.split()  # noqa: SIM905 - read as a text
)
_NAMING = frozenset("de la las los le du des el del da do dos di van der den von y e al".split())  # noqa: SIM905
"""Words that stand inside names, too: Rio de Janeiro, Charles de Gaulle."""
_FUNCTION_WORDS = {
    "fr": "le la les des du de et est sont que qui quoi quel quelle quels quelles où quand comment pourquoi combien"
    " dans sur pour avec par au aux une un il elle ont été ce cette l d qu",
    "es": "el la los las de del y es son que qué quién quiénes cuál cuáles cuánto cuántos cuántas dónde cuándo cómo"
    " en para por con una un se está están ha su al fue",
    "de": "der die das des dem den und ist sind was wer wie wo wann warum welche welcher welches wieviel viele"
    " ein eine einer einem im zu von mit für auf aus bei hat wird wurde nach über nicht",
    "it": "il lo la i gli le di del della delle dei è e sono che chi cosa quale quali quando quanto quanti dove come"
    " perché in per con una un si ha nel nella alla al",
    "pt": "o a os as de do da dos das é e são que quem qual quais quando quanto quantos onde como porque em no na"
    " para por com uma um se foi ao à",
    "nl": "de het een van en is zijn wat wie waar wanneer waarom hoe welke hoeveel in op met voor door naar bij"
    " niet heeft werd wordt",
    "id": "yang di ke dari dan ini itu apa siapa kapan mengapa bagaimana berapa adalah untuk dengan pada dalam mana",
    "tr": "ve bir bu ne nedir kim kimdir nerede nerededir nasıl neden hangi kaç için ile mi mı mu mü da de",  # noqa: RUF001 - Turkish
    "pl": "i w z na do jest są co kto gdzie kiedy jak dlaczego ile czy jaki jaka jakie przez dla się nie od po",
    "vi": "là của và có ở đâu gì ai nào khi bao nhiêu tại sao như thế các những một không được cho với trong",
    "sv": "och är det en ett som av på för med till den vad vem var när hur varför vilken hur många har inte",
}  # fmt: skip
_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_FEWEST = 2


def foreign_language(text: str) -> str | None:
    """The ISO 639-1 code of a question's language where it is evidently neither Chinese nor English, else None.

    By its script, by kana, and in Latin letters by function words of which English has none. Names and key words in
    Latin letters could be anyone's, so they are never foreign.
    """
    letters = _WORD.findall(text)
    if script_language := _by_script("".join(letters)):
        return script_language
    if _is_japanese(text):
        return "ja"
    code = _by_function_words({word.lower() for word in letters}) or (None if _lists_names(letters) else identify(text))
    return None if code in tuple(Language) else code


def _by_script(letters: str) -> str | None:
    scripts = Counter(unicodedata.name(letter, "LATIN").split()[0] for letter in letters)
    script, count = max(
        ((script, scripts[script]) for script in _SCRIPTS if script in scripts),
        key=lambda found: found[1],
        default=("", 0),
    )
    return _SCRIPTS[script] if count > 1 and count >= _OTHER_SCRIPT * len(letters) else None


def _lists_names(words: list[str]) -> bool:
    """Most words have a capital, so that a guess at their language is one at that of names."""
    return sum(word[0].isupper() for word in words) > len(words) / 2


def _is_japanese(text: str) -> bool:
    """Kana other than の, or の among characters that aren't simplified."""
    kana, han = set(_KANA.findall(text)), "".join(_HAN.findall(text))
    return bool(kana - {_POSSESSIVE}) or (bool(kana) and folded(han) != han)


def _by_function_words(words: set[str]) -> str | None:
    """The language that most function words are of: two at least, one of them in no name."""
    counts = {language: len(words & function_words) for language, function_words in _BY_LANGUAGE.items()}
    language = max(counts, key=lambda code: (counts[code], code))
    own = words & _BY_LANGUAGE[language]
    if len(own) < _FEWEST or own <= _NAMING or len(words & _ENGLISH) >= len(own):
        return None
    return language
