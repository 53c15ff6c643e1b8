"""Zip archives of documents (DOCX, ODT, EPUB), read within bounds that don't trust what the archive says of itself."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from indexer.errors import ArticleError, reason_of

LARGEST_ARCHIVE = 256 * 2**20
"""Bytes that an archive may say it unpacks to."""
LARGEST_PARTS = 64 * 2**20
"""Bytes that are unpacked of it: its texts, not its pictures."""
_MOST_PARTS = 20_000
_MOST_TAGS = 4_000_000
_SMALL_PART = 2 * 2**20
_MOST_TIMES = 400
"""How often larger than packed a large part may be; the XML of real documents is 5 to 60 times."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What documents are packed by; the others unpack without a bound on what a step gives."""

Element = Any
"""An element of lxml, which has no types of its own."""


class Archive:
    """The parts of a zip file by their paths, whichever case and slashes they are written with."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open an archive.

        Args:
            data: the archive's bytes.
            name: the file's name, for messages.

        Raises:
            ArticleError: it holds or unpacks to too much.
        """
        self._name = name
        self._left = LARGEST_PARTS
        if data.count(_DIRECTORY_ENTRY) > _MOST_PARTS:
            raise ArticleError(f"{name}: holds more than {_MOST_PARTS} parts. Split it.")
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        parts = self._zip.infolist()
        if sum(part.file_size for part in parts) > LARGEST_ARCHIVE:
            raise ArticleError(f"{name}: unpacks to more than 256 MB. Split it, or remove its pictures.")
        self._parts = {_key(part.filename): part for part in reversed(parts)}

    @property
    def paths(self) -> list[str]:
        """The paths of all parts, in lower case."""
        return sorted(self._parts)

    def read(self, path: str) -> bytes | None:
        """The bytes of a part, or None where there is no such part.

        Raises:
            ArticleError: the parts that were read unpack to too much, or this one is packed in an unusual way.
        """
        part = self._parts.get(_key(path))
        if part is None:
            return None
        if part.compress_type not in _METHODS or part.flag_bits & 1:
            raise ArticleError(f"{self._name}: its {path} is locked or packed in a way that isn't read. Save a copy.")
        with self._zip.open(part) as opened:
            data = opened.read(self._left + 1)
        if len(data) > max(_SMALL_PART, _MOST_TIMES * part.compress_size):
            raise ArticleError(f"{self._name}: its {path} is {_MOST_TIMES} times larger than packed. Save a copy.")
        self._left -= len(data)
        if self._left < 0:
            raise ArticleError(f"{self._name}: its text unpacks to more than {LARGEST_PARTS // 2**20} MB. Split it.")
        return data

    def xml(self, path: str) -> Element | None:
        """The root of a part in XML, or None where there is no such part.

        Raises:
            ArticleError: it is no XML, or declares entities, as documents never do.
        """
        data = self.read(path)
        return None if data is None else parse_xml(data, f"{self._name}: its {path}")


def parse_xml(data: bytes, subject: str) -> Element:
    """The root element of an XML text: nothing is loaded from elsewhere, no entity is expanded.

    Raises:
        ArticleError: it is no XML, nests too deeply, or declares entities; the message begins with `subject`.
    """
    if data.count(b"<") > _MOST_TAGS:
        raise ArticleError(f"{subject} has more than {_MOST_TAGS // 10**6} million tags. Split it.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"{subject} is no sound XML ({reason_of(error)}). Open it and save a copy.") from error
    entities = root.getroottree().docinfo.internalDTD
    if entities is not None and any(entities.iterentities()):
        raise ArticleError(f"{subject} declares entities, which no document needs. Open it and save a copy.")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2]


def value(element: Element, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    for key, content in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(content)
    return None


def beside(path: str, target: str) -> str:
    """The path of a part that another names relative to itself, or from the archive's root by a slash."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).lstrip("/")


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()
