"""Links between files of the repository, as links between pages of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

_LINK = re.compile(r"(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_SWITCH = re.compile(r"^\[(?:中文|English)\]\([^()\s]+\)\n+", re.MULTILINE)
"""The line that leads to the page in the other language; the site has a button for it."""
_WRAPPED = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”’*)`])[ ]*\n[ ]*(?=[\u4e00-\u9fff“‘（《])")
"""Within a Chinese paragraph a line ends where it is full; Markdown would make that a blank."""


class MissingPictureError(Exception):
    """A page shows a picture that isn't there."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the links of one language's pages lead.

    Attributes:
        pages: sources (paths in the repository) to pages (paths in the site), of both languages.
        own: the sources of this language.
        files: paths in the repository of all that is copied as it is.
        other_root: from the root of this language's site to that of the other's.
    """

    pages: Mapping[str, str]
    own: AbstractSet[str]
    files: AbstractSet[str]
    other_root: str

    def rewritten(self, text: str, source: str) -> str:
        """A page's text with its links as the site needs them. Code is left alone. Raises `MissingPictureError`."""
        return "".join(part if is_code else self._prose(part, source) for part, is_code in _parts(text))

    def _prose(self, text: str, source: str) -> str:
        text = _LINK.sub(lambda found: self._link(found, source), _SWITCH.sub("", text, count=1))
        return _WRAPPED.sub("", text)

    def _link(self, found: re.Match[str], source: str) -> str:
        target, _, anchor = found["target"].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return found[0]
        path = normpath(str(PurePosixPath(source).parent / target))
        address = self._address(path, anchor, source)
        if found["bang"] and not address:
            raise MissingPictureError(f"{source}: {path} is missing. Its script in scripts/ makes it.")
        return f"{found['bang']}[{found['text']}]({address})" if address else found["text"]

    def _address(self, path: str, anchor: str, source: str) -> str | None:
        """Where a link leads in the site; None where the site has no such page."""
        here = PurePosixPath(self.pages[source])
        end = f"#{anchor}" if anchor else ""
        if path in self.files:
            return relpath(path.removeprefix("docs/"), str(here.parent))
        if path not in self.pages:
            return None
        if anchor and path not in self.own:  # a heading that only the other language's page has
            folder = "." if here.name == "index.md" else here.stem
            page = self.pages[path].removesuffix(".md").removesuffix("index").rstrip("/")
            return relpath(self.other_root + page, str(here.parent / folder)) + "/" + end
        return relpath(self.pages[path], str(here.parent)) + end


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Prose and blocks of code, in their order."""
    end = 0
    for fence in _FENCE.finditer(text):
        yield text[end : fence.start()], False
        yield fence[0], True
        end = fence.end()
    yield text[end:], False
